"""Every element of a guide is on every surface that owes it: planted there, then looked for.

The table in `portal.rules.guide.elements` says who owes what. A planted value has to change the surface, and what it is
told by has to stand there; where planting changes more than the element itself, more often than before.
"""
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum

import pytest

from portal import web
from portal.actions import guides as acts
from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import ELEMENTS, Surface
from portal.rules.guide.text import Text
from tests.house import surfaces
from tests.rules.guides import good_file
from tests.rules.planting import BESIDE, kinds, planted, together

Render = Callable[[GuideFile], str]
AS_DATE = {(Surface.RECEIPT, "variants.promised.amount"), (Surface.RECEIPT, "variants.promised.unit")}
"""Told as the day on which the decision would be due."""
PATHS = tuple(element.path for element in ELEMENTS)
HIDDEN = ("key", "value")
"""Last words of elements that nothing is planted in: other rows name them, and nobody reads them."""


def missing(surface: Surface, render: Render, paths: tuple[str, ...] = PATHS) -> list[str]:
    """The elements of these that the surface owes and does not show."""
    before, found = render(good_file()), []
    assert render(good_file()) == before, "what differs by itself proves nothing"
    for element in ELEMENTS:
        if element.owed(surface) and element.path in paths:
            plant = planted(element.path)
            after, said = render(plant.file), "".join(plant.zh.split())
            if (surface, element.path) in AS_DATE:
                said = ""
            more = after.count(said) > before.count(said) if element.path in BESIDE else said in after
            if after == before or (said and not more):
                found.append(element.path)
    return found


@pytest.fixture
def render(app, client, ring, monkeypatch) -> dict[Surface, Render]:
    """All surfaces. A planted guide need not make sense, so lint lets it pass; and the reader holds every application."""
    monkeypatch.setattr(acts, "lint", lambda file, **known: [])
    monkeypatch.setattr(web, "holds", lambda application_id: True)
    return surfaces.renderers(surfaces.Portal(app, client, ring))


@pytest.mark.parametrize("surface", list(Surface))
def test_every_element_is_where_it_is_owed(surface, render):
    assert not (gone := missing(surface, render[surface])), " ".join(gone)


def test_every_surface_is_rendered(render):
    assert set(render) == set(Surface)


@pytest.mark.parametrize("surface", list(Surface))
def test_a_surface_that_is_taken_away_is_missed(surface):
    """The proof that the test above can fail: with nothing drawn, everything owed is missed."""
    owed = [element.path for element in ELEMENTS if element.owed(surface)]
    assert owed and missing(surface, lambda file: "") == owed


@pytest.mark.parametrize(("surface", "path"), [
    (Surface.PAGE, "item.unit"), (Surface.FLOWCHART, "variants.stages.post"), (Surface.PDF, "remedies.note"),
    (Surface.BLANK_FORM, "form.fields.help"), (Surface.FILLED_SAMPLE, "form.fields.example"),
])
def test_an_element_that_a_surface_drops_is_missed(surface, path, render):
    said = planted(path).zh
    assert missing(surface, lambda file: render[surface](file).replace(said, ""), (path,)) == [path]


def test_the_press_prints_all_that_the_paper_owes():
    """What the paper's page says stands in the text of the real PDF as well."""
    owed = [element.path for element in ELEMENTS if element.owed(Surface.PDF)]
    for file, said in together(owed, surfaces.paper):
        text = surfaces.pressed(file)
        assert [path for path, zh in said.items() if "".join(zh.split()) not in text] == []


@pytest.mark.parametrize("surface", [surface for surface in Surface if surface not in (Surface.PAGE, Surface.PDF)])
def test_what_the_table_denies_is_not_there(surface, render):
    """Where the table says no, what is planted is not told: texts, amounts and days, which can be recognised."""
    before, told = render[surface](good_file()), []
    denied = [element.path for element in ELEMENTS if not element.owed(surface) and element.owed(Surface.PDF) and recognised(element.path)]
    for file, said in together(denied, surfaces.paper):
        after = render[surface](file)
        told += [path for path, zh in said.items() if "".join(zh.split()) in after and "".join(zh.split()) not in before]
    assert not told, " ".join(told)


def test_what_nobody_is_told_stands_neither_on_the_page_nor_on_paper(render):
    denied = [path for path in PATHS if path.rpartition(".")[2] not in HIDDEN and recognised(path)]
    for element in ELEMENTS:
        if element.path in denied and not element.owed(Surface.PAGE) and not element.owed(Surface.PDF):
            plant = planted(element.path)
            assert plant.zh not in surfaces.page(plant.file) + surfaces.paper(plant.file), element.path


def recognised(path: str) -> bool:
    """Whether the value planted there is like no other: no key, no choice of few, no flag, no small number."""
    found = kinds(path) if path != "offerings.implementation_code" else set()  # cases are numbered by it: it cannot be any text
    return bool(found & {Text, str, date, Decimal}) and not any(issubclass(one, Enum) for one in found)
