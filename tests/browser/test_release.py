"""A guide from its import to the public in a real browser, by five pairs of hands: a real one where material is named, else a
sample. The editor mends what the import could not know; the legal officer sends it back once."""
import os
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.actions import importing
from portal.jobs import Tools, sites
from portal.models.guides import GuideRevision, Item
from portal.rules.guide.document import GuideFile
from portal.rules.importing import sources
from tests.actions.cases import sample
from tests.actions.revisions import APPROVER, CHECKER, EDITOR, HANDS, LEGAL, PUBLISHER
from tests.browser.conftest import DESKTOP
from tests.browser.test_walk import press, sign_in
from tests.conftest import NOW

pytestmark = pytest.mark.browser
BUREAU = "青禾县市场监督管理局"


def imported() -> GuideFile:
    """The guide g01 of the material; without it a sample whose owner got lost."""
    folder = os.environ.get("BANSHI_MATERIAL")
    path = next(Path(folder).rglob("g01*.json"), None) if folder else None
    if path is not None:
        return next(row.file for row in sources.read(path.name, path.read_bytes(), path.stem) if row.file)
    file = sample("small-catering-registration")
    item = file.guide.item.model_copy(update={"department": "沙洲市场监管所"})
    return file.model_copy(update={"guide": file.guide.model_copy(update={"item": item})})


def keep(live, file: GuideFile) -> int:
    with live.app.extensions["banshi"].database.writing() as db:
        importing.keep(db, file, "import.json", NOW)
        db.commit()
        return db.scalar(select(GuideRevision.id).order_by(GuideRevision.id.desc()).limit(1))


def save(page, address: str, fields: dict[str, str]) -> None:
    """Types into the fields of a section and saves it."""
    page.goto(address)
    for name, value in fields.items():
        page.locator(f'[name="{name}"]').fill(value)
    press(page, page.locator('button[name="do"][value="save"]:visible').last)
    assert page.locator(".field__error:visible").count() == 0


def mend(page, number: int, file: GuideFile) -> None:
    """What the import could not know: the owner by its name here, a telephone that is one, the stage that makes the paper."""
    edit = f"/desk/guides/{number}/edit"
    save(page, f"{edit}/item", {"item_department": BUREAU})
    if file.guide.complaints[0].telephone == "020-123456":
        save(page, f"{edit}/contacts?at=/guide/complaints/0/telephone", {"complaints-0-telephone": "020-84912306"})
        place = next(at for at, stage in enumerate(file.guide.variants[0].stages) if stage.kind == "decide")
        page.goto(f"{edit}/stages.standard?at=/guide/variants/0/stages/{place}/produces")
        page.locator('input[type="checkbox"][name$="produces"]').first.check()
        press(page, page.locator('button[name="do"][value="save"]:visible').last)


def go(page, number: int, move: str, **typed: str) -> None:
    """Makes a move on the revision's page."""
    page.goto(f"/desk/guides/{number}")
    form = page.locator(f'form[action$="/moves/{move}"]')
    if not form.is_visible():
        page.locator("details", has=form).locator("summary").click()
    for name, value in typed.items():
        form.locator(f'[name="{move}-{name}"]').fill(value)
    press(page, form.get_by_role("button"))


def sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_from_import_to_the_public_by_five_roles(opened, live):
    file = imported()
    number = keep(live, file)
    desks = {}
    for username in HANDS:
        desks[username] = opened(view=DESKTOP)
        sign_in(desks[username], username)
    editor, legal = desks[EDITOR], desks[LEGAL]
    editor.goto(f"/desk/guides/{number}")
    assert editor.locator('form[action$="/moves/send_on"]').count() == 0 and "部门名录" in editor.locator("main").inner_text()
    mend(editor, number, file)
    go(editor, number, "send_on", words="请看依据")
    legal.goto("/desk/guides?mine=1")
    press(legal, legal.get_by_role("link", name=file.guide.item.name.zh).first)
    press(legal, legal.get_by_role("link", name="逐项查看").first)
    press(legal, legal.locator('a[href$="remark?at=/guide/item/name"]'))
    legal.locator('[name="words"]').fill("名称请与权责清单一致")
    press(legal, legal.get_by_role("button", name="写下意见"))
    go(legal, number, "send_back", words="见意见")
    editor.goto(f"/desk/guides/{number}")
    press(editor, editor.locator('form[action$="/settle"]').get_by_role("button"))
    for username in (EDITOR, LEGAL, CHECKER, APPROVER):
        go(desks[username], number, "send_on")
    publisher = desks[PUBLISHER]
    for part in ("page", "form", "chart"):
        publisher.goto(f"/desk/guides/{number}/preview/{part}")
        assert "不能作为办事依据" in publisher.locator("main").inner_text() and not sideways(publisher)
    go(publisher, number, "publish")
    assert "已公布" in publisher.locator("main").inner_text()
    parts = live.app.extensions["banshi"]
    with parts.database.reading() as db:
        item_id, slug = db.execute(select(Item.id, Item.slug).join(GuideRevision).where(GuideRevision.id == number)).one()
    sites.publish_guides(Tools(parts.config, parts.database, parts.keys, parts.storage), [{"item_id": item_id}])
    citizen = opened()
    citizen.goto(f"/guides/{slug}/")
    assert citizen.locator("h1").inner_text() == file.guide.item.name.zh and not sideways(citizen)
