"""`banshi demo`: who may do what is printed whole, every stage has its desk, and what somebody tried stays."""
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portal.cli import demo as module
from portal.cli.demo import demo
from portal.cli.guides import guides
from portal.config import load
from portal.db import Database
from portal.models.guides import GuideRevision
from portal.rules import permissions
from portal.sample.county import county, guide_files
from tests.samples import samples

NAMES = ("senior-allowance", "temporary-identity")


@pytest.fixture
def environ(tmp_path):
    return {"BANSHI_DATA": str(tmp_path / "data"), "BANSHI_DEMO": "1", "BANSHI_PUBLIC_URL": "http://localhost:8000"}


@pytest.fixture
def prepare(environ, monkeypatch):
    """Prepares the demonstration with a few guides; what it printed."""
    few = [file for file in guide_files() if file.name.removesuffix(".yaml") in NAMES]
    monkeypatch.setattr(module, "guide_files", lambda: few)
    monkeypatch.setattr(module, "publish_all", lambda *words, **more: None)

    def run() -> str:
        answer = CliRunner().invoke(demo, ["--only-prepare"], env=environ)
        assert answer.exit_code == 0, answer.output
        return answer.output

    return run


def test_every_account_is_printed_one_line_a_department(prepare):
    said = prepare()
    lines = [line for line in said.splitlines() if "(" in line and ": " in line]
    assert [one.username for one in county().staff if one.username not in said] == []
    for department in county().departments:
        assert any(department.name.zh in line for line in lines), department.name.zh
    assert "qingxi.head (head)" in said and len(said.splitlines()) < 40


def test_every_stage_of_the_sample_guides_has_its_desk_in_county_and_townships():
    staffed: dict[tuple[str, str], set[str]] = {}
    for person in county().staff:
        desks = {str(desk) for role in person.roles for desk in permissions.DESKS.get(role, ())}
        staffed.setdefault((person.department, person.division), set()).update(desks)
    for file in samples().values():
        guide = file.guide
        for stage in (stage for variant in guide.variants for stage in variant.stages):
            department = stage.department or guide.item.department
            towns = [division for at, division in staffed if at == department and division.endswith("000")]
            for division in towns:
                assert permissions.desk_of(stage, guide.item.handling) in staffed[department, division], (file.name, stage.key, division)


def test_what_somebody_tried_stays_when_it_is_started_again(prepare, environ, tmp_path):
    prepare()
    text = next(file for file in guide_files() if file.name == "senior-allowance.yaml").read_text("utf-8")
    edited = tmp_path / "senior-allowance.yaml"
    edited.write_text(text.replace("summary:\n    zh: ", "summary:\n    zh: 试着改的一句。", 1) if "summary:\n    zh: " in text
                      else text.replace("summary: {zh: ", "summary: {zh: 试着改的一句。", 1), "utf-8")
    answer = CliRunner().invoke(guides, ["enact", str(edited)], env=environ)
    assert answer.exit_code == 0, answer.output
    prepare()
    database = Database(load(environ).database)
    with database.reading() as db:
        said = [row["guide"]["summary"]["zh"] for row in db.scalars(
            select(GuideRevision.document).where(GuideRevision.state == "published"))]
    database.dispose()
    assert sum(one.startswith("试着改的一句。") for one in said) == 1 and len(said) == len(NAMES)


def test_a_command_for_the_demonstration_without_its_word_says_how(tmp_path):
    answer = CliRunner().invoke(guides, ["list"], env={"BANSHI_DATA": str(tmp_path), "BANSHI_DEMO": "", "BANSHI_PUBLIC_URL": ""})
    assert answer.exit_code == 2 and answer.output.count("BANSHI_DEMO=1 ./banshi guides list") == 2
