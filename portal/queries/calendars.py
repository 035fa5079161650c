"""queries: the office's calendar as a value."""
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models.calendars import CalendarDay, CalendarYear
from portal.rules.calendar import Calendar, SpecialDay
from portal.rules.guide.text import Text


def calendar(db: Session) -> Calendar:
    """All days and years of the table, in two statements."""
    years = db.scalars(select(CalendarYear.year).where(CalendarYear.official)).all()
    days = {row.day: SpecialDay(row.working, Text(zh=row.name)) for row in db.scalars(select(CalendarDay))}
    return Calendar(MappingProxyType(days), frozenset(years))
