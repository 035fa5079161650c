"""forms: the fields of a guide, made from the schema: which kind of field each element is typed in.

A field knows its element by its path in `rules.guide.elements`, where its label comes from. Kinds that hold others are
*group* (one of something that may be missing), *rows* (a list of somethings) and *lines* (a list of texts).
"""
import re
import types
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from portal.rules.conditions import All, Any_, Comparison, Not
from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import label
from portal.rules.guide.sections import Section
from portal.rules.guide.text import Model, Text

CONDITIONS = {All, Any_, Not, Comparison}
WEEKDAYS = {1: Text(zh="周一", en="Mon"), 2: Text(zh="周二", en="Tue"), 3: Text(zh="周三", en="Wed"), 4: Text(zh="周四", en="Thu"),
            5: Text(zh="周五", en="Fri"), 6: Text(zh="周六", en="Sat"), 7: Text(zh="周日", en="Sun")}
REFERENCES = {"waits_for": "stages", "to": "stages", "produces": "results"}
"""Elements that name other rows by their keys, and which rows."""
DEPARTMENTS = {"item.department", "item.joint_bodies", "variants.stages.department"}
KEYS = re.compile(r"(^|\.)key$|options\.value$")
SHORT = {"name", "label", "title", "law", "number", "articles", "issued_by", "unit", "delegated_by", "accepting_body", "deciding_body",
         "post", "aliases", "person_themes", "organisation_themes", "life_events", "paper_format", "charged_by", "kind", "ways_to_pay",
         "validity", "season", "place_name", "body", "official_account", "checked_by", "regions", "approval_form", "business_system",
         "quantity_limit", "kind_note", "example", "result", "copies_note"}
"""Texts of a line; the others are paragraphs."""
NAMES = ("name", "label", "title", "law", "question", "body", "place_name", "place", "reason", "season", "address", "telephone", "opens", "kind")
"""What names a row: the first of these that says something."""
FEN = Text(zh="金额（元）", en="amount in yuan")


@dataclass(frozen=True)
class Field:
    """`optional` is a field that may be left empty; `default` what an absent element counts as; `of` what stands inside."""

    kind: str
    name: str
    path: str
    optional: bool = True
    default: Any = None
    choices: tuple[tuple[str, Text], ...] = ()
    of: tuple["Field", ...] = ()
    long: bool = False
    refers: str = ""

    @property
    def label(self) -> Text:
        return FEN if self.kind == "money" else label(self.path)

    @property
    def item(self) -> "Field":
        """What a line of a list is typed in."""
        return self.of[0]

    @property
    def named(self) -> str:
        """The field whose words make a row's key."""
        for name in NAMES:
            if any(one.name == name for one in self.of):
                return name
        return self.of[0].name


@cache
def fields_of(section: Section) -> tuple[Field, ...]:
    """The fields of a section, each at the path of the section."""
    return tuple(_at(path, dict(section.only).get(path)) for path in section.paths)


def _at(path: str, only: tuple[str, ...] | None) -> Field:
    words = path.split(".") if path in ("offerings", "unplaced") else ["guide", *path.split(".")]
    model: Any = GuideFile
    for word in words[:-1]:
        model = next(one for one in _models(model.model_fields[word].annotation))
    found = _field(words[-1], path, model.model_fields[words[-1]])
    return found if only is None else Field("rows", found.name, path, of=tuple(one for one in found.of if one.name in only))


def _field(name: str, path: str, info: FieldInfo) -> Field:
    inner = info.annotation
    missing = type(None) in get_args(inner)
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    return _of_type(name, path, _bare(inner), missing or default is not None or not info.is_required(), default, missing)


def _of_type(name: str, path: str, inner: Any, optional: bool, default: Any, missing: bool) -> Field:
    """The field of a type without its None; `missing` is whether it had one."""
    same = {"name": name, "path": path, "optional": optional, "default": default}
    if KEYS.search(path):
        return Field("key", **same)
    if get_origin(inner) is list:
        return _list(name, path, _bare(get_args(inner)[0]), same)
    if set(_models(inner)) & CONDITIONS:
        return Field("condition", **same)
    if inner is Text:
        return Field("text", long=name not in SHORT, **same)
    if isinstance(inner, type) and issubclass(inner, Model):
        return Field("group", of=_inside(inner, path), **same)
    if isinstance(inner, type) and issubclass(inner, Enum):
        return Field("choice", choices=_words(inner), **same)
    if inner is bool:
        return Field("maybe" if missing else "flag", **same)
    if name in REFERENCES:
        return Field("ref", refers=REFERENCES[name], **same)
    kind = {date: "date", Decimal: "number", int: "money" if name == "fen" else "number"}.get(inner, "line")
    return Field(kind, refers="departments" if path in DEPARTMENTS else "", long=kind == "line" and name in ("value", "unplaced"), **same)


def _list(name: str, path: str, inner: Any, same: dict[str, Any]) -> Field:
    if isinstance(inner, type) and issubclass(inner, Enum):
        return Field("choices", choices=_words(inner), **same)
    if inner is int:
        return Field("days", choices=tuple((str(day), words) for day, words in WEEKDAYS.items()), **same)
    if name in REFERENCES:
        return Field("refs", refers=REFERENCES[name], **same)
    if isinstance(inner, type) and issubclass(inner, Model) and inner is not Text:
        return Field("rows", of=_inside(inner, path), **same)
    return Field("lines", of=(_of_type(name, path, inner, True, None, False),), **same)


def _inside(model: type[Model], path: str) -> tuple[Field, ...]:
    return tuple(_field(name, f"{path}.{name}", info) for name, info in model.model_fields.items())


def _words(kind: type[Enum]) -> tuple[tuple[str, Text], ...]:
    return tuple((one.value, one.text) for one in kind)


def _bare(annotation: Any) -> Any:
    """The type without None and without what pydantic hangs on it."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [one for one in get_args(annotation) if one is not type(None)]
        return _bare(inner[0]) if len(inner) == 1 else annotation
    return annotation


def _models(annotation: Any):
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for one in get_args(annotation):
        yield from _models(one)
