"""rules: limits of hours, by the hours in which the office is open.

Hours run from the moment on which they begin (Civil Code art. 201, second paragraph), and where there are business hours
a limit ends with them (art. 203, second paragraph): so only open hours count, on working days (Licensing Law art. 82).
A weekend that is worked instead has the hours of its own weekday where the office names them, else those of a Monday.
Without hours of its own an office works eight hours a day, and `rules.deadlines` counts whole working days.
"""
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from portal.rules.calendar import SATURDAY, SHANGHAI, Calendar
from portal.rules.deadlines import FURTHEST, Day, DeadlineProblem, Due, Stop, ended, judged
from portal.rules.guide.offering import Hours
from portal.rules.guide.text import Text

MONDAY = 1


def spans(day: date, hours: Sequence[Hours], calendar: Calendar) -> list[tuple[int, int]]:
    """When the office is open on a day, in minutes since midnight, in their order; nothing on a day off."""
    if not calendar.is_working(day):
        return []
    seasonal = [one for one in hours if _in_season(day, one)]
    found = _on(seasonal, day.isoweekday())
    return found or (_on(seasonal, MONDAY) if day.weekday() >= SATURDAY else [])


def due(began: datetime, amount: Decimal | int, hours: Sequence[Hours], calendar: Calendar, stops: Sequence[Stop] = ()) -> Due:
    """When `amount` open hours are over that begin at the moment `began`; a limit that would end as the office closes ends
    then, not on the next morning. Raises ValueError for a moment without a time zone, DeadlineProblem where the office
    opens so seldom that the limit does not end within forty years."""
    if began.tzinfo is None:
        raise ValueError("a moment needs its time zone before it has a legal day")
    local = began.astimezone(SHANGHAI)
    left, start, now = int(Decimal(amount) * 60), local.date(), local.hour * 60 + local.minute
    if left == 0:
        return ended([Day(start, False, "start")], calendar, _clock(now))
    proof: list[Day] = []
    while True:
        day = start + timedelta(days=len(proof))
        if len(proof) > FURTHEST.days:
            raise DeadlineProblem("deadline.far", "按这些办公时间，期限在四十年内不会届满，请检查办公时间。",
                                  "With these office hours the limit does not end within forty years; check the hours.")
        found = judged(day, True, calendar, stops)
        ahead = [(max(opens, now), closes) for opens, closes in spans(day, hours, calendar) if closes > now]
        now = 0
        proof.append(_said(day, ahead) if found.counted else found)
        for opens, closes in ahead if found.counted else ():
            if left <= closes - opens:
                return ended(proof, calendar, _clock(opens + left))
            left -= closes - opens


def _said(day: date, ahead: Sequence[tuple[int, int]]) -> Day:
    if not ahead:
        return Day(day, False, "closed")
    zh = [f"{_clock(opens)}—{_clock(closes)}" for opens, closes in ahead]
    return Day(day, True, "open", Text(zh="、".join(zh), en=", ".join(zh)))


def _on(hours: Sequence[Hours], weekday: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for opens, closes in sorted((_minutes(span.opens), _minutes(span.closes)) for one in hours if weekday in one.days for span in one.spans):
        if found and opens <= found[-1][1]:
            found[-1] = (found[-1][0], max(closes, found[-1][1]))
        elif opens < closes:
            found.append((opens, closes))
    return found


def _in_season(day: date, hours: Hours) -> bool:
    now, since, until = f"{day:%m-%d}", hours.since or "01-01", hours.until or "12-31"
    return since <= now <= until if since <= until else now >= since or now <= until


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
