"""The template's tables: every element of the schema goes out and comes back; what is wrong is told by sheet, row and cell."""
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from portal.rules.conditions import Condition
from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import ELEMENTS
from portal.rules.guide.item import Basis, Fen
from portal.rules.guide.text import Model, Text
from portal.rules.importing.sheets import conditions, example, own, reading, shape, values, writing
from portal.rules.importing.sheets.cells import Sheet, letters
from tests.rules.guides import good_file, good_guide
from tests.rules.planting import planted
from tests.samples import samples

PATHS = [row.path for row in ELEMENTS if row.path != "schema_version"]


def sheets(*files: GuideFile) -> list[Sheet]:
    """The guides as the sheets of a workbook."""
    rows = writing.rows(files)
    return [Sheet(one.title.zh, [[column.heading.zh for column in one.columns], *rows[one.path]]) for one in shape.tables()]


def back(*files: GuideFile) -> list[GuideFile | None]:
    return [row.file for row in reading.read("表.xlsx", sheets(*files), "表")]


def changed(title: str, heading: str, value, row: int = 1, files=()) -> list[Sheet]:
    """The good guide's workbook with one cell changed."""
    found = sheets(*(files or [good_file()]))
    sheet = next(one for one in found if one.name == title)
    sheet.rows[row][sheet.rows[0].index(heading)] = value
    return found


def told(found: list[Sheet]) -> list[dict]:
    results = reading.read("表.xlsx", found, "表")
    assert results[0].file is None
    return [cell for row in results for cell in row.report.cells if cell["error"]]


def test_every_element_of_the_schema_has_a_column_and_no_two_are_called_alike():
    columns = [column for one in shape.tables() for column in one.own if not column.english]
    assert {column.path for column in columns} == {path for path in PATHS if ".spans." not in path} | {"offerings.windows.hours.spans"}
    assert not [column for column in columns if column.kind is shape.Kind.JSON]
    for one in shape.tables():
        said = [column.heading.zh for column in one.columns]
        assert len(said) == len(set(said))
    titles = [one.title.zh for one in shape.tables()]
    assert len(titles) == len(set(titles)) and max(map(len, titles)) < 31


@pytest.mark.parametrize("path", [path for path in PATHS if path == "extras.value" or path.rpartition(".")[2] not in ("key", "value")])
def test_every_element_goes_out_and_comes_back(path):
    file = planted(path)[0]
    assert back(file) == [file]


def test_the_example_is_whole_and_is_passed_over():
    assert back(example.example()) == [example.example()]
    rows = writing.rows([example.example()])
    found = [Sheet(one.title.zh, [[column.heading.zh for column in one.columns], *(["示例", *row[1:]] for row in rows[one.path])])
             for one in shape.tables()]
    assert "示例行不导入" in reading.read("表.xlsx", found, "表")[0].report.errors[0]


def test_the_same_guide_twice_and_guides_of_one_name_are_told_apart():
    other = good_guide()
    other["guide"]["item"]["code"] = None
    third = json.loads(json.dumps(other))
    third["guide"]["summary"] = "另一份"
    files = [good_file(), GuideFile.model_validate(other), GuideFile.model_validate(third)]
    assert back(*files) == files


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="⏎\u00a0\u3000\ufeff\u200b"), min_size=1, max_size=12).map(
    str.strip).filter(lambda said: said and said not in ("-", "—"))
LINES = st.lists(TEXTS, min_size=1, max_size=3).map("\n".join)
BOTH = st.one_of(LINES, st.fixed_dictionaries({"zh": LINES, "en": LINES}))


@settings(max_examples=25, deadline=None)
@given(name=BOTH, listed=st.lists(BOTH, max_size=4), document=BOTH, stage=BOTH, law=BOTH, extra=LINES, unplaced=st.lists(LINES, max_size=3),
       number=st.integers(0, 3600).map(lambda quarters: quarters / 4), yes=st.one_of(st.none(), st.booleans()), day=st.one_of(st.none(), st.dates()))
def test_whatever_a_guide_says_comes_back(name, listed, document, stage, law, extra, unplaced, number, yes, day):
    plain = good_guide()
    guide = plain["guide"]
    guide["item"] |= {"name": name, "aliases": listed, "investment_project": yes, "takes_effect": day and day.isoformat()}
    guide["conditions"] = listed
    variant = guide["variants"][0]
    variant["documents"][0]["name"] = variant["documents"][1]["name"] = document
    variant["stages"][0]["name"] = stage
    variant["promised"] = {"amount": str(number)}
    guide["legal_basis"][0]["law"] = law
    guide["extras"] = [{"name": extra, "value": extra}]
    plain["unplaced"] = unplaced
    file = GuideFile.model_validate(plain)
    assert back(file) == [file]


