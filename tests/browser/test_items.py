"""The life of an item in a real browser, without scripts and with them: suspended by two people, then merged: its page, the form
to apply, the tracker, the desk, the feed."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import web
from portal.jobs import Tools, sites
from portal.models.cases import Case
from portal.models.guides import Item
from tests.browser.conftest import DESKTOP, PHONE, served
from tests.browser.test_pages import axe
from tests.browser.test_walk import sign_in
from tests.views.officers import file_case

pytestmark = pytest.mark.browser
OPEN, FOOD = "open-restaurant", "food-business-licence"

UNTIL = date.today() + timedelta(days=365)


@pytest.fixture
def live(tmp_path, settled, ring):
    """A portal of its own, because these walks change what the site shows."""
    with served(tmp_path, settled, ring, [FOOD]) as live:
        yield live


def draw(live) -> None:
    """What the worker does with what the acts owe."""
    parts = live.app.extensions["banshi"]
    with parts.database.reading() as db:
        ids = [{"item_id": row} for row in db.scalars(select(Item.id))]
    sites.publish_guides(Tools(parts.config, parts.database, parts.keys, parts.storage), ids)


def change(opened, scripts: bool, name: str, **typed: str) -> None:
    """The editor proposes it, and the approver decides."""
    page = opened(scripts=scripts, view=DESKTOP if scripts else PHONE)
    sign_in(page, "bianji")
    page.goto(f"/desk/items/{OPEN}")
    page.get_by_role("link", name=name, exact=True).click()
    for field, value in typed.items():
        page.locator(f"#{field}").fill(value)
    page.get_by_role("button", name="提出").click()
    page.get_by_text("待审定：").wait_for()
    other = opened(scripts=scripts, view=PHONE)
    sign_in(other, "shending")
    other.goto("/desk/items")
    other.locator("main, #main").get_by_role("link", name="开办餐饮店").first.click()
    if scripts:
        assert not axe(other)
    other.get_by_role("button", name="审定通过").click()
    other.get_by_role("heading", name="提出变动").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_item_is_suspended_and_merged_and_everybody_reads_what_holds(opened, live, ring, scripts):
    number = file_case(live.app, ring, now=web.now())
    with live.app.extensions["banshi"].database.reading() as db:
        code = db.get_one(Case, number).tracking_code
    change(opened, scripts, "暂停办理", since="2026-03-02", until=str(UNTIL), reason="省里统一升级系统", basis="某省政务服务局通知〔2026〕3号")
    draw(live)
    page = opened(scripts=scripts)
    page.goto(f"/guides/{OPEN}/")
    page.get_by_role("heading", name="本事项暂停办理").wait_for()
    assert page.get_by_text("某省政务服务局通知〔2026〕3号").count() and page.get_by_text("暂停期间不能照此申请").count()
    if scripts:
        assert not axe(page)
    page.goto(f"/apply/{OPEN}")
    page.get_by_text(f"到{UNTIL.year}年{UNTIL.month}月{UNTIL.day}日为止").wait_for()
    assert not page.get_by_role("button", name="开始填写").count()
    if scripts:
        assert not axe(page)
    page.goto(f"/track/{code}")
    page.get_by_text("停的是新申请").wait_for()
    if scripts:
        assert not axe(page)
    assert "暂停办理：" in page.request.get("/data/changes.xml").text()
    change(opened, scripts, "并入其他事项", since="2026-03-02", successor=FOOD, reason="一次办一件事", basis="某县人民政府通知〔2026〕1号")
    draw(live)
    page = opened(scripts=scripts)  # somebody else: a browser keeps a page of the site for five minutes
    page.goto(f"/guides/{OPEN}/")
    assert page.url.endswith(f"/guides/{FOOD}/")
    page.get_by_text("起并入本事项，请按这份指南办理").wait_for()
    page.goto("/changes/")
    assert page.get_by_text("某县人民政府通知〔2026〕1号").count()
    if scripts:
        assert not axe(page)
    page.goto(f"/apply/{OPEN}")
    page.get_by_role("link", name="食品经营许可").wait_for()
    page.goto(f"/track/{code}")
    page.get_by_text("照提交时的办事指南审查是否受理").wait_for()
