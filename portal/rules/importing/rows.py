"""rules/importing: rows of a table in the source become rows of the document, cell by cell, each with its claim."""
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from portal.rules.importing import characters
from portal.rules.importing.characters import flat
from portal.rules.importing.draft import NONE, Draft, held
from portal.rules.importing.places import Place


@dataclass(frozen=True)
class Column:
    """`read` makes values by field of a cell (None where it cannot), `say` a cell of the row and its place (from 1)."""

    read: Callable[[str], dict[str, Any] | None]
    say: Callable[[Any, int], str | None]
    same: Callable[[str, str], bool] = characters.same
    names: tuple[str, ...] = ()
    """What else the column is called."""
    closed: bool = False
    """Only certain words can stand in it, so that a cell can be told by its words."""
    none: bool = True


def column(place: Place, *names: str, closed: bool = False) -> Column:
    """A column that fills one field as the place does; its path is the field."""
    def read(said: str) -> dict[str, Any] | None:
        value = place.read(said)
        return None if value is None else {place.path: value}

    def say(row: Any, _: int) -> str | None:
        value = getattr(row, place.path)
        return None if value is None else place.say(value)

    return Column(read, say, place.same, names, closed, place.none)


POSITION = Column(lambda said: {} if re.fullmatch(r"\d{1,3}", flat(said)) else None, lambda _, number: str(number),
                  names=("order_num", "排序", "序 号", "编号", "序"), closed=True)


def known(columns: Mapping[str, Column], label: str) -> str | None:
    """The column that a heading of a table names."""
    plain = flat(label).lower()
    for form in (plain, re.sub(r"\([^()]*\)", "", plain)):
        for name, col in columns.items():
            if form == name or form in col.names:
                return name
    return None


def put_rows(draft: Draft, path: str, model: type[BaseModel], rows: list[Any], columns: Mapping[str, Column],
             prefix: str = "") -> int:
    """Adds a row of `model` for each row of the source; returns how many. `prefix` makes keys: doc1, doc2.

    A cell that no column reads, or that a field filled already, is kept unplaced under its heading.
    """
    count = 0
    for row in rows:
        if not isinstance(row, Mapping):
            draft.refuse(as_words(row))
            continue
        count += put_row(draft, path, model, cells_of(row), columns, prefix)
    return count


def put_row(draft: Draft, path: str, model: type[BaseModel], cells: Mapping[str, str], columns: Mapping[str, Column],
            prefix: str = "", **fixed: Any) -> bool:
    """Adds one row; False where the document refuses it as a whole."""
    place = len(draft.get(path, []))
    values: dict[str, Any] = dict(fixed) | ({"key": f"{prefix}{place + 1}"} if prefix else {})
    claims = []
    for label, said in cells.items():
        name = known(columns, label)
        if not said.strip():
            continue
        if name is None:
            _refuse_cell(draft, label, said)
            continue
        col = columns[name]
        empty = col.none and characters.says_none(said)
        found = {} if empty else _read(col, said)
        if found is None or any(values.get(field, value) != value for field, value in found.items()):
            _refuse_cell(draft, label, said)
            continue
        values.update(found)
        claims.append((label, said, _reader(path, place, col), _is_none if empty else col.same))
    if not claims:
        return False
    try:
        made = model(**values)
    except ValidationError:
        for label, said, _, _ in claims:
            _refuse_cell(draft, label, said)
        return False
    draft.add(path, made)
    for label, said, reader, same in claims:
        draft.claim(said, reader, same, column=label)
    return True


def cells_of(row: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a row in words, by clean headings."""
    return {characters.clean(str(label)): as_words(said) for label, said in row.items()}


def as_words(value: Any) -> str:
    """A value of a structured source in words; a nested one names its parts."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "；".join(f"{characters.clean(str(k))}：{as_words(v)}" for k, v in value.items())
    if isinstance(value, list):
        return "\n".join(as_words(v) for v in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return characters.clean(str(value))


def _read(col: Column, said: str) -> dict[str, Any] | None:
    try:
        return col.read(said)
    except (ValidationError, ValueError, ArithmeticError):
        return None


def _reader(path: str, place: int, col: Column):
    def read(file):
        said = col.say(held(file, path)[place], place + 1)
        return NONE if said is None else said

    return read


def _is_none(shown: str, _: str) -> bool:
    return shown == NONE


def _refuse_cell(draft: Draft, label: str, said: str) -> None:
    whole = draft.element
    draft.element = f"{whole}/{label}"
    draft.refuse(f"{label}：{said}")
    draft.element = whole

