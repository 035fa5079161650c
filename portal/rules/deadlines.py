"""rules: by when. Every date comes with its proof: each day, and why it counted or did not.

A deadline is computed from facts (a start, an amount, the calendar, the stops) and never counted down.
Articles are those of the Administrative Licensing Law unless another law is named. Items that are no
licences have limits of their own, in their guides.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from portal.rules.calendar import Calendar
from portal.rules.guide.codes import StopReason, Unit
from portal.rules.guide.text import Text
from portal.rules.problems import Problem

CORRECTION_DAYS = 5
"""Art. 32: a correction is asked for within five working days, once, else the case counts as accepted."""
LICENCE_DAYS, LICENCE_EXTENSION = 20, 10
"""Art. 42: twenty working days from acceptance, extended once by at most ten."""
JOINT_DAYS, JOINT_EXTENSION = 45, 15
"""Art. 42: joint handling, forty-five working days, extended by at most fifteen."""
FIRST_REVIEW_DAYS = 20
"""Art. 43: the first review by a lower body."""
DELIVERY_DAYS = 10
"""Art. 44: delivery, from the day of the decision, a clock of its own."""

HOURS_A_DAY = 8
LONGEST = 3650
FURTHEST = timedelta(days=366 * 40)
ONE_DAY = timedelta(days=1)

WHY = {
    "start": Text(zh="起始日，不计入", en="first day, not counted"),
    "workday": Text(zh="工作日", en="working day"),
    "make_up": Text(zh="调休上班，计入", en="make-up working day, counts"),
    "day": Text(zh="日历日", en="calendar day"),
    "weekend": Text(zh="休息日，不计入", en="weekend, not counted"),
    "holiday": Text(zh="放假，不计入", en="holiday, not counted"),
    "stopped": Text(zh="依法不计入", en="not counted by law"),
    "moved": Text(zh="期限末日不是工作日，顺延", en="the limit ends on a day off and moves on"),
    "extended": Text(zh="经批准延长的工作日", en="working day of the extension that was approved"),
    "open": Text(zh="办公时间，计入", en="office hours, counted"),
    "closed": Text(zh="已过办公时间或者不办公，不计入", en="the office is closed, not counted"),
}


class DeadlineProblem(Problem):
    """A limit, a start or a stop of which no date can be made."""


class Stop(NamedTuple):
    """A span in which the clock stands, both ends included (art. 45). `reason` is a StopReason's value, or
    the words of the guide whose own rule stops the clock."""

    first: date
    last: date
    reason: str

    def said(self) -> Text:
        try:
            return StopReason(self.reason).text
        except ValueError:
            return Text(zh=self.reason or WHY["stopped"].zh)


@dataclass(frozen=True)
class Day:
    """One day of the proof. `why` is a key of WHY; `name` the holiday's name or the stop's reason."""

    date: date
    counted: bool
    why: str
    name: Text | None = None

    def said(self) -> Text:
        """Why the day counted or not, in both languages."""
        if self.name is None:
            return WHY[self.why]
        return Text(zh=f"{WHY[self.why].zh}：{self.name.zh}", en=f"{WHY[self.why].en}: {self.name.said('en')}")


@dataclass(frozen=True)
class Due:
    """`provisional` where a day after the start lies in a year whose holidays are not announced; `until` is the time of
    day at which a limit of hours ends, as an office's clock shows it, else the day's end."""

    date: date
    provisional: bool
    proof: tuple[Day, ...]
    until: str | None = None


def whole(amounts: Iterable[Decimal | int]) -> int:
    """Fractions add up along the way and are rounded up once, at the end: three stages of a quarter day
    make one day, not three."""
    return int(sum(map(Decimal, amounts), Decimal(0)).to_integral_value(ROUND_CEILING))


def due(
    start: date,
    amount: Decimal | int,
    unit: Unit | str,
    calendar: Calendar,
    stops: Sequence[Stop | tuple[date, date, str]] = (),
    more: int = 0,
) -> Due:
    """The last day of a limit of `amount` units that starts on the legal day `start`.

    The first day is not counted and the next one is the first counted (Civil Code art. 201; art. 42 of the
    Licensing Law counts from acceptance). Working days leave out public holidays (art. 82), a make-up
    working day counts. A month ends on the same day or the month's last (Civil Code art. 202); calendar
    days and months that end on a day off move to the next working day (Civil Code art. 203). Hours are
    office hours, eight to a working day; where the office's own hours are known, `rules.opening` counts them.
    Stopped days are not counted (art. 45), nor may a limit end on one. Zero, and *on the spot*, is the same
    day. An extension's `more` working days follow the last day of the limit itself (art. 42).

    Raises DeadlineProblem for an amount, a start or a stop of which no date can be made.
    """
    unit = _unit(unit)
    stops = _checked_stops(stops)
    days = _length(start, _checked_amount(amount, start), unit)
    proof = [Day(start, False, "start")]
    if days:
        _count(proof, days, unit in (Unit.WORKDAY, Unit.HOUR), calendar, stops)
        _move_on(proof, calendar, stops)
    if more:
        ordinary = len(proof)
        _count(proof, more, True, calendar, stops)
        proof[ordinary:] = [replace(day, why="extended") if day.counted else day for day in proof[ordinary:]]
    return ended(proof, calendar)


def ended(proof: Sequence[Day], calendar: Calendar, until: str | None = None) -> Due:
    """The limit that ends with the last of these days."""
    provisional = any(not calendar.is_official(one.date) for one in proof if one.why != "start")
    return Due(proof[-1].date, provisional, tuple(proof), until)


def acceptance_decided_by(arrived: date, calendar: Calendar) -> Due:
    """By when acceptance is decided or a correction asked for; passed without either, the case counts as
    accepted from the day the papers arrived (art. 32)."""
    return due(arrived, CORRECTION_DAYS, Unit.WORKDAY, calendar)


def accepted_from(arrived: date, decided_by: date, today: date) -> date:
    """The day from which a case counts as accepted that is accepted today: where the last day for telling what is missing
    has passed without a word, the day on which its papers arrived (art. 32)."""
    return arrived if today > decided_by else today


def deemed_on(decided_by: date) -> date:
    """The day since which a case counts as accepted if nothing was told by that last day (art. 32): the next one."""
    return decided_by + ONE_DAY


def _unit(unit: Unit | str) -> Unit:
    try:
        return Unit(unit)
    except ValueError as error:
        raise DeadlineProblem(
            "deadline.unit",
            f"不认识期限单位“{unit}”，可用：{'、'.join(Unit)}。",
            f"The unit {unit!r} is not known; use one of {', '.join(Unit)}.",
        ) from error


def _checked_amount(amount: Decimal | int, start: date) -> Decimal:
    if isinstance(amount, bool) or not isinstance(amount, (int, Decimal)):
        raise TypeError("an amount is an int or a Decimal: a float has lost its quarters already")
    value = Decimal(amount)
    if not value.is_finite() or not 0 <= value <= LONGEST:
        raise DeadlineProblem(
            "deadline.amount",
            f"期限须是 0 到 {LONGEST} 之间的数，不能是“{amount}”。",
            f"A limit is a number from 0 to {LONGEST}, not {amount}.",
        )
    if not 1949 <= start.year <= 2199:
        raise DeadlineProblem(
            "deadline.start",
            f"起始日 {start} 须在 1949 至 2199 年之间。",
            f"The start {start} must lie between 1949 and 2199.",
        )
    return value


def _checked_stops(stops: Sequence[Stop | tuple[date, date, str]]) -> list[Stop]:
    checked = [Stop(*one) for one in stops]
    for one in checked:
        if one.last < one.first:
            raise DeadlineProblem(
                "deadline.stop",
                f"不计入的时段 {one.first} 至 {one.last} 结束早于开始，请把较早的日期写在前面。",
                f"The stop from {one.first} to {one.last} ends before it begins; write the earlier day first.",
            )
    return checked


def _length(start: date, amount: Decimal, unit: Unit) -> int:
    """The limit as a number of days to count, working or calendar days as the unit has it."""
    if unit is Unit.ON_THE_SPOT:
        return 0
    if unit is Unit.MONTH:
        return (_months_later(start, whole([amount])) - start).days
    return whole([amount / HOURS_A_DAY if unit is Unit.HOUR else amount])


def _months_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _next(day: date, start: date) -> date:
    if day - start > FURTHEST:
        raise DeadlineProblem(
            "deadline.far",
            "按这些不计入的时段，期限在四十年内不会届满，请检查时段。",
            "With these stops the limit does not end within forty years; check the stops.",
        )
    return day + ONE_DAY


def _count(proof: list[Day], days: int, in_workdays: bool, calendar: Calendar, stops: Sequence[Stop]) -> None:
    """Adds days to the proof until so many of them counted."""
    start, day = proof[0].date, proof[-1].date
    while days:
        day = _next(day, start)
        proof.append(judged(day, in_workdays, calendar, stops))
        days -= proof[-1].counted


def _move_on(proof: list[Day], calendar: Calendar, stops: Sequence[Stop]) -> None:
    """Adds the days by which a limit moves on that would end on a day off, or on one that is stopped."""
    start, day = proof[0].date, proof[-1].date
    while not calendar.is_working(day) or _stop_on(day, stops):
        day = _next(day, start)
        proof.append(Day(day, False, "moved", calendar.name(day)))


def _stop_on(day: date, stops: Sequence[Stop]) -> Stop | None:
    return next((one for one in stops if one.first <= day <= one.last), None)


def judged(day: date, in_workdays: bool, calendar: Calendar, stops: Sequence[Stop]) -> Day:
    """Whether the day counts towards a limit, and why."""
    if stop := _stop_on(day, stops):
        return Day(day, False, "stopped", stop.said())
    name = calendar.name(day)
    if not in_workdays:
        return Day(day, True, "day", name)
    if calendar.is_working(day):
        return Day(day, True, "make_up" if name else "workday", name)
    return Day(day, False, "holiday" if name else "weekend", name)


def workdays_left(today: date, last: date, calendar: Calendar) -> int:
    """How many working days remain after today until a last day; 0 on that day, negative by how many are past it."""
    first, end = sorted((today, last))
    days = sum(calendar.is_working(first + n * ONE_DAY) for n in range(1, (end - first).days + 1))
    return days if last >= today else -max(days, 1)
