"""rules/importing: the lines of a page made even: marks before them, headings in square brackets, cells between tabs, numbered rows."""
import re

from portal.rules.importing import characters, headings
from portal.rules.importing.characters import flat
from portal.rules.importing.headings import PAGE
from portal.rules.importing.tables import BAR, cells

_BULLET = re.compile(r"^\s*(?:[•·●■◆▪◇○★☆►]+\s*|#{1,6}\s+|[-*+]\s+(?=\S))+")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
SHEET = re.compile(r"[-—\s]*第?\s*\d{1,3}\s*页?[\s,，/]*(?:共\s*\d{1,3}\s*页)[-—\s]*|第\s*\d{1,3}\s*页|—\s*\d{1,3}\s*—")
"""The number of a printed page, which came in the middle of a text."""
_BRACKETS = re.compile(r"[【〖\[［]([^【】〖〗\[\]［］]{2,20})[】〗\]］]\s*[:：]?")
_NUMBER = re.compile(r"\d{1,2}|序\s*号")
MIN_ROWS = 3
"""Numbered rows that make a table of headings."""


def even(text: str) -> list[str]:
    """The lines of a page."""
    lines = [_BULLET.sub("", _BOLD.sub(r"\1", line)) for line in _tabled(characters.clean(text).split("\n"))]
    sheets = [line for line in lines if SHEET.fullmatch(line.strip())]
    # They stand before everything, where no element takes them for its own.
    lines = sheets + [line for line in lines if not SHEET.fullmatch(line.strip())]
    return _without_numbers([part.strip() for line in lines for part in _headed(line)])


def _tabled(lines: list[str]) -> list[str]:
    """Two lines and more with tabs between their words are rows of a table: their cells get bars, so that empty ones count."""
    tabbed = [sum(bool(cell.strip()) for cell in line.split("\t")) > 1 and BAR not in line for line in lines]
    found = []
    for place, line in enumerate(lines):
        row = tabbed[place] and any(tabbed[max(0, place - 1): place] + tabbed[place + 1: place + 2])
        found.append(f" {BAR} ".join(cell.strip() for cell in line.split("\t")) if row else line)
    return found


def _headed(line: str) -> list[str]:
    """The line divided before each 【heading】, which becomes one with a colon; other brackets stay."""
    if BAR in line:
        return [line]
    every = _BRACKETS.findall(line)
    if every and not _BRACKETS.sub("", line).strip() and all(headings.exact(word) == PAGE for word in every):
        return every
    marks = [match for match in _BRACKETS.finditer(line) if headings.exact(match[1]) not in (None, PAGE)]
    if not marks or line[: marks[0].start()].strip():
        return [line]
    ends = [match.start() for match in marks[1:]] + [len(line)]
    return [f"{mark[1]}：{line[mark.end(): end].strip()}" for mark, end in zip(marks, ends, strict=True)]


def _without_numbers(lines: list[str]) -> list[str]:
    """The rows of a table of headings without the number before each: 1 | 事项名称 | …"""
    rows = [cells(line, True) if BAR in line else [] for line in lines]
    known = [len(row) > 2 and bool(_NUMBER.fullmatch(flat(row[0]))) and headings.exact(row[1]) not in (None, PAGE) for row in rows]
    if sum(known) < MIN_ROWS:
        return lines
    lengths = {len(row) for row, one in zip(rows, known, strict=True) if one}
    found = []
    last = 0
    for line, row, one in zip(lines, rows, known, strict=True):
        number = row and _NUMBER.fullmatch(flat(row[0])) and len(row) in lengths
        # An unknown heading between known ones carries the next number.
        goes_on = number and row[0].isdigit() and int(row[0]) == last + 1 and len(flat(row[1])) <= headings.LONGEST
        if one or goes_on:
            last = int(row[0]) if row[0].isdigit() else last
            found.append(f" {BAR} ".join(row[1:]))
        else:
            found.append(line)
    return found
