"""Every element of a guide is on every surface that owes it: planted there, then looked for.

The table in `portal.rules.guide.elements` says who owes what. A planted value has to change the surface, and what it is
told by has to stand there; where planting changes more than the element itself, more often than before.
"""
import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from pdfs import engine
from portal import web
from portal.actions import guides as acts
from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import ELEMENTS, Surface
from tests.house import surfaces
from tests.rules.guides import good_file
from tests.rules.planting import BESIDE, planted

Render = Callable[[GuideFile], str]
AS_DATE = {(Surface.RECEIPT, "variants.promised.amount"), (Surface.RECEIPT, "variants.promised.unit")}
"""Told as the day on which the decision would be due."""


def missing(surface: Surface, render: Render) -> list[str]:
    """The elements that the surface owes and does not show."""
    before, found = render(good_file()), []
    assert render(good_file()) == before, "what differs by itself proves nothing"
    for element in ELEMENTS:
        if element.owed(surface):
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
    monkeypatch.setattr(acts, "lint", lambda file: [])
    monkeypatch.setattr(web, "holds", lambda application_id: True)
    return surfaces.renderers(surfaces.Portal(app, client, ring))


@pytest.mark.parametrize("surface", list(Surface))
def test_every_element_is_where_it_is_owed(surface, render):
    assert missing(surface, render[surface]) == []


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
    assert path in missing(surface, lambda file: render[surface](file).replace(said, ""))


def test_the_press_prints_every_word_of_a_guide():
    """What the paper's page says stands in the PDF's text as well."""
    markup = surfaces.guide_html(good_file())
    reader = PdfReader(io.BytesIO(engine.pdf(markup, ("paper", "guide"))))
    printed = "".join("".join(page.extract_text().split()) for page in reader.pages)
    for element in ELEMENTS:
        if element.owed(Surface.PDF) and element.path in ("item.name", "variants.name", "scope", "rights", "duties", "follow_up"):
            for said in _texts(good_file(), element.path):
                assert "".join(said.split()) in printed, element.path


def _texts(file: GuideFile, path: str) -> list[str]:
    """The Chinese texts at a path of the guide."""
    found = [file.guide]
    for part in path.split("."):
        found = [inner for one in found for inner in (lambda x: x if isinstance(x, list) else [x])(getattr(one, part)) if inner]
    return [str(one) for one in found]
