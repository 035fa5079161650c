"""The arrows of the house point down, rules are pure, and only the outermost caller commits."""

import ast
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]


def calls(folder: str):
    """Every call in a folder of the code, as `(file:line, the name that is called)`."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
                yield f"{path.relative_to(ROOT)}:{node.lineno}", name


def test_the_contracts_are_kept(capsys):
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("portal/rules", {"now", "utcnow", "today", "open", "read_text", "read_bytes", "print", "input"}),
        ("portal/actions", {"commit", "print"}),
        ("portal/queries", {"commit", "flush", "print"}),
        ("pdfs", {"print"}),
    ],
)
def test_a_room_does_not_call(folder, names):
    assert [(place, name) for place, name in calls(folder) if name in names] == []
