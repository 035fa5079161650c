"""rules: entries go out as they came in: in levels for JSON, in columns for tables. The same entries give the same bytes."""
import csv
import json
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import groupby

from portal.rules.catalogue.entries import Entry
from portal.rules.catalogue.reading import LEADS
from portal.rules.catalogue.shapes import HEADINGS

ALWAYS = ("department", "main_item", "name", "link")
BOM = "\ufeff"


def as_json(entries: Sequence[Entry]) -> bytes:
    """The list in its levels: departments, main items, items, in the order of the list."""
    names = [name for name in columns(entries) if name not in ("department", "main_item")]
    departments = []
    for department, rows in groupby(entries, key=lambda entry: entry.department):
        groups = [{"main_item": main_item or "", "sub_items": [{name: cell(entry, name) for name in names} for entry in below]}
                  for main_item, below in groupby(rows, key=lambda entry: entry.main_item)]
        departments.append({"department": department, "items": groups})
    return (json.dumps(departments, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(entries: Sequence[Entry]) -> bytes:
    """The list as CSV in UTF-8 with the mark by which Excel knows it."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    for row in table(entries):
        writer.writerow([f"'{text}" if text.lstrip().startswith(LEADS) else text for text in row])
    return (BOM + out.getvalue()).encode()


def table(entries: Sequence[Entry]) -> list[list[str]]:
    """The heading, and a row an entry."""
    names = columns(entries)
    return [[HEADINGS[name][1] if name in HEADINGS else name for name in names], *([cell(entry, name) for name in names] for entry in entries)]


def columns(entries: Iterable[Entry]) -> list[str]:
    """The columns that the list always has, those of which an entry says anything, and its own."""
    entries = list(entries)
    known = [name for name in HEADINGS if name in ALWAYS or any(cell(entry, name) for entry in entries)]
    return known + list(dict.fromkeys(name for entry in entries for name in entry.more))


def cell(entry: Entry, name: str) -> str:
    """What the entry says in a column; empty where it says nothing."""
    return (getattr(entry, name) or "") if name in HEADINGS else entry.more.get(name, "")
