"""The house itself: what stands at the top, how long files and functions are, what they are called, what they say they are."""

import ast
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP = {
    "portal", "site_docs", "templates", "forms", "pdfs", "tests", "mkdocs.yml", "pyproject.toml", "README.md", "banshi",
    "requirements.lock", "requirements-build.lock", "requirements-test.lock", ".ci", ".gitignore",
}
LONGEST_FILE, LONGEST_FUNCTION = 300, 60
LONGER = {
    "portal/migrations/versions": "what the tables were at a release: written once, never worked on",
}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "services", "misc"}


def files(*folders: str, suffix: str = ".py") -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}") if "vendor" not in path.parts)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def excused(path: Path) -> bool:
    return any(shown(path).startswith(one) for one in LONGER)


CODE = files("portal", "forms", "pdfs", "tests")
ROOMS = files("portal", "forms", "pdfs")
TEXTS = [*CODE, *files("templates", suffix=".html"), *files("portal", "pdfs", suffix=".css"), *files("site_docs", suffix=".md"),
         *files("site_docs", suffix=".py"), ROOT / "banshi", ROOT / "pyproject.toml", ROOT / "README.md"]


def test_the_top_level_is_the_one_of_the_design():
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text().split() if line] + [".git"]
    there = {path.name for path in ROOT.iterdir() if not any(fnmatch(path.name, pattern) for pattern in ignored)}
    assert there == TOP


def test_no_file_is_longer_than_it_should_be():
    long = {shown(path): lines for path in [*CODE, *files("templates", suffix=".html")]
            if (lines := len(path.read_text().splitlines())) > LONGEST_FILE and not excused(path)}
    assert not long, "find the two nouns in it"


def test_every_excuse_is_still_needed():
    for name in LONGER:
        lengths = [len(path.read_text().splitlines()) for path in CODE if shown(path).startswith(name)]
        assert max(lengths) > LONGEST_FILE, f"{name} needs no excuse any more"


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in CODE if not excused(path)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_no_name_says_nothing():
    named = [shown(path) for path in CODE if {*path.relative_to(ROOT).parts[:-1], path.stem} & NAMELESS]
    assert named == []


def room(path: Path) -> str:
    """The word that a module's docstring must name: its room, or itself where it stands beside the rooms."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] != "portal":
        return parts[0]
    inside = [part for part in parts[1:] if part not in ("__init__", "__main__")]
    return inside[0] if inside else "portal"


@pytest.mark.parametrize("path", [path for path in ROOMS if not excused(path)], ids=shown)
def test_every_module_says_where_it_stands(path):
    said = ast.get_docstring(ast.parse(path.read_text())) or ""
    words = room(path).replace("_", "|")
    assert re.search(rf"\b({words})\b", said, re.IGNORECASE), f"the docstring must name “{room(path)}”: {said[:80]!r}"


def test_nothing_is_left_for_later():
    # Written with a bracket, so that this line does not find itself.
    marks = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X]|NotImplemente[d])\b")
    assert [shown(path) for path in TEXTS if path.is_file() and marks.search(path.read_text())] == []


def test_nothing_tells_where_it_was_made():
    """No path of a machine and no host of a registry: what is installed, and from where, is the reader's setting."""
    told = re.compile(r"/wor[k]/|/roo[t]/|/hom[e]/\w|/tm[p]/[a-z]|pypi\.or[g]|pythonhoste[d]|npmj[s]|deb\.debia[n]|mirror[s]?\.[a-z]")
    texts = [path for path in [*TEXTS, *ROOT.glob("requirements*.lock")] if path.is_file() and "tests" not in path.parts]
    assert [f"{shown(path)}: {found[0]}" for path in texts if (found := told.search(path.read_text()))] == []
