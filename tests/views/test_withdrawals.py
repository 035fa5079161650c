"""Withdrawing: only the holder, only on purpose, only before the decision."""
import pytest

from portal import web
from portal.actions import cases
from portal.rules import tracking
from tests.views.officers import do, file_case, look


@pytest.fixture
def case(app, ring):
    return look(app, file_case(app, ring))


def test_the_holder_takes_it_back_on_purpose(app, client, case, monkeypatch):
    monkeypatch.setattr(web, "holds", lambda application_id: True)
    tracker = client.get(f"/track/{tracking.shown(case.tracking_code)}")
    address = next(link.get("href") for link in tracker.all("a") if "撤回申请" in "".join(link.itertext()))
    form = client.get(address).form("撤回")
    assert "请先勾选确认" in client.submit(form, status=422).text and look(app, case.id).state == "submitted"
    page = client.submit(form.set(sure="y"))
    assert look(app, case.id).decision == "withdrawn" and "申请已撤回" in page.text
    assert "撤回申请" not in page.text.split("问谁")[0]


def test_who_has_not_signed_in_is_led_to_the_pin_and_on(client, case):
    tracker = client.get(f"/track/{tracking.shown(case.tracking_code)}")
    assert "sign-in?next=withdraw" in tracker.html
    client.get(f"/applications/{case.application_id}/withdraw", status=404)


def test_what_was_decided_meanwhile_stays(app, client, ring, case, monkeypatch):
    monkeypatch.setattr(web, "holds", lambda application_id: True)
    form = client.get(f"/applications/{case.application_id}/withdraw").form("撤回")
    do(app, ring, "shichang.window", case.id, lambda act, row: cases.refuse(act, row, "不在本县"))
    assert "已办结：不予受理" in client.submit(form.set(sure="y")).text
    assert look(app, case.id).decision == "not_accepted"
