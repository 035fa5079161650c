"""rules/lint: limits: instant or committed, promised against statutory, the longest way through the stages."""
from collections.abc import Iterator
from typing import NamedTuple

from portal.rules.deadlines import DELIVERY_DAYS, JOINT_DAYS, JOINT_EXTENSION, LICENCE_DAYS, LICENCE_EXTENSION
from portal.rules.guide.codes import HandlingKind, ReviewMode, StageKind, Unit
from portal.rules.guide.document import Variant
from portal.rules.guide.limits import Limit, longer, longest
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.graph import cycle
from portal.rules.lint.sources import ART_42, ART_44, FIELDS, MODEL, SENSE, city
from portal.rules.lint.spans import Way, longest_ways, unlimited
from portal.rules.lint.tries import runs


class Lasting(NamedTuple):
    """A variant's promise beside what its stages take."""

    at: str
    """The variant's place."""
    promised_at: str
    promise: Limit
    ways: list[list[Way]]
    """The longest ways of every set of stages that runs for some answers; of those that always run where the answers
    are too many to try."""
    whole: bool
    """Whether the stages can take no longer than those ways."""


def promised_at(at: str, variant: Variant) -> str:
    """Where the promise of a variant stands: in itself, or in the result that takes longest."""
    found = (n for n, result in enumerate(variant.results) if not variant.promised and result.limit and result.limit is variant.promise)
    return next((f"{at}/results/{n}/limit" for n in found), f"{at}/promised")


def promises(subject: Subject) -> Iterator[tuple[str, Limit]]:
    """What each variant promises, with its place."""
    for at, variant in subject.variants():
        if variant.promise:
            yield promised_at(at, variant), variant.promise


def instant_takes_days(subject: Subject) -> Iterator[Place]:
    for at, promise in promises(subject):
        if subject.item.handling is HandlingKind.INSTANT and promise.workdays != 0:
            yield place(at, limit=promise)


def spot_is_not_instant(subject: Subject) -> Iterator[Place]:
    promised = [variant.promise for variant in subject.guide.variants]
    if subject.item.handling is HandlingKind.COMMITTED and all(one and one.workdays == 0 for one in promised):
        yield place("/guide/item/handling")


def instant_reviewed_twice(subject: Subject) -> Iterator[Place]:
    if subject.item.handling is HandlingKind.INSTANT and subject.item.review_mode is not ReviewMode.AT_ONCE:
        yield place("/guide/item/review_mode")


def committed_reviewed_at_once(subject: Subject) -> Iterator[Place]:
    if subject.item.handling is HandlingKind.COMMITTED and subject.item.review_mode is ReviewMode.AT_ONCE:
        yield place("/guide/item/review_mode")


def committed_within_a_day(subject: Subject) -> Iterator[Place]:
    for at, promise in promises(subject):
        days = promise.workdays
        if subject.item.handling is HandlingKind.COMMITTED and days is not None and 0 < days <= 1:
            yield place(at, limit=promise)


