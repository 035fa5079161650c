"""models: the calendar of working days, by year, with whether the State Council's notice is out."""
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class CalendarYear(Base):
    __tablename__ = "calendar_year"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    official: Mapped[bool]
    source: Mapped[str]
    digest: Mapped[str] = mapped_column(default="")
    """Of the year's days, so that a reader knows whether the calendar it has read before still holds."""


class CalendarDay(Base):
    """Only the exceptions: days off that would be workdays, and make-up workdays."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("calendar_year.year"), index=True)
    working: Mapped[bool]
    name: Mapped[str]
