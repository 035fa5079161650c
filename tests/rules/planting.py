"""Plants a value in one element of the good guide, for tests that look for it on the surfaces that owe it.

`planted(path)` takes a path of `portal.rules.guide.elements` and gives the guide file with what to look for in
either language. Texts, codes, numbers and dates are unique in the file; choices are told by their words, so a test
compares how often they stand there before and after; a flag has no words of its own (`zh` is empty). Keys are not
planted: other rows name them, and nobody reads them.
"""
import pickle
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from portal.rules.conditions import Comparison
from portal.rules.guide.codes import Unit
from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import ELEMENTS, schema_paths
from portal.rules.guide.text import Text
from tests.rules.guides import good_guide

ANNOTATIONS = dict(schema_paths())
NUMBERS = {row.path: 700 + index for index, row in enumerate(ELEMENTS)}
ROWS: dict[str, dict[str, Any]] = {
    "access.cross_region": {"kind": "county"},
    "extras": {"name": "字段", "value": "值"},
    "offerings.documents": {"key": "local", "name": "本地材料", "necessity": "required", "originals": 1, "basis": "示例规定"},
    "offerings.documents.agency": {"name": "示例中介"},
    "variants.documents.agency": {"name": "示例中介"},
    "variants.statutory": {"amount": 20},
    "variants.promised": {"amount": 5},
    "variants.stages.limit": {"amount": 0.5},
    "variants.not_counted.limit": {"amount": 10},
    "variants.results.limit": {"amount": 5},
    "situations.options": {"value": "first", "label": "首次申请"},
    "form.fields.options": {"value": "one", "label": "甲"},
    "offerings.windows.hours": {"spans": [{"opens": "08:30", "closes": "12:00"}]},
}
"""What a group needs beside the planted element, where the good guide has no row of it."""
LISTS = {"access.cross_region", "extras", "offerings.documents", "situations.options", "form.fields.options", "offerings.windows.hours"}
BESIDE: dict[str, dict[str, Any]] = {
    "variants.stages.stop_reason": {"counted": False, "stop_basis": "示例规定第一条"},
    "variants.stages.stop_basis": {"counted": False, "stop_reason": "test"},
    "variants.stages.counted": {"counted": False, "stop_reason": "test"},
    "form.fields.options.label": {"type": "choice"},
    "form.fields.type": {"type": "long_text"},
    "situations.type": {"type": "yes_no", "options": []},
    "form.fields.minimum": {"type": "number"},
    "form.fields.maximum": {"type": "number"},
    "situations.minimum": {"type": "number", "options": []},
    "situations.maximum": {"type": "number", "options": []},
    "variants.stages.outcomes.to": {"leads": "back"},
    "variants.stages.outcomes.name": {"leads": "back", "to": "accept"},
    "variants.stages.outcomes.leads": {"leads": "end", "end": "withdrawn"},
    "variants.stages.outcomes.end": {"leads": "end"},
    "variants.documents.main": {"necessity": "required"},
    "variants.fee_note": {"fees": []},
}
"""What else changes in the same row, so that the guide stays valid."""
WORDS: dict[str, tuple[Any, str, str]] = {
    "variants.stages.waits_for": (["accept"], "受理", "Accept"),
    "variants.stages.produces": (["permit"], "临时占用绿地许可证", "Permit to occupy green space"),
    "variants.stages.outcomes.to": ("accept", "受理", "Accept"),
    "variants.stages.officers": (7, "7", "7"),
    "variants.fees.fen": (765_43, "765.43", "765.43"),
    "access.visits.times": (73, "73", "73"),
    "schema_version": (1, "", ""),
    "legal_basis.state": ("repealed", "已废止", "repealed"),
    "situations.required": (False, "", ""),
    "form.fields.required": (False, "", ""),
    "variants.documents.necessity": ("optional", "非必要", "Not required"),
    "offerings.windows.hours.since": ("07-23", "07-23", "07-23"),
    "offerings.windows.hours.until": ("08-27", "08-27", "08-27"),
    "offerings.windows.hours.days": ([6], "周六", "Sat"),
    "offerings.windows.hours.spans.opens": ("08:47", "08:47", "08:47"),
    "offerings.windows.hours.spans.closes": ("11:53", "11:53", "11:53"),
    "offerings.place": ("990421105000", "990421105000", "990421105000"),
}
"""Elements whose values follow a form: (value, what to look for in Chinese, in English)."""


class Planted(NamedTuple):
    file: GuideFile
    zh: str
    en: str


@cache
def planted(path: str) -> Planted:
    """The good guide with a value in the element of that path, and what to look for. ValueError for a key."""
    plain = good_guide()
    zh, en = _plant(plain, path)
    return Planted(GuideFile.model_validate(plain), zh, en)


