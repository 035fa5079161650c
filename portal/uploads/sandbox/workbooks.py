"""uploads/sandbox: a workbook's cells as plain values. Formulas give the result that was stored with them; none is calculated.

What calamine leaves empty although something stands there is named: cells that show an error, and formulas without a result.
"""
import io
import json
import re
import zipfile
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum, ZipError
from refusal import Refused

MAX_SHEETS, MAX_ROWS, MAX_CELLS, MAX_PART = 60, 50_000, 4_000_000, 200 << 20
"""Sheets, rows of a sheet, cells of a workbook, and bytes of a part of it when unpacked."""
_CELL = re.compile(rb'<(?:\w+:)?c\s([^>]*?)(/>|>(.*?)</(?:\w+:)?c>)', re.DOTALL)
_AT = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?>')
BOX = b"PK\x03\x04"


def workbook(data: bytes) -> bytes:
    """The sheets as JSON. Raises Refused."""
    _small_enough(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise Refused("locked") from None
    except (CalamineError, ZipError, OSError, ValueError):
        raise Refused("no_workbook") from None
    if len(book.sheet_names) > MAX_SHEETS:
        raise Refused("too_many_cells")
    faults, sheets, cells = _faults(data), [], 0
    for meta in book.sheets_metadata:
        if "WorkSheet" not in str(meta.typ):
            continue
        sheet = _sheet(book, meta.name)
        cells += sheet.total_height * sheet.total_width
        if cells > MAX_CELLS:
            raise Refused("too_many_cells")
        rows = [_row(row) for row in sheet.to_python(skip_empty_area=False)]
        at = {place: word for place, word in faults.get(meta.name, {}).items() if place[0] < MAX_ROWS}
        rows += [[]] * (max((row for row, _ in at), default=-1) + 1 - len(rows))  # a formula without a result is no cell to calamine
        while rows and not rows[-1] and not any(row == len(rows) - 1 for row, _ in at):
            rows.pop()
        if len(rows) > MAX_ROWS:
            raise Refused("too_many_rows")
        sheets.append(json.dumps({
            "name": meta.name, "hidden": meta.visible != SheetVisibleEnum.Visible, "rows": rows,
            "merged": [[*top, *bottom] for top, bottom in sheet.merged_cell_ranges or []],
            "faults": [[*place, word] for place, word in sorted(at.items())]}, ensure_ascii=False))
    return f"[{','.join(sheets)}]".encode()


def _row(cells) -> list:
    """The cells of a row up to the last in which something stands."""
    row = [_plain(cell) for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return row


def _sheet(book: CalamineWorkbook, name: str):
    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, ValueError):
        raise Refused("no_workbook") from None


def _small_enough(data: bytes) -> None:
    """Refuses a box whose parts would unpack to what no table is."""
    if not data.startswith(BOX):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            if any(part.flag_bits & 1 for part in box.infolist()):
                raise Refused("locked")
            if sum(part.file_size for part in box.infolist()) > MAX_PART:
                raise Refused("too_heavy")
    except zipfile.BadZipFile:
        raise Refused("no_workbook") from None


def _plain(cell):
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode() if cell.strip() else None
    if isinstance(cell, (datetime, date)):
        return {"day": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return str(cell)
    return cell


def _faults(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Broken and uncalculated cells by sheet, of an XLSX; other formats do not say."""
    if not data.startswith(BOX):
        return {}
    found: dict[str, dict[tuple[int, int], str]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        for name, part in _parts(box).items():
            at = found.setdefault(name, {})
            text = box.read(part)
            for match in _CELL.finditer(text) if b't="e"' in text or b"<f" in text else ():
                place, inner = _AT.search(match[1]), match[3] or b""
                if place is None:
                    continue
                if b't="e"' in match[1]:
                    at[_numbers(place)] = "broken"
                elif b"<f" in inner and not re.search(rb"<(?:\w+:)?v[ >/]", inner):
                    at[_numbers(place)] = "uncalculated"
    return found


def _parts(box: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    names = set(box.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    targets = {}
    for row in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", box.read("xl/_rels/workbook.xml.rels")):
        said = dict(re.findall(rb'(\w+)="([^"]*)"', row))
        target = said.get(b"Target", b"").decode("utf-8", "replace")
        targets[said.get(b"Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found = {}
    for row in _SHEET.findall(box.read("xl/workbook.xml")):
        said = dict(re.findall(rb'([\w:]+)="([^"]*)"', row))
        part = targets.get(next((value for key, value in said.items() if key.endswith(b":id")), None))
        if part in names:
            found[_unescaped(said.get(b"name", b"").decode("utf-8", "replace"))] = part
    return found


def _unescaped(text: str) -> str:
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(mark, sign)
    return text


def _numbers(place: re.Match) -> tuple[int, int]:
    column = 0
    for letter in place[1]:
        column = column * 26 + letter - 64
    return int(place[2]) - 1, column - 1
