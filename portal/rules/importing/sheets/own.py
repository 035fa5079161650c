"""rules/importing/sheets: workbooks in the layout of Banshi's template become guides; what is wrong is told by its cell.

A guide with one mistake is no guide: its mistakes are told, and the other guides of the workbook stand.
"""
from collections.abc import Iterable, Iterator
from itertools import chain

from pydantic import ValidationError

from portal.rules.guide.document import GuideFile
from portal.rules.guide.mistakes import mistakes
from portal.rules.guide.text import Text
from portal.rules.guide.written import checked
from portal.rules.importing.own import report_of_own
from portal.rules.importing.report import Report
from portal.rules.importing.sheets.cells import Sheet, Spot, Told, told_first
from portal.rules.importing.sheets.joining import Made, join
from portal.rules.importing.sheets.shape import BELONGS, REFERENCE, Table, plain_heading, table_of, tables
from portal.rules.importing.sheets.taking import EXAMPLES, Found, Taken, take
from portal.rules.importing.sources import Imported

HEAD = 15
"""Rows in which the headings are looked for: titles and remarks may stand above them."""
MAX_TOLD = 60
_REFERENCES = {plain_heading(name) for one in (REFERENCE, BELONGS) for name in (one.zh, one.said("en"))}


def finds(sheets: Iterable[Sheet]) -> bool:
    """Whether the workbook is in the template's layout: a sheet has a column that says to which guide a row belongs."""
    return any(_head(sheet) is not None for sheet in sheets)


def read(name: str, sheets: list[Sheet]) -> tuple[int, Iterator[Imported]]:
    """How many guides the workbook has, and each with its report; last what belongs to none of them."""
    loose: list[Told] = []
    taken: list[Taken] = []
    for sheet in sheets:
        found = _found(sheet, loose)
        if found is not None:
            taken += take(found)
    order = {one.path: number for number, one in enumerate(tables())}
    taken.sort(key=lambda row: order[row.table.path])
    guides = join(taken, loose)
    errors, notes = [told for told in loose if told.error], [told for told in loose if not told.error]
    rest = [Imported(_report(name, errors), None)] if errors else []
    return len(guides) + len(rest), told_first(chain((_imported(name, one) for one in guides), rest), notes)


def _head(sheet: Sheet) -> int | None:
    for row in range(min(HEAD, len(sheet.rows))):
        if any(isinstance(cell, str) and plain_heading(cell) in _REFERENCES for cell in sheet.rows[row]):
            return row
    return None


def _by_most(sheet: Sheet) -> int | None:
    """The row that knows most headings of the table that the sheet's name says; for a sheet without the column of the guides."""
    one = table_of(sheet.name)
    if one is None:
        return None
    counts = [(sum(isinstance(cell, str) and one.column(cell) is not None for cell in row), -at) for at, row in enumerate(sheet.rows[:HEAD])]
    count, at = max(counts, default=(0, 0))
    return -at if count > 1 else None


def _found(sheet: Sheet, loose: list[Told]) -> Found | None:
    """The sheet with its table and the place of its headings; None for one that is not part of the template."""
    head = _head(sheet)
    if head is None:
        head = _by_most(sheet)
    if head is None:
        if any(sheet.filled(row) for row in range(len(sheet.rows))) and plain_heading(sheet.name) not in map(plain_heading, EXAMPLES):
            loose.append(Told(Spot(sheet.name), Text(
                zh="这张表没有“所属指南”或“指南编号”一列，没有读。", en="This sheet has no column 所属指南 (of guide) or 指南编号 (guide no.); it was not read."), False))
        return None
    headings = {column: cell for column, cell in enumerate(sheet.rows[head]) if isinstance(cell, str)}
    one = table_of(sheet.name) or _by_headings(headings.values())
    if one is None:
        loose.append(Told(Spot(sheet.name), Text(
            zh="认不出这张表是指南的哪一部分。请把工作表改成模板里的名字，如“材料”“环节”。",
            en="Nobody can tell which part of a guide this sheet is. Give it the name that it has in the template, such as 材料 or 环节.")))
        return None
    return Found(sheet, one, head, {column: (said, one.column(said)) for column, said in headings.items()})


def _by_headings(headings: Iterable[str]) -> Table | None:
    """The one table that knows most of the headings; None where two know as many."""
    said = list(headings)
    fits = sorted(((sum(one.column(heading) is not None for heading in said), one) for one in tables()), key=lambda fit: -fit[0])
    return fits[0][1] if fits[0][0] > fits[1][0] and fits[0][0] > 1 else None


def _imported(name: str, made: Made) -> Imported:
    file, known = None, {told.spot for told in made.told}
    try:
        file = checked(GuideFile.model_validate(made.plain()))
    except ValidationError as error:
        # A cell that could not be read is told once, not again as missing.
        made.told += [told for told in _mistaken(made, error) if told.spot not in known]
    if file is None or any(told.error for told in made.told):
        return Imported(_report(name, made.told, made), None)
    left = list(made.left())
    made.told += [Told(spot, Text(zh=f"模板里没有这一列，“{said[:40]}”保留在草稿的其他字段里。",
                                  en=f"The template has no such column; “{said[:40]}” is kept in the draft among the further fields."), False)
                  for _, said, spot in left]
    report = report_of_own(name, file)
    report.unplaced += [f"{heading}：{said}" for heading, said, _ in left]
    report.cells = [told.plain() for told in made.told]
    report.at = made.row.spot().said().zh
    return Imported(report, file)


def _mistaken(made: Made, error: ValidationError) -> Iterator[Told]:
    """What the document refuses, each at its cell."""
    for one in mistakes(error):
        yield Told(made.spot([int(part) if part.isdigit() else part for part in one.at.split("/")[1:]]), one.said)


def _report(name: str, told: list[Told], made: Made | None = None) -> Report:
    errors = [f"{said.zh} {said.said('en')}" for said in (one.said() for one in told if one.error)]
    return Report(name, made.name if made else None, made.code if made else None, errors=errors[:MAX_TOLD],
                  cells=[one.plain() for one in told], at=made.row.spot().said().zh if made else None)
