"""rules/guide: limits. A limit is a number of quarters with a unit, or *on the spot*, or words that no number says.

Which of two is longer is said only where it is sure: working days and calendar days are compared by their bounds.
"""
from collections.abc import Iterable
from decimal import Decimal
from math import ceil
from typing import Annotated

from pydantic import Field, PlainSerializer, field_validator, model_validator

from portal.rules.guide.codes import StopReason, Unit
from portal.rules.guide.text import Model, Text

SHORTEST_MONTH, LONGEST_MONTH = 28, 31
WORKDAYS_A_WEEK, WEEKEND = 5, 2


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Quarters = Annotated[Decimal, Field(ge=0, le=3650), PlainSerializer(_plain, when_used="always")]


class Limit(Model):
    """`amount` in units; real stages take 0.25 and 0.5 working days."""

    amount: Quarters | None = None
    unit: Unit = Unit.WORKDAY
    explanation: Text | None = None

    @field_validator("amount", mode="before")
    @classmethod
    def _exact(cls, value):
        return str(value) if isinstance(value, float) else value

    @model_validator(mode="after")
    def _fits(self):
        if self.unit is Unit.ON_THE_SPOT:
            if self.amount:
                raise ValueError("limit_spot_with_amount")
        elif self.amount is None:
            raise ValueError("limit_without_amount")
        elif self.amount % Decimal("0.25"):
            raise ValueError("limit_not_quarters")
        return self

    @property
    def workdays(self) -> Decimal | None:
        """The length in working days where that can be said: 0 on the spot, hours by eight, else None."""
        if self.unit is Unit.ON_THE_SPOT:
            return Decimal(0)
        if self.unit is Unit.HOUR:
            return self.amount / 8
        return self.amount if self.unit is Unit.WORKDAY else None

    def said(self, locale: str) -> str:
        """The limit in words, without its explanation."""
        english = locale.startswith("en")
        if self.unit is Unit.ON_THE_SPOT:
            return self.unit.text.said(locale)
        words = self.unit.text.said(locale)
        if english and self.amount == 1:
            words = words.removesuffix("s")
        return f"{_plain(self.amount)} {words}" if english else f"{_plain(self.amount)}{words}"


def longer(one: Limit, other: Limit) -> bool | None:
    """Whether `one` is surely longer than `other` (True), surely not (False), or the units do not say (None)."""
    unit, amount = exact(one)
    other_unit, other_amount = exact(other)
    if unit is other_unit:
        return amount > other_amount
    least, most = bounds(one)
    other_least, other_most = bounds(other)
    if least > other_most:
        return True
    return False if most <= other_least else None


def longest(limits: Iterable[Limit]) -> Limit | None:
    """The longest of them; where the units do not say, the one that may last longest. None of none."""
    found = None
    for one in limits:
        sure = longer(one, found) if found else True
        if sure or (sure is None and bounds(one)[1] > bounds(found)[1]):
            found = one
    return found


def exact(limit: Limit) -> tuple[Unit, Decimal]:
    """A limit in the one unit it can be said in exactly: hours and *on the spot* are working days."""
    if limit.workdays is not None:
        return Unit.WORKDAY, limit.workdays
    return limit.unit, limit.amount


def bounds(limit: Limit) -> tuple[int, int]:
    """The fewest and the most calendar days that a limit takes in ordinary weeks."""
    if limit.workdays is not None:
        days = ceil(limit.workdays)
        return days, days + WEEKEND * ceil(days / WORKDAYS_A_WEEK)
    if limit.unit is Unit.MONTH:
        return int(limit.amount * SHORTEST_MONTH), ceil(limit.amount * LONGEST_MONTH)
    return int(limit.amount), ceil(limit.amount)


class NotCounted(Model):
    """A special procedure whose time stands beside the limit (article 45), or what another rule leaves out."""

    reason: StopReason
    name: Text | None = None
    limit: Limit | None = None
    explanation: Text | None = None
    note: Text | None = None
    """What the procedure is (特别程序说明)."""
    basis: Text | None = None

    @model_validator(mode="after")
    def _rule_is_cited(self):
        if self.reason is StopReason.RULE and self.basis is None:
            raise ValueError("stop_without_rule")
        return self
