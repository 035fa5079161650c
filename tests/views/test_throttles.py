"""Guessing is slowed, and nobody honest is: failures count, a hall's address has room, nobody shuts an owner out from afar."""
import pytest

from portal.actions import accounts, cases, throttling
from portal.views import applications, submissions, tracker
from tests.conftest import NOW, PASSWORD
from tests.inspector import Inspector
from tests.views import walks
from tests.views.walks import FOOD, codes, form_to, officially, receipt

HERE, ELSEWHERE = {"REMOTE_ADDR": "198.51.100.9"}, {"REMOTE_ADDR": "203.0.113.4"}
LIMITS = [throttling.Limit("narrow", 2, tracker.DAY), throttling.Limit("wide", 5, tracker.DAY)]


@pytest.fixture
def sent(published, client):
    """Tracking code and PIN of an application."""
    published(FOOD)
    return codes(receipt(client))


def wrong(pin: str) -> str:
    return "135790" if pin != "135790" else "135791"


def try_pin(app, code, pin, address) -> int:
    return app.test_client().post(f"/track/{code}/sign-in", data={"pin": pin}, environ_base=address).status_code


def test_who_is_refused_at_the_narrow_bucket_does_not_fill_the_wide_one(db):
    assert [throttling.attempts(db, LIMITS, NOW) for _ in range(9)] == [True] * 2 + [False] * 7
    other = [throttling.Limit("other", 9, tracker.DAY), LIMITS[1]]
    assert [throttling.attempts(db, other, NOW) for _ in range(4)] == [True] * 3 + [False]


def test_what_went_well_does_not_count(db):
    for _ in range(20):
        assert throttling.attempts(db, LIMITS, NOW)
        throttling.take_back(db, LIMITS, NOW)
        db.commit()


def test_a_hall_full_of_owners_signs_in(app, sent):
    code, pin = sent
    assert {try_pin(app, code, pin, HERE) for _ in range(2 * tracker.PINS)} == {302}


def test_a_guesser_with_the_code_does_not_shut_its_owner_out(app, sent):
    code, pin = sent
    assert [try_pin(app, code, wrong(pin), HERE) for _ in range(tracker.PINS + 3)] == [422] * tracker.PINS + [429] * 3
    assert try_pin(app, code, pin, HERE) == 429
    assert try_pin(app, code, pin, ELSEWHERE) == 302


def test_guessing_from_everywhere_ends_too_and_a_new_pin_begins_anew(app, sent, monkeypatch):
    monkeypatch.setattr(tracker, "ALL_PINS", 12)
    code, pin = sent
    got = [try_pin(app, code, wrong(pin), {"REMOTE_ADDR": f"192.0.2.{n}"}) for n in range(15)]
    assert got == [422] * 12 + [429] * 3
    assert try_pin(app, code, pin, ELSEWHERE) == 429
    officially(app, lambda act, case: cases.renew_pin(act, case, accounts.hash_password("271828")), code)
    assert try_pin(app, code, "271828", ELSEWHERE) == 302


def test_a_line_of_ipv6_is_one_guesser(app, sent):
    code, pin = sent
    got = [try_pin(app, code, wrong(pin), {"REMOTE_ADDR": f"2001:db8::{n:x}"}) for n in range(tracker.PINS + 1)]
    assert got[-1] == 429


def sign_in(app, password, address) -> int:
    return app.test_client().post("/desk/sign-in", data={"username": "admin", "password": password}, environ_base=address).status_code


def test_wrong_passwords_elsewhere_do_not_shut_an_officer_out(app):
    assert [sign_in(app, "x", HERE) for _ in range(11)] == [422] * 10 + [429]
    assert sign_in(app, PASSWORD, HERE) == 429
    assert {sign_in(app, PASSWORD, ELSEWHERE) for _ in range(12)} == {302}


def test_a_send_that_did_not_go_does_not_count(client, published, monkeypatch):
    published(FOOD)
    monkeypatch.setattr(submissions, "SENDS", 1)
    unfinished = walks.begin(client)
    token = unfinished.form("保存并继续").data["csrf_token"]
    for _ in range(3):
        client.post(f"/applications/{walks.number_of(unfinished)}/send", {"csrf_token": token, "declared": "y"}, status=422)
    assert receipt(client).h1 == "申请已提交，材料已收到"


def test_a_resume_that_succeeds_does_not_count(app, client, published, monkeypatch):
    published(FOOD)
    monkeypatch.setattr(applications, "RESUMES", 2)
    page = walks.begin(client)
    code = next("".join(p.itertext()) for p in page.all("p") if p.get("class") == "code")
    for _ in range(4):
        other = Inspector(app)
        other.submit(form_to(other.get("/resume"), "/resume").set(code=code))
