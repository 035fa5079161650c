"""rules/importing: bytes of any kind become drafts or one clear error; nothing that a file holds makes the reader fail."""
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules.guide import yaml
from portal.rules.importing import html, national, page, sources
from portal.rules.importing.names import NAMES

MATERIAL = Path(__file__).resolve().parents[1] / "material"
PAGE = "打井备案\n一、申请材料\n1、备案表\n二、办理时限\n3个工作日\n三、收费标准\n不收费\n"


def read(data: bytes | str, name: str = "x.txt") -> list[sources.Imported]:
    return sources.read(name, data.encode() if isinstance(data, str) else data, "x")


def error(data: bytes | str, name: str = "x.txt") -> str:
    """The one sentence of a file that became no draft."""
    (one,) = read(data, name)
    assert one.file is None and one.report.title is None and len(one.report.errors) == 1
    return one.report.errors[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_every_usual_encoding_is_read(encoding):
    (one,) = read(PAGE.encode(encoding))
    assert one.report.title == "打井备案" and one.report.found[:3] == ["事项名称", "申请材料", "承诺办结时限"]


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(mark):
    (one,) = read(PAGE.replace("\n", mark))
    assert one.file.guide.variants[0].promised.amount == 3


@pytest.mark.parametrize(("data", "name", "says"), [
    (b"", "x.json", "空"), (b" \n\t", "x.txt", "空"), (b"\xef\xbb\xbf", "x.txt", "没有认出"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "x.txt", "二进制"), (PAGE.encode() + b"\0", "x.txt", "二进制"),
    (bytes(range(1, 32)) * 20, "x.txt", "二进制"), (b"\xff\xfe\xff\xff\xff", "x.txt", "编码"), (b"\x80\xff\x80\xff", "x.txt", "编码"),
    (b"{", "x.json", "第1行"), ('{"fields": {"事项名称": "甲"},\n}', "x.json", "第2行"), ("[]", "x.json", "不是指南"), ("3", "x.json", "不是指南"),
    ('"字"', "x.json", "不是指南"), ('{"a": 1}', "x.json", "不是指南"), ('{"fields": 3, "text": 4}', "x.json", "不是指南"),
    ('[{"fields": {"事项名称": "甲"}}, 3]', "x.json", "不是指南"), ("[" * 100_000, "x.json", "太深"),
    ('{"fields": {"事项名称": ' + "[" * 40 + "1" + "]" * 40 + "}}", "x.json", "太深"),
    ('{"text": "没有什么"}', "x.json", "没有认出"), ("今天天气很好。\n明天也好。", "x.txt", "没有认出"), ("<p>hello</p>", "x.html", "没有认出"),
    ("办理流程：" + "长" * 30_000, "x.txt", "第1行"), ("行\n" * 30_000, "x.txt", "5000行"),
    ('{"fields": {"受理条件": "' + "长" * 30_000 + '"}}', "x.json", "20000"),
    (json.dumps([{"fields": {"事项名称": "甲"}}] * 501), "x.json", "太多"),
    ("guide: [", "x.yaml", "YAML"), ("a: &x 1\nb: *x", "x.yml", "引用"), ("guide: {item: {name: 甲}}", "x.yaml", "缺少"),
    ('{"guide": {"item": {"name": ""}}}', "x.json", "空"),
])
def test_one_clear_error_each(data, name, says):
    found = [sentence for one in read(data, name) for sentence in one.report.errors]
    assert says in found[0] and any("a" <= mark <= "z" for mark in found[0]) and all(one.file is None for one in read(data, name))


def test_a_file_that_is_our_own_is_a_draft_as_it_is():
    text = "guide:\n  item: {name: 打井备案, code: '999106041001'}\n  variants:\n  - documents: [{key: form, name: 备案表}]\n    promised: {amount: 3}\n"
    (one,) = read(text, "x.yaml")
    assert one.report.errors == [] and one.report.code == "999106041001"
    assert one.report.found == ["事项名称", "基本编码", "承诺办结时限", "申请材料"] and "设定依据" in one.report.missing
    (same,) = read(json.dumps(yaml.plain(one.file)), "x.json")
    assert same.file == one.file


def test_faults_of_our_own_format_are_told_place_by_place():
    (one,) = read("guide:\n  item: {name: 甲, kind: x}\n  variants: [{}]\n  zzz: 1\n", "x.yaml")
    assert [sentence.partition(" ")[0] for sentence in one.report.errors] == ["/guide/item/kind", "/guide/zzz"]


def test_a_list_of_guides_and_a_wrapped_page():
    value = [{"fields": {"事项名称": "甲事项", "办件类型": "即办件"}}, {"title": "乙事项", "text": PAGE}, {"事项名称": "丙事项", "收费标准": "不收费"}]
    found = read(json.dumps(value, ensure_ascii=False), "x.json")
    assert [one.report.title for one in found] == ["甲事项", "乙事项", "丙事项"] and found[2].file.guide.variants[0].free


def test_national_column_names_and_units_of_their_own():
    value = {"task_name": "甲事项", "task_type": "01", "anticipate_day": 20, "anticipate_type": "1", "promise_day": "7", "promise_type": "工作日",
             "project_type": 2, "is_fee": 0, "is_online": 1, "row_guid": "abc", "server_type": "1,2", "handle_type": "1,2", "accept_condition": "有船"}
    (one,) = read(json.dumps(value), "x.json")
    guide, variant = one.file.guide, one.file.guide.variants[0]
    assert (guide.item.kind, guide.item.handling, guide.item.audiences) == ("licence", "committed", ["person", "company"])
    assert (variant.statutory.amount, variant.promised.amount, variant.free, guide.access.online) == (20, 7, True, True)
    assert one.report.missing[0] == "row_guid" and one.report.unplaced == ["row_guid：abc"]


def test_a_number_that_provinces_use_differently_is_no_kind():
    (one,) = read('{"事项名称": "甲事项", "事项类型": "20"}', "x.json")
    assert one.file.guide.item.kind is None and "事项类型" in one.report.missing


def test_markup_becomes_lines_and_rows():
    text, title = html.read("<title>甲 - 网</title><p>一、<b>依据</b>&nbsp;</p><table><tr><td>材料名称<td>份数<tr><td>表<td>1</table><br>乙<script>丙</script>")
    assert title == "甲 - 网" and text.split("\n")[0].strip() == "一、依据" and text.split("\n")[1:] == ["材料名称 | 份数", "表 | 1", "乙"]
    assert html.read("<table><tr><td rowspan=2>甲<td>乙<tr><td>丙")[0] == "甲 | 乙\n甲 | 丙"
    assert html.read("<div>" * 50_000 + "底")[0] == "底"
    assert html.read("<td>x</td></tr></table>")[0] == "x"


def test_a_claim_that_does_not_hold_is_neither_found_nor_lost():
    (draft,) = page.read(PAGE)
    draft.at("测试", "测试")
    draft.claim("四个字在", lambda file: file.guide.item.name.zh)
    draft.claim("五个字不在", lambda file: file.offerings[9].body)
    file = draft.finish("x")
    assert file.unplaced[-2:] == ["四个字在", "五个字不在"]


def test_what_the_document_refuses_stays_in_words():
    (draft,) = page.read(PAGE)
    draft.at("测试", "测试")
    draft.put("guide.scope", 3)
    draft.claim("三", lambda file: file.guide.scope.zh)
    file = draft.finish("x")
    assert file.guide.scope is None and file.unplaced == ["三"] and file.guide.item.name.zh == "打井备案"


LABELS = sorted({name for label, names in NAMES.items() for name in (label, *names)})
WORDS = st.one_of(st.text(max_size=40), st.sampled_from(
    ["无", "是", "即办", "5(工作日)", "1、甲2、乙", "《甲法》第一条(甲令第2号)", "0999-5550011", "a|b|c", "序号 材料名称 必要性", "受理→决定", "免费", "80元"]))
VALUES = st.recursive(st.one_of(WORDS, st.none(), st.booleans(), st.integers(), st.floats()),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(LABELS) | st.text(max_size=6), inner, max_size=4),
                      max_leaves=12)


