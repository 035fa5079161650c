"""Booklets: every guide of a department, theme or place, with contents whose numbers are right, bookmarks, and numbered pages."""
import re
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from pdfs import booklets as printing
from portal.publishing import booklets
from tests.printed import words
from tests.publishing.editions import sample_edition

ON = date(2026, 11, 22)
NAMES = ("temporary-assistance", "marriage-registration", "senior-allowance", "tree-felling-permit")
VILLAGE, COUNTY = "990421105202", "990421000000"


def around():
    return sample_edition(*NAMES)


@pytest.fixture(scope="module")
def bound(tmp_path_factory) -> tuple[booklets.Booklet, PdfReader, bytes]:
    kept = tmp_path_factory.mktemp("papers")
    wanted = booklets.booklet(around(), "department", "min-zheng-ju", "zh-Hans")
    told = []
    pdf = booklets.make(around(), wanted, kept, ON, lambda done, number: told.append((done, number))).read_bytes()
    assert told == [(number, 3) for number in range(4)]
    return wanted, PdfReader(BytesIO(pdf)), pdf


def said(reader: PdfReader, at: int) -> str:
    writer, out = PdfWriter(), BytesIO()
    writer.add_page(reader.pages[at])
    writer.write(out)
    return words(out.getvalue())


def test_contents_bookmarks_and_feet_agree(bound):
    wanted, reader, _ = bound
    titles = [one.guide.file.guide.item.name.zh for one in wanted.chapters]
    assert titles == ["高龄津贴认定发放", "结婚登记", "临时救助"], "by their sound"
    chapters = [one for one in reader.outline if not isinstance(one, list)]
    assert [one.title for one in chapters] == ["目录", *titles]
    begins = [reader.get_destination_page_number(one) for one in chapters[1:]]
    labels = reader.page_labels
    assert labels[:3] == ["i", "ii", "1"] and labels[-1] == str(len(reader.pages) - 2)
    contents = said(reader, 1)
    for number, (title, at) in enumerate(zip(titles, begins, strict=True), 1):
        assert f"{title}{labels[at]}{number}" in contents
        assert title in said(reader, at)
    links = [one.get_object()["/Dest"][0].get_object() for one in reader.pages[1]["/Annots"]]
    assert list(dict.fromkeys(reader.get_page_number(one) for one in links)) == begins
    assert all(said(reader, at).endswith(labels[at]) for at in range(2, len(reader.pages)))


def test_heads_run_and_sections_are_bookmarks(bound):
    _, reader, _ = bound
    chapters = [one for one in reader.outline if not isinstance(one, list)][1:]
    begins = [reader.get_destination_page_number(one) for one in chapters] + [len(reader.pages)]
    for title, begin, end in zip((one.title for one in chapters), begins, begins[1:], strict=False):
        assert all(title in said(reader, at) for at in range(begin + 1, end)), "each page says which chapter it is of"
    below = reader.outline[reader.outline.index(chapters[0]) + 1]
    assert "一看就懂" in [one.title for one in below]
    assert [reader.get_destination_page_number(one) for one in below] == sorted(reader.get_destination_page_number(one) for one in below)
    assert all(begins[0] <= reader.get_destination_page_number(one) < begins[1] for one in below)


def test_it_has_a_cover_a_name_and_is_small(bound):
    wanted, reader, pdf = bound
    cover = said(reader, 0)
    assert "青禾县民政局办事指南" in cover and "共3项" in cover and "2026年11月22日装订" in cover
    assert reader.metadata.title == wanted.title == "青禾县民政局办事指南" and reader.trailer["/Root"]["/Lang"] == "zh-Hans"
    assert len(pdf) / len(reader.pages) <= 50 * 1024


def test_what_did_not_change_is_not_printed_again(tmp_path, monkeypatch):
    printed: list[str] = []

    class Here:
        """A pool of this process, which the test can look into."""

        def __init__(self, *_): pass
        def __enter__(self): return self
        def __exit__(self, *_): return None
        def shutdown(self, **_): pass

        def submit(self, work, *told):
            done = Future()
            done.set_result(work(*told))
            return done

    def chapter(page):
        printed.append(page.title.text)
        writer, out = PdfWriter(), BytesIO()
        writer.add_blank_page(100, 100)
        writer.write(out)
        return out.getvalue()

    monkeypatch.setattr(booklets.processes, "pool", Here)
    monkeypatch.setattr(printing, "chapter", chapter)
    monkeypatch.setattr(printing, "joined", lambda front, chapters: repr((front, [file.name for file in chapters])).encode())

    def make(kind: str, name: str, edition=None, locale: str = "zh-Hans") -> Path:
        edition = edition or around()
        return booklets.make(edition, booklets.booklet(edition, kind, name, locale), tmp_path, ON)

    first = make("department", "青禾县民政局")
    assert len(printed) == 3 and make("department", "min-zheng-ju") == first and len(printed) == 3
    make("department", "min-zheng-ju", locale="en")
    assert len(printed) == 6 and first.is_file(), "each language has its own"
    changed = replace(around(), guides=tuple(replace(one, revision=2) if one.file.guide.item.name.zh == "临时救助" else one for one in around().guides))
    second = make("department", "min-zheng-ju", changed)
    assert printed[6:] == ["临时救助"] and not first.is_file() and second.is_file()
    theme = next(theme.zh for theme in changed.guides[0].file.guide.item.person_themes)
    assert make("theme", theme, changed).is_file()
    assert printed[6:] == ["临时救助"], "a chapter serves every booklet"
    assert not list(tmp_path.rglob("*.part"))


def test_a_place_has_what_it_handles_as_it_handles_it():
    village = booklets.booklet(sample_edition(), "place", VILLAGE, "zh-Hans")
    assert village.title.endswith("办事指南") and all(one.offering and one.offering.place == VILLAGE for one in village.chapters)
    assert re.search(r"\.at-990421105202\.zh-Hans\.[0-9a-f]{32}\.pdf$", village.chapters[0].file)
    county = booklets.booklet(sample_edition(), "place", COUNTY, "en")
    assert county.title.startswith("Qinghe") and not any(one.offering for one in county.chapters), "the county's is the guide itself"
    assert len(county.groups) > 5, "by department"


def test_there_is_none_of_nothing():
    assert booklets.booklet(around(), "department", "mei-you", "zh-Hans") is None
    assert booklets.booklet(around(), "place", "123", "zh-Hans") is None
