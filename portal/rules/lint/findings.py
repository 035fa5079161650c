"""rules/lint: what a rule is, what it finds, and what every rule looks at.

A rule is a row of a plain table: code, level, source, the fault, its remedy, and a pure function that
yields the places. The fault and the remedy are templates; a place brings the words that fill them.
"""
import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from portal.rules.guide.codes import ItemKind, Listed
from portal.rules.guide.document import Guide, GuideFile, Variant
from portal.rules.guide.documents import Document
from portal.rules.guide.elements import label
from portal.rules.guide.item import Item
from portal.rules.guide.limits import Limit
from portal.rules.guide.stages import Stage
from portal.rules.guide.text import Text

ERROR, WARNING = "error", "warning"
_ELEMENT = re.compile(r"<([a-z_.]+)>")


def both(zh: str, en: str) -> Text:
    """A sentence in both languages; `<provenance.checked_on>` in it is what that element is called, as on the editor's page. A
    file's author has the element's place beside the sentence."""
    return Text(zh=_ELEMENT.sub(lambda one: f"“{label(one[1]).zh}”", zh), en=_ELEMENT.sub(lambda one: f"“{label(one[1]).said('en')}”", en))


class Place(NamedTuple):
    """Where a rule is broken, and the words that its sentence needs."""

    at: str
    words: dict[str, Any]


def place(at: str, **words: Any) -> Place:
    return Place(at, words)


class Finding(NamedTuple):
    rule: str
    level: str
    at: str
    """A JSON Pointer into the file; where something is missing, to the place where it belongs."""
    message: Text
    remedy: Text


class Subject(NamedTuple):
    """What a rule looks at: one file, the day on which it is looked at (None: no rule asks for the day), and the names of
    the directory (None: no rule asks whether somebody is in it)."""

    file: GuideFile
    today: date | None = None
    directory: Collection[str] | None = None

    @property
    def guide(self) -> Guide:
        return self.file.guide

    @property
    def item(self) -> Item:
        return self.file.guide.item

    @property
    def licence(self) -> bool:
        return self.item.kind is ItemKind.LICENCE

    def variants(self) -> Iterator[tuple[str, Variant]]:
        for index, variant in enumerate(self.guide.variants):
            yield f"/guide/variants/{index}", variant

    def stages(self) -> Iterator[tuple[str, Variant, Stage]]:
        for at, variant in self.variants():
            for index, stage in enumerate(variant.stages):
                yield f"{at}/stages/{index}", variant, stage

    def documents(self) -> Iterator[tuple[str, Document]]:
        """Every document that somebody is asked for: those of the variants, then those of single places."""
        for at, variant in self.variants():
            for index, document in enumerate(variant.documents):
                yield f"{at}/documents/{index}", document
        for number, offering in enumerate(self.file.offerings):
            for index, document in enumerate(offering.documents):
                yield f"/offerings/{number}/documents/{index}", document


class Rule(NamedTuple):
    code: str
    level: str
    source: Text
    message: Text
    remedy: Text
    check: Callable[[Subject], Iterator[Place]]

    def findings(self, subject: Subject) -> Iterator[Finding]:
        for at, words in self.check(subject):
            yield Finding(self.code, self.level, at, filled(self.message, words), filled(self.remedy, words))


def filled(template: Text, words: dict[str, Any]) -> Text:
    """The template with its words in each language."""
    zh = template.zh.format(**{name: _said(value, "zh-Hans") for name, value in words.items()})
    en = (template.en or template.zh).format(**{name: _said(value, "en") for name, value in words.items()})
    return Text(zh=zh, en=en)


def _said(value: Any, locale: str) -> str:
    if isinstance(value, (Text, Limit)):
        return value.said(locale)
    return value.text.said(locale) if isinstance(value, Listed) else str(value)


def blank(template: Text) -> Text:
    """The template without its words, for a list of rules: an ellipsis stands where a word would."""
    zh, en = (re.sub(r"\{\w+\}", "…", words) for words in (template.zh, template.said("en")))
    return Text(zh=zh, en=en)
