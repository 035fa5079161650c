"""`banshi booklet`: by name, by address or by code, with a bar; plain where there is nothing of that name."""
import shutil

import pytest
from click.testing import CliRunner

from portal.cli.booklet import booklet
from portal.publishing import booklets


@pytest.fixture
def run(tmp_path, monkeypatch, counties):
    monkeypatch.setenv("BANSHI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("BANSHI_DEMO", "1")
    (tmp_path / "data").mkdir()
    shutil.copy(counties.of(("temporary-identity",)), tmp_path / "data" / "banshi.sqlite")
    made: list[booklets.Booklet] = []

    def make(edition, wanted, kept, on, progress):
        made.append(wanted)
        progress(0, len(wanted.chapters))
        progress(len(wanted.chapters), len(wanted.chapters))
        (tmp_path / "kept.pdf").write_bytes(b"%PDF bound")
        return tmp_path / "kept.pdf"

    monkeypatch.setattr(booklets, "make", make)
    return lambda *words: (CliRunner().invoke(booklet, words), made)


@pytest.mark.parametrize("words", [("department", "青禾县公安局"), ("department", "gong-an-ju"), ("place", "990421000000")])
def test_it_is_written_where_it_is_wanted(run, tmp_path, words):
    answer, made = run(*words, "--to", str(tmp_path / "book.pdf"))
    assert answer.exit_code == 0, answer.output
    assert (tmp_path / "book.pdf").read_bytes() == b"%PDF bound"
    assert made[0].title in ("青禾县公安局办事指南", "青禾县政务服务中心办事指南") and "1项 guides" in answer.output


def test_the_language_is_chosen(run, tmp_path):
    answer, made = run("department", "gong-an-ju", "--to", str(tmp_path / "book.pdf"), "--lang", "en")
    assert answer.exit_code == 0 and made[0].title.endswith(": service guides")


def test_what_is_not_there_is_said_and_nothing_is_written(run, tmp_path):
    answer, made = run("department", "没有这个局", "--to", str(tmp_path / "book.pdf"))
    assert answer.exit_code == 2 and "没有生成任何内容" in answer.output and "nothing was made" in answer.output
    answer, made = run("department", "gong-an-ju", "--to", str(tmp_path / "no/book.pdf"))
    assert answer.exit_code == 2 and "没有" in answer.output
    assert not made and not (tmp_path / "book.pdf").exists()
