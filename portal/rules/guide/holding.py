"""rules/guide: since which revision each part of a guide has read as it does: what held on a day, and what changed last."""
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple


class Past(NamedTuple):
    """A revision that was published on that day, with its document as it is stored."""

    revision_id: int
    number: int
    day: date
    document: dict[str, Any]


class Since(NamedTuple):
    """`held` is the first of the published revisions in a row that read the same, None where this one differs from the last
    of them; `before` the one before that, of which something else was true."""

    held: Past | None
    before: Past | None


def since(document: dict[str, Any], places: Sequence[str], past: Sequence[Past]) -> dict[str, Since]:
    """For the elements at these places (JSON Pointers of mappings), since when they hold. `past` are the published revisions up to
    this one, newest first; an element of a guide that was never published has no answer."""
    found = {}
    for at in places if past else ():
        now, held = _at(document, at), None
        for one in past:
            if _at(one.document, at) != now:
                found[at] = Since(held, one)
                break
            held = one
        else:
            found[at] = Since(held, None)
    return found


def _at(document: dict[str, Any], place: str) -> Any:
    value: Any = document
    for word in place.strip("/").split("/"):
        value = value.get(word) if isinstance(value, dict) else None
    return value or None
