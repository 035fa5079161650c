"""`banshi publish`: from the database or from a folder, told as it goes, and plain when a file is no guide."""
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli import publish as module
from portal.cli.publish import publish
from portal.sample.county import guide_files

NAME = "senior-allowance"


@pytest.fixture
def guides(tmp_path) -> Path:
    folder = tmp_path / "guides"
    folder.mkdir()
    text = next(file for file in guide_files() if file.name == f"{NAME}.yaml").read_text("utf-8")
    (folder / f"{NAME}.yaml").write_text(text, "utf-8")
    return folder


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("BANSHI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BANSHI_DEMO", "1")
    monkeypatch.delenv("BANSHI_PUBLIC_URL", raising=False)
    return lambda *words: CliRunner().invoke(publish, words)


def test_a_folder_is_published_without_a_database(run, guides, tmp_path):
    answer = run("--from", str(guides), "--papers", "none")
    assert answer.exit_code == 0, answer.output
    assert len(list((tmp_path / "data/site/current/guides").glob("*/index.html"))) == 1
    assert "已发布" in answer.output and "published" in answer.output


def test_a_file_that_is_no_guide_is_named_and_nothing_changes(run, guides, tmp_path):
    (guides / "bad.yaml").write_text("guide: 1\n", "utf-8")
    answer = run("--from", str(guides))
    assert answer.exit_code == 2 and "bad.yaml" in answer.output and "Traceback" not in answer.output
    assert not (tmp_path / "data/site").exists()


def test_a_second_publication_prints_nothing_again(run, guides, tmp_path, monkeypatch):
    from portal.publishing import papers

    monkeypatch.setattr(papers, "render", lambda edition, paper: b"%PDF")
    monkeypatch.setattr(papers.os, "cpu_count", lambda: 1)
    first = run("--from", str(guides), "--papers", "first")
    assert "2 papers made" in first.output, first.output
    assert "0 papers made" in run("--from", str(guides), "--papers", "first").output
    assert sorted(one.name.partition(".")[2] for one in (tmp_path / "data/site/current/pdf").iterdir()) == ["form.pdf", "pdf"]


def test_a_machine_without_fonts_still_shows_the_pages(run, guides, tmp_path, monkeypatch):
    from pdfs.engine import PressProblem
    from portal.publishing import papers

    def fall(edition, paper):
        raise PressProblem("没有中文字体 no Chinese font")

    monkeypatch.setattr(papers, "render", fall)
    answer = run("--from", str(guides), "--papers", "first")
    assert answer.exit_code == 1 and "no Chinese font" in answer.output
    assert (tmp_path / "data/site/current/index.html").is_file()


def test_what_stands_in_the_database_is_published(tmp_path, database):
    from portal.config import load

    settings = load({"BANSHI_DATA": str(tmp_path), "BANSHI_DEMO": "1"})
    edition = module._edition_of(database, settings)
    assert edition.authority.zh == "青禾县" and edition.departments and edition.places and edition.sample
