"""rules/lint: situations and conditions: each variant can be chosen, everybody finds one, conditions can be met.

Conditions are not proved but tried: every question gets the answers that can make a difference, and all
combinations are gone through (up to a bound, beyond which nothing is claimed).
"""
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any

from portal.rules.conditions import MAX_DEPTH, Comparison, Condition, Operator, depth, fields, holds
from portal.rules.guide.codes import FieldType
from portal.rules.guide.forms import CHOOSING, Field
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.sources import SENSE

MOST_COMBINATIONS = 20_000
NUMBERS = {FieldType.NUMBER, FieldType.MONEY}
ORDERED = {Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN, Operator.LESS_THAN}


def _conditions(subject: Subject) -> Iterator[tuple[str, Condition]]:
    for number, field in enumerate(subject.guide.situations):
        if field.when:
            yield f"/guide/situations/{number}/when", field.when
    for number, section in enumerate(subject.guide.form):
        for index, field in enumerate(section.fields):
            if field.when:
                yield f"/guide/form/{number}/fields/{index}/when", field.when
    for at, variant in subject.variants():
        if variant.when:
            yield f"{at}/when", variant.when
        for part in ("documents", "stages", "fees"):
            for index, row in enumerate(getattr(variant, part)):
                if row.when:
                    yield f"{at}/{part}/{index}/when", row.when


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
    except ValueError:
        return [value, value + "?"]
    return [str(day - timedelta(1)), value, str(day + timedelta(1))]


def _tries(subject: Subject, conditions: Iterable[Condition]) -> list[Mapping[str, Any]] | None:
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


def _choosing(subject: Subject) -> list[Condition]:
    return [variant.when for variant in subject.guide.variants if variant.when]


def _chosen(subject: Subject) -> tuple[set[str | None], list[Mapping[str, Any]]] | None:
    """The variants that some answers choose, and the answers that choose none."""
    tries = _tries(subject, _choosing(subject))
    if tries is None:
        return None
    chosen = [subject.guide.variant_for(answers) for answers in tries]
    left = [answers for answers, variant in zip(tries, chosen, strict=True) if variant is None]
    return {variant.key for variant in chosen if variant}, left


def never_chosen(subject: Subject) -> Iterator[Place]:
    found = _chosen(subject)
    for at, variant in subject.variants():
        if found and variant.key not in found[0]:
            yield place(at, name=variant.name)


def nobody_falls_through(subject: Subject) -> Iterator[Place]:
    found = _chosen(subject)
    if found and found[1] and _choosing(subject):
        options, labels = subject.guide.option_labels(), subject.guide.labels()
        said = [
            both(f"{labels[key].zh}：{_word(options, key, value, 'zh-Hans')}",
                 f"{labels[key].said('en')}: {_word(options, key, value, 'en')}")
            for key, value in found[1][0].items()
        ]
        case = both("，".join(one.zh for one in said) or "—", ", ".join(one.en for one in said) or "—")
        yield place("/guide/variants", case=case)


def _word(options, key: str, value: Any, locale: str) -> str:
    if isinstance(value, list):
        return "、".join(_word(options, key, one, locale) for one in value)
    if (key, value) in options:
        return options[key, value].said(locale)
    words = {True: ("是", "yes"), False: ("否", "no"), None: ("未填", "not given")}
    if value is None or isinstance(value, bool):
        return words[value][locale == "en"]
    return str(value)


def situation_without_use(subject: Subject) -> Iterator[Place]:
    used = {key for condition in subject.guide.all_conditions() for key in fields(condition)}
    for index, field in enumerate(subject.guide.situations):
        if field.key not in used:
            yield place(f"/guide/situations/{index}", label=field.label)


def chosen_by_the_form(subject: Subject) -> Iterator[Place]:
    known = {field.key for field in subject.guide.situations}
    labels = subject.guide.labels()
    for at, variant in subject.variants():
        for key in fields(variant.when):
            if key not in known:
                yield place(f"{at}/when", name=variant.name, label=labels[key])
                break


def asked_too_early(subject: Subject) -> Iterator[Place]:
    known: set[str] = set()
    labels = subject.guide.labels()
    rows = [(f"/guide/situations/{index}", field) for index, field in enumerate(subject.guide.situations)]
    for number, section in enumerate(subject.guide.form):
        rows += [(f"/guide/form/{number}/fields/{index}", field) for index, field in enumerate(section.fields)]
    for at, field in rows:
        later = [key for key in fields(field.when) if key not in known]
        if later:
            yield place(f"{at}/when", label=field.label, other=labels[later[0]])
        known.add(field.key)


def no_such_option(subject: Subject) -> Iterator[Place]:
    asked = {field.key: field for field in subject.guide.all_fields()}
    for at, condition in _conditions(subject):
        for row in comparisons(condition):
            field = asked[row.field]
            values = row.value if isinstance(row.value, list) else [row.value]
            options = {option.value for option in field.options}
            wrong = [value for value in values if value not in options] if field.type in CHOOSING else []
            if wrong and row.op in (Operator.EQUALS, Operator.DIFFERS, Operator.IN):
                yield place(at, label=field.label, value=wrong[0])


