"""rules/importing/sheets: CSV: which mark divides, and the rows it makes. A cell is a text, whatever it begins with."""
import csv
from io import StringIO

from portal.rules.importing import sources
from portal.rules.importing.sheets.cells import MAX_CELLS, MAX_ROWS, Sheet

MARKS = (",", "\t", ";", "，", "；", "|")
LOOKED_AT = 40
LONGEST = 200_000
LEADS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def read(name: str, data: bytes) -> Sheet:
    """The table of a CSV file in UTF-8, UTF-16 or GB 18030. Raises Refused, where it is no text or too large."""
    text = sources.decode(data)
    csv.field_size_limit(LONGEST)
    rows: list[list[str | None]] = []
    cells = 0
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=_mark(text)):
            rows.append([_cell(one) for one in row])
            cells += len(row)
            if len(rows) > MAX_ROWS or cells > MAX_CELLS:
                raise sources.problem("rows", most=MAX_ROWS)
    except csv.Error:
        raise sources.problem("csv", line=len(rows) + 1) from None
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(name, rows, divided=True)


def _mark(text: str) -> str:
    """The mark that divides the first rows most evenly: in as many rows as can be into the same number of cells, more than one."""
    sample = text[:LONGEST]
    best, chosen = (0, 0), ","
    for mark in MARKS:
        try:
            rows = [row for _, row in zip(range(LOOKED_AT), csv.reader(StringIO(sample, newline=""), delimiter=mark), strict=False)]
        except csv.Error:
            continue
        widths = [len(row) for row in rows if any(row)]
        width = max(set(widths), key=lambda one: (one > 1, widths.count(one), one), default=0)
        score = (widths.count(width), width) if width > 1 else (0, 0)
        if score > best:
            best, chosen = score, mark
    return chosen


def _cell(value: str) -> str | None:
    """A cell; the apostrophe by which a list keeps spreadsheets from taking it for a formula is left out."""
    if value.startswith("'") and value[1:].lstrip().startswith(LEADS):
        value = value[1:]
    return value if value.strip() else None
