"""Element × surface: the table has a row for every element of the schema, and a reason for every no."""
import json
from enum import Enum

import pytest
from jsonschema import Draft202012Validator

from portal.cli.schema import guide_schema
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import (
    ELEMENTS,
    SURFACES,
    Surface,
    as_markdown,
    children,
    label,
    schema_paths,
)
from tests.rules.guides import good_file, good_guide
from tests.rules.planting import WORDS, kinds, planted


def test_every_element_of_the_schema_has_its_row_and_every_row_its_element():
    rows = [row.path for row in ELEMENTS]
    assert len(set(rows)) == len(rows)
    assert set(rows) == {path for path, _ in schema_paths()}


@pytest.mark.parametrize("row", ELEMENTS, ids=lambda row: row.path)
def test_every_no_has_its_reason_in_both_languages(row):
    for surface in Surface:
        assert row.owed(surface) or (row.why_not(surface).zh and row.why_not(surface).en)
    assert not set(row.reasons) & row.surfaces
    assert row.label.en


def test_page_and_paper_owe_everything_but_what_nobody_reads():
    hidden = {row.path.rpartition(".")[2] for row in ELEMENTS if not row.owed(Surface.PAGE)}
    assert hidden == {"key", "value", "schema_version", "imported_from", "none_stated", "unplaced"}
    assert all(row.owed(Surface.PAGE) == row.owed(Surface.PDF) for row in ELEMENTS)


def test_every_surface_owes_something():
    assert set(SURFACES) == set(Surface)
    assert all(any(row.owed(surface) for row in ELEMENTS) for surface in Surface)


def test_every_group_has_a_label_of_its_own():
    for path, _ in schema_paths():
        parts = path.split(".")
        for length in range(1, len(parts)):
            group = ".".join(parts[:length])
            assert label(group).zh != parts[length - 1], group


def test_children_are_the_names_of_the_schema():
    assert set(children("item")) == {path.split(".")[1] for path, _ in schema_paths() if path.startswith("item.")}
    assert "guide" not in children("")
    assert children("file") == ["guide", "offerings", "unplaced"]


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_the_manual_prints_the_whole_table(locale):
    table = as_markdown(locale)
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(lines) == len(ELEMENTS) + 1
    assert len({line.count("|") for line in lines}) == 1
    assert all(f"`{row.path}`" in table for row in ELEMENTS)


def test_the_json_schema_is_one_and_takes_what_the_program_writes():
    schema = guide_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for plain in (good_guide(), yaml.plain(good_file()), good_file().model_dump(mode="json", by_alias=True)):
        assert not list(validator.iter_errors(plain))


@pytest.mark.parametrize("change", [
    {"summary": 5}, {"variants": []}, {"item": {}}, {"unknown": 1}, {"delivery": ["by_pigeon"]},
    {"conditions": [{"en": "only English"}]}, {"legal_basis": [{"law": "法", "checked_on": 2026}]},
])  # fmt: skip
def test_the_json_schema_refuses_what_the_program_refuses(change):
    plain = good_guide()
    plain["guide"] |= change
    assert list(Draft202012Validator(guide_schema()).iter_errors(plain))
    with pytest.raises(ValueError):
        GuideFile.model_validate(plain)


@pytest.mark.parametrize("row", [row for row in ELEMENTS if row.surfaces], ids=lambda row: row.path)
def test_every_element_that_is_shown_can_be_planted(row):
    file, zh, en = planted(row.path)
    assert file != good_file()
    if zh and not any(issubclass(one, Enum) for one in kinds(row.path)):
        before, after = (json.dumps(one.model_dump(mode="json"), ensure_ascii=False) for one in (good_file(), file))
        assert after.count(zh) > before.count(zh) or row.path in WORDS or "-07-23" in after
        assert en
