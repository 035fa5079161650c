"""A case walked at the desk through the web: from acceptance through parallel stages to delivery, and what stands in the way."""
import pytest

from portal.actions import accounts, cases, handling, uploads
from portal.actions import answers as answering
from portal.models.cases import Case
from portal.rules import tracking
from portal.uploads import Cleaned
from tests.actions.cases import RESTAURANT, acting, sample, stage, submitted
from tests.printed import words
from tests.views.officers import at_desk, do, file_case, look

pytestmark = pytest.mark.usefixtures("at_the_time")


def url(case_id: int) -> str:
    return f"/desk/cases/{case_id}"


def finish(browser, case_id, key, outcome, **more):
    form = browser.get(url(case_id)).form(f"/stages/{key}")
    form.set(**{f"{key}-outcome": outcome, **{f"{key}-{name}": value for name, value in more.items()}})
    return browser.submit(form)


def test_from_acceptance_to_delivery(app, case_id):
    window, head = at_desk(app, "shichang.window"), at_desk(app, "shichang.head")
    page = window.submit(window.get(url(case_id)).form("/accept"))
    assert look(app, case_id).state == "accepted" and "办理中" in page.text
    finish(at_desk(app, "weijian.window"), case_id, "health_examine", "passed")
    builder = at_desk(app, "zhujian.window")
    finish(builder, case_id, "fire_examine", "passed")
    finish(builder, case_id, "sign_examine", "passed")
    finish(head, case_id, "food_examine", "passed")
    review = str(next(row for row in look(app, case_id).stages if row.key == "food_examine").officer_id - 1)
    finish(head, case_id, "food_site", "fit", second=review, opinion="现场符合要求")
    page = finish(head, case_id, "decide", "grant")
    assert "已决定，待送达" in page.text
    finish(window, case_id, "certify", "done")
    page = finish(window, case_id, "deliver", "done", way="mail")
    assert look(app, case_id).state == "closed" and "已办结：准予" in page.text
    assert window.get(f"{url(case_id)}/papers/2.pdf").data.startswith(b"%PDF")


def accepted(app, ring, case_id):
    do(app, ring, "shichang.window", case_id, cases.accept)


def test_the_page_shows_who_what_and_by_when_and_hides_numbers(app, case_id):
    page = at_desk(app, "shichang.window").get(url(case_id))
    assert "林小满" in page.text and "500平方米以下" in page.text and "待受理" in page.text
    assert "11010519491231002X" not in page.html and "110***********002X" in page.text
    assert "<svg" in page.html and "食品经营许可审查" in page.text


@pytest.mark.parametrize("username", ["weijian.window", "yunling.window", "gongan.head", "bianji", "yuntou.helper"])
def test_for_strangers_the_case_does_not_exist(app, ring, case_id, username):
    stranger = at_desk(app, username)
    for page in ("", "/correct", "/refuse", "/files/1", "/papers/1.pdf"):
        stranger.get(url(case_id) + page, status=404)
    token = {"csrf_token": stranger.get("/desk").form("sign-out").data["csrf_token"]}
    for act in ("/accept", "/correct", "/refuse", "/deliver", "/pin", "/stages/decide"):
        stranger.post(url(case_id) + act, token, status=404)
    assert look(app, case_id).state == "submitted"


def test_a_case_that_is_not_there_is_like_one_that_is_not_hers(app, case_id):
    at_desk(app, "shichang.window").get(url(case_id + 1000), status=404)


def test_nobody_comes_without_signing_in(client, case_id):
    assert client.get(url(case_id)).h1 == "工作人员登录"
    client.post(url(case_id) + "/accept", {}, status=403)


def test_who_sees_may_still_not_do(app, ring, case_id):
    reviewer = at_desk(app, "shichang.review")
    page = reviewer.get(url(case_id))
    assert "由青禾县市场监督管理局的窗口人员办理" in page.text and not page.text.count("决定是否受理最迟")
    token = {"csrf_token": page.form("sign-out").data["csrf_token"]}
    for act in ("/accept", "/correct", "/refuse", "/pin"):
        reviewer.post(url(case_id) + act, token, status=404)
    watcher = at_desk(app, "jiandu")
    assert "现在没有要您办的" in watcher.get(url(case_id)).text
    watcher.post(url(case_id) + "/accept", {"csrf_token": watcher.get("/desk").form("sign-out").data["csrf_token"]}, status=404)


def test_another_departments_stage_is_not_mine(app, ring, case_id):
    accepted(app, ring, case_id)
    health = at_desk(app, "weijian.window")
    token = {"csrf_token": health.get(url(case_id)).form("sign-out").data["csrf_token"], "fire_examine-outcome": "passed"}
    health.post(f"{url(case_id)}/stages/fire_examine", token, status=404)
    health.post(f"{url(case_id)}/stages/no_such_stage", token, status=404)


