"""The clocks of a case: the promise and the law side by side, joint handling, debts that end with the promise, deliveries."""
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules import clocks
from portal.rules.calendar import SHANGHAI
from portal.rules.calendar_seed import seed
from portal.rules.clocks import Office, clock, debt, delivery, joint, of_limit
from portal.rules.deadlines import Stop
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.rules.guide.limits import Limit
from portal.rules.guide.offering import Hours, Span
from tests.samples import sample

CALENDAR = seed()
START = date(2025, 1, 20)


def guide(promised=None, statutory=None, **item):
    plain = yaml.plain(sample("food-business-licence"))
    plain["guide"]["item"].update(item)
    variant = plain["guide"]["variants"][0]
    for name, limit in (("promised", promised), ("statutory", statutory)):
        variant.pop(name, None)
        if limit:
            variant[name] = {"amount": limit[0], "unit": limit[1]}
    for result in variant["results"]:
        result.pop("limit", None)
    found = GuideFile.model_validate(plain).guide
    return found, found.variants[0]


def dates(*told, **item):
    now = clock(*guide(*told, **item), START, CALENDAR)
    return now.due.date, now.owed.date


def test_promise_and_law_run_side_by_side():
    assert dates((5, "workday"), (20, "workday")) == (date(2025, 1, 26), date(2025, 2, 21))


def test_the_promise_alone_is_owed_and_no_limit_is_the_law_s():
    assert dates((5, "workday"), None) == (date(2025, 1, 26), date(2025, 1, 26))
    assert dates(None, None) == (date(2025, 2, 21), date(2025, 2, 21))


def test_joint_handling_has_forty_five_days_where_the_guide_says_none():
    found, variant = guide(joint_bodies=["青禾县卫生健康局"])
    assert joint(found) and clock(found, variant, START, CALENDAR).owed.date == date(2025, 3, 28)


def test_what_is_promised_ends_no_later_than_what_is_owed_whatever_the_units():
    assert dates((20, "workday"), (15, "day")) == (date(2025, 2, 5), date(2025, 2, 5))


def test_stops_and_the_extension_move_both():
    found = guide((5, "workday"), (20, "workday"))
    stop = Stop(date(2025, 1, 22), date(2025, 1, 24), "inspection")
    assert clock(*found, START, CALENDAR, [stop]).due.date == date(2025, 2, 6)
    longer = clock(*found, START, CALENDAR, [stop], 10)
    assert (longer.due.date, longer.owed.date) == (date(2025, 2, 19), date(2025, 3, 12))


def test_hours_run_from_their_moment_where_the_place_names_its_hours():
    office = Office(datetime(2025, 1, 20, 16, tzinfo=SHANGHAI), [Hours(spans=[Span(opens="09:00", closes="17:00")])])
    four = Limit(amount=4, unit="hour")
    assert (of_limit(four, START, CALENDAR, office=office).date, of_limit(four, START, CALENDAR, office=office).until) == (date(2025, 1, 21), "12:00")
    assert of_limit(four, START, CALENDAR, office=office._replace(hours=[])).until is None
    assert of_limit(Limit(amount=2, unit="workday"), START, CALENDAR, office=office).date == date(2025, 1, 22)
    assert clocks.in_hours(guide((4, "hour"))[1]) and not clocks.in_hours(guide((4, "workday"))[1])


@pytest.mark.parametrize(("told", "last"), [
    (date(2025, 1, 20), date(2025, 1, 26)), (date(2025, 1, 25), date(2025, 1, 26)),  # the promise stands still, however near
    (date(2025, 1, 26), date(2025, 2, 8)), (date(2025, 2, 10), date(2025, 2, 17))])  # it has passed in silence: five working days
def test_a_debt_ends_with_the_promise_or_five_days_after_it_was_told_too_late(told, last):
    promised = clock(*guide((5, "workday"), (20, "workday")), START, CALENDAR).due
    assert debt(START, told, promised, CALENDAR).date == last


def test_a_debt_of_what_is_promised_on_the_spot_is_of_that_day():
    promised = clock(*guide((0, "on_the_spot"), (20, "workday")), START, CALENDAR).due
    assert debt(START, START, promised, CALENDAR).date == START


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(0, 60), st.dates(date(2024, 1, 2), date(2025, 6, 30)))
def test_any_debt_ends_with_the_promise_at_the_latest_and_never_on_the_day_it_is_told_too_late(promise, late, start):
    promised, told = clock(*guide((promise, "workday")), start, CALENDAR).due, start + timedelta(days=late)
    found = debt(start, told, promised, CALENDAR)
    assert found.date > told and (found == promised) is (promised.date > told)
    first = start if found == promised else told
    assert [day.date for day in found.proof] == [first + timedelta(days=n) for n in range((found.date - first).days + 1)]


def test_delivery_has_a_clock_of_its_own():
    assert delivery(START, CALENDAR).date == date(2025, 2, 8)  # a Saturday that is worked


def test_fractions_are_rounded_up_once():
    assert of_limit(Limit(amount=Decimal("0.25")), START, CALENDAR).date == date(2025, 1, 21)
    assert of_limit(Limit(amount=Decimal("1.25")), START, CALENDAR).date == date(2025, 1, 22)
