"""Workbooks at the desk: handed in, checked, told cell by cell, imported with a second press and not twice."""
import io

import pytest
from sqlalchemy import func, select

from portal.actions import guides
from portal.jobs import Tools, importing
from portal.models.editing import GuideEdit
from portal.models.guides import GuideRevision
from portal.models.importing import ImportRow, ImportRun
from portal.models.people import Staff
from portal.publishing import workbooks
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from portal.rules.importing.sheets import delimited, reading
from portal.uploads import workbooks as uploads
from tests.actions.cases import sample
from tests.conftest import NOW
from tests.views.officers import at_desk

EDITOR, OTHER = "bianji", "fazhi"
START = "/desk/guides/import"
HEADINGS = "事项名称,基本编码,实施主体,承诺办结时限,是否网办,申请材料"
GOOD = "甲事项登记,990199001000,青禾县民政局,5个工作日,是,身份证"
BAD = "乙事项登记,990199002000,青禾县民政局,5个工作日,也许,身份证"


def named(slug: str, number: int) -> GuideFile:
    file = sample(slug)
    item = file.guide.item.model_copy(update={"code": f"9902{number:08}", "name": Text(zh=f"事项第{number}号")})
    return file.model_copy(update={"guide": file.guide.model_copy(update={"item": item})})


@pytest.fixture
def tools(app):
    parts = app.extensions["banshi"]
    return Tools(parts.config, parts.database, parts.keys, parts.storage)


def work(tools, stopped=lambda: False) -> int:
    return importing.work(tools, lambda: NOW, stopped)


def hand_in(browser, data: bytes, name: str = "事项.csv"):
    form = browser.get(START).form("multipart")
    return browser.submit(form.set(file=(io.BytesIO(data), name)))


def counted(tools, model, *conditions) -> int:
    with tools.database.reading() as db:
        return db.scalar(select(func.count()).select_from(model).where(*conditions))


def csv(*rows: str) -> bytes:
    return "\n".join((HEADINGS, *rows)).encode()


def test_a_file_is_checked_told_by_cell_and_imported_with_a_second_press(app, tools):
    editor = at_desk(app, EDITOR)
    page = hand_in(editor, csv(GOOD, BAD))
    assert "正在核对" in page.text and counted(tools, GuideRevision) == 0
    assert work(tools) == 1
    page = editor.get(f"{START}/1")
    assert "E3" in page.text and "应写“是”或“否”" in page.text and "甲事项登记" in page.text
    assert counted(tools, GuideRevision) == 0
    page = editor.submit(page.form("/start"))
    assert "正在导入" in page.text
    assert work(tools) == 1
    page = editor.get(f"{START}/1")
    assert "已导入" in page.text and counted(tools, GuideRevision) == 1
    assert editor.get("/desk/guides?state=draft").text.count("甲事项登记") >= 1
    assert "事项.csv" in editor.get(START).text


def test_pressed_twice_it_is_handed_in_and_imported_once(app, tools):
    editor = at_desk(app, EDITOR)
    hand_in(editor, csv(GOOD))
    hand_in(editor, csv(GOOD))
    assert counted(tools, ImportRun) == 1
    work(tools)
    form = editor.get(f"{START}/1").form("/start")
    editor.submit(form)
    editor.submit(form)
    work(tools)
    editor.submit(form)
    assert work(tools) == 0 and counted(tools, GuideRevision) == 1


def test_the_worker_goes_on_where_it_was_stopped(app, tools):
    editor = at_desk(app, EDITOR)
    hand_in(editor, workbooks.export([named("senior-allowance", number) for number in range(45)]), "大表.xlsx")
    for expected in (20, 40):
        assert work(tools, lambda: True) == 0 and counted(tools, ImportRow) == expected
    assert "40 / 45" in editor.get(f"{START}/1").text
    assert work(tools) == 1 and counted(tools, ImportRow) == 45
    editor.submit(editor.get(f"{START}/1").form("/start"))
    answers = iter((False, True))
    work(tools, lambda: next(answers))
    assert counted(tools, GuideRevision) == 20
    assert work(tools) == 1 and counted(tools, GuideRevision) == 45


