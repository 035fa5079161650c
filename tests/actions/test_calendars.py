"""The calendar kept by an administrator: on record with source and reason, whole or not at all, never over what she did."""
from datetime import date

import pytest
from sqlalchemy import select

from portal.actions import calendars
from portal.models.calendars import CalendarChange
from portal.queries import calendars as asking
from portal.rules.calendar import SpecialDay
from portal.rules.calendar_seed import SOURCE, seed
from portal.rules.guide.text import Text
from tests.actions.cases import acting
from tests.conftest import NOW

NOTICE = {date(2027, 1, 1): SpecialDay(False, Text(zh="元旦")), date(2027, 10, 1): SpecialDay(False, Text(zh="国庆节")),
          date(2026, 12, 27): SpecialDay(True, Text(zh="元旦"))}
TOLD = ("国办发明电〔2026〕9号", "2027年的通知公布了")


def keep(db, staff=None, days=NOTICE, year=2027, **more):
    return calendars.change(db, staff, year, days, more.pop("official", True), *TOLD, NOW, **more)


def test_a_notice_makes_its_year_official_and_reaches_into_the_one_before(db, ring):
    staff = acting(db, ring, "shichang.head").staff
    assert not asking.calendar(db).is_official(date(2027, 1, 1))
    assert keep(db, staff) == [2026, 2027]
    calendar = asking.calendar(db)
    assert calendar.is_official(date(2027, 1, 1)) and not calendar.is_working(date(2027, 1, 1)) and calendar.is_working(date(2026, 12, 27))
    assert not calendar.is_working(date(2026, 10, 1))  # the rest of 2026 is as it was
    rows = db.scalars(select(CalendarChange).order_by(CalendarChange.id)).all()
    assert [(row.year, row.staff_id, row.source, row.reason, row.official) for row in rows] == [
        (2026, staff.id, *TOLD, True), (2027, staff.id, *TOLD, True)]
    assert ["2027-01-01", False, "元旦"] in rows[1].days
    assert set(asking.not_recounted(db)) >= {2026, 2027}
    assert asking.one_year(db, 2026).row.source == "test"


def test_the_same_again_is_no_change(db):
    keep(db)
    assert keep(db) == [] and len(db.scalars(select(CalendarChange)).all()) == 2


def test_a_year_can_be_kept_without_being_official(db):
    keep(db, official=False)
    assert not asking.calendar(db).is_official(date(2027, 5, 1)) and not asking.calendar(db).is_working(date(2027, 1, 1))
    assert keep(db) == [2027] and asking.calendar(db).is_official(date(2027, 5, 1))


@pytest.mark.parametrize("told", [("", "理由"), ("来源", " "), ("来" * 501, "理由")])
def test_no_source_no_reason_no_change(db, told):
    with pytest.raises(calendars.Unsourced):
        calendars.change(db, None, 2027, NOTICE, True, *told, NOW)
    assert not asking.calendar(db).is_official(date(2027, 1, 1))


def test_who_comes_second_is_told(db):
    before = asking.one_year(db, 2026).row.digest
    keep(db)
    with pytest.raises(calendars.Overtaken):
        keep(db, days={}, seen="")
    with pytest.raises(calendars.Overtaken):
        keep(db, days={}, year=2026, seen=before)
    assert keep(db, days={}, seen=asking.one_year(db, 2027).row.digest) == [2027]


def test_loading_the_county_again_keeps_what_the_administrator_kept(db):
    keep(db, days={date(2026, 3, 17): SpecialDay(False, Text(zh="停工"))}, year=2026)
    calendars.keep(db, seed(), SOURCE)
    calendar = asking.calendar(db)
    assert not calendar.is_working(date(2026, 3, 17)) and calendar.is_working(date(2026, 10, 1))
    assert not calendar.is_working(date(2025, 10, 1)) and asking.one_year(db, 2025).row.source == SOURCE
