"""Limits of hours: counted minute by minute while the office is open, and never on a day off."""
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules.calendar import SHANGHAI, Calendar, SpecialDay
from portal.rules.calendar_seed import seed
from portal.rules.deadlines import DeadlineProblem, Stop
from portal.rules.guide.offering import Hours, Span
from portal.rules.guide.text import Text
from portal.rules.opening import due, spans

OFFICE = [Hours(spans=[Span(opens="09:00", closes="12:00"), Span(opens="13:30", closes="17:30")])]
SUMMER = [Hours(since="06-01", until="09-30", spans=[Span(opens="08:00", closes="12:00")]),
          Hours(since="10-01", until="05-31", spans=[Span(opens="09:00", closes="12:00")])]


def at(day, clock: str) -> datetime:
    return datetime.fromisoformat(f"2025-01-{day:02}T{clock}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(("began", "hours", "ends"), [
    (at(20, "09:00"), 2, (20, "11:00")), (at(20, "11:00"), 2, (20, "14:30")), (at(20, "17:00"), 1, (21, "09:30")),
    (at(20, "08:00"), 3, (20, "12:00")),  # ends as the office closes, not when it opens again
    (at(24, "17:00"), 1, (26, "09:30")),  # a Saturday off, a Sunday worked instead, with a Monday's hours
    (at(27, "17:00"), 1, (5, "09:30")),  # over the Spring Festival
    (at(20, "09:00"), Decimal("0.25"), (20, "09:15")), (at(20, "20:00"), 0, (20, "20:00"))])
def test_only_open_hours_count(began, hours, ends):
    found = due(began, hours, OFFICE, seed())
    assert (found.date.day, found.until) == ends and not found.provisional


def test_the_proof_says_each_day_s_hours():
    found = due(at(24, "17:00"), 1, OFFICE, seed())
    assert [(day.date.day, day.counted, day.said().zh) for day in found.proof] == [
        (24, True, "办公时间，计入：17:00—17:30"), (25, False, "休息日，不计入"), (26, True, "办公时间，计入：09:00—12:00、13:30—17:30")]


def test_seasons_and_stops():
    assert spans(date(2025, 7, 1), SUMMER, seed()) == [(480, 720)] and spans(date(2025, 1, 2), SUMMER, seed()) == [(540, 720)]
    stop = Stop(date(2025, 1, 20), date(2025, 1, 21), "inspection")
    found = due(at(20, "09:00"), 1, OFFICE, seed(), [stop])
    assert (found.date.day, found.until) == (22, "10:00")


def test_an_office_that_never_opens_ends_no_limit():
    never = [Hours(since="02-30", until="02-30", spans=[Span(opens="09:00", closes="10:00")])]
    with pytest.raises(DeadlineProblem):
        due(at(20, "09:00"), 1, never, seed())
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2025, 1, 20, 9), 1, OFFICE, seed())


DAYS = st.dates(date(2024, 6, 1), date(2024, 7, 15))


@st.composite
def offices(draw):
    rows = []
    for _ in range(draw(st.integers(1, 2))):
        clocks = sorted(draw(st.lists(st.integers(0, 24 * 4), min_size=2, max_size=4, unique=True)))
        pairs = zip(clocks[::2], clocks[1::2], strict=False)
        days = draw(st.lists(st.integers(1, 7), min_size=1, max_size=7, unique=True))
        rows.append(Hours(days=[*days, 1], spans=[Span(opens=f"{a // 4:02}:{a % 4 * 15:02}", closes=f"{b // 4:02}:{b % 4 * 15:02}") for a, b in pairs]))
    return rows


@settings(deadline=None)
@given(st.datetimes(datetime(2024, 6, 1), datetime(2024, 7, 15)), st.integers(1, 40), offices(),
       st.dictionaries(DAYS, st.booleans(), max_size=20), st.lists(st.tuples(DAYS, st.integers(0, 5)), max_size=3))
def test_any_office_agrees_with_a_count_of_minutes(began, quarters, hours, special, stops):
    calendar = Calendar({day: SpecialDay(on, Text(zh="节")) for day, on in special.items()}, frozenset({2024, 2025}))
    began = began.replace(second=0, microsecond=0, minute=began.minute // 15 * 15, tzinfo=SHANGHAI)
    stopped = {first + timedelta(days=n) for first, length in stops for n in range(length + 1)}
    rows = [Stop(first, first + timedelta(days=length), "test") for first, length in stops]
    found = due(began, Decimal(quarters) / 4, hours, calendar, rows)
    left, now = quarters, began.replace(tzinfo=None)
    while left:  # a quarter of an hour at a time, asking of each whether somebody sits at the window
        left -= _sits(now, hours, special, stopped)
        now += timedelta(minutes=15)
    shown = (now.date(), now.strftime("%H:%M"))
    if shown[1] == "00:00":
        shown = (now.date() - timedelta(days=1), "24:00")
    assert (found.date, found.until) == shown


def _sits(now, hours, special, stopped):
    day = now.date()
    if day in stopped or not special.get(day, now.isoweekday() <= 5):
        return 0
    clock = now.strftime("%H:%M")
    own = any(now.isoweekday() in one.days for one in hours)
    weekday = now.isoweekday() if own or now.isoweekday() <= 5 else 1
    return int(any(weekday in one.days and span.opens <= clock < span.closes for one in hours for span in one.spans))