def test_a_correction_keeps_every_word_and_says_what_is_missing(app, case_id):
    window = at_desk(app, "shichang.window")
    form = window.get(f"{url(case_id)}/correct").form("layout-problem")
    page = window.submit(form, status=422)
    assert "请至少选择一份需要补正的材料" in page.text
    form = page.form("layout-problem").set(**{"layout-problem": "wrong", "health-to_do": "请换发"})
    page = window.submit(form, status=422)
    assert "请写明怎么改" in page.text and "请选择是什么问题" in page.text and page.form("layout").data["health-to_do"] == "请换发"
    form = page.form("layout-problem").set(**{"layout-to_do": "标出疏散通道", "health-problem": "outdated"})
    page = window.submit(form)
    assert look(app, case_id).state == "correction" and "正在等申请人补正" in page.text
    assert "已告知申请人补正" in page.text and "标出疏散通道" in page.text and "请换发" in page.text


def test_a_second_correction_asks_for_its_reason(app, ring, case_id):
    wanted = [cases.Wanted("layout", "wrong", "标出疏散通道")]
    do(app, ring, "shichang.window", case_id, lambda act, case: (cases.ask_correction(act, case, wanted), cases.resubmit(act, case)))
    window = at_desk(app, "shichang.window")
    form = window.get(f"{url(case_id)}/correct").form("layout-problem").set(**{"layout-problem": "wrong", "layout-to_do": "比例尺"})
    page = window.submit(form, status=422)
    assert "请写明再次要求补正的理由" in page.text
    page = window.submit(page.form("layout-problem").set(reason_again="补交的图缺比例尺"))
    assert "再次要求补正的理由： 补交的图缺比例尺" in page.text
    assert look(app, case_id).state == "correction"


def test_refusing_to_accept_names_the_right_body(app, case_id):
    window = at_desk(app, "shichang.window")
    form = window.get(f"{url(case_id)}/refuse").form("right_body").set(kind="not_ours", reason="场所在邻县")
    page = window.submit(form, status=422)
    assert "请写明应当向哪个机关申请" in page.text and page.form("right_body").data["reason"] == "场所在邻县"
    page = window.submit(page.form("right_body").set(right_body="邻县市场监督管理局"))
    assert look(app, case_id).state == "closed" and "不予受理" in page.text and "已经办结" in page.text


def test_a_refusal_without_reasons_is_not_saved(app, ring, case_id):
    def to_the_decision(act, case):
        cases.accept(act, case)
        for key in ("food_examine", "health_examine", "sign_examine", "fire_examine"):
            handling.finish(act, case, stage(case, key), "passed")
        handling.finish(act, case, stage(case, "food_site"), "fit", second_officer_id=2)
    do(app, ring, "shichang.head", case_id, to_the_decision)
    head = at_desk(app, "shichang.head")
    form = head.get(url(case_id)).form("decide-outcome").set(**{"decide-outcome": "refuse", "decide-opinion": "  "})
    page = head.submit(form, status=422)
    assert "请写明理由" in page.text and look(app, case_id).state == "accepted"
    page = head.submit(page.form("decide-outcome").set(**{"decide-opinion": "油烟直排居民楼"}))
    assert "油烟直排居民楼" in page.text and look(app, case_id).decision == "refused"
    page = at_desk(app, "shichang.window").get(url(case_id))
    assert page.form("deliver-way").data["deliver-way"] == "pick_up"


def test_a_site_check_takes_a_colleague(app, ring, case_id):
    do(app, ring, "shichang.head", case_id,
       lambda act, case: (cases.accept(act, case), handling.finish(act, case, stage(case, "food_examine"), "passed")))
    head = at_desk(app, "shichang.head")
    form = head.get(url(case_id)).form("food_site-outcome").set(**{"food_site-outcome": "fit"})
    assert "请选择一同核查的人员" in head.submit(form, status=422).text


def test_who_comes_too_late_is_told_and_keeps_her_words(app, ring, case_id):
    accepted(app, ring, case_id)
    reviewer = at_desk(app, "shichang.review")
    form = reviewer.get(url(case_id)).form("food_examine-outcome")
    do(app, ring, "shichang.head", case_id, lambda act, case: handling.finish(act, case, stage(case, "food_examine"), "passed"))
    page = reviewer.submit(form.set(**{"food_examine-outcome": "passed", "food_examine-opinion": "材料齐全，同意"}), status=409)
    assert "没有执行" in page.text and "材料齐全，同意" in page.text and "食品经营现场核查" in page.text


def test_a_stage_led_back_and_opened_again_is_not_finished_from_an_old_page(app, ring, case_id):
    accepted(app, ring, case_id)
    reviewer = at_desk(app, "shichang.review")
    form = reviewer.get(url(case_id)).form("food_examine-outcome").set(**{"food_examine-outcome": "passed"})
    def back(act, case):
        handling.finish(act, case, stage(case, "fire_examine"), "returned", opinion="重核")
        handling.finish(act, case, stage(case, "accept"), "accepted")
    do(app, ring, "shichang.head", case_id, back)
    reviewer.submit(form, status=409)
    assert stage(look(app, case_id), "food_examine").state == "open"


