"""Pieces of a guide are kept for its next drawing: they change no byte of any page, and only what an edit touches is drawn."""
import json
import zlib
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from portal.publishing import disk, drawing, frame_cut, guide_files, guide_page, outline, pages, pieces, site
from portal.publishing.edition import Edition, LastCheck, PublishedGuide
from portal.publishing.guide_files import File
from portal.publishing.pieces import Kept, Pieces, Seen
from portal.rules.guide.codes import Role
from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import ELEMENTS
from portal.rules.guide.offering import Offering
from portal.rules.guide.text import Text
from tests.publishing.editions import edition, published, sample_edition
from tests.rules.guides import good_file
from tests.rules.planting import planted

KEYS = (".key", ".options.value")
"""Elements that nobody reads: other rows name them."""
PLACES = ("990421000000", "990421101202", "990421102201", "999999000001", "999999000002")
"""Beside those of the good guide: two have pages of their own."""


def county() -> Edition:
    return sample_edition("senior-allowance")


@cache
def frames():
    return frame_cut.cut(county(), lambda told: f"<title>{told['title']}</title>{told['description']} {told['body']}")


def rich(file: GuideFile) -> PublishedGuide:
    """The guide, whose situations are several, with so many places that each kind of page is there."""
    places = [Offering(place=code, roles=[Role.ADVISES if code.endswith("000") else Role.RECEIVES]) for code in PLACES]
    return published(file.model_copy(update={"offerings": [*file.offerings, *places]}))


def plain(file: GuideFile) -> PublishedGuide:
    """The guide with one situation."""
    return published(with_guide(file, variants=file.guide.variants[:1]))


def drawn(guide: PublishedGuide, kept: Kept | None = None) -> list[File]:
    return list(guide_files.of_guide(guide, county(), frames(), kept))


def changed(before: PublishedGuide, after: PublishedGuide, folder: Path) -> set[str]:
    """The pieces that are drawn again."""
    kept = Kept(folder, "county")
    drawn(before, kept)
    had = kept.of("green")
    drawn(after, kept)
    return {name for name, piece in kept.of("green").items() if had.get(name) != piece}


def with_guide(file: GuideFile, **elements) -> GuideFile:
    return file.model_copy(update={"guide": file.guide.model_copy(update=elements)})


@pytest.mark.parametrize(("made", "below"), [(rich, ""), (plain, "variants.")])
def test_through_a_change_of_each_element_every_page_is_as_if_drawn_anew(tmp_path, made, below):
    kept = Kept(tmp_path, "county")
    for row in ELEMENTS:
        if row.path.startswith(below) and not row.path.endswith(KEYS):
            guide = made(planted(row.path).file)
            assert drawn(guide, kept) == drawn(guide), row.path


def test_what_stands_around_the_document_is_seen_too(tmp_path):
    kept, guide = Kept(tmp_path, "county"), rich(good_file())
    for one in (guide, replace(guide, revision=4), replace(guide, published=date(2026, 5, 1)),
                replace(guide, checked=LastCheck(date(2026, 6, 1), Text(zh="某局"))), guide):
        assert drawn(one, kept) == drawn(one)


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_a_page_of_pieces_is_the_page(locale):
    guide = rich(good_file())
    body = frame_cut.tight(pages.guide_body(replace(guide_page.facts(guide, county(), locale), sample=None)))
    assert any(body in file.made.decode() for file in drawn(guide))


def test_the_same_guide_is_not_drawn_twice(tmp_path, monkeypatch):
    kept, guide = Kept(tmp_path, "county"), rich(good_file())
    fresh = drawn(guide, kept)
    file, = tmp_path.iterdir()
    there = file.stat().st_ino
    monkeypatch.setattr(pieces, "Seen", None)
    assert drawn(guide, kept) == fresh and file.stat().st_ino == there
    assert drawn(replace(guide, revision=4), kept) != fresh


def test_only_what_an_edit_touches_is_drawn_again(tmp_path, monkeypatch):
    guide, both = rich(good_file()), ("zh-Hans", "en")
    said = rich(with_guide(good_file(), summary=Text(zh="另一句话")))
    assert changed(guide, said, tmp_path / "summary") == set()
    assert changed(guide, replace(guide, revision=4), tmp_path / "revision") == set()
    assert changed(guide, rich(with_guide(good_file(), rights=[Text(zh="另一项权利")])), tmp_path / "rights") == {f"{locale} rights" for locale in both}
    there = guide.file.offerings
    at = [one.place for one in there].index(PLACES[2])
    moved = [*there[:at], there[at].model_copy(update={"note": Text(zh="搬了")}), *there[at + 1:]]
    again = changed(guide, replace(guide, file=guide.file.model_copy(update={"offerings": moved})), tmp_path / "offering")
    assert {name for name in again if " at " in name} == {f"{locale} at {PLACES[2]}" for locale in both}
    first, second = guide.file.guide.variants
    dear = with_guide(guide.file, variants=[first, second.model_copy(update={"fee_note": Text(zh="另收")})])
    changed(guide, guide, tmp_path / "fee")
    monkeypatch.setattr(drawing, "drawn", None)  # the charts are as they were
    again = changed(guide, replace(guide, file=dear), tmp_path / "fee")
    assert again == {f"{locale} {name}" for locale in both for name in
                     ("summary", "summary placeless", "situations", f"variant {second.key}", f"summary {second.key}", f"for {second.key}")} | {"answers"}


