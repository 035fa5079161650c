"""A section of a draft is saved on either engine; of two editors of one section the second is told who changed what."""
from datetime import timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from portal.actions import editing, guides
from portal.models.editing import GuideEdit
from portal.models.guides import GuideRevision, RevisionState
from portal.models.people import Staff
from portal.rules.guide import sections
from portal.rules.guide.document import GuideFile
from tests.conftest import NOW
from tests.rules.guides import good_file


@pytest.fixture
def revision(db):
    return guides.draft(db, good_file(), "green", NOW)[0]


def person(db, username: str) -> Staff:
    return db.scalar(select(Staff).where(Staff.username == username))


def shown(revision: GuideRevision, key: str) -> tuple[sections.Part, sections.Values]:
    file = GuideFile.model_validate(revision.document)
    part = sections.part(file, key)
    return part, sections.taken(file.model_dump(mode="json"), part)


def save(db, revision, username, key, before, at=NOW, **values) -> bool:
    part, _ = shown(revision, key)
    return editing.save(db, person(db, username), revision, part, {**before, **values}, before, at)


def test_a_section_is_saved_with_who_and_when(db, revision):
    _, before = shown(revision, "rights")
    digest = revision.digest
    assert save(db, revision, "bianji", "rights", before, rights=["新的权利"])
    edit = db.scalar(select(GuideEdit))
    assert (edit.section, edit.staff.username, edit.at) == ("rights", "bianji", NOW)
    assert edit.digest == sections.digest(shown(revision, "rights")[1])
    assert revision.digest == guides.digest_of(revision.document) != digest
    assert GuideFile.model_validate(revision.document).guide.rights[0].zh == "新的权利"


def test_nothing_changed_writes_nothing(db, revision):
    _, before = shown(revision, "item")
    assert not save(db, revision, "bianji", "item", before)
    assert db.scalar(select(GuideEdit)) is None


def test_lint_errors_do_not_keep_a_draft_from_being_saved(db, revision):
    _, before = shown(revision, "basis")
    assert save(db, revision, "bianji", "basis", before, legal_basis=[])


def test_what_the_schema_does_not_take_is_not_saved(db, revision):
    _, before = shown(revision, "item")
    with pytest.raises(ValidationError):
        save(db, revision, "bianji", "item", before, **{"item.name": None})
    assert GuideFile.model_validate(revision.document) == good_file()


def test_the_second_is_told_who_changed_what_and_when(db, revision):
    _, before = shown(revision, "rights")
    save(db, revision, "bianji", "rights", before, rights=["甲改的"])
    save(db, revision, "admin", "rights", shown(revision, "rights")[1], NOW + timedelta(minutes=5), duties=["乙改的"])
    with pytest.raises(editing.Overtaken) as told:
        save(db, revision, "bianji", "rights", before, frequent_errors=["丙改的"])
    problem = told.value
    assert [(edit.staff.username, edit.at) for edit in problem.edits] == [("bianji", NOW), ("admin", NOW + timedelta(minutes=5))]
    assert {change.after.zh for change in problem.changes if change.after} | {
        line.value.zh for change in problem.changes for line in change.lines} >= {"甲改的", "乙改的"}
    assert problem.together["rights"] == ["甲改的"] and problem.together["frequent_errors"] == ["丙改的"]
    assert GuideFile.model_validate(revision.document).guide.frequent_errors == good_file().guide.frequent_errors


def test_she_saves_again_knowingly(db, revision):
    _, before = shown(revision, "contacts")
    save(db, revision, "admin", "contacts", before, follow_up="打电话")
    with pytest.raises(editing.Overtaken) as told:
        save(db, revision, "bianji", "contacts", before, follow_up="来窗口")
    assert told.value.together["follow_up"] == {"zh": "来窗口", "en": None} or told.value.together["follow_up"] == "来窗口"
    assert save(db, revision, "bianji", "contacts", told.value.stored, follow_up="来窗口")
    assert GuideFile.model_validate(revision.document).guide.follow_up.zh == "来窗口"


def test_both_saved_the_same_and_nobody_is_bothered(db, revision):
    _, before = shown(revision, "rights")
    save(db, revision, "bianji", "rights", before, rights=["一样"])
    assert not save(db, revision, "admin", "rights", before, rights=["一样"])


def test_different_sections_never_conflict(db, revision):
    rights, contacts = shown(revision, "rights")[1], shown(revision, "contacts")[1]
    save(db, revision, "bianji", "rights", rights, rights=["甲"])
    assert save(db, revision, "admin", "contacts", contacts, follow_up="乙")


def test_a_section_of_another_situation_never_conflicts(db, revision):
    first, extend = shown(revision, "limits.first")[1], shown(revision, "limits.extend")[1]
    save(db, revision, "bianji", "limits.first", first, **{"variants.promised": {"amount": 4, "unit": "workday"}})
    assert save(db, revision, "admin", "limits.extend", extend, **{"variants.promised": {"amount": 1, "unit": "workday"}})


def test_only_a_draft_is_changed(db, revision):
    _, before = shown(revision, "rights")
    revision.state = RevisionState.LEGAL_REVIEW
    with pytest.raises(editing.NoDraft):
        save(db, revision, "bianji", "rights", before, rights=["晚了"])