def test_a_side_by_side_stage_does_not_stand_in_the_way(app, ring, case_id):
    accepted(app, ring, case_id)
    reviewer = at_desk(app, "shichang.review")
    form = reviewer.get(url(case_id)).form("food_examine-outcome").set(**{"food_examine-outcome": "passed"})
    do(app, ring, "shichang.head", case_id, lambda act, case: handling.finish(act, case, stage(case, "fire_examine"), "passed"))
    reviewer.submit(form)
    assert stage(look(app, case_id), "food_examine").state == "done"


@pytest.mark.parametrize("path,containing", [("", "/accept"), ("/correct", "layout-problem"), ("/refuse", "right_body")])
def test_intake_on_papers_that_changed_meanwhile_is_not_carried_out(app, ring, case_id, path, containing):
    window = at_desk(app, "shichang.window")
    form = window.get(url(case_id) + path).form(containing)
    if path:
        form.set(**({"layout-problem": "wrong", "layout-to_do": "改"} if path == "/correct" else {"kind": "not_accepted", "reason": "不符"}))
    wanted = [cases.Wanted("layout", "wrong", "标出疏散通道")]
    do(app, ring, "shichang.window", case_id, lambda act, case: (cases.ask_correction(act, case, wanted), cases.resubmit(act, case)))
    if path == "/correct":
        window.submit(form, status=422)  # the reason for a second notice is asked for first
    else:
        assert "没有执行" in window.submit(form, status=409).text
    assert look(app, case_id).state == "submitted"


def test_a_new_pin_is_shown_once(app, case_id):
    window = at_desk(app, "shichang.window")
    page = window.submit(window.get(url(case_id)).form("/pin"))
    pin = next(word for word in page.text.split() if len(word) == 6 and word.isdigit())
    with app.extensions["banshi"].database.reading() as db:
        assert accounts.matches(db.get_one(Case, case_id).application.pin_hash, pin)
    assert "重发办理密码" in window.get(url(case_id)).text


def test_the_paper_is_the_same_each_time_and_another_cases_is_not_here(app, ring, case_id):
    window = at_desk(app, "shichang.window")
    first, again = (window.get(f"{url(case_id)}/papers/1.pdf") for _ in range(2))
    assert first.data == again.data and first.data.startswith(b"%PDF")
    other = file_case(app, ring)
    window.get(f"{url(other)}/papers/1.pdf", status=404)


def test_a_lost_receipt_is_printed_again_as_a_copy_without_the_pin(app, ring):
    with app.extensions["banshi"].database.writing() as db:
        case = submitted(db, ring, sample("open-restaurant"), RESTAURANT, slug="open-restaurant", pin="482913")
        db.commit()
        case_id, code = case.id, case.tracking_code
    window = at_desk(app, "shichang.window")
    assert "副本，不含办理密码" in window.get(url(case_id)).text
    said = words(window.get(f"{url(case_id)}/papers/1.pdf").data)
    assert "（副本）" in said and tracking.shown(code) in said and "482913" not in said


def test_an_uploaded_file_opens_for_the_officer_and_cannot_run(app, ring, case_id):
    parts = app.extensions["banshi"]
    with parts.database.writing() as db:
        act, application = acting(db, ring), db.get_one(Case, case_id).application
        key, cleaned = answering.data_key(application, act.ring), Cleaned("image/jpeg", "jpg", b"picture")
        file = uploads.add(act, application, "layout", "平面图.png", cleaned, uploads.store(application.id, key, cleaned, parts.storage))
        db.commit()
        file_id = file.id
    window = at_desk(app, "shichang.window")
    assert window.get(url(case_id)).links()["平面图.jpg"] == f"{url(case_id)}/files/{file_id}"
    answer = window.get(f"{url(case_id)}/files/{file_id}")
    assert answer.data == b"picture"
    assert "sandbox" in answer.response.headers["Content-Security-Policy"]
    assert answer.response.headers["X-Content-Type-Options"] == "nosniff"
    window.get(f"{url(file_case(app, ring))}/files/{file_id}", status=404)


def test_the_page_in_english(app, ring, case_id):
    accepted(app, ring, case_id)
    head = at_desk(app, "shichang.head")
    page = head.get(url(case_id), **{"Accept-Language": "en"})
    assert "Being handled" in page.text and "Enter the outcome" in page.text


def test_the_page_keeps_to_its_statements(app, ring, case_id, statements):
    accepted(app, ring, case_id)
    head = at_desk(app, "shichang.head")
    head.get(url(case_id))
    with statements() as said:
        head.get(url(case_id))
    assert len(said) <= 12, "\n".join(said)
