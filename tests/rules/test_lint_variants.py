"""Lint tries answers: every situation can be chosen, everybody finds one, no condition is in vain."""
import pytest

from portal.rules.lint import lint
from tests.rules.test_lint import changed

NUMBER = {"key": "staff", "label": "人数", "type": "number"}
DAY = {"key": "born", "label": "出生日期", "type": "date"}
MANY = {"key": "needs", "label": "需要", "type": "choices", "options": [
    {"value": "gas", "label": "气"}, {"value": "water", "label": "水"}]}
AFTER = {"key": "size", "label": "规模", "type": "yes_no", "when": {"field": "staff", "op": "at_least", "value": 10}}


def found(change):
    return {finding.rule: finding for finding in lint(changed(change)) if finding.rule.startswith(("L-VARIANT", "L-COND"))}


def when(field, op, value):
    return {"field": field, "op": op, "value": value}


@pytest.mark.parametrize(("ask", "first", "second", "rules"), [
    (NUMBER, when("staff", "at_least", 10), when("staff", "less_than", 10), set()),
    (NUMBER, when("staff", "more_than", 10), when("staff", "less_than", 10), {"L-VARIANT-02"}),
    (NUMBER, when("staff", "at_least", 10), when("staff", "more_than", 20), {"L-VARIANT-01", "L-VARIANT-02"}),
    (NUMBER, when("staff", "at_least", 10), None, set()),
    (DAY, when("born", "at_most", "1956-11-22"), when("born", "more_than", "1956-11-22"), set()),
    (DAY, when("born", "less_than", "1956-11-22"), when("born", "more_than", "1956-11-22"), {"L-VARIANT-02"}),
    (MANY, when("needs", "equals", "gas"), when("needs", "equals", "water"), set()),
    (MANY, when("needs", "equals", "gas"), {"not": when("needs", "equals", "gas")}, set()),
    (MANY, {"all": [when("needs", "equals", "gas"), when("needs", "equals", "water")]}, None, set()),
    ({"key": "why", "label": "为什么"}, when("why", "equals", "搬家"), None, set()),
    ({"key": "why", "label": "为什么"}, when("why", "equals", "搬家"), when("why", "differs", "搬家"), set()),
    ({"key": "why", "label": "为什么", "required": False}, when("why", "equals", "搬家"), when("why", "differs", "搬家"),
     {"L-VARIANT-02"}),
    ({"key": "why", "label": "为什么"}, {"all": [when("why", "equals", "甲"), when("why", "equals", "乙")]}, None,
     {"L-VARIANT-01"}),
])  # fmt: skip
def test_situations_are_tried_with_the_answers_that_matter(ask, first, second, rules):
    change = {"situations": [ask], "v0/when": first}
    if second:
        change["v1/when"] = second
    assert set(found(change)) == rules


def test_who_finds_no_situation_is_told_with_the_answers():
    row = found({"situations": [NUMBER], "v0/when": when("staff", "more_than", 10), "v1/when": when("staff", "less_than", 10)})
    assert "人数：10" in row["L-VARIANT-02"].message.zh
    assert "人数: 10" in row["L-VARIANT-02"].message.en


def test_a_question_that_is_not_asked_has_no_answer():
    small = {"any": [when("staff", "less_than", 10), when("size", "equals", False)]}
    assert not found({"situations": [NUMBER, AFTER], "v0/when": small, "v1/when": when("size", "equals", True)})
    missed = found({"situations": [NUMBER, AFTER], "v0/when": when("size", "equals", False), "v1/when": when("size", "equals", True)})
    assert "L-VARIANT-02" in missed


def test_nothing_is_claimed_of_too_many_combinations():
    asked = [{"key": f"q{n}", "label": f"问{n}", "type": "yes_no"} for n in range(20)]
    every = {"all": [when(f"q{n}", "equals", True) for n in range(20)]}
    assert not found({"situations": asked, "v0/when": every, "v1/when": {"not": every}})


def test_a_document_is_in_vain_only_in_the_situation_that_excludes_it():
    only = when("action", "equals", "extend")
    assert "L-COND-04" in found({"v1/documents/1/when": only})
    assert "L-COND-04" not in found({"v0/documents/1/when": only})


@pytest.mark.parametrize(("field", "op", "value", "fits"), [
    ("area", "at_least", 5, True), ("area", "at_least", "5", False), ("area", "equals", True, False),
    ("agent", "equals", True, True), ("agent", "equals", "yes", False), ("agent", "more_than", True, False),
    ("until", "at_most", "2027-01-01", True), ("until", "at_most", "2027-13-01", False), ("until", "at_most", 2027, False),
    ("name", "equals", "叶小禾", True), ("name", "more_than", "叶", False), ("action", "at_least", "first", False),
    ("action", "in", ["first", "extend"], True), ("name", "given", None, True),
])  # fmt: skip
def test_comparisons_fit_the_type_of_the_question(field, op, value, fits):
    assert ("L-COND-03" in found({"v1/documents/1/when": when(field, op, value)})) is not fits
