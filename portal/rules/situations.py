"""rules: the questions that lead to a guide's variant, one after another, with an answer to choose at each.

Made from the conditions of the variants alone: a question that decides nothing is not asked, an amount or a day is asked as
the ranges between which the conditions tell apart. Where the conditions cannot be asked in this way there are no questions,
and a reader chooses among the variants by their sentences.
"""
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations, groupby
from math import prod
from typing import Any

from portal.rules import filling
from portal.rules.conditions import Comparison, Condition, Not, Operator, fields, holds
from portal.rules.guide.codes import FieldType
from portal.rules.guide.document import Guide
from portal.rules.guide.forms import Field
from portal.rules.guide.text import Text

TRIES, LEAVES, CHOSEN = 2000, 40, 3
"""At most so many combinations of answers are gone through, so many ends may a reader see, and so many options of one question
with several choices may matter."""
YES, NO = Text(zh="是", en="Yes"), Text(zh="否", en="No")
OTHER, NONE, EMPTY = Text(zh="其他", en="Something else"), Text(zh="都没有", en="None of these"), Text(zh="没有", en="There is none")
MEASURED = {FieldType.NUMBER, FieldType.MONEY, FieldType.DATE}
WRITTEN = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.NAME, FieldType.ORGANISATION_NAME, FieldType.ADDRESS}


@dataclass(frozen=True)
class Found:
    """Where the questions end: the variant's key; None where the guide has none for this."""

    variant: str | None


@dataclass(frozen=True)
class Way:
    """An answer: what it says, a value that stands for it (None: left empty), whether that is the answer itself, and what follows."""

    said: Text
    value: Any
    exact: bool
    leads: "Asked | Found"


@dataclass(frozen=True)
class Asked:
    key: str
    label: Text
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class _Answer:
    said: Text
    value: Any
    exact: bool = False


class _NotAskable(Exception):
    """A condition that no question with few answers can decide."""


def questions(guide: Guide) -> Asked | None:
    """The first question; None where there is nothing to ask, or the conditions cannot be asked step by step."""
    try:
        asked = _ordered(guide)
        answers = {field.key: _answers(guide, field, asked) for field in asked}
    except _NotAskable:
        return None
    if prod(len(one) for one in answers.values()) > TRIES:
        return None
    first = _step(guide, asked, answers, {})
    if isinstance(first, Found) or sum(1 for _ in ends(first)) > LEAVES:
        return None
    return first


