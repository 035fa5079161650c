"""rules/importing/sheets: what the columns of a wide table mean: elements, parts of documents or laws, marks that join tables.

Headings may stand in several rows under a title, and a heading over several columns names what they belong to.
"""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.rules.importing import national
from portal.rules.importing.rows import Column, known
from portal.rules.importing.sheets import aliases
from portal.rules.importing.sheets.cells import Sheet

HEAD = 20
"""Rows in which the headings are looked for."""
NAMES = ("事项名称", *national.TITLES)
MARKS = {"实施编码": 0, "业务办理项编码": 0, "事项编码": 0, "地方实施编码": 0, aliases.OWN: 0, "基本编码": 1, "地方基本编码": 1}
"""Columns that say which item a row is about; of those with 1 only where no other is there."""
REMEDIES = {"行政部门": "部门", "行政电话": "电话", "行政网址": "网址", "行政地址": "地址"}
ORDER = ("行政复议", "行政诉讼")
"""One portal names two bodies by the same four headings: first that of the review, then that of the lawsuit."""
YIELDING = ("生效日期", "发布日期", "办理结果", "时限", "办理时限", "by_law")
"""Elements that are a column of the part beside them, where such a part stands right before."""
TABLES: Mapping[str, tuple[str, Mapping[str, Column]]] = {element: (needed, columns) for element, needed, columns in national.TABLES}


@dataclass(frozen=True)
class Meaning:
    """A column: of an `element`, of a `part` of it (材料名称 of 申请材料), or of neither. `heading` is what stands above."""

    column: int
    heading: str
    element: str | None = None
    part: str | None = None
    group: str = ""
    """Tells equal parts apart: the first and the second body of the remedies."""


@dataclass(frozen=True)
class Wide:
    """A table of guides: its sheet, the first row below the headings, and its columns. `part` is the element whose rows alone
    it holds, for other tables' guides."""

    sheet: Sheet
    body: int
    columns: tuple[Meaning, ...]
    part: str | None = None

    @property
    def marks(self) -> list[Meaning]:
        """The columns that say which item a row is about."""
        found = [one for one in self.columns if one.part is None and one.element in MARKS]
        strong = [one for one in found if not MARKS[one.element]]
        return strong or found

    @property
    def names(self) -> list[Meaning]:
        return [one for one in self.columns if one.part is None and one.element in NAMES]


def read(sheet: Sheet, *, whole: bool = False) -> Wide | None:
    """The table of a sheet; None where no row of headings names an element. `whole`: its rows are items, whatever it looks like."""
    top = _top(sheet)
    if top is None:
        return None
    last = top
    while last + 1 < len(sheet.rows) and last - top < 3 and _heads(sheet, last + 1):
        last += 1
    first = top - 1 if top and _group_row(sheet, top - 1, top) else top
    headed = {column: _over(sheet, column, first, last) for column in range(sheet.width())}
    headed = {column: said for column, said in headed.items() if said}
    part = None if whole else _part(sheet, headed.values())
    return Wide(sheet, last + 1, tuple(_meanings(headed, part)), part)


def _top(sheet: Sheet) -> int | None:
    """The first row of headings: the one that knows most of its cells, at least two, or its only one."""
    best, found = 0, None
    for row in range(min(HEAD, len(sheet.rows))):
        cells = [cell for cell in sheet.rows[row] if cell is not None]
        count = sum(_is_heading(cell) for cell in cells)
        if count > best and count * 2 >= len(cells) and (count > 1 or len(cells) == 1):
            best, found = count, row
    if found is not None:
        while found and _heads(sheet, found - 1):
            found -= 1
    return found


def _heads(sheet: Sheet, row: int) -> bool:
    """Whether the row is another row of headings."""
    cells = [cell for cell in sheet.rows[row] if cell is not None]
    count = sum(_is_heading(cell) for cell in cells)
    return count > 1 and count * 3 >= len(cells) * 2


def _is_heading(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) <= 60 and (aliases.known(cell) or any(
        known(columns, said) for said in aliases.spellings(cell) for _, columns in TABLES.values()))


