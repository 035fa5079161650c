"""forms: rows of a guide's form: adding, moving, removing, opening and folding them, and the keys that they get from their names.

A button says `verb:place` or `verb:place:row`; a place is the name of a list in the form, as in `variants_documents` or
`form-0-fields-3-options`, or of a condition, as in `variants_fees-1-when`.
"""
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pypinyin import lazy_pinyin

from forms import guide_conditions as conditions
from forms import guide_values as values
from forms.guide_fields import Field
from portal.rules.guide.rewiring import COPY

LONGEST_KEY = 40
COPIED = "variants"
"""Rows that can begin as a copy of another: situations, with their documents, stages, limits, fees and results."""
ACROSS = {"situations", "fields"}
"""Lists whose keys are one set for the whole guide: the questions."""


def act(fields: Mapping[str, Field], typed: dict[str, Any], button: str, questions: conditions.Questions) -> str:
    """Does what the button says in what was typed; returns the name of the field or row to go on at.

    Raises LookupError or ValueError where it names no place of this form.
    """
    verb, _, rest = button.partition(":")
    place, _, row = rest.partition(":")
    words = place.split("-")
    field, holder, name = _find(fields[words[0]], typed, words[0], words[1:])
    if field.kind == "condition":
        return _steer(holder, name, verb, place, row)
    if field.kind not in ("rows", "lines"):
        raise LookupError(place)
    rows = holder[name]
    if verb == "add":
        rows.append(values.added(field))
        return f"{place}-{len(rows) - 1}"
    at = int(row)
    if verb == "open":
        rows[at] = rows[at] if rows[at]["open"] else values.opened(field, rows[at]["plain"])
    elif verb == "copy":
        rows.insert(at + 1, _copy(field, rows[at]))
        return f"{place}-{at + 1}"
    elif verb == "fold":
        rows[at] = {"open": False, "plain": values.row_plain(field, rows[at], questions)}
    else:
        at = _moved(rows, verb, at)
    return f"{place}-{at}" if rows else place


def _copy(field: Field, row: dict[str, Any]) -> dict[str, Any]:
    """A new row like this one, open, with a key to come. What the row holds in other sections is copied when it is saved.
    Raises LookupError where rows of that kind are not copied."""
    row = row if row["open"] else values.opened(field, row["plain"])
    source = row.get("from") or row["fields"].get("key")
    if field.path != COPIED or not source:
        raise LookupError(field.path)
    fields = deepcopy(row["fields"])
    fields["key"], name = "", fields["name"]
    fields["name"] = {"zh": name["zh"] + COPY.zh, "en": name["en"] + COPY.en if name["en"] else ""}
    return {"open": True, "from": source, "fields": fields}


def key_rows(field: Field, typed: Any, taken: set[str]) -> None:
    """Gives every open row that has a name and no key one of its own. `taken` are the keys of all questions."""
    if field.kind == "group":
        for one in field.of:
            key_rows(one, typed[one.name], taken)
    if field.kind != "rows":
        return
    key = next((one.name for one in field.of if one.kind == "key"), None)
    own = {_key_of(row, key) for row in typed} | (taken if field.name in ACROSS else set())
    for row in (row for row in typed if row["open"]):
        if key and not row["fields"][key]:
            row["fields"][key] = made = _key(row["fields"][field.named], own, field.name)
            own.add(made)
            if field.name in ACROSS:
                taken.add(made)
        for one in field.of:
            key_rows(one, row["fields"][one.name], taken)


def _key_of(row: dict[str, Any], key: str | None) -> str:
    return (row["fields"] if row["open"] else row["plain"]).get(key, "") if key else ""


def _key(name: Any, taken: set[str], kind: str) -> str:
    """A key out of the English name, else out of the pinyin of the Chinese; empty where there is no name yet."""
    zh, en = (name["zh"].strip(), name["en"].strip()) if isinstance(name, dict) else (name.strip(), "")
    if not zh and not en:
        return ""
    spelt = "_".join(re.findall(r"[a-z0-9]+", en.lower() or " ".join(lazy_pinyin(zh, errors="ignore")).lower()))
    stem = re.sub(r"^[^a-z]+", "", spelt)[:LONGEST_KEY - 4].strip("_") or kind.rstrip("s")
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key


def _find(field: Field, holder: Any, name: Any, words: list[str]) -> tuple[Field, Any, Any]:
    """The field at a place, with what holds its typed value and under which name or index."""
    if not words:
        return field, holder, name
    if field.kind == "condition":
        at = holder[name]
        if len(words) == 1:
            return field, at["parts"], int(words[0])
        return _find(field, at["parts"], int(words[0]), words[1:])
    inner = holder[name]
    if field.kind == "rows":
        inner, words = inner[int(words[0])]["fields"], words[1:]
    one = next(one for one in field.of if one.name == words[0])
    return _find(one, inner, one.name, words[1:])


def _steer(holder: Any, name: Any, verb: str, place: str, row: str) -> str:
    """Buttons of a condition: *add* begins one or adds a part, *remove* takes a part or the whole away."""
    node = holder[name]
    if verb == "add":
        if node is None:
            holder[name] = conditions.fresh()
        elif node["kind"] == "field":
            holder[name] = {"kind": "all", "parts": [node, conditions.fresh()]}
            return f"{place}-1"
        else:
            node["parts"].append(conditions.fresh())
            return f"{place}-{len(node['parts']) - 1}"
    elif verb == "remove" and row:
        del node["parts"][int(row)]
        if not node["parts"]:
            holder[name] = None
    elif verb == "remove":
        holder[name] = None
    elif verb in ("up", "down"):
        _moved(node["parts"], verb, int(row))
    return place


def _moved(rows: list, verb: str, at: int) -> int:
    if verb == "remove":
        del rows[at]
        return min(at, len(rows) - 1)
    to = at + {"up": -1, "down": 1}[verb]
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        return to
    return at
