"""forms: a condition as it is typed: a tree of groups (all, any, not) and comparisons of a question with a value.

A typed node is a plain dict: `kind` with `parts` where it is a group, or `field`, `op`, `value` (texts). `was` is the value that
stood there as JSON: what nobody touched keeps its type; what was typed gets the type of its question.
"""
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from werkzeug.datastructures import MultiDict

from portal.rules.conditions import Operator
from portal.rules.guide.codes import FieldType
from portal.rules.guide.text import Text

Node = dict[str, Any]
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
GROUPS = ("all", "any", "not")
NUMBERS = {FieldType.NUMBER, FieldType.MONEY}
DEEPEST = 12
"""Levels that are read at all; a guide never has so many."""


class Question(NamedTuple):
    """A question that conditions may ask for: what it is called, its type, and its options."""

    label: Text
    type: str
    options: tuple[tuple[str, Text], ...] = ()


Questions = Mapping[str, Question]


def fresh(field: str = "") -> Node:
    return {"kind": "field", "field": field, "op": Operator.EQUALS.value, "value": [], "was": ""}


def shown(plain: Any) -> Node | None:
    """The typed node of a condition's plain values."""
    if plain is None:
        return None
    kind = next((one for one in GROUPS if one in plain), "field")
    if kind != "field":
        parts = [plain["not"]] if kind == "not" else plain[kind]
        return {"kind": kind, "parts": [shown(part) for part in parts]}
    value = plain.get("value")
    return {"kind": "field", "field": plain.get("field", ""), "op": plain.get("op") or Operator.EQUALS.value,
            "value": [said(one) for one in _listed(value)], "was": json.dumps(value, ensure_ascii=False)}


def read(form: MultiDict, at: str, depth: int = 0) -> Node | None:
    """The node under a name of a form; a group that a comparison was turned into takes it in, and the other way round.
    Raises ValueError where what stood there before is no JSON."""
    kind = form.get(f"{at}-k", "")
    if not kind or depth > DEEPEST:
        return None
    parts = [read(form, f"{at}-{index}", depth + 1) for index in range(_count(form, at))]
    parts = [part for part in parts if part is not None]
    if kind not in GROUPS:
        return parts[0] if parts else _comparison(form, at)
    if not parts and f"{at}-f" in form:
        parts = [_comparison(form, at)]
    return {"kind": kind, "parts": parts[:1] if kind == "not" and parts else parts or [fresh()]}


def plain(node: Node | None, questions: Questions) -> Any:
    """The condition as plain values, for the schema to check."""
    if node is None:
        return None
    if node["kind"] in GROUPS:
        parts = [plain(part, questions) for part in node["parts"]]
        return {"not": parts[0] if parts else None} if node["kind"] == "not" else {node["kind"]: parts}
    found = {"field": node["field"], "op": node["op"]}
    return found if node["op"] == Operator.GIVEN else {**found, "value": _value(node, questions)}


def blank(node: Node | None) -> bool:
    """Whether nothing was chosen or typed."""
    return node is None or (not node["field"] and not node["value"] if node["kind"] == "field" else all(map(blank, node["parts"])))


def said(value: Any) -> str:
    """A single value as it stands in its field."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _count(form: MultiDict, at: str) -> int:
    count = form.get(f"{at}-n", "0")
    return min(int(count), 200) if count.isascii() and count.isdigit() else 0


def _comparison(form: MultiDict, at: str) -> Node:
    field, op, was = form.get(f"{at}-f", ""), form.get(f"{at}-o", Operator.EQUALS.value), form.get(f"{at}-w", "")
    typed = [one.replace("\r\n", "\n").replace("\0", "") for one in form.getlist(f"{at}-v")]
    if op == Operator.IN:
        typed = [line.strip() for one in typed for line in one.split("\n") if line.strip()]
    typed = [one for one in typed if one]
    stood = _texts(was)
    before, _, compared = form.get(f"{at}-q", "").partition(" ")
    if before and field != before and op == compared and typed == stood:
        return fresh(field)  # another question was chosen, and its answer not yet: the old one does not fit it
    return {"kind": "field", "field": field, "op": op, "value": typed, "was": was}


def _listed(value: Any) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(was: str) -> list[str]:
    return [said(one) for one in _listed(json.loads(was))] if was else []


def _value(node: Node, questions: Questions) -> Any:
    question = questions.get(node["field"])
    before = json.loads(node["was"]) if node["was"] else None
    known = {said(one): one for one in _listed(before)}
    values = [known[one] if one in known else _typed(one, question) for one in node["value"]]
    if node["op"] != Operator.IN:
        return values[0] if values else None
    return before if isinstance(before, list) and sorted(map(said, before)) == sorted(map(said, values)) else values


def _typed(text: str, question: Question | None) -> Any:
    if question is not None and question.type == FieldType.YES_NO and text in ("true", "false"):
        return text == "true"
    if question is not None and question.type in NUMBERS:
        number = unicodedata.normalize("NFKC", text).strip()
        if NUMBER.fullmatch(number):
            return float(number) if "." in number else int(number)
    return text
