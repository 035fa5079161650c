"""rules/lint: how long things take: one limit against another, and the longest way through the stages."""
from collections.abc import Iterable
from decimal import Decimal
from math import ceil
from typing import NamedTuple

from portal.rules.guide.codes import StageKind, Unit
from portal.rules.guide.limits import Limit
from portal.rules.guide.stages import Stage
from portal.rules.lint.graph import in_order

SHORTEST_MONTH, LONGEST_MONTH = 28, 31
WORKDAYS_A_WEEK, WEEKEND = 5, 2


def longer(one: Limit, other: Limit) -> bool | None:
    """Whether `one` is surely longer than `other` (True), surely not (False), or the units do not say (None)."""
    exact = _exact(one), _exact(other)
    if exact[0] and exact[1] and exact[0][0] == exact[1][0]:
        return exact[0][1] > exact[1][1]
    (least, most), (other_least, other_most) = _days(one), _days(other)
    if least > other_most:
        return True
    return False if most <= other_least else None


def _exact(limit: Limit) -> tuple[str, Decimal] | None:
    """A limit in the one unit it can be said in exactly."""
    if limit.workdays is not None:
        return "workday", limit.workdays
    return limit.unit.value, limit.amount


def _days(limit: Limit) -> tuple[int, int]:
    """The fewest and the most calendar days that a limit takes in ordinary weeks."""
    if limit.workdays is not None:
        days = ceil(limit.workdays)
        return days, days + WEEKEND * ceil(days / WORKDAYS_A_WEEK)
    if limit.unit is Unit.MONTH:
        return int(limit.amount * SHORTEST_MONTH), ceil(limit.amount * LONGEST_MONTH)
    return int(limit.amount), ceil(limit.amount)


class Way(NamedTuple):
    """The longest way through the stages that count.

    `length` is in `unit` (working days where hours and days mix), and None where units on it cannot be
    added. `unlimited` names the counted stages that state no limit: with them the way is at least that long.
    A delivery without a limit has the law's own (article 44), which is not part of the promise.
    """

    length: Decimal | None
    unit: Unit
    unlimited: list[Stage]


def longest_way(stages: Iterable[Stage]) -> Way:
    """Parallel stages take as long as the longest of them; on the spot is 0; what does not count is 0.

    The stages must wait for each other without a cycle (see `graph.cycle`).
    """
    rows = {stage.key: stage for stage in stages}
    counted = [stage for stage in rows.values() if stage.counted]
    limits = [stage.limit for stage in counted if stage.limit and stage.limit.amount]
    units = {_exact(limit)[0] for limit in limits}
    unit = Unit(units.pop()) if len(units) == 1 else Unit.WORKDAY
    unlimited = [stage for stage in counted if stage.limit is None and stage.kind is not StageKind.DELIVER]
    if units:
        return Way(None, unit, unlimited)
    lengths: dict[str, Decimal] = {}
    for key in in_order(rows.values()):
        stage = rows[key]
        own = _exact(stage.limit)[1] if stage.counted and stage.limit else Decimal(0)
        lengths[key] = max((lengths[one] for one in stage.waits_for), default=Decimal(0)) + own
    return Way(max(lengths.values(), default=Decimal(0)), unit, unlimited)
