"""Checking and sending: once, complete, by the guide in force; and nothing personal is left in plain anywhere."""
import os
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.models.applications import Application, ApplicationState
from portal.models.cases import Case
from portal.rules.guide import yaml
from portal.sample.county import guide_files
from portal.views import submissions
from tests.conftest import publish_file
from tests.views import walks
from tests.views.walks import (
    APPLICANT,
    FOOD,
    begin,
    codes,
    fill,
    form_to,
    number_of,
    photo,
    ready,
    receipt,
    save,
    send,
    upload,
)


@pytest.fixture(autouse=True)
def food(published):
    published(FOOD)


def count(app, model) -> int:
    with app.extensions["banshi"].database.reading() as db:
        return db.scalar(select(func.count()).select_from(model))


def test_what_is_missing_is_listed_and_keeps_it_from_being_sent(client, app):
    page = fill(client, begin(client))
    page = client.get(page.links()["下一步：核对并提交"])
    assert "还有 4 项没填好" in page.text and "提交申请" not in page.text
    token = form_to(page, "/place").data["csrf_token"]
    page = client.post(f"/applications/{number_of(page)}/send", {"csrf_token": token, "declared": "y"}, status=422)
    assert count(app, Case) == 0


def test_without_the_declaration_nothing_is_sent(client, app):
    page = client.submit(form_to(ready(client), "/send"), status=422)
    assert "请先勾选确认" in page.text and count(app, Case) == 0


def test_a_double_press_makes_one_case(client, app):
    page = ready(client)
    first, second = send(client, page), send(client, page)
    assert codes(first) == codes(second) and count(app, Case) == 1


def test_the_back_button_after_sending_leads_to_the_receipt(client):
    page = receipt(client)
    assert client.get(f"/applications/{number_of(page)}/fill/applicant").h1 == page.h1


def test_the_place_can_be_changed_before_sending(client):
    page = ready(client)
    form = form_to(page, "/place")
    places = next(select for select in page.all("select") if select.get("name") == "place")
    other = next(option.get("value") for option in places if option.get("selected") is None)
    page = client.submit(form.set(place=other))
    assert "云岭镇便民服务中心" in page.text
    assert "云岭镇便民服务中心" in send(client, page).text


def test_a_guide_that_changed_meanwhile_is_shown_and_answers_are_carried_over(client, app):
    page = ready(client)
    text = next(file for file in guide_files() if file.name == f"{FOOD}.yaml").read_text("utf-8")
    text = text.replace("    - key: staff_number\n", "    - key: night_shift\n      label: {zh: 是否夜间经营, en: Open at night}\n"
                        "      type: yes_no\n      example: 否\n    - key: staff_number\n").replace("    - key: rules\n      name: {zh: 食品安全管理制度",
                        "    - key: rules_of_2027\n      name: {zh: 食品安全管理制度（新版）")
    with app.extensions["banshi"].database.writing() as db:
        publish_file(db, yaml.load(text), FOOD)
        db.commit()
    send(client, page, status=422)
    page = client.get(f"/applications/{number_of(page)}/check")
    assert "新增：是否夜间经营" in page.text and "不再需要：食品安全管理制度" in page.text
    page = client.submit(form_to(page, "/guide"))
    assert "还有 2 项没填好" in page.text and "青溪小馆" in page.text
    page = client.get(next(address for words, address in page.links().items() if "是否夜间经营" in words))
    save(client, page, **{"a-night_shift": "false"})
    page = client.get(f"/applications/{number_of(page)}/documents")
    page = client.submit(form_to(page, "/documents/rules_of_2027/way").press("later"))
    assert send(client, client.get(page.links()["下一步：核对并提交"])).h1 == "申请已提交，材料已收到"


def test_too_many_submissions_from_one_address_are_slowed(client, app, monkeypatch):
    monkeypatch.setattr(submissions, "SENDS", 1)
    receipt(client)
    send(client, ready(client), status=429)


def test_personal_data_stands_nowhere_in_plain(client, app, config, capfd, caplog):
    page = save(client, begin(client), **{"a-matter": "new"})
    page = save(client, page, **APPLICANT | {"a-legal_name": "欧阳植入", "a-contact_phone": "13900007777", "a-legal_id": "990421199001010037"})
    page = save(client, page, **walks.PREMISES)
    page = save(client, page, **walks.SAFETY | {"a-safety_officer": "司徒植入"})
    page = upload(client, page, "layout", photo("欧阳植入的平面图.jpg"))
    for key, way in (("rules", "later"), ("health", "later"), ("id_card", "window")):
        page = client.submit(form_to(page, f"/documents/{key}/way").press(way))
    code, pin = codes(send(client, client.get(page.links()["下一步：核对并提交"])))
    client.get(f"/track/{code}")
    app.extensions["banshi"].database.dispose()
    planted = ["欧阳植入", "13900007777", "990421199001010037", "平面图.jpg", "司徒植入"]
    for folder, _, names in os.walk(config.data):
        for name in names:
            raw = (Path(folder) / name).read_bytes()
            for word in planted:
                assert word.encode() not in raw and word.encode("utf-16-le") not in raw and ascii(word)[1:-1].encode() not in raw, name
    heard = "".join(capfd.readouterr()) + caplog.text
    assert not [word for word in [*planted, pin] if word in heard]


def test_a_draft_that_was_sent_forgets_its_code(client, app):
    receipt(client)
    with app.extensions["banshi"].database.reading() as db:
        row = db.scalar(select(Application))
        assert row.state == ApplicationState.SUBMITTED and row.resume_digest is None and row.expires_at is None
        assert row.pin_hash.startswith("$argon2")
