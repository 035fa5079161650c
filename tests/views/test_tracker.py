"""The tracker: by the code alone where the case stands; by the PIN beside it the papers and what is to be done."""
import shutil
from datetime import timedelta

import pytest

from portal import create_app, web
from portal.actions import cases
from portal.config import load
from tests.actions.cases import sample
from tests.conftest import publish_file
from tests.inspector import Inspector
from tests.views import walks
from tests.views.walks import FOOD, codes, form_to, officially, receipt


@pytest.fixture(scope="module")
def walked(settled, ring, tmp_path_factory):
    """An installation in which one application was sent: its folder, the codes of its receipt, its holder's cookie."""
    folder = tmp_path_factory.mktemp("walked") / "instance"
    folder.mkdir()
    shutil.copy(settled, folder / "banshi.sqlite")
    app = create_app(load({"BANSHI_DATA": str(folder), "BANSHI_DEMO": "1", "BANSHI_KEYS": str(ring)}))
    with app.extensions["banshi"].database.writing() as db:
        publish_file(db, sample(FOOD), FOOD)
        db.commit()
    holder = Inspector(app)
    found = codes(receipt(holder))
    app.extensions["banshi"].database.dispose()
    return folder, found, holder.browser.get_cookie("banshi").value


@pytest.fixture
def beginning(walked):
    return walked[0]


@pytest.fixture
def client(app, walked):
    """The applicant's own browser."""
    client = Inspector(app)
    client.browser.set_cookie("banshi", walked[2])
    return client


@pytest.fixture
def sent(walked):
    """Tracking code and PIN of the application that was sent."""
    return walked[1]


@pytest.fixture
def anybody(app):
    return Inspector(app)


def test_the_code_is_read_as_people_type_it(anybody, sent):
    code, _ = sent
    page = anybody.submit(form_to(anybody.get("/track"), "/track").set(code=code.lower().replace("-", " ")))
    assert page.h1 == "食品经营许可" and "等待答复是否受理" in page.text and "正在办理" in page.text


def test_a_mistyped_code_is_told_as_such(anybody, sent):
    code, _ = sent
    at = next(at for at in range(4) if code[at] != code[at + 1])
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2:]
    page = anybody.submit(form_to(anybody.get("/track"), "/track").set(code=swapped), status=422)
    assert "有字符不对或顺序颠倒" in page.text and page.form("查进度").data["code"] == swapped
    assert "是 10 位" in anybody.get("/track/2345", status=404).text


def test_no_personal_data_is_shown(anybody, sent):
    code, pin = sent
    page = anybody.get(f"/track/{code}")
    assert not [word for word in ("李青溪", "9904211985", "5552345", "云岭大道56号", "青溪小馆", pin) if word in page.text]
    assert "noindex" in page.html and "Set-Cookie" not in page.response.headers


def test_guessing_is_slowed_also_for_codes_that_exist(anybody, sent, monkeypatch):
    from portal.views import tracker

    monkeypatch.setattr(tracker, "MISSES", 3)
    for _ in range(3):
        assert "没有找到这个查询码" in anybody.get("/track/22222-22222", status=404).text
    anybody.get("/track/22222-22222", status=429)
    anybody.get(f"/track/{sent[0]}", status=429)


def test_few_statements(anybody, client, sent, statements, app):
    with statements() as counted:
        client.get(f"/track/{sent[0]}")
    assert len(counted) <= 12, counted
    officially(app, cases.accept, sent[0])
    with statements() as counted:
        page = anybody.get(f"/track/{sent[0]}")
    assert len(counted) <= 12, counted
    assert "已受理，正在办理“审查”" in page.text


def test_the_page_of_an_unchanged_case_is_drawn_once_and_a_changed_one_at_once(anybody, sent, statements, app):
    before = anybody.get(f"/track/{sent[0]}")
    with statements() as counted:
        assert anybody.get(f"/track/{sent[0]}").html == before.html
    assert len(counted) == 1, "only whether the case has changed, and whether the address has guessed too often"
    officially(app, cases.accept, sent[0])
    assert "已受理，正在办理" in anybody.get(f"/track/{sent[0]}").text
    assert "Accepted" in anybody.get(f"/track/{sent[0]}?lang=en").text


def test_the_due_date_comes_with_its_proof(anybody, sent, app):
    officially(app, cases.accept, sent[0])
    page = anybody.get(f"/track/{sent[0]}")
    assert "是怎么算出来的" in page.text and "起始日，不计入" in page.text
    counted = [item for item in page.all("li") if item.get("class") == "is-counted"]
    assert len(counted) == 5, "five promised working days"
    assert "受理通知书" in page.text


def test_the_chart_marks_the_place(anybody, sent, app):
    officially(app, cases.accept, sent[0])
    page = anybody.get(f"/track/{sent[0]}")
    assert "is-current" in page.html and "✓ 已完成" in page.text
    marked = [item for item in page.all("li") if item.get("aria-current") == "step"]
    assert len(marked) == 1 and "审查" in "".join(marked[0].itertext())


def test_in_english(app, sent):
    reader = Inspector(app, **{"Accept-Language": "en"})
    page = reader.get(f"/track/{sent[0]}")
    assert page.h1 == "Food business licence" and "Waiting to be accepted" in page.text
    assert "Receipt of papers" in page.text


