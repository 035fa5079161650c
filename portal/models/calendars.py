"""models: the calendar of working days, by year, with whether the State Council's notice is out."""
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base
from portal.models.people import Staff


class CalendarYear(Base):
    __tablename__ = "calendar_year"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    official: Mapped[bool]
    source: Mapped[str]
    digest: Mapped[str] = mapped_column(default="")
    """Of the year's days, so that a reader knows whether the calendar it has read before still holds."""
    recounted: Mapped[str] = mapped_column(default="", server_default="")
    """The digest up to which the dates of open cases were computed anew."""


class CalendarDay(Base):
    """Only the exceptions: days off that would be workdays, and make-up workdays."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("calendar_year.year"), index=True)
    working: Mapped[bool]
    name: Mapped[str]


class CalendarChange(Base):
    """A year was kept, by whom, from which source, why, and what it said from then on: rows of day, working, name."""

    __tablename__ = "calendar_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    official: Mapped[bool]
    source: Mapped[str]
    reason: Mapped[str]
    days: Mapped[list[Any]]
    staff: Mapped[Staff | None] = relationship()
