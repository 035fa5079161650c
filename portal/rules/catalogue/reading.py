"""rules: a list's bytes become entries: JSON, CSV in UTF-8 or GB 18030, or the first sheet of a workbook that has items."""
import csv
import json
from collections.abc import Iterable
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from portal.rules.catalogue.shapes import FIELDS, Catalogue, NoList, Row, from_json, taken
from portal.rules.guide.text import Text

ENDINGS = (".json", ".xlsx", ".csv")
HEAD = 10
"""The heading of a table stands within so many rows."""
LEADS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")
"""What a cell of a table begins with that spreadsheets would not leave alone: it has an apostrophe before it."""


def read(name: str, data: bytes) -> Catalogue:
    """The list in a file of that name. Raises NoList where it cannot be read as one."""
    ending = name[name.rfind("."):].lower() if "." in name else ""
    if ending == ".json":
        return from_json(_json(data))
    if ending == ".csv":
        rows = csv.reader(StringIO(_decoded(data), newline=""))
        return from_table([_unguarded(cell) for cell in row] for row in rows)
    if ending == ".xlsx":
        return _workbook(data)
    raise NoList("catalogue.ending", "只能载入 .json、.xlsx、.csv 文件。", "Only .json, .xlsx and .csv files are taken.")


def from_table(rows: Iterable[list[Any]]) -> Catalogue:
    """Entries of a table whose heading names at least the items and their departments. Raises NoList where there is none."""
    columns: list[str] | None = None
    found = []
    for number, cells in enumerate(rows, 1):
        if columns is None:
            named = [str(cell).strip() for cell in cells]
            if {"name", "department"} <= {FIELDS.get(one) for one in named}:
                columns = [FIELDS.get(one, one) for one in named]
                _each_once(columns)
            elif number >= HEAD:
                break
        elif any(str(cell).strip() for cell in cells if cell is not None):
            kept = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
            found.append(Row(Text(zh=f"第{number}行", en=f"row {number}"), kept))
    if columns is None:
        raise NoList("catalogue.no_heading", f"前 {HEAD} 行里没有表头。表头至少要有“部门”和“事项名称”两列。",
                     f"There is no heading in the first {HEAD} rows. It needs at least the columns 部门 (department) and 事项名称 (name).")
    return taken(found)


def _each_once(columns: list[str]) -> None:
    twice = next((one for one in columns if one and columns.count(one) > 1), None)
    if twice:
        raise NoList("catalogue.column_twice", f"表头里“{twice}”有两列，请留一列。", f"The heading has two columns for “{twice}”; keep one.")


def _workbook(data: bytes) -> Catalogue:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise NoList("catalogue.no_workbook", "不是能打开的 XLSX 文件，可能没有传完整。请重新导出一次。",
                     "This is no workbook that can be opened; perhaps it is cut off. Export it again.") from error
    for sheet in sheets:
        try:
            return from_table(sheet)
        except NoList as problem:
            if problem.code != "catalogue.no_heading":
                raise
            last = problem
    raise last if sheets else NoList("catalogue.no_sheet", "工作簿里没有工作表。", "The workbook has no sheet.")


def _json(data: bytes) -> Any:
    try:
        return json.loads(_decoded(data))
    except (ValueError, RecursionError) as error:
        raise NoList("catalogue.no_json", f"不是正确的 JSON：{error}。请改正，或重新导出。", f"This is no JSON: {error}. Correct it, or export it again.") from error


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoList("catalogue.encoding", "文件的文字编码认不出。请另存为 UTF-8。", "The encoding of the text is not known. Save it as UTF-8.")


def _unguarded(cell: str) -> str:
    """The cell of a CSV file without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(LEADS) else cell
