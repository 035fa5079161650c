"""queries: the office's calendar as a value."""
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models.calendars import CalendarDay, CalendarYear
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
        days = {day: SpecialDay(working, Text(zh=name)) for day, working, name in db.execute(
            select(CalendarDay.day, CalendarDay.working, CalendarDay.name))}
        _read[years] = Calendar(MappingProxyType(days), frozenset(year for year, official, _ in years if official))
    return _read[years]
