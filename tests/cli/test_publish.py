"""`banshi publish`: from the database or from a folder, told as it goes, and plain when a file is no guide."""
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli import publish as publishing
from portal.cli import steps
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


@pytest.fixture
def look(run, guides, tmp_path):
    """Previews the folder."""
    return lambda *words: run("--from", str(guides), "--to", str(tmp_path / "look"), *words)


def test_a_folder_is_published_without_a_database(look, tmp_path):
    answer = look("--papers", "none")
    assert answer.exit_code == 0, answer.output
    assert len(list((tmp_path / "look/current/guides").glob("*/index.html"))) == 1
    assert "已发布" in answer.output and "published" in answer.output
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("bad", ["guide: 1\n", "[", None])
def test_a_file_that_lint_refuses_is_named_and_nothing_changes(look, guides, tmp_path, bad):
    good = (guides / f"{NAME}.yaml").read_text("utf-8")
    (guides / "bad.yaml").write_text(bad or re.sub(r"(?m)^( +promised: ).*$", r"\1{amount: 9999, unit: workday}", good), "utf-8")
    answer = look()
    assert answer.exit_code == 1 and "bad.yaml" in answer.output and "→" in answer.output and "Nothing was changed" in answer.output
    assert f"{NAME}.yaml" not in answer.output and not (tmp_path / "look").exists()


def test_a_look_never_takes_the_place_of_the_shown_site(run, guides, tmp_path):
    for words in ((), ("--to", str(tmp_path / "data" / "site"))):
        answer = run("--from", str(guides), *words)
        assert answer.exit_code == 2 and "--to" in answer.output and not (tmp_path / "data").exists()


def test_an_empty_folder_makes_no_empty_site(run, tmp_path):
    (tmp_path / "none").mkdir()
    answer = run("--from", str(tmp_path / "none"), "--to", str(tmp_path / "look"))
    assert answer.exit_code == 2 and not (tmp_path / "look").exists()


def test_progress_is_told_every_two_seconds(monkeypatch, capsys):
    clock = iter([0, 1, 2, 2, 3, 4, 4])
    monkeypatch.setattr(steps.time, "monotonic", lambda: next(clock))
    say = steps._slowly("pages")
    for number in range(4):
        say(str(number))
    assert capsys.readouterr().out.split() == ["…", "pages", "1", "…", "pages", "3"]


def test_a_second_publication_prints_nothing_again(look, tmp_path, monkeypatch):
    from portal.publishing import papers

    monkeypatch.setattr(papers, "render", lambda edition, paper: b"%PDF")
    first = look("--papers", "first")
    assert "2 papers made" in first.output, first.output
    assert "0 papers made" in look("--papers", "first").output
    assert sorted(one.name.partition(".")[2] for one in (tmp_path / "look/current/pdf").iterdir()) == ["form.pdf", "pdf"]


def test_a_machine_without_fonts_still_shows_the_pages(look, tmp_path, monkeypatch):
    from pdfs.engine import PressProblem
    from portal.publishing import papers

    def fall(edition, paper):
        raise PressProblem("没有中文字体 no Chinese font")

    monkeypatch.setattr(papers, "render", fall)
    answer = look("--papers", "first")
    assert answer.exit_code == 1 and "no Chinese font" in answer.output
    assert (tmp_path / "look/current/index.html").is_file()


def test_a_full_disk_is_told_in_words_and_leaves_the_old_site(look, tmp_path, monkeypatch):
    from portal.publishing import disk

    look("--papers", "none")
    page = (tmp_path / "look/current/index.html").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "link", full)
    answer = look("--papers", "none")
    assert answer.exit_code == 1 and "磁盘已满" in answer.output and "disk is full" in answer.output and "Traceback" not in answer.output
    assert (tmp_path / "look/current/index.html").read_bytes() == page


def test_a_terminal_shows_a_bar(monkeypatch, capsys):
    monkeypatch.setattr(steps.sys.stdout, "isatty", lambda: True)
    with steps.counted("网页 pages") as count:
        for done in (1, 60, 120):
            count(done, 120)
    assert "120/120" in capsys.readouterr().out


def test_what_stands_in_the_database_is_published(tmp_path, database):
    from portal.config import load

    settings = load({"BANSHI_DATA": str(tmp_path), "BANSHI_DEMO": "1"})
    edition = publishing._edition_of(database, settings)
    assert edition.authority.zh == "青禾县" and edition.departments and edition.places and edition.sample
