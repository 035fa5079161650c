"""The script `./banshi`, the locks and the list of commands, without a network: a stand-in plays Python and Debian."""

import importlib
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

from portal.cli import COMMANDS, GROUPS, entries, page
from portal.cli.group import main

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNS, TESTS = PROJECT["project"]["dependencies"], PROJECT["project"]["optional-dependencies"]["test"]
BUILDS = PROJECT["dependency-groups"]["lock-build"] + PROJECT["build-system"]["requires"]

# Plays every Python: it makes an environment by copying itself, and what it installs is a line in `calls`.
PYTHON = """#!/bin/sh
case "$*" in
*"python%d.%d-venv"*) echo python3.12-venv; exit 0 ;;
*"import venv"*) exit ${NO_VENV:-0} ;;
-c*) exit 0 ;;
-) cat >/dev/null; printf '%s' "${NO_PANGO:-}"; exit 0 ;;
"-m pip config list") printf '%s\\n' "${PIP_SETTINGS:-}"; exit 0 ;;
"-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
*"-m uv"*"-e .") mkdir -p portal/static/vendor && : >portal/static/vendor/htmx.min.js ;;
esac
echo "$* ${UV_DEFAULT_INDEX:-}" >>"$CALLS"
case "$*" in *"${KILL_AT:-no such step}"*) kill -9 $PPID; exit 1 ;; *"${FAIL_AT:-no such step}"*) exit 1 ;; esac
"""


class Copy:
    """A copy of what the script needs, in a folder whose name has a space, with stand-ins first on the path."""

    def __init__(self, folder: Path):
        self.root, self.calls = folder / "a copy", folder / "calls"
        self.stand_ins = folder / "stand-ins"
        self.stand_ins.mkdir()
        (self.root / "portal" / "cli").mkdir(parents=True)
        for name in ("banshi", "pyproject.toml", "portal/build_htmx.py", "portal/cli/__init__.py", *LOCKS):
            shutil.copy(ROOT / name, self.root / name)
        self.stand_in("python3", PYTHON)
        self.stand_in("fc-list", "#!/bin/sh\necho 'A Chinese Font'\n")
        self.stand_in("chromium")
        self.stand_in("pdftoppm")
        self.stand_in("strace")

    def stand_in(self, name: str, text: str = "#!/bin/sh\n") -> None:
        path = self.stand_ins / name
        path.write_text(text)
        path.chmod(0o755)

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess:
        """Runs the script; `did` of the answer holds what the stand-in Python was asked to do."""
        self.calls.write_text("")
        path = f"{self.stand_ins}:{os.environ['PATH']}"
        answer = subprocess.run(
            [self.root / "banshi", *words],
            env={"PATH": path, "HOME": "/nonexistent", "LANG": "C", "CALLS": str(self.calls), **environment},
            capture_output=True,
            text=True,
            cwd="/",
            timeout=60,
        )
        answer.did = self.calls.read_text()
        return answer


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path)


def test_the_first_run_installs_and_the_second_does_not(copy):
    first = copy.run("lint", "a file.yaml")
    assert first.returncode == 0, first.stderr
    assert "-m venv" in first.did and "--require-hashes -r requirements.lock" in first.did
    assert first.did.splitlines()[-1] .strip() == "-P -m portal lint a file.yaml"
    assert "安装 Python 软件包 Installing the Python packages … 完成 done" in first.stderr
    second = copy.run("lint")
    assert second.did.strip() == "-P -m portal lint" and second.stderr == ""


def test_tests_bring_their_own_needs(copy):
    copy.run("lint")
    answer = copy.run("test", "-k", "one two")
    assert "-r requirements-test.lock" in answer.did and "-m venv" not in answer.did
    assert answer.did.splitlines()[-1].strip() == "-P -m pytest -n 2 --dist worksteal -k one two"


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml", "portal/static/vendor/htmx.min.js"])
def test_what_changed_or_went_is_installed_again(copy, changed):
    copy.run("lint")
    path = copy.root / changed
    if changed.endswith(".js"):
        path.unlink()
    else:
        path.write_text(path.read_text() + "\n")
    answer = copy.run("lint")
    assert "--require-hashes" in answer.did and "-m venv" not in answer.did
    assert (copy.root / "portal/static/vendor/htmx.min.js").exists()


@pytest.mark.parametrize("step", ["-m venv", "-r build/uv.lock", "-r requirements.lock", "-e ."])
def test_a_killed_installation_is_made_anew(copy, step):
    assert copy.run("lint", KILL_AT=step).returncode != 0
    answer = copy.run("lint")
    assert answer.returncode == 0, answer.stderr
    assert "-m venv" in answer.did and answer.did.splitlines()[-1].startswith("-P -m portal lint ")


def test_a_moved_folder_gets_its_own_environment(copy):
    copy.run("lint")
    copy.root = copy.root.rename(copy.root.with_name("moved"))
    assert "-m venv" in copy.run("lint").did


def test_an_environment_whose_python_went_is_made_anew(copy):
    copy.run("lint")
    (copy.root / ".venv/bin/python").unlink()
    assert "-m venv" in copy.run("lint").did


