"""Posters and workbooks: made when asked for, kept by what they say, and nothing else is made by an address."""
from dataclasses import replace

import pytest

from pdfs import posters as printing
from portal.publishing import requested
from tests.publishing.editions import sample_edition

COUNTY = "990421000000"


@pytest.fixture
def printed(monkeypatch) -> list[str]:
    titles: list[str] = []

    def render(values):
        titles.append(values["title"])
        return b"%PDF " + repr(values).encode()

    monkeypatch.setattr(printing, "render", render)
    return titles


def ask(path: str, tmp_path, edition=None):
    asked = requested.wanted(path)
    return asked and requested.make(edition or sample_edition(), asked, tmp_path / "papers", tmp_path / "site")


@pytest.mark.parametrize("name", ["guides", "fees", "documents-not-asked", "documents-may-follow", "places", "tier-county", "tier-village", f"place-{COUNTY}"])
def test_a_workbook_is_made_under_its_address(tmp_path, name):
    file = ask(f"data/sheets/{name}.xlsx", tmp_path)
    assert file == tmp_path / f"site/data/sheets/{name}.xlsx" and file.read_bytes().startswith(b"PK")
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("path", [
    "data/sheets/nothing.xlsx", "data/sheets/place-1.xlsx", "data/sheets/fees-1.xlsx", "data/sheets/tier-moon.xlsx", "data/sheets/../fees.xlsx",
    "data/fees.xlsx", "pdf/place-1.pdf", "pdf/place-.pdf", "pdf/place-../x.pdf", f"pdf/place-{COUNTY}.fr.pdf", f"pdf/{COUNTY}.pdf"])
def test_no_other_address_makes_anything(tmp_path, printed, path):
    assert ask(path, tmp_path) is None
    assert not list(tmp_path.iterdir()) and printed == []


def test_a_poster_is_printed_once_for_what_it_says(tmp_path, printed):
    path = f"pdf/place-{COUNTY}.pdf"
    first = ask(path, tmp_path)
    first.unlink()
    assert ask(path, tmp_path).read_bytes().startswith(b"%PDF") and printed == ["青禾县政务服务中心"]
    ask(f"pdf/place-{COUNTY}.en.pdf", tmp_path)
    ask(path, tmp_path, replace(sample_edition(), complaints="0680-5550999"))
    assert printed == ["青禾县政务服务中心", "Qinghe County Service Hall", "青禾县政务服务中心"]
    assert len(list((tmp_path / "papers/posters").iterdir())) == 2, "one a place and language"
