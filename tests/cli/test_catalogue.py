"""cli/catalogue: a list comes in whole or not at all, and goes out as it came."""
import json

import pytest

from portal.cli.catalogue import catalogue

COMMAND = catalogue
LIST = "部门,主项,事项名称,网址\n县民政局,养老,高龄津贴发放,\n县民政局,养老,护理补贴发放,\n县林业局,,采伐许可,http://example.cn/\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


def test_a_dry_run_writes_nothing_and_a_second_load_changes_nothing(call, file):
    assert json.loads(call("load", file, "--dry-run", "--json").stdout)["new"] == 3
    assert json.loads(call("load", file, "--json").stdout)["new"] == 3
    assert json.loads(call("load", file, "--json").stdout)["same"] == 3


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_what_goes_out_comes_in_again_the_same(call, file, tmp_path, ending):
    call("load", file)
    out = tmp_path / f"out.{ending}"
    assert call("export", out).exit_code == 0
    first = out.read_bytes()
    assert json.loads(call("load", out, "--json").stdout)["same"] == 3
    call("export", out)
    assert out.read_bytes() == first


def test_one_error_keeps_all_out_and_says_where(call, file):
    file.write_text(LIST + "县林业局,,,\n县林业局,,造林,\n")
    answer = call("load", file)
    assert answer.exit_code == 1 and "第5行" in answer.output and "row 5" in answer.output
    assert call("export", file.with_name("out.json")).output.startswith("0 ")


def test_what_is_gone_is_told_and_taken_out_only_when_asked(call, file):
    call("load", file)
    file.write_text("\n".join(LIST.splitlines()[:3]))
    answer = call("load", file)
    assert "采伐许可" in answer.output and "gone 1" in answer.output
    assert call("export", file.with_name("out.json")).output.startswith("3 ")
    assert json.loads(call("load", file, "--drop-gone", "--json").stdout)["dropped"] == 1
    assert call("export", file.with_name("out.json")).output.startswith("2 ")


def test_a_file_that_is_no_list_is_refused_in_words(call, file, tmp_path):
    assert call("load", tmp_path / "nothing.json").exit_code == 2
    assert call("export", tmp_path / "out.txt").exit_code == 2
    assert call("export", tmp_path / "no" / "out.json").exit_code == 2
    file.write_bytes(b"x")
    assert "表头" in call("load", file).output
