"""cli/calendar: a file is compared before it is kept; bad input gets a sentence and exit 2."""
from portal.cli.calendar import calendar

COMMAND = calendar

LINES = "2027-01-01 休 元旦\n2027-10-01 休 国庆节\n2026-12-27 班 元旦\n"
TOLD = ("--source", "国办发明电9号", "--reason", "公布了")


def file(tmp_path, text=LINES):
    path = tmp_path / f"{abs(hash(text))}.txt"
    path.write_text(text, "utf-8")
    return path


def test_a_year_is_listed_checked_and_kept(call, tmp_path):
    checked = call("check", 2027, file(tmp_path))
    assert checked.exit_code == 0 and "2027-01-01  休 off ← 班 on" in checked.output and "2026-12-27  班 on" in checked.output
    assert "没有这一年" in checked.output
    kept = call("import", 2027, file(tmp_path), *TOLD, "--yes")
    assert kept.exit_code == 0 and "已保存 2026、2027 年" in kept.output
    assert "2027  已公布 official  休 off 2  调休上班 on 0  国办发明电9号" in call("list").output
    assert "没有改动" in call("import", 2027, file(tmp_path), *TOLD, "--yes").output


def test_without_a_yes_nothing_is_kept(call, tmp_path):
    assert call("import", 2027, file(tmp_path), *TOLD).exit_code == 1 and "2027" not in call("list").output


def test_what_differs_from_the_programs_calendar_is_told(call, tmp_path):
    checked = call("check", 2026, file(tmp_path, "2026-10-01 休 国庆节"))
    assert checked.exit_code == 1 and "2026-10-02  班 on ← 休 off" in checked.output


def test_bad_input_gets_a_sentence_and_exit_2(call, tmp_path):
    for words in (("check", 2027, file(tmp_path, "元旦放假")), ("import", 2027, file(tmp_path), "--source", " ", "--reason", "x", "--yes"),
                  ("check", 27, file(tmp_path)), ("check", 2027, tmp_path / "none")):
        result = call(*words)
        assert result.exit_code == 2 and len(result.stderr) > 10 and "Traceback" not in result.output
