"""publishing: what an import said of a workbook, as a workbook: a list of its guides, and the sheets with their cells marked."""
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from portal.publishing.tables import NEVER, OPTIONS
from portal.rules.guide.text import Text
from portal.rules.importing.sheets.cells import Sheet, words

Listed = tuple[str, str, str, Text, Text | None, Sequence[Any]]
"""A guide: where it stands, name, code, what becomes of it, who is in its way, and what was told of its cells or of the file."""
REPORT = "导入报告 Report"
COLUMNS = ("位置 Place", "事项名称 Item", "编码 Code", "结果 Outcome", "单元格 Cell", "列 Column", "问题和怎样改", "What is wrong, and what to do")
WIDTHS = (26, 30, 16, 18, 18, 18, 60, 60)
MOST = 31
"""Characters of a sheet's name."""


def report(sheets: Sequence[Sheet], listed: Sequence[Listed]) -> bytes:
    """The workbook. Cells with a mistake are red, those whose words were kept without a place are yellow, each with a comment."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": "导入报告 Import report", "created": NEVER})
    styles = {name: book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", **more}) for name, more in (
        ("head", {"bold": True, "bg_color": "#E9F1F7", "border": 1}), ("text", {}), ("wrong", {"bg_color": "#F8C9C4", "border": 1}),
        ("noted", {"bg_color": "#FFF1C4", "border": 1}))}
    _list(book.add_worksheet(REPORT), listed, styles)
    told = [cell for *_, cells in listed for cell in cells if isinstance(cell, dict)]
    taken = {REPORT.lower()}
    for sheet in sheets:
        if not sheet.hidden:
            _copy(book.add_worksheet(_name(sheet.name, taken)), sheet, [cell for cell in told if cell["sheet"] == sheet.name], styles)
    book.close()
    return out.getvalue()


def _list(sheet, listed: Sequence[Listed], styles: dict) -> None:
    for at, (heading, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.write_string(0, at, heading, styles["head"])
        sheet.set_column(at, at, width)
    row = 0
    for place, name, code, outcome, busy, cells in listed:
        base = [place, name, code, f"{outcome.zh} {outcome.said('en')}"]
        lines = [[*base, "", "", busy.zh, busy.said("en")]] if busy is not None else []
        for cell in cells:
            if isinstance(cell, dict):
                spot = f"{cell['sheet']} {cell['cell'] or cell['row'] or ''}".strip()
                lines.append([*base, spot, cell["heading"] or "", cell["zh"], cell["en"]])
            else:
                lines.append([*base, "", "", cell, ""])
        for line in lines or [[*base, "", "", "", ""]]:
            row += 1
            for at, said in enumerate(line):
                sheet.write_string(row, at, said, styles["text"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(row, 1), len(COLUMNS) - 1)


def _copy(target, sheet: Sheet, told: Sequence[dict[str, Any]], styles: dict) -> None:
    """The sheet as it stands, with its marks. A remark on a whole row stands at its first cell."""
    marks: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for cell in told:
        if cell["row"] is not None:
            marks.setdefault((cell["row"] - 1, _column(cell["column"])), []).append(cell)
    for number, row in enumerate(sheet.rows):
        for at, value in enumerate(row):
            if value is not None and (number, at) not in marks:
                target.write_string(number, at, words(value))
    for (number, at), cells in marks.items():
        style = styles["wrong" if any(cell["error"] for cell in cells) else "noted"]
        value = sheet.at(number, at) if number < len(sheet.rows) else None
        target.write_string(number, at, words(value), style) if value is not None else target.write_blank(number, at, None, style)
        target.write_comment(number, at, "\n".join(f"{cell['zh']}\n{cell['en']}" for cell in cells)[:1000], {"x_scale": 2.5, "y_scale": 2})


def _column(letters: str | None) -> int:
    number = 0
    for letter in letters or "A":
        number = number * 26 + ord(letter) - 64
    return number - 1


def _name(name: str, taken: set[str]) -> str:
    """The sheet's name as a workbook takes it, and none twice."""
    plain = "".join("_" if mark in "[]:*?/\\" else mark for mark in name).strip("'")[:MOST] or "Sheet"
    number, said = 1, plain
    while said.lower() in taken:
        number += 1
        said = f"{plain[:MOST - 4]} ({number})"
    taken.add(said.lower())
    return said
