"""rules/importing/sheets: the rows of the template's tables put together: each row to its guide and to the row that it belongs
to, by number, code or name; keys made where nobody wrote one; stages, results and questions named in words found."""
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from portal.rules.guide.errors import plain_loc
from portal.rules.guide.text import Text
from portal.rules.importing.characters import flat
from portal.rules.importing.sheets import conditions
from portal.rules.importing.sheets.cells import Spot, Told
from portal.rules.importing.sheets.shape import Kind, key_name, table, tables
from portal.rules.importing.sheets.taking import Taken
from portal.rules.importing.sheets.writing import NUMBER, handles

VARIANTS, SITUATIONS, FIELDS = "variants", "situations", "form.fields"
STEMS = {"documents": "doc", "stages": "stage", "fees": "fee", "results": "result", "outcomes": "outcome", "variants": "variant",
         "situations": "question", "fields": "field", "form": "section", "options": "option"}
ONCE = {SITUATIONS: "question", FIELDS: "question"}
"""Keys of these stand once in a guide, not once beside each other."""
_ABOVE = {path for one in tables() for path in one.parents}


class Made:
    """A guide in the making: its own row, and those that were joined to it."""

    def __init__(self, row: Taken) -> None:
        self.row = row
        self.rows: dict[str, list[Taken]] = {"": [row]}
        self.told: list[Told] = list(row.told)

    @property
    def name(self) -> str | None:
        said = self.row.plain.get("item", {}).get("name")
        return said.get("zh") if isinstance(said, dict) else said

    @property
    def code(self) -> str | None:
        return self.row.plain.get("item", {}).get("code")

    def add(self, row: Taken, parent: Taken) -> None:
        row.parent = parent
        for said in handles(row.plain, row.table.path) if row.table.path in _ABOVE else ():
            parent.named.setdefault((row.table.path, _plain(said)), []).append(row)
        parent.children.setdefault(row.table.path, []).append(row)
        self.rows.setdefault(row.table.path, []).append(row)
        self.told += row.told

    def plain(self) -> dict[str, Any]:
        """The guide file as plain values."""
        whole = _whole(self.row, "")
        offerings, unplaced = whole.pop("offerings", []), whole.pop("unplaced", [])
        extras = [{"name": name, "value": value} for name, value, _ in self.left()]
        if extras:
            whole["extras"] = [*whole.get("extras", []), *extras]
        whole.setdefault("variants", [{}])
        return {"guide": whole, "offerings": offerings, "unplaced": unplaced}

    def spot(self, loc: list[Any]) -> Spot:
        """Where a place of the document stands in the workbook: its cell, else its row."""
        row, path, names = self.row, "", []
        for part in plain_loc(loc[1:] if loc[:1] == ["guide"] else loc):
            if not isinstance(part, int):
                names.append(str(part))
                continue
            below = ".".join([*([path] if path else []), *names])
            listed = row.children.get(below, [])
            if part < len(listed):
                row, path, names = listed[part], below, []
        return row.spot(tuple(names)) if row.row is not None else self.row.spot()

    def left(self) -> Iterator[tuple[str, str, Spot]]:
        """What stood under headings that nobody knows, under the name of its table and row."""
        for path, rows in self.rows.items():
            for row in rows:
                whose = next(iter(handles(row.plain, path)), "") if path else ""
                for heading, said, at in row.left:
                    spot = Spot(row.sheet, row.row, at, heading)
                    yield (f"{table(path).title.zh}·{heading}" if path else heading), (f"{whose}：{said}" if whose else said), spot


