"""`./banshi doctor`: every check, well and unwell, with its remedy in both languages."""

import json
import re
import shutil
from datetime import date

import pytest
from click.testing import CliRunner

from portal import keys, migrations
from portal.cli.doctor import doctor
from portal.db import Database
from portal.models.calendars import CalendarYear
from portal.queries import installation, machine

TODAY = date(2026, 11, 22)


def by_check(findings):
    return {one.check: one for one in findings}


@pytest.fixture
def environ(tmp_path, migrated):
    """An installation where all is well."""
    keys.create(tmp_path / "keys.json")
    shutil.copy(migrated, tmp_path / "banshi.sqlite")
    database = Database(f"sqlite:///{tmp_path}/banshi.sqlite")
    with database.writing() as session:
        session.add_all(CalendarYear(year=year, official=True, source="") for year in (2026, 2027))
        session.commit()
    database.dispose()
    return {"BANSHI_DATA": str(tmp_path), "BANSHI_PUBLIC_URL": "https://banshi.example"}


def test_all_is_well(environ):
    found = by_check(installation.findings(environ, TODAY))
    assert list(found) == ["settings", "folder", "files", "database", "keys", "calendar", "publications"]
    assert {one.level for one in found.values()} == {"ok"}


@pytest.mark.parametrize("address", ["http://localhost:8000", "https://127.0.0.1", ""])
def test_localhost_is_refused_outside_the_demonstration(environ, address):
    found = by_check(installation.findings({**environ, "BANSHI_PUBLIC_URL": address}, TODAY))
    assert found["settings"].level == "fail" and "BANSHI_PUBLIC_URL" in found["settings"].remedy.en
    assert found["database"].level == "ok", "the rest is looked at all the same"


def test_a_setting_that_cannot_be_read_ends_the_look(environ):
    (only,) = installation.findings({**environ, "BANSHI_DATABASE": "mysql://"}, TODAY)
    assert only.level == "fail" and "BANSHI_DATABASE" in only.remedy.zh


def test_two_wrong_settings_do_not_hide_each_other(environ):
    (only,) = installation.findings({**environ, "BANSHI_PUBLIC_URL": "", "BANSHI_PROXIES": "many"}, TODAY)
    assert only.level == "fail"


def test_no_database_is_not_made_by_looking(environ, tmp_path):
    (tmp_path / "banshi.sqlite").unlink()
    found = by_check(installation.findings(environ, TODAY))
    assert found["database"].level == "fail" and "./banshi" in found["database"].remedy.en
    assert not (tmp_path / "banshi.sqlite").exists()


def test_a_database_of_another_release_is_told(environ, monkeypatch):
    monkeypatch.setattr(migrations, "newest", lambda: "9999_later")
    found = by_check(installation.findings(environ, TODAY))["database"]
    assert found.level == "fail" and "release" in found.found.en


def test_a_file_that_is_no_database_is_told(environ, tmp_path):
    (tmp_path / "banshi.sqlite").write_text("no database at all, but long enough to have a header " * 99)
    assert by_check(installation.findings(environ, TODAY))["database"].level == "fail"


def test_an_unreachable_server_is_told_without_its_password(environ):
    environ["BANSHI_DATABASE"] = "postgresql://clerk:hidden-word@127.0.0.1:1/banshi"
    found = by_check(installation.findings(environ, TODAY))["database"]
    assert found.level == "fail" and "hidden-word" not in str(found)


def test_keys_that_others_may_read_or_that_are_gone(environ, tmp_path):
    (tmp_path / "keys.json").chmod(0o644)
    found = by_check(installation.findings(environ, TODAY))["keys"]
    assert found.level == "fail" and "chmod 600" in found.remedy.zh
    (tmp_path / "keys.json").unlink()
    assert by_check(installation.findings(environ, TODAY))["keys"].level == "fail"


def test_a_folder_that_cannot_be_written_or_is_full(environ, tmp_path, monkeypatch):
    found = by_check(installation.findings({**environ, "BANSHI_DATA": "/proc/none"}, TODAY))["folder"]
    assert found.level == "fail" and "BANSHI_DATA" in found.remedy.en
    for free, level in ((99 << 20, "fail"), (500 << 20, "warn")):
        monkeypatch.setattr(installation.shutil, "disk_usage", lambda place, free=free: type("", (), {"free": free}))
        assert by_check(installation.findings(environ, TODAY))["folder"].level == level


