"""publishing: lists as files that other programs open. What a cell holds is never run there.

Spreadsheets take a cell that begins like a formula for one, and a guide may quote anything: in CSV such a cell gets an
apostrophe before it, in XLSX it is stored as text, marked as such, which also outlives somebody's editing it.
"""
import csv
import json
from datetime import datetime
from functools import lru_cache
from io import BytesIO, StringIO

import xlsxwriter
from pydantic_core import to_json

from portal.publishing.cards import EN, ZH, Cell
from portal.publishing.lists import KEPT, Listing

LEADS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a formula begins with, also as typed in full width."""
BOM = "\ufeff"
NARROWEST, WIDEST = 8, 48
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Of every workbook: what is text stays text."""
NEVER = datetime(2000, 1, 1)
"""The day on which every workbook was made: the same list gives the same bytes."""


def formula(value: str) -> bool:
    """Whether a spreadsheet could take the text for a formula, or for the end of its cell."""
    return value.lstrip().startswith(LEADS) or value.startswith(("\t", "\r", "\n"))


def as_csv(listing: Listing, locale: str) -> bytes:
    """The list as CSV in UTF-8 with the mark by which Excel knows it, lines ended as RFC 4180 has them."""
    rows = (tuple(name for _, name in listing.columns), *listing.rows)
    return BOM.encode() + b"".join([_line(row, locale, at > 0) for at, row in enumerate(rows)])


def as_json(listing: Listing) -> bytes:
    """The list as JSON: title, and a row as an object by the names of the columns; words as `{"zh": …, "en": …}`."""
    names = tuple(name for name, _ in listing.columns)
    title = json.dumps(_plain(listing.title), ensure_ascii=False).encode()
    return b'{"title": %b, "rows": [%b]}\n' % (title, b", ".join([_object(names, row) for row in listing.rows]))


def as_xlsx(listing: Listing) -> bytes:
    """The list as a workbook, a sheet a language: header in bold that stays in sight, a filter, widths after what is there."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": listing.title[0], "created": NEVER})
    wrapped = {"text_wrap": True, "valign": "top", "num_format": "@"}
    head = book.add_format({"bold": True, "bg_color": "#E9F1F7", "border": 1, "text_wrap": True, "valign": "top"})
    plain, quoted = book.add_format(wrapped), book.add_format({**wrapped, "quote_prefix": True})
    for locale, name in ((ZH, "中文"), (EN, "English")):
        sheet = book.add_worksheet(name)
        for at, (_, column) in enumerate(listing.columns):
            sheet.write_string(0, at, said(column, locale), head)
            texts = [said(row[at], locale) for row in listing.rows]
            for number, text in enumerate(texts, 1):
                sheet.write_string(number, at, text, quoted if formula(text) else plain)
            sheet.set_column(at, at, _width([said(column, locale), *texts]))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(listing.rows), len(listing.columns) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&C{said(listing.title, locale).replace('&', '&&')}")
        sheet.set_footer("&C&P / &N")
    book.close()
    return out.getvalue()


@lru_cache(maxsize=KEPT)
def _line(row: tuple[Cell, ...], locale: str, quoted: bool) -> bytes:
    """A row of CSV; `quoted` keeps from being run what could be."""
    out = StringIO(newline="")
    csv.writer(out).writerow([f"'{text}" if quoted and formula(text) else text for text in (said(cell, locale) for cell in row)])
    return out.getvalue().encode()


@lru_cache(maxsize=KEPT)
def _object(names: tuple[str, ...], row: tuple[Cell, ...]) -> bytes:
    """A row of JSON."""
    return json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False).encode()


def text_of(value: object) -> bytes:
    """A value as JSON text. Without line breaks, which would make it twice as long and ten times as slow to write."""
    return to_json(value) + b"\n"


def said(cell: Cell, locale: str) -> str:
    """What a cell says to a reader of that locale."""
    return cell if isinstance(cell, str) else cell[locale == EN]


def _plain(cell: Cell) -> object:
    return cell if isinstance(cell, str) else {"zh": cell[0], "en": cell[1]}


def _width(texts: list[str]) -> int:
    """The width of a column in digits: a Chinese character takes two."""
    longest = max(sum(1 if sign.isascii() else 2 for sign in text) for text in texts)
    return min(WIDEST, max(NARROWEST, longest + 2))
