"""Posters and workbooks: made when asked for, kept by what they say, and nothing else is made by an address."""
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from pdfs import guides as guides_printing
from pdfs import posters as printing
from portal.publishing import requested
from tests.printed import words
from tests.publishing.editions import sample_edition

COUNTY, TOWN, VILLAGE = "990421000000", "990421101000", "990421101202"
SLUG = sample_edition("senior-allowance").guides[0].slug


@pytest.fixture
def printed(monkeypatch) -> list[str]:
    titles: list[str] = []

    def render(values):
        titles.append(values["title"])
        return b"%PDF " + repr(values).encode()

    monkeypatch.setattr(printing, "render", render)
    monkeypatch.setattr(guides_printing, "render", lambda page: render({"title": page.title.text, "page": page}))
    return titles


def ask(path: str, tmp_path, edition=None):
    asked = requested.wanted(path)
    return asked and requested.make(edition or sample_edition(), asked, tmp_path / "papers")


@pytest.mark.parametrize("name", ["guides", "fees", "documents-not-asked", "documents-may-follow", "places", "tier-county", "tier-village", f"place-{COUNTY}"])
def test_a_workbook_is_made_under_its_address(tmp_path, name):
    assert ask(f"data/sheets/{name}.xlsx", tmp_path).startswith(b"PK")
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("path", [
    "data/sheets/nothing.xlsx", "data/sheets/place-1.xlsx", "data/sheets/fees-1.xlsx", "data/sheets/tier-moon.xlsx", "data/sheets/../fees.xlsx",
    "data/fees.xlsx", "pdf/place-1.pdf", "pdf/place-.pdf", "pdf/place-../x.pdf", f"pdf/place-{COUNTY}.fr.pdf", f"pdf/{COUNTY}.pdf",
    f"pdf/{SLUG}.at-{COUNTY}.pdf", f"pdf/{SLUG}.at-1.pdf", f"pdf/nothing.at-{TOWN}.pdf", f"pdf/x/{SLUG}.at-{TOWN}.pdf"])
def test_no_other_address_makes_anything(tmp_path, printed, path):
    assert ask(path, tmp_path) is None
    assert not list(tmp_path.iterdir()) and printed == []


def test_the_directory_names_every_place_with_its_telephone_and_hours(tmp_path):
    for path, locale in (("pdf/places.pdf", "zh-Hans"), ("pdf/places.en.pdf", "en")):
        pdf = ask(path, tmp_path)
        said = words(pdf)
        for place in sample_edition().places.values():
            for text in ((place.centre or place.name).said(locale), place.telephone, place.address.said(locale)):
                assert text.replace(" ", "") in said
        reader = PdfReader(BytesIO(pdf))
        assert [one.title for one in reader.outline][1:3] == (["云岭镇", "青溪镇"] if locale == "zh-Hans" else ["Yunling Town", "Qingxi Town"])
        assert 2 * len(pdf) / len(reader.pages) <= 100 * 1024 and len(reader.pages) <= 4
    assert len(list((tmp_path / "papers/directories").iterdir())) == 2


def test_a_poster_is_printed_once_for_what_it_says(tmp_path, printed):
    path = f"pdf/place-{COUNTY}.pdf"
    first = ask(path, tmp_path)
    assert ask(path, tmp_path) == first and first.startswith(b"%PDF") and printed == ["青禾县政务服务中心"]
    ask(f"pdf/place-{COUNTY}.en.pdf", tmp_path)
    ask(path, tmp_path, replace(sample_edition(), complaints="0680-5550999"))
    assert printed == ["青禾县政务服务中心", "Qinghe County Service Hall", "青禾县政务服务中心"]
    assert len(list((tmp_path / "papers/posters").iterdir())) == 2, "one a place and language"


def test_an_offerings_paper_is_printed_once_for_what_it_says(tmp_path, printed):
    path = f"pdf/{SLUG}.at-{TOWN}.pdf"
    edition = sample_edition("senior-allowance")
    first = ask(path, tmp_path, edition)
    assert first.startswith(b"%PDF") and ask(path, tmp_path, edition) == first
    assert printed == ["高龄津贴认定发放 · 云岭镇便民服务中心"]
    ask(path.replace(".pdf", ".en.pdf"), tmp_path, edition)
    moved = {**edition.places, TOWN: replace(edition.places[TOWN], telephone="0680-5557777")}
    assert b"0680-5557777" in ask(path, tmp_path, replace(edition, places=moved))
    assert len(printed) == 3 and len(list((tmp_path / "papers/offerings").rglob("*.pdf"))) == 2, "one a place and language"


def test_two_who_ask_at_once_get_the_same_paper_printed_once(tmp_path, printed):
    edition = sample_edition("senior-allowance")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: ask(f"pdf/{SLUG}.at-{VILLAGE}.pdf", tmp_path, edition), range(8)))
    assert len(set(found)) == 1 and len(printed) == 1 and not list(tmp_path.rglob("*.part"))


def test_papers_of_changed_guides_are_found_and_those_of_no_offering_swept(tmp_path, printed):
    edition = sample_edition("senior-allowance")
    for code in (TOWN, VILLAGE):
        path = tmp_path / "site" / f"pdf/{SLUG}.at-{code}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(ask(f"pdf/{SLUG}.at-{code}.pdf", tmp_path, edition))
    assert set(requested.made_of({SLUG, "other"}, tmp_path / "site")) == {f"pdf/{SLUG}.at-{code}.pdf" for code in (TOWN, VILLAGE)}
    assert list(requested.made_of({"other"}, tmp_path / "site")) == []
    requested.sweep(edition, tmp_path / "papers")
    assert len(list((tmp_path / "papers/offerings").rglob("*.pdf"))) == 2
    requested.sweep(replace(edition, guides=()), tmp_path / "papers")
    assert not list((tmp_path / "papers/offerings").rglob("*.pdf"))
