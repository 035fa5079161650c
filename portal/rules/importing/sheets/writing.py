"""rules/importing/sheets: guides as rows of the template's tables; `own.read` makes the same guides of them again."""
from collections.abc import Iterable, Iterator
from typing import Any

from portal.rules.guide.document import GuideFile
from portal.rules.importing.sheets import values
from portal.rules.importing.sheets.shape import Column, Kind, Table, key_name, tables

Row = list[str | float | None]
LONGEST = 32_767
"""Characters of a cell in XLSX."""
NAMES = ("name", "title", "label", "place_name", "season")
NUMBER = "#"


class TooLong(ValueError):
    """A text of the guide is longer than a cell can be; the argument is the guide's name."""


def rows(files: Iterable[GuideFile]) -> dict[str, list[Row]]:
    """The rows of every table, by its path. Raises TooLong."""
    found: dict[str, list[Row]] = {one.path: [] for one in tables()}
    taken: set[str] = set()
    for file in files:
        number = _number(file, taken)
        taken.add(number)
        plain = file.model_dump(mode="json", exclude_none=True)
        whole = {**plain["guide"], "offerings": plain["offerings"], "unplaced": plain["unplaced"]}
        for path, row in _rows(whole, number):
            if any(isinstance(cell, str) and len(cell) > LONGEST for cell in row):
                raise TooLong(file.guide.item.name.zh)
            found[path].append(row)
    return found


def handles(row: dict[str, Any], path: str) -> list[str]:
    """By what a row may be named where another table refers to it: its names in either language, its place, its key."""
    said = []
    for name in NAMES:
        value = row.get(name)
        said += [value] if isinstance(value, str) else [one for one in (value or {}).values() if one]
    said += [row[name] for name in ("place", key_name(path) or "key") if isinstance(row.get(name), str)]
    return said


def _number(file: GuideFile, taken: set[str]) -> str:
    item = file.guide.item
    wanted = item.code or item.name.zh.replace("\n", " ")
    number = 1
    said = wanted
    while said in taken:
        number += 1
        said = f"{wanted} ({number})"
    return said


def _rows(whole: dict[str, Any], number: str) -> Iterator[tuple[str, Row]]:
    """The rows of one guide, each with the path of its table."""
    for one in tables():
        for references, row in _below(whole, one):
            said = {"": number, **references}
            yield one.path, [said[column.path] if column.kind is Kind.REFERENCE else _cell(column, row) for column in one.columns]


def _below(whole: dict[str, Any], one: Table) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """The rows of a table, each with how the rows that it lies in are named."""
    if not one.path:
        yield {}, whole
        return
    found: list[tuple[dict[str, str], dict[str, Any]]] = [({}, whole)]
    base = ""
    for path in (*one.parents, one.path):
        step = path[len(base):].removeprefix(".").split(".")
        base = path
        following = []
        for references, row in found:
            listed = _inside(row, step) or []
            names = _references(listed, path) if path != one.path else [""] * len(listed)
            following += [({**references, path: name} if name else references, inner) for inner, name in zip(listed, names, strict=True)]
        found = following
    yield from found


def _references(listed: list[dict[str, Any]], path: str) -> list[str]:
    """How each of the rows is named: by the first of its handles that no other has, else by its place."""
    every = [set(handles(row, path)) for row in listed]
    said = []
    for at, row in enumerate(listed):
        others = set().union(*every[:at], *every[at + 1:])
        free = [name for name in handles(row, path) if name not in others and not name.startswith(NUMBER) and name == name.strip()]
        said.append(free[0] if free else f"{NUMBER}{at + 1}")
    return said


def _inside(row: dict[str, Any], names: Iterable[str]) -> Any:
    value: Any = row
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _cell(column: Column, row: dict[str, Any]) -> str | float | None:
    value = _inside(row, column.names)
    if value is None or value == [] or (value is False and column.default is False):
        return None
    said = values.say(column, value)
    return said if said != "" else None
