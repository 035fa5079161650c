"""actions: the office's calendar: begun from the seed, and kept year by year by an administrator, with source and reason."""
import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.models.calendars import CalendarChange, CalendarDay, CalendarYear
from portal.models.people import Staff
from portal.queries import calendars
from portal.rules.calendar import Calendar, SpecialDay
from portal.rules.calendar_year import of_year
from portal.rules.problems import Problem

LONGEST = 500
"""Characters of a source or a reason."""


class Overtaken(Problem):
    """Somebody else kept the year meanwhile; nothing was changed."""


class Unsourced(Problem):
    """A year is kept with its source and the reason, or not at all."""


def keep(db: Session, calendar: Calendar, source: str) -> None:
    """Replaces the years that the calendar knows, all of them official; a year that an administrator kept stays hers."""
    hers = set(db.scalars(select(CalendarChange.year).distinct()))
    for year in sorted(calendar.years - hers):
        _write(db, year, of_year(calendar.days.items(), year), True, source)


def change(db: Session, staff: Staff | None, year: int, days: Mapping[date, SpecialDay], official: bool, source: str, reason: str,
           now: datetime, seen: str | None = None) -> list[int]:
    """Keeps a year as these days say, on record; days of the years beside it are put into theirs. The dates of open cases
    follow by a job. The same again changes nothing. Returns the years that changed.

    `seen` is the digest of the year that the administrator had before her (None: any). Raises Unsourced, Overtaken.
    """
    if not source.strip() or not reason.strip() or max(len(source), len(reason)) > LONGEST:
        raise Unsourced("calendar.unsourced", f"请写明来源（如通知的文号）和修改理由，各不超过 {LONGEST} 个字。",
                        f"State the source, such as the notice’s number, and the reason, each in at most {LONGEST} characters.")
    row = db.scalar(select(CalendarYear).where(CalendarYear.year == year).with_for_update())
    if seen is not None and seen != (row.digest if row else ""):
        raise Overtaken("calendar.overtaken", f"{year}年的日历刚由别人改过，所以没有保存。您写的都还在，请和现在的核对后再保存。",
                        f"Somebody else has just changed the calendar of {year}, so nothing was kept. What you wrote is still here; compare it.")
    changed = []
    for one in sorted({year, *(day.year for day in days)}):
        mine = of_year(days.items(), one)
        before = db.get(CalendarYear, one)
        if one != year:
            mine = calendars.days(db, one) | mine
        stands = official if one == year else bool(before and before.official)
        if before and before.digest == _digest(mine, stands):
            continue
        _write(db, one, mine, stands, source.strip() if one == year or not before else before.source)
        db.add(CalendarChange(
            year=one, at=now, staff_id=staff.id if staff else None, official=stands, source=source.strip(), reason=reason.strip(),
            days=[[str(day), special.working, special.name.zh] for day, special in sorted(mine.items())]))
        changed.append(one)
    db.flush()
    return changed


def _write(db: Session, year: int, days: Mapping[date, SpecialDay], official: bool, source: str) -> None:
    days = MappingProxyType(dict(days))
    db.execute(delete(CalendarDay).where(CalendarDay.year == year))
    row = db.get(CalendarYear, year)
    if row is None:
        row = CalendarYear(year=year, recounted="")
        db.add(row)
    row.official, row.source, row.digest = official, source, _digest(days, official)
    db.flush()
    db.add_all(CalendarDay(day=day, year=year, working=special.working, name=special.name.zh) for day, special in days.items())
    db.flush()


def _digest(days: Mapping[date, SpecialDay], official: bool) -> str:
    said = repr(sorted((day, special.working, special.name.zh) for day, special in days.items())) + ("" if official else "?")
    return hashlib.sha256(said.encode()).hexdigest()
