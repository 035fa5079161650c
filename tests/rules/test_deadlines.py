"""rules/deadlines: the law's examples, and a naive count day by day that must always agree."""

import json
import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules.calendar import Calendar, SpecialDay, from_holiday_list
from portal.rules.calendar_seed import seed
from portal.rules.deadlines import DeadlineProblem, Stop, acceptance_decided_by, accepted_from, due, whole
from portal.rules.guide.codes import Unit
from portal.rules.guide.text import Text

CALENDAR = seed()
VECTORS = [
    (date(2025, 1, 20), 5, date(2025, 1, 26)),
    (date(2025, 4, 28), 5, date(2025, 5, 8)),
    (date(2025, 9, 26), 20, date(2025, 10, 30)),
    (date(2025, 12, 30), 5, date(2026, 1, 7)),
    (date(2026, 2, 10), 5, date(2026, 2, 24)),
]


@pytest.mark.parametrize(("start", "amount", "expected"), VECTORS)
def test_working_days_as_the_law_counts_them(start, amount, expected):
    found = due(start, amount, "workday", CALENDAR)
    assert (found.date, found.provisional) == (expected, False)


@pytest.mark.parametrize(("start", "amount", "expected"), VECTORS)
def test_working_days_by_the_second_source(start, amount, expected):
    folder = os.environ.get("BANSHI_MATERIAL")
    if not folder:
        pytest.skip("BANSHI_MATERIAL names no folder of real material")
    lists = [json.loads(path.read_text()) for path in sorted(Path(folder, "calendar").glob("*.json"))]
    assert due(start, amount, "workday", from_holiday_list(lists)).date == expected


def test_acceptance_is_decided_within_five_working_days():
    assert acceptance_decided_by(date(2025, 1, 20), CALENDAR).date == date(2025, 1, 26)


def test_both_ends_of_a_stop_are_stopped():
    stop = Stop(date(2025, 1, 22), date(2025, 1, 24), "inspection")
    found = due(date(2025, 1, 20), 5, "workday", CALENDAR, [stop])
    # 21, 26 (make-up), 27 count; 28 January to 4 February are holidays; 5 and 6 February count.
    assert found.date == date(2025, 2, 6)
    assert [day.date.day for day in found.proof if day.why == "stopped"] == [22, 23, 24]
    assert found.proof[2].said().zh == "依法不计入：检验"
    assert found.proof[2].said().en == "not counted by law: inspection"


