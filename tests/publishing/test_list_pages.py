"""Pages of lists and of places: whole, within the weight of a page, and drawn anew where a change shows in them."""
import gzip
import json
from dataclasses import replace

import pytest

from portal.publishing import list_pages, lists, pages, place_page, site
from portal.publishing.beside import Beside
from portal.publishing.edition import Edition, PlaceFacts
from portal.publishing.indexes import Index, ways
from portal.rules.guide.codes import Tier
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from tests.publishing.editions import edition, published, sample_edition
from tests.publishing.test_site import everything
from tests.rules.guides import good_guide

COUNTY, VILLAGE = "990421000000", "990421105202"
FRAME = 4 * 1024
"""What the frame and the style sheet around a page weigh, packed."""


def body(page: list_pages.ListPage) -> str:
    return str(pages.body("index", index=page) if isinstance(page, Index) else pages.body("list", page=page))


@pytest.mark.parametrize("locale", site.LOCALES)
def test_every_page_keeps_its_weight(locale):
    for planned in Beside(sample_edition()).pages():
        page = planned.draw(locale)
        assert len(gzip.compress(body(page).encode())) <= 12 * 1024 - FRAME, page.name


def test_a_place_says_where_it_is_and_what_it_handles_in_which_role():
    county = sample_edition()
    offered = lists.at_places(county)[VILLAGE]
    page, = place_page.pages(county, VILLAGE, offered, "zh-Hans")
    said = body(page)
    for card, _ in offered:
        assert f'href="/guides/{card.slug}/at/{VILLAGE}/"' in said
    place = county.places[VILLAGE]
    assert place.centre.zh in said and place.telephone in said and place.address.zh in said and "08:30" in said
    assert "帮办代办" in said and 'href="/places/990421105000/"' in said, "the township above"
    assert f'href="/pdf/place-{VILLAGE}.pdf"' in said and f'href="/data/places/{VILLAGE}.csv"' in said
    english, = place_page.pages(county, VILLAGE, offered, "en")
    assert "Files for people" in body(english) and f'href="/pdf/place-{VILLAGE}.en.pdf"' in body(english)


def test_a_hall_has_its_windows_and_the_places_below():
    county = sample_edition()
    said = body(next(place_page.pages(county, COUNTY, lists.at_places(county)[COUNTY], "zh-Hans")))
    assert "8号窗口" in said and 'href="/places/990421101000/"' in said


def test_a_hall_with_very_many_items_has_a_page_for_each_department(monkeypatch):
    monkeypatch.setattr(place_page, "LINES", 20)
    county = sample_edition()
    offered = lists.at_places(county)[COUNTY]
    first, *others = place_page.pages(county, COUNTY, offered, "zh-Hans")
    assert sum(body(page).count('href="/guides/') for page in others) == len(offered)
    assert all(f'href="/{page.name}/"' in body(first) for page in others if not page.name.endswith("/2"))


def test_the_directory_names_every_place_and_leaves_villages_to_their_township_where_there_are_too_many(monkeypatch):
    county = sample_edition()
    said = body(list_pages.directory(county, "zh-Hans"))
    assert all(f'href="/places/{code}/"' in said and place.telephone in said for code, place in county.places.items())
    monkeypatch.setattr(list_pages, "PLACES", 10)
    assert f"/places/{VILLAGE}/" not in body(list_pages.directory(county, "zh-Hans"))


def test_an_office_elsewhere_stands_by_itself():
    county = replace(edition(), places={"partner": PlaceFacts(Text(zh="市局"), tier=Tier.COUNTY, partner=True)})
    assert "其他地方的办理机关" in body(list_pages.directory(county, "zh-Hans"))


def test_a_long_list_has_a_page_for_each_department(monkeypatch):
    county = sample_edition()

    def fees() -> list[list_pages.ListPage]:
        return [page.draw("zh-Hans") for page in list_pages.planned(county, ways(county)) if page.name.startswith("fees")]

    whole, = fees()
    monkeypatch.setattr(list_pages, "ROWS", 5)
    first, *others = fees()
    assert sum(len(part.table.rows) for part in whole.parts) == sum(len(part.table.rows) for page in others for part in page.parts)
    assert all(f'href="/{page.name}/"' in body(first) or page.turns for page in others)


