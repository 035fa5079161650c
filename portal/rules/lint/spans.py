"""rules/lint: how long the stages take: the longest way through those that run, against a promise."""
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from portal.rules.guide.codes import StageKind, Unit
from portal.rules.guide.limits import SHORTEST_MONTH, Limit, bounds, exact, longer
from portal.rules.guide.stages import Stage
from portal.rules.guide.text import Text
from portal.rules.lint.graph import in_order

SPOT = Limit(unit=Unit.ON_THE_SPOT)
LEAST = {Unit.WORKDAY: Decimal(1), Unit.DAY: Decimal(1), Unit.MONTH: Decimal(SHORTEST_MONTH)}
"""The fewest calendar days that one of a unit takes, where amounts are added up before they are rounded."""
Total = dict[Unit, Decimal]


class Way(NamedTuple):
    """A way through the stages that count: its length in each unit that stands on it, working days for hours too."""

    parts: tuple[Limit, ...]

    @property
    def limit(self) -> Limit | None:
        """The length as one limit; None where its units cannot be added."""
        return next(iter(self.parts), SPOT) if len(self.parts) < 2 else None

    @property
    def said(self) -> Text:
        parts = self.parts or (SPOT,)
        return Text(zh="加".join(one.said("zh-Hans") for one in parts), en=" and ".join(one.said("en") for one in parts))

    def beyond(self, promise: Limit) -> bool | None:
        """Whether the way surely takes longer than the promise (True), surely not (False), or the units do not say
        (None). Where they mix, one part alone may prove it, or the fewest calendar days of all together."""
        if self.limit is not None:
            return longer(self.limit, promise)
        least = sum(part.amount * LEAST[part.unit] for part in self.parts)
        return True if any(longer(part, promise) for part in self.parts) or least > bounds(promise)[1] else None


def longest_ways(stages: Iterable[Stage], running: Collection[str] | None = None) -> list[Way]:
    """The longest way through the stages that run (all without `running`); where units mix, the longest by each unit
    alone and by the fewest calendar days, for none of them is sure to be the longest.

    Parallel stages take as long as the longest of them; on the spot is 0, so is what does not count or does not run.
    The stages must wait for each other without a cycle (see `graph.cycle`).
    """
    rows = {stage.key: stage for stage in stages}
    own = {key: exact(stage.limit) for key, stage in rows.items()
           if stage.counted and stage.limit and stage.limit.amount and (running is None or key in running)}
    units = [unit for unit in LEAST if unit in {unit for unit, _ in own.values()}]
    measures = [{unit: Decimal(1)} for unit in units]
    if len(units) > 1:
        measures.append(LEAST)
    order = in_order(rows.values())
    found: list[Way] = []
    for measure in measures:
        way = _way(_longest(rows, order, own, measure))
        found += [] if way in found else [way]
    return found or [Way(())]


def unlimited(stages: Iterable[Stage], running: Collection[str]) -> bool:
    """Whether a counted stage that runs states no limit, so that the way is only at least as long as found.
    A delivery without a limit has the law's own (article 44), which is not part of the promise."""
    return any(stage.counted and stage.limit is None and stage.kind is not StageKind.DELIVER
               for stage in stages if stage.key in running)


def _longest(rows: dict[str, Stage], order: list[str], own: dict[str, tuple[Unit, Decimal]], measure: Total) -> Total:
    def size(total: Total) -> list[Decimal]:
        # Of two that are as long by the measure, the one that has more of the others.
        return [sum((amount * one.get(unit, 0) for unit, amount in total.items()), Decimal(0)) for one in (measure, LEAST)]

    until: dict[str, Total] = {}
    for key in order:
        total = dict(max((until[one] for one in rows[key].waits_for), key=size, default={}))
        if key in own:
            unit, amount = own[key]
            total[unit] = total.get(unit, Decimal(0)) + amount
        until[key] = total
    return max(until.values(), key=size, default={})


def _way(total: Total) -> Way:
    # Not validated: a sum of hours need not be whole quarters of a day.
    return Way(tuple(Limit.model_construct(amount=total[unit], unit=unit) for unit in LEAST if unit in total))