def _group_row(sheet: Sheet, row: int, below: int) -> bool:
    """Whether the row above the headings names what several of them belong to: a range over some, not over all."""
    spans = [(left, right) for top, left, bottom, right in sheet.merged if top <= row <= bottom and right > left]
    width = sum(cell is not None for cell in sheet.rows[below])
    return any(right - left + 1 < width for left, right in spans)


def _over(sheet: Sheet, column: int, first: int, last: int) -> list[str]:
    """The headings over a column from the nearest upwards."""
    found: dict[str, None] = {}
    for row in range(last, first - 1, -1):
        said = sheet.at(row, column)
        if isinstance(said, str) and said.strip():
            found.setdefault(said.strip(), None)
    return list(found)


def _part(sheet: Sheet, headed: Iterable[list[str]]) -> str | None:
    """The element whose parts are all that the sheet holds; None for a sheet of whole guides."""
    said = [names for names in headed if not any(_mark(name) for name in names)]
    grouped = any(aliases.element(name) in TABLES for names in said for name in names[1:])
    if not said or grouped:
        return None
    named = aliases.element(sheet.name)
    fits = []
    for element, (needed, columns) in TABLES.items():
        found = [column for names in said if (column := _column(columns, names))]
        if needed in found or (named == element and found):
            fits.append((len(set(found)), element == named, element))
    best = max(fits, default=None)
    return best[2] if best and best[0] * 5 >= len(said) * 3 else None


def _mark(heading: str) -> bool:
    element = aliases.element(heading)
    return element in MARKS or element in NAMES


def _column(columns: Mapping[str, Column], names: Iterable[str]) -> str | None:
    """The column of a part that one of the headings names."""
    for name in names:
        for said in aliases.spellings(name):
            word = aliases.PARTS.get(aliases.plain(said), said)
            if (found := known(columns, word)) is not None:
                return found
    return None


def _meanings(headed: Mapping[int, list[str]], part: str | None) -> Iterable[Meaning]:
    active = [element for element, (needed, columns) in TABLES.items()
              if any(_column(columns, names) == needed and aliases.element(names[0]) is None for names in headed.values())]
    before: str | None = None
    bodies: dict[str, int] = {}
    for column, names in headed.items():
        heading = aliases.shown(names[0])
        element = next((found for name in names[:1] if (found := aliases.element(name))), None)
        above = next((found for name in names[1:] if (found := aliases.element(name)) in TABLES), None)
        if heading in REMEDIES:
            place = bodies[heading] = bodies.get(heading, -1) + 1
            yield Meaning(column, heading, ORDER[min(place, 1)], REMEDIES[heading], str(place))
        elif element in MARKS or element in NAMES:
            yield Meaning(column, heading, element)
        elif part is not None:
            found = _column(TABLES[part][1], names)
            yield Meaning(column, heading, part, found or heading) if found or element is None else Meaning(column, heading, element)
        elif above is not None and (found := _column(TABLES[above][1], names[:1])):
            before = above
            yield Meaning(column, heading, above, found)
        else:
            owner = _owner(names, element, active, before)
            before = owner[0] if owner else None
            yield Meaning(column, heading, *owner) if owner else Meaning(column, heading, element or _by_others(names))


def _owner(names: list[str], element: str | None, active: list[str], before: str | None) -> tuple[str, str] | None:
    """The part of which the column is one: of what stands before it, else the only one that knows it."""
    fits = [(one, found) for one in active if (found := _column(TABLES[one][1], names[:1]))]
    beside = next(((one, found) for one, found in fits if one == before), None)
    if element is None:
        return beside or (fits[0] if len(fits) == 1 else None)
    if element == "常见问题" and element in active:
        return "常见问题", "问"
    return beside if beside and aliases.plain(names[0]) in YIELDING else None


def _by_others(names: list[str]) -> str | None:
    """The element that a heading above the nearest one names."""
    return next((found for name in names[1:] if (found := aliases.element(name))), None)
