"""rules: a row of the catalogue: by what it is known again, which codes it is joined by, what its link says of it."""
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from portal.rules.codes import CodeProblem, implementation_code
from portal.rules.guide.codes import ItemKind

UNSORTED = {"未分类", "未归类", "无", "其他", "其它"}
"""Headings that say nothing of what stands below them."""
_CODE = re.compile(r"[0-9A-Za-z-]{8,64}")
_BASIC = re.compile(r"[0-9A-Z]{12}")


@dataclass(frozen=True)
class Entry:
    """A row as the list gives it; empty texts are None."""

    department: str
    name: str
    main_item: str | None = None
    basic_code: str | None = None
    implementation_code: str | None = None
    source_code: str | None = None
    kind: str | None = None
    link: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> str | None:
        """The heading where it says anything."""
        return None if self.main_item in UNSORTED else self.main_item

    @property
    def code(self) -> str | None:
        """The most particular code that the row or its link carries."""
        return self.implementation_code or self.source_code or linked_code(self.link) or self.basic_code

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code by which a guide of the same item may be known, the basic code within an implementation code included."""
        within = None
        if self.implementation_code:
            try:
                within = implementation_code(self.implementation_code).basic
            except CodeProblem:
                within = None
        found = (self.basic_code, within, self.implementation_code, self.source_code, linked_code(self.link))
        return tuple(dict.fromkeys(code for code in found if code))

    @property
    def basic(self) -> str | None:
        """The national basic code, where the row has one of its form."""
        return next((code for code in self.codes if _BASIC.fullmatch(code)), None)

    @property
    def item_kind(self) -> ItemKind | None:
        """The kind, from its word or its national number; else from the link."""
        told = self.kind or _asked(self.link, "taskType")
        if not told:
            return None
        number = told.zfill(2) if told.isdigit() else None
        return next((one for one in ItemKind if told in (one.value, one.text.zh, one.text.en) or number == one.code), None)

    @property
    def address(self) -> str | None:
        """The link where a browser may follow it."""
        return self.link if self.link and urlsplit(self.link).scheme in ("http", "https") else None


def linked_code(link: str | None) -> str | None:
    """The code of the register that a link to it names (`itemCode=`); None where it is not built like one."""
    code = _asked(link, "itemCode")
    return code if code and _CODE.fullmatch(code) and any(sign.isdigit() for sign in code) else None


def keys(entries: Iterable[Entry]) -> list[str]:
    """By what each row is known again: its code, else its department, heading and name; the second of the same gets a number."""
    seen: Counter[str] = Counter()
    found = []
    for entry in entries:
        key = f"code {entry.code}" if entry.code else "name " + " | ".join((entry.department, entry.main_item or "", entry.name))
        seen[key] += 1
        found.append(key if seen[key] == 1 else f"{key} #{seen[key]}")
    return found


def _asked(link: str | None, name: str) -> str | None:
    if not link:
        return None
    try:
        return parse_qs(urlsplit(link).query).get(name, [None])[0]
    except ValueError:
        return None
