"""Wide tables with the national fields: headings in any order and several rows, lists in cells, parts in tables of their own."""
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules.importing.sheets import columns, reading
from portal.rules.importing.sheets.cells import Sheet

COLLECTED = ["libNum", "title", "originalAddress", "篇扩领域/pkfield", "篇扩类别/pkitemType", "篇扩设定依据/pkbasis", "篇扩行使主体/pkorgName",
             "篇扩办件类型/pkdeclareType", "篇扩承诺办结时限/pkcommitmentTime", "篇扩法定办结时限/pklegalTime", "篇扩到办事现场次数/pkpresenceNum",
             "篇扩实施对象/pkimplementationObject", "篇扩办理材料/pkmaterials", "篇扩办理流程/pkprocedures", "篇扩是否网办/pkonlineProcessing",
             "篇扩是否收费/pkIsCharge", "篇扩咨询方式/pkconsultationWays", "篇扩监督方式/pkmonitorWays", "篇扩结果名称/pkresultName"]
SECOND = ["资源库编号", "标题", "原文地址", *[None] * 16]
ROW = ["88", "河道采砂登记", "https://example.cn/88", "水利", "行政许可", "《某河道办法》第三条", "青禾县水利局", "承诺件", "5个工作日", 20.0, 1.0,
       "自然人^企业法人", "申请书；身份证；采砂方案", "受理→审查→决定→送达", "是", "否", "0680-5550111", "0680-5550112", "河道采砂许可证"]
BASIC = ["row_guid", "task_code", "task_name", "catalog_code", "task_type", "dept_name", "promise_day", "promise_type", "anticipate_day",
         "anticipate_type", "project_type", "server_type", "handle_type", "is_fee", "accept_condition", "by_law", "link_way", "supervise_way"]
FIRST = ["g1", "119904210009900678000120001000X", "甲事项", "000120001000", "07", "青禾县民政局", 5.0, "1", 20.0, "1", "2", "1,2", "1,2", "0", "有身份证",
         "《某法》第一条", "0680-5550111", "0680-5550112"]


def sheet(*rows, name: str = "Sheet1", **more) -> Sheet:
    return Sheet(name, [list(row) for row in rows], **more)


def read(*sheets: Sheet):
    return reading.read("表.xlsx", sheets, "表")


def only(*sheets: Sheet):
    found = read(*sheets)
    assert len(found) == 1 and found[0].file is not None, [row.report.errors for row in found]
    return found[0]


def errors(*sheets: Sheet) -> list[tuple[str, str]]:
    return [(cell["cell"], cell["zh"]) for row in read(*sheets) for cell in row.report.cells if cell["error"]]


def test_a_collector_s_table_with_two_rows_of_headings_is_read():
    result = only(sheet(COLLECTED, SECOND, ROW, [None] * 19, [None] * 19))
    guide = result.file.guide
    variant = guide.variants[0]
    assert guide.item.name.zh == "河道采砂登记" and guide.item.department == "青禾县水利局" and guide.item.handling == "committed"
    assert [one.name.zh for one in variant.documents] == ["申请书", "身份证", "采砂方案"] and variant.free
    assert (variant.promised.amount, variant.statutory.amount) == (5, 20) and guide.access.visits.times == 1
    assert list(guide.item.audiences) == ["person", "company"] and len(variant.stages) == 4
    assert guide.provenance.url == "https://example.cn/88"
    assert {(extra.name, extra.value) for extra in guide.extras} >= {("领域", "水利"), ("资源库编号", "88")}
    noted = {cell["cell"]: cell["zh"] for cell in result.report.cells}
    assert "没有写单位" in noted["J3"] and "没有对应的要素" in noted["D3"] and result.report.at.endswith("第 3 行")


def test_the_exchange_tables_find_their_item_by_its_code():
    materials = sheet(["task_guid", "material_name", "is_need", "source_type", "order_num", "by_law"],
                      ["g1", "申请表", "1", "10", 1.0, "某办法"], ["g1", "身份证", "1", "20", 2.0, None], name="up_task_general_material")
    fees = sheet(["task_guid", "fee_name", "fee_stand", "by_law", "order_num"], ["g1", "工本费", "10元/本", "某目录", 1.0], name="fee")
    asked = sheet(["task_guid", "question", "answer", "order_num"], ["g1", "多久？", "五天。", 1.0], name="q")
    more = sheet(["task_guid", "task_code", "is_online", "result_name"], ["g1", FIRST[1], "1", "某证"], name="up_task_general_extend")
    basic = [*FIRST[:13], "1", *FIRST[14:]]
    guide = only(more, materials, fees, asked, sheet(BASIC, basic, name="up_task_general_basic")).file.guide
    variant = guide.variants[0]
    assert [one.name.zh for one in variant.documents] == ["申请表", "身份证"] and variant.documents[0].basis.zh == "某办法"
    assert variant.fees[0].fen == 1000 and guide.questions[0].answer.zh == "五天。" and guide.access.online and variant.results[0].name.zh == "某证"
    assert variant.promised.unit == "workday" and guide.item.code == "000120001000"