def ends(step: Asked | Found, given: Mapping[str, Any] = {}) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Every end with the answers that lead there: the key of the variant or None, and what the form may be told."""
    if isinstance(step, Found):
        yield step.variant, dict(given)
        return
    for way in step.ways:
        yield from ends(way.leads, {**given, step.key: way.value} if way.exact else given)


def implied(step: Asked | None) -> dict[str, dict[str, Any]]:
    """For each variant that the questions lead to, the answers that every way there has in common."""
    found: dict[str, dict[str, Any]] = {}
    for variant, given in ends(step) if step else ():
        if variant is not None:
            before = found.get(variant, given)
            found[variant] = {key: value for key, value in before.items() if given.get(key, ...) == value}
    return found


def followed(step: Asked | Found | None, answers: Mapping[str, Any]) -> Asked | Found | None:
    """Where these answers lead from there: to an end, or to the first question that they leave open."""
    while isinstance(step, Asked):
        way = next((one for one in step.ways if one.exact and one.value == answers.get(step.key)), None)
        if way is None:
            return step
        step = way.leads
    return step


def chosen(guide: Guide, told: Mapping[str, str]) -> dict[str, Any]:
    """Answers to the questions that choose the variant, as an address tells them; what does not fit is left out."""
    found: dict[str, Any] = {}
    for field in guide.situations:
        value = told.get(field.key)
        if field.type is FieldType.YES_NO and value in ("true", "false"):
            found[field.key] = value == "true"
        elif field.type is FieldType.CHOICE and value in {option.value for option in field.options}:
            found[field.key] = value
    return filling.counting(guide, found)


def _step(guide: Guide, left: list[Field], answers: Mapping[str, list[_Answer]], given: dict[str, Any]) -> Asked | Found:
    if not left:
        variant = guide.variant_for(filling.counting(guide, given))
        return Found(variant.key if variant else None)
    field, rest = left[0], left[1:]
    if not holds(field.when, filling.counting(guide, given)):
        return _step(guide, rest, answers, given)
    ways = tuple(
        Way(one.said, one.value, one.exact,
            _step(guide, rest, answers, given if one.value is None else {**given, field.key: one.value}))
        for one in answers[field.key])
    if all(way.leads == ways[0].leads for way in ways):
        return ways[0].leads
    return Asked(field.key, field.label, ways)


def _ordered(guide: Guide) -> list[Field]:
    """The questions that decide, each behind those on which it hangs. Raises _NotAskable where they hang on one another."""
    known = {field.key: field for field in guide.all_fields()}
    found: dict[str, Field] = {}

    def take(key: str, above: tuple[str, ...]) -> None:
        if key in above:
            raise _NotAskable
        if key not in found:
            for each in fields(known[key].when):
                take(each, (*above, key))
            found[key] = known[key]

    wanted = {key for variant in guide.variants for key in fields(variant.when)}
    for key in known:
        if key in wanted:
            take(key, ())
    return list(found.values())


def _answers(guide: Guide, field: Field, asked: list[Field]) -> list[_Answer]:
    tests = [one for condition in (*(variant.when for variant in guide.variants), *(each.when for each in asked))
             for one in comparisons(condition) if one.field == field.key]
    empty = [] if field.required else [_Answer(EMPTY, None)]
    if field.type is FieldType.YES_NO:
        return [_Answer(YES, True, True), _Answer(NO, False, True), *empty]
    if field.type is FieldType.CHOICE:
        return [*(_Answer(option.label, option.value, True) for option in field.options), *empty]
    if field.type is FieldType.CHOICES:
        return [*_several(field, tests), *empty]
    if field.type in MEASURED:
        return [*_ranges(field, tests), *empty]
    if field.type in WRITTEN:
        return [*_written(tests), *empty]
    raise _NotAskable


def comparisons(condition: Condition | None) -> Iterator[Comparison]:
    """The comparisons of a condition, in order."""
    if isinstance(condition, Comparison):
        yield condition
    elif condition is not None:
        parts = [condition.not_] if isinstance(condition, Not) else getattr(condition, "all", None) or condition.any
        yield from chain.from_iterable(map(comparisons, parts))


def _values(tests: list[Comparison]) -> list[Any]:
    return [value for test in tests if test.op is not Operator.GIVEN
            for value in (test.value if isinstance(test.value, list) else [test.value])]


def _several(field: Field, tests: list[Comparison]) -> list[_Answer]:
    if any(test.op not in (Operator.EQUALS, Operator.IN, Operator.DIFFERS, Operator.GIVEN) for test in tests):
        raise _NotAskable
    matter = [option for option in field.options if option.value in _values(tests)]
    other = next((option.value for option in field.options if option not in matter), None)
    if len(matter) > CHOSEN:
        raise _NotAskable
    found = []
    for chosen in chain.from_iterable(combinations(matter, number) for number in range(len(matter), 0, -1)):
        said = Text(zh="、".join(one.label.zh for one in chosen), en=", ".join(one.label.said("en") for one in chosen))
        found.append(_Answer(said, [one.value for one in chosen]))
    return [*found, *([_Answer(NONE if matter else OTHER, [other])] if other else [])]


def _written(tests: list[Comparison]) -> list[_Answer]:
    named = list(dict.fromkeys(_values(tests)))
    if not all(isinstance(value, str) for value in named) or any(
            test.op not in (Operator.EQUALS, Operator.IN, Operator.DIFFERS, Operator.GIVEN) for test in tests):
        raise _NotAskable
    return [*(_Answer(Text(zh=f"“{value}”", en=f"“{value}”"), value) for value in named), _Answer(OTHER, "…".join(["", *named, ""]) or "…")]


def _ranges(field: Field, tests: list[Comparison]) -> list[_Answer]:
    """The line of values cut where a comparison turns, neighbours joined between which none does."""
    days = field.type is FieldType.DATE
    marks = sorted({_mark(value, days) for value in _values(tests)})
    if not marks:
        return [_Answer(OTHER, _shown(date(2000, 1, 1).toordinal() if days else field.minimum or 0, days))]
    cells = [(None, marks[0])]
    for at, mark in enumerate(marks):
        cells += [(mark, mark), (mark, marks[at + 1] if at + 1 < len(marks) else None)]
    least, most = (None, None) if days else (field.minimum, field.maximum)
    tried = [(cell, _between(cell, days)) for cell in cells
             if not (days and None not in cell and cell[1] - cell[0] == 1) and _allowed(cell, least, most)]
    found = []
    for _, same in groupby(tried, lambda one: tuple(test.holds({field.key: _shown(one[1], days)}) for test in tests)):
        group = list(same)
        first, last = group[0][0], group[-1][0]
        found.append(_Answer(_said(first, last, days), _shown(group[0][1], days)))
    return found


def _mark(value: Any, days: bool) -> float:
    try:
        if days:
            return date.fromisoformat(str(value)).toordinal()
        if isinstance(value, bool):
            raise _NotAskable
        return float(value)
    except (ValueError, TypeError) as error:
        raise _NotAskable from error


def _allowed(cell: tuple[float | None, float | None], least: float | None, most: float | None) -> bool:
    low, high = cell
    point = low == high
    above = least is None or high is None or high > least or (point and high == least)
    return above and (most is None or low is None or low < most or (point and low == most))


def _between(cell: tuple[float | None, float | None], days: bool) -> float:
    low, high = cell
    if low is None:
        return high - 1
    if high is None:
        return low + 1
    return low if low == high else low + 1 if days else (low + high) / 2


def _shown(value: float, days: bool) -> Any:
    return date.fromordinal(int(value)).isoformat() if days else value


def _said(first: tuple, last: tuple, days: bool) -> Text:
    """A range in words: from the lower end of the first cell to the upper end of the last."""
    low, high = first[0], last[1]

    def told(value: float) -> str:
        return _shown(value, True) if days else f"{value:g}" if value < 1e6 else f"{value:.0f}"

    if low is not None and low == high:
        return Text(zh=told(low), en=told(low))
    zh, en = [], []
    if low is not None:
        reached = first[0] == first[1]
        zh.append(f"{'不小于' if reached else '大于'}{told(low)}")
        en.append(f"{'at least' if reached else 'more than'} {told(low)}")
    if high is not None:
        reached = last[0] == last[1]
        zh.append(f"{'不大于' if reached else '小于'}{told(high)}")
        en.append(f"{'at most' if reached else 'less than'} {told(high)}")
    return Text(zh="，".join(zh) or OTHER.zh, en=", ".join(en) or OTHER.en)
