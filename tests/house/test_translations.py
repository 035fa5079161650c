"""Every sentence of the portal is in the English catalogue, whole, and the catalogue holds nothing else."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment

from portal.languages import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("templates", "portal", "forms", "pdfs")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
OPTIONS = {"**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
HAN = re.compile(r"[㐀-鿿，。；：、（）？！]")
"""Chinese, by its characters or its full-width marks."""
OWN_WORDS = {"templates": {"_portal_header.html": {"中文"}}}
"""A language is named in its own words, whatever the page's."""
PLACES = {"site", "print"}
"""Templates of the site and the papers get plain values: their words come from `portal.publishing`, in pairs."""


@cache
def sentences() -> dict[str, str]:
    """Every msgid with the first place that says it."""
    found: dict[str, str] = {}
    for room in ROOMS:
        rows = extract_from_dir(ROOT / room, METHODS, OPTIONS, keywords=KEYWORDS)
        for name, line, message, _comments, _context in rows:
            for one in message if isinstance(message, tuple) else (message,):
                if one:
                    found.setdefault(one, f"{room}/{name}:{line}")
    return found


def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def places(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]", text))


ENGLISH = {entry.id: entry.string for entry in catalogue() if entry.id}


def test_every_sentence_has_its_english():
    missing = [f'# {place}\nmsgid "{text}"\nmsgstr ""' for text, place in sentences().items() if not ENGLISH.get(text)]
    assert not missing, "add to portal/translations/en.po:\n\n" + "\n\n".join(missing)


def test_the_catalogue_holds_nothing_that_nobody_says():
    assert sorted(set(ENGLISH) - set(sentences())) == []


def test_no_entry_is_in_doubt():
    assert [entry.id for entry in catalogue() if entry.fuzzy] == []


@pytest.mark.parametrize("text", sorted(ENGLISH))
def test_the_english_is_whole(text):
    english = ENGLISH[text]
    assert places(english) == places(text)
    assert not HAN.search(english), "Chinese characters in the English"
    assert "%%" not in english or "%%" in text


def test_the_chinese_is_the_msgid():
    """Chinese comes first, so a sentence without a Chinese character stands in the wrong language."""
    assert [f"{place}: {text}" for text, place in sentences().items() if not HAN.search(text)] == []


def words_of(path: Path) -> Iterator[str]:
    """The text that a template says by itself, without comments and expressions."""
    for _line, kind, value in Environment(extensions=["jinja2.ext.i18n"]).lex(path.read_text()):
        if kind in ("data", "string") and HAN.search(value):
            yield value.strip().strip("\"'")


def test_portal_templates_say_nothing_past_the_catalogue():
    loose = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if path.parent.name not in PLACES:
            allowed = OWN_WORDS["templates"].get(path.name, set()) | set(sentences())
            loose += [f"{path.relative_to(ROOT)}: {word}" for word in words_of(path) if word not in allowed]
    assert loose == []


def spoken(tree: ast.AST) -> Iterator[str]:
    """String literals with Chinese, docstrings left out."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare and HAN.search(node.value):
            yield node.value


def pairs(tree: ast.AST) -> set[str]:
    """The Chinese of every `Text(zh=…, en=…)`."""
    return {
        word.value.value
        for node in ast.walk(tree) if isinstance(node, ast.Call) and {"zh", "en"} <= {word.arg for word in node.keywords}
        for word in node.keywords if word.arg == "zh" and isinstance(word.value, ast.Constant)
    }


@pytest.mark.parametrize("room", ["portal/views", "forms"])
def test_views_and_forms_say_nothing_past_the_catalogue(room):
    loose = []
    for path in sorted((ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text())
        loose += [f"{path.relative_to(ROOT)}: {text}" for text in spoken(tree) if text not in sentences() and text not in pairs(tree)]
    assert loose == []
