"""rules/importing/sheets: the template's tables and columns, out of the schema itself: a new element has its column at once.

A list of models is a table of its own, joined to its guide and to the row that it belongs to; a model inside a row is columns
of that row; a text has a second column for its English. What no kind fits is written as JSON.
"""
import types
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from portal.rules.conditions import All, Any_, Comparison, Not
from portal.rules.guide.codes import Listed
from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import label
from portal.rules.guide.offering import Clock, MonthDay, Span
from portal.rules.guide.text import Code, Key, Model, Text


class Kind(StrEnum):
    """How a cell of the column is written."""

    TEXT = "text"
    TEXTS = "texts"
    STRING = "string"
    STRINGS = "strings"
    CODE = "code"
    KEY = "key"
    KEYS = "keys"
    WHOLE = "whole"
    MONEY = "money"
    QUARTERS = "quarters"
    YES_NO = "yes_no"
    DAY = "day"
    MONTH_DAY = "month_day"
    ONE = "one"
    MANY = "many"
    WEEKDAYS = "weekdays"
    SPANS = "spans"
    CONDITION = "condition"
    REFERENCE = "reference"
    JSON = "json"


@dataclass(frozen=True)
class Column:
    """`names` lead from the row to the value, `path` names the element; `english` holds the English of the text before it.
    A reference names the guide (`names` are empty), or the row of another table whose path it holds."""

    path: str
    names: tuple[str, ...]
    kind: Kind
    heading: Text
    listed: type[Listed] | None = None
    english: bool = False
    required: bool = False
    default: Any = None


@dataclass(frozen=True)
class Table:
    """`path` is the list's in the document, empty for the guides themselves; `parents` the lists that it lies in."""

    path: str
    title: Text
    parents: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, heading: str) -> Column | None:
        """The column under a heading: in Chinese, in English, or by the path of the element."""
        return _by_heading(self.path).get(plain_heading(heading))

    @property
    def own(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.kind is not Kind.REFERENCE)


REFERENCE = Text(zh="指南编号", en="Guide no.")
BELONGS = Text(zh="所属指南", en="Of guide")
GUIDES = Text(zh="指南", en="Guides")
IN_YUAN = Text(zh="金额（元）", en="amount in yuan")
IN_ENGLISH = Text(zh="{}（英文）", en="{} in English")
_CONDITIONS = {All, Any_, Not, Comparison}
_SKIPPED = {"schema_version"}


@cache
def tables() -> tuple[Table, ...]:
    """Every table: the guides first, then their parts in the order of the file, each after the one it belongs to."""
    found = list(_tables(GuideFile, "", ()))
    titles = [table.title.zh for table in found]
    return tuple(replace(table, title=_longer(table)) if titles.count(table.title.zh) > 1 else table for table in found)


@cache
def table(path: str) -> Table:
    """The table of a path. Raises KeyError."""
    return {one.path: one for one in tables()}[path]


def table_of(title: str) -> Table | None:
    """The table that a sheet's title names: in Chinese, in English, or by the path."""
    wanted = plain_heading(title)
    return next((one for one in tables() if wanted in map(plain_heading, (one.title.zh, one.title.said("en"), one.path or "guide"))), None)


def plain_heading(heading: str) -> str:
    """A heading as it is compared: its first line, without spaces and the mark of what is required, in small letters."""
    line = heading.strip().split("\n")[0]
    return "".join(line.replace("(", "（").replace(")", "）").split()).strip("*＊").lower()


def key_name(path: str) -> str | None:
    """The field by which a row of the table is known inside the document (`key`, `value`), if it has one."""
    return next((column.names[0] for column in table(path).columns if column.kind is Kind.KEY and len(column.names) == 1
                 and column.names[0] in ("key", "value")), None)


@cache
def _by_heading(path: str) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in table(path).columns:
        names = [column.heading.zh, column.heading.said("en")]
        if column.names:
            names.append(f"{column.path}.en" if column.english else column.path)
        for name in names:
            found.setdefault(plain_heading(name), column)
    return found


def _tables(model: type[Model], path: str, parents: tuple[str, ...]) -> Iterator[Table]:
    columns, lists = [], []
    for column, inner in _columns(model, path, ()):
        if inner is None:
            columns.append(column)
        else:
            lists.append((column.path, inner))
    title = label(path) if path else GUIDES
    references = [Column("", (), Kind.REFERENCE, BELONGS if path else REFERENCE, required=bool(path))]
    references += [Column(one, (), Kind.REFERENCE, Text(zh=f"所属{label(one).zh}", en=f"of {label(one).said('en')}")) for one in parents]
    yield Table(path, Text(zh=title.zh, en=title.said("en").capitalize()), parents, tuple([*references, *_unlike(columns)]))
    for inner_path, inner in lists:
        yield from _tables(inner, inner_path, (*parents, path) if path else ())


