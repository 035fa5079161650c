"""Applying, told as people do it: without JavaScript, page after page, until the receipt."""
import re
from datetime import date

import pytest
from sqlalchemy import func, select

from portal.models.applications import Application
from portal.models.cases import Case
from portal.models.guides import Item, ItemLife
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.sample.county import guide_files
from portal.views import applications
from tests.conftest import publish_file
from tests.inspector import Inspector
from tests.views import walks
from tests.views.walks import APPLICANT, FOOD, begin, codes, form_to, number_of, ready, receipt, save


@pytest.fixture(autouse=True)
def food(published):
    published(FOOD)


def count(app, model) -> int:
    with app.extensions["banshi"].database.reading() as db:
        return db.scalar(select(func.count()).select_from(model))


def test_a_whole_walk(client):
    page = receipt(client)
    assert page.h1 == "申请已提交，材料已收到"
    code, pin = codes(page)
    assert code in client.get(f"/track/{code}").text and pin.isdigit()
    assert "办件编号" in page.text and "最迟答复是否受理" in page.text


def test_what_a_township_handles_is_filed_in_a_township(client, published):
    published("subsistence-allowance")
    page = client.get("/apply/subsistence-allowance")
    places = next(select for select in page.all("select") if select.get("name") == "place")
    assert len([option for option in places if option.get("value")]) == 12, "the townships, not the hall that only decides"


@pytest.mark.parametrize(("asked", "chosen"), [
    ("990421101000", "云岭镇便民服务中心"), ("990421101202", "云岭镇便民服务中心"), ("990421112000", "桃园乡便民服务中心"), ("1", None), ("", None)])
def test_who_comes_from_a_places_page_finds_that_place_chosen(client, published, asked, chosen):
    published("subsistence-allowance")
    page = client.get(f"/apply/subsistence-allowance?place={asked}")
    assert [one.text for one in page.all("option") if one.get("selected") is not None] == ([chosen] if chosen else [])


def test_the_page_before_makes_no_session_and_no_cookie(client, app):
    page = client.get(f"/apply/{FOOD}")
    assert "Set-Cookie" not in page.response.headers
    assert "5个工作日" in page.text and "不收费" in page.text and "免提交" in page.text and "变更" in page.text
    assert count(app, Application) == 0


def test_the_promise_may_stand_in_the_results(client, app):
    plain = yaml.plain(next(yaml.load(file.read_text("utf-8")) for file in guide_files() if file.name == f"{FOOD}.yaml"))
    for variant in plain["guide"]["variants"]:
        variant["results"][0]["limit"] = variant.pop("promised")
    with app.extensions["banshi"].database.writing() as db:
        publish_file(db, GuideFile.model_validate(plain), FOOD)
        db.commit()
    page = client.get(f"/apply/{FOOD}")
    assert re.search(r"5个工作日\s*（法定", page.text)
    assert "受理后承诺 5个工作日" in receipt(client).text


def test_an_unknown_item_is_not_found(client):
    client.get("/apply/nothing", status=404)


def test_an_item_that_is_suspended_says_so_and_takes_no_draft(client, app):
    with app.extensions["banshi"].database.writing() as db:
        item = db.scalar(select(Item))
        item.life, item.life_since, item.life_reason = ItemLife.SUSPENDED, date(2026, 3, 2), "正在修订"
        db.commit()
    page = client.get(f"/apply/{FOOD}")
    assert "自2026年3月2日起暂停办理" in page.text and "正在修订" in page.text and "开始填写" not in page.text
    client.post(f"/apply/{FOOD}", {}, status=422)
    assert count(app, Application) == 0


def test_an_item_that_is_not_online_says_where_to_go(client, published):
    published("marriage-registration")
    page = client.get("/apply/marriage-registration")
    assert "不在网上办" in page.text and "开始填写" not in page.text


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(client):
    page = save(client, begin(client), **{"a-matter": "new"})
    page = save(client, page, status=422, **APPLICANT | {"a-legal_id": "990421198505122012", "a-contact_phone": "打给我"})
    assert "校验不通过" in page.text and "这不像电话号码" in page.text
    data = page.form("保存并继续").data
    assert data["a-legal_id"] == "990421198505122012" and data["a-contact_phone"] == "打给我"
    number = number_of(page)
    again = client.get(f"/applications/{number}/fill/applicant")
    assert again.form("保存并继续").data["a-legal_id"] == "990421198505122012" and "校验不通过" in again.text
    assert again.form("保存并继续").data["a-org_name"] == "青溪小馆"


def test_what_is_required_is_asked_for(client):
    page = save(client, begin(client), status=422)
    assert "请选择一项。" in page.text
    page = save(client, page, **{"a-matter": "new"})
    page = save(client, page, status=422, **{"a-org_name": "青溪小馆"})
    assert "请填写这一项。" in page.text and page.form("保存并继续").data["a-org_name"] == "青溪小馆"


def test_a_question_that_hangs_on_another_of_its_page_comes_after_saving(client):
    page = save(client, begin(client), **{"a-matter": "change"})
    assert "这一页还有 1 项要填" in page.text
    page = save(client, page, **{"a-change_what": "layout"})
    assert page.h1 == "申请单位"


def test_with_htmx_it_comes_at_once_and_keeps_what_was_typed(client):
    page = begin(client)
    data = page.form("保存并继续").data | {"a-matter": "change"}
    piece = client.post(page.form("保存并继续").action, data, **{"HX-Request": "true", "HX-Target": "questions"})
    assert "<html" not in piece.html and "变更哪一项" in piece.text
    assert any(control.get("checked") is not None and control.get("value") == "change" for control in piece.all("input"))


