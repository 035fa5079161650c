"""The days for deciding acceptance passed without a word: what the desk leaves to do, and what the clock did by itself."""
from datetime import UTC, datetime, timedelta

from portal import web
from portal.actions import cases
from portal.models.cases import Case
from portal.rules import tracking
from tests.actions.cases import acting
from tests.conftest import NOW
from tests.inspector import Inspector
from tests.views.officers import at_desk, look


def url(case_id: int) -> str:
    return f"/desk/cases/{case_id}"


def test_when_the_days_have_passed_the_desk_says_what_is_left(app, case_id, monkeypatch):
    midnight = datetime(2026, 3, 9, 16, tzinfo=UTC)
    monkeypatch.setattr(web, "now", lambda: midnight - timedelta(minutes=5))
    window = at_desk(app, "shichang.window")
    early = window.get(f"{url(case_id)}/correct").form("layout-problem").set(**{"layout-problem": "wrong", "layout-to_do": "标出通道"})
    monkeypatch.setattr(web, "now", lambda: midnight + timedelta(minutes=5))
    page = window.get(url(case_id))
    assert "自收到材料之日起即为受理" in page.text and "最迟 2026年3月12日 办结" in page.text and "不能再要求补正" in page.text
    page = window.get(f"{url(case_id)}/correct", status=409)
    assert "不能再要求补正" in page.text and "请点“受理”" in page.text
    page = window.submit(early, status=409)
    assert "没有改动任何内容" in page.text and "标出通道" in page.text
    assert "不符合受理条件" not in [one.text for one in window.get(f"{url(case_id)}/refuse").all("label")]
    assert "can no longer be asked for" in window.get(url(case_id) + "?lang=en").text
    window.submit(window.get(url(case_id) + "?lang=zh-Hans").form("accept-seen"))
    assert look(app, case_id).accepted_on == NOW.date()


def test_what_the_clock_accepted_is_told_at_the_desk_and_on_the_tracker(app, ring, case_id, monkeypatch):
    at = datetime(2026, 3, 9, 16, 5, tzinfo=UTC)
    monkeypatch.setattr(web, "now", lambda: at)
    with app.extensions["banshi"].database.writing() as db:
        assert cases.deem(acting(db, ring, now=at), db.get_one(Case, case_id))
        db.commit()
    page = at_desk(app, "shichang.window").get(url(case_id))
    assert "依法自收到材料之日起受理" in page.text and "视为受理" in page.text and "到期自动记录" in page.text
    page = Inspector(app).get(f"/track/{tracking.shown(look(app, case_id).tracking_code)}")
    assert "自2026年3月2日收到材料之日起依法即为受理" in page.text
