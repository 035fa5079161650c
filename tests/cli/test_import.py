"""cli/importing: files and folders in, drafts kept once, one clear sentence for what is no guide, and the others go on."""
import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli.importing import importing
from portal.rules.guide import yaml

MATERIAL = Path(__file__).resolve().parents[1] / "material"
KEYS = ["file", "title", "code", "found", "missing", "unplaced", "errors"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The command, with an empty data folder of its own and no other setting."""
    for name in list(os.environ):
        if name.startswith("BANSHI_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BANSHI_DATA", str(tmp_path / "data"))
    return lambda *words: CliRunner().invoke(importing, [str(word) for word in words])


@pytest.fixture
def laid(tmp_path, migrated):
    """The database is there already: making it is a second's work, which the first test has done by the command."""
    (tmp_path / "data").mkdir()
    shutil.copy(migrated, tmp_path / "data" / "banshi.sqlite")


def rows(path: Path, table: str) -> int:
    return sqlite3.connect(path / "data" / "banshi.sqlite").execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_a_folder_becomes_drafts_once(run, tmp_path):
    result = run(MATERIAL, "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0 and [list(row) for row in report] == [KEYS] * len(report)
    assert len(report) == 10 and len({row["file"] for row in report}) == 9 and all(row["title"] for row in report)
    assert rows(tmp_path, "item") == rows(tmp_path, "guide_revision") == 10
    again = run(MATERIAL)
    assert again.exit_code == 0 and "未变 unchanged 10" in again.output and rows(tmp_path, "item") == 10


def test_a_dry_run_writes_nothing(run, tmp_path):
    result = run("--dry-run", MATERIAL / "page_numbered.txt")
    assert result.exit_code == 0 and "打井备案" in result.output and "nothing written" in result.output
    assert not (tmp_path / "data").exists()


def test_drafts_can_be_written_as_yaml(run, tmp_path):
    run("--dry-run", MATERIAL / "page_several.html", "--out", tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["page_several-2.yaml", "page_several.yaml"]
    assert yaml.load((tmp_path / "out" / names[1]).read_text("utf-8")).guide.item.name.zh == "渔具登记"
    result = run(tmp_path / "out", "--json", "--dry-run")
    assert [row["title"] for row in json.loads(result.stdout)] == ["渔具注销", "渔具登记"]


def test_bad_files_get_a_sentence_each_and_the_others_go_on(run, tmp_path, laid):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text("{", "utf-8")
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "d.txt").write_text(MATERIAL.joinpath("page_numbered.txt").read_text("utf-8"), "utf-8")
    with open(folder / "e.json", "wb") as big:
        big.truncate(1_000_000_000)
    (folder / "f.yaml").write_text("guide: 3", "utf-8")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8")
    (folder / ".hidden.json").write_text("{", "utf-8")
    result = run(folder, tmp_path / "gone.json", "--json")
    report = {Path(row["file"]).name: row for row in json.loads(result.stdout)}
    assert result.exit_code == 1
    assert list(report) == ["a.json", "b.txt", "c.html", "d.txt", "e.json", "f.yaml", "gone.json"]
    assert {name for name, row in report.items() if not row["errors"]} == {"d.txt"} and report["d.txt"]["title"] == "打井备案"
    assert all(len(row["errors"]) == 1 and row["title"] is None and row["found"] == [] for name, row in report.items() if name != "d.txt")
    assert "5 MB" in report["e.json"]["errors"][0] and rows(tmp_path, "item") == 1


def test_nothing_importable_opens_no_database(run, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.txt").write_text("你好", "utf-8")
    result = run(tmp_path / "empty", tmp_path / "x.txt", tmp_path / "gone", "/dev/null")
    assert result.exit_code == 1 and result.output.count("错误 error") == 4 and not (tmp_path / "data").exists()
    assert "Traceback" not in result.output


def test_a_file_that_may_not_be_read(run, tmp_path, monkeypatch):
    closed = tmp_path / "x.txt"
    closed.write_text("一", "utf-8")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = run(closed, "--json")
    assert result.exit_code == 1 and "Permission denied" in json.loads(result.stdout)[0]["errors"][0]


def test_another_files_draft_is_told_and_stays(run, tmp_path, laid):
    text = MATERIAL.joinpath("page_pairs.txt").read_text("utf-8")
    (tmp_path / "b.txt").write_text(text.replace("运输股", "安全股"), "utf-8")
    run(MATERIAL / "page_pairs.txt")
    result = run(tmp_path / "b.txt", "--json")
    assert result.exit_code == 1 and "没有覆盖" in json.loads(result.stdout)[0]["errors"][0]
    assert rows(tmp_path, "guide_revision") == 1


def test_names_that_no_text_can_hold_and_folders_named_like_files(run, tmp_path, laid):
    folder = tmp_path / "in"
    (folder / "old.json").mkdir(parents=True)
    guide = '{"事项名称": "打井备案", "受理条件": "有地"}'.encode()
    for name in (b"a\xff.json", b"b\nc.json"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(guide)
    (folder / "loop.txt").symlink_to("loop.txt")
    result = run(folder, "--json")
    report = json.loads(result.stdout)
    assert [Path(row["file"]).name for row in report] == ["a\ufffd.json", "b\nc.json", "loop.txt"]
    assert [row["title"] for row in report] == ["打井备案", "打井备案", None] and result.exit_code == 1


def test_the_same_file_twice_in_one_run_is_one_item(run, tmp_path, laid):
    page = MATERIAL / "page_numbered.txt"
    result = run(page, page, "--json")
    assert result.exit_code == 0 and len(json.loads(result.stdout)) == 2 and rows(tmp_path, "item") == 1


def test_the_second_of_two_guides_for_one_item_does_not_replace_the_first(run, tmp_path, laid):
    for folder, words in (("a", "有船"), ("b", "无船")):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "x.json").write_text(json.dumps({"事项名称": "打井备案", "受理条件": words}), "utf-8")
    for _ in range(2):
        result = run(tmp_path / "in", "--json")
        assert [len(row["errors"]) for row in json.loads(result.stdout)] == [0, 1] and result.exit_code == 1
        (kept,) = sqlite3.connect(tmp_path / "data" / "banshi.sqlite").execute("SELECT document FROM guide_revision").fetchall()
        assert "有船" in json.dumps(json.loads(kept[0]), ensure_ascii=False)


def test_where_nothing_can_be_kept_a_sentence_says_so(run, tmp_path, monkeypatch):
    page = MATERIAL / "page_numbered.txt"
    (tmp_path / "file").write_text("x")
    assert run(page, "--dry-run", "--out", tmp_path / "file" / "x").exit_code == 2
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "banshi.sqlite").write_text("no database " * 100)
    result = run(page)
    assert result.exit_code == 2 and "数据库用不了" in result.output and "doctor" in result.output
    monkeypatch.setenv("BANSHI_DATA", str(tmp_path / "file" / "x"))
    assert "没有存下" in run(page).output


def test_hidden_folders_are_not_looked_into(run, tmp_path):
    (tmp_path / "in" / ".git").mkdir(parents=True)
    for place in (tmp_path / "in" / ".git" / "x.txt", tmp_path / "in" / "y.txt"):
        place.write_text(MATERIAL.joinpath("page_numbered.txt").read_text("utf-8"), "utf-8")
    result = run(tmp_path / "in", "--dry-run", "--json")
    assert [Path(row["file"]).name for row in json.loads(result.stdout)] == ["y.txt"]


def test_an_item_that_is_examined_at_the_desk_keeps_its_words_and_says_where_it_is(run, tmp_path, laid):
    file = tmp_path / "guide.yaml"
    file.write_text("guide: {item: {name: 某个事项, code: '990101009999'}, variants: [{}]}")
    run(file)
    with sqlite3.connect(tmp_path / "data" / "banshi.sqlite") as stored:
        stored.execute("UPDATE guide_revision SET state = 'legal_review'")
    assert run(file).exit_code == 0, "the same words change nothing"
    file.write_text(file.read_text().replace("variants", "summary: 另一句话, variants"))
    result = run(file)
    assert result.exit_code == 1 and "待法制审核" in result.output and "was not written over" in result.output
    assert rows(tmp_path, "guide_revision") == 1


TABLE = "事项名称,基本编码,实施主体,是否网办\n甲登记,990199001000,某局,是\n乙登记,990199002000,某局,也许\n"


def test_a_table_s_mistakes_are_told_by_cell_and_its_other_guides_come(run, tmp_path, laid):
    path = tmp_path / "事项.csv"
    path.write_bytes(TABLE.encode("gb18030"))
    result = run(path, "--json")
    first, second = json.loads(result.stdout)
    assert result.exit_code == 1 and first["title"] == "甲登记" and not first["errors"]
    assert second["cells"][0] | {"zh": "", "en": ""} == {
        "sheet": "事项", "row": 3, "column": "D", "cell": "D3", "heading": "是否网办", "error": True, "zh": "", "en": ""}
    assert "第 3 行 D3（是否网办）" in second["errors"][0] and rows(tmp_path, "guide_revision") == 1
    assert "未变 unchanged 1" in run(path).output


def test_a_dry_run_of_a_table_writes_nothing(run, tmp_path):
    path = tmp_path / "事项.csv"
    path.write_text(TABLE, "utf-8-sig")
    result = run(path, "--dry-run")
    assert result.exit_code == 1 and "D3" in result.output and not (tmp_path / "data").exists()


def test_the_template_is_written_once_and_holds_no_guide(run, tmp_path):
    path = tmp_path / "模板.xlsx"
    result = run("--template", path)
    assert result.exit_code == 0 and path.read_bytes()[:2] == b"PK"
    again = run("--template", path)
    assert again.exit_code == 2 and "没有覆盖" in again.output
    tried = run(path, "--dry-run")
    assert tried.exit_code == 1 and "示例行不导入" in tried.output
    assert run().exit_code == 2
