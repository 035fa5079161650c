"""rules/importing: tables inside a text: cells between bars or spaces, rows that lack cells, a heading above."""
import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from portal.rules.importing.characters import trivial
from portal.rules.importing.rows import Column, known

BAR = "|"
_MARKS = re.compile(r"^[\s|:+-]+$")
MOST_JOINED = 8
"""Words that spaces divided although they belong to one cell."""
FREE_IN_FREE, CLOSED_IN_CLOSED, CLOSED_IN_FREE, JOINED = 2, 4, -2, -3


class Table(NamedTuple):
    """The rows by column as the source calls it, and the lines before, between and after that are no rows."""

    rows: list[dict[str, str]]
    before: list[str]
    others: list[str]


def cells(line: str, barred: bool) -> list[str]:
    """The cells of a line; empty ones count between bars only."""
    if barred:
        return [cell.strip() for cell in line.strip().removeprefix(BAR).removesuffix(BAR).split(BAR)]
    return line.split()


def find(text: str, columns: Mapping[str, Column], needed: str) -> Table | None:
    """The table in the text whose heading names the `needed` column and at least one more; None where there is none."""
    lines = [line for line in unstack(text, columns, needed).split("\n") if line.strip()]
    for place, line in enumerate(lines):
        barred = BAR in line
        head = cells(line, barred)
        names = [known(columns, cell) for cell in head]
        if needed not in names or sum(name is not None for name in names) < min(2, len(head)) or len(head) < 2:
            continue
        rows, others = [], []
        for row in lines[place + 1:]:
            if trivial(row) or _MARKS.match(row):
                continue
            found = _row(row, head, columns, barred)
            (others if found is None else rows).append(row if found is None else found)
        return Table(rows, lines[:place], others)
    return None


def rows_of(value: object, columns: Mapping[str, Column], needed: str) -> tuple[list[dict[str, str]], str] | None:
    """The rows of a table that is the whole of a text but for some lines, and those lines; None where there is no table."""
    table = find(value, columns, needed) if isinstance(value, str) and (BAR in value or "\n" in value) else None
    return (table.rows, "\n".join([*table.before, *table.others])) if table and table.rows else None


def unstack(text: str, columns: Mapping[str, Column], needed: str) -> str:
    """A table that was written a cell a line, as a row a line; the text as it is where it holds none.

    The heading is a run of known columns; a row begins with the next number of the first column, or has as many cells.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    names = [known(columns, line) for line in lines]
    start = next((place for place in range(len(lines) - 1) if names[place] and names[place + 1]), None)
    if start is None:
        return text
    end = start
    while end < len(lines) and names[end] and names[end] not in names[start:end]:
        end += 1
    head, rest = lines[start:end], lines[end:]
    if needed not in names[start:end] or any(BAR in line for line in rest):
        return text
    rows: list[list[str]] = []
    for line in rest:
        counts = names[start] == "序号"
        if line == str(len(rows) + 1) if counts else (not rows or len(rows[-1]) == len(head)):
            rows.append([line])
        elif rows:
            rows[-1].append(line)
    return "\n".join([*lines[:start], BAR.join(head), *(BAR.join(row) for row in rows)])


def _row(line: str, head: list[str], columns: Mapping[str, Column], barred: bool) -> dict[str, str] | None:
    """The row by column; None where the line has no bars as the heading has, or its cells fit no columns."""
    if barred and BAR not in line:
        return None
    found = cells(line, barred)
    misfits = sum(not _fits(columns, name, cell) for name, cell in zip(head, found, strict=False))
    # A row that has every cell stands as it is: a word that a closed column does not know is told under its heading.
    # An empty last cell is no more than the bar before it.
    whole = len(found) == len(head) or (len(found) == len(head) - 1 and line.rstrip().endswith(BAR))
    if barred and len(found) <= len(head) and (not misfits or (whole and misfits * 3 <= len(head))):
        return {name: cell for name, cell in zip(head, found, strict=False) if cell}
    found = [cell for cell in found if cell]
    placed = _assign(tuple(found), tuple(head), columns)
    if placed is None:
        return None
    row: dict[str, str] = {}
    for cell, column in zip(found, placed, strict=True):
        row[head[column]] = f"{row[head[column]]} {cell}" if head[column] in row else cell
    return row


def _fits(columns: Mapping[str, Column], heading: str, cell: str) -> bool:
    name = known(columns, heading)
    return not cell or name is None or not columns[name].closed or columns[name].read(cell) is not None


def _assign(found: tuple[str, ...], head: tuple[str, ...], columns: Mapping[str, Column]) -> tuple[int, ...] | None:
    """The column of each cell, from left to right: closed columns take their own words only, free ones anything."""
    if len(found) > len(head) + MOST_JOINED or len(head) > 40:
        return None
    closed = [(name := known(columns, heading)) is not None and columns[name].closed for heading in head]
    takes = [[_fits(columns, heading, cell) for heading in head] for cell in found]
    telling = [any(closed[at] and takes[i][at] for at in range(len(head))) for i in range(len(found))]

    @cache
    def best(cell: int, start: int, joined: bool) -> tuple[int, tuple[int, ...]] | None:
        if cell == len(found):
            return 0, ()
        options = []
        for at in range(start - 1 if joined else start, len(head)):
            again = joined and at == start - 1
            if not takes[cell][at] or (again and closed[at]):
                continue
            rest = best(cell + 1, at + 1, True)
            if rest is not None:
                gain = JOINED if again else CLOSED_IN_CLOSED if closed[at] else CLOSED_IN_FREE if telling[cell] else FREE_IN_FREE
                options.append((gain + rest[0], (at, *rest[1])))
        return max(options, key=lambda option: (option[0], [-at for at in option[1]])) if options else None

    placed = best(0, 0, False)
    return placed[1] if placed else None