def sign_in(browser, code, pin, status=200):
    return browser.submit(form_to(browser.get(f"/track/{code}/sign-in"), "/sign-in").set(pin=pin), status=status)


def test_papers_take_the_pin(anybody, sent):
    code, pin = sent
    page = anybody.get(f"/track/{code}")
    page = anybody.get(page.links()["申请材料接收凭证"])
    assert page.h1 == "用办理密码进入"
    paper = anybody.submit(form_to(page, "/sign-in").set(pin=f"{pin[:3]} {pin[3:]}"))
    assert paper.data[:5] == b"%PDF-"
    again = anybody.get(anybody.get(f"/track/{code}").links()["申请材料接收凭证"])
    assert again.data == paper.data, "the first print is the issue"


def test_a_paper_of_another_case_is_not_found(client, anybody, sent):
    other = codes(receipt(client))
    link = client.get(f"/track/{other[0]}").links()["申请材料接收凭证"]
    sign_in(anybody, *sent)
    anybody.get(link.replace(other[0], sent[0]), status=404)


def test_a_wrong_pin_is_slowed(app, sent):
    code, pin = sent
    wrong = "135790" if pin != "135790" else "135791"
    browser = Inspector(app)
    for _ in range(10):
        assert "办理密码不对" in sign_in(browser, code, wrong, status=422).text
    assert "办理密码错得太多" in sign_in(browser, code, pin, status=429).text


def test_who_has_the_pin_holds_the_application(anybody, sent, client):
    sign_in(anybody, *sent)
    assert codes(anybody.get("/applications/1/receipt")) == sent


def ask(app, code):
    walks.ask_correction(app, code, ("layout", "missing", "请补洗消间的尺寸"), ("safety", "wrong", "人数和健康证明对不上"))


def test_a_correction_from_the_notice_to_the_office(app, anybody, sent):
    code, pin = sent
    ask(app, code)
    page = anybody.get(f"/track/{code}")
    assert "材料需要补正：经营场所平面布局图和设备清单（缺少）；食品安全管理（不符合要求）" in page.text
    assert "洗消间" not in page.text, "an officer's words are for the holder"
    page = sign_in(anybody, code, pin)
    assert "洗消间" in page.text and "只要改下面这 2 项" in page.text
    page = anybody.submit(page.form("提交补正"), status=422)
    assert "还有要补正的没有处理" in page.text
    form = form_to(page, "/layout/files")
    form.data["file"] = walks.photo("new.jpg", "blue")
    page = anybody.submit(form)
    assert "已重新上传" in page.text and "new.jpg" in page.text
    page = anybody.submit(form_to(page, "/remove"))
    assert "已重新上传" not in page.text and "new.jpg" not in page.text
    form.data["file"] = walks.photo("newer.jpg", "blue")
    page = anybody.submit(form)
    page = anybody.get(page.links()["修改这一部分"])
    page = anybody.submit(page.form("保存").set(**{"a-staff_number": "很多"}), status=422)
    assert page.form("保存").data["a-staff_number"] == "很多"
    page = anybody.submit(page.form("保存").set(**{"a-staff_number": "7"}))
    assert "还有" not in page.text
    page = anybody.submit(page.form("提交补正"))
    assert "等待答复是否受理" in page.text
    assert "去补正" not in page.text


def test_a_correction_is_for_what_was_asked_alone(app, anybody, sent, client):
    ask(app, sent[0])
    page = client.get("/applications/1/correction")
    token = form_to(page, "/correction/send").data["csrf_token"]
    for path in ("documents/id_card/way", "documents/id_card/files", "sections/premises"):
        client.post(f"/applications/1/correction/{path}", {"csrf_token": token}, status=404)
    client.get("/applications/1/correction/sections/premises", status=404)


def test_a_correction_brought_to_the_window(app, client, sent):
    walks.ask_correction(app, sent[0], ("layout", "wrong", "尺寸不清"))
    page = client.get("/applications/1/correction")
    page = client.submit(form_to(page, "/layout/way"))
    page = client.submit(page.form("提交补正"))
    assert "等待答复是否受理" in page.text
    client.get("/applications/1/correction")  # leads to the tracker: nothing is asked any more


def test_a_case_that_is_late_says_so(app, anybody, sent, monkeypatch):
    then = web.now() + timedelta(days=60)
    monkeypatch.setattr(web, "now", lambda: then)
    page = anybody.get(f"/track/{sent[0]}")
    assert "就算受理" in page.text


def test_the_receipt_hides_a_pin_that_was_renewed(app, client, sent):
    from portal.actions.accounts import hash_password

    officially(app, lambda act, case: cases.renew_pin(act, case, hash_password("271828")), sent[0])
    sign_in(client, sent[0], "271828")
    assert "以新的为准" in client.get("/applications/1/receipt").text


def test_with_htmx_a_wrong_pin_is_told_in_its_place_and_the_right_one_leads_on(anybody, sent):
    code, pin = sent
    form, htmx = form_to(anybody.get(f"/track/{code}/sign-in"), "/sign-in"), {"HX-Request": "true"}
    answer = anybody.submit(form.set(pin="000000" if pin != "000000" else "111111"), status=422, **htmx)
    assert answer.response.headers["HX-Retarget"] == "#sign-in" and "办理密码不对" in answer.text
    assert anybody.submit(form.set(pin=pin), status=204, **htmx).response.headers["HX-Redirect"] == f"/track/{code}"
