"""Conditions: they hold or do not, name their fields, and say themselves in both languages."""
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from portal.rules.conditions import MAX_DEPTH, Condition, depth, fields, holds, sentence
from portal.rules.guide.text import Text

CONDITION = TypeAdapter(Condition)


def condition(plain):
    return CONDITION.validate_python(plain)


@pytest.mark.parametrize(("plain", "answers", "met"), [
    ({"field": "kind", "value": "renewal"}, {"kind": "renewal"}, True),
    ({"field": "kind", "value": "renewal"}, {"kind": ["new", "renewal"]}, True),
    ({"field": "kind", "value": "renewal"}, {}, False),
    ({"field": "kind", "op": "differs", "value": "renewal"}, {"kind": "new"}, True),
    ({"field": "kind", "op": "differs", "value": "renewal"}, {"kind": ""}, False),
    ({"field": "kind", "op": "in", "value": ["a", "b"]}, {"kind": "b"}, True),
    ({"field": "kind", "op": "given"}, {"kind": 0}, True),
    ({"field": "kind", "op": "given"}, {"kind": []}, False),
    ({"field": "agent", "value": True}, {"agent": "是"}, True),
    ({"field": "agent", "value": False}, {"agent": "false"}, True),
    ({"field": "agent", "value": True}, {"agent": 1}, True),
    ({"field": "area", "op": "more_than", "value": 20}, {"area": "20.5"}, True),
    ({"field": "area", "op": "at_most", "value": 20}, {"area": "20"}, True),
    ({"field": "area", "op": "less_than", "value": 20}, {"area": "many"}, False),
    ({"field": "born", "op": "at_most", "value": "1956-11-22"}, {"born": date(1956, 11, 22)}, True),
    ({"field": "born", "op": "less_than", "value": "1956-11-22"}, {"born": "1956-11-22"}, False),
    ({"field": "born", "op": "less_than", "value": "1956-11-22"}, {"born": "1956-02-30"}, False),
    ({"not": {"field": "agent", "value": True}}, {}, True),
    ({"all": [{"field": "a", "value": 1}, {"field": "b", "value": 2}]}, {"a": 1, "b": 2}, True),
    ({"all": [{"field": "a", "value": 1}, {"field": "b", "value": 2}]}, {"a": 1, "b": 3}, False),
    ({"any": [{"field": "a", "value": 1}, {"field": "b", "value": 2}]}, {"a": 2, "b": 2}, True),
])  # fmt: skip
def test_a_condition_is_met_by_answers(plain, answers, met):
    assert holds(condition(plain), answers) is met


def test_no_condition_is_always_met():
    assert holds(None, {})
    assert fields(None) == []


@pytest.mark.parametrize("plain", [
    {"field": "a"}, {"field": "a", "op": "in", "value": "b"}, {"field": "a", "op": "in", "value": []},
    {"field": "a", "op": "given", "value": True}, {"field": "A", "value": 1}, {"all": []}, {"not": {}}, 5, "a",
    {"field": "a", "value": 1, "otherwise": 2}, {"all": [{"field": "a", "value": 1}], "any": []},
])  # fmt: skip
def test_what_is_no_condition_is_refused(plain):
    with pytest.raises(ValidationError):
        condition(plain)


def test_it_says_itself():
    tree = condition({"all": [
        {"field": "agent", "value": True},
        {"any": [{"field": "kind", "value": "new"}, {"not": {"field": "area", "op": "at_least", "value": 20.5}}]},
    ]})  # fmt: skip
    labels = {"agent": Text(zh="委托办理", en="An agent files"), "kind": Text(zh="类型", en="Kind"), "area": Text(zh="面积")}
    said = sentence(tree, labels, {("kind", "new"): Text(zh="首次", en="first")})
    assert said.zh == "委托办理为“是”，并且（类型为“首次”，或者并非（面积不小于20.5））"
    assert said.en == "An agent files is “yes” and (Kind is “first” or it is not so that 面积 is at least 20.5)"


def test_a_list_of_values_is_said_one_by_one():
    said = sentence(condition({"field": "kind", "op": "in", "value": ["a", "b"]}), {"kind": Text(zh="类型", en="Kind")})
    assert said == Text(zh="类型为“a”、“b”之一", en="Kind is one of “a”, “b”")


keys = st.sampled_from(["a", "b", "c"])
scalars = st.booleans() | st.integers(-5, 5) | st.text(max_size=3)
leaves = st.builds(lambda field, value: {"field": field, "value": value}, keys, scalars)
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(lambda rows: st.sampled_from([{"all": rows}, {"any": rows}]))
    | inner.map(lambda one: {"not": one}),
    max_leaves=8,
)


@settings(deadline=None)
@given(trees, st.dictionaries(keys, scalars))
def test_the_opposite_of_a_condition_holds_exactly_when_it_does_not(plain, answers):
    assert holds(condition({"not": plain}), answers) is not holds(condition(plain), answers)


@settings(deadline=None)
@given(trees)
def test_a_condition_is_read_back_from_what_it_is_dumped_as(plain):
    tree = condition(plain)
    assert condition(CONDITION.dump_python(tree, mode="json")) == tree
    assert set(fields(tree)) <= {"a", "b", "c"}
    assert 0 <= depth(tree) <= depth(condition({"not": plain})) - 1 < MAX_DEPTH * 2


@settings(deadline=None)
@given(trees)
def test_it_always_has_a_sentence_in_both_languages(plain):
    said = sentence(condition(plain), {})
    assert said.zh and said.en
