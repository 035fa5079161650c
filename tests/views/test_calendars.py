"""The administrator keeps a year: what differs is shown first, the source and the reason are on record, nothing is lost."""
import io
import json
from datetime import UTC, date, datetime

import pytest

from portal.actions import calendars
from portal.models.calendars import CalendarChange
from portal.queries import calendars as asking
from portal.rules.calendar import SpecialDay, legal_day
from portal.rules.calendar_seed import seed
from portal.rules.guide.text import Text
from tests.views.officers import at_desk

YEAR = legal_day(datetime.now(UTC)).year
NEXT = f"/desk/calendar/{YEAR + 1}"
DAYS = f"{YEAR + 1}-01-01 休 元旦\n{YEAR + 1}-10-01 休 国庆节\n{YEAR}-12-27 班 元旦"
TOLD = {"official": "yes", "source": "国办发明电9号", "reason": "通知公布了"}


@pytest.fixture
def admin(app):
    return at_desk(app, "admin")


def kept(app):
    with app.extensions["banshi"].database.reading() as db:
        return asking.calendar(db), db.query(CalendarChange).order_by(CalendarChange.id).all()


def test_a_notice_is_looked_at_and_then_kept(app, admin):
    page = admin.get(admin.get("/desk").links()["工作日历"])
    assert "还没有公布" in page.text
    form = admin.get(page.links()[str(YEAR + 1)]).form("checked").set(days=DAYS, **TOLD)
    page = admin.submit(form)
    assert "还没有保存，请先核对" in page.text and "这里休息，那里上班" in page.text and kept(app)[1] == []
    if not seed().is_official(date(YEAR + 1, 1, 1)):
        assert "随程序的日历还没有这一年" in page.text
    page = admin.submit(page.form("checked"))
    assert "已保存" in page.text and "通知公布了" in page.text
    calendar, changes = kept(app)
    assert not calendar.is_working(date(YEAR + 1, 1, 1)) and calendar.is_official(date(YEAR + 1, 1, 1)) and calendar.is_working(date(YEAR, 12, 27))
    assert [row.year for row in changes] == [YEAR, YEAR + 1] and {row.source for row in changes} == {TOLD["source"]}
    assert "正在重算" in admin.get("/desk/calendar").text


def test_what_was_changed_after_the_look_is_looked_at_again(app, admin):
    page = admin.submit(admin.get(NEXT).form("checked").set(days=DAYS, **TOLD))
    page = admin.submit(page.form("checked").set(days=DAYS.replace("01-01", "01-04")))
    assert "还没有保存" in page.text and kept(app)[1] == []


def test_a_second_source_is_compared(admin):
    page = admin.submit(admin.get(NEXT).form("checked").set(days=DAYS, second=f"{YEAR + 1}-10-01 休 国庆节", **TOLD))
    assert "和第二来源比" in page.text and "两处不一致" in page.text
    page = admin.submit(admin.get(f"/desk/calendar/{YEAR}").form("checked").set(days="", **TOLD))
    assert "和随程序的日历比" in page.text and "没有列出10月1日放假" in page.text and page.text.count("这里上班，那里休息") > 10


def test_a_file_takes_the_place_of_the_days(app, admin):
    content = {"year": YEAR + 1, "days": [{"name": "元旦", "date": f"{YEAR + 1}-01-01", "isOffDay": True}]}
    form = admin.get(NEXT).form("checked").set(**TOLD)
    form.data["file"] = (io.BytesIO(json.dumps(content).encode()), "days.json")
    page = admin.submit(form)
    assert f"{YEAR + 1}-01-01 休 元旦" in page.form("checked").data["days"]


@pytest.mark.parametrize(("typed", "said"), [
    ({"days": "明年元旦放假"}, "第 1 行"), ({"source": ""}, "请写明来源"), ({"reason": ""}, "请写明理由"), ({"second": "x"}, "第 1 行"),
    ({"reason": "长" * 501}, "最多 500 个字")])
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(app, admin, typed, said):
    page = admin.submit(admin.get(NEXT).form("checked").set(**({"days": DAYS} | TOLD | typed)), status=422)
    assert said in page.text and page.form("checked").data["days"] == typed.get("days", DAYS)


def test_who_comes_second_compares_again(app, admin):
    page = admin.submit(admin.get(NEXT).form("checked").set(days=DAYS, **TOLD))
    with app.extensions["banshi"].database.writing() as db:
        calendars.change(db, None, YEAR + 1, {date(YEAR + 1, 1, 1): SpecialDay(False, Text(zh="元旦"))}, True, "来源", "理由", datetime.now(UTC))
        db.commit()
    page = admin.submit(page.form("checked"), status=409)
    assert "刚由别人改过" in page.text and f"{YEAR + 1}-10-01" in page.form("checked").data["days"]
    page = admin.submit(page.form("checked"))
    assert "还没有保存" in page.text
    assert "已保存" in admin.submit(page.form("checked")).text


def test_it_is_the_administrators_and_of_years_that_are_near(app, admin):
    for year in (YEAR - 4, YEAR + 3):
        admin.get(f"/desk/calendar/{year}", status=404)
    for username in ("shichang.head", "jiandu", "bianji"):
        other = at_desk(app, username)
        assert other.browser.get("/desk/calendar").status_code in (403, 404) and "工作日历" not in other.get("/desk").links()
