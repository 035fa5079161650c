"""filters: values in the reader's words, for templates: days, times, amounts, sizes, codes in groups."""
from datetime import date, datetime

from flask import Flask

from portal.languages import current
from portal.publishing import said
from portal.rules import tracking
from portal.rules.calendar import SHANGHAI, legal_day


def set_up(app: Flask) -> None:
    app.jinja_env.filters.update(day=day, clock=clock, yuan=yuan, size=size, grouped=tracking.shown)


def day(value: date | datetime) -> str:
    """A day, or the legal day of a moment: `2026年3月2日`."""
    return said.day(legal_day(value) if isinstance(value, datetime) else value, current())


def clock(moment: datetime) -> str:
    """A moment on the office's clock: `2026年3月2日 09:05`."""
    return f"{day(moment)} {moment.astimezone(SHANGHAI):%H:%M}"


def yuan(fen: int) -> str:
    return said.yuan(fen, current())


def size(number: int) -> str:
    """A file's size, in KB or MB."""
    return f"{number / (1 << 20):.1f} MB" if number >= 1 << 20 else f"{max(1, number >> 10)} KB"