def together(paths: list[str], shown: Callable[[GuideFile], str]) -> Iterator[tuple[GuideFile, dict[str, str]]]:
    """As few guides as hold all these elements planted beside one another, each with what to look for in Chinese, by path.

    `shown` is a surface that owes them all: what one element hides of another there comes into the next guide.
    """
    while paths:
        plain, said, left = good_guide(), {}, []
        for path in paths:
            tried = pickle.loads(pickle.dumps(plain))  # five times as fast as a deep copy
            zh, _ = _plant(tried, path)
            try:
                GuideFile.model_validate(tried)
            except ValidationError:
                left.append(path)
            else:
                plain, said[path] = tried, zh
        file = GuideFile.model_validate(plain)
        text = shown(file)
        hidden = [path for path, zh in said.items() if "".join(zh.split()) not in text]
        if len(hidden) == len(said):
            raise AssertionError(f"not shown: {hidden}")
        yield file, {path: zh for path, zh in said.items() if path not in hidden}
        paths = hidden + left


def _plant(plain: dict[str, Any], path: str) -> tuple[str, str]:
    """Plants into the plain guide; what to look for in Chinese and English."""
    if path.rpartition(".")[2] in ("key", "value") and path != "extras.value":
        raise ValueError(path)
    parts = path.split(".")
    at: Any = plain if parts[0] in ("offerings", "unplaced") else plain["guide"]
    for index, part in enumerate(parts[:-1]):
        at = _group(at, part, ".".join(parts[: index + 1]))
        if path in BESIDE and ".".join(parts[: index + 1]) == _row_of(path):
            at.update(BESIDE[path])
    value, zh, en = _value(path, at.get(parts[-1]))
    if path in BESIDE and parts[-1] in BESIDE[path]:
        value = at[parts[-1]]
        zh, en = next((_words(one(value)) for one in kinds(path) if issubclass(one, Enum)), ("", ""))
    at[parts[-1]] = value
    if path.endswith(".since") or path.endswith(".until"):
        at |= {"since": at.get("since", "05-01"), "until": at.get("until", "09-30")}
    return zh, en


def _row_of(path: str) -> str:
    """The group in which BESIDE changes something: for an option, the question that it belongs to."""
    return path.rpartition(".")[0].removesuffix(".options")


def _group(at: dict[str, Any], part: str, path: str) -> dict[str, Any]:
    """The row of that group to go on in, made where there is none."""
    if not at.get(part):
        at[part] = [dict(ROWS[path])] if path in LISTS else dict(ROWS.get(path, {}))
    inner = at[part]
    # Of the situations the first permit: it has one of everything.
    return inner[1 if path == "variants" else 0] if isinstance(inner, list) else inner


def _value(path: str, now: Any) -> tuple[Any, str, str]:
    if path in WORDS:
        return WORDS[path]
    number, annotation = NUMBERS[path], ANNOTATIONS[path]
    listed = str(annotation).startswith("list")
    found = kinds(path)
    choice = next((one for one in found if issubclass(one, Enum)), None)
    if Comparison in found:
        # Of the question that stands first, so that nothing asks for a later one.
        zh = en = f"v{number}"
        value = {"field": "action", "op": "in", "value": ["first", zh]}
    elif Text in found:
        zh, en = f"植{number}入", f"planted {number} here"
        value = {"zh": zh, "en": en}
    elif choice:
        # Another than stands there, and not the default, which the last one is in most lists.
        one = Unit.MONTH if choice is Unit else next(one for one in choice if one.value != now and [one.value] != now)
        value, zh, en = one.value, *_words(one)
    elif bool in found:
        value, zh, en = now is not True, "", ""
    elif date in found:
        value, zh, en = f"20{number % 60 + 30}-07-23", f"20{number % 60 + 30}年7月23日", f"23 July 20{number % 60 + 30}"
    elif Decimal in found or int in found:
        value = number % 90 + (0.25 if Decimal in found else 9)
        zh = en = str(value)
    else:
        zh = en = value = f"PLANT{number}"
    return ([value] if listed else value), zh, en


def _words(one: Enum) -> tuple[str, str]:
    # A unit stands beside a number, in English perhaps in the singular.
    return one.text.zh, one.text.en.removesuffix("s") if isinstance(one, Unit) else one.text.en


def kinds(path: str) -> set[type]:
    """The types that the element of a path is made of."""
    return set(_kinds(ANNOTATIONS[path]))


def _kinds(annotation: Any):
    if isinstance(annotation, type):
        yield annotation
    for one in get_args(annotation):
        yield from _kinds(one)
