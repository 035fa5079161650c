"""Workbooks of strangers: read in a process of its own, formulas not run, bombs and wrecks refused in words."""
import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from portal.publishing import workbooks as writing
from portal.rules.importing.sheets import reading
from portal.rules.importing.sources import Refused
from portal.uploads import workbooks


@pytest.fixture
def room(tmp_path):
    return tmp_path


def book(fill) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(made)
    made.close()
    return out.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The box with parts replaced; a name's slashes are written as two underscores."""
    out = io.BytesIO()
    names = {name.replace("__", "/") + ".xml": content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, names.get(part, old.read(part)))
    return out.getvalue()


def refused(data: bytes, room: Path, name: str = "表.xlsx") -> str:
    with pytest.raises(Refused) as problem:
        workbooks.read(name, data, room)
    assert problem.value.text.zh and problem.value.text.said("en")
    return problem.value.code


def test_cells_come_where_they_stand(room):
    def fill(made):
        sheet = made.add_worksheet("甲表")
        sheet.merge_range("B2:D2", "标题")
        sheet.write_string("C4", "=1+1")
        sheet.write_number("D4", 4.40301e30)
        sheet.write_datetime("E4", datetime(2026, 1, 31), made.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime("F4", time(8, 30), made.add_format({"num_format": "hh:mm"}))
        sheet.write_boolean("G4", True)
        made.add_worksheet("藏着").hide()

    first, second = workbooks.read("表.xlsx", book(fill), room)
    assert first.name == "甲表" and second.hidden and first.at(1, 3) == "标题"
    assert first.rows[3][2:7] == ["=1+1", 4.40301e30, date(2026, 1, 31), time(8, 30), True]


def test_a_formula_gives_its_stored_result_and_what_has_none_is_told(room):
    def fill(made):
        sheet = made.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A3", "=B1", None, "")

    data = book(fill)
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        bare = box.read("xl/worksheets/sheet1.xml").replace(b"<f>B1</f><v></v>", b"<f>B1</f>")
    sheet = workbooks.read("表.xlsx", repacked(data, xl__worksheets__sheet1=bare), room)[0]
    assert sheet.rows[0][0] == 2 and sheet.faults[1, 0] == "broken" and sheet.faults[2, 0] == "uncalculated"


def test_a_bomb_is_refused(room):
    data = book(lambda made: made.add_worksheet())
    assert refused(repacked(data, xl__worksheets__sheet1=b" " * (201 << 20)), room) == "import.heavy"


def test_a_sheet_without_end_is_refused(room):
    def fill(made):
        made.add_worksheet().write("XFD1048576", "x")

    assert refused(book(fill), room) in {"import.rows", "import.heavy"}


@pytest.mark.parametrize(("data", "name", "code"), [
    (b"", "a.xlsx", "import.empty"), (b"PK\x03\x04broken", "a.xlsx", "import.workbook"), (b"\xd0\xcf\x11\xe0broken", "a.xls", "import.workbook"),
    (bytes(range(256)) * 8, "a.csv", "import.binary"), (bytes(range(256)) * 8, "a.xlsx", "import.workbook"),
])
def test_a_wreck_is_refused_in_words(data, name, code, room):
    assert refused(data, room, name) == code


def test_a_text_with_tabs_that_calls_itself_xls_is_read(room):
    sheet = workbooks.read("旧系统.xls", "事项名称\t基本编码\n甲\t990199001000\n".encode("gb18030"), room)[0]
    assert sheet.rows == [["事项名称", "基本编码"], ["甲", "990199001000"]]


def test_a_workbook_of_another_office_suite_is_read(room):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(cell.format(one) for one in row)}</table:table-row>" for row in (("事项名称", "是否网办"), ("甲", "是")))
    spaces = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    tail = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        box.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
        box.writestr("content.xml", f'<?xml version="1.0"?><office:document-content{spaces}><office:body><office:spreadsheet><table:table table:name="表">{rows}{tail}'
                                    "</table:table></office:spreadsheet></office:body></office:document-content>")
    assert workbooks.read("表.ods", out.getvalue(), room)[0].rows == [["事项名称", "是否网办"], ["甲", "是"]]


def test_the_template_and_an_export_are_read_again(room):
    template = workbooks.read("模板.xlsx", writing.template(), room)
    assert [sheet.name for sheet in template][:3] == ["填写说明", "指南", "依据"] and template[1].rows[1][0] == "示例"
    assert "示例行不导入" in reading.read("模板.xlsx", template, "模板")[0].report.errors[0]
