"""A township clerk at work without scripts: a guide is taken up, its window and hours stated, and the public page and the PDF say so."""
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.jobs import Tools, outbox
from portal.models.outbox import OutboxRow, Topic
from tests import printed
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_walk import sign_in

pytestmark = pytest.mark.browser
VILLAGE, SLUG = "990421101202", "food-business-licence"


def work(live) -> None:
    """What the worker does within seconds."""
    parts = live.app.extensions["banshi"]
    line = next(one for one in outbox.LINES if one.topic == Topic.PUBLISH_GUIDE)
    outbox.drain(Tools(parts.config, parts.database, parts.keys, parts.storage), line, datetime.now(UTC))
    with parts.database.reading() as db:
        assert not db.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None), OutboxRow.failure.is_not(None))).all()


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with"])
def test_a_clerk_takes_up_a_guide_and_people_read_it(opened, live, scripts):
    page = opened(scripts=scripts, view=DESKTOP if scripts else PHONE)
    village = "990421102202" if scripts else VILLAGE
    sign_in(page, "bianji" if scripts else "yunling.editor")
    page.goto(f"/desk/places/{village}")
    page.get_by_role("link", name="采用别的指南").click()
    page.get_by_label("受理", exact=True).check()
    page.get_by_role("button", name="采用：食品经营许可").click()
    page.get_by_text("已采用 1 项").wait_for()
    page.get_by_role("link", name="食品经营许可").click()
    page.locator("#windows-0-name").fill("二号窗口")
    page.locator("#windows-0-telephone").fill("0680-5559999")
    page.get_by_role("button", name="填入办理点的工作时间").click()
    page.locator("#windows-0-hours-0-spans-0-opens").fill("09:10")
    page.locator("#note").fill("周三下午下村")
    page.get_by_role("button", name="保存", exact=True).last.click()
    page.get_by_text("已保存，几秒钟后").wait_for()
    work(live)
    reader = opened(scripts=False)
    reader.goto(f"/places/{village}/")
    reader.get_by_role("link", name="食品经营许可").click()
    for words in ("二号窗口", "0680-5559999", "09:10", "周三下午下村", "由青禾县政务服务中心决定"):
        reader.get_by_text(words).first.wait_for()
    said = printed.words(reader.request.get(f"/pdf/{SLUG}.at-{village}.pdf").body())
    assert all(words in said for words in ("二号窗口", "0680-5559999", "09:10", "周三下午下村"))
    reader.get_by_role("link", name="在这里申请").click()
    assert reader.locator("#place option:checked").inner_text() == ("溪西村便民服务站" if scripts else "古岭村便民服务站")
