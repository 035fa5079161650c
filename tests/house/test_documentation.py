"""What the README and the manuals name is there: commands, options, files, settings, links, routes, rooms."""

import ast
import importlib
import os
import re
from pathlib import Path

import click
import pytest

from portal import config, ledger
from portal.cli import COMMANDS
from portal.cli.manual_parts import MARK, PARTS, filled
from portal.models.people import StaffRoleName
from portal.rules import transitions

ROOT = Path(__file__).resolve().parents[2]
MANUALS = ROOT / "site_docs"
PAGES = [ROOT / "README.md", MANUALS / "index.md",
         *(page for room in ("staff", "operators", "developers") for page in sorted((MANUALS / room).rglob("*.md")))]
SCRIPT_WORDS = {"test", "help"}
OPTION = re.compile(r"--[a-z][a-z-]+")
SETTING = re.compile(r"BANSHI_[A-Z_]+")
CALL = re.compile(r"\./banshi[ \t]+([^`\n|，。；：、“”）]*)")
NAMED = re.compile(r"`((?:portal|forms|pdfs|templates|tests|site_docs|\.ci)(?:/[\w.*-]+)+/?)`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def command(word: str) -> click.Command:
    module, _, name = COMMANDS[word][1].partition(":")
    return getattr(importlib.import_module(module), name)


def calls(page: Path) -> list[list[str]]:
    """The words after `./banshi`, in every place where the page calls it with any."""
    found = [call.split() for call in CALL.findall(page.read_text())]
    return [words for words in found if words and re.fullmatch(r"[a-z-]+", words[0])]


def known_options(words: list[str]) -> tuple[str, set[str]]:
    """The command that the words call, a group's own word included, and its options."""
    found = command(words[0])
    if isinstance(found, click.Group) and len(words) > 1 and words[1] in found.commands:
        found = found.commands[words[1]]
    return found.name, {option for one in found.params for option in (*one.opts, *one.secondary_opts)} | {"--help"}


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_command_that_is_named_exists(page):
    for words in calls(page):
        assert words[0] in {*COMMANDS, *SCRIPT_WORDS, "--help"}, words
        if words[0] not in COMMANDS:
            continue
        found = command(words[0])
        if isinstance(found, click.Group) and len(words) > 1 and not words[1].startswith("-"):
            assert words[1] in found.commands, words
        name, options = known_options(words)
        assert {word for word in words if OPTION.fullmatch(word)} <= options, (name, words)


def test_every_command_is_told_of():
    told = {words[0] for page in PAGES for words in calls(page)}
    assert set(COMMANDS) | {"test"} <= told


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_file_that_is_named_exists(page):
    named = {name for name in NAMED.findall(page.read_text()) if "vendor" not in name}
    assert {name for name in named if not list(ROOT.glob(name.rstrip("/")))} == set()


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_link_leads_somewhere(page):
    links = [link for link in LINK.findall(page.read_text()) if not re.match(r"[a-z]+:", link)]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_setting_that_is_named_exists(page):
    known = {one.metadata["name"] for one in config.settings()}
    known |= set(SETTING.findall((ROOT / "banshi").read_text() + (ROOT / ".ci/run").read_text()))
    assert set(SETTING.findall(page.read_text())) <= known


def test_every_part_is_on_a_page_in_both_languages_where_staff_read_it():
    asked = {found.groups() for page in PAGES for found in MARK.finditer(page.read_text())}
    assert {name for name, _ in asked} == set(PARTS)
    assert {("settings", "zh"), ("settings", "en"), ("lint_rules", "zh"), ("lint_rules", "en"), ("acts", "zh"), ("acts", "en")} <= asked


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_part_is_a_table(name, lang):
    lines = [line for line in filled(f"<!-- made: {name} {lang} -->").splitlines() if line.startswith("|")]
    assert len(lines) > 2
    bars = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
    assert len(bars) == 1, f"rows of {name} differ in cells"


def test_every_route_and_setting_is_in_the_manual():
    routes, settings = filled("<!-- made: routes en -->"), filled("<!-- made: settings zh -->")
    assert [endpoint for endpoint in ledger.RULES if endpoint != "static" and f"`{endpoint}`" not in routes] == []
    assert [one.metadata["name"] for one in config.settings() if one.metadata["name"] not in settings] == []


def test_staff_read_the_names_that_the_pages_show():
    states, roles = (MANUALS / "staff" / "states.md").read_text(), (MANUALS / "staff" / "index.md").read_text()
    for code, name in transitions.STATES.items():
        assert f"| {name.zh} | `{code}` |" in states and f"| {name.en} | `{code}` |" in states
    assert [role for role in StaffRoleName if roles.count(f"| `{role}` |") != 2] == []


def test_a_part_that_is_not_there_stops_the_build():
    with pytest.raises(KeyError):
        filled("<!-- made: nothing en -->")


def test_the_map_in_the_readme_is_whole():
    """Every room and every module beside the rooms is on the map, with its first word."""
    text = (ROOT / "README.md").read_text()
    rooms = {path.name for path in (ROOT / "portal").iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    tops = {"forms", "pdfs", "templates", "site_docs", "tests"}
    modules = {path.stem for path in (ROOT / "portal").glob("*.py")} - {"__init__", "__main__"}
    missing = [name for name in sorted(rooms | tops | modules) if not re.search(rf"`(portal/)?{name}(/|\.py)?`", text)]
    assert missing == []


def test_every_page_is_in_the_navigation_and_the_manuals_build(tmp_path):
    from click.testing import CliRunner

    result = CliRunner().invoke(command("manual"), ["--to", str(tmp_path / "manual")], env=dict(os.environ))
    assert result.exit_code == 0, result.output
    made = {path.relative_to(tmp_path / "manual").with_suffix(".md").as_posix() for path in (tmp_path / "manual").rglob("*.html")}
    assert {page.relative_to(MANUALS).as_posix() for page in PAGES if page.parent != ROOT} <= made
    assert not (tmp_path / "manual" / "public").exists()


def test_a_decision_is_short_and_says_its_three_things():
    for page in sorted((MANUALS / "developers" / "decisions").glob("0*.md")):
        text = page.read_text()
        assert len(text.splitlines()) <= 40, page.name
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], page.name
        assert f"({page.name})" in (page.parent / "index.md").read_text()


def test_the_pictures_are_small():
    pictures = [path for path in MANUALS.rglob("*") if path.suffix in {".png", ".webp", ".jpg"}]
    assert [shown(path) for path in pictures if path.stat().st_size > 60 * 1024] == []


def test_the_python_in_the_pages_is_python():
    for page in PAGES:
        for block in re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL):
            ast.parse(block)