def with_change(**variant) -> GuideFile:
    plain = good_guide()
    plain["offerings"] = [{"place": code, "roles": ["advises"]} for code in ("1", "2")]
    plain["guide"]["variants"][0] |= variant
    return GuideFile.model_validate(plain)


FEE = {"fees": [{"key": "money", "name": "工本费", "fen": 500, "basis": "某某办法第三条"}], "free": False}
FOLLOWS = {"documents": [{"key": "later", "name": "可以后补的", "necessity": "later"}]}


def around(*guides) -> Edition:
    return replace(edition(*guides), places={code: PlaceFacts(Text(zh=f"第{code}镇"), tier=Tier.TOWNSHIP) for code in "123"})


@pytest.mark.parametrize("change", [FEE, FOLLOWS, {"promised": {"amount": 3}}], ids=["fee", "document", "limit"])
def test_a_change_reaches_every_list_and_the_same_bytes_as_a_whole_build(tmp_path, change):
    before = around(published(with_change(**FOLLOWS)), published(with_change(**FEE), slug="other"))
    after = around(published(with_change(**FOLLOWS, **FEE) if change is FEE else with_change(**{**FOLLOWS, **change})),
                   published(with_change(**FEE), slug="other"))
    site.publish(before, tmp_path / "a")
    shown = tmp_path / "a/current"
    for name in ("data/sheets/place-1.xlsx", "data/sheets/guides.xlsx", "data/sheets/places.xlsx", "pdf/place-1.pdf", "pdf/place-3.pdf"):
        (shown / name).parent.mkdir(parents=True, exist_ok=True)
        (shown / name).write_bytes(b"old")
    assert site.refresh(after, {"green"}, tmp_path / "a")
    left = {file.relative_to(shown).as_posix() for file in shown.rglob("*") if file.is_file() and file.read_bytes() == b"old"}
    assert left >= {"data/sheets/places.xlsx", "pdf/place-3.pdf"} and (change is FOLLOWS or "data/sheets/guides.xlsx" not in left)
    if change is not FOLLOWS:
        assert not left & {"data/sheets/place-1.xlsx", "pdf/place-1.pdf"}
    for name in left:
        (shown / name).unlink()
    site.publish(after, tmp_path / "b")
    assert everything(tmp_path / "a/current/") == everything(tmp_path / "b/current/")


def test_a_place_that_no_longer_offers_a_guide_forgets_it(tmp_path):
    before, plain = around(published(with_change())), good_guide()
    plain["offerings"] = [{"place": "1", "roles": ["advises"]}]
    after = around(published(GuideFile.model_validate(plain)))
    site.publish(before, tmp_path / "a")
    assert site.refresh(after, {"green"}, tmp_path / "a")
    assert json.loads((tmp_path / "a/current/data/places/2.json").read_text())["rows"] == []
    site.publish(after, tmp_path / "b")
    assert everything(tmp_path / "a/current/") == everything(tmp_path / "b/current/")


def test_a_list_that_needs_other_pages_gets_and_loses_them(tmp_path, monkeypatch):
    monkeypatch.setattr(list_pages, "ROWS", 0)
    free = good_guide()
    for variant in free["guide"]["variants"]:
        variant |= {"fees": [], "free": True}
    without, having = around(published(GuideFile.model_validate(free))), around(published(with_change(**FEE)))
    site.publish(without, tmp_path / "a")
    site.publish(having, tmp_path / "b")
    assert site.refresh(having, {"green"}, tmp_path / "a")
    assert everything(tmp_path / "a/current/") == everything(tmp_path / "b/current/")
    assert site.refresh(without, {"green"}, tmp_path / "a")
    assert not list((tmp_path / "a/current/fees").glob("*/*.html"))
