"""rules/importing: tables that carry a page's headings: label and value side by side, one above the other, or a cell a line.

They become lines of their own, label and value divided by PAIR, so that what a cell says is not taken for a sentence.
"""
import re
from collections import Counter
from collections.abc import Iterable

from portal.rules.importing import fees, headings, laws, papers, steps
from portal.rules.importing.characters import flat, trivial
from portal.rules.importing.headings import PAGE
from portal.rules.importing.rows import known
from portal.rules.importing.tables import BAR, cells

PAIR = "\x1f"
_CELL = re.compile(r"^([^|]*)\|$")
_ROW_END = re.compile(r"^\|[|\s]*\|$")


def unfold(lines: Iterable[str]) -> list[str]:
    """The lines of the page, with the tables of labels unfolded and empty lines gone."""
    rows = [line for line in lines if line.strip()]
    return [line for line in _side_by_side(_stacked(rows)) if not trivial(line)]


def _stacked(rows: list[str]) -> list[str]:
    """A table that was written a cell a line, each with a bar behind it, as pairs; else the lines as they are."""
    single = sum(bool(_CELL.match(row.strip())) for row in rows)
    if single < 6 or single * 2 < len(rows):
        return rows
    found: list[tuple[str, str]] = []
    label: str | None = None
    pending: list[str] = []
    loose: list[str] = []
    for row in rows:
        line = row.strip()
        if _ROW_END.match(line):
            if label:
                found.append((label, ""))
            label = None
        elif match := _CELL.match(line):
            said = "\n".join([*pending, match[1].strip()]).strip("\n")
            pending = []
            if label is None:
                label = said or None
            else:
                found.append((label, said))
                label = None
        elif BAR in line:
            loose.append(row)
        else:
            pending.append(line)
    if sum(headings.exact(label) is not None for label, _ in found) * 3 < len(found):
        return rows
    rest = [label] if label else []
    return [*(f"{label}{PAIR}{said}" for label, said in found), *rest, *pending, *loose]


def _side_by_side(rows: list[str]) -> list[str]:
    """Label and value in turns within a row, or a row of labels above a row of values."""
    split = [cells(row, True) if BAR in row and PAIR not in row else [] for row in rows]
    lengths = Counter(len(row) for row in split if _is_pairs(row))
    found: list[str] = []
    inside, above, label = False, None, None
    for place, (row, line) in enumerate(zip(split, rows, strict=True)):
        if not row:
            found.append(line)
            inside, label = False, None
            continue
        following = split[place + 1] if place + 1 < len(rows) else []
        if above is not None:
            found += [f"{name}{PAIR}{said}" for name, said in zip(above, row, strict=True)]
            above = None
        elif _is_heading(row):
            inside = True
            found.append(line)
        elif len(row) > 1 and all(map(_element, row)) and len(following) == len(row) and not any(map(_element, following)):
            above = row
        elif _is_pairs(row) or (not inside and lengths[len(row)] >= 3 and _could_be_pairs(row)):
            found += [f"{name}{PAIR}{said}" for name, said in zip(row[::2], row[1::2], strict=True) if name or said]
            inside = False
        elif len(row) > 2 and _element(row[0]):
            # A label in a cell that spans rows, and the row of a table behind it.
            if label != flat(row[0]):
                found.append(row[0])
            label = flat(row[0])
            found.append(" | ".join(row[1:]))
            continue
        else:
            found.append(row[0] if len(row) == 1 else line)
        label = None
    return found


def _element(cell: str) -> bool:
    return bool(cell) and headings.exact(cell) not in (None, PAGE)


def _is_pairs(row: list[str]) -> bool:
    """Whether every second cell can be a label, and one of them is known; a value is none."""
    labels = [headings.exact(cell) is not None for cell in row[::2] if cell]
    return len(row) % 2 == 0 and any(labels) and _could_be_pairs(row) and not any(_element(cell) for cell in row[1::2])


def _could_be_pairs(row: list[str]) -> bool:
    return len(row) % 2 == 0 and all(len(flat(cell)) <= headings.LONGEST for cell in row[::2])


def _is_heading(row: list[str]) -> bool:
    """Whether the row is the heading of a table of documents, stages, laws or fees."""
    if any(sum(known(columns, cell) is not None for cell in row if cell) >= 2 and any(known(columns, cell) == name for cell in row)
           for columns, name in ((papers.COLUMNS, "材料名称"), (steps.COLUMNS, "步骤"))):
        return True
    # What these tables call their columns, other pages put before single values: here every cell must be a column.
    return len(row) > 1 and any(all(known(columns, cell) for cell in row) and any(known(columns, cell) == name for cell in row)
                                for columns, name in ((laws.COLUMNS, "法律法规名称"), (fees.COLUMNS, "收费项目名称")))
