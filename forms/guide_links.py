"""forms: what referred to a stage that is removed: whoever waited for it waits for what it waited for, a way back to it leads
to the stage before it, and what cannot be led on is said."""
from collections.abc import Iterator, Mapping
from typing import Any

from forms import guide_drawn
from forms.guide_fields import Field
from portal.rules.guide import rewiring
from portal.rules.guide.text import Text

Row = dict[str, Any]


def removed(fields: Mapping[str, Field], typed: Mapping[str, Any], button: str) -> list[Text]:
    """What removing a stage changes in the others, where the button of a row does that. Raises LookupError or ValueError where
    it names no row."""
    verb, _, rest = button.partition(":")
    place, _, row = rest.partition(":")
    stages = verb == "remove" and place in fields and fields[place].path == "variants.stages"
    return unlink(fields[place], typed[place], int(row)) if stages else []


def unlink(field: Field, rows: list[Row], at: int) -> list[Text]:
    """Takes the stage of this row out of the references of the others, as typed; says what was changed, and what is to be
    chosen anew. Called before the row goes."""
    gone, key = rows[at], _get(rows[at], "key")
    if not key:
        return []
    name, before = _named(field, gone), [one for one in _get(gone, "waits_for") or [] if one != key]
    called = {_get(row, "key"): _named(field, row) for row in rows}
    said = []
    for row in (row for row in rows if row is not gone):
        own = _get(row, "key")
        waits = _get(row, "waits_for") or []
        if key in waits:
            fresh = list(dict.fromkeys(one for old in waits for one in (before if old == key else [old]) if one != own))
            _set(row, "waits_for", fresh)
            said.append(rewiring.waits(_named(field, row), name, [called[one] for one in fresh if one in called]))
        for outcome in _back(field, row, key):
            to = before[0] if len(before) == 1 and before[0] != own else ""
            _set(outcome, "to", to or ("" if outcome["open"] else None))
            said.append(rewiring.leads(_named(field, row), name, called.get(to)))
    return said


def _back(field: Field, row: Row, key: str) -> Iterator[Row]:
    """The outcomes of a row that lead to that stage. A folded row holds them as plain values, which are given as folded rows."""
    if row["open"]:
        yield from (one for one in row["fields"]["outcomes"] if _get(one, "to") == key)
    else:
        yield from ({"open": False, "plain": one} for one in row["plain"].get("outcomes") or [] if one.get("to") == key)


def _get(row: Row, name: str) -> Any:
    return (row["fields"] if row["open"] else row["plain"]).get(name)


def _set(row: Row, name: str, value: Any) -> None:
    held = row["fields"] if row["open"] else row["plain"]
    if value is None:
        held.pop(name, None)
    else:
        held[name] = value


def _named(field: Field, row: Row) -> Text:
    return guide_drawn.named(field, row) or rewiring.NAMELESS
