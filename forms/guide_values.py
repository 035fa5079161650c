"""forms: the fields of a guide between three shapes: plain values of the document, what is typed, and the names of a form.

What is typed is a tree of texts: a bilingual text is `{zh, en}`, a list of choices a list, a group a dict by name, a row a dict with
`open` and either its `fields` or, where it is folded away, its `plain` value, which travels through the form as JSON. Nothing is
judged here: what is no number stays text, and the schema says so.
"""
import json
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from werkzeug.datastructures import MultiDict

from forms import guide_conditions as conditions
from forms.guide_fields import Field
from portal.rules.guide.text import Text

Typed = Any
MOST = 500
"""Rows of one list that a form is read for."""
LONG, OPEN, FEW = 8, 4, 3
"""Rows with more than LONG fields come folded where there are several, others where there are more than OPEN; rows with at most
FEW fields never do."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs that nobody sees, which come along when text is copied; those that turn its direction would show a telephone backwards."""
DAY = re.compile(r"^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$")


def shown(field: Field, plain: Any) -> Typed:
    """What stands in the form for a plain value; None for what is not there."""
    match field.kind:
        case "text":
            return {"zh": plain, "en": ""} if isinstance(plain, str) else {"zh": (plain or {}).get("zh") or "", "en": (plain or {}).get("en") or ""}
        case "flag":
            return "1" if plain else ""
        case "maybe":
            return "" if plain is None else "true" if plain else "false"
        case "money":
            return f"{Decimal(plain) / 100:f}" if isinstance(plain, int) else _said(plain)
        case "choices" | "days" | "refs":
            return [_said(one) for one in plain or ()]
        case "lines":
            return [shown(field.item, one) for one in plain or ()]
        case "rows":
            rows = plain or []
            fold = len(field.of) > FEW and len(rows) > (1 if len(field.of) > LONG else OPEN)
            return [{"open": False, "plain": row} if fold else opened(field, row) for row in rows]
        case "group":
            return {one.name: shown(one, (plain or {}).get(one.name)) for one in field.of}
        case "condition":
            return conditions.shown(plain)
    return _said(plain)


def fresh(field: Field) -> Typed:
    """What stands in a row that was just added: defaults where they are choices, else nothing."""
    default = None if field.kind in ("text", "key", "lines", "rows", "group") else field.default
    if isinstance(default, list):
        return shown(field, [one.value if isinstance(one, Enum) else one for one in default])
    return shown(field, default.value if isinstance(default, Enum) else default)


def opened(field: Field, plain: Any) -> dict[str, Any]:
    """A row with its fields to type in. What an absent element counts as is shown as chosen."""
    fields = {one.name: shown(one, plain[one.name]) if plain.get(one.name) is not None else _absent(one) for one in field.of}
    return {"open": True, "fields": fields} | _copied(plain)


def added(field: Field) -> Typed:
    """One more row or line of a list."""
    if field.kind == "lines":
        return fresh(field.item)
    return {"open": True, "fields": {one.name: fresh(one) for one in field.of}}


def read(field: Field, form: MultiDict, at: str) -> Typed:
    """What was typed under a name. Raises ValueError for a folded row that is no JSON."""
    match field.kind:
        case "text":
            return {"zh": _lines(form.get(at, "")), "en": _lines(form.get(f"{at}-en", ""))}
        case "choices" | "days" | "refs":
            return [_lines(one) for one in form.getlist(at)]
        case "lines":
            return [read(field.item, form, f"{at}-{index}") for index in range(_count(form, at))]
        case "rows":
            return [_row(field, form, f"{at}-{index}") for index in range(_count(form, at))]
        case "group":
            return {one.name: read(one, form, f"{at}-{one.name}") for one in field.of}
        case "condition":
            return conditions.read(form, at)
    return _lines(form.get(at, ""))


