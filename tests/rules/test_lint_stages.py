"""Lint's arithmetic and graph: one limit against another, the longest way, circles, what can open."""
import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.rules.guide.codes import Unit
from portal.rules.guide.limits import Limit, longer, longest
from portal.rules.guide.stages import Stage
from portal.rules.lint import lint
from portal.rules.lint.graph import ancestors, can_be_granted, cycle, openable
from portal.rules.lint.spans import longest_ways, unlimited
from tests.rules.lint_cases import DROP
from tests.rules.test_lint import changed


def limit(amount, unit="workday"):
    return Limit(amount=amount, unit=unit)


SPOT = Limit(unit="on_the_spot")


def length(stages, running=None):
    """The one longest way, as its amount in working days."""
    (way,) = longest_ways(stages, running)
    assert way.limit.unit in (Unit.WORKDAY, Unit.ON_THE_SPOT)
    return way.limit.amount or 0


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
    assert length(stages) == Decimal("3.5")


def test_quarters_add_up_exactly():
    stages = [stage("s0", days=0.25), *(stage(f"s{n}", f"s{n - 1}", days=0.25) for n in range(1, 40))]
    assert length(stages) == 10


def test_what_does_not_count_is_left_out():
    stages = [stage("a", days=1), stage("b", "a", days=30, counted=False, stop_reason="test"), stage("c", "b", days=1)]
    assert length(stages) == 2


def test_days_and_working_days_are_not_added():
    (way,) = longest_ways([stage("a", days=1), Stage(key="b", name="b", waits_for=["a"], limit=limit(3, "day"))])
    assert way.limit is None
    assert (way.said.zh, way.said.en) == ("1个工作日加3天", "1 working day and 3 calendar days")
    assert way.beyond(limit(5)) is None


@pytest.mark.parametrize(("first", "second", "promise", "beyond"), [
    (limit(60, "day"), limit(2), limit(5), True),
    (limit(5), limit(1, "day"), limit(5), None),
    (limit(5.25), limit(1, "day"), limit(5), True),
    (limit(4), limit(4, "day"), limit(5), True),
    (limit(3), limit(4, "day"), limit(5), None),
    (limit(1, "month"), limit(3, "day"), limit(1, "month"), None),
    (limit(1, "month"), limit(4, "day"), limit(31, "day"), True),
    (limit(1, "month"), limit(3, "day"), limit(31, "day"), None),
    (limit(1, "month"), limit(2), limit(20), True),
    (limit(1, "month"), limit(0.25), limit(20), True),
    (limit(1, "month"), limit(0.25), limit(21), None),
])  # fmt: skip
def test_where_units_mix_the_fewest_days_may_prove_that_the_promise_is_broken(first, second, promise, beyond):
    (way,) = longest_ways([Stage(key="a", name="a", limit=first), Stage(key="b", name="b", waits_for=["a"], limit=second)])
    assert way.beyond(promise) is beyond


def test_of_two_ways_in_two_units_both_are_measured():
    stages = [Stage(key="a", name="a", limit=limit(9, "day")), stage("b", days=6)]
    assert [way.said.zh for way in longest_ways(stages)] == ["6个工作日", "9天"]


def test_what_does_not_run_is_passed_through():
    stages = [stage("a", days=4), stage("b", "a", days=4), stage("c", "b", days=1)]
    assert length(stages, {"a", "c"}) == length(stages, {"b", "c"}) == 5


@pytest.mark.parametrize(("limits", "said"), [
    ([], None), ([limit(5), limit(3)], limit(5)), ([limit(3), limit(5)], limit(5)), ([limit(5), limit(6, "day")], limit(5)),
    ([limit(6, "day"), limit(5)], limit(5)), ([limit(20), limit(1, "month")], limit(1, "month")), ([SPOT, limit(1)], limit(1)),
    ([SPOT], SPOT),
])  # fmt: skip
def test_the_longest_limit_is_the_one_that_may_last_longest(limits, said):
    assert longest(limits) == said

def test_a_way_in_one_unit_is_in_that_unit():
    (way,) = longest_ways([Stage(key="a", name="a", limit=limit(1, "month")), Stage(key="b", name="b", waits_for=["a"], limit=SPOT)])
    assert (way.limit.amount, way.limit.unit) == (1, Unit.MONTH)


def test_hours_are_eighths_of_a_working_day():
    assert length([Stage(key="a", name="a", limit=limit(4, "hour")), stage("b", "a", days=0.5)]) == 1


