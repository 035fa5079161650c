"""rules: which stages stop a case's clock, and for how long (Administrative Licensing Law, article 45).

A licence's clock stops for the eight procedures of article 45 alone, or where another law or regulation of the trade,
cited with its article, says so. What is no licence stops only where its guide cites the rule. Before acceptance nothing
stops: only the five days run. The time that a procedure needs is told in writing, so that a stage's own limit bounds it.
"""
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from portal.rules.calendar import Calendar
from portal.rules.deadlines import Stop, due
from portal.rules.guide.codes import ItemKind, StopReason
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.stages import Stage
from portal.rules.guide.text import Text

ELSEWHERE = frozenset({StopReason.RULE, StopReason.OTHER})
"""The reasons that article 45 does not list."""
LAWFUL = frozenset(StopReason) - ELSEWHERE
SPECIAL_LAW = re.compile("《(?!(?:中华人民共和国)?行政许可法)[^《》]+(?:(?<!办)法|条例)》.*第.+条")
"""A law or administrative regulation of the trade, with its article, that may say more than article 45; measures (办法) are neither."""


class Move(NamedTuple):
    """What the record says of one day: the keys of the stages that opened then, and of those that were left."""

    day: date
    opened: Iterable[str] = ()
    left: Iterable[str] = ()


def stops_clock(stage: Stage, kind: ItemKind | None) -> bool:
    """Whether the time of the stage is left out of the limit of an item of that kind."""
    return not stage.counted and is_lawful(stage.stop_reason, stage.stop_basis, kind)


def is_lawful(reason: StopReason | None, basis: Text | None, kind: ItemKind | None) -> bool:
    """Whether the time of a procedure that a guide names may be left out, for this reason or on this basis."""
    if kind is ItemKind.LICENCE:
        return reason in LAWFUL or bool(basis and SPECIAL_LAW.search(basis.zh))
    return basis is not None


def stands(stage: Stage, kind: ItemKind | None, opened: date, today: date, calendar: Calendar) -> bool:
    """Whether the clock stands today for the stage that is open since that day: no longer than the time that was told."""
    return stops_clock(stage, kind) and _span(stage, opened, max(opened, today), calendar).last >= today


def stopping(guide: Guide, variant: Variant) -> dict[str, Stage]:
    """The stages of the variant that stop its clock, by key."""
    return {stage.key: stage for stage in variant.stages if stops_clock(stage, guide.item.kind)}


def spans(stages: Mapping[str, Stage], moves: Iterable[Move], calendar: Calendar, today: date | None) -> list[Stop]:
    """When the clock stood: from the opening of each of these stages until it was left, or until `today` where it is open
    still; without `today` only what is over. No longer than the stage's own limit. Both ends are stopped.

    `moves` are in the order of the record; a stage that was led back to keeps its earlier spans.
    """
    found: list[Stop] = []
    since: dict[str, date] = {}
    for move in moves:
        found += [_span(stages[key], since.pop(key), move.day, calendar) for key in move.left if key in since]
        since |= {key: move.day for key in move.opened if key in stages}
    if today is not None:
        found += [_span(stages[key], first, max(first, today), calendar) for key, first in since.items()]
    return found


def _span(stage: Stage, first: date, last: date, calendar: Calendar) -> Stop:
    if stage.limit:
        last = min(last, due(first, stage.limit.amount or 0, stage.limit.unit, calendar).date)
    return Stop(first, last, str(stage.stop_reason))
