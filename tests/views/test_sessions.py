"""A visitor's session: it can be left, ends by itself, gets a new token with each application, and knows a new PIN."""
from datetime import timedelta

import pytest

from portal import web
from portal.actions import accounts, cases
from portal.models.sessions import WebSession
from tests.inspector import Inspector
from tests.views.walks import FOOD, begin, codes, form_to, number_of, officially, receipt


@pytest.fixture(autouse=True)
def food(published):
    published(FOOD)


@pytest.fixture
def sent(client):
    """Tracking code and PIN of an application that the client sent."""
    return codes(receipt(client))


def later(monkeypatch, **time) -> None:
    then = web.now() + timedelta(**time)
    monkeypatch.setattr(web, "now", lambda: then)


def copy_of(app, client) -> Inspector:
    """Another browser with the same cookie."""
    other = Inspector(app)
    other.browser.set_cookie("banshi", client.browser.get_cookie("banshi").value)
    return other


def test_who_leaves_holds_nothing_and_no_copy_of_the_cookie_does(app, client, sent):
    other = copy_of(app, client)
    page = client.submit(form_to(client.get("/applications/1/receipt"), "/leave"))
    assert page.h1 == "您已离开" and client.browser.get_cookie("banshi") is None
    for browser in (client, other):
        browser.get("/applications/1/receipt", status=404)


def test_a_draft_that_was_left_is_taken_up_again_by_its_code(client):
    page = begin(client)
    code = next("".join(p.itertext()) for p in page.all("p") if p.get("class") == "code")
    client.submit(form_to(page, "/leave"))
    client.get(page.url, status=404)
    client.submit(form_to(client.get("/resume"), "/resume").set(code=code))
    client.get(page.url)


def test_leaving_takes_the_token_and_is_offered_to_who_holds_something(client, sent):
    client.post("/leave", {}, status=400)
    client.get("/applications/1/receipt")
    for address in (f"/track/{sent[0]}", "/applications/1/receipt", "/search"):
        form_to(client.get(address), "/leave")
    client.submit(form_to(client.get("/search"), "/leave"))
    assert "离开" not in client.get(f"/track/{sent[0]}").text


def test_each_application_brings_a_new_token(app, client):
    page = begin(client)
    thief = copy_of(app, client)
    token = page.form("保存并继续").data["csrf_token"]
    mine = number_of(begin(client))
    thief.get(f"/applications/{mine}", status=404)
    thief.get(f"/applications/{number_of(page)}", status=404)
    assert client.get(f"/applications/{mine}").status == 200
    client.submit(page.form("保存并继续").set(**{"a-matter": "new", "csrf_token": token}))


def test_the_pin_brings_a_new_token(app, client, sent):
    thief = copy_of(app, client)
    client.submit(form_to(client.get(f"/track/{sent[0]}/sign-in"), "/sign-in").set(pin=sent[1]))
    thief.get("/applications/1/receipt", status=404)
    client.get("/applications/1/receipt")


def test_a_visitor_who_does_nothing_for_two_hours_has_left(client, sent, monkeypatch):
    for _ in range(3):
        later(monkeypatch, minutes=80)
        client.get("/applications/1/receipt")
    later(monkeypatch, minutes=121)
    client.get("/applications/1/receipt", status=404)


def test_no_visit_lasts_for_days(client, sent, monkeypatch):
    for _ in range(8):
        later(monkeypatch, minutes=80)
        client.get("/applications/1/receipt")
    later(monkeypatch, minutes=90)
    client.get("/applications/1/receipt", status=404)


def test_a_new_pin_ends_what_the_old_one_opened(app, client, sent):
    code, pin = sent
    other = Inspector(app)
    other.submit(form_to(other.get(f"/track/{code}/sign-in"), "/sign-in").set(pin=pin))
    mine = number_of(begin(other))
    officially(app, lambda act, case: cases.renew_pin(act, case, accounts.hash_password("271828")), code)
    for browser in (client, other):
        browser.get("/applications/1/receipt", status=404)
        browser.get("/applications/1/correction", status=404)
    assert other.get(f"/applications/{mine}").status == 200
    other.submit(form_to(other.get(f"/track/{code}/sign-in"), "/sign-in").set(pin="271828"))
    assert "以新的为准" in other.get("/applications/1/receipt").text


def test_sessions_that_ended_are_forgotten(app, client, sent, monkeypatch):
    later(monkeypatch, hours=13)
    begin(client)
    with app.extensions["banshi"].database.reading() as db:
        assert db.query(WebSession).count() == 1
