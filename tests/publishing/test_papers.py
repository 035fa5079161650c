"""Papers: a stable address, made anew only when what they say has changed, and made when asked for."""
from dataclasses import replace
from pathlib import Path

import pytest

from portal.publishing import journals, outline, papers, publications
from portal.publishing.publications import Whole
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from tests.publishing.editions import DAY, edition, published
from tests.rules.guides import good_guide

OF_EVERY_GUIDE = ["green.pdf", "green.en.pdf", "green.one.pdf", "green.one.en.pdf", "green.list.pdf", "green.list.en.pdf"]


@pytest.fixture
def printed(monkeypatch) -> list[str]:
    """The names of papers in the order of printing; nothing is laid out."""
    names: list[str] = []

    def render(edition_, paper):
        names.append(paper.name)
        return f"%PDF {paper.key}".encode()

    monkeypatch.setattr(papers, "render", render)
    return names


def keys(one=None, around=None) -> dict[str, str]:
    return {paper.name: paper.key for paper in papers.papers(around or edition(), one or published())}


def test_a_guide_has_its_paper_in_both_languages_and_its_form():
    assert list(keys()) == [*OF_EVERY_GUIDE, "green.form.pdf", "green.sample.pdf"]
    assert {papers.slug_of(name) for name in keys()} == {"green"}
    assert [paper.name for paper in papers.papers(edition(), published()) if paper.first] == ["green.pdf", "green.form.pdf"]


def test_a_guide_that_asks_nothing_has_no_form():
    plain = good_guide()
    plain["guide"] |= {"form": [], "situations": []}
    for variant in plain["guide"]["variants"]:
        variant.pop("when", None)
        for row in [*variant["documents"], *variant["stages"], *variant.get("fees", [])]:
            row.pop("when", None)
    assert list(keys(published(GuideFile.model_validate(plain)))) == OF_EVERY_GUIDE


def test_the_key_follows_what_the_paper_says():
    before = keys()
    assert keys() == before
    plain = good_guide()
    plain["guide"]["summary"] = "另一句话"
    changed = [keys(published(GuideFile.model_validate(plain))), keys(replace(published(), revision=4)),
               keys(replace(published(), published=DAY.replace(day=9))), keys(around=replace(edition(), public_url="https://x.example")),
               keys(around=replace(edition(), authority=Text(zh="另县"))), keys(around=replace(edition(), sample=True))]
    for after in changed:
        assert not set(after.values()) & set(before.values())
    assert len({*before.values()}) == len(before)
    assert keys(around=edition(published(), published(slug="other"))) == before, "another guide is no matter of this one"


def test_the_key_follows_the_county_s_telephone_where_the_guide_has_none():
    around, plain = replace(edition(), telephone="0000-7654321"), good_guide()
    assert keys(around=around) == keys()
    plain["guide"]["enquiries"] = []
    silent = published(GuideFile.model_validate(plain))
    assert not set(keys(silent, around).values()) & set(keys(silent).values())


def test_a_release_whose_rules_say_something_else_makes_all_papers_anew(tmp_path, monkeypatch):
    before = keys()
    (tmp_path / "limits.py").write_text("# other words")
    monkeypatch.setattr(outline, "RULES", tmp_path)
    papers._code.cache_clear()
    assert not set(keys().values()) & set(before.values())
    papers._code.cache_clear()


def shown(root: Path) -> None:
    """A site that is shown, by the first publication."""
    with publications.whole(root) as stage:
        stage.put("index.html", b"a page")


def test_papers_are_kept_and_laid_out_without_printing_again(tmp_path, printed):
    kept, wanted = tmp_path / "papers", papers.papers(edition(), published())
    missing = papers.lay_out(wanted, kept, Whole(tmp_path / "1"))
    assert missing == wanted
    shown(tmp_path)
    papers.make(edition(), missing[:2], tmp_path, 1)
    assert printed == ["green.pdf", "green.en.pdf"] and len(list((tmp_path / "current/pdf").iterdir())) == 2
    assert papers.lay_out(wanted, kept, Whole(tmp_path / "2")) == wanted[2:]
    assert (tmp_path / "2/pdf/green.pdf").read_bytes() == f"%PDF {wanted[0].key}".encode()
    assert len(printed) == 2 and not list(tmp_path.rglob("*.part"))


def test_the_papers_of_two_guides_are_made_without_other_processes(tmp_path, printed):
    shown(tmp_path)
    wanted = [paper for slug in ("green", "other") for paper in papers.papers(edition(), published(slug=slug)) if paper.first]
    papers.make(edition(), wanted, tmp_path, 1)
    assert printed == ["green.pdf", "green.form.pdf", "other.pdf", "other.form.pdf"], "in this process, which the test can look into"


def test_a_missing_paper_is_made_when_asked_for(tmp_path, printed):
    def ask(name: str) -> tuple[Path, bool] | None:
        return papers.asked_for(edition(), published(), name, tmp_path, 1)

    shown(tmp_path)
    file, is_shown = ask("green.sample.pdf")
    assert file.read_bytes().startswith(b"%PDF") and is_shown and (tmp_path / "current/pdf/green.sample.pdf").samefile(file)
    assert ask("green.sample.pdf") == (file, True) and printed == ["green.sample.pdf"]
    assert ask("green.other.pdf") is None and ask("../green.pdf") is None


def test_a_paper_of_a_guide_that_was_published_again_meanwhile_is_not_shown(tmp_path, printed):
    shown(tmp_path)
    for slug, told in (("green", False), ("other", True)):
        with publications.change(tmp_path, [slug]) as stage:
            stage.put("changed.html", slug.encode())
        number = journals.number(tmp_path) - 1
        assert papers.asked_for(edition(), published(), "green.pdf", tmp_path, number)[1] == told


def test_what_no_present_paper_is_goes(tmp_path, printed):
    kept, wanted = tmp_path / "papers", papers.papers(edition(), published())[:1]
    papers.make(edition(), wanted, tmp_path, 1)
    (kept / "old.pdf").write_bytes(b"%PDF")
    papers.sweep(wanted, kept)
    assert [file.name for file in kept.iterdir()] == [f"{wanted[0].key}.pdf"]


def test_after_a_change_no_stale_paper_is_shown(tmp_path, printed):
    shown(tmp_path)
    kept, folder = tmp_path / "papers", tmp_path / "current"
    (folder / "pdf").mkdir()
    for name in keys():
        (folder / "pdf" / name).write_bytes(b"%PDF old")
    owed = papers.renew(edition(), kept, Whole(folder))
    assert [paper.name for paper in owed] == ["green.pdf", "green.form.pdf"] and not (folder / "pdf").exists()
    papers.make(edition(), owed, tmp_path, 1)
    left = {file.name: file.read_bytes() for file in (folder / "pdf").iterdir()}
    assert left == {name: f"%PDF {keys()[name]}".encode() for name in printed}, "the others are made when asked for"
    assert papers.renew(edition(), kept, Whole(folder)) == []
