"""A reader says what is wrong; an editor finds it named, answers, and the reader reads the answer by her number."""
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal import keys
from portal.actions import reports
from portal.models.readers import Report
from portal.rules import tracking
from tests.conftest import NOW
from tests.inspector import Inspector
from tests.views import walks
from tests.views.officers import at_desk

SLUG = walks.FOOD
WORDS = "窗口搬到二楼了，指南还写三楼"


@pytest.fixture(autouse=True)
def in_force(published):
    published(SLUG)


def written(client, **values):
    form = client.get(f"/report/{SLUG}").form("words")
    return form.set(**{"words": WORDS, **values})


def number(page) -> str:
    return re.search(r'class="code">([0-9A-Z-]+)<', page.html)[1]


def rows(app):
    with app.extensions["banshi"].database.reading() as db:
        return db.scalars(select(Report)).all()


def test_a_report_reaches_the_editor_with_the_element_named_and_the_answer_its_reader(app, ring):
    reader = Inspector(app)
    code = number(reader.submit(written(reader, element="ways", contact="0680-5550123")))
    editor = at_desk(app, "bianji")
    listed = editor.get("/desk/reports")
    assert "办理方式和送达" in listed.text and WORDS in listed.text
    page = editor.get(f"/desk/reports/{rows(app)[0].id}")
    assert "0680-5550123" in page.text
    editor.submit(page.form("words").set(words="已改为二楼，谢谢。"))
    assert WORDS not in editor.get("/desk/reports").text
    assert WORDS in editor.get("/desk/reports?settled=1").text
    answered = reader.submit(reader.get("/report").form("code").set(code=code.lower()))
    assert "已改为二楼，谢谢。" in answered.text
    assert WORDS not in answered.text, "who has the number reads the answer, not what was written"


def test_what_readers_write_lies_sealed(app):
    reader = Inspector(app)
    reader.submit(written(reader, contact="somebody@example.cn"))
    row = rows(app)[0]
    assert WORDS.encode() not in row.words_sealed and b"somebody" not in row.contact_sealed and row.code_digest


def test_who_presses_twice_has_made_one_report(app):
    reader = Inspector(app)
    form = written(reader)
    assert number(reader.submit(form)) == number(reader.submit(form))
    assert len(rows(app)) == 1


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(app):
    reader = Inspector(app)
    page = reader.submit(written(reader, words="  ", contact="13800000000"), status=422)
    assert "请写明哪里不对。" in page.text and page.form("words").data["contact"] == "13800000000"
    page = reader.submit(page.form("words").set(words=WORDS, element="nothing"), status=422)
    assert "请从列表中选一部分。" in page.text and not rows(app)


def test_an_element_that_the_address_names_is_chosen(app):
    form = Inspector(app).get(f"/report/{SLUG}?element=/guide/variants/0/documents/0").form("words")
    assert form.data["element"] == "/guide/variants/0/documents/0"
    assert Inspector(app).get(f"/report/{SLUG}?element=/guide/nothing").form("words").data["element"] == ""


def test_too_many_reports_from_one_address_wait(app, monkeypatch):
    from portal.views import reports as view

    monkeypatch.setattr(view, "SENT", 2)
    reader = Inspector(app)
    for _ in range(2):
        reader.submit(written(reader))
    page = reader.submit(written(reader), status=429)
    assert page.form("words").data["words"] == WORDS and len(rows(app)) == 2


def test_a_number_that_is_none_finds_nothing(app):
    reader = Inspector(app)
    none = tracking.shown(tracking.tracking_code(b"\x07" * tracking.RANDOM_BYTES))
    assert "没有这个编号" in reader.submit(reader.get("/report").form("code").set(code=none), status=422).text
    assert "编号不对" in reader.submit(reader.get("/report").form("code").set(code="2345"), status=422).text


def test_a_checker_sees_what_is_said_of_her_department_alone(app):
    reader = Inspector(app)
    reader.submit(written(reader))
    police, editor = at_desk(app, "gongan.head"), at_desk(app, "bianji")
    assert WORDS in editor.get("/desk/reports").text
    assert WORDS not in police.get("/desk/reports").text
    police.get(f"/desk/reports/{rows(app)[0].id}", status=404)


def test_of_two_who_answer_the_second_is_told_and_keeps_her_words(app):
    reader = Inspector(app)
    reader.submit(written(reader))
    one, two = at_desk(app, "bianji"), at_desk(app, "bianji")
    address = f"/desk/reports/{rows(app)[0].id}"
    first, second = one.get(address).form("words"), two.get(address).form("words")
    one.submit(first.set(words="已改"))
    page = two.submit(second.set(words="我也改了"), status=409)
    assert "我也改了" in page.text and "已改" in page.text


def test_half_a_year_after_the_answer_the_words_are_gone(app, ring):
    reader = Inspector(app)
    reader.submit(written(reader, contact="x@example.cn"))
    parts = app.extensions["banshi"]
    with parts.database.writing() as db:
        row = db.scalars(select(Report)).one()
        row.answer, row.answered_at = "已改", NOW
        db.commit()
    with parts.database.writing() as db:
        assert reports.erase(db, NOW + reports.KEPT - timedelta(days=1)) == 0
        assert reports.erase(db, NOW + reports.KEPT) == 1
        db.commit()
    row = rows(app)[0]
    assert row.wrapped_key is row.words_sealed is row.contact_sealed is None and row.erased_at
    assert reports.opened(row, keys.load(ring, demo=True)) is None
    with parts.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Report)) == 1
    assert "已按期删除" in at_desk(app, "bianji").get("/desk/reports?settled=1").text