def promise_missing(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if variant.promise is None:
            yield place(f"{at}/promised", name=variant.name)


def statutory_missing(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if variant.statutory is None and not subject.licence:
            yield place(f"{at}/statutory", name=variant.name)


def _promised(subject: Subject) -> Iterator[tuple[str, Limit, Limit]]:
    """Each promise, for the case or for one of its results, with the statutory limit that it must keep."""
    for at, variant in subject.variants():
        if variant.statutory:
            if variant.promised:
                yield f"{at}/promised", variant.promised, variant.statutory
            for index, result in enumerate(variant.results):
                if result.limit:
                    yield f"{at}/results/{index}/limit", result.limit, variant.statutory


def promise_beyond_law(subject: Subject) -> Iterator[Place]:
    for at, promised, statutory in _promised(subject):
        if longer(promised, statutory):
            yield place(at, promised=promised, statutory=statutory)


def promise_beside_law(subject: Subject) -> Iterator[Place]:
    for at, promised, statutory in _promised(subject):
        if longer(promised, statutory) is None:
            yield place(at, promised=promised, statutory=statutory)


def _lasting(subject: Subject) -> Iterator[Lasting]:
    for at, variant in subject.variants():
        if not variant.promise or not variant.stages or cycle(variant.stages):
            continue
        together = runs(subject, variant)
        sets = [frozenset(stage.key for stage in variant.stages if stage.when is None)] if together is None else together
        whole = together is not None and not any(unlimited(variant.stages, one) for one in together)
        yield Lasting(at, promised_at(at, variant), variant.promise, [longest_ways(variant.stages, one) for one in sets], whole)


def stages_beyond_promise(subject: Subject) -> Iterator[Place]:
    for one in _lasting(subject):
        if beyond := [way for ways in one.ways for way in ways if way.beyond(one.promise)]:
            yield place(one.promised_at, promised=one.promise, way=_longest(beyond).said)


def stages_short_of_promise(subject: Subject) -> Iterator[Place]:
    for one in _lasting(subject):
        ways = [ways[0] for ways in one.ways if len(ways) == 1 and ways[0].limit]
        if one.whole and ways and len(ways) == len(one.ways) and all(longer(one.promise, way.limit) for way in ways):
            yield place(one.promised_at, promised=one.promise, way=_longest(ways).said)


def stages_beside_promise(subject: Subject) -> Iterator[Place]:
    for one in _lasting(subject):
        if any(way.beyond(one.promise) for ways in one.ways for way in ways):
            continue
        if any(len(ways) > 1 or ways[0].limit is None for ways in one.ways):
            yield place(f"{one.at}/stages", promised=one.promise)
        elif any(ways[0].beyond(one.promise) is None for ways in one.ways):
            yield place(one.promised_at, promised=one.promise)


def _longest(ways: list[Way]) -> Way:
    """The longest of them that is one limit, else the first."""
    limit = longest(way.limit for way in ways if way.limit)
    return next((way for way in ways if limit and way.limit is limit), ways[0])


def stage_without_limit(subject: Subject) -> Iterator[Place]:
    for at, _, stage in subject.stages():
        # Delivery has a clock of its own (article 44), which the law sets.
        if stage.counted and stage.limit is None and stage.kind is not StageKind.DELIVER:
            yield place(f"{at}/limit", name=stage.name)


def licence_takes_too_long(subject: Subject) -> Iterator[Place]:
    days, extension = (JOINT_DAYS, JOINT_EXTENSION) if subject.item.joint_bodies else (LICENCE_DAYS, LICENCE_EXTENSION)
    allowed = Limit(amount=days)
    for at, variant in subject.variants():
        limit = variant.statutory
        if subject.licence and limit and longer(limit, allowed) and not limit.explanation:
            yield place(f"{at}/statutory", limit=limit, allowed=allowed, extension=extension)


def limit_of_nothing(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        rows = [(f"{at}/promised", variant.promised), (f"{at}/statutory", variant.statutory)]
        rows += [(f"{at}/stages/{index}/limit", stage.limit) for index, stage in enumerate(variant.stages)]
        for where, limit in rows:
            if limit and limit.amount == 0 and limit.unit is not Unit.ON_THE_SPOT:
                yield place(where, limit=limit)


def late_delivery(subject: Subject) -> Iterator[Place]:
    allowed = Limit(amount=DELIVERY_DAYS)
    for at, _, stage in subject.stages():
        if subject.licence and stage.kind is StageKind.DELIVER and stage.limit and longer(stage.limit, allowed):
            yield place(f"{at}/limit", limit=stage.limit, allowed=allowed)


RULES = [
    Rule("L-LIMIT-01", ERROR, city(1),
         both("即办件的承诺期限不是“当场办结”，而是{limit}。", "An instant item promises {limit} instead of “on the spot”."),
         both("把承诺期限改为当场办结，或把办件类型改为承诺件。", "Promise it on the spot, or make it a committed item."),
         instant_takes_days),
    Rule("L-LIMIT-02", ERROR, city(1),
         both("各情形都承诺当场办结，办件类型却是承诺件。", "Every situation is promised on the spot, yet the item is called committed."),
         both("把办件类型改为即办件、审查类型改为即审即办，或写明承诺的天数。",
              "Make it an instant item that is reviewed at once, or state the days promised."),
         spot_is_not_instant),
    Rule("L-LIMIT-03", ERROR, city(1),
         both("即办件的审查类型不是“即审即办”。", "An instant item is not marked as reviewed at once."),
         both("把<item.review_mode>改为即审即办。", "Set the review mode to “reviewed at once”."),
         instant_reviewed_twice),
    Rule("L-LIMIT-04", ERROR, city(2),
         both("承诺件的审查类型是“即审即办”。", "A committed item is marked as reviewed at once."),
         both("把审查类型改为前审后批，或把办件类型改为即办件。", "Set it to “reviewed, then decided”, or make the item instant."),
         committed_reviewed_at_once),
    Rule("L-LIMIT-05", WARNING, city(2),
         both("承诺件只需{limit}，很可能是即办件。", "A committed item takes only {limit}; it may well be an instant one."),
         both("核对能否当场办结；能的话改为即办件。", "Check whether it can be decided on the spot; if so, make it instant."),
         committed_within_a_day),
    Rule("L-LIMIT-06", ERROR, MODEL,
         both("情形“{name}”没有承诺期限。", "The situation “{name}” has no promised limit."),
         both("写明承诺期限的数量和单位，或写当场办结。", "State the promised limit with its unit, or “on the spot”."),
         promise_missing),
    Rule("L-LIMIT-07", WARNING, MODEL,
         both("情形“{name}”没有法定期限。", "The situation “{name}” has no statutory limit."),
         both("查明法定期限并填写；法律没有规定的，在说明中写明。",
              "Look the statutory limit up; where the law sets none, say so in its explanation."),
         statutory_missing),
    Rule("L-LIMIT-08", ERROR, FIELDS,
         both("承诺{promised}，长于法定{statutory}。", "The promise of {promised} is longer than the law's {statutory}."),
         both("把承诺期限缩短到不超过法定期限。", "Shorten the promise to the statutory limit or less."),
         promise_beyond_law),
    Rule("L-LIMIT-09", WARNING, FIELDS,
         both("承诺{promised}与法定{statutory}单位不同，看不出是否超过。",
              "The promise of {promised} and the law's {statutory} are in different units; which is longer cannot be told."),
         both("尽量用同一单位；并请人工核对。", "Use one unit where you can, and have somebody compare them."),
         promise_beside_law),
    Rule("L-LIMIT-10", ERROR, SENSE,
         both("计时环节最长一路共{way}，超过承诺的{promised}。",
              "The longest way through the stages that count takes {way}, more than the {promised} promised."),
         both("缩短环节时限，或延长承诺期限（不得超过法定期限）。",
              "Shorten stages, or lengthen the promise (never beyond the statutory limit)."),
         stages_beyond_promise),
    Rule("L-LIMIT-11", WARNING, SENSE,
         both("计时环节最长一路共{way}，短于承诺的{promised}。",
              "The longest way through the stages that count takes {way}, less than the {promised} promised."),
         both("补上漏写的环节或时限，或把承诺期限缩短到{way}。", "Add what is missing in the stages, or promise {way}."),
         stages_short_of_promise),
    Rule("L-LIMIT-12", WARNING, SENSE,
         both("环节时限与承诺的{promised}单位不一，无法相加比较。",
              "The stages' limits and the {promised} promised are in units that cannot be added and compared."),
         both("各环节与承诺期限用同一单位。", "Give the stages and the promise one unit."),
         stages_beside_promise),
    Rule("L-LIMIT-13", WARNING, MODEL,
         both("环节“{name}”没有时限。", "The stage “{name}” has no limit."),
         both("写明时限或当场办结；依法不计时的，标明不计时及其理由。",
              "State its limit or “on the spot”; where the law leaves it out, mark it as not counted, with the reason."),
         stage_without_limit),
    Rule("L-LIMIT-14", WARNING, ART_42,
         both("行政许可的法定期限为{limit}，超过{allowed}；可延长的{extension}个工作日须经批准，不得预先写入。",
              "A licence's statutory limit is {limit}, above {allowed}; the {extension} more that may be approved in a case "
              "do not belong in it."),
         both("改为法定的天数；另有法律规定的，在期限的说明中写明依据。",
              "Correct it, or name the law that says otherwise in the limit's explanation."),
         licence_takes_too_long),
    Rule("L-LIMIT-18", ERROR, SENSE,
         both("期限写成“{limit}”。", "A limit is given as “{limit}”."),
         both("当场办结的，单位选“当场办结”，不写数量。", "Choose the unit “on the spot”, without an amount."),
         limit_of_nothing),
    Rule("L-LIMIT-19", ERROR, ART_44,
         both("决定后送达用{limit}，超过{allowed}。", "Delivery takes {limit} after the decision, more than {allowed}."),
         both("把送达环节缩短到不超过{allowed}。", "Shorten the delivery to {allowed} or less."),
         late_delivery),
]