@settings(deadline=None, max_examples=120)
@given(st.dictionaries(st.sampled_from(LABELS) | st.text(max_size=8), VALUES, max_size=6))
def test_no_structured_guide_makes_it_fail(fields):
    one = national.read({"fields": fields}).finish("x")
    assert yaml.load(yaml.dump(one)) == one


LINES = st.lists(st.one_of(
    st.text(max_size=30), st.sampled_from(LABELS),
    st.builds(lambda mark, label, colon, words: f"{mark}{label}{colon}{words}",
              st.sampled_from(["", "一、", "二、", "1、", "2.", "（一）", "(2)", "① "]), st.sampled_from(LABELS), st.sampled_from(["", ":", "：", " | "]), WORDS),
    WORDS), max_size=25).map("\n".join)


@settings(deadline=None, max_examples=120)
@given(LINES, st.sampled_from([".txt", ".html", ".json", ".yaml"]))
def test_no_text_makes_it_fail(text, ending):
    for one in sources.read("x" + ending, text.encode("utf-8", "surrogatepass"), "x"):
        assert (one.file is None) == bool(one.report.errors)
        assert one.file is None or yaml.load(yaml.dump(one.file)) == one.file


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200), st.sampled_from([".txt", ".html", ".json", ".yml", ""]))
def test_no_bytes_make_it_fail(data, ending):
    assert all(one.report.errors or one.file for one in sources.read("x" + ending, data, "x"))


HEADS = st.builds(lambda mark, label, colon: f"{mark}{label}{colon}", st.sampled_from(["", "一、", "二、", "1、", "2.", "（一）", "(2)", "① "]),
                  st.sampled_from(LABELS) | st.just(""), st.sampled_from(["", ":", "：", " | ", "\n"]))


@settings(deadline=None, max_examples=150)
@given(st.lists(HEADS, min_size=1, max_size=12))
def test_no_word_of_a_page_is_dropped(heads):
    """Each line of the page ends in a word of its own; every one of them is somewhere in the drafts."""
    words = [f"乾{chr(0x4E00 + 3 * number)}坤{chr(0x6E00 + number)}" for number in range(len(heads))]
    source = "申请条件\n" + "\n".join(f"{head}{word}" for head, word in zip(heads, words, strict=True))
    found = sources.read("x.txt", source.encode(), "x")
    text = "".join(yaml.dump(one.file).replace("\n", "").replace(" ", "") for one in found if one.file)
    assert [word for word in words if word not in text] == []