def test_a_part_without_its_item_is_told_and_the_items_come():
    found = read(sheet(BASIC, FIRST), sheet(["task_guid", "material_name"], ["g9", "申请表"], name="材料"))
    assert found[0].file is not None and "g9" in found[1].report.errors[0] and "A2" in found[1].report.errors[0]


@pytest.mark.parametrize(("heading", "value", "said"), [
    ("task_code", 1.19904210009901e30, "位数已经丢了"), ("task_code", "1.199E+30", "位数已经丢了"), ("catalog_code", 120001000.0, "前面的 0"),
    ("task_name", None, "没有事项名称"), ("promise_day", -5.0, "不能是负数"), ("task_code", "编码不详！", "不是编码"),
])
def test_a_cell_that_is_wrong_keeps_its_guide_out(heading, value, said):
    row = list(FIRST)
    row[BASIC.index(heading)] = value
    other = ["g2", "2", "乙事项", "000120002000", *FIRST[4:]]
    found = errors(sheet(BASIC, row, other))
    assert len(found) == 1 and said in found[0][1] and found[0][0].endswith("2")
    assert [one.file.guide.item.name.zh for one in read(sheet(BASIC, row, other)) if one.file] == ["乙事项"]


def test_yes_or_no_visits_and_days_that_are_none_are_told():
    heads = ["事项名称", "是否网办", "到办事现场次数", "计划生效日期"]
    assert [cell for cell, _ in errors(sheet(heads, ["甲", "也许", "很多", "2026-02-30"]))] == ["B2", "C2", "D2"]
    guide = only(sheet(heads, ["甲", True, "０", date(2026, 1, 31)])).file.guide
    assert guide.access.online and guide.access.visits.times == 0 and guide.item.takes_effect == date(2026, 1, 31)


def test_titles_above_and_remarks_below_are_no_items():
    heads = ["序号", "事项名称", "实施主体", "承诺办结时限", "备注"]
    found = read(sheet(["青禾县事项清单", *[None] * 4], ["填报单位：某局", *[None] * 4], heads, [1.0, "甲", "某局", "3个工作日", None],
                       [2.0, "乙", "某局", "即办", "常办"], ["注：以上为示例", *[None] * 4], merged=((0, 0, 0, 4),)))
    assert [row.file.guide.item.name.zh for row in found if row.file] == ["甲", "乙"]
    assert any("像是表格下的说明" in cell["zh"] for row in found for cell in row.report.cells)
    assert {extra.name for extra in found[1].file.guide.extras} >= {"备注"}


def test_an_item_over_several_rows_has_all_their_parts():
    heads = ["事项名称", "实施主体", "材料名称", "材料必要性", "环节名称", "办理时限"]
    rows = [["甲", "某局", "申请表", "必要", "受理", "1个工作日"], [None, None, "身份证", "必要", "审查", "2个工作日"],
            ["乙", "某局", "照片", "非必要", None, None]]
    first, second = read(sheet(heads, *rows, merged=((1, 0, 2, 0), (1, 1, 2, 1))))
    assert [one.name.zh for one in first.file.guide.variants[0].documents] == ["申请表", "身份证"]
    assert [one.limit.amount for one in first.file.guide.variants[0].stages] == [1, 2]
    assert [one.name.zh for one in second.file.guide.variants[0].documents] == ["照片"]


def test_a_heading_over_several_columns_names_what_they_belong_to():
    result = only(Sheet("表", [["事项名称", "申请材料", None, None, "设定依据", None], [None, "名称", "份数", "来源渠道", "名称", "条款"],
                              ["甲", "申请表\n身份证", "1\n2", "申请人自备\n政府部门核发", "某条例", "第三条"]],
                        merged=((0, 1, 0, 3), (0, 4, 0, 5), (0, 0, 1, 0))))
    documents = result.file.guide.variants[0].documents
    assert [(one.name.zh, one.source.value) for one in documents] == [("申请表", "applicant"), ("身份证", "government")]
    assert result.file.guide.legal_basis[0].law.zh == "某条例"


def test_a_table_of_documents_that_names_the_items_makes_them():
    heads = ["事项名称", "实施主体", "材料名称", "材料必要性", "来源渠道"]
    first, second = read(sheet(heads, ["甲", "某局", "申请表", "必要", "申请人自备"], ["甲", "某局", "身份证", "必要", "政府部门核发"],
                               ["乙", "某局", "照片", "必要", "申请人自备"], name="申请材料"))
    assert [one.name.zh for one in first.file.guide.variants[0].documents] == ["申请表", "身份证"] and second.file.guide.item.department == "某局"