def plain(field: Field, typed: Typed, questions: conditions.Questions) -> Any:
    """The plain value of what was typed; None where nothing was. Rows and lines in which nothing stands are left out."""
    match field.kind:
        case "text":
            if not typed["zh"].strip() and not typed["en"].strip():
                return "" if isinstance(field.default, Text) else None
            return {"zh": typed["zh"], "en": typed["en"] if typed["en"].strip() else None}
        case "flag":
            return bool(typed)
        case "maybe":
            return {"true": True, "false": False}.get(typed)
        case "number":
            return _number(typed)
        case "money":
            return _fen(typed)
        case "date":
            return _date(typed)
        case "days":
            return [int(one) if re.fullmatch("[1-7]", one) else one for one in typed]
        case "choices" | "refs":
            return list(typed)
        case "lines":
            return [plain(field.item, one, questions) for one in typed if not blank(field.item, one)]
        case "rows":
            return [row_plain(field, row, questions) for row in typed if not blank_row(field, row)]
        case "group":
            return None if all(blank(one, typed[one.name]) for one in field.of) else _together(field, typed, questions)
        case "condition":
            return None if conditions.blank(typed) else conditions.plain(typed, questions)
    return typed if typed.strip() else None


def row_plain(field: Field, row: dict[str, Any], questions: conditions.Questions) -> Any:
    return _together(field, row["fields"], questions) | _copied(row) if row["open"] else row["plain"]


def folded(plain: dict[str, Any]) -> str:
    """A row as it travels folded away: its JSON without what is absent."""
    return json.dumps({name: value for name, value in plain.items() if value not in (None, [])}, ensure_ascii=False, separators=(",", ":"))


def blank(field: Field, typed: Typed) -> bool:
    """Whether nothing stands there: no word, no choice, no row."""
    if field.kind == "text":
        return not typed["zh"].strip() and not typed["en"].strip()
    if field.kind == "rows":
        return all(blank_row(field, row) for row in typed)
    if field.kind == "lines":
        return all(blank(field.item, one) for one in typed)
    if field.kind == "group":
        return all(blank(one, typed[one.name]) for one in field.of)
    if field.kind == "condition":
        return conditions.blank(typed)
    return not (typed.strip() if isinstance(typed, str) else typed)


def blank_row(field: Field, row: dict[str, Any]) -> bool:
    """Whether a row was added and left as it came."""
    if not row["open"]:
        return False
    return all(blank(one, row["fields"][one.name]) or row["fields"][one.name] == fresh(one) for one in field.of)


def _absent(field: Field) -> Typed:
    return fresh(field) if field.kind in ("choice", "flag", "choices", "days", "number") and field.optional else shown(field, None)


def _together(field: Field, typed: dict[str, Typed], questions: conditions.Questions) -> dict[str, Any]:
    made = {one.name: plain(one, typed[one.name], questions) for one in field.of}
    return {name: value for name, value in made.items() if value is not None}


def _copied(row: dict[str, Any]) -> dict[str, str]:
    """The key of the row of which a new one is a copy, in what it has beside this section."""
    return {"from": row["from"]} if isinstance(row.get("from"), str) and row["from"] else {}


def _row(field: Field, form: MultiDict, at: str) -> dict[str, Any]:
    folded = form.get(f"{at}-json")
    if folded is None:
        return {"open": True, "fields": {one.name: read(one, form, f"{at}-{one.name}") for one in field.of}} | _copied({"from": form.get(f"{at}-from")})
    value = json.loads(folded)
    if not isinstance(value, dict):
        raise ValueError("a folded row is no mapping")
    return {"open": False, "plain": value}


def _count(form: MultiDict, at: str) -> int:
    count = form.get(f"{at}-n", "0")
    return min(int(count), MOST) if count.isascii() and count.isdigit() else 0


def _lines(text: str) -> str:
    """Line breaks as one character; what nobody can see or type is left out."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _said(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value)


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _number(text: str) -> Any:
    narrow = _narrow(text)
    if re.fullmatch(r"-?\d{1,12}", narrow):
        return int(narrow)
    return float(narrow) if re.fullmatch(r"-?\d{1,12}\.\d{1,6}", narrow) else text if narrow else None


def _fen(text: str) -> Any:
    narrow = _narrow(text).replace(",", "")
    try:
        fen = Decimal(narrow) * 100
        return int(fen) if fen == fen.to_integral_value() and abs(fen) < 10**14 else text
    except InvalidOperation:
        return text if narrow else None


def _date(text: str) -> str | None:
    found = DAY.match(_narrow(text))
    return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else text if text.strip() else None
