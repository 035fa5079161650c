"""rules/importing/sheets: the rows of one sheet of the template, cell by cell, before they are joined to each other."""
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.rules.guide.codes import Unit
from portal.rules.guide.text import Text
from portal.rules.importing.sheets import values
from portal.rules.importing.sheets.cells import BROKEN, Sheet, Spot, Told, Value, rows_of, text, uneven, verbatim
from portal.rules.importing.sheets.shape import Column, Kind, Table

EXAMPLE, UNIT = "示例", "unit"
EXAMPLES = ("填写说明", "说明", "词表", "Sheet1", "Sheet2", "Sheet3", "Instructions")
"""Sheets beside the template's tables that nobody expects to be read."""
FAULTS = {
    True: Text(zh="单元格显示的是表格软件的错误（如 #REF!、#N/A）。请改正公式，或者直接填写值。",
               en="The cell shows an error of the spreadsheet (such as #REF! or #N/A). Correct the formula, or write the value itself."),
    False: Text(zh="单元格里是没有算出结果的公式。导入不会计算公式，请把它换成值（复制后“选择性粘贴·数值”）。",
                en="The cell holds a formula without its result. Import calculates nothing: put the value in its place (paste as values)."),
}


@dataclass(frozen=True)
class Found:
    """A sheet with its table, the row of its headings, and for each column what stands above it and which column it is."""

    sheet: Sheet
    table: Table
    head: int
    columns: dict[int, tuple[str, Column | None]]


@dataclass(eq=False)
class Taken:
    """A row of a table. `plain` are its values, `cells` says in which column each stands, `references` name what it
    belongs to, by the path of the table (empty for the guide)."""

    table: Table
    sheet: str = ""
    row: int | None = None
    plain: dict[str, Any] = field(default_factory=dict)
    cells: dict[tuple[str, ...], tuple[int, str]] = field(default_factory=dict)
    references: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    left: list[tuple[str, str, int]] = field(default_factory=list)
    """What stood under headings that the template does not have: heading, words, column."""
    parent: "Taken | None" = None
    children: dict[str, list["Taken"]] = field(default_factory=dict)
    named: dict[tuple[str, str], list["Taken"]] = field(default_factory=dict)
    """The rows below by the path of their table and what they are called."""

    def spot(self, names: tuple[str, ...] = ()) -> Spot:
        """The cell of the value, or of the nearest one that it lies in; else the row."""
        for end in range(len(names), 0, -1):
            if names[:end] in self.cells:
                return Spot(self.sheet, self.row, *self.cells[names[:end]])
        inner = next((at for known, at in self.cells.items() if names and known[:len(names)] == names), None)
        return Spot(self.sheet, self.row, *inner) if inner else Spot(self.sheet, self.row)


def take(found: Found) -> Iterator[Taken]:
    """The rows under the headings. An example of the template is passed over, and so is a row in which nothing stands."""
    for row in rows_of(found.sheet, found.head + 1):
        taken = Taken(found.table, found.sheet.name, row)
        english: dict[tuple[str, ...], tuple[Column, Any]] = {}
        for at, (heading, column) in found.columns.items():
            fault = found.sheet.faults.get((row, at))
            if fault is not None:
                taken.told.append(Told(Spot(found.sheet.name, row, at, _line(heading)), FAULTS[fault == BROKEN]))
                continue
            value = found.sheet.at(row, at)
            if value is None:
                continue
            if column is None:
                taken.left.append((_line(heading), verbatim(value), at))
            elif column.kind is Kind.REFERENCE:
                taken.references[column.path] = (verbatim(value), at, _line(heading))
            else:
                _take(taken, column, value, at, _line(heading), english)
        _in_english(taken, english)
        taken.left += _beside(found, row)
        broken = uneven(found.sheet, found.head + 1, row)
        if broken is not None:
            taken.told, taken.left = [broken], []
        if not _example(taken) and (taken.plain or taken.references or taken.told or taken.left):
            yield taken


