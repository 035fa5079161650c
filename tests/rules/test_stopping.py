"""What stops a clock, by the law alone, and for how long: from the record, bounded by what was told."""
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules.calendar_seed import seed
from portal.rules.guide.codes import ItemKind, StopReason
from portal.rules.guide.stages import Stage
from portal.rules.stopping import LAWFUL, Move, spans, stops_clock

CALENDAR = seed()
FIRST = date(2025, 3, 3)  # a Monday


def stage(reason="inspection", basis=None, **more) -> Stage:
    return Stage(key="s", name="检验", counted=False, stop_reason=reason, stop_basis=basis, **more)


def test_the_eight_of_article_45_stop_a_licence():
    assert len(LAWFUL) == 8
    for reason in StopReason:
        basis = "《某某办法》第三条" if reason is StopReason.RULE else None
        assert stops_clock(stage(reason, basis), ItemKind.LICENCE) is (reason in LAWFUL)


@pytest.mark.parametrize(("basis", "stops"), [
    ("《消防法》第十五条", True), ("《医疗机构管理条例》第十二条", True), ("《某某办法》第三条", False), ("《行政许可法》第四十五条", False), ("《消防法》", False)])
def test_another_law_stops_a_licence_where_it_is_cited_with_its_article(basis, stops):
    assert stops_clock(stage("rule", basis), ItemKind.LICENCE) is stops


def test_what_is_no_licence_stops_only_where_its_guide_cites_the_rule():
    for kind in (ItemKind.CONFIRMATION, ItemKind.PUBLIC_SERVICE, None):
        assert not stops_clock(stage(), kind) and not stops_clock(stage("other"), kind)
        assert stops_clock(stage("inspection", "《某某办法》第三条"), kind) and stops_clock(stage("rule", "《某某办法》第三条"), kind)
    assert not stops_clock(Stage(key="s", name="审查"), ItemKind.LICENCE)


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def test_a_stop_lasts_from_the_opening_until_the_stage_is_left_and_again_when_it_is_led_back_to():
    moves = [Move(day(0), ["s"]), Move(day(2), ["b"], ["s"]), Move(day(4), ["s"], ["b"])]
    assert [one[:2] for one in spans({"s": stage()}, moves, CALENDAR, day(9))] == [(day(0), day(2)), (day(4), day(9))]
    assert [one[:2] for one in spans({"s": stage()}, moves, CALENDAR, None)] == [(day(0), day(2))]


def test_a_stop_lasts_no_longer_than_was_told():
    told = stage(limit={"amount": 3, "unit": "workday"})
    moves = [Move(day(0), ["s"]), Move(day(9), [], ["s"])]
    assert [one[:2] for one in spans({"s": told}, moves, CALENDAR, None)] == [(day(0), day(3))]
    assert [one[:2] for one in spans({"s": told}, moves[:1], CALENDAR, day(1))] == [(day(0), day(1))]
    assert [one[:2] for one in spans({"s": told}, moves[:1], CALENDAR, day(30))] == [(day(0), day(3))]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=20), st.integers(0, 5))
def test_any_record_agrees_with_a_mark_on_every_day(steps, after):
    at, is_open, moves, marked = 0, False, [], set()
    for pause, turn in steps:
        if is_open:
            marked |= {day(n) for n in range(at, at + pause + 1)}
        at += pause
        if turn:
            moves.append(Move(day(at), [] if is_open else ["s"], ["s"] if is_open else []))
            is_open = not is_open
            marked.add(day(at))
    if is_open:
        marked |= {day(n) for n in range(at, at + after + 1)}
    found = spans({"s": stage()}, moves, CALENDAR, day(at + after))
    assert {one.first + timedelta(days=n) for one in found for n in range((one.last - one.first).days + 1)} == marked
