"""rules/conditions: a typed tree that is evaluated, and can say itself as a sentence.

`all`, `any`, `not`, or one comparison of an answer with a value. An answer that is not there yet
makes its comparison false, so that nothing is asked of a person before the question it hangs on.
"""
from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator

from portal.rules.guide.text import Key, Model, Text

Scalar = bool | int | float | str
MAX_DEPTH = 8


class Operator(StrEnum):
    EQUALS = "equals"
    DIFFERS = "differs"
    IN = "in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    GIVEN = "given"


ORDERED = {Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN, Operator.LESS_THAN}
WORDS = {
    Operator.EQUALS: Text(zh="{label}为“{value}”", en="{label} is “{value}”"),
    Operator.DIFFERS: Text(zh="{label}不是“{value}”", en="{label} is not “{value}”"),
    Operator.IN: Text(zh="{label}为{value}之一", en="{label} is one of {value}"),
    Operator.AT_LEAST: Text(zh="{label}不小于{value}", en="{label} is at least {value}"),
    Operator.AT_MOST: Text(zh="{label}不大于{value}", en="{label} is at most {value}"),
    Operator.MORE_THAN: Text(zh="{label}大于{value}", en="{label} is more than {value}"),
    Operator.LESS_THAN: Text(zh="{label}小于{value}", en="{label} is less than {value}"),
    Operator.GIVEN: Text(zh="已填写{label}", en="{label} is given"),
}


class Comparison(Model):
    field: Key
    op: Operator = Operator.EQUALS
    value: Scalar | list[Scalar] | None = None

    @model_validator(mode="after")
    def _value_fits(self):
        if self.op is Operator.GIVEN:
            if self.value is not None:
                raise ValueError("condition_value_unused")
        elif (self.op is Operator.IN) != isinstance(self.value, list) or self.value is None or self.value == []:
            raise ValueError("condition_value_unfit")
        return self

    def holds(self, answers: Mapping[str, Any]) -> bool:
        answer = answers.get(self.field)
        if answer is None or answer == "" or answer == []:
            return False
        if self.op is Operator.GIVEN:
            return True
        if self.op is Operator.IN:
            return any(_equal(answer, value) for value in self.value)
        if self.op is Operator.EQUALS:
            return _equal(answer, self.value)
        if self.op is Operator.DIFFERS:
            return not _equal(answer, self.value)
        return _ordered(answer, self.op, self.value)


class All(Model):
    all: Annotated[list[Condition], Field(min_length=1)]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        return all(part.holds(answers) for part in self.all)


class Any_(Model):
    any: Annotated[list[Condition], Field(min_length=1)]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        return any(part.holds(answers) for part in self.any)


class Not(Model):
    not_: Annotated[Condition, Field(alias="not")]
    model_config = Model.model_config | {"populate_by_name": True, "serialize_by_alias": True}

    def holds(self, answers: Mapping[str, Any]) -> bool:
        return not self.not_.holds(answers)


def _kind(value: Any) -> str | None:
    if isinstance(value, Mapping):
        for kind in ("all", "any", "not"):
            if kind in value:
                return kind
        return "field"
    return {All: "all", Any_: "any", Not: "not", Comparison: "field"}.get(type(value))


Condition = Annotated[
    Annotated[All, Tag("all")] | Annotated[Any_, Tag("any")] | Annotated[Not, Tag("not")] | Annotated[Comparison, Tag("field")],
    Discriminator(_kind),
]
for _model in (All, Any_, Not):
    _model.model_rebuild()


def holds(condition: Condition | None, answers: Mapping[str, Any]) -> bool:
    """Whether the condition is met by the answers; no condition is always met."""
    return condition is None or condition.holds(answers)


def fields(condition: Condition | None) -> list[str]:
    """The keys of the answers that the condition asks for, in order of appearance."""
    if condition is None:
        return []
    if isinstance(condition, Comparison):
        return [condition.field]
    return [key for part in _parts(condition) for key in fields(part)]


def depth(condition: Condition | None) -> int:
    """How many levels of all/any/not lie above the deepest comparison."""
    if condition is None or isinstance(condition, Comparison):
        return 0
    return 1 + max(depth(part) for part in _parts(condition))


def sentence(condition: Condition, labels: Mapping[str, Text], values: Mapping[tuple[str, Any], Text] = {}) -> Text:
    """The condition in words. `labels` names the fields, `values` the options of choices, as (field, value)."""
    return Text(zh=_say(condition, labels, values, "zh-Hans"), en=_say(condition, labels, values, "en"))


def _say(condition, labels, values, locale, inside=False) -> str:
    english = locale == "en"
    if isinstance(condition, Comparison):
        label = labels[condition.field].said(locale) if condition.field in labels else condition.field
        named = condition.value if isinstance(condition.value, list) else [condition.value]
        said = [_say_value(condition.field, value, values, locale) for value in named]
        joined = (", " if english else "、").join(f"“{s}”" for s in said) if condition.op is Operator.IN else said[0]
        return WORDS[condition.op].said(locale).format(label=label, value=joined)
    if isinstance(condition, Not):
        inner = _say(condition.not_, labels, values, locale)
        return f"it is not so that {inner}" if english else f"并非（{inner}）"
    words = (" and ", "，并且") if isinstance(condition, All) else (" or ", "，或者")
    joint = words[0] if english else words[1]
    parts = [_say(part, labels, values, locale, inside=True) for part in _parts(condition)]
    said = joint.join(parts)
    if inside and len(parts) > 1:
        return f"({said})" if english else f"（{said}）"
    return said


def _say_value(field, value, values, locale) -> str:
    if (field, value) in values:
        return values[field, value].said(locale)
    if isinstance(value, bool):
        return {("en", True): "yes", ("en", False): "no"}.get((locale, value)) or ("是" if value else "否")
    return f"{value:g}" if isinstance(value, float) else str(value)


def _parts(condition) -> list:
    if isinstance(condition, Not):
        return [condition.not_]
    return condition.all if isinstance(condition, All) else condition.any


def _equal(answer: Any, value: Scalar) -> bool:
    if isinstance(answer, (list, tuple, set)):
        return any(_equal(one, value) for one in answer)
    if isinstance(value, bool) or isinstance(answer, bool):
        return _truth(answer) == _truth(value)
    if isinstance(value, (int, float)):
        return _number(answer) == value
    return str(answer) == value


def _truth(value: Any) -> Any:
    return {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}.get(value, value) \
        if isinstance(value, str) else value


def _ordered(answer: Any, op: Operator, value: Scalar) -> bool:
    left, right = _number(answer), _number(value)
    if left is None or right is None:
        left, right = _day(answer), _day(value)
        if left is None or right is None:
            return False
    return {
        Operator.AT_LEAST: left >= right,
        Operator.AT_MOST: left <= right,
        Operator.MORE_THAN: left > right,
        Operator.LESS_THAN: left < right,
    }[op]


def _number(value: Any) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    return float(value) if isinstance(value, str) and re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", value) else None


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
