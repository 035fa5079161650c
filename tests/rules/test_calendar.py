"""rules/calendar: legal days by Shanghai's clock, and calendars that agree with a second source."""

import json
import os
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.calendar import Calendar, CalendarProblem, SpecialDay, day_starts, from_holiday_list, legal_day
from portal.rules.calendar_seed import seed
from portal.rules.guide.text import Text


def test_the_legal_day_is_shanghai_s_whatever_the_server_s_zone(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    try:
        assert legal_day(datetime(2026, 11, 22, 23, 59, tzinfo=UTC)) == date(2026, 11, 23)
        assert legal_day(datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 22)
        assert legal_day(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        legal_day(datetime(2026, 11, 22, 23, 59))


@given(st.datetimes(datetime(1992, 1, 2), datetime(2199, 1, 1)), st.integers(-12, 14))
def test_a_day_starts_where_the_one_before_ends(moment, hours):
    aware = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    day = legal_day(aware)
    assert day_starts(day) <= aware < day_starts(day + timedelta(days=1))


def test_a_year_without_a_notice_has_weekends_only_and_is_not_official():
    calendar = seed()
    assert calendar.is_official(date(2026, 12, 31)) and not calendar.is_official(date(2027, 1, 1))
    assert calendar.is_working(date(2027, 1, 1)) and not calendar.is_working(date(2027, 1, 2))


def test_the_seed_names_its_days_in_both_languages():
    name = seed().name(date(2026, 2, 17))
    assert (name.zh, name.en) == ("春节", "Spring Festival")
    assert seed().name(date(2026, 3, 17)) is None


def test_a_make_up_day_is_worked_and_a_holiday_is_not():
    calendar = seed()
    assert calendar.is_working(date(2025, 1, 26)) and not calendar.is_working(date(2025, 1, 28))
    assert calendar.next_working(date(2025, 1, 28)) == date(2025, 2, 5)


def test_an_administrator_s_day_counts_over_the_seed():
    edited = Calendar({date(2026, 3, 17): SpecialDay(False, Text(zh="停工"))})
    joined = seed().joined(edited)
    assert not joined.is_working(date(2026, 3, 17)) and joined.is_official(date(2026, 3, 17))
    assert Calendar({}, frozenset({2026})).joined(edited).differences(seed())


@pytest.mark.parametrize(
    "broken",
    [
        [],
        {"year": 2026},
        {"year": "2026", "days": []},
        {"year": 2026, "days": [{}]},
        {"year": 2026, "days": [{"name": "", "date": "2026-01-01", "isOffDay": True}]},
        {"year": 2026, "days": [{"name": "元旦", "date": "20260101", "isOffDay": True}]},
        {"year": 2026, "days": [{"name": "元旦", "date": "2026-02-30", "isOffDay": True}]},
        {"year": 2026, "days": [{"name": "元旦", "date": "2006-01-01", "isOffDay": True}]},
        {"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": 1}]},
        {"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": off} for off in (True, False)]},
    ],
)
def test_a_broken_holiday_list_is_refused_with_a_sentence(broken):
    with pytest.raises(CalendarProblem) as caught:
        from_holiday_list([broken])
    assert caught.value.text.zh and caught.value.text.en


def test_a_list_without_days_makes_no_year_official():
    assert not from_holiday_list([{"year": 2027, "days": []}]).years


def test_the_seed_agrees_with_a_second_source():
    folder = os.environ.get("BANSHI_MATERIAL")
    if not folder:
        pytest.skip("BANSHI_MATERIAL names no folder of real material")
    lists = [json.loads(path.read_text()) for path in sorted(Path(folder, "calendar").glob("*.json"))]
    second = from_holiday_list(lists)
    assert second.years >= {2023, 2024, 2025, 2026}
    assert second.differences(seed()) == []
