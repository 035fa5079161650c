"""rules/lint: situations: each variant can be chosen, and everybody finds one."""
from collections.abc import Iterator
from typing import Any

from portal.rules.conditions import fields
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.sources import SENSE
from portal.rules.lint.tries import choosing, chosen


def never_chosen(subject: Subject) -> Iterator[Place]:
    found = chosen(subject)
    for at, variant in subject.variants():
        if found and variant.key not in found[0]:
            yield place(at, name=variant.name)


def nobody_falls_through(subject: Subject) -> Iterator[Place]:
    found = chosen(subject)
    if found and found[1] and choosing(subject):
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
         both("把这个问题移到<situations>。", "Make that question a <situations>."),
         chosen_by_the_form),
]