def test_the_index_that_pip_knows_is_told_to_uv(copy):
    answer = copy.run("lint", PIP_SETTINGS="global.index-url='https://index.example/simple'")
    (line,) = [line for line in answer.did.splitlines() if "-m uv" in line and "-r requirements.lock" in line]
    assert line.endswith(" https://index.example/simple")


def test_where_uv_cannot_pip_does(copy):
    answer = copy.run("lint", FAIL_AT="-m uv --no-progress pip install --python .venv/bin/python --require-hashes")
    assert answer.returncode == 0, answer.stderr
    assert "-m pip install --disable-pip-version-check -q --require-hashes -r requirements.lock" in answer.did


def test_a_failed_step_says_where_to_look(copy):
    answer = copy.run("lint", FAIL_AT="-r requirements.lock")
    assert answer.returncode == 1 and "-P -m portal" not in answer.did
    assert "build/setup.log" in answer.stderr and "失败 failed" in answer.stderr


def test_without_root_the_one_command_is_printed_and_the_rest_runs(copy):
    copy.stand_in("id", "#!/bin/sh\necho 1000\n")
    copy.stand_in("sudo", "#!/bin/sh\nexit 1\n")
    answer = copy.run("lint", NO_PANGO="libpango-1.0-0")
    (line,) = [line for line in answer.stderr.splitlines() if "apt-get" in line]
    assert line.endswith("sudo apt-get update && sudo apt-get install -y --no-install-recommends libpango-1.0-0")
    assert answer.returncode == 0 and answer.did.splitlines()[-1].startswith("-P -m portal lint ")
    again = copy.run("lint", NO_PANGO="libpango-1.0-0")
    assert line in again.stderr and again.did.startswith("-P -m portal lint ")


def test_without_root_and_without_venv_it_stops_with_the_one_command(copy):
    copy.stand_in("id", "#!/bin/sh\necho 1000\n")
    copy.stand_in("sudo", "#!/bin/sh\nexit 1\n")
    answer = copy.run("lint", NO_VENV="1")
    assert answer.returncode == 1 and answer.did == ""
    assert len(answer.stderr.splitlines()) == 1 and answer.stderr.endswith("--no-install-recommends python3.12-venv\n")


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(copy):
    (copy.root / "build").write_text("a file where a folder should be")
    answer = copy.run("lint")
    assert answer.returncode == 1 and "cannot be written" in answer.stderr and answer.did == ""


def test_what_is_installed_runs_without_writing(copy):
    copy.run("lint")
    (copy.root / ".venv/system-run").unlink()
    shutil.rmtree(copy.root / "build")
    (copy.root / "build").write_text("a file where a folder should be")
    answer = copy.run("lint")
    assert answer.returncode == 0 and answer.stderr == "" and answer.did.startswith("-P -m portal lint ")


def test_help_needs_nothing_installed(tmp_path):
    alone = tmp_path / "alone"
    (alone / "portal" / "cli").mkdir(parents=True)
    shutil.copy(ROOT / "banshi", alone)
    shutil.copy(ROOT / "portal/cli/__init__.py", alone / "portal/cli")
    (tmp_path / "link").symlink_to(alone / "banshi")
    for words in ([], ["--help"], ["-h"], ["help"]):
        environment = {**os.environ, "LC_ALL": "C"}
        said = subprocess.run([tmp_path / "link", *words], capture_output=True, cwd="/", env=environment)
        assert said.returncode == 0 and said.stdout.decode() == page()
    assert not (alone / ".venv").exists()


def test_every_command_is_there_and_speaks_both_languages():
    for word, (group, target, chinese, english) in COMMANDS.items():
        module, _, name = target.partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command), word
        assert group in GROUPS and re.search(r"[一-鿿]", chinese) and re.search(r"[a-z]", english)
        assert re.search(r"[一-鿿]", command.help or ""), f"{word} --help has no Chinese"
        assert f"\n  {word:<10}" in page()
    listed = [word for rows in entries().values() for word, *_ in rows]
    assert sorted(listed) == sorted([*COMMANDS, "test"])


def test_a_wrong_word_is_answered_with_the_near_one():
    from click.testing import CliRunner

    answer = CliRunner().invoke(main, ["doktor"])
    assert answer.exit_code == 2 and "没有“doktor”这个命令" in answer.output and "doctor?" in answer.output


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_names_no_index(name):
    text = (ROOT / name).read_text()
    assert "://" not in text and "--index" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("==" in block.splitlines()[0] and "--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("requirements.lock", RUNS),
        ("requirements-test.lock", RUNS + TESTS),
        ("requirements-build.lock", BUILDS),
    ],
)
def test_the_locks_hold_what_the_project_asks_for(name, wanted):
    pins = dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", (ROOT / name).read_text(), re.M))
    for requirement in map(Requirement, wanted):
        assert requirement.name in pins and requirement.specifier.contains(pins[requirement.name]), requirement


def test_both_locks_agree():
    pins = [set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.M)) for name in LOCKS if "build" not in name]
    test, run = sorted(pins, key=len, reverse=True)
    assert run < test


def test_the_script_is_plain_shell_and_names_no_host():
    subprocess.run(["dash", "-n", ROOT / "banshi"], check=True)
    assert "://" not in (ROOT / "banshi").read_text()
