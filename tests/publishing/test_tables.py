"""Lists as files for other programs: nothing in a cell is run, the encoding is told, the same list gives the same bytes."""
import csv
import io
import json
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing import tables
from portal.publishing.lists import Listing

RISKY = ["=1+1", "+1", "-1+2", "@SUM(A1)", "  =cmd|' /C calc'!A0", "\t=1", "\r=1", "\n=1", "＝1+1", "＠x", '=HYPERLINK("http://x.example")']
PLAIN = ["", "食品经营许可", "0680-5550100", "990107010000", "3 + 4", "a=b", "“引号”", 'a "b", c', "一行\n两行"]


def listing(*cells) -> Listing:
    return Listing("x", ("表 & 单", "A list"), (("name", ("名称", "Name")), ("code", ("编码", "Code"))), tuple((cell, "1") for cell in cells))


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", RISKY)
def test_what_begins_like_a_formula_is_none(text):
    assert rows(tables.as_csv(listing(text), "zh-Hans"))[1] == [f"'{text}", "1"]
    book = zipfile.ZipFile(io.BytesIO(tables.as_xlsx(listing(text))))
    sheet, styles = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/styles.xml").decode()
    assert "<f>" not in sheet and 't="s"' in sheet, "a text, no formula"
    style = int(re.search(r'<c r="A2" s="(\d+)"', sheet)[1])
    assert 'quotePrefix="1"' in re.findall(r"<xf [^>]*>", styles.partition("<cellXfs")[2])[style]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_formula_stays_as_it_is(text):
    assert rows(tables.as_csv(listing(text), "zh-Hans"))[1] == [text, "1"]


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
def test_no_cell_of_a_csv_begins_a_formula(text):
    for found in rows(tables.as_csv(listing(text), "en"))[1:]:
        assert found[0] in (text, f"'{text}")
        assert not found[0].lstrip().startswith(tables.LEADS)


def test_a_csv_says_its_encoding_and_speaks_the_language():
    data = tables.as_csv(listing(("食品", "Food")), "zh-Hans")
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    assert rows(data) == [["名称", "编码"], ["食品", "1"]]
    assert rows(tables.as_csv(listing(("食品", "Food")), "en")) == [["Name", "Code"], ["Food", "1"]]


def test_json_has_both_languages_and_names_for_machines():
    told = json.loads(tables.as_json(listing(("食品", "Food"))))
    assert told == {"title": {"zh": "表 & 单", "en": "A list"}, "rows": [{"name": {"zh": "食品", "en": "Food"}, "code": "1"}]}


def test_a_workbook_has_a_sheet_a_language_a_header_that_stays_and_widths():
    book = zipfile.ZipFile(io.BytesIO(tables.as_xlsx(listing(("很长的一个事项名称，要宽一些", "Food"), ("食品", "Food")))))
    assert re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode()) == ["中文", "English"]
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'ySplit="1"' in sheet and 'state="frozen"' in sheet and '<autoFilter ref="A1:B3"' in sheet
    first, second = (float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', sheet))
    assert first > 28 and second < 10
    assert "食品" in book.read("xl/sharedStrings.xml").decode()


def test_the_same_list_gives_the_same_bytes():
    one = listing(("食品", "Food"), "=1")
    assert tables.as_xlsx(one) == tables.as_xlsx(one)


def test_a_list_without_rows_is_still_a_table():
    assert rows(tables.as_csv(listing(), "en")) == [["Name", "Code"]]
    assert zipfile.ZipFile(io.BytesIO(tables.as_xlsx(listing()))).testzip() is None
