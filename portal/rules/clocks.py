"""rules: the clocks of a case, each with its proof: acceptance, the promise, the law's limit, a stage, a debt, the delivery.

Before acceptance only the five days run (Administrative Licensing Law, article 32). From acceptance the promise and the
limit that is owed by law run side by side, over the same stops and the same extension; the delivery has a clock of its
own (article 44). All numbers live in the guide; where it gives none, the law's count.
"""
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from portal.rules import deadlines, opening
from portal.rules.calendar import Calendar
from portal.rules.deadlines import Due, Stop
from portal.rules.guide.codes import Unit
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.limits import Limit
from portal.rules.guide.offering import Hours


class Office(NamedTuple):
    """From which moment a limit of hours runs, and when the place is open."""

    began: datetime
    hours: Sequence[Hours]


class Clock(NamedTuple):
    """By when the decision is promised, and by when it is owed by law."""

    due: Due
    owed: Due


def joint(guide: Guide) -> bool:
    """Whether several bodies decide together (article 42, second paragraph), as the guide names them."""
    return bool(guide.item.joint_bodies)


def in_hours(variant: Variant) -> bool:
    """Whether a limit of the case is one of hours, so that its moment and the place's hours matter."""
    return any(limit and limit.unit is Unit.HOUR for limit in (variant.promise, variant.owed))


def clock(guide: Guide, variant: Variant, accepted: date, calendar: Calendar, stops: Sequence[Stop] = (), more: int = 0,
          office: Office | None = None, late: bool = False) -> Clock:
    """The clocks of a case that was accepted on that day; `more` are the working days of its extension, approved
    `late` where the promised day had passed by then: the day that was told with it is the lawful one.

    A guide without any limit has the law's: twenty working days, forty-five where several bodies decide together. What is
    promised ends no later than what is owed, also where the units are different ones (a county may promise less than the
    law, never more).
    """
    by_law = Limit(amount=deadlines.JOINT_DAYS if joint(guide) else deadlines.LICENCE_DAYS)
    promised, owed = variant.promise or variant.statutory or by_law, variant.owed or by_law
    due = of_limit(promised, accepted, calendar, stops, more, office)
    last = of_limit(owed, accepted, calendar, stops, more, office) if owed != promised else due
    return Clock(last if late else min(due, last, key=lambda one: one.date), last)


def of_limit(limit: Limit, start: date, calendar: Calendar, stops: Sequence[Stop] = (), more: int = 0,
             office: Office | None = None) -> Due:
    """The last day of a guide's limit that starts on a day: of a case, of a stage."""
    if limit.unit is Unit.HOUR and office and office.hours and not more:
        return opening.due(office.began, limit.amount or 0, office.hours, calendar, stops)
    return deadlines.due(start, limit.amount or 0, limit.unit, calendar, stops, more)


def delivery(decided: date, calendar: Calendar) -> Due:
    """By when a decision is handed over (article 44)."""
    return deadlines.due(decided, deadlines.DELIVERY_DAYS, Unit.WORKDAY, calendar)


def debt(accepted: date, told: date, promised: Due, calendar: Calendar) -> Due:
    """By when a paper is handed in that was left owing at acceptance, of which the notice tells on the day `told`: never after
    the promised day. Where this has passed while the office was silent (article 32), its delay is not the applicant's:
    she has as many working days from the notice as the law gives the office to tell what is missing."""
    if told <= accepted or told < promised.date:
        return promised
    return deadlines.due(told, deadlines.CORRECTION_DAYS, Unit.WORKDAY, calendar)
