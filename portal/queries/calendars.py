"""queries: the office's calendar as a value."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.models.calendars import CalendarChange, CalendarDay, CalendarYear
from portal.rules.calendar import Calendar, SpecialDay
from portal.rules.guide.text import Text

_read: dict[tuple, Calendar] = {}


def calendar(db: Session) -> Calendar:
    """All days and years of the table. Hundreds of days are read anew only where the digests of the years say that
    they changed."""
    years = tuple(tuple(row) for row in db.execute(
        select(CalendarYear.year, CalendarYear.official, CalendarYear.digest).order_by(CalendarYear.year)))
    if years not in _read or not all(digest for _, _, digest in years):
        _read.clear()
        _read[years] = Calendar(MappingProxyType(days(db)), frozenset(year for year, official, _ in years if official))
    return _read[years]


def days(db: Session, year: int | None = None) -> dict[date, SpecialDay]:
    """The days that the table lists, or those of a year, in their order."""
    asked = select(CalendarDay.day, CalendarDay.working, CalendarDay.name).order_by(CalendarDay.day)
    if year is not None:
        asked = asked.where(CalendarDay.year == year)
    return {day: SpecialDay(working, Text(zh=name)) for day, working, name in db.execute(asked)}


@dataclass(frozen=True)
class Year:
    """A year of the office's calendar. `row` is None for a year that nobody kept yet."""

    year: int
    row: CalendarYear | None
    days: Mapping[date, SpecialDay]
    changes: Sequence[CalendarChange]


def years(db: Session, since: int) -> Sequence[tuple[CalendarYear, int, int]]:
    """The years from `since` on, newest first, each with how many days off and make-up days it lists."""
    off = func.count().filter(CalendarDay.working.is_(False))
    on = func.count().filter(CalendarDay.working.is_(True))
    rows = db.execute(select(CalendarYear, off, on).outerjoin(CalendarDay, CalendarDay.year == CalendarYear.year)
                      .where(CalendarYear.year >= since).group_by(CalendarYear.year).order_by(CalendarYear.year.desc()))
    return [tuple(row) for row in rows]


def one_year(db: Session, year: int) -> Year:
    """A year with its days and the record of its changes, newest first."""
    changes = db.scalars(select(CalendarChange).where(CalendarChange.year == year).order_by(CalendarChange.id.desc())
                         .options(joinedload(CalendarChange.staff))).all()
    return Year(year, db.get(CalendarYear, year), days(db, year), changes)


def never_recounted(db: Session) -> bool:
    """Whether no look has followed any year yet: the columns of open cases are those of an earlier release, or there are none."""
    return db.scalar(select(CalendarYear.year).where(CalendarYear.recounted != "").limit(1)) is None


def not_recounted(db: Session) -> dict[int, str]:
    """The years whose change the dates of open cases do not follow yet, with their digests."""
    return dict(db.execute(select(CalendarYear.year, CalendarYear.digest).where(CalendarYear.recounted != CalendarYear.digest)).all())
