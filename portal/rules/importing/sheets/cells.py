"""rules/importing/sheets: a sheet as its cells stand, where a cell is, and what is said about one.

A cell is a text, a number, a yes or no, a day, a time, or None. Rows and columns are counted from 0 here; people read
`工作表“材料”第 5 行 C5`.
"""
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from portal.rules.guide.text import Text
from portal.rules.importing import characters

Value = str | float | bool | date | time | None
MAX_ROWS, MAX_CELLS = 50_000, 4_000_000
"""Rows and cells of a table; `portal/uploads/sandbox/workbooks.py` holds workbooks to the same."""
MAX_MERGED = 5_000
EXACT = 10**15
"""From here on a spreadsheet's number has lost digits."""
_POWER = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{2,3}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
BROKEN, UNCALCULATED = "broken", "uncalculated"
"""What may be wrong with a cell itself: it shows an error of the spreadsheet, or a formula that was never calculated."""


@dataclass(frozen=True)
class Sheet:
    """`rows` begins with row 1 of the sheet; `merged` are ranges as (top, left, bottom, right); `faults` names what is
    wrong with a cell itself; `divided` says that marks in a text divide the cells."""

    name: str
    rows: list[list[Value]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    divided: bool = False

    def at(self, row: int, column: int) -> Value:
        """The cell; one of a merged range says what the range says."""
        value = self._own(row, column)
        if value is None and (top := self._covered.get((row, column))) is not None:
            return self._own(*top)
        return value

    @cached_property
    def _covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Where the words of each cell of a merged range stand; a range over whole columns is none that anybody means."""
        covered = {}
        for top, left, bottom, right in self.merged:
            if (bottom - top + 1) * (right - left + 1) <= MAX_MERGED:
                covered |= {(row, column): (top, left) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        return covered

    def filled(self, row: int) -> bool:
        """Whether anything stands in the row, be it only a cell that is wrong."""
        return any(value is not None for value in self.rows[row]) or any(at[0] == row for at in self.faults)

    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def _own(self, row: int, column: int) -> Value:
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else None

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Sheet":
        """The sheet that the sandbox wrote down as plain values."""
        faults = {(row, column): word for row, column, word in plain.get("faults", ())}
        merged = tuple((top, left, bottom, right) for top, left, bottom, right in plain.get("merged", ()))
        return cls(plain["name"], [[_value(cell) for cell in row] for row in plain["rows"]], plain.get("hidden", False), merged, faults)


def _value(cell: Any) -> Value:
    if isinstance(cell, dict):
        if "day" in cell:
            moment = datetime.fromisoformat(cell["day"])
            return moment.date() if moment.time() == time() else moment
        return time.fromisoformat(cell["time"])
    if isinstance(cell, str):
        return cell if cell.strip() else None
    return cell


def letters(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    said = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said


def place(row: int, column: int) -> str:
    """The name of a cell: C5."""
    return f"{letters(column)}{row + 1}"


def words(value: Value) -> str:
    """A cell in words, as somebody would type it: 5 for 5.0, 是 for a yes, 2026-01-31 for a day, 08:30 for a time."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() and abs(value) < EXACT else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    if isinstance(value, time):
        return value.strftime("%H:%M") if not value.second else value.isoformat("seconds")
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def verbatim(value: Value) -> str:
    """A cell as it was written, without control characters, its lines ended alike."""
    return _CONTROL.sub("", words(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def text(value: Value) -> str:
    """A cell in words without what nobody sees, lines ended alike."""
    return "\n".join(line.strip() for line in characters.clean(words(value)).split("\n")).strip()


def lost_digits(value: Value) -> bool:
    """Whether the cell is a long code that a spreadsheet made a number of: 4.40301E+30."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return abs(value) >= EXACT
    return isinstance(value, str) and bool(_POWER.fullmatch(value.strip()))


@dataclass(frozen=True)
class Spot:
    """One cell, or a row (`column` None), or a whole sheet (`row` None), with the heading above it."""

    sheet: str
    row: int | None = None
    column: int | None = None
    heading: str = ""

    def said(self) -> Text:
        if self.row is None:
            return Text(zh=f"工作表“{self.sheet}”", en=f"Sheet “{self.sheet}”")
        if self.column is None:
            return Text(zh=f"工作表“{self.sheet}”第 {self.row + 1} 行", en=f"Sheet “{self.sheet}”, row {self.row + 1}")
        named = (f"（{self.heading}）", f" ({self.heading})") if self.heading else ("", "")
        cell = place(self.row, self.column)
        return Text(zh=f"工作表“{self.sheet}”第 {self.row + 1} 行 {cell}{named[0]}",
                    en=f"Sheet “{self.sheet}”, row {self.row + 1}, {cell}{named[1]}")


@dataclass(frozen=True)
class Told:
    """What is wrong with a cell and what to do, or, where it is no `error`, what became of its words."""

    spot: Spot
    what: Text
    error: bool = True

    def said(self) -> Text:
        where = self.spot.said()
        return Text(zh=f"{where.zh}：{self.what.zh}", en=f"{where.en}: {self.what.said('en')}")

    def plain(self) -> dict[str, Any]:
        """The row of a report: `row` from 1, `column` in letters."""
        spot = self.spot
        cell = None if spot.row is None or spot.column is None else place(spot.row, spot.column)
        return {"sheet": spot.sheet, "row": None if spot.row is None else spot.row + 1,
                "column": None if spot.column is None else letters(spot.column), "cell": cell, "heading": spot.heading or None,
                "error": self.error, "zh": self.what.zh, "en": self.what.said("en")}


def uneven(sheet: Sheet, body: int, row: int) -> Told | None:
    """That a row of CSV has not as many cells as the headings above `body` (RFC 4180, section 2): a mark was read as one that
    divides, or a line's end as the row's, and what follows stands under headings that are not its own."""
    width = max((at + 1 for head in sheet.rows[:body] for at, value in enumerate(head) if value is not None), default=0)
    cells = sheet.rows[row]
    if not sheet.divided or (len(cells) >= width and not any(value is not None for value in cells[width:])):
        return None
    return Told(Spot(sheet.name, row), Text(
        zh=f"这一行有 {len(cells)} 格，表头有 {width} 格，后面的内容会错位，所以没有导入。文字里有逗号或换行的，要用引号括起来；"
           "也可以在表格软件里另存为 .xlsx 再导入。",
        en=f"The row has {len(cells)} cells and the headings are {width}, so what follows would stand in wrong columns; it was not imported. Put "
           "words with commas or line breaks in quotation marks, or save the table as .xlsx and import that."))


def rows_of(sheet: Sheet, since: int) -> Iterator[int]:
    """The rows that hold something, from this one on."""
    return (row for row in range(since, len(sheet.rows)) if sheet.filled(row))


def told_first(rows: Iterator[Any], told: list[Told]) -> Iterator[Any]:
    """The drafts (`sources.Imported`), the first of which also tells what belongs to none of them."""
    for row in rows:
        row.report.cells += [one.plain() for one in told]
        told = []
        yield row
