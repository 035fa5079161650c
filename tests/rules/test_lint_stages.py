"""Lint's arithmetic and graph: one limit against another, the longest way, circles, what can open."""
import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules.guide.codes import Unit
from portal.rules.guide.limits import Limit
from portal.rules.guide.stages import Stage
from portal.rules.lint.graph import ancestors, can_be_granted, cycle, openable
from portal.rules.lint.spans import longer, longest_way


def limit(amount, unit="workday"):
    return Limit(amount=amount, unit=unit)


SPOT = Limit(unit="on_the_spot")


def stage(key, *waits_for, days=None, **more):
    return Stage(key=key, name=key, waits_for=waits_for, limit=None if days is None else limit(days), **more)


@pytest.mark.parametrize(("one", "other", "said"), [
    (limit(5), limit(5), False),
    (limit(5.25), limit(5), True),
    (limit(16, "hour"), limit(2), False),
    (limit(20, "hour"), limit(2), True),
    (SPOT, limit(0.25), False),
    (limit(0.25), SPOT, True),
    (limit(1, "month"), limit(1, "month"), False),
    (limit(5), limit(7, "day"), False),
    (limit(5), limit(6, "day"), None),
    (limit(20), limit(19, "day"), True),
    (limit(20), limit(30, "day"), False),
    (limit(30), limit(1, "month"), None),
    (limit(10), limit(1, "month"), False),
    (limit(60, "day"), limit(1, "month"), True),
    (limit(1, "month"), limit(30, "day"), None),
    (limit(1, "month"), limit(31, "day"), False),
    (limit(1, "month"), limit(20), None),
    (limit(1, "month"), limit(32), False),
    (SPOT, limit(1, "day"), False),
])  # fmt: skip
def test_limits_are_compared_where_they_can_be(one, other, said):
    assert longer(one, other) is said


@settings(deadline=None)
@given(st.integers(1, 400), st.sampled_from(Unit), st.integers(1, 400), st.sampled_from(Unit))
def test_no_limit_is_longer_than_one_that_is_longer(amount, unit, other_amount, other_unit):
    one, other = (Limit(unit=u) if u is Unit.ON_THE_SPOT else limit(Decimal(a) / 4, u)
                  for a, u in ((amount, unit), (other_amount, other_unit)))
    assert not (longer(one, other) and longer(other, one))
    assert longer(one, one) is False


def test_parallel_stages_take_as_long_as_the_longest():
    stages = [stage("a", days=0.5), stage("b", "a", days=2), stage("c", "a", days=1.75), stage("d", "b", "c", days=1)]
    assert longest_way(stages).length == Decimal("3.5")


def test_quarters_add_up_exactly():
    stages = [stage("s0", days=0.25), *(stage(f"s{n}", f"s{n - 1}", days=0.25) for n in range(1, 40))]
    assert longest_way(stages).length == 10


def test_what_does_not_count_is_left_out():
    stages = [stage("a", days=1), stage("b", "a", days=30, counted=False, stop_reason="test"), stage("c", "b", days=1)]
    assert longest_way(stages).length == 2


def test_days_and_working_days_are_not_added():
    way = longest_way([stage("a", days=1), Stage(key="b", name="b", waits_for=["a"], limit=limit(3, "day"))])
    assert way.length is None


def test_a_way_in_one_unit_is_in_that_unit():
    way = longest_way([Stage(key="a", name="a", limit=limit(1, "month")), Stage(key="b", name="b", waits_for=["a"], limit=SPOT)])
    assert (way.length, way.unit) == (1, Unit.MONTH)


def test_hours_are_eighths_of_a_working_day():
    assert longest_way([Stage(key="a", name="a", limit=limit(4, "hour")), stage("b", "a", days=0.5)]).length == 1


def test_stages_without_a_limit_are_named_but_for_delivery():
    way = longest_way([stage("a", days=1), stage("b", "a"), stage("c", "b", kind="deliver")])
    assert [one.key for one in way.unlimited] == ["b"]


def test_a_circle_is_told_in_the_order_of_the_stages():
    stages = [stage("start"), stage("a", "start", "c"), stage("b", "a"), stage("c", "b")]
    keys = cycle(stages)
    assert keys[0] == keys[-1]
    assert set(keys) == {"a", "b", "c"}
    waits = {one.key: one.waits_for for one in stages}
    assert all(before in waits[after] for before, after in itertools.pairwise(keys))


def test_no_circle_without_one():
    assert cycle([stage("a"), stage("b", "a"), stage("c", "a", "b")]) == []


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 11), max_size=4), min_size=12, max_size=12))
def test_a_circle_is_found_exactly_where_a_stage_comes_before_itself(waits):
    stages = [stage(f"s{n}", *{f"s{w}" for w in row}) for n, row in enumerate(waits)]
    before = ancestors(stages)
    assert bool(cycle(stages)) == any(key in row for key, row in before.items())


def test_a_thousand_stages_in_a_row_are_walked():
    stages = [stage("s0", days=0.25), *(stage(f"s{n}", f"s{n - 1}", days=0.25) for n in range(1, 1000))]
    stages.reverse()
    assert cycle(stages) == []
    assert longest_way(stages).length == 250
    assert len(ancestors(stages)["s999"]) == 999


def test_what_waits_for_an_end_never_opens():
    ends = [{"key": "no", "name": "no", "leads": "end", "end": "refused"}]
    stages = [stage("a"), stage("b", "a", outcomes=ends), stage("c", "b"), stage("d", "a", "c")]
    assert openable(stages) == {"a", "b"}
    assert not can_be_granted(stages)
    assert can_be_granted([*stages, stage("e", "a")])