def _columns(model: type[Model], path: str, names: tuple[str, ...]) -> Iterator[tuple[Column, type[Model] | None]]:
    """The columns of a model, and the lists of models in it, each with what its rows are."""
    shapes = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        at = ".".join(part for part in (path, name) if part and part != "guide").removeprefix("guide.")
        shape, required = _bare(shapes[name]), field.is_required()
        if name in _SKIPPED or get_origin(shape) is Literal:
            continue
        item = _bare(get_args(shape)[0]) if get_origin(shape) is list else None
        if _is_model(item) and item is not Span:
            yield Column(at, (), Kind.JSON, label(at)), item
        elif _is_model(shape):
            inner_names = names if name == "guide" and not path else (*names, name)
            yield from _columns(shape, "" if name == "guide" and not path else at, inner_names)
        else:
            kind, listed = _kind(name, shape, item)
            said = IN_YUAN if kind is Kind.MONEY else label(at)
            column = Column(at, (*names, name), kind, said, listed, required=required and kind is not Kind.KEY, default=field.default)
            yield column, None
            if kind in (Kind.TEXT, Kind.TEXTS):
                heading = Text(zh=IN_ENGLISH.zh.format(column.heading.zh), en=IN_ENGLISH.en.format(column.heading.said("en")))
                yield replace(column, heading=heading, english=True, required=False), None


def _kind(name: str, shape: Any, item: Any) -> tuple[Kind, type[Listed] | None]:
    """How a cell of this shape is written, and the list that its words come from."""
    if item is not None:
        if isinstance(item, type) and issubclass(item, Listed):
            return Kind.MANY, item
        kinds = {Text: Kind.TEXTS, Key: Kind.KEYS, str: Kind.STRINGS, Span: Kind.SPANS, int: Kind.WEEKDAYS}
        return next((kind for one, kind in kinds.items() if item == one), Kind.JSON), None
    if isinstance(shape, type) and issubclass(shape, Listed):
        return Kind.ONE, shape
    if name == "fen":
        return Kind.MONEY, None
    if set(_members(shape)) & _CONDITIONS:
        return Kind.CONDITION, None
    kinds = {Text: Kind.TEXT, Code: Kind.CODE, Key: Kind.KEY, MonthDay: Kind.MONTH_DAY, Clock: Kind.STRING, str: Kind.STRING,
             bool: Kind.YES_NO, int: Kind.WHOLE, Decimal: Kind.QUARTERS, date: Kind.DAY}
    return next((kind for one, kind in kinds.items() if shape == one), Kind.JSON), None


_NAMED = (Code, Key, MonthDay, Clock)


def _bare(shape: Any) -> Any:
    """The shape without *or nothing* and without bounds; a named kind of text stays as it is."""
    if shape in _NAMED:
        return shape
    if get_origin(shape) in (Union, types.UnionType):
        inner = [one for one in get_args(shape) if one is not type(None)]
        return _bare(inner[0]) if len(inner) == 1 else shape
    if get_origin(shape) is Annotated:
        inner = get_args(shape)[0]
        return shape if get_origin(inner) in (Union, types.UnionType) else _bare(inner)
    return shape


def _members(shape: Any) -> Iterator[Any]:
    yield shape
    for one in get_args(shape):
        yield from _members(one)


def _is_model(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, Model) and shape is not Text and shape not in _CONDITIONS


def _unlike(columns: list[Column]) -> list[Column]:
    """Columns of one table with headings that differ: where two are called alike, each says what it belongs to."""
    said = [column.heading.zh for column in columns]
    found = []
    for column in columns:
        if said.count(column.heading.zh) > 1:
            group = label(column.path.rpartition(".")[0])
            column = replace(column, heading=Text(zh=f"{group.zh}·{column.heading.zh}", en=f"{group.said('en')}: {column.heading.said('en')}"))
        found.append(column)
    return found


def _longer(one: Table) -> Text:
    """The title with the name of what the table belongs to before it."""
    above = label(one.path.rpartition(".")[0])
    return Text(zh=f"{above.zh}的{one.title.zh}", en=f"{one.title.said('en')} of {above.said('en')}")