def join(taken: list[Taken], loose: list[Told]) -> list[Made]:
    """The guides of the rows, in the order of the sheet; `loose` gets what belongs to no guide."""
    guides: list[Made] = []
    numbers: dict[str, Made] = {}
    for row in taken:
        if row.table.path:
            continue
        made = Made(row)
        guides.append(made)
        number = row.references.get("", ("", 0, ""))[0] or made.code or made.name or ""
        if not made.name:
            made.told.append(Told(_heading(row, ("item", "name"), "事项名称"), Text(
                zh="没有事项名称。请填写目录里的规范名称。", en="The item's name is missing. Write the name that it has in the list.")))
        other = numbers.setdefault(_plain(number), made) if number else made
        if other is not made:
            at = Spot(row.sheet, row.row, *row.references[""][1:]) if "" in row.references else row.spot(("item", "name"))
            made.told.append(Told(at, Text(
                zh=f"“{number}”在第 {(other.row.row or 0) + 1} 行已经有一份指南。请另写一个指南编号，或删去重复的一行。",
                en=f"“{number}” has a guide already, in row {(other.row.row or 0) + 1}. Give this one another number, or remove the row.")))
    others = Counter(_plain(said) for made in guides for said in {made.code, made.name} if said)
    for made in guides:
        for said in (made.code, made.name):
            if said and others[_plain(said)] == 1:
                numbers.setdefault(_plain(said), made)
    for row in taken:
        if row.table.path:
            _attach(row, numbers, loose)
    for made in guides:
        _finish(made)
    return guides


def _attach(row: Taken, numbers: dict[str, Made], loose: list[Told]) -> None:
    number, *at = row.references.get("", ("", None, ""))
    made = numbers.get(_plain(number)) if number else None
    if made is None and not number and len(set(numbers.values())) == 1:
        made = next(iter(numbers.values()))
    if made is None:
        spot = Spot(row.sheet, row.row, *at) if number else Spot(row.sheet, row.row)
        said = Text(zh=f"“指南”表里没有编号、编码或名称是“{number}”的指南，这一行没有导入。请核对“所属指南”一列。",
                    en=f"The sheet of guides has none with the number, code or name “{number}”; this row was not imported. "
                       "Check the column 所属指南.") if number else \
            Text(zh="没有写这一行属于哪份指南。请填写“所属指南”。", en="The row does not say to which guide it belongs. Fill in 所属指南 (of guide).")
        loose.append(Told(spot, said))
        return
    parent = made.row
    for path in row.table.parents:
        found = _above(made, parent, path, row)
        if found is None:
            return
        parent = found
    made.add(row, parent)


def _above(made: Made, parent: Taken, path: str, row: Taken) -> Taken | None:
    """The row of another table that this one belongs to; where it cannot be told, that is told."""
    rows = parent.children.get(path, [])
    said, *at = row.references.get(path, ("", None, ""))
    if not rows and path == VARIANTS and not said:
        first = Taken(table(VARIANTS))
        made.add(first, parent)
        return first
    if not said:
        if len(rows) == 1:
            return rows[0]
    else:
        number = said.removeprefix(NUMBER)
        if said != number and number.isdecimal() and 0 < int(number) <= len(rows):
            return rows[int(number) - 1]
        found = dict.fromkeys(parent.named.get((path, _plain(said)), []))
        if len(found) == 1:
            return next(iter(found))
    title = table(path).title
    names = [next(iter(handles(one.plain, path)), f"{NUMBER}{number}") for number, one in enumerate(rows, 1)]
    listed = "、".join(names[:8]) or "—"
    spot = Spot(row.sheet, row.row, *at) if said else Spot(row.sheet, row.row)
    made.told.append(Told(spot, Text(
        zh=f"这份指南里没有“{said}”这个{title.zh}，或有几个。请写其中之一：{listed}。" if said else f"没有写属于哪个{title.zh}。请写其中之一：{listed}。",
        en=f"The guide has no {title.said('en').lower()} “{said}”, or several. Write one of: {listed}." if said else
           f"The row does not say to which {title.said('en').lower()} it belongs. Write one of: {listed}.")))
    made.told += row.told
    return None


def _heading(row: Taken, names: tuple[str, ...], heading: str) -> Spot:
    spot = row.spot(names)
    return spot if spot.column is not None else Spot(row.sheet, row.row, None, heading)