WORDS = st.one_of(st.booleans(), st.integers(-99, 9999), st.floats(-50, 50, allow_nan=False), TEXTS, st.sampled_from(["in", "not", "true", "kind"]))
COMPARISONS = st.one_of(
    st.fixed_dictionaries({"field": st.sampled_from(["kind", "not", "in", "a1"]), "op": st.sampled_from(["equals", "differs", "at_least", "less_than"]), "value": WORDS}),
    st.fixed_dictionaries({"field": st.just("kind"), "op": st.just("in"), "value": st.lists(WORDS, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"field": st.just("kind"), "op": st.just("given")}))
TREES = st.recursive(COMPARISONS, lambda inner: st.one_of(
    st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}), st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"not": inner})), max_leaves=6)


@settings(max_examples=120, deadline=None)
@given(TREES)
def test_a_condition_comes_back_from_its_words(plain):
    adapter = TypeAdapter(Condition)
    condition = adapter.validate_python(plain)
    assert adapter.validate_python(conditions.read(conditions.said(condition))) == condition


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("且或非()[]= ≠属于已填a1\"，kind新"), max_size=30))
def test_words_that_are_no_condition_are_told_and_break_nothing(said):
    try:
        conditions.read(said)
    except (conditions.Unread, IndexError):
        return


@pytest.mark.parametrize(("title", "heading", "value", "cell", "words"), [
    ("材料", "必要性", "大概要", "G2", "不在可选的词里"),
    ("材料", "原件份数", "两三份", "K2", "不是整数"),
    ("材料", "主要材料", "也许", "S2", "应写“是”或“否”"),
    ("材料", "何时需要", "如果是企业", "X2", "不是条件"),
    ("材料", "所属情形", "没有的情形", "B2", "请写其中之一"),
    ("环节", "等待的环节", "没有的环节", "R3", "没有“没有的环节”这个环节"),
    ("环节", "环节时限的数量", 0.3, "J2", "四分之一的整数倍"),
    ("指南", "基本编码", 4.40301e30, "B2", "位数已经丢了"),
    ("指南", "基本编码", "4.40301E+30", "B2", "位数已经丢了"),
    ("指南", "生效日期", "2026-02-30", "AJ2", "没有这一天"),
    ("指南", "事项名称", None, "D2", "没有事项名称"),
    ("依据", "法律名称", None, None, "只有英文，没有中文"),
    ("环节", "环节名称", None, None, "只有英文，没有中文"),
    ("收费", "金额（元）", "十元左右", "H2", "不是金额"),
])
def test_a_mistake_is_told_by_its_cell(title, heading, value, cell, words):
    found = told(changed(title, heading, value, row=2 if cell == "R3" else 1))
    row = next(one for one in found if words in one["zh"])
    assert row["sheet"] == title and row["row"] == (3 if cell == "R3" else 2) and row["en"] and row["zh"] != row["en"]
    if cell and heading != "事项名称":
        column = shape.table_of(title)
        at = [one.heading.zh for one in column.columns].index(heading)
        assert row["cell"] == f"{letters(at)}{row['row']}" and row["heading"] == heading


@pytest.mark.parametrize("turned", [False, True])
def test_a_limit_with_two_units_is_told_and_with_one_unit_twice_is_read(turned):
    def limits(amount: str, unit: str) -> list[Sheet]:
        found = changed("环节", "环节时限的数量", amount)
        sheet = next(one for one in found if one.name == "环节")
        one, two = (sheet.rows[0].index(heading) for heading in ("环节时限的数量", "环节时限的单位"))
        sheet.rows[1][two] = unit
        if turned:
            for row in sheet.rows:
                row[one], row[two] = row[two], row[one]
        return found
    (cell,) = told(limits("三天", "个工作日"))
    assert cell["row"] == 2 and cell["sheet"] == "环节" and "单位不同" in cell["zh"] and "two units" in cell["en"]
    assert reading.read("表.xlsx", limits("三个工作日", "个工作日"), "表")[0].file is not None


def test_one_guide_with_a_mistake_is_left_out_and_the_others_come():
    second = good_guide()
    second["guide"]["item"] |= {"code": "990106099001", "name": "另一份"}
    files = [good_file(), GuideFile.model_validate(second)]
    results = reading.read("表.xlsx", changed("材料", "必要性", "大概要", files=files), "表")
    assert [row.file for row in results] == [None, files[1]] and results[0].report.errors and not results[1].report.errors


def test_a_row_of_no_guide_is_told_and_the_guides_come():
    found = changed("材料", "所属指南", "没有这份")
    results = reading.read("表.xlsx", found, "表")
    assert results[0].file is not None and "没有编号、编码或名称" in results[1].report.errors[0]


