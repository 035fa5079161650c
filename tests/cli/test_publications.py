"""`banshi publications`: the list, a site put back and held, and what cannot be put back."""
import json

import pytest
from click.testing import CliRunner

from portal.cli.group import main
from portal.publishing import publications


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("BANSHI_DATA", str(tmp_path))
    monkeypatch.setenv("BANSHI_DEMO", "1")
    return lambda *words: CliRunner().invoke(main, ["publications", *words])


@pytest.fixture
def two(tmp_path):
    with publications.whole(tmp_path / "site", by="root") as stage:
        stage.put("index.html", b"1")
    with publications.change(tmp_path / "site", ["open-restaurant"], by="张三") as stage:
        stage.put("index.html", b"2")
    return tmp_path / "site" / "current" / "index.html"


def test_nothing_was_published_yet(run):
    assert "./banshi publish" in run().output


def test_the_list_says_when_what_and_by_whom(run, two):
    lines = run().output.splitlines()
    assert "open-restaurant" in lines[0] and "张三" in lines[0] and "shown now" in lines[0] and "whole" in lines[1]
    told = json.loads(run("--json").output)
    assert [(one["number"], one["kind"], one["guides"]) for one in told] == [(2, "change", ["open-restaurant"]), (1, "whole", [])]


def test_a_change_without_a_guide_is_one_of_lists(run, two, tmp_path):
    with publications.change(tmp_path / "site") as stage:
        stage.put("data/catalogue.csv", b"1")
    assert "更新清单 lists" in run().output.splitlines()[0]


def test_one_is_put_back_and_held(run, two):
    answer = run("back", "1")
    assert answer.exit_code == 0 and two.read_text() == "1" and "./banshi publish" in answer.output and "held" in answer.output
    assert "held" in run().output and "← 1" in run().output


@pytest.mark.parametrize("number", ["2", "9"])
def test_what_cannot_be_put_back_changes_nothing(run, two, number):
    answer = run("back", number)
    assert answer.exit_code == 2 and "Nothing was changed" in answer.output and two.read_text() == "2"


def test_why_the_last_one_failed_is_told(run, two, tmp_path):
    with pytest.raises(OSError), publications.change(tmp_path / "site"):
        raise OSError(28, "No space left on device")
    assert "磁盘已满" in run().output and "disk is full" in run().output
