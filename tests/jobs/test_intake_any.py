"""Acceptance by the clock over any calendar and any pattern of a scheduler that stops: as a clerk would count it day by day."""
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from portal.actions import cases
from portal.models.cases import Case
from portal.queries import calendars, clock
from portal.rules.calendar import Calendar, SpecialDay, day_starts
from portal.rules.guide.text import Text
from tests.actions.cases import RESTAURANT, acting, sample, submitted

FIRST, LAST = date(2026, 2, 1), date(2026, 4, 30)
DAYS = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]


@pytest.fixture
def waiting(database, ring):
    """Three cases that wait for an answer."""
    with database.writing() as db:
        made = [submitted(db, ring, sample("open-restaurant"), RESTAURANT).id for _ in range(3)]
        db.commit()
    return made


def counted(arrived: date, calendar: Calendar) -> date:
    """The first day after five working days have passed: the days are crossed out one by one."""
    day, left = arrived, 5
    while left:
        day += timedelta(1)
        special = calendar.days.get(day)
        if special.working if special else day.isoweekday() <= 5:
            left -= 1
    return day + timedelta(1)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrived=st.lists(st.sampled_from(DAYS[:60]), min_size=3, max_size=3), off=st.sets(st.sampled_from(DAYS), max_size=30),
       worked=st.sets(st.sampled_from(DAYS), max_size=10), awake=st.sets(st.sampled_from(DAYS), max_size=12))
def test_the_job_and_a_clerk_agree(database, ring, waiting, monkeypatch, arrived, off, worked, awake):
    days = {day: SpecialDay(False, Text(zh="放假")) for day in off} | {day: SpecialDay(True, Text(zh="调休")) for day in worked}
    calendar = Calendar(MappingProxyType(days), frozenset({2026}))
    monkeypatch.setattr(calendars, "calendar", lambda db: calendar)
    with database.writing() as db:  # never committed, so that each example begins with the same three
        for case_id, day in zip(waiting, arrived, strict=True):
            db.execute(update(Case).where(Case.id == case_id).values(arrived_on=day, acceptance_due_on=day))
        found: dict[int, list[date]] = {case_id: [] for case_id in waiting}
        for today in sorted(awake):
            for case_id in clock.waiting(db, today, calendar):
                if cases.deem(acting(db, ring, now=day_starts(today)), db.get_one(Case, case_id)):
                    found[case_id].append(today)
            db.flush()
        for case_id, day in zip(waiting, arrived, strict=True):
            since, case = counted(day, calendar), db.get_one(Case, case_id)
            assert found[case_id] == [today for today in sorted(awake) if today >= since][:1]
            assert (case.accepted_on, case.deemed_on) == ((day, since) if found[case_id] else (None, None))
        db.rollback()
