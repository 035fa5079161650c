"""rules/importing/sheets: a sheet that is one guide: labels with their values beside them, in one pair or several a row, and tables
of documents or stages between them."""
from collections.abc import Iterator

from portal.rules.importing.rows import known
from portal.rules.importing.sheets import aliases, checking
from portal.rules.importing.sheets.cells import BROKEN, Sheet, Spot, Told, text
from portal.rules.importing.sheets.columns import NAMES, TABLES, Meaning
from portal.rules.importing.sheets.items import Item, add_parts, put
from portal.rules.importing.sheets.taking import FAULTS

PAIRS, ROWS = 4, 3
"""So many labels that are elements, in so many rows, make a sheet such a form."""
Pair = tuple[int, int, int, str]
"""Row, column of the label, column of the value, label."""


def read(sheet: Sheet) -> Item | None:
    """The item of the sheet; None for a sheet that is no form."""
    parts = list(_tables(sheet))
    inside = {row for first, last, _, _ in parts for row in range(first, last)}
    pairs = [pair for row in range(len(sheet.rows)) if row not in inside for pair in _pairs(sheet, row)]
    told = [pair for pair in pairs if aliases.element(pair[3]) is not None]
    if len(told) < PAIRS or len({pair[0] for pair in told}) < ROWS or not any(aliases.element(pair[3]) in NAMES for pair in told):
        return None
    item = Item(Spot(sheet.name))
    for row, _, column, label in pairs:
        element = aliases.element(label)
        one = Meaning(column, aliases.shown(label), element)
        spot = Spot(sheet.name, row, column, one.heading)
        if (row, column) in sheet.faults:
            item.told.append(Told(spot, FAULTS[sheet.faults[row, column] == BROKEN]))
            continue
        words = checking.checked(one, sheet.at(row, column), text(sheet.at(row, column)), spot, item.told)
        if words and element != aliases.OWN:
            put(item, one, checking.limit(one, words, spot, (), item.told), spot, again=False)
    for first, last, element, columns in parts:
        for row in range(first + 1, last):
            cells = {one: words for one in columns if (words := text(sheet.at(row, one.column)))}
            if cells:
                add_parts(item, element, cells, Spot(sheet.name, row))
    return item


def _pairs(sheet: Sheet, row: int) -> Iterator[Pair]:
    """Labels of a row, each with the value that follows it; a label before another one has none."""
    cells = [(column, value) for column, value in enumerate(sheet.rows[row]) if value is not None or (row, column) in sheet.faults]
    at = 0
    while at + 1 < len(cells):
        (left, label), (right, value) = cells[at], cells[at + 1]
        if _label(label) and not (isinstance(value, str) and _label(value)):
            yield row, left, right, label
            at += 1
        at += 1


def _label(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 40 and aliases.known(value.rstrip("：: "))


def _tables(sheet: Sheet) -> Iterator[tuple[int, int, str, list[Meaning]]]:
    """Tables inside the form: the row of headings, the row after the last, the element, and the columns."""
    row = 0
    while row < len(sheet.rows):
        cells = {column: value for column, value in enumerate(sheet.rows[row]) if isinstance(value, str)}
        found = next(((element, names) for element, (needed, columns) in TABLES.items()
                      if needed in (names := {at: known(columns, value) for at, value in cells.items()}).values()
                      and sum(name is not None for name in names.values()) * 3 >= len(cells) * 2 and len(cells) > 1), None)
        if found is None:
            row += 1
            continue
        element, names = found
        end = row + 1
        while end < len(sheet.rows) and sheet.filled(end) and not any(_pairs(sheet, end)):
            end += 1
        yield row, end, element, [Meaning(at, cells[at], element, name) for at, name in names.items() if name]
        row = end
