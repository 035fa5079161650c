"""The template as a workbook: help, lists and an example; a report with its cells marked. Nothing in them is run."""
import io
import re
import zipfile

from portal.publishing import marked, workbooks
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from portal.rules.importing.sheets import reading, shape
from portal.rules.importing.sheets.cells import Sheet
from portal.uploads import workbooks as uploads
from tests.rules.guides import good_file, good_guide


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return {name: box.read(name).decode() for name in box.namelist()}


def test_the_template_has_a_sheet_a_table_with_help_lists_and_no_formula():
    found = parts(workbooks.template())
    names = re.findall(r'<sheet name="([^"]+)"', found["xl/workbook.xml"])
    assert names == [workbooks.INSTRUCTIONS, *(one.title.zh for one in shape.tables()), workbooks.WORDS]
    documents = found[f"xl/worksheets/sheet{names.index('材料') + 1}.xml"]
    assert documents.count("<dataValidation ") >= 10 and "词表!" in documents
    comments = " ".join(text for name, text in found.items() if "comments" in name)
    assert "写具体名称" in comments and "A definite name" in comments and "[variants.documents.name]" in comments
    assert not [name for name, text in found.items() if name.startswith("xl/worksheets/") and "<f>" in text]


def test_the_same_template_has_the_same_bytes():
    assert workbooks.template() == workbooks.template()


def test_guides_in_a_workbook_come_back_and_what_looks_like_a_formula_is_text(tmp_path):
    plain = good_guide()
    plain["guide"]["summary"] = "=1+1"
    plain["guide"]["conditions"] = ["@一", "+二\n三", "-", "007"]
    files = [good_file().model_copy(update={"unplaced": ["=x"]}), GuideFile.model_validate(plain)]
    files[1] = files[1].model_copy(update={"guide": files[1].guide.model_copy(update={
        "item": files[1].guide.item.model_copy(update={"code": "000000000001", "name": Text(zh="另一份")})})})
    data = workbooks.export(files)
    rows = reading.read("表.xlsx", uploads.read("表.xlsx", data, tmp_path), "表")
    assert [row.file for row in rows] == files, [row.report.errors for row in rows]


def test_a_report_marks_its_cells_and_keeps_the_sheets(tmp_path):
    cells = [{"sheet": "甲/乙", "row": 2, "column": "B", "cell": "B2", "heading": "是否网办", "error": True, "zh": "应写是或否", "en": "write yes or no"},
             {"sheet": "甲/乙", "row": 3, "column": None, "cell": None, "heading": None, "error": False, "zh": "说明", "en": "a note"}]
    sheet = Sheet("甲/乙", [["事项名称", "是否网办"], ["=1+1", "也许"], ["丙", None]])
    data = marked.report([sheet, Sheet("藏", [["x"]], hidden=True)], [("第 2 行", "甲", "", Text(zh="有错误", en="With mistakes"), None, cells)])
    listed, copy = uploads.read("报告.xlsx", data, tmp_path)
    assert [cell for row in listed.rows for cell in row].count("甲/乙 B2") == 1 and copy.name == "甲_乙" and copy.rows == [*sheet.rows[:2], ["丙"]]
    found = parts(data)
    assert "write yes or no" in found["xl/comments1.xml"] and "F8C9C4" in found["xl/styles.xml"]
