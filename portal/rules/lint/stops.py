"""rules/lint: what does not count towards a limit: told, and only where the law says so."""
from collections.abc import Iterator

from portal.rules.guide.codes import StageKind
from portal.rules.guide.text import Text
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.sources import ART_45, SENSE
from portal.rules.stopping import ELSEWHERE, SPECIAL_LAW

OUTSIDE = {StageKind.RECEIVE, StageKind.ACCEPT, StageKind.CERTIFY, StageKind.DELIVER}
"""Stages before acceptance and after the decision: the licence's clock (article 42) does not run there."""
NO_RULE = Text(zh="（未写明）", en="(not named)")


def special_time_untold(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        for index, row in enumerate(variant.not_counted):
            if row.limit is None and row.explanation is None:
                yield place(f"{at}/not_counted/{index}", name=row.name or row.reason.text)


def _stops_by_other_rule(subject: Subject) -> Iterator[tuple[str, Text, Text]]:
    if not subject.licence:
        return
    for at, variant in subject.variants():
        for index, row in enumerate(variant.not_counted):
            if row.reason in ELSEWHERE:
                yield f"{at}/not_counted/{index}/reason", row.name or row.reason.text, row.basis or NO_RULE
    for at, _, stage in subject.stages():
        if stage.stop_reason in ELSEWHERE and stage.kind not in OUTSIDE:
            yield f"{at}/stop_reason", stage.name, stage.stop_basis or NO_RULE


def licence_stops_by_other_rule(subject: Subject) -> Iterator[Place]:
    for at, name, basis in _stops_by_other_rule(subject):
        if not SPECIAL_LAW.search(basis.zh):
            yield place(at, name=name)


def licence_stops_by_special_law(subject: Subject) -> Iterator[Place]:
    for at, name, basis in _stops_by_other_rule(subject):
        if SPECIAL_LAW.search(basis.zh):
            yield place(at, name=name, basis=basis)


def stop_without_rule(subject: Subject) -> Iterator[Place]:
    if subject.licence:
        return
    for at, variant in subject.variants():
        for index, row in enumerate(variant.not_counted):
            if row.basis is None:
                yield place(f"{at}/not_counted/{index}/basis", name=row.name or row.reason.text)
    for at, _, stage in subject.stages():
        if not stage.counted and stage.stop_basis is None:
            yield place(f"{at}/stop_basis", name=stage.name)


RULES = [
    Rule("L-LIMIT-15", WARNING, ART_45,
         both("特别程序“{name}”没有写明所需时间。", "The special procedure “{name}” does not say how long it takes."),
         both("写明所需时间，或在说明中写明由谁告知。", "State its time, or explain who tells it."),
         special_time_untold),
    Rule("L-LIMIT-16", ERROR, ART_45,
         both("行政许可的“{name}”不计入期限，理由却不是第四十五条所列的程序。",
              "“{name}” stops a licence's clock for a reason that article 45 does not list."),
         both("改为第四十五条所列的理由，或计入期限；法律、行政法规另有规定的，依据写明《名称》和条款。",
              "Give a reason of article 45, or let it count; where another law or regulation says so, cite it with its article."),
         licence_stops_by_other_rule),
    Rule("L-LIMIT-17", ERROR, SENSE,
         both("“{name}”不计入期限，却没有写依据；本事项不是行政许可，不能适用第四十五条。",
              "“{name}” is not counted without a rule cited; article 45 does not hold here, for this is no licence."),
         both("写明依据的规定和条款，或计入期限。", "Cite the rule and its article, or let it count."),
         stop_without_rule),
    Rule("L-LIMIT-20", WARNING, ART_45,
         both("“{name}”不在第四十五条所列程序之内，依“{basis}”不计入期限。",
              "“{name}” is not among the procedures of article 45; the clock stops under “{basis}”."),
         both("核对该条原文确有此规定。", "Check that the article cited says so."),
         licence_stops_by_special_law),
]