def test_stages_that_run_without_a_limit_count_but_for_delivery():
    stages = [stage("a", days=1), stage("b", "a"), stage("c", "b", kind="deliver")]
    assert unlimited(stages, {"a", "b", "c"}) and not unlimited(stages, {"a", "c"})


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
    assert length(stages) == 250
    assert len(ancestors(stages)["s999"]) == 999


def test_what_waits_for_an_end_never_opens():
    ends = [{"key": "no", "name": "no", "leads": "end", "end": "refused"}]
    stages = [stage("a"), stage("b", "a", outcomes=ends), stage("c", "b"), stage("d", "a", "c")]
    assert openable(stages) == {"a", "b"}
    assert not can_be_granted(stages)
    assert can_be_granted([*stages, stage("e", "a")])


ACTION = [{"field": "action", "value": value} for value in ("first", "extend")]
BIG, SMALL = {"field": "area", "op": "at_least", "value": 20}, {"field": "area", "op": "less_than", "value": 20}


def by_rule(**change):
    """What lint finds about the longest way, with these stages in the good guide's first-permit situation."""
    stages = [one.model_dump(mode="json", exclude_unset=True, by_alias=True) for one in change.pop("stages")]
    file = changed({"v1/stages": stages, "v1/results": [], **change})
    return {one.rule: one for one in lint(file) if one.rule in ("L-LIMIT-10", "L-LIMIT-11", "L-LIMIT-12")}


def in_a_row(*whens, last=1, days=4):
    keys = [f"s{n}" for n in range(len(whens))]
    rows = [stage(key, *keys[n - 1:n], days=days, **({"when": when} if when else {})) for n, (key, when) in enumerate(zip(keys, whens, strict=True))]
    return [*rows, stage("decide", keys[-1], days=last)]


def test_stages_that_exclude_each_other_are_not_added_up():
    assert not by_rule(stages=in_a_row(BIG, SMALL))
    assert set(by_rule(stages=in_a_row(BIG, SMALL, last=1.25))) == {"L-LIMIT-10"}
    assert set(by_rule(stages=in_a_row(BIG, SMALL, last=0.75))) == {"L-LIMIT-11"}


def test_stages_that_run_together_for_some_answers_are_added_up():
    found = by_rule(stages=in_a_row(BIG, {"field": "agent", "value": True}))
    assert "9个工作日" in found["L-LIMIT-10"].message.zh


def test_stages_of_another_situation_are_not_added_up():
    assert set(by_rule(stages=in_a_row(ACTION[1], None, last=1))) == set()
    assert set(by_rule(stages=in_a_row(ACTION[0], None, last=1))) == {"L-LIMIT-10"}


def test_mixed_units_are_an_error_where_the_fewest_days_prove_it():
    stages = [Stage(key="a", name="a", limit=limit(60, "day")), stage("b", "a", days=2)]
    found = by_rule(stages=stages)
    assert set(found) == {"L-LIMIT-10"} and "2个工作日加60天" in found["L-LIMIT-10"].message.zh
    stages[0] = Stage(key="a", name="a", limit=limit(3, "day"))
    assert set(by_rule(stages=stages)) == {"L-LIMIT-12"}


def test_exclusive_stages_in_two_units_are_compared_each_by_itself():
    stages = [Stage(key="a", name="a", limit=limit(5, "day"), when=BIG), stage("b", "a", days=5, when=SMALL)]
    assert not by_rule(stages=stages)


def test_with_too_many_answers_only_what_always_runs_is_claimed():
    sections = [{"key": "more", "title": "更多", "fields": [{"key": f"q{n}", "label": f"问{n}", "type": "yes_no"} for n in range(15)]}]
    whens = [{"field": f"q{n}", "value": True} for n in range(15)]
    change = {"form/2": sections[0]}
    assert not by_rule(stages=in_a_row(*whens, last=5), **change)
    assert "6个工作日" in by_rule(stages=in_a_row(*whens, last=6), **change)["L-LIMIT-10"].message.zh


def test_the_promise_may_stand_in_the_results():
    results = [{"key": "a", "name": "甲", "limit": {"amount": 3}}, {"key": "b", "name": "乙", "limit": {"amount": 5}}]
    change = {"v1/promised": DROP, "v1/results": results}
    assert not by_rule(stages=in_a_row(None), **change)
    assert by_rule(stages=in_a_row(None, last=2), **change)["L-LIMIT-10"].at == "/guide/variants/1/results/1/limit"
