"""`banshi lint` and `banshi schema` on the command line: files good, broken, binary, huge, missing, and folders."""
import json
import os

import pytest
from click.testing import CliRunner

from portal.cli.group import main
from portal.cli.lint import MAX_BYTES
from portal.rules.guide import yaml
from portal.rules.lint import RULES
from tests.rules.guides import good_file
from tests.rules.lint_cases import DROP
from tests.rules.test_lint import changed


def run(*words, lang="zh_CN.UTF-8"):
    return CliRunner().invoke(main, [str(word) for word in words], env={"LANG": lang})


def findings(*words):
    done = run("lint", *words, "--json")
    rows = json.loads(done.stdout)
    assert done.exit_code == any(row["level"] == "error" for row in rows)
    assert all(list(row) == ["file", "rule", "level", "at", "message", "remedy"] for row in rows)
    assert all(row["message"] and row["remedy"] for row in rows)
    return rows


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.yaml"
    path.write_text(yaml.dump(good_file()), "utf-8")
    return path


@pytest.fixture
def bad(good):
    path = good.with_name("bad.yaml")
    path.write_text(yaml.dump(changed({"item/handling": "instant"})), "utf-8")
    return path


def test_a_good_guide_gives_an_empty_list(good):
    assert findings(good) == []
    assert "0 处错误" in run("lint", good).stdout


def test_findings_name_rule_place_and_remedy(bad):
    rows = findings(bad)
    assert {"L-LIMIT-01", "L-LIMIT-03"} <= {row["rule"] for row in rows}
    row = next(row for row in rows if row["rule"] == "L-LIMIT-03")
    assert (row["file"], row["level"], row["at"]) == (str(bad), "error", "/guide/item/review_mode")


def test_a_warning_alone_is_no_failure(good):
    good.write_text(yaml.dump(changed({"summary": DROP})), "utf-8")
    assert [(row["rule"], row["level"]) for row in findings(good)] == [("L-ITEM-07", "warning")]


def test_a_folder_is_gone_through_by_name(good, bad, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "broken.YML").write_text("guide: [", "utf-8")
    (tmp_path / "notes.txt").write_text("not a guide", "utf-8")
    files = [row["file"] for row in findings(tmp_path)]
    assert set(files) == {str(bad), str(tmp_path / "deep" / "broken.YML")}
    assert files == sorted(files)


@pytest.mark.parametrize(("content", "rule", "at"), [
    (b"", "L-SCHEMA", ""),
    (b"guide: [", "L-SCHEMA", ""),
    (b"guide: {}\n", "L-SCHEMA", "/guide/item"),
    (b"guide: {item: {nme: x}, variants: [{}]}", "L-SCHEMA", "/guide/item/nme"),
    (b"\x89PNG\r\n\x1a\n\x00\xff\xfe", "L-FILE", ""),
    ("guide: 指南".encode("gb18030"), "L-FILE", ""),
    ("guide: 指南".encode("utf-16"), "L-FILE", ""),
    (b"\x00" * 100, "L-SCHEMA", ""),
    (b"a: &x [1]\nb: [*x, *x]", "L-SCHEMA", ""),
    (b"x: " + b"[" * 50_000, "L-SCHEMA", ""),
])  # fmt: skip
def test_what_is_no_guide_is_a_finding_and_no_crash(tmp_path, content, rule, at):
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    rows = findings(path)
    assert (rule, at, "error") in [(row["rule"], row["at"], row["level"]) for row in rows]


def test_a_byte_order_mark_does_no_harm(good):
    good.write_bytes(b"\xef\xbb\xbf" + good.read_bytes())
    assert findings(good) == []


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    assert [row["rule"] for row in findings(path)] == ["L-FILE"]
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert [row["rule"] for row in findings(path)] == ["L-FILE"]


def test_missing_special_and_empty_places_are_findings(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "empty").mkdir()
    for path in ("missing.yaml", "pipe.yaml", "loop.yaml", "empty"):
        assert [row["rule"] for row in findings(tmp_path / path)] == ["L-FILE"], path
    assert [row["rule"] for row in findings("/dev/zero")] == ["L-FILE"]


def test_one_bad_file_does_not_hide_another(good, bad, tmp_path):
    rows = findings(tmp_path / "missing.yaml", bad, good)
    assert {row["file"] for row in rows} == {str(tmp_path / "missing.yaml"), str(bad)}


def test_it_speaks_both_languages(bad):
    assert "即办件" in run("lint", bad).stdout
    english = run("lint", bad, lang="en_US.UTF-8").stdout
    assert "error L-LIMIT-03 /guide/item/review_mode" in english
    assert "2 file(s)" not in english
    assert run("lint", bad, "--lang", "en").stdout == english
    assert run("lint", bad, "--lang", "zh", lang="en_US.UTF-8").stdout == run("lint", bad).stdout


def test_rules_are_listed_with_level_and_source():
    listed = run("lint", "--rules").stdout
    rows = json.loads(run("lint", "--rules", "--json").stdout)
    assert {row["rule"] for row in rows} == {rule.code for rule in RULES} | {"L-FILE", "L-SCHEMA"}
    assert all(row["source"] and row["message"] and row["remedy"] and row["level"] for row in rows)
    assert all(row["rule"] in listed and row["source"] in listed for row in rows)
    assert "{" not in listed
    english = run("lint", "--rules", "--lang", "en").stdout
    for to_write in ("已废止", "无需提交材料"):  # what the Chinese text of a guide has to say
        english = english.replace(to_write, "")
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in english)


def test_without_a_file_it_says_what_is_missing():
    done = run("lint")
    assert done.exit_code == 2
    assert "Name the files" in done.output


def test_schema_prints_json_and_the_table():
    assert json.loads(run("schema").stdout)["title"] == "GuideFile"
    assert "| 事项名称 | `item.name` |" in run("schema", "--elements").stdout
    assert "| name | `item.name` |" in run("schema", "--elements", "--lang", "en").stdout


def test_a_file_name_of_any_bytes_is_printed(good):
    path = os.fsdecode(os.fsencode(good.parent) + b"/x\xff\n.yaml")
    os.rename(good, path)
    assert findings(path) == [] and findings(good.parent) == []
    with open(path, "w") as file:
        file.write("guide: !!bool maybe")
    assert [row["file"][-8:] for row in findings(path)] == ["x\ufffd\n.yaml"]
    assert run("lint", path).exit_code == 1