def _line(heading: str) -> str:
    return heading.strip().split("\n")[0].strip()


def _take(taken: Taken, column: Column, value: Value, at: int, heading: str, english: dict) -> None:
    """Reads one cell into its place; one that cannot be read is told."""
    taken.cells.setdefault(column.names, (at, heading))
    try:
        if column.kind is Kind.QUARTERS and (limit := values.limit_of(value)) is not None:
            known = _get(taken.plain, (*column.names[:-1], UNIT))
            _put(taken.plain, column.names[:-1], limit)
            return _one_unit(known, limit[UNIT])
        read = values.read(column, value)
        if column.names[-1] == UNIT and column.kind is Kind.ONE:
            _one_unit(_get(taken.plain, column.names), read)
    except values.Unfit as unfit:
        taken.told.append(Told(Spot(taken.sheet, taken.row, at, heading), unfit.text))
        return
    if column.english:
        english[column.names] = (column, read)
        taken.cells[(*column.names, "en")] = (at, heading)
    elif read not in ("", []):
        _put(taken.plain, column.names, read)


def _one_unit(other: str | None, unit: str) -> None:
    """Of a unit in the cell of the amount and another in its own, none is the right one: days are not working days. Raises Unfit."""
    if other is not None and other != unit:
        one, two = Unit(other).text, Unit(unit).text
        raise values.Unfit(f"数量和单位两列写的单位不同：“{one.zh}”和“{two.zh}”。请在数量一列只写数字，在单位一列选单位。",
                           f"The columns of amount and unit name two units, “{one.said('en')}” and “{two.said('en')}”. Write digits alone "
                           "in the one, and choose the unit in the other.")


def _in_english(taken: Taken, english: dict[tuple[str, ...], tuple[Column, Any]]) -> None:
    """Puts the English beside its Chinese, which must be there; of several texts line beside line."""
    for names, (column, said) in english.items():
        chinese = _get(taken.plain, names)
        spot = Spot(taken.sheet, taken.row, *taken.cells[(*names, "en")])
        if chinese is None:
            taken.told.append(Told(spot, Text(zh="只有英文，没有中文。请先填写前一列的中文。",
                                              en="There is English without Chinese. Fill in the Chinese in the column before it.")))
        elif column.kind is Kind.TEXT:
            _put(taken.plain, names, {"zh": chinese, "en": said})
        elif len(said) > len(chinese):
            taken.told.append(Told(spot, Text(
                zh=f"英文有 {len(said)} 行，中文只有 {len(chinese)} 行。请一行对一行，没有英文的那行写“{values.NOT_SAID}”。",
                en=f"There are {len(said)} lines of English for {len(chinese)} of Chinese. Give line for line, with “{values.NOT_SAID}” "
                   "where there is no English.")))
        else:
            pairs = [*said, *[values.NOT_SAID] * (len(chinese) - len(said))]
            _put(taken.plain, names, [zh if en in ("", values.NOT_SAID) else {"zh": zh, "en": en}
                                      for zh, en in zip(chinese, pairs, strict=True)])


def _beside(found: Found, row: int) -> list[tuple[str, str, int]]:
    """Cells under no heading at all, which are kept too."""
    return [("无表头的列", text(value), at) for at, value in enumerate(found.sheet.rows[row])
            if value is not None and at not in found.columns and text(value)]


def _example(taken: Taken) -> bool:
    number = taken.references.get("", ("", 0, ""))[0]
    return number.startswith(EXAMPLE) or number.lower().startswith("example")


def _put(plain: dict[str, Any], names: tuple[str, ...], value: Any) -> None:
    for name in names[:-1]:
        plain = plain.setdefault(name, {})
    if isinstance(value, dict) and isinstance(plain.get(names[-1]), dict):
        plain[names[-1]] |= value
    else:
        plain[names[-1]] = value


def _get(plain: dict[str, Any], names: tuple[str, ...]) -> Any:
    value: Any = plain
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
