"""publishing: guides as a workbook in the layout of the template, the empty template itself, and a workbook with its mistakes marked.

The columns are the schema's (`rules.importing.sheets.shape`), so that a new element has its column at once. Every text is
stored as text: nothing is run where the workbook is opened.
"""
from collections.abc import Iterable
from io import BytesIO

import xlsxwriter

from portal.publishing.tables import NEVER, OPTIONS
from portal.rules.guide.codes import Listed
from portal.rules.guide.document import GuideFile
from portal.rules.guide.helping import help_for
from portal.rules.importing.sheets import writing
from portal.rules.importing.sheets.cells import letters
from portal.rules.importing.sheets.example import example
from portal.rules.importing.sheets.shape import BELONGS, GUIDES, Column, Kind, Table, tables
from portal.rules.importing.sheets.taking import EXAMPLE
from portal.rules.importing.sheets.writing import Row

WORDS, INSTRUCTIONS = "词表", "填写说明"
LAST = 5_000
"""The last row that has lists to choose from."""
HOW = {
    Kind.TEXTS: ("一行一条。", "One a line."), Kind.STRINGS: ("一行一条。", "One a line."),
    Kind.KEYS: ("写名称或标识，一行一个。", "Names or keys, one a line."), Kind.KEY: ("小写字母开头，只用小写字母、数字和下划线；空着由系统编。",
                                                                  "A small letter, then small letters, digits and _; made by itself where empty."),
    Kind.CODE: ("按文本填写，不要让表格软件变成数字。", "Written as text: do not let the spreadsheet make a number of it."),
    Kind.DAY: ("写成 2026-01-31 的样子。", "Like 2026-01-31."), Kind.MONTH_DAY: ("写成 05-01 的样子。", "Like 05-01."),
    Kind.YES_NO: ("是或否；不清楚就空着。", "是 (yes) or 否 (no); empty where it is not known."),
    Kind.MANY: ("可以写几个，用顿号隔开：", "Several are divided by 、: "), Kind.MONEY: ("只写数字，以元为单位。", "Digits alone, in yuan."),
    Kind.QUARTERS: ("只写数字，如 5 或 0.5；也可以写“5个工作日”。", "Digits alone, such as 5 or 0.5; 5个工作日 will do too."),
    Kind.WEEKDAYS: ("如：周一至周五。", "Such as 周一至周五."), Kind.SPANS: ("如 08:30-12:00，一行一段。", "Such as 08:30-12:00, a span a line."),
    Kind.CONDITION: ("写成“问题标识 = 选项标识”；几个之间写“且”或“或”。", "Question = option, by their keys; joined by 且 (and) or 或 (or)."),
}
INTRODUCTION = (
    ("这个工作簿是导入办事指南的模板。", "This workbook is the template for importing guides."),
    ("“指南”表一行一份指南；其余各表一行一项，用“所属指南”写它属于哪一份：写指南编号、基本编码或事项名称。",
     "A row of the sheet 指南 is a guide; a row of the other sheets is a part of one, and 所属指南 says of which: by its number, basic code or name."),
    ("带 * 的列必须填写。不用的列和工作表可以空着或删去，列的顺序可以变；表头的文字不要改。",
     "Columns with * must be filled in. What is not used may stay empty or be deleted, and columns may be moved; headings stay as they are."),
    ("灰色的行是示例，编号以“示例”开头，导入时跳过。", "Grey rows are an example: their number begins with 示例, and the import passes them over."),
    ("编码、电话、日期按文本填写。公式不会计算：请粘贴为值。", "Codes, telephones and dates are text. Formulas are not calculated: paste values."),
    ("多出来的列不会丢：内容连同表头保留在草稿的“来源系统的其他字段”里。", "Further columns are not lost: they are kept in the draft under their headings."),
    ("先试导入，按单元格改好错误，再导入：工作台“指南编审·导入”，或 ./banshi import 文件.xlsx --dry-run。",
     "Try first, correct what is told cell by cell, then import: at the desk, or with ./banshi import FILE.xlsx --dry-run."),
    ("一份指南有一处错误，这份就不导入；其他的照常导入。", "A guide with a mistake is not imported; the others are."),
)


def template() -> bytes:
    """The empty template: instructions, a sheet a part with its lists and help, and one example."""
    rows = writing.rows([example()])
    shown = {path: [_as_example(path, row) for row in found] for path, found in rows.items()}
    return _book(shown, examples=True)


def export(files: Iterable[GuideFile]) -> bytes:
    """The guides in the template's layout. Raises `writing.TooLong`."""
    return _book(writing.rows(files), examples=False)


def _as_example(path: str, row: Row) -> Row:
    return [EXAMPLE, *row[1:]]