@lru_cache(maxsize=20_000)
def _plain(said: str) -> str:
    return flat(said).lower()


def _finish(made: Made) -> None:
    """Keys for the rows that have none, and by them whatever was named in words."""
    for one in tables():
        name = key_name(one.path) if one.path else None
        if name is not None:
            _give_keys(made, one.path, name)
    keys, options = _questions(made)
    for path, rows in made.rows.items():
        for row in rows:
            for column in table(path).own:
                if column.names[0] not in row.plain:
                    continue
                value = row.plain[column.names[0]]
                if column.kind is Kind.CONDITION:
                    row.plain[column.names[0]] = conditions.named(value, keys, options)
                elif column.names in (("waits_for",), ("produces",), ("to",)):
                    row.plain[column.names[0]] = _named(made, row, column.names[0], value)


def _give_keys(made: Made, path: str, name: str) -> None:
    rows = made.rows.get(path, [])
    stem = STEMS.get(path.rpartition(".")[2], "row")
    taken: dict[Any, set[str]] = {}
    for row in rows:
        taken.setdefault(None if path in ONCE else row.parent, set()).add(row.plain.get(name, ""))
    if path in ONCE:
        everywhere = {one.plain.get("key", "") for other in ONCE for one in made.rows.get(other, [])}
        taken[None] = everywhere
    for number, row in enumerate(rows, 1):
        if row.plain.get(name):
            continue
        if path == VARIANTS and number == 1 and "standard" not in taken[row.parent]:
            key = "standard"
        else:
            known = taken[None if path in ONCE else row.parent]
            count = 1
            while f"{stem}{count}" in known:
                count += 1
            key = f"{stem}{count}"
        taken[None if path in ONCE else row.parent].add(key)
        row.plain[name] = key


def _questions(made: Made) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """The keys of the questions by what they are called, and of their options by (key of the question, what it is called)."""
    keys: dict[str, str] = {}
    options: dict[tuple[str, str], str] = {}
    for path in ONCE:
        for row in made.rows.get(path, []):
            key = row.plain["key"]
            keys[key] = key
            for said in handles(row.plain, path):
                keys.setdefault(said, key)
            for option in row.children.get(f"{path}.options", []):
                for said in handles(option.plain, f"{path}.options"):
                    options.setdefault((key, said), option.plain["value"])
    return keys, options


def _named(made: Made, row: Taken, field: str, value: Any) -> Any:
    """Stages or results of the same situation by their keys; one that is not there is told."""
    variant = row.parent if field != "to" else row.parent.parent if row.parent else None
    path = "variants.results" if field == "produces" else "variants.stages"
    rows = variant.children.get(path, []) if variant else []
    found = []
    for said in value if isinstance(value, list) else [value]:
        fits = [one.plain["key"] for number, one in enumerate(rows, 1)
                if said == one.plain["key"] or _plain(said) in map(_plain, handles(one.plain, path)) or said == f"{NUMBER}{number}"]
        exact = [key for key in fits if key == said]
        if len(fits) != 1 and not exact:
            title = table(path).title
            made.told.append(Told(row.spot((field,)), Text(
                zh=f"同一情形里没有“{said}”这个{title.zh}，或有几个同名。请写它的名称或标识。",
                en=f"The situation has no {title.said('en').lower()} “{said}”, or several of that name. Write its name or its key.")))
            continue
        found.append((exact or fits)[0])
    return found if isinstance(value, list) else next(iter(found), None)


def _whole(row: Taken, path: str) -> dict[str, Any]:
    """The row as plain values with the rows below it."""
    plain = _copied(row.plain)
    for below, rows in row.children.items():
        names = below[len(path):].removeprefix(".").split(".")
        target = plain
        for name in names[:-1]:
            target = target.setdefault(name, {})
        target[names[-1]] = [_whole(one, below) for one in rows]
    return plain


def _copied(value: Any) -> Any:
    return {name: _copied(one) for name, one in value.items()} if isinstance(value, dict) else value
