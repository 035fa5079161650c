"""rules: the calendar to begin with, from the table of days that the package `chinesecalendar` carries.

Constant data, no clock: which years are official is decided by what the table holds, so that a year
whose notice came after the package was made stays provisional.
"""

from types import MappingProxyType

from chinese_calendar import constants

from portal.rules.calendar import Calendar, SpecialDay
from portal.rules.guide.text import Text

SOURCE = "放假通知，经软件包 chinesecalendar 整理"
"""What the desk names as the origin of these days."""


def seed() -> Calendar:
    """Every day off and make-up working day that the table knows (2004 onwards)."""
    names = {one.value: Text(zh=one.chinese, en=one.value) for one in constants.Holiday}
    days = {day: SpecialDay(False, names[name]) for day, name in constants.holidays.items()}
    days |= {day: SpecialDay(True, names[name]) for day, name in constants.workdays.items()}
    # Every notice gives the National Day; a year that lacks it was not announced when the table was made,
    # even if the notice of a neighbouring year already reaches into it.
    years = {day.year for day, special in days.items() if not special.working and (day.month, day.day) == (10, 1)}
    return Calendar(MappingProxyType(days), frozenset(years))