def test_a_year_that_is_not_announced_gives_a_provisional_date():
    assert due(date(2026, 12, 25), 3, "workday", CALENDAR).provisional is False
    crossing = due(date(2026, 12, 25), 5, "workday", CALENDAR)
    assert (crossing.date, crossing.provisional) == (date(2027, 1, 1), True)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 6, 15), 1, date(2025, 7, 15)),
        (date(2025, 7, 15), 2, date(2025, 9, 15)),
        (date(2025, 11, 28), 3, date(2026, 2, 28)),  # a Saturday, worked for the Spring Festival
        (date(2025, 9, 1), 1, date(2025, 10, 9)),  # in the National Day's week
        (date(2025, 1, 14), Decimal("0.5"), date(2025, 2, 14)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_and_move_off_a_day_off(start, months, expected):
    assert due(start, months, "month", CALENDAR).date == expected


def test_calendar_days_that_end_on_a_day_off_move_on_and_say_so():
    found = due(date(2025, 4, 28), 5, "day", CALENDAR)
    assert found.date == date(2025, 5, 6)
    assert [day.why for day in found.proof] == ["start"] + ["day"] * 5 + ["moved"] * 3


def test_a_limit_never_ends_on_a_stopped_day():
    stop = Stop(date(2025, 5, 6), date(2025, 5, 7), "hearing")
    assert due(date(2025, 4, 28), 5, "day", CALENDAR, [stop]).date == date(2025, 5, 8)


def test_a_stop_within_a_month_makes_it_longer_by_its_days():
    stop = Stop(date(2025, 6, 20), date(2025, 6, 22), "test")
    assert due(date(2025, 6, 13), 1, "month", CALENDAR, [stop]).date == date(2025, 7, 16)


@pytest.mark.parametrize("unit", list(Unit))
def test_zero_is_the_same_day_even_on_a_day_off(unit):
    assert due(date(2025, 1, 29), 0, unit, CALENDAR).date == date(2025, 1, 29)
    assert due(date(2025, 1, 29), 3, Unit.ON_THE_SPOT, CALENDAR).date == date(2025, 1, 29)


def test_fractions_add_up_and_are_rounded_up_once():
    quarter = Decimal("0.25")
    assert whole([quarter] * 3) == 1 and whole([quarter] * 5) == 2 and whole([]) == 0 and whole([1, 2]) == 3
    assert due(date(2025, 1, 20), quarter * 5, "workday", CALENDAR).date == date(2025, 1, 22)


def test_hours_are_office_hours():
    assert due(date(2025, 1, 20), 8, "hour", CALENDAR).date == date(2025, 1, 21)
    assert due(date(2025, 1, 20), 12, "hour", CALENDAR).date == date(2025, 1, 22)


@pytest.mark.parametrize("amount", [-1, 3651, Decimal("NaN"), Decimal("Infinity"), Decimal("-0.25")])
def test_an_impossible_amount_is_refused(amount):
    with pytest.raises(DeadlineProblem) as caught:
        due(date(2025, 1, 20), amount, "workday", CALENDAR)
    assert caught.value.code == "deadline.amount" and caught.value.text.en


@pytest.mark.parametrize("amount", [0.25, True, "5"])
def test_a_float_is_a_programmer_s_error(amount):
    with pytest.raises(TypeError):
        due(date(2025, 1, 20), amount, "workday", CALENDAR)


def test_other_bad_input_is_refused_with_its_own_code():
    day = date(2025, 1, 20)
    for code, arguments in {
        "deadline.unit": (day, 5, "week", CALENDAR),
        "deadline.start": (date.max, 5, "day", CALENDAR),
        "deadline.stop": (day, 5, "day", CALENDAR, [Stop(day, day - timedelta(days=1), "test")]),
        "deadline.far": (day, 5, "day", CALENDAR, [Stop(day, date.max, "test")]),
    }.items():
        with pytest.raises(DeadlineProblem) as caught:
            due(*arguments)
        assert caught.value.code == code


DAYS = st.dates(date(2024, 1, 1), date(2025, 6, 30))


@st.composite
def calendars(draw):
    working = draw(st.dictionaries(DAYS, st.booleans(), max_size=60))
    return Calendar({day: SpecialDay(on, Text(zh="节")) for day, on in working.items()}, frozenset({2024, 2025}))


@st.composite
def stop_lists(draw):
    spans = draw(st.lists(st.tuples(DAYS, st.integers(0, 12)), max_size=5))
    return [Stop(first, first + timedelta(days=length), "test") for first, length in spans]


def _naive(start, days, in_workdays, calendar, stops):
    """Mark every day of three years, then read off the answer: no loop in common with the rule."""
    every = [start + timedelta(days=n) for n in range(1, 1200)]
    stopped = {one.first + timedelta(days=n) for one in stops for n in range((one.last - one.first).days + 1)}
    works = {day: calendar.days[day].working if day in calendar.days else day.isoweekday() <= 5 for day in every}
    countable = [day for day in every if day not in stopped and (works[day] or not in_workdays)]
    last = countable[days - 1]
    return min(day for day in every if day >= last and works[day] and day not in stopped)


@settings(deadline=None)
@given(DAYS, st.integers(1, 60), calendars(), stop_lists(), st.sampled_from(["workday", "day"]))
def test_any_calendar_and_any_stops_agree_with_a_naive_count(start, amount, calendar, stops, unit):
    found = due(start, amount, unit, calendar, stops)
    assert found.date == _naive(start, amount, unit == "workday", calendar, stops)
    assert found.date == found.proof[-1].date
    assert sum(day.counted for day in found.proof) == amount
    days = [day.date for day in found.proof]
    assert days == [start + timedelta(days=n) for n in range(len(days))]
    assert found.provisional == any(day.year not in (2024, 2025) for day in days[1:])


@settings(deadline=None)
@given(DAYS, st.integers(1, 40), st.integers(1, 15), calendars(), stop_lists(), st.sampled_from(["workday", "day"]))
def test_an_extension_s_working_days_follow_the_limit_itself(start, amount, more, calendar, stops, unit):
    plain, longer = due(start, amount, unit, calendar, stops), due(start, amount, unit, calendar, stops, more)
    assert longer.date == _naive(plain.date, more, True, calendar, stops)
    assert longer.proof[:len(plain.proof)] == plain.proof
    assert sum(day.why == "extended" for day in longer.proof) == more


@settings(deadline=None)
@given(start=DAYS, months=st.integers(1, 24), calendar=calendars())
def test_months_agree_with_a_naive_count(start, months, calendar):
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    in_month = [day for n in range(800) if ((day := start + timedelta(days=n)).year, day.month) == (year, month)]
    last = max(day for day in in_month if day.day <= start.day)
    assert due(start, months, "month", calendar).date == calendar.next_working(last)


@pytest.mark.parametrize(("today", "since"), [(5, 5), (9, 9), (10, 2)])
def test_accepted_after_the_last_day_a_case_counts_from_its_arrival(today, since):
    arrived, decided_by = date(2026, 3, 2), date(2026, 3, 9)
    assert accepted_from(arrived, decided_by, date(2026, 3, today)) == date(2026, 3, since)
