"""rules/importing: what stands around guides in JSON: a server's answer, a list, JSON or markup that was written as a string."""
import json
import re
from collections.abc import Mapping
from typing import Any

from portal.rules.importing import html, national

_MARKUP = re.compile(r"</?(?:p|br|div|span|table|t[rdh]|[uo]l|li|strong|b|font|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)


def kind(value: Any) -> str | None:
    """What shape a value has: our own, a page in a wrapper, fields; None where it is none of them."""
    if not isinstance(value, Mapping):
        return None
    if isinstance(value.get("guide"), dict):
        return "own"
    if isinstance(value.get("text"), str) and "fields" not in value:
        return "page"
    return "fields" if national.is_guide(value) else None


def unpacked(value: Any, markup: bool = True) -> Any:
    """The value with JSON and markup read that were written as strings, and without halves of characters. A guide in our own
    format says what it says."""
    if isinstance(value, dict):
        markup = markup and not isinstance(value.get("guide"), dict)
        return {_whole_text(key): unpacked(said, markup) for key, said in value.items()}
    if isinstance(value, list):
        return [unpacked(said, markup) for said in value]
    if not isinstance(value, str):
        return value
    text = _whole_text(value)
    return _read(text) if markup else text


def _read(text: str) -> Any:
    said = text.strip()
    if said[:1] + said[-1:] in ("{}", "[]"):
        try:
            inner = json.loads(said)
        except ValueError:
            inner = None
        # A remark such as [2] stays one.
        if isinstance(inner, dict) or (isinstance(inner, list) and any(isinstance(one, (dict, str)) for one in inner)):
            return unpacked(inner)
    # A text with a tag or two keeps its own lines.
    return html.read(text.replace("\n", "<br>"))[0] if _MARKUP.search(text) else text


def _whole_text(text: str) -> str:
    """The text as it can be written: half of a character, which JSON can hold and no file, becomes a question mark."""
    return text.encode("utf-8", "replace").decode()


def guides(value: Any) -> list[Any]:
    """The guides of a file, one by one: in a list, or in what a server wraps around them; the value where it holds none.

    What a server says beside a list (the body, the place) counts for each guide that does not say it itself.
    """
    if isinstance(value, list):
        return [one for row in value for one in guides(row)]
    if not isinstance(value, Mapping) or kind(value) in ("own", "page") or national.names_itself(value):
        return [value]
    found = [one for said in value.values() if isinstance(said, (list, Mapping)) for one in guides(said) if _whole(one)]
    if not found:
        return [value]
    beside = {key: said for key, said in value.items() if not isinstance(said, (list, Mapping))}
    return [one if kind(one) in ("own", "page") else {**beside, **one} for one in found]


def _whole(value: Any) -> bool:
    return kind(value) in ("own", "page") or (isinstance(value, Mapping) and national.names_itself(value))