def _book(rows: dict[str, list[Row]], *, examples: bool) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": "办事指南 Guides", "created": NEVER})
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#E9F1F7", "border": 1, "text_wrap": True, "valign": "top"}),
        "owed": book.add_format({"bold": True, "bg_color": "#CFE2F0", "border": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
        "example": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "italic": True, "font_color": "#6B6B6B", "bg_color": "#F2F2F2"}),
    }
    _instructions(book)
    lists = _lists()
    for one in tables():
        _sheet(book, one, rows.get(one.path, []), styles, lists, examples)
    _words(book, lists)
    book.worksheets()[1].activate()
    book.close()
    return out.getvalue()


def _instructions(book) -> None:
    sheet = book.add_worksheet(INSTRUCTIONS)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 60, wrap)
    sheet.set_column(1, 1, 60, wrap)
    for number, (zh, en) in enumerate(INTRODUCTION):
        sheet.write_string(number, 0, zh, wrap)
        sheet.write_string(number, 1, en, wrap)


def _sheet(book, one: Table, rows: list[Row], styles: dict, lists: dict[type[Listed], int], examples: bool) -> None:
    sheet = book.add_worksheet(one.title.zh)
    for at, column in enumerate(one.columns):
        owed = (column.required and column.kind is not Kind.REFERENCE) or column.heading == BELONGS
        heading = f"{column.heading.zh}{' *' if owed else ''}\n{column.heading.said('en')}"
        sheet.write_string(0, at, heading, styles["owed" if owed else "head"])
        sheet.write_comment(0, at, _comment(column), {"x_scale": 2.2, "y_scale": 1.6})
        sheet.set_column(at, at, _wide(column), styles["number" if _counts(column) else "text"])
        _choose(sheet, at, column, lists)
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                style = styles["example"] if examples else styles["text"]
                sheet.write_string(number, at, cell, style)
            elif cell is not None:
                sheet.write_number(number, at, cell, styles["example"] if examples else styles["number"])
    sheet.set_row(0, 48)
    sheet.freeze_panes(1, 2 if one.path else 1)
    sheet.set_landscape()
    sheet.set_paper(9)


def _comment(column: Column) -> str:
    """What a heading tells who points at it: how the cell is written, and the help that the desk gives."""
    lines = []
    if column.kind is Kind.REFERENCE:
        zh, en = ("写指南编号、基本编码或事项名称。", "The guide's number, basic code or name.") if not column.path else \
            ("写它的名称或标识；只有一个时可以空着。", "Its name or key; may stay empty where there is only one.")
        lines += [zh, en]
    elif (said := help_for(column.path)) is not None and not column.english:
        lines += [said.zh, said.said("en")]
    if column.kind in HOW and not column.english:
        zh, en = HOW[column.kind]
        lines += [zh, en]
    if column.listed is not None:
        lines.append("、".join(one.text.zh for one in column.listed))
    if column.path:
        lines.append(f"[{column.path}{'.en' if column.english else ''}]")
    return "\n".join(lines) or column.heading.zh


def _counts(column: Column) -> bool:
    return column.kind in (Kind.WHOLE, Kind.MONEY, Kind.QUARTERS)


def _wide(column: Column) -> int:
    return {Kind.TEXT: 28, Kind.TEXTS: 28, Kind.STRINGS: 24, Kind.CODE: 20, Kind.REFERENCE: 20, Kind.CONDITION: 24}.get(column.kind, 14)


def _choose(sheet, at: int, column: Column, lists: dict[type[Listed], int]) -> None:
    """The list to choose from, where one word of a closed list stands in the cell."""
    if column.kind is Kind.YES_NO:
        sheet.data_validation(1, at, LAST, at, {"validate": "list", "source": ["是", "否"], "error_type": "warning"})
    elif column.kind is Kind.ONE:
        place = letters(lists[column.listed])
        sheet.data_validation(1, at, LAST, at, {
            "validate": "list", "source": f"={WORDS}!${place}$1:${place}${len(column.listed)}", "error_type": "warning"})
    elif column.heading == BELONGS:
        sheet.data_validation(1, at, LAST, at, {"validate": "list", "source": f"={GUIDES.zh}!$A$2:$A${LAST}", "error_type": "information",
                                                "show_error": False})


def _lists() -> dict[type[Listed], int]:
    """The closed lists that a cell holds one word of, each with its column on the sheet of words."""
    found = dict.fromkeys(column.listed for one in tables() for column in one.columns if column.kind is Kind.ONE)
    return {listed: number for number, listed in enumerate(found)}


def _words(book, lists: dict[type[Listed], int]) -> None:
    sheet = book.add_worksheet(WORDS)
    for listed, at in lists.items():
        for number, one in enumerate(listed):
            sheet.write_string(number, at, one.text.zh)
    sheet.hide()