def test_an_item_that_people_work_on_is_told_and_not_written_over(app, tools):
    file = named("senior-allowance", 1)
    with tools.database.writing() as db:
        revision, _ = guides.draft(db, file, file.guide.item.code, NOW)
        staff = db.scalar(select(Staff.id).where(Staff.username == EDITOR))
        db.add(GuideEdit(revision_id=revision.id, section="item", digest="x", staff_id=staff, at=NOW))
        db.commit()
    changed = file.model_copy(update={"guide": file.guide.model_copy(update={"summary": Text(zh="改过的一句话")})})
    editor = at_desk(app, EDITOR)
    hand_in(editor, workbooks.export([changed]), "一份.xlsx")
    work(tools)
    page = editor.get(f"{START}/1")
    assert "正在工作台上办理" in page.text and not [form for form in page.all("form") if (form.get("action") or "").endswith("/start")]


def test_unchanged_and_changed_guides_are_told_apart(app, tools):
    same, other = named("senior-allowance", 1), named("senior-allowance", 2)
    with tools.database.writing() as db:
        for file in (same, other):
            guides.draft(db, file, file.guide.item.code, NOW, "两份.xlsx")
        db.commit()
    changed = other.model_copy(update={"guide": other.guide.model_copy(update={"summary": Text(zh="改过的一句话")})})
    editor = at_desk(app, EDITOR)
    hand_in(editor, workbooks.export([same, changed]), "两份.xlsx")
    work(tools)
    with tools.database.reading() as db:
        assert [row.would for row in db.scalars(select(ImportRow).order_by(ImportRow.place))] == ["same", "changed"]


def test_the_report_has_the_cells_marked(app, tools):
    editor = at_desk(app, EDITOR)
    hand_in(editor, csv(GOOD, BAD))
    work(tools)
    answer = editor.browser.get(f"{START}/1/report.xlsx")
    sheets = uploads.read("report.xlsx", answer.data, tools.config.data)
    assert sheets[0].name.startswith("导入报告") and [sheet.name for sheet in sheets[1:]] == ["事项"]
    assert any("E3" in str(cell) for row in sheets[0].rows for cell in row) and sheets[1].rows[2][4] == "也许"


def test_the_template_comes_down_and_holds_no_guide(app, tools):
    data = at_desk(app, EDITOR).browser.get(f"{START}/template.xlsx").data
    found = reading.read("模板.xlsx", uploads.read("模板.xlsx", data, tools.config.data), "模板")
    assert len(found) == 1 and found[0].file is None and "示例行不导入" in found[0].report.errors[0]


@pytest.mark.parametrize(("data", "name", "said"), [
    (b"", "", "请先选择一个文件"), (b"x", "a.pdf", "这里只收表格"), (b"  ", "a.csv", "这个文件是空的"),
])
def test_what_is_no_table_is_refused_beside_the_field(app, data, name, said):
    editor = at_desk(app, EDITOR)
    page = editor.submit(editor.get(START).form("multipart").set(file=(io.BytesIO(data), name)), status=422)
    assert said in page.text


def test_a_file_that_cannot_be_read_says_why(app, tools):
    editor = at_desk(app, EDITOR)
    hand_in(editor, b"PK\x03\x04 no box at all", "坏.xlsx")
    work(tools)
    page = editor.get(f"{START}/1")
    assert "没有读成" in page.text and "不是电子表格" in page.text
    editor.submit(page.form("/drop"))
    assert counted(tools, ImportRun) == 0


def test_a_run_is_its_owners_alone(app, tools):
    hand_in(at_desk(app, EDITOR), csv(GOOD))
    other = at_desk(app, OTHER)
    for address in (START, f"{START}/1", f"{START}/1/report.xlsx"):
        other.get(address, status=404)


def test_csv_reads_as_spreadsheets_write_it():
    for mark in (",", ";", "\t"):
        for encoding in ("utf-8", "utf-8-sig", "gb18030"):
            sheet = delimited.read("x", csv(GOOD).decode().replace(",", mark).encode(encoding))
            assert sheet.rows[1][0] == "甲事项登记" and len(sheet.rows[0]) == 6
