"""The elements of a revision, one by one: since when each part holds, and what it was before."""
from portal.actions import guides
from tests.actions.cases import in_force, sample
from tests.actions.revisions import EDITOR, FOOD, drafted
from tests.conftest import NOW
from tests.views.officers import at_desk


def test_every_part_says_since_when_it_holds_and_what_it_was_before(app):
    database, file = app.extensions["banshi"].database, sample(FOOD)
    with database.writing() as db:
        item = in_force(db, file, FOOD)
        first = guides.draft(db, file, FOOD, NOW)[0].id
        assert item.slug == FOOD
        db.commit()
    text = at_desk(app, EDITOR).get(f"/desk/guides/{first}/elements").text
    assert "第 1 版（2026年3月2日）起就是这样" in text and "这一版改过" not in text
    changed = file.model_copy(update={"guide": file.guide.model_copy(update={"summary": file.guide.scope})})
    with database.writing() as db:
        second = drafted(db, changed).id
        db.commit()
    page = at_desk(app, EDITOR).get(f"/desk/guides/{second}/elements")
    assert page.text.count("这一版改过") == 1 and f"/desk/guides/{second}/difference/{first}" in page.html