def whole_of(told: object) -> bytes:
    return zlib.compress(json.dumps(told).encode())


@pytest.mark.parametrize("harm", [
    lambda there: b"", lambda there: there[:-9], lambda there: there[:40] + b"\0" + there[41:], lambda there: b"\xff" * 300, lambda there: whole_of([]),
    lambda there: whole_of({"a": 1}), lambda there: whole_of([["green", "county"], []]), lambda there: whole_of([["green", "county"], {"zh-Hans how": [1]}]),
    lambda there: whole_of([["other", "county"], {"zh-Hans how": [[], "", "", []]}])])
def test_a_broken_or_foreign_file_only_means_that_all_is_drawn_anew(tmp_path, harm):
    kept, guide = Kept(tmp_path, "county"), rich(good_file())
    fresh = drawn(guide, kept)
    file, = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(harm(whole))
    assert drawn(guide, kept) == fresh
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [whole]


def test_pieces_of_another_county_or_of_other_templates_are_not_used(tmp_path, monkeypatch):
    around = edition()
    site.publish(around, tmp_path)
    head = json.loads(zlib.decompress((tmp_path / "pieces" / "green.json.z").read_bytes()))[0]
    assert head[0] == "green" and outline.around(around) in head[1]
    monkeypatch.setattr(outline, "around", lambda edition: "others")
    monkeypatch.setattr(pages, "section", lambda part, words: f"<p>{part.key} by another template</p>")
    shown = site.publish(around, tmp_path)
    assert "conditions by another template" in (shown / "guides" / "green" / "index.html").read_text("utf-8")


def test_a_change_uses_the_pieces_of_the_whole_build_and_guides_that_are_gone_lose_theirs(tmp_path, monkeypatch):
    both = edition(published(), published(slug="beside"))
    site.publish(both, tmp_path)
    folder = tmp_path / "pieces"
    assert sorted(file.name for file in folder.iterdir()) == ["beside.json.z", "green.json.z"]
    later = edition(replace(published(), revision=4))
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "drawn", None)
        assert site.refresh(later, {"green"}, tmp_path)
    assert [file.name for file in folder.iterdir()] == ["green.json.z"]
    (folder / "left.json.z.77-1.part").write_bytes(b"")
    site.publish(later, tmp_path)
    assert [file.name for file in folder.iterdir()] == ["green.json.z"]


def test_without_a_place_nothing_is_kept(tmp_path):
    site.build(edition(), site.Whole(tmp_path / "site"))
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_a_piece_cannot_read_what_is_no_element():
    read: set[str] = set()
    seen = Seen(published(), read)
    assert seen.file.guide.labels() and seen.file.guide.item.name and seen.file.guide.access.ways
    assert read == {"file.guide.situations", "file.guide.form", "file.guide.item.name", "file.guide.access.ways"}
    for ask in (lambda: seen.card, lambda: seen.file.model_copy, lambda: seen.file.guide.nothing, lambda: seen.file.guide._keys_fit):
        with pytest.raises(AttributeError):
            ask()


def test_the_pieces_of_a_guide_are_those_of_its_last_drawing(tmp_path):
    kept = Kept(tmp_path, "county")
    drawn(rich(good_file()), kept)
    drawn(plain(good_file()), kept)
    names = set(kept.of("green"))
    assert not [name for name in names if PLACES[2] in name or " for " in name or name.startswith("zh-Hans variant ")]
    assert len([name for name in names if name.startswith("chart ")]) == 2, "the chart in each language"
    assert Pieces(plain(good_file()), kept).drawn("zh-Hans how", lambda seen: pytest.fail("drawn again"))


def test_who_sweeps_while_a_guide_is_drawn_stops_nobody(tmp_path, monkeypatch):
    """A whole build sweeps while a change is drawn into the site that is shown."""
    kept, put = Kept(tmp_path, "county"), disk.put

    def slow(target, data):
        put(target, data)
        kept.sweep([])

    guide = published()
    monkeypatch.setattr(disk, "put", slow)
    assert drawn(guide, kept) == drawn(guide)
    monkeypatch.undo()
    drawn(guide, kept)
    assert kept.of("green"), "the next drawing keeps it"
