"""CSV: a row that has not as many cells as its headings is told as an error of its row, and the rows around it come in."""
import pytest

from portal.rules.importing.sheets import delimited, reading

NATIONAL = "事项名称,基本编码,实施主体,受理条件"
OWN = "指南编号,事项名称,适用范围"


def read(text: str):
    return reading.read("表.csv", [delimited.read("表", text.encode())], "表")


def told(found) -> dict[int | None, str]:
    return {cell["row"]: cell["zh"] + cell["en"] for one in found for cell in one.report.cells if cell["error"] and cell["cell"] is None}


def names(found) -> list[str]:
    return [one.file.guide.item.name.zh for one in found if one.file is not None]


@pytest.mark.parametrize("broken", ["乙,990400000002,县民政局,有身份证,有户口簿", "乙,990400000002", "乙,990400000002,县民政局"])
def test_a_row_of_the_national_fields_with_more_or_fewer_cells_is_an_error_of_its_row(broken):
    found = read(f"{NATIONAL}\n甲,990400000001,县民政局,有身份证\n{broken}\n丙,990400000003,县民政局,“有”\n")
    assert names(found) == ["甲", "丙"]
    said = told(found)
    assert list(said) == [3] and f"这一行有 {broken.count(',') + 1} 格，表头有 4 格" in said[3] and "4" in said[3].split("headings")[1]


@pytest.mark.parametrize("broken", ["b,乙事项,本县,外县", "b,乙事项"])
def test_a_row_of_the_template_with_more_or_fewer_cells_is_an_error_of_its_row(broken):
    found = read(f"{OWN}\na,甲事项,本县\n{broken}\nc,丙事项,本县\n")
    assert names(found) == ["甲事项", "丙事项"] and 3 in told(found)


def test_words_with_commas_and_lines_in_quotes_and_empty_cells_behind_the_last_are_as_they_were():
    found = read(f'{NATIONAL},,\n甲,990400000001,县民政局,"有身份证,\n有户口簿",,\n乙,990400000002,,,,\n丙,990400000003,县民政局,有,\n')
    assert names(found) == ["甲", "乙", "丙"] and not told(found)
    assert "有户口簿" in str(found[0].file)


def test_a_remark_under_the_table_is_a_remark_still():
    found = read(f"{NATIONAL}\n甲,990400000001,县民政局,有身份证\n注：以上由县民政局填报\n")
    assert names(found) == ["甲"] and not told(found)


def test_cells_beside_a_workbooks_table_are_kept():
    sheet = delimited.read("表", f"{NATIONAL}\n甲,990400000001,县民政局,有身份证,旁边的话\n".encode())
    found = reading.read("表.xlsx", [sheet.__class__("表", sheet.rows)], "表")
    assert names(found) == ["甲"] and "旁边的话" in str(found[0].file)
