"""rules/lint: answers worth trying. Conditions are not proved but tried: every question gets the answers that can
make a difference, and all combinations are gone through, up to a bound beyond which nothing is claimed."""
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

from portal.rules.conditions import Comparison, Condition, fields, holds
from portal.rules.guide.codes import FieldType
from portal.rules.guide.document import Variant
from portal.rules.guide.forms import CHOOSING, Field
from portal.rules.lint.findings import Subject

MOST_COMBINATIONS = 20_000
ONE_DAY = timedelta(days=1)


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every comparison of a condition."""
    if isinstance(condition, Comparison):
        yield condition
        return
    for part in getattr(condition, "all", None) or getattr(condition, "any", None) or [condition.not_]:
        yield from comparisons(part)


def _answers(field: Field, compared: list[Comparison]) -> list[Any]:
    """The answers to a question that can make a difference to those comparisons; None is no answer."""
    values = [one for row in compared for one in (row.value if isinstance(row.value, list) else [row.value])]
    open_end = [None] if field.when or not field.required else []
    if field.type in CHOOSING:
        found = [option.value for option in field.options]
        if field.type is FieldType.CHOICES:
            # One option alone, or all of them: enough to meet and to miss any comparison of one option.
            found = [[value] for value in found] + [found]
        return found + open_end
    if field.type is FieldType.YES_NO:
        return [True, False, *open_end]
    found = []
    for value in values:
        found += _around(value)
    return [*dict.fromkeys(found), *open_end] or ["其他"]


def _around(value: Any) -> list[Any]:
    if isinstance(value, bool) or value is None:
        return [True, False]
    if isinstance(value, (int, float)):
        return [value - 1, value, value + 1]
    try:
        day = date.fromisoformat(value)
        return [str(day - ONE_DAY), value, str(day + ONE_DAY)]
    except (ValueError, OverflowError):
        return [value, value + "?"]


def tried(subject: Subject, conditions: Iterable[Condition]) -> list[Mapping[str, Any]] | None:
    """All answers worth trying for the questions of those conditions; None where they are too many."""
    compared: dict[str, list[Comparison]] = {}
    for condition in conditions:
        for row in comparisons(condition):
            compared.setdefault(row.field, []).append(row)
    asked = [field for field in subject.guide.all_fields() if field.key in compared]
    choices = [_answers(field, compared[field.key]) for field in asked]
    count = 1
    for row in choices:
        count *= len(row)
    if count > MOST_COMBINATIONS:
        return None
    tries = (dict(zip((field.key for field in asked), row, strict=True)) for row in product(*choices))
    return [answers for answers in tries if all(_consistent(field, answers) for field in asked)]


def _consistent(field: Field, answers: Mapping[str, Any]) -> bool:
    """A question that is not asked has no answer; one that is asked and required has one."""
    if field.when is None or not set(fields(field.when)) <= set(answers):
        return True
    asked = holds(field.when, answers)
    return (answers[field.key] is not None) == asked or (asked and not field.required)


def runs(subject: Subject, variant: Variant) -> list[frozenset[str]] | None:
    """Each set of stages, by key, that runs together for some answers that choose the variant; None where there are
    too many answers to try."""
    conditions = [stage.when for stage in variant.stages if stage.when]
    if not conditions:
        return [frozenset(stage.key for stage in variant.stages)]
    tries = tried(subject, [*conditions, *choosing(subject)])
    if tries is None:
        return None
    return list(dict.fromkeys(
        frozenset(stage.key for stage in variant.stages if holds(stage.when, answers))
        for answers in tries if subject.guide.variant_for(answers) is variant))


def choosing(subject: Subject) -> list[Condition]:
    return [variant.when for variant in subject.guide.variants if variant.when]


def chosen(subject: Subject) -> tuple[set[str | None], list[Mapping[str, Any]]] | None:
    """The variants that some answers choose, and the answers that choose none."""
    tries = tried(subject, choosing(subject))
    if tries is None:
        return None
    found = [subject.guide.variant_for(answers) for answers in tries]
    left = [answers for answers, variant in zip(tries, found, strict=True) if variant is None]
    return {variant.key for variant in found if variant}, left
