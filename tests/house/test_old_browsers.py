"""The style sheet asks nothing of a browser that Chrome 67 has not, or can do without it.

When each feature came to Chrome: its page in the MDN browser compatibility data. Chrome 67 is of May 2018; the in-app browsers of
older phones are built on it.
"""
import re

import pytest

from portal.publishing import style

NEWER = {
    "gap between flex children (84)": r"(?<![-\w])(?:row-|column-)?gap\s*:",
    "inset (87)": r"(?<![-\w])inset(?:-\w+)*\s*:",
    "logical shorthands (87)": r"(?<![-\w])(?:margin|padding|border)-(?:inline|block)\s*:",
    "aspect-ratio (88)": r"(?<![-\w])aspect-ratio\s*:",
    ":is() and :where() (88)": r":(?:is|where)\(",
    ":focus-visible (86)": r":focus-visible",
    ":has() (105)": r":has\(",
    ":not() with a list (88)": r":not\([^)]*,",
    "min(), max(), clamp() (79)": r"(?<![-\w])(?:min|max|clamp)\(",
    "accent-color (93)": r"accent-color\s*:",
    "overscroll-behavior on one axis (77)": r"overscroll-behavior-(?:block|inline)",
    "color-scheme (81)": r"color-scheme\s*:",
    "text-underline-offset, text-decoration-thickness (87, 89)": r"text-underline-offset|text-decoration-thickness",
    "place-items in flex and grid shorthand of subgrid (117)": r"subgrid",
    "newer units (108)": r"\d(?:svh|lvh|dvh|svw|lvw|dvw|cqw|cqh|lh|rlh)\b",
    "cascade layers, container queries, nesting (99, 105, 112)": r"@layer|@container|&\s*[.:#>]",
    "media ranges, prefers-reduced-motion (104, 74)": r"@media[^{]*[<>]=?|prefers-reduced-motion|prefers-color-scheme",
    "colour functions (111)": r"(?:color-mix|oklch|lab|lch|hwb)\(",
    "padding and margin of scroll (69)": r"(?<![-\w])scroll-(?:margin|padding)",
    "backdrop-filter (76)": r"backdrop-filter",
    "overflow-wrap: anywhere (80)": r"overflow-wrap\s*:\s*anywhere",
    "content-visibility (85)": r"content-visibility|contain-intrinsic-size",
}
DONE_WITHOUT = {
    "padding and margin of scroll (69)": "the field that is reached by the keyboard may lie under the bar of the desk; nothing is lost",
    "overflow-wrap: anywhere (80)": "break-word is set on the whole page and breaks the same words",
    "content-visibility (85)": "what is below the fold is laid out at once, as before",
}
"""What an older browser passes over, and why nothing is missing then."""


@pytest.mark.parametrize("feature", NEWER)
def test_the_sheet_asks_nothing_newer(feature):
    found = re.findall(NEWER[feature], sheet())
    assert not found or feature in DONE_WITHOUT, (feature, found)


def test_what_is_done_without_is_there_and_the_search_finds_it():
    assert all(re.search(NEWER[feature], sheet()) for feature in DONE_WITHOUT)


def test_nothing_newer_comes_with_a_declaration_that_older_ones_need():
    """A selector that a browser does not know takes its whole rule with it, so that newer ones stand alone."""
    rules = re.findall(r"[^{}]+\{[^{}]*content-visibility[^{}]*\}", sheet())
    assert rules
    for rule in rules:
        assert set(re.findall(r"([\w-]+):", rule.partition("{")[2])) == {"content-visibility", "contain-intrinsic-size"}


def test_the_guides_page_is_built_of_elements_of_its_time():
    assert not re.search(r"<(?:dialog|search|slot|selectlist)\b|\bpopover=|\binert\b|loading=", template())


def sheet() -> str:
    return re.sub(r"/\*.*?\*/", "", style.SHEET.read_text("utf-8"), flags=re.DOTALL)


def template() -> str:
    from portal.publishing.pages import TEMPLATES

    return "".join(file.read_text("utf-8") for file in (TEMPLATES / "site").glob("*.html"))
