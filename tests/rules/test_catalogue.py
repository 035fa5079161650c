"""A list of items comes in from JSON and tables, errors say where, and what goes out comes in again without a difference."""
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing import catalogue_files
from portal.rules.catalogue import reading, writing
from portal.rules.catalogue.entries import Entry, keys, linked_code
from portal.rules.catalogue.shapes import NoList
from portal.rules.guide.codes import ItemKind

LINK = "http://example.cn/item?itemCode=990A0001000000-990421000000-000-119904210009900085-1-00&taskType=1"
LEVELS = [
    {"department": "县民政局", "items": [
        {"main_item": "养老", "sub_items": [{"name": "高龄津贴", "link": LINK, "qrcode": ""}, {"name": "护理补贴", "link": "", "qrcode": "x"}]},
        {"main_item": "未分类", "sub_items": [{"name": "高龄津贴", "link": "", "qrcode": ""}]}]},
    {"department": "县林业局", "items": [{"main_item": "", "sub_items": [{"name": "高龄津贴", "link": "", "qrcode": ""}]}]},
]
line = st.text("县民政局高龄𠮷津贴01aZ'\"=+-@＝，,;<>&#%_（）", min_size=1, max_size=8)
maybe = st.none() | line
entry = st.builds(Entry, department=line, name=line, main_item=maybe, basic_code=maybe, implementation_code=maybe, source_code=maybe,
                  kind=maybe, link=maybe, more=st.fixed_dictionaries({"二维码": st.just("") | line}))


def read(value) -> list[Entry]:
    found = reading.read("list.json", json.dumps(value, ensure_ascii=False).encode())
    assert not found.errors, found.errors
    return found.entries


def errors(name: str, data: bytes) -> list[str]:
    return [one.zh for one in reading.read(name, data).errors]


def test_levels_keep_order_headings_and_equal_names():
    found = read(LEVELS)
    assert [(one.department, one.main_item, one.name) for one in found] == [
        ("县民政局", "养老", "高龄津贴"), ("县民政局", "养老", "护理补贴"), ("县民政局", "未分类", "高龄津贴"), ("县林业局", None, "高龄津贴")]
    assert json.loads(writing.as_json(found)) == LEVELS
    assert len(set(keys(found))) == 4


def test_the_link_tells_code_and_kind():
    first = read(LEVELS)[0]
    assert first.code == "990A0001000000-990421000000-000-119904210009900085-1-00" and first.item_kind is ItemKind.LICENCE
    assert first.address == LINK
    assert linked_code("http://x/?itemCode=<b>") is None and linked_code("http://[x") is None and linked_code(None) is None
    assert Entry("局", "名", link="javascript:alert(1)").address is None
    assert Entry("局", "名", kind="行政确认").item_kind is Entry("局", "名", kind="7").item_kind is ItemKind.CONFIRMATION


def test_a_basic_code_is_found_in_an_implementation_code():
    one = Entry("局", "名", implementation_code="1199042100099000854990101001000")
    assert one.basic == "990101001000" and one.codes[0] == "990101001000"


@given(st.lists(entry, max_size=6))
def test_what_goes_out_comes_in_again_without_a_difference(entries):
    for ending, write in catalogue_files.WRITERS.items():
        data = write(entries)
        assert data == write(entries)
        if entries:
            again = reading.read(f"list{ending}", data)
            assert not again.errors and again.entries == entries, ending


@pytest.mark.parametrize("value", [
    [{"部门": "县民政局", "事项名称": "高龄津贴"}], {"data": [{"department": "县民政局", "name": "高龄津贴"}]}, {"县民政局": ["高龄津贴"]},
    [{"name": "县民政局", "children": [{"name": "高龄津贴"}]}], {"县民政局": [{"main_item": "高龄津贴", "sub_items": []}]},
])
def test_other_shapes_of_the_same_list_are_taken(value):
    found = read(value)
    assert [(one.department, one.name) for one in found] == [("县民政局", "高龄津贴")]


def test_a_table_may_begin_below_a_title_and_be_in_gb18030():
    text = "青禾县事项清单\n序号,部门,事项名称,备注\n1,县民政局,高龄津贴,\n,,,\n2,县林业局,采伐,甲\n"
    for encoding in ("utf-8-sig", "gb18030"):
        found = reading.read("list.csv", text.encode(encoding))
        assert [one.name for one in found.entries] == ["高龄津贴", "采伐"]
        assert found.entries[1].more == {"序号": "2", "备注": "甲"}


def test_every_error_says_where_and_what_to_do():
    table = "部门,事项名称\n县民政局,\n,采伐\n县林业局," + "长" * 301 + "\n"
    said = errors("list.csv", table.encode())
    assert [one.split("：")[0] for one in said] == ["第2行", "第3行", "第4行"]
    assert all("请" in one for one in said)
    said = errors("list.json", json.dumps([{"department": "局", "items": [{"main_item": "甲", "sub_items": [{"name": ["x"]}, 5, {"name": "好", "基本编码": 12}]}]}]).encode())
    assert [one.split("：")[0] for one in said] == ["第1个部门第1组第2项", "第1个部门第1组第1项", "第1个部门第1组第3项"]


def test_a_code_twice_is_told_and_kept_twice():
    found = reading.read("list.json", json.dumps([{"department": "局", "name": name, "code": "990A0001"} for name in "甲乙"]).encode())
    assert len(found.entries) == 2 and len(found.notes) == 1 and len(set(keys(found.entries))) == 2


@pytest.mark.parametrize(("name", "data"), [
    ("a.json", b"{"), ("a.json", b"[]"), ("a.json", b"3"), ("a.json", b'{"x": 1}'), ("a.json", b"[" * 100_000), ("a.csv", b"x,y\n1,2\n"),
    ("a.csv", b"\xff\xff\xff"), ("a.xlsx", b"PK\x03\x04"), ("a.xlsx", b""), ("a.txt", b"x"), ("a", b""), ("a.csv", "部门,部门,事项名称\n".encode()),
])
def test_what_is_no_list_is_refused_in_words(name, data):
    try:
        found = reading.read(name, data)
    except NoList as problem:
        assert problem.text.zh and problem.text.en
    else:
        assert found.errors


def test_the_real_lists_come_in_whole(material):
    for file in (material / "lists").glob("*_zhiling.json"):
        found = reading.read(file.name, file.read_bytes())
        plain = json.loads(file.read_text("utf-8"))
        assert not found.errors and len(found.entries) == sum(len(group["sub_items"]) for one in plain for group in one["items"])
        assert json.loads(writing.as_json(found.entries)) == plain
        assert all(one.code and one.item_kind for one in found.entries) and len(set(keys(found.entries))) == len(found.entries)
        for ending, write in catalogue_files.WRITERS.items():
            assert reading.read(f"list{ending}", write(found.entries)).entries == found.entries