def test_the_folder_of_files_is_looked_at_where_it_is_a_folder(environ, tmp_path):
    (tmp_path / "elsewhere").write_text("a file where a folder should be")
    found = by_check(installation.findings({**environ, "BANSHI_FILES": str(tmp_path / "elsewhere")}, TODAY))
    assert found["files"].level == "fail" and "BANSHI_FILES" in found["files"].remedy.zh and found["folder"].level == "ok"
    assert "files" not in by_check(installation.findings({**environ, "BANSHI_FILES": "s3://bucket/prefix"}, TODAY))


def test_a_year_without_notice_is_a_warning_with_a_road_that_exists(environ):
    found = by_check(installation.findings(environ, date(2027, 11, 1)))["calendar"]
    assert found.level == "warn" and "2028" in found.found.zh and "2027" not in found.found.zh
    assert "./banshi calendar import" in found.remedy.zh and "./banshi calendar import" in found.remedy.en


def test_the_machine_is_well_where_tests_run():
    found = by_check(machine.findings())
    assert {"python", "libraries", "font", "htmx"} <= set(found)
    assert all(one.level != "fail" for one in found.values()), found


def test_a_character_that_no_font_has_is_seen():
    # A private-use character: no font can mean anything by it.
    assert machine.shown("\U00100000")[0] is False
    good, fonts = machine.shown(machine.COMMON)
    assert good and fonts


def test_what_the_machine_lacks_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "LIBRARIES", {"libnone.so.0": "libnone0"})
    found = by_check(machine.findings())
    assert found["libraries"].level == "fail" and "apt-get install" in found["libraries"].remedy.en
    assert "libnone0" in found["libraries"].remedy.zh and "font" not in found
    monkeypatch.setattr(machine, "shown", lambda character: (False, []))
    (font,) = machine._fonts()
    assert font.level == "fail" and "fonts-wqy-zenhei" in font.remedy.zh
    monkeypatch.setattr(machine, "shown", lambda character: (character == machine.COMMON, ["One"]))
    assert [one.level for one in machine._fonts()] == ["ok", "warn"]
    assert machine._python((3, 99, 0)).level == "warn"
    assert machine._script(tmp_path / "htmx.min.js").level == "fail"


def test_the_command_prints_both_languages_and_ends_with_1(environ, tmp_path):
    answer = CliRunner().invoke(doctor, env=environ)
    assert answer.exit_code == 0 and "Ready to run" in answer.output
    (tmp_path / "keys.json").unlink()
    answer = CliRunner().invoke(doctor, env=environ)
    assert answer.exit_code == 1 and "./banshi demo" in answer.output
    assert "→" in answer.output and "加密密钥不能用" in answer.output


def test_as_json_every_finding_is_whole(environ, tmp_path):
    (tmp_path / "keys.json").unlink()
    answer = CliRunner().invoke(doctor, ["--json"], env=environ)
    found = json.loads(answer.stdout)
    assert answer.exit_code == 1 and {"python", "font", "keys"} <= {one["check"] for one in found}
    for one in found:
        assert set(one) == {"check", "level", "found", "remedy"} and one["level"] in {"ok", "warn", "fail"}
        assert (one["remedy"] is None) == (one["level"] == "ok")
        assert one["remedy"] is None or (re.search("[一-鿿]", one["remedy"]["zh"]) and one["remedy"]["en"])


def test_a_failed_publication_and_a_held_site_are_told(environ, tmp_path):
    from portal.publishing import publications, putting_back

    def look():
        return by_check(installation.findings(environ, TODAY))["publications"]

    root = tmp_path / "site"
    for words in (b"1", b"2"):
        with publications.whole(root) as stage:
            stage.put("index.html", words)
    assert look().level == "ok" and "2" in look().found.en
    putting_back.back(root, 1)
    assert look().level == "warn" and "./banshi publish" in look().remedy.zh
    with pytest.raises(OSError), publications.whole(root):
        raise OSError(28, "No space left on device")
    assert look().level == "fail" and "磁盘已满" in look().found.zh
