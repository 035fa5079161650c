"""A workbook of guides in a real browser: handed in, its mistakes read by cell, imported with a second press; with script and without."""
import pytest
from sqlalchemy import func, select

from portal.jobs import Tools, importing
from portal.models.guides import GuideRevision
from portal.publishing import workbooks
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from tests.actions.cases import sample
from tests.actions.revisions import EDITOR
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_walk import press, sign_in
from tests.conftest import NOW

pytestmark = pytest.mark.browser
WRONG = "事项名称,基本编码,实施主体,是否网办\n某登记,990188000001,某局,也许\n"


def guide(number: int) -> GuideFile:
    file = sample("senior-allowance")
    item = file.guide.item.model_copy(update={"code": f"9901{number:08}", "name": Text(zh=f"导入的事项{number}")})
    return file.model_copy(update={"guide": file.guide.model_copy(update={"item": item})})


def work(live) -> None:
    parts = live.app.extensions["banshi"]
    importing.work(Tools(parts.config, parts.database, parts.keys, parts.storage), lambda: NOW)


def drafts(live, name: str) -> int:
    with live.app.extensions["banshi"].database.reading() as db:
        return db.scalar(select(func.count()).select_from(GuideRevision).where(GuideRevision.source == name))


def sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def hand_in(page, name: str, data: bytes) -> None:
    page.goto("/desk/guides")
    press(page, page.get_by_role("link", name="导入指南"))
    page.set_input_files('input[type="file"]', {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    press(page, page.get_by_role("button", name="交上并核对"))


@pytest.mark.parametrize("view", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_a_workbook_is_handed_in_read_and_imported(opened, live, scripts, view):
    page = opened(scripts=scripts, view=view)
    sign_in(page, EDITOR)
    number = 10 * scripts + (view is PHONE)
    name = f"指南{number}.xlsx"
    hand_in(page, name, workbooks.export([guide(number)]))
    assert "正在核对" in page.locator("main").inner_text() and not sideways(page)
    work(live)
    ahead(page, scripts, "没有问题")
    assert not sideways(page) and drafts(live, name) == 0
    press(page, page.get_by_role("button", name="导入 1 份为草稿"))
    assert "正在导入" in page.locator("main").inner_text()
    work(live)
    ahead(page, scripts, "已导入")
    assert drafts(live, name) == 1
    press(page, page.get_by_role("link", name=f"导入的事项{number}"))
    assert page.locator("h1").inner_text() == f"导入的事项{number}"


def ahead(page, scripts: bool, words: str) -> None:
    """Waits until the page says so: by itself with script, else on a press."""
    if not scripts:
        press(page, page.get_by_role("link", name="刷新进度"))
    page.get_by_text(words).first.wait_for()


def test_mistakes_stand_with_their_cells_and_nothing_can_be_imported(opened, live):
    page = opened(view=DESKTOP)
    sign_in(page, EDITOR)
    hand_in(page, "错的.csv", WRONG.encode("gb18030"))
    work(live)
    ahead(page, True, "D2")
    assert "应写“是”或“否”" in page.locator("main").inner_text() and page.get_by_role("button", name="为草稿").count() == 0
    press(page, page.get_by_role("button", name="删去这个文件和报告"))
    assert "错的.csv" not in page.locator("main").inner_text()
