"""rules: which day it legally is, and on which days a Chinese office works.

A legal day is a day in Asia/Shanghai, wherever the server stands. Whether it is a working day follows
from the State Council's yearly notice (days off, and weekends that are worked instead); a year without
a notice is not *official*, and every date that needs it is provisional.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo

from portal.rules.guide.text import Text
from portal.rules.problems import Problem

SHANGHAI = ZoneInfo("Asia/Shanghai")
SATURDAY = 5


class CalendarProblem(Problem):
    """A calendar that cannot be read, or contradicts itself."""


def legal_day(moment: datetime) -> date:
    """The day on which `moment` falls in law. Raises ValueError for a datetime without a time zone:
    guessing one would shift every act between 00:00 and 08:00 by a day."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("a moment needs its time zone before it has a legal day")
    return moment.astimezone(SHANGHAI).date()


def day_starts(day: date) -> datetime:
    """The moment in UTC at which a legal day begins; the day ends where the next one starts."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


class SpecialDay(NamedTuple):
    """A day that differs from its weekday's habit: a holiday, or a weekend day that is worked."""

    working: bool
    name: Text


def _no_days() -> Mapping[date, SpecialDay]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Calendar:
    """The exceptions to *Monday to Friday*, and the years whose notice is known."""

    days: Mapping[date, SpecialDay] = field(default_factory=_no_days)
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        special = self.days.get(day)
        return special.working if special else day.weekday() < SATURDAY

    def is_official(self, day: date) -> bool:
        """Whether the notice for this day's year is known. (A notice may also touch the last days of the
        year before; until it is out those stand as their own year's notice left them.)"""
        return day.year in self.years

    def name(self, day: date) -> Text | None:
        """What the notice calls this day, if it names it."""
        special = self.days.get(day)
        return special.name if special else None

    def next_working(self, day: date) -> date:
        """`day` itself if it is worked, else the next day that is."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def joined(self, other: Self) -> "Calendar":
        """Both calendars in one; where they differ, the other's days count (an administrator's edits)."""
        return Calendar(MappingProxyType({**self.days, **other.days}), self.years | other.years)

    def differences(self, other: Self) -> list[date]:
        """The days of years that both know, on which the two do not agree: a check by a second source."""
        shared = self.years & other.years
        return sorted(
            day
            for day in {*self.days, *other.days}
            if day.year in shared and self.is_working(day) != other.is_working(day)
        )


def from_holiday_list(lists: Iterable[Mapping[str, Any]]) -> Calendar:
    """A calendar from yearly lists `{"year": 2026, "days": [{"name", "date", "isOffDay"}]}`, the shape in
    which the State Council's notices are commonly published as data. A year with no days in it is not
    official: its notice was not out when the list was made.

    Raises CalendarProblem naming the entry that cannot be read.
    """
    days: dict[date, SpecialDay] = {}
    years = set()
    for number, one in enumerate(lists, 1):
        if not isinstance(one, Mapping) or type(one.get("year")) is not int or not isinstance(one.get("days"), list):
            raise CalendarProblem(
                "calendar.list",
                f"第{number}份节假日表缺少年份（year）或日期（days），请检查文件。",
                f"Holiday list {number} lacks its year or its days; check the file.",
            )
        for entry in one["days"]:
            day, special = _entry(entry, one["year"])
            if day in days and days[day].working != special.working:
                raise CalendarProblem(
                    "calendar.contradiction",
                    f"{day} 既列为放假又列为上班，请核对通知原文。",
                    f"{day} is listed both as a day off and as a working day; compare the notice.",
                )
            days[day] = special
        if one["days"]:
            years.add(one["year"])
    return Calendar(MappingProxyType(days), frozenset(years))


def _entry(entry: Any, year: int) -> tuple[date, SpecialDay]:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", entry["date"], re.ASCII) or type(entry["isOffDay"]) is not bool:
            raise ValueError
        # A notice may name the last days of the year before, and its week may run into the next one.
        if abs((day := date.fromisoformat(entry["date"])).year - year) > 1:
            raise ValueError
        return day, SpecialDay(not entry["isOffDay"], Text(zh=entry["name"]))
    except (KeyError, TypeError, ValueError) as error:
        raise CalendarProblem(
            "calendar.entry",
            f"{year}年节假日表中有一条无法读取：{entry!r:.80}。每条需要 name、date（年-月-日）和 isOffDay。",
            f"One entry of the {year} holiday list cannot be read: {entry!r:.80}. "
            "Each needs name, date (YYYY-MM-DD) and isOffDay.",
        ) from error