def unfit_comparison(subject: Subject) -> Iterator[Place]:
    asked = {field.key: field for field in subject.guide.all_fields()}
    for at, condition in _conditions(subject):
        for row in comparisons(condition):
            field = asked[row.field]
            if row.op is not Operator.GIVEN and not _fits(field, row):
                yield place(at, label=field.label, type=field.type, op=row.op.value)


def _fits(field: Field, row: Comparison) -> bool:
    values = row.value if isinstance(row.value, list) else [row.value]
    if field.type in CHOOSING:
        return row.op not in ORDERED
    if field.type is FieldType.YES_NO:
        return row.op not in ORDERED and all(isinstance(value, bool) for value in values)
    if field.type in NUMBERS:
        return all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
    if field.type is FieldType.DATE:
        return all(isinstance(value, str) and _is_day(value) for value in values)
    return row.op not in ORDERED and all(isinstance(value, str) for value in values)


def _is_day(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def never_met(subject: Subject) -> Iterator[Place]:
    for at, condition in _conditions(subject):
        inside = at.startswith("/guide/variants/") and at.count("/") > 4
        if inside:
            index = int(at.split("/")[3])
            chosen = subject.guide.variants[index]
            tries = _tries(subject, [condition, *_choosing(subject)])
            met = tries is None or any(holds(condition, row) and subject.guide.variant_for(row) == chosen for row in tries)
        elif at.startswith("/guide/variants/"):
            continue
        else:
            tries = _tries(subject, [condition])
            met = tries is None or any(holds(condition, row) for row in tries)
        if not met:
            yield place(at)


def too_deep(subject: Subject) -> Iterator[Place]:
    for at, condition in _conditions(subject):
        if depth(condition) > MAX_DEPTH:
            yield place(at, depth=depth(condition), most=MAX_DEPTH)


RULES = [
    Rule("L-VARIANT-01", ERROR, SENSE,
         both("情形“{name}”怎么回答也选不到。", "No answers lead to the situation “{name}”."),
         both("改正它的条件；没有条件的情形放在最后。", "Correct its condition; a situation without one goes last."),
         never_chosen),
    Rule("L-VARIANT-02", ERROR, SENSE,
         both("这样回答的人没有情形可选：{case}。", "Who answers like this finds no situation: {case}."),
         both("最后放一个没有条件的情形，或补全条件。", "Put a situation without a condition last, or complete the conditions."),
         nobody_falls_through),
    Rule("L-VARIANT-03", WARNING, SENSE,
         both("问了“{label}”，却没有用到回答。", "“{label}” is asked, and nothing depends on the answer."),
         both("删去这个问题，或在条件中用到它。", "Leave it out, or use it in a condition."),
         situation_without_use),
    Rule("L-VARIANT-04", ERROR, SENSE,
         both("情形“{name}”取决于表单里的“{label}”，但选情形在填表之前。",
              "The situation “{name}” depends on “{label}” of the form, which is filled in only afterwards."),
         both("把这个问题移到 situations。", "Move that question to situations."),
         chosen_by_the_form),
    Rule("L-COND-01", ERROR, SENSE,
         both("“{label}”取决于“{other}”，但后者在它之后才问，或就是它自己。",
              "“{label}” depends on “{other}”, which is asked later or is the same question."),
         both("调整问题的顺序。", "Change the order of the questions."),
         asked_too_early),
    Rule("L-COND-02", ERROR, SENSE,
         both("条件中“{label}”的值“{value}”不在选项里。", "A condition compares “{label}” with “{value}”, which is no option of it."),
         both("改成已有的选项值，或补上这个选项。", "Use one of the options, or add it."),
         no_such_option),
    Rule("L-COND-03", ERROR, SENSE,
         both("条件不适合“{label}”：{type}不能这样比较（{op}）。",
              "The condition does not fit “{label}”: this is no comparison ({op}) for the type “{type}”."),
         both("是/否用 true、false；大小比较只用于数字、金额和日期（2024-01-01）。",
              "Yes or no takes true or false; more and less hold for numbers, amounts and dates (2024-01-01) only."),
         unfit_comparison),
    Rule("L-COND-04", WARNING, SENSE,
         both("这个条件永远不会满足。", "This condition can never be met."),
         both("改正条件；用不着的，连同它所管的内容删去。", "Correct it, or leave out what hangs on it."),
         never_met),
    Rule("L-COND-05", ERROR, SENSE,
         both("条件套了{depth}层，超过{most}层，没有人读得懂。", "The condition is nested {depth} deep, more than {most}; nobody can read it."),
         both("拆成几个问题或几种情形。", "Split it into several questions or situations."),
         too_deep),
]
