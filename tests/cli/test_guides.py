"""cli/guides: an editor's file goes in force by one word, or nothing changes; drafts can be seen, read and dropped."""
import json
import shutil

import pytest

from portal.actions import guides, revisions
from portal.cli.guides import guides as command
from portal.db import Database
from portal.rules.guide import yaml
from portal.rules.importing.sheets import reading
from portal.sample.county import guide_files
from portal.uploads import workbooks
from tests.actions.revisions import EDITOR, moving
from tests.conftest import NOW

COMMAND = command
SAMPLE = "small-catering-registration.yaml"
CODE = "991001005000"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / SAMPLE
    path.write_text(next(one for one in guide_files() if one.name == SAMPLE).read_text("utf-8"))
    return path


def shelf(call):
    return json.loads(call("list", "--json").output)


def test_a_file_goes_in_force_and_its_next_revision_after_it(call, file):
    assert call("enact", file).exit_code == 0
    [row] = shelf(call)
    assert (row["in_force"], row["draft"]) == (1, None)
    assert "0 份" in call("enact", file).output and shelf(call) == [row]
    file.write_text(file.read_text().replace("limit: {amount: 1, unit: workday}", "limit: {amount: 0.5, unit: workday}", 1))
    assert call("enact", file.parent).exit_code == 0
    assert shelf(call)[0]["in_force"] == 2
    assert SAMPLE.removesuffix(".yaml") in call("list").output


def test_what_is_on_its_way_at_the_desk_is_not_passed_by(call, file, tmp_path):
    """Neither by its name nor by a file, be it the same or another: each time a sentence says where it is."""
    slug, database = SAMPLE.removesuffix(".yaml"), Database(f"sqlite:///{tmp_path}/banshi.sqlite")
    with database.writing() as db:
        revision, _ = guides.draft(db, yaml.load(file.read_text("utf-8")), slug, NOW, SAMPLE)
        revisions.send_on(moving(db, EDITOR), revision)
        db.commit()
    database.dispose()
    for limit in ("1", "0.5"):
        file.write_text(file.read_text().replace("limit: {amount: 1, unit: workday}", f"limit: {{amount: {limit}, unit: workday}}", 1))
        for word in (slug, file):
            result = call("enact", word)
            assert result.exit_code == 2 and "待法制审核" in result.stderr and "at the desk" in result.stderr, word
            assert shelf(call)[0]["in_force"] is None


def test_what_is_shown_can_be_read_again(call, file):
    call("enact", file)
    assert yaml.load(call("show", SAMPLE.removesuffix(".yaml")).output) == yaml.load(file.read_text())
    assert call("show", "nothing").exit_code == 2


def test_an_error_in_one_stops_all(call, file, tmp_path):
    folder = tmp_path / "two"
    folder.mkdir()
    shutil.copy(file, folder / "a.yaml")
    (folder / "b.yaml").write_text("guide: {item: {name: 某事}, variants: [{}]}")
    result = call("enact", folder)
    assert result.exit_code == 1 and "L-" in result.stderr and "Nothing was changed" in result.stderr
    assert shelf(call) == []


def test_a_draft_can_be_enacted_by_its_address_or_dropped(call, file, tmp_path, settled):
    from datetime import UTC, datetime

    from portal.actions import guides
    from portal.db import Database

    database = Database(f"sqlite:///{tmp_path}/banshi.sqlite")

    def draft():
        with database.writing() as db:
            guides.draft(db, yaml.load(file.read_text()), "eatery", datetime.now(UTC), "x.yaml")
            db.commit()

    draft()
    assert shelf(call)[0]["draft"] == 1
    assert call("drop", "eatery").exit_code == 0 and shelf(call) == []
    draft()
    assert call("enact", "eatery").exit_code == 0
    assert call("drop", "eatery").exit_code == 2 and call("enact", "eatery").exit_code == 2
    assert shelf(call)[0]["in_force"] == 1
    database.dispose()


def test_guides_are_exported_in_the_layout_of_the_template_and_come_back(call, file, tmp_path):
    assert call("enact", file).exit_code == 0
    path = tmp_path / "指南.xlsx"
    assert "1 份指南" in call("export", "--xlsx", path).output
    rows = reading.read(path.name, workbooks.read(path.name, path.read_bytes(), tmp_path), "x")
    assert [row.file for row in rows] == [yaml.load(file.read_text("utf-8"))]
    refused = call("export", "nowhere", "--xlsx", tmp_path / "other.xlsx")
    assert refused.exit_code == 2 and not (tmp_path / "other.xlsx").exists()