def test_one_item_twice_is_one_and_two_that_differ_are_told():
    heads = ["事项名称", "实施编码", "承诺办结时限", "面向自然人事项主题分类"]
    same = only(sheet(heads, ["甲", "11X", "5个工作日", "生育"], ["甲", "11X", "5个工作日", "户籍"]))
    assert [theme.zh for theme in same.file.guide.item.person_themes] == ["生育", "户籍"]
    assert [cell for cell, _ in errors(sheet(heads, ["甲", "11X", "5个工作日", None], ["甲", "11X", "9个工作日", None]))] == ["C3"]


def test_a_cell_may_hold_markup_or_a_table_as_json():
    heads = ["事项名称", "受理条件", "申请材料"]
    guide = only(sheet(heads, ["甲", "<p>年满十八岁</p><p>有固定住所</p>", '[{"材料名称": "申请表", "必要性": "必要"}, {"材料名称": "照片"}]'])).file.guide
    assert [one.zh for one in guide.conditions] == ["年满十八岁", "有固定住所"]
    assert [one.name.zh for one in guide.variants[0].documents] == ["申请表", "照片"]


def test_a_sheet_that_is_one_guide_is_read_label_by_label():
    form = [["青禾县办事指南"], ["事项名称", "甲登记", "基本编码", "990199001000"], ["实施主体：", "某局", "办件类型", "承诺件"],
            ["承诺办结时限", "5个工作日", "是否网办", "是"], ["受理条件", "年满十八岁"], [], ["序号", "材料名称", "必要性"], [1.0, "申请表", "必要"],
            [2.0, "身份证", "必要"], [], ["咨询方式", "0680-5550111"]]
    first, second = read(sheet(*form, name="甲"), sheet(*[["事项名称", "乙登记", *row[2:]] if row[:1] == ["事项名称"] else row for row in form], name="乙"))
    variant = first.file.guide.variants[0]
    assert first.file.guide.item.code == "990199001000" and first.file.guide.access.online and variant.promised.amount == 5
    assert [one.name.zh for one in variant.documents] == ["申请表", "身份证"] and second.file.guide.item.name.zh == "乙登记"
    wrong = [[*row[:3], "也许"] if "是否网办" in row else row for row in form]
    assert [cell for cell, _ in errors(sheet(*wrong))] == ["D4"]


def test_a_hidden_sheet_is_told_and_not_read():
    result = only(sheet(BASIC, FIRST), Sheet("旧", [["事项名称", "实施主体"], ["乙", "某局"]], hidden=True))
    assert any("隐藏" in cell["zh"] for cell in result.report.cells)


def test_words_that_no_element_can_hold_are_kept():
    row = list(FIRST)
    row[BASIC.index("promise_day")] = "详见说明"
    result = only(sheet([*BASIC, "本地特色字段"], [*row, "某值"]))
    assert any("详见说明" in text for text in result.file.unplaced)
    assert ("本地特色字段", "某值") in [(extra.name, extra.value) for extra in result.file.guide.extras]
    assert {cell["cell"] for cell in result.report.cells} >= {"S2"}


HEADINGS = st.sampled_from([*columns.MARKS, *columns.NAMES, *columns.REMEDIES, "材料名称", "名称", "份数", "步骤", "时限", "问", "答", "收费标准", "法律名称",
                            "申请材料", "办理流程", "是否网办", "某列", "pkfield", "指南编号", "所属指南", ""])
CELLS = st.one_of(st.none(), st.text(max_size=12), st.floats(allow_nan=False), st.booleans(), st.dates(), HEADINGS,
                  st.sampled_from(["1.甲\n2.乙", "a^b;c", "5个工作日", "《法》第一条", "受理→审查", "1E+20", "无", "[]", "<p>x</p>"]))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.lists(HEADINGS, min_size=1, max_size=6), st.lists(st.lists(CELLS, max_size=7), max_size=5),
                          st.sampled_from(["表", "材料", "指南", "申请材料"]), st.booleans()), min_size=1, max_size=3))
def test_no_table_breaks_the_reading(tables):
    found = read(*(sheet([], heads, *rows, name=name, merged=((1, 0, 2, 1),) if merged else ()) for heads, rows, name, merged in tables))
    assert found and all((row.file is None) == bool(row.report.errors) for row in found)


@pytest.mark.parametrize("rows", [[], [[None]], [["甲", "乙"], ["丙", "丁"]], [["事项名称", "基本编码"]]])
def test_a_workbook_without_items_says_so(rows):
    found = read(Sheet("空", rows))
    assert len(found) == 1 and found[0].file is None and found[0].report.errors


def test_the_layout_of_the_material_is_known():
    folder = os.environ.get("BANSHI_MATERIAL")
    path = Path(folder) / "schema" / "gd_crawler_template.xlsx" if folder else None
    if path is None or not path.exists():
        pytest.skip("BANSHI_MATERIAL names no folder with schema/gd_crawler_template.xlsx")
    from portal.uploads import workbooks

    found = columns.read(workbooks.read(path.name, path.read_bytes(), Path("/tmp"))[0])
    known = {one.element for one in found.columns} - {None}
    assert found.body == 2 and len(known) >= 28 and {"标题", "申请材料", "承诺办结时限", "设定依据"} <= known
