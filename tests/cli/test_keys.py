"""cli/keys: a key file is made once, for its owner alone, and never for nothing."""

import shutil

from click.testing import CliRunner

from portal import keys
from portal.cli.keys import keys as command


def run(*words, **env):
    return CliRunner().invoke(command, ["new", *map(str, words)], env={"BANSHI_PUBLIC_URL": None, **env})


def test_a_new_file_is_made_where_it_is_asked_for_and_opens(tmp_path):
    path = tmp_path / "held" / "keys.json"
    result = run(path)
    assert result.exit_code == 0 and str(path) in result.output
    ring = keys.load(path, demo=False)
    assert not ring.demo and ring.masters["k1"].hex() not in result.output


def test_the_settings_say_where_when_no_path_is_given(tmp_path):
    result = run(BANSHI_DATA=str(tmp_path), BANSHI_PUBLIC_URL="https://banshi.example.cn")
    assert result.exit_code == 0 and (tmp_path / "keys.json").exists()


def test_a_file_that_is_there_is_left_and_other_failures_are_sentences(tmp_path):
    path = tmp_path / "keys.json"
    run(path)
    before = path.read_bytes()
    for result in (run(path), run(path / "below"), run(BANSHI_PUBLIC_URL="localhost")):
        assert result.exit_code == 2 and result.stdout == "" and "Traceback" not in result.stderr
    assert path.read_bytes() == before


def test_a_rotation_keeps_the_old_master_key_and_can_be_completed(tmp_path, settled):
    shutil.copy(settled, tmp_path / "banshi.sqlite")
    env = {"BANSHI_DATA": str(tmp_path), "BANSHI_PUBLIC_URL": "https://banshi.example.cn"}
    run(**env)
    for word in ("rotate", "rewrap"):
        result = CliRunner().invoke(command, [word], env=env)
        assert result.exit_code == 0, result.output
    ring = keys.load(tmp_path / "keys.json", demo=False)
    assert ring.current == "k2" and set(ring.masters) == {"k1", "k2"}
    held = CliRunner().invoke(command, ["rotate"], env={**env, "BANSHI_KEYS": (tmp_path / "keys.json").read_text()})
    assert held.exit_code == 2 and "Traceback" not in held.output
