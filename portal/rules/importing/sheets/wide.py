"""rules/importing/sheets: wide tables with the national fields become guides, by way of `national`: a row an item, lists in a
cell or in rows of their own, parts in further tables that find their item by its code.

What a cell says and no element can hold is kept, and told by its cell. A cell that is broken keeps its guide out.
"""
from collections.abc import Iterator
from itertools import chain
from typing import Any

from portal.rules.guide.text import Text
from portal.rules.importing import national, wrappers
from portal.rules.importing.report import Report, report
from portal.rules.importing.sheets import aliases, checking, upright
from portal.rules.importing.sheets.cells import BROKEN, Sheet, Spot, Told, rows_of, text, told_first, uneven
from portal.rules.importing.sheets.columns import TABLES, Meaning, Wide, read
from portal.rules.importing.sheets.items import Item, add, add_parts, put
from portal.rules.importing.sheets.taking import FAULTS
from portal.rules.importing.sources import Imported

REMARK = ("注:", "注：", "说明:", "说明：", "备注:", "备注：", "填表", "制表", "合计", "总计", "共计", "审核人", "填报")
MAX_TOLD = 60


def read_all(name: str, sheets: list[Sheet], stem: str) -> tuple[int, Iterator[Imported]] | None:
    """How many guides the tables hold, and each with its report; None where no sheet has a heading that names an element."""
    forms = {id(sheet): item for sheet in sheets if (item := upright.read(sheet)) is not None}
    tables = [found for sheet in sheets if id(sheet) not in forms and (found := read(sheet)) is not None]
    if not tables and not forms:
        return None
    loose: list[Told] = [Told(Spot(sheet.name), Text(zh="这张表没有认出表头，没有读。", en="No headings were recognised in this sheet; it was not read."), False)
                         for sheet in sheets if id(sheet) not in {*forms, *(id(one.sheet) for one in tables)} and any(map(sheet.filled, range(len(sheet.rows))))]
    if tables and not forms and all(one.part is not None for one in tables):
        # Nothing else holds the items: they stand in the rows that name them.
        tables = [found for one in tables if (found := read(one.sheet, whole=bool(one.names))) is not None]
    # Whole items come first: the parts of other tables look for them.
    tables.sort(key=lambda one: (one.part is not None, not one.names))
    items: list[Item] = [*forms.values()]
    index: dict[str, Item] = {said: item for item in items for said in (item.name, item.code) if said}
    for one in tables:
        _gather(one, items, index, loose)
    errors, notes = [told for told in loose if told.error], [told for told in loose if not told.error]
    rest = [Imported(_of_file(name, errors), None)] if errors or not items else []
    return len(items) + len(rest), told_first(chain((_imported(name, item, stem) for item in items), rest), notes)


def _gather(table: Wide, items: list[Item], index: dict[str, Item], loose: list[Told]) -> None:
    """Brings the rows of one table to their items."""
    last: Item | None = None
    for row in rows_of(table.sheet, table.body):
        cells = {one.column: one for one in table.columns}
        said = {at: words for at in cells if (words := text(table.sheet.at(row, at)))}
        beside = [text(value) for at, value in enumerate(table.sheet.rows[row]) if at not in cells and text(value)]
        faults = [at for where, at in table.sheet.faults if where == row]
        if not said and not faults:
            if beside:
                loose.append(_kept(Spot(table.sheet.name, row), " ".join(beside)))
            continue
        if not faults and _is_remark(table, said):
            loose.append(_kept(Spot(table.sheet.name, row), next(iter(said.values()))))
            continue
        item = _item(table, row, said, items, index, last, loose)
        if item is None:
            continue
        last = item
        broken = uneven(table.sheet, table.body, row)
        if broken is not None:
            item.told.append(broken)
        _fill(table, row, said, item)
        for words in beside:
            add(item, "无表头的列", words, Spot(table.sheet.name, row))
        for at in faults:
            heading = cells[at].heading if at in cells else ""
            item.told.append(Told(Spot(table.sheet.name, row, at, heading), FAULTS[table.sheet.faults[row, at] == BROKEN]))


def _kept(spot: Spot, words: str) -> Told:
    return Told(spot, Text(zh=f"像是表格下的说明，没有当成事项：{words[:80]}", en=f"Looks like a remark to the table and was not taken for an item: {words[:80]}"), False)


def _is_remark(table: Wide, said: dict[int, str]) -> bool:
    """Whether the row is a remark under the table: one cell that begins like one."""
    return len(said) == 1 and len(table.columns) > 2 and next(iter(said.values())).startswith(REMARK)


