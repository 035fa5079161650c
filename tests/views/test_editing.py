"""Editing a draft on the web: every section of a guide is one page, its rows work without scripts, nothing typed is lost."""

import pytest

from portal.actions import guides
from portal.models.guides import GuideRevision
from portal.rules.guide import sections
from portal.rules.guide.document import GuideFile
from tests.conftest import NOW
from tests.rules.guides import good_file
from tests.views.officers import at_desk


def drafted(app, file: GuideFile | None = None) -> int:
    with app.extensions["banshi"].database.writing() as db:
        revision, _ = guides.draft(db, file or good_file(), "green", NOW)
        db.commit()
        return revision.id


def stored(app, revision_id: int) -> GuideFile:
    with app.extensions["banshi"].database.reading() as db:
        return GuideFile.model_validate(db.get_one(GuideRevision, revision_id).document)


def url(revision_id: int, section: str = "") -> str:
    return f"/desk/guides/{revision_id}/edit" + (f"/{section}" if section else "")


@pytest.fixture
def revision_id(app):
    return drafted(app)


@pytest.fixture
def editor(app):
    return at_desk(app, "bianji")


def edit_form(page):
    return page.form('name="before"')


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_section_is_a_page_and_saving_it_unchanged_changes_nothing(app, editor, revision_id, lang):
    file = stored(app, revision_id)
    page = editor.get(f"{url(revision_id)}?lang={lang}")
    assert len([link for link in page.links().values() if "/edit/" in link]) == len(sections.parts(file))
    for part in sections.parts(file):
        page = editor.get(f"{url(revision_id, part.key)}?lang={lang}")
        editor.submit(edit_form(page).press("save"))
        assert stored(app, revision_id) == file, part.key

