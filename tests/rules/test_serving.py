"""How a notice is told: which ways are open, from which day it counts, and the limits that run from there."""
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules import serving
from portal.rules.calendar import Calendar, SpecialDay
from portal.rules.calendar_seed import seed
from portal.rules.guide.codes import DeliveryWay, RemedyKind
from portal.rules.guide.text import Text
from portal.rules.serving import Failure, ServingProblem, Way

DAY = date(2026, 3, 2)


def test_every_way_and_failure_has_its_words():
    assert set(serving.WAYS) == set(serving.EVIDENCE) - {serving.ANSWERED} == set(Way) and set(serving.FAILURES) == set(Failure)
    assert set(serving.BY_DELIVERY) == set(DeliveryWay)
    assert all(text.en for text in [*serving.WAYS.values(), *serving.EVIDENCE.values(), *serving.FAILURES.values()])


@given(consented=st.booleans(), failed=st.lists(st.sampled_from([str(one) for one in Failure]), max_size=4))
def test_the_window_and_the_post_are_always_open_and_an_announcement_never_comes_first(consented, failed):
    against = {way: serving.why_not(way, consented=consented, failed=failed) for way in Way}
    assert against[Way.WINDOW] is None and against[Way.MAIL] is None
    assert (against[Way.ELECTRONIC] is None) is consented
    assert (against[Way.LEFT] is None) is ("refused" in failed)
    assert (against[Way.ANNOUNCEMENT] is None) is bool(set(failed) - {"undelivered"})


@pytest.mark.parametrize("way", list(Way))
def test_an_announcement_counts_later_all_else_at_once(way):
    assert serving.counts_on(way, DAY) == (DAY + timedelta(30) if way is Way.ANNOUNCEMENT else DAY)


@given(made=st.integers(0, 9), done=st.integers(0, 9), today=st.integers(0, 9))
def test_it_is_told_between_the_day_it_was_made_and_today(made, done, today):
    days = [DAY + timedelta(n) for n in (done, made, today)]
    if made <= done <= today:
        serving.check_day(*days)
    else:
        with pytest.raises(ServingProblem):
            serving.check_day(*days)


@given(start=st.integers(0, 300), days=st.integers(1, 40), off=st.sets(st.integers(0, 500), max_size=60))
def test_the_time_to_answer_is_counted_as_a_clerk_would(start, days, off):
    """Day by day from the day after being told, over any days off."""
    special = {DAY + timedelta(n): SpecialDay(False, Text(zh="放假")) for n in off}
    calendar, day, left = Calendar(MappingProxyType(special), frozenset({2026, 2027})), DAY + timedelta(start), days
    while left:
        day += timedelta(1)
        left -= day not in special and day.isoweekday() <= 5
    assert serving.answer_by(DAY + timedelta(start), days, calendar) == day


def test_remedies_run_from_being_told_and_end_on_a_working_day():
    """60 days after Monday, 2 March is 1 May, the first of five days off; six months after it is Wednesday, 2 September."""
    until = serving.remedies_until(DAY, seed())
    assert until == {RemedyKind.REVIEW: date(2026, 5, 6), RemedyKind.LAWSUIT: date(2026, 9, 2)}
