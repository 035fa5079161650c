"""publishing: the catalogue as files: JSON in the levels of the list, and tables that other programs open."""
from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from portal.publishing.tables import NEVER, OPTIONS
from portal.rules.catalogue import writing
from portal.rules.catalogue.entries import Entry

NARROW, WIDE = 18, 48


def as_xlsx(entries: Sequence[Entry]) -> bytes:
    """The list as a workbook of one sheet, every cell a text, which no spreadsheet takes for a number or a formula."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"created": NEVER})
    text, head = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}), book.add_format({"bold": True, "bg_color": "#E9F1F7", "border": 1})
    sheet = book.add_worksheet("事项目录")
    rows = writing.table(entries)
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            if cell:
                sheet.write_string(number, at, cell, text if number else head)
    sheet.set_column(0, len(rows[0]) - 1, NARROW)
    sheet.set_column(2, 2, WIDE)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
    book.close()
    return out.getvalue()


WRITERS = {".json": writing.as_json, ".csv": writing.as_csv, ".xlsx": as_xlsx}
"""How a list is written, by the ending of the file."""
