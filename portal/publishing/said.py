"""publishing: what is said to a reader. A text with the language it stands in, dates and money in words.

Where a guide has no English the Chinese is shown on English pages too, and says so by its `lang`.
"""
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from portal.rules.guide.text import EN, ZH, Text

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)


@dataclass(frozen=True)
class Said:
    """A text; `lang` is None where it stands in the language of the page."""

    text: str
    lang: str | None = None
    href: str | None = None

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        """What a template prints: the text escaped, with its link or its language. Here and not in a macro, because a
        page says a thousand texts."""
        text = escape(self.text)
        if "\n" in text:
            text = text.replace("\n", Markup("<br>"))
        if self.href:
            lang = f' lang="{self.lang}"' if self.lang else ""
            return f'<a href="{escape(self.href)}"{lang}>{text}</a>'
        return f'<span lang="{self.lang}">{text}</span>' if self.lang else str(text)


def english(locale: str) -> bool:
    return locale.startswith("en")


def say(value: Text | str | None, locale: str, href: str | None = None) -> Said | None:
    """The text for a reader of `locale`; a plain string is Chinese. None stays None."""
    if value is None or value == "":
        return None
    text = value if isinstance(value, Text) else Text(zh=value)
    lang = text.lang(locale)
    return Said(text.said(locale), None if lang == page_lang(locale) else lang, href)


def code(value: str | int, href: str | None = None) -> Said:
    """A number, code, telephone or address of the web: the same in every language."""
    return Said(str(value), None, href)


def page_lang(locale: str) -> str:
    """The `lang` of a page in that locale."""
    return EN if english(locale) else ZH


def day(value: date, locale: str) -> str:
    """`2026年11月22日` or `22 November 2026`."""
    if english(locale):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def yuan(fen: int, locale: str) -> str:
    """An amount in fen as yuan; cents only where there are some."""
    amount = f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"
    return f"{amount} yuan" if english(locale) else f"{amount}元"
