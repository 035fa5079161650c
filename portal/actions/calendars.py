"""actions: the calendar's days off and make-up workdays go into the office's own table."""
import hashlib

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.models.calendars import CalendarDay, CalendarYear
from portal.rules.calendar import Calendar


def keep(db: Session, calendar: Calendar, source: str) -> None:
    """Replaces the years that the calendar knows, all of them official."""
    for year in sorted(calendar.years):
        db.execute(delete(CalendarDay).where(CalendarDay.year == year))
        days = repr(sorted((day, special.working, special.name.zh) for day, special in calendar.days.items() if day.year == year))
        db.merge(CalendarYear(year=year, official=True, source=source, digest=hashlib.sha256(days.encode()).hexdigest()))
    db.flush()
    db.add_all(
        CalendarDay(day=day, year=day.year, working=special.working, name=special.name.zh)
        for day, special in calendar.days.items() if day.year in calendar.years)
    db.flush()
