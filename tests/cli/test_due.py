"""cli/due: the date alone on the first line, the proof below, exit 2 and a sentence for bad input."""

from datetime import date

import pytest
from click.testing import CliRunner

from portal.actions import calendars
from portal.cli.due import due
from portal.db import Database
from portal.rules.calendar import SpecialDay
from portal.rules.guide.text import Text
from tests.conftest import NOW

COMMAND = due


@pytest.fixture(autouse=True)
def nowhere(tmp_path, monkeypatch):
    """No installation, unless a test makes one."""
    monkeypatch.setenv("BANSHI_DATA", str(tmp_path / "none"))
    monkeypatch.delenv("BANSHI_DATABASE", raising=False)


def run(*words):
    return CliRunner().invoke(due, words)


def test_the_date_stands_alone_and_the_proof_follows():
    result = run("2025-01-20", "5")
    lines = result.output.splitlines()
    assert result.exit_code == 0 and lines[0] == "2025-01-26"
    assert lines[1].startswith("2025-01-20    -  起始日") and lines[-1].startswith("2025-01-26    5  调休上班")


def test_stops_units_and_rules():
    stopped = run("2025-01-20", "5", "--stop", "2025-01-22:2025-01-24", "--reason", "inspection", "--explain")
    assert stopped.output.splitlines()[0] == "2025-02-06"
    assert "依法不计入：检验" in stopped.output and "第四十五条" in stopped.output
    days = [word for day in (21, 22) for word in ("--stop", f"2025-01-{day}:2025-01-{day}")]
    two = run("2025-01-20", "1", *days, "--reason", "排队")
    assert two.output.splitlines()[0] == "2025-01-23" and "排队" in two.output
    assert run("2025-01-31", "1", "--unit", "month").output.splitlines()[0] == "2025-02-28"
    assert run("2025-04-28", "5", "--unit", "day").output.splitlines()[0] == "2025-05-06"
    assert run("2025-01-20", "0.25").output.splitlines()[0] == "2025-01-21"


def test_a_date_in_an_unannounced_year_says_that_it_is_provisional():
    assert "暂定" in run("2026-12-25", "5").output.splitlines()[1]
    assert "暂定" not in run("2025-12-30", "5").output


@pytest.mark.parametrize(
    "words",
    [
        ("2025-1-20", "5"),
        ("2025-02-30", "5"),
        ("20250120", "5"),
        ("明天", "5"),
        ("2025-01-20", "five"),
        ("2025-01-20", "nan"),
        ("2025-01-20", "1e9"),
        ("2025-01-20", "--", "-5"),
        ("2025-01-20", "5", "--unit", "week"),
        ("2025-01-20", "5", "--stop", "2025-01-22"),
        ("2025-01-20", "5", "--stop", "2025-01-24:2025-01-22"),
        ("2025-01-20", "5", "--stop", "2025-01-24:9999-12-31"),
        ("2025-01-20", "5", "--stop", "x:y"),
        ("2025-01-20", "5", "--reason", "test"),
        ("9999-12-31", "5"),
        ("2025-01-20",),
    ],
)
def test_bad_input_gets_a_sentence_and_exit_2(words):
    result = run(*words)
    assert result.exit_code == 2 and result.stdout == "" and len(result.stderr) > 10
    assert "Traceback" not in result.output


def test_the_installation_s_own_calendar_counts_where_there_is_one(call, tmp_path):
    words = ("2026-12-25", "5", "--explain")
    assert call(*words).output.splitlines()[:2] == ["2027-01-01", "暂定：所涉年份的放假通知尚未公布。Provisional: the holidays of that year are not announced yet."]
    database = Database(f"sqlite:///{tmp_path}/banshi.sqlite")
    with database.writing() as db:
        days = {date(2027, 1, day): SpecialDay(False, Text(zh="元旦")) for day in (1, 2, 3)}
        calendars.change(db, None, 2027, days, True, "通知", "公布了", NOW)
        db.commit()
    database.dispose()
    own = call(*words).output
    assert own.splitlines()[0] == "2027-01-04" and "暂定" not in own and "本机安装的日历" in own
    assert "随程序的日历" in run(*words).output


def test_it_makes_no_installation(tmp_path):
    run("2025-01-20", "5")
    assert not (tmp_path / "none").exists()


def test_a_database_without_a_calendar_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("BANSHI_DATABASE", f"sqlite:///{tmp_path}/empty.sqlite")
    (tmp_path / "empty.sqlite").touch()
    assert run("2025-01-20", "5").output.splitlines()[0] == "2025-01-26"
