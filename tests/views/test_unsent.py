"""A form whose session had ended: it is refused, every word of it comes back, and the reader is led on."""
from datetime import timedelta

import pytest
from sqlalchemy import update

from portal import web
from portal.models.sessions import WebSession
from tests.views.officers import at_desk, file_case, look
from tests.views.walks import FOOD, begin, form_to, number_of

WORDS = "不符合第三条：<b>场所</b>面积\n不足“二十”平方米"


@pytest.fixture
def end(app):
    """Ends every session, as ten hours do."""
    def ended():
        with app.extensions["banshi"].database.writing() as db:
            db.execute(update(WebSession).values(ends_at=web.now() - timedelta(seconds=1)))
            db.commit()
    return ended


def typed(page) -> str:
    area = next(one for one in page.all("textarea") if one.get("id") == "typed")
    return "".join(area.itertext()).removeprefix("\n")


def test_an_officer_gets_her_words_back_and_goes_on_after_signing_in(app, ring, end):
    case_id = file_case(app, ring)
    officer = at_desk(app, "shichang.window")
    form = form_to(officer.get(f"/desk/cases/{case_id}/refuse"), "/refuse").set(kind="not_ours", reason=WORDS, right_body="市局")
    end()
    page = officer.submit(form, status=403)
    assert page.h1 == "登录已经结束" and "没有改动任何内容" in page.text
    assert typed(page) == f"{WORDS}\n\n市局" and "<b>场所" not in page.html
    assert page.response.headers["Cache-Control"] == "no-store"
    onward = page.links()["登录后接着办"]
    page = officer.submit(officer.get(onward).form("password").set(username="shichang.window", password="correct horse"))
    assert page.response.request.path == f"/desk/cases/{case_id}/refuse"
    assert look(app, case_id).state == "submitted"


def test_what_stands_at_an_address_that_is_no_page_leads_to_its_case(app, ring, end):
    case_id = file_case(app, ring)
    officer = at_desk(app, "shichang.window")
    officer.submit(officer.get(f"/desk/cases/{case_id}").form("/accept"))
    page = at_desk(app, "shichang.head").get(f"/desk/cases/{case_id}")
    form = page.form("/stages/food_examine").set(**{"food_examine-opinion": WORDS})
    end()
    page = officer.submit(form, status=403)
    assert typed(page) == WORDS
    assert page.links()["登录后接着办"] == f"/desk/sign-in?next=/desk/cases/{case_id}"


def test_who_signed_in_anew_beside_an_old_page_gets_her_words_back(app, ring):
    case_id = file_case(app, ring)
    old = form_to(at_desk(app, "shichang.window").get(f"/desk/cases/{case_id}/refuse"), "/refuse").set(reason=WORDS)
    officer = at_desk(app, "shichang.window")
    page = officer.submit(old, status=400)
    assert typed(page) == WORDS and page.links()["回到那一页"] == f"/desk/cases/{case_id}/refuse"


def test_a_visitor_at_the_desk_is_told_to_sign_in(app, ring, client, published):
    case_id = file_case(app, ring)
    form = form_to(at_desk(app, "shichang.window").get(f"/desk/cases/{case_id}/refuse"), "/refuse").set(reason=WORDS)
    published(FOOD)
    begin(client)
    page = client.submit(form, status=403)
    assert page.h1 == "登录已经结束" and typed(page) == WORDS


def test_another_site_gets_no_echo(app, ring, end):
    case_id = file_case(app, ring)
    officer = at_desk(app, "shichang.window")
    form = form_to(officer.get(f"/desk/cases/{case_id}/refuse"), "/refuse").set(reason=WORDS)
    end()
    page = officer.submit(form, status=403, Origin="https://evil.example")
    assert WORDS[:5] not in page.text


def test_an_applicant_gets_her_words_back_and_nothing_of_the_application(client, published, end):
    published(FOOD)
    page = begin(client)
    page = client.submit(page.form("保存并继续").set(**{"a-matter": "new"}))
    number = number_of(page)
    form = page.form("保存并继续").set(**{"a-org_name": "青溪<小馆>", "a-contact_phone": "0680-5552345"})
    end()
    page = client.submit(form, status=404)
    assert typed(page) == "青溪<小馆>\n\n0680-5552345" and "续填码" in page.text and f"/applications/{number}" not in page.html
    begin(client)
    page = client.submit(form, status=400)
    assert typed(page).startswith("青溪<小馆>") and page.links()["回到那一页"] == f"/applications/{number}/fill/applicant"


def test_no_password_comes_back(app, client, published):
    published(FOOD)
    begin(client)
    page = client.post("/desk/sign-out", {"password": "hidden words", "pin": "123456", "note": "seen"}, status=403)
    assert "hidden words" not in page.html and "123456" not in page.html and typed(page) == "seen"


def test_a_piece_of_the_desk_leads_to_signing_in_as_a_whole_page(client):
    answer = client.get("/desk?page=2", status=204, **{"HX-Request": "true"}).response
    assert answer.headers["HX-Redirect"] == "/desk/sign-in?next=/desk?page%3D2"