def test_an_answer_that_is_not_asked_any_more_does_not_count(client):
    page = save(client, begin(client), **{"a-matter": "new"})
    page = save(client, page, **APPLICANT)
    page = save(client, page, **walks.PREMISES | {"a-online_orders": "true"})
    page = save(client, page, **{"a-platform": "青禾外卖"})
    page = client.get(f"/applications/{number_of(page)}/fill/premises")
    page = save(client, page, **{"a-online_orders": "false"})
    page = save(client, page, **walks.SAFETY)
    page = walks.give(client, page)
    assert "青禾外卖" not in page.text
    page = client.get(f"/applications/{number_of(page)}/fill/premises")
    page = save(client, page, **{"a-online_orders": "true"})
    assert "青禾外卖" in client.get(f"/applications/{number_of(page)}/check").text, "and is there again when it is asked again"


def test_saved_for_later_and_taken_up_again(client, app):
    page = save(client, begin(client), **{"a-matter": "new"})
    page = client.submit(page.form("保存并继续").set(**{"a-org_name": "青溪小馆"}).press("later"))
    assert "还没有提交" in page.text
    code = next("".join(p.itertext()) for p in page.all("p") if p.get("class") == "code")
    other = Inspector(app)
    other.get(f"/applications/{number_of(page)}", status=404)
    page = other.submit(form_to(other.get("/resume"), "/resume").set(code=code.lower().replace("-", " ")))
    page = other.get(page.links()["申请单位"])
    assert page.form("保存并继续").data["a-org_name"] == "青溪小馆"


def test_a_wrong_resume_code_is_told_and_slowed(client, monkeypatch):
    monkeypatch.setattr(applications, "RESUMES", 10)
    page = client.submit(form_to(client.get("/resume"), "/resume").set(code="2345"), status=422)
    assert "续填码是 16 位" in page.text
    for _ in range(10):
        page = client.submit(form_to(client.get("/resume"), "/resume").set(code="2222-2222-2222-2222"), status=422)
    assert "没有找到这份草稿" in page.text
    client.submit(form_to(client.get("/resume"), "/resume").set(code="2222-2222-2222-2222"), status=429)


def test_two_devices_on_one_draft(client, app):
    page = save(client, begin(client), **{"a-matter": "new"})
    code = next("".join(p.itertext()) for p in page.all("p") if p.get("class") == "code")
    other = Inspector(app)
    other.submit(form_to(other.get("/resume"), "/resume").set(code=code))
    theirs = other.get(f"/applications/{number_of(page)}/fill/applicant")
    save(client, page, **APPLICANT)
    conflict = save(other, theirs, status=409, **APPLICANT | {"a-org_name": "青溪大馆"})
    assert "另一台设备" in conflict.text and conflict.form("保存并继续").data["a-org_name"] == "青溪大馆"
    save(other, conflict)
    shown = client.get(f"/applications/{number_of(page)}/fill/applicant").form("保存并继续")
    assert shown.data["a-org_name"] == "青溪大馆"


def test_the_back_button_is_no_second_device(client):
    page = save(client, begin(client), **{"a-matter": "new"})
    save(client, page, **APPLICANT)
    assert save(client, page, **APPLICANT | {"a-org_name": "青溪大馆"}).h1 == "经营场所"


def test_a_stranger_finds_nothing(client, app):
    number, nobody, stranger = number_of(ready(client)), Inspector(app), Inspector(app)
    begin(stranger)
    for path in ("", "/next", "/fill/your-situation", "/fill/applicant", "/documents", "/check", "/receipt", "/files/1",
                 "/correction", "/correction/sections/applicant"):
        nobody.get(f"/applications/{number}{path}", status=404)
        stranger.get(f"/applications/{number}{path}", status=404)


def test_a_stranger_changes_nothing(client, app):
    number, stranger = number_of(ready(client)), Inspector(app)
    token = begin(stranger).form("保存并继续").data["csrf_token"]
    for path in ("/fill/applicant", "/documents/layout/files", "/documents/layout/way", "/files/1/remove", "/guide", "/place",
                 "/send", "/correction/send", "/correction/sections/applicant", "/correction/documents/layout/files",
                 "/correction/documents/layout/way"):
        stranger.post(f"/applications/{number}{path}", {"csrf_token": token}, status=404)
    assert count(app, Case) == 0


def test_a_draft_in_english(app):
    reader = Inspector(app, **{"Accept-Language": "en"})
    page = reader.submit(reader.get(f"/apply/{FOOD}").form("Start"))
    assert page.h1 == "Your situation"
    page = reader.submit(page.form("Save and continue"), status=422)
    assert "Choose one" in page.text
    page = reader.submit(page.form("Save and continue").set(**{"a-matter": "new"}))
    assert page.h1 == "Applicant organisation"


def test_pages_send_few_statements(client, statements):
    number = number_of(ready(client))
    for path in ("", "/fill/applicant", "/fill/premises", "/documents", "/check"):
        with statements() as sent:
            client.get(f"/applications/{number}{path}")
        assert len(sent) <= 12, (path, sent)


def test_htmx_swaps_what_is_wrong_in_its_place_and_is_led_on(client):
    page = begin(client)
    htmx = {"HX-Request": "true"}
    form = page.form("保存并继续")
    answer = client.submit(form, status=422, **htmx).response
    assert answer.headers["HX-Retarget"] == answer.headers["HX-Reselect"] == "#fill"
    answer = client.submit(form.set(**{"a-matter": "new"}), status=204, **htmx).response
    assert answer.headers["HX-Redirect"].endswith("/fill/applicant")
    page = client.get(answer.headers["HX-Redirect"])
    assert "已保存" in page.text
