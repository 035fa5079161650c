"""rules: one year's days off and make-up days as an office keeps them: read from a file or lines, written, compared.

A line is a day, 休 or 班 (off or on), and what the notice calls it: `2026-10-01 休 国庆节`. A file may also be a list in the
shape of `calendar.from_holiday_list`. What is read is compared with what is kept and with a second source before it counts.
"""
import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from portal.rules.calendar import SATURDAY, Calendar, CalendarProblem, SpecialDay, from_holiday_list
from portal.rules.guide.text import Text

OFF, ON = "休", "班"
WORDS = {OFF: False, "off": False, ON: True, "on": True}
"""What says that a day is worked."""
LINE = re.compile(r"(\d{4}-\d\d-\d\d)[\s,，;；]+(休|班|off|on)[\s,，;；]*(.*)", re.ASCII)
MOST = 366
"""Lines of a year."""


class Difference(NamedTuple):
    """A day on which two calendars do not agree: whether it is worked here, and there."""

    day: date
    here: bool
    there: bool


def read(text: str, year: int) -> dict[date, SpecialDay]:
    """The days that a file or lines give for a year; days of the year before and after may be among them, because a notice
    names the last days of the year before. Raises CalendarProblem with the line that cannot be read."""
    if text.lstrip().startswith(("{", "[")):
        return dict(_from_list(text, year))
    days: dict[date, SpecialDay] = {}
    rows = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.lstrip().startswith("#")]
    if len(rows) > MOST:
        raise CalendarProblem("calendar.long", f"一年最多 {MOST} 行，这里有 {len(rows)} 行。", f"A year has at most {MOST} lines; these are {len(rows)}.")
    for number, line in rows:
        day, special = _line(number, line, year)
        if day in days and days[day].working != special.working:
            raise CalendarProblem("calendar.contradiction", f"第 {number} 行：{day} 既列为放假又列为上班，请核对通知原文。",
                                  f"Line {number}: {day} is listed both as off and as on; compare the notice.")
        days[day] = special
    return days


def written(days: Iterable[tuple[date, SpecialDay]]) -> str:
    """The days as lines, in their order."""
    return "\n".join(f"{day} {ON if special.working else OFF} {special.name.zh}".rstrip() for day, special in sorted(days, key=lambda one: one[0]))


def of_year(days: Iterable[tuple[date, SpecialDay]], year: int) -> dict[date, SpecialDay]:
    return {day: special for day, special in days if day.year == year}


def compare(year: int, here: Calendar, there: Calendar) -> list[Difference]:
    """The days of the year on which the two do not agree whether it is worked, in their order."""
    first = date(year, 1, 1)
    every = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return [Difference(day, here.is_working(day), there.is_working(day)) for day in every if here.is_working(day) != there.is_working(day)]


def doubts(year: int, days: dict[date, SpecialDay], official: bool) -> list[Text]:
    """What a notice hardly says, for a second look; nothing of it is forbidden."""
    found = []
    if official and not any(not special.working and (day.month, day.day) == (10, 1) for day, special in days.items()):
        found.append(Text(zh="没有列出10月1日放假，通知可能没有抄全。", en="1 October is not listed as a day off; the notice may not be complete."))
    found += [Text(zh=f"{day} 本来就是工作日，却列为上班。", en=f"{day} is a working day anyway, yet it is listed as on.")
              for day, special in sorted(days.items()) if special.working and day.weekday() < SATURDAY]
    return found


def calendar_of(days: dict[date, SpecialDay], years: Iterable[int]) -> Calendar:
    return Calendar(MappingProxyType(days), frozenset(years))


def _from_list(text: str, year: int) -> Iterable[tuple[date, SpecialDay]]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise CalendarProblem("calendar.json", "文件以括号开头，却不是 JSON，请检查文件。", "The file begins like JSON and is none; check it.") from error
    lists = found if isinstance(found, list) else [found]
    return from_holiday_list([one for one in lists if not isinstance(one, dict) or one.get("year") == year]).days.items()


def _line(number: int, line: str, year: int) -> tuple[date, SpecialDay]:
    found = LINE.fullmatch(line)
    try:
        if not found:
            raise ValueError
        day = date.fromisoformat(found[1])
        if abs(day.year - year) > 1:
            raise ValueError
    except ValueError as error:
        raise CalendarProblem(
            "calendar.line", f"第 {number} 行“{line:.40}”无法读取。请写成“{year}-10-01 休 国庆节”或“{year}-10-10 班 国庆节”的样子，日期在 {year} 年或前后一年。",
            f"Line {number}, “{line:.40}”, cannot be read. Write it like “{year}-10-01 休 国庆节” (off) or “{year}-10-10 班 国庆节” (on); "
            f"the day lies in {year} or the year before or after.") from error
    return day, SpecialDay(WORDS[found[2]], Text(zh=found[3].strip() or "调整"))
