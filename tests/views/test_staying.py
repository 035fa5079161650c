"""What keeps guides right: the list with its next acts, "checked today", a law that changed, the table."""
from io import BytesIO

import pytest
import python_calamine
from sqlalchemy import select

from portal.models.guides import Item
from portal.models.outbox import OutboxRow, Topic
from portal.models.staying import GuideCheck, GuideLook, LinkState
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from tests.actions.cases import sample
from tests.conftest import NOW, publish_file
from tests.views.officers import at_desk

SLUG = "senior-allowance"
CHECKER = "minzheng.head"
URL = "https://stale.example.cn/page"


def put(app, slug: str = SLUG, **provenance) -> None:
    plain = yaml.plain(sample(slug))
    plain["guide"]["provenance"] |= provenance
    plain["guide"]["access"]["online_url"] = URL
    with app.extensions["banshi"].database.writing() as db:
        publish_file(db, GuideFile.model_validate(plain), slug)
        db.commit()


def stored(app, what):
    with app.extensions["banshi"].database.reading() as db:
        return db.scalars(select(what)).all()


@pytest.fixture
def editor(app):
    put(app, checked_on="2024-01-05", review_due="2025-01-05")
    browser = at_desk(app, "bianji")
    browser.submit(browser.get("/desk/staying").form("/look"))
    return browser


def test_a_guide_whose_day_has_come_is_listed_until_its_department_says_it_holds(app, editor):
    assert "2025-01-05到期" in editor.get("/desk/staying?kind=review").text
    checker = at_desk(app, CHECKER)
    page = checker.get(f"/desk/staying/{SLUG}")
    for _ in range(2):  # pressed twice
        checker.submit(page.form("/check").set(words="电话都打过"))
    assert len(stored(app, GuideCheck)) == 1
    owed = [row for row in stored(app, OutboxRow) if row.topic == Topic.PUBLISH_GUIDE and row.done_at is None]
    item = next(one for one in stored(app, Item) if one.slug == SLUG)
    assert item.id in [row.payload["item_id"] for row in owed], "the page says so"
    assert "2025-01-05到期" not in editor.get("/desk/staying?kind=review").text


def test_nobody_else_says_so(app, editor):
    assert "/check" not in editor.get(f"/desk/staying/{SLUG}").html
    form = at_desk(app, CHECKER).get(f"/desk/staying/{SLUG}").form("/check")
    police = at_desk(app, "gongan.head")
    token = police.get("/desk/staying").form("/look").data["csrf_token"]
    police.post(form.action, {"csrf_token": token, "words": ""}, status=409)
    assert not stored(app, GuideCheck)


def test_a_law_that_is_marked_lists_every_guide_on_it_until_it_is_checked(app, editor):
    law = sample(SLUG).guide.legal_basis[0].law.zh
    page = editor.get("/desk/staying")
    editor.submit(page.form("/laws").set(law=law, changed_on="不知道"), status=422)
    editor.submit(page.form("/laws").set(law=law, changed_on="2026-03-01", words="第三条改了"))
    assert "第三条改了" in editor.get(f"/desk/staying/{SLUG}").text and "1 份指南以它为依据" in editor.get("/desk/staying").text
    checker = at_desk(app, CHECKER)
    checker.submit(checker.get(f"/desk/staying/{SLUG}").form("/check"))
    assert "第三条改了" not in "".join(editor.get(f"/desk/staying/{SLUG}").text.split("要看的地方")[1:])
    editor.submit(editor.get("/desk/staying").form("/settle"))
    assert "份指南以它为依据" not in editor.get("/desk/staying").text


def test_a_link_counts_as_dead_after_three_nights(app, editor):
    parts = app.extensions["banshi"]
    for failures, listed in ((2, False), (3, True)):
        with parts.database.writing() as db:
            db.merge(LinkState(url=URL, asked_at=NOW, answer="404", failures=failures))
            db.commit()
        assert (URL in editor.get("/desk/staying?kind=link").text) is listed
    assert "回答 404" in editor.get("/desk/staying?kind=link").text


def test_the_list_is_a_table_too_and_the_shelf_counts(app, editor):
    answer = editor.browser.get("/desk/staying.xlsx")
    book = python_calamine.load_workbook(BytesIO(answer.data))
    rows = book.get_sheet_by_name("中文").to_python()
    assert rows[0][:2] == ["原因", "地址名"] and [row for row in rows if row[1] == SLUG]
    assert f"保持准确 {len(rows) - 1}" in editor.get("/desk/guides").text


def test_looking_again_leaves_nothing_twice(app, editor):
    before = editor.get("/desk/staying").text
    editor.submit(editor.get("/desk/staying").form("/look"))
    assert editor.get("/desk/staying").text == before
    assert len(stored(app, GuideLook)) == 1