def test_guides_written_by_hand_need_no_keys():
    found = [
        Sheet("指南", [["事项名称", "办件类型", "指南编号"], ["摆摊登记", "承诺件", 1.0]]),
        Sheet("情形问题", [["所属指南", "问题", "填写类型"], [1.0, "卖什么", "单选"]]),
        Sheet("情形问题的选项", [["所属指南", "所属情形问题", "选项名称"], ["1", "卖什么", "吃的"], ["1", "卖什么", "用的"]]),
        Sheet("情形", [["所属指南", "情形名称", "适用情形", "承诺期限的数量"], [1.0, "吃的", "卖什么 = 吃的", "5个工作日"], [1.0, "其他", None, "当场办结"]]),
        Sheet("材料", [["所属指南", "所属情形", "材料名称", "核验等级", "备注栏"], ["摆摊登记", "吃的", "健康证", None, "原件带来"], ["摆摊登记", "其他", "身份证", "A", None]]),
        Sheet("环节", [["所属指南", "所属情形", "环节名称", "等待的环节"], [1.0, "吃的", "受理", None], [1.0, "吃的", "审查", "受理"]]),
        Sheet("办公时间", [["所属指南", "星期", "时段"]]),
    ]
    result = reading.read("手写.xlsx", found, "手写")[0]
    assert not result.report.errors, result.report.errors
    guide = result.file.guide
    assert [variant.key for variant in guide.variants] == ["standard", "variant1"] and guide.variants[0].when.value == "option1"
    assert guide.variants[0].promised.amount == 5 and guide.variants[1].promised.unit == "on_the_spot"
    assert guide.variants[0].stages[1].waits_for == [guide.variants[0].stages[0].key]
    assert guide.extras[0].name == "材料·备注栏" and "原件带来" in guide.extras[0].value


def test_the_column_of_numbers_may_go_and_unknown_columns_are_kept_and_told():
    found = sheets(good_file())
    found[0] = Sheet("指南", [[*row[1:], more] for row, more in zip(found[0].rows, ("去年的编号", "旧12号"), strict=True)])
    result = reading.read("表.xlsx", found, "表")[0]
    assert result.file is not None and result.report.unplaced == ["去年的编号：旧12号"]
    assert [(extra.name, extra.value) for extra in result.file.guide.extras] == [("去年的编号", "旧12号")]
    assert [cell["heading"] for cell in result.report.cells] == ["去年的编号"] and not result.report.cells[0]["error"]


def test_all_mistakes_of_a_guide_are_told_at_once():
    found = changed("材料", "必要性", "大概要")
    found[0].rows[1][found[0].rows[0].index("生效日期")] = "哪天"
    stages = next(one for one in found if one.name == "环节")
    stages.rows[1][stages.rows[0].index("环节时限的数量")] = 0.3
    assert {cell["heading"] for cell in told(found)} == {"必要性", "生效日期", "环节时限的数量"}


def test_a_new_element_has_its_column_at_once():
    class Odd(Model):
        name: Text
        share: float | None = None
        many: list[Fen] = []
        inner: Basis | None = None

    made = {column.path: column.kind for column, _ in shape._columns(Odd, "odd", ())}
    assert made["odd.share"] == made["odd.many"] or made["odd.share"] is shape.Kind.JSON
    assert made["odd.inner.law"] is shape.Kind.TEXT and made["odd.name"] is shape.Kind.TEXT


def test_every_sample_guide_goes_out_and_comes_back():
    files = list(samples().values())
    assert back(*files) == files


def test_sheets_are_known_by_their_headings_and_columns_by_theirs():
    found = [Sheet("第一页", sheet.rows, merged=sheet.merged) if sheet.name == "材料" else
             Sheet(sheet.name, [["某县", None], [], *[list(reversed(row)) for row in sheet.rows], [], []]) for sheet in sheets(good_file())]
    found[0] = Sheet("指南", [["某县指南", None], [], *sheets(good_file())[0].rows])
    assert reading.read("表.xlsx", [one for one in found if one.name != "本地材料"], "表")[0].file is not None


def test_a_broken_cell_and_an_uncalculated_formula_keep_the_guide_out():
    for word, said in (("broken", "表格软件的错误"), ("uncalculated", "没有算出结果的公式")):
        found = sheets(good_file())
        found[0] = Sheet("指南", found[0].rows, faults={(1, 5): word})
        assert said in told(found)[0]["zh"]


def test_a_cell_that_begins_like_a_formula_is_text():
    plain = good_guide()
    plain["guide"]["summary"] = "=1+1"
    plain["guide"]["scope"] = "@所有人"
    file = GuideFile.model_validate(plain)
    assert back(file) == [file]


def test_dates_and_times_of_spreadsheets_are_read():
    column = shape.table("").column("生效日期")
    assert values.read(column, date(2026, 1, 31)) == "2026-01-31" and values.read(column, "２０２６年１月３１日") == "2026-01-31"
    assert values.read(shape.table("offerings.windows.hours").column("开始月日"), date(2026, 5, 1)) == "05-01"
    assert values.read(shape.table("offerings.windows.hours").column("星期"), "周一至周五、周日") == [1, 2, 3, 4, 5, 7]
    assert own.finds(sheets(good_file()))