def _item(table: Wide, row: int, said: dict[int, str], items: list[Item], index: dict[str, Item], last: Item | None,
          loose: list[Told]) -> Item | None:
    """The item of a row: known by a mark, else by its name; a row with neither goes on with the item above it."""
    marks = [said[one.column] for one in table.marks if one.column in said]
    names = [said[one.column] for one in table.names if one.column in said]
    found = next((index[mark] for mark in marks if mark in index), None)
    if found is None and names and (not marks or table.part):
        found = index.get(names[0])
    if found is None and not marks and not names and last is not None and _goes_on(table, said):
        found = last
    if found is None and (table.part or not table.names):
        spot = Spot(table.sheet.name, row, table.marks[0].column if table.marks else None)
        loose.append(Told(spot, Text(
            zh=f"没有找到这一行所属的事项（{marks[0] if marks else '没有编码'}），这一行没有导入。请核对编码，或者在事项表里补上它。",
            en=f"The item of this row was not found ({marks[0] if marks else 'no code'}); the row was not imported. Check the code, or add "
               "the item to the table of items.")))
        return None
    if found is None:
        found = Item(Spot(table.sheet.name, row))
        items.append(found)
        if not names:
            spot = Spot(table.sheet.name, row, table.names[0].column, table.names[0].heading)
            found.told.append(Told(spot, Text(zh="没有事项名称，这一行没有导入。请填写事项的规范名称。",
                                              en="The item's name is missing; the row was not imported. Write the name that it has in the list.")))
    for mark in marks:
        index.setdefault(mark, found)
    if names and not marks:
        index.setdefault(names[0], found)
    elif names and index.get(names[0]) is None:
        index[names[0]] = found
    return found


def _goes_on(table: Wide, said: dict[int, str]) -> bool:
    return any(one.part is not None and one.column in said for one in table.columns)


def _fill(table: Wide, row: int, said: dict[int, str], item: Item) -> None:
    """Puts a row's cells into the item: elements once, parts as rows, what has no element under its heading."""
    fresh = bool(item.rows)
    whole = tuple(said.get(one.column) for one in table.columns if one.part is None)
    parts: dict[tuple[str, str], dict[Meaning, str]] = {}
    for one in table.columns:
        if one.column not in said:
            continue
        spot = Spot(table.sheet.name, row, one.column, one.heading)
        words = checking.checked(one, table.sheet.at(row, one.column), said[one.column], spot, item.told)
        if words is None:
            continue
        if one.part is not None:
            parts.setdefault((one.element or "", one.group), {})[one] = words
        elif one.element != aliases.OWN:
            put(item, one, checking.limit(one, words, spot, [other for other in table.columns if other.column in said], item.told), spot, again=fresh)
    for (element, _), cells in parts.items():
        add_parts(item, element, cells, Spot(table.sheet.name, row))
    item.rows.append((table.sheet.name, whole))


def _imported(name: str, item: Item, stem: str) -> Imported:
    if any(told.error for told in item.told) or item.name is None:
        return Imported(_refused(name, item), None)
    value = dict(item.fields)
    address = value.pop("原文地址", None)
    for element, rows in item.parts.items():
        label = element if element not in value else f"{element}(2)"
        value[label] = rows[0] if element not in TABLES and len(rows) == 1 else rows
    draft = national.read(wrappers.unpacked(value))
    if address:
        national.about(draft, {"source": {"url": address}})
    file = draft.finish(stem)
    made = report(name, draft, file)
    made.at = item.at.said().zh
    made.cells = [told.plain() for told in (*item.told, *_unplaced(made, item, draft))]
    return Imported(made, file)


def _unplaced(made: Report, item: Item, draft: Any) -> Iterator[Told]:
    """Where what found no place stood: its words are in the draft."""
    failed = {*draft.refused, *(claim.element for claim in draft.claims if claim.element not in made.found)}
    seen: set[Spot] = set()
    for label in failed:
        whole, _, column = label.partition("/")
        spot = item.spots.get(label) or item.spots.get(whole) or next(
            (one for name, one in item.spots.items() if aliases.element(name) == whole), None) or next(iter(item.places.get(whole, [])), None)
        if spot is None or spot in seen:
            continue
        seen.add(spot)
        words = item.fields.get(whole, "")
        shown = f"“{words[:40]}”" if isinstance(words, str) and words else f"“{column or whole}”"
        yield Told(spot, Text(zh=f"{shown}没有对应的要素，或放不进去：原文保留在草稿的未归位文字或其他字段里，请到工作台归位。",
                              en=f"{shown} has no element, or does not fit it: the words are kept in the draft among what has no place yet."), False)


def _refused(name: str, item: Item) -> Report:
    errors = [f"{said.zh} {said.said('en')}" for said in (told.said() for told in item.told if told.error)]
    return Report(name, item.name, item.code, errors=errors[:MAX_TOLD], at=item.at.said().zh, cells=[told.plain() for told in item.told])


def _of_file(name: str, loose: list[Told]) -> Report:
    if not loose:
        loose = [Told(Spot("—"), Text(zh="表头下面没有内容，没有可导入的事项。", en="Nothing stands below the headings; there is no item to import."))]
    errors = [f"{said.zh} {said.said('en')}" for said in (told.said() for told in loose if told.error)]
    return Report(name, errors=errors[:MAX_TOLD], cells=[told.plain() for told in loose])
