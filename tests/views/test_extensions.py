"""The page of an extension: asked for, approved by another, told on the desk and the tracker; who comes too late loses nothing."""
from datetime import UTC, datetime, timedelta

import pytest

from portal.actions import cases, extensions
from portal.models.extensions import Extension
from tests.inspector import Inspector
from tests.views.officers import at_desk, do, file_case, look

FOOD = {"matter": "new", "legal_name": "林小满", "legal_id": "11010519491231002X"}


@pytest.fixture
def case_id(app, ring):
    now = datetime.now(UTC)
    number = file_case(app, ring, "food-business-licence", FOOD, now=now)
    do(app, ring, "shichang.window", number, lambda act, case: cases.accept(act, case), now)
    return number


def page_of(case_id: int) -> str:
    return f"/desk/cases/{case_id}/extension"


def test_asked_approved_and_told(app, case_id):
    before = look(app, case_id).due_on
    reviewer = at_desk(app, "shichang.review")
    form = reviewer.get(reviewer.get(f"/desk/cases/{case_id}").links()["申请延长期限"]).form("ask-days")
    page = reviewer.submit(form, status=422)
    assert "请写 1 到 10 之间的整数" in page.text and "请写明理由" in page.text
    page = reviewer.submit(page.form("ask-days").set(**{"ask-days": "11", "ask-reason": "须再次核查现场"}), status=422)
    assert page.form("ask-days").data["ask-reason"] == "须再次核查现场"
    page = reviewer.submit(page.form("ask-days").set(**{"ask-days": "5"}))
    assert "等负责人批准" in page.text and look(app, case_id).due_on == before
    head = at_desk(app, "shichang.head")
    assert "批准延长期限" in head.get("/desk").text
    page = head.get(head.get(f"/desk/cases/{case_id}").links()["看理由并决定"])
    assert "须再次核查现场" in page.text
    page = head.submit(page.form("/extension/approve"))
    case = look(app, case_id)
    assert case.due_on > before and case.extended_by == 5 and "期限延长过一次" in page.text and "（原定" in page.text and "延长办理期限告知书" in page.text
    assert "批准延长期限" not in head.get("/desk").text
    told = Inspector(app).get(f"/track/{case.tracking_code}").text
    assert "延长了一次" in told and "延长办理期限告知书" in told
    english = Inspector(app).get(f"/track/{case.tracking_code}?lang=en").text
    assert "extended once" in english and "Notice of extension" in english


def test_refused_with_its_reason(app, ring, case_id):
    now = datetime.now(UTC)
    do(app, ring, "shichang.review", case_id, lambda act, case: extensions.ask(act, case, 5, "理由"), now)
    head = at_desk(app, "shichang.head")
    page = head.submit(head.get(page_of(case_id)).form("/extension/refuse"), status=422)
    assert "请写明理由" in page.text
    head.submit(page.form("/extension/refuse").set(**{"refuse-why": "人手已经调配"}))
    assert "人手已经调配" in at_desk(app, "shichang.review").get(page_of(case_id)).text
    assert look(app, case_id).extended_by == 0


def test_who_comes_too_late_or_may_not_reads_why_and_loses_no_word(app, ring, case_id):
    reviewer = at_desk(app, "shichang.review")
    form = reviewer.get(page_of(case_id)).form("ask-days").set(**{"ask-days": "3", "ask-reason": "须另行约定"})
    do(app, ring, "shichang.head", case_id, lambda act, case: extensions.ask(act, case, 5, "理由"), datetime.now(UTC))
    page = reviewer.submit(form, status=409)
    assert "须另行约定" in page.text
    own = at_desk(app, "shichang.head")
    assert "另一位负责人" in own.get(page_of(case_id)).text
    token = {"csrf_token": own.get("/desk").form("sign-out").data["csrf_token"], "approve-seen": str(look(app, case_id).version)}
    assert "另一位负责人" in own.post(f"{page_of(case_id)}/approve", token, status=409).text
    with app.extensions["banshi"].database.reading() as db:
        assert db.query(Extension).one().state == "asked"


def test_for_strangers_it_does_not_exist_and_watchers_only_look(app, case_id):
    stranger = at_desk(app, "gongan.review")
    stranger.get(page_of(case_id), status=404)
    watcher = at_desk(app, "jiandu")
    assert "由主办部门的审查人员或者负责人申请" in watcher.get(page_of(case_id)).text
    token = {"csrf_token": watcher.get("/desk").form("sign-out").data["csrf_token"]}
    for act in ("", "/approve", "/refuse"):
        watcher.post(page_of(case_id) + act, token, status=404)
        stranger.post(page_of(case_id) + act, {"csrf_token": stranger.get("/desk").form("sign-out").data["csrf_token"]}, status=404)


def test_the_pages_keep_to_their_statements(app, ring, case_id, statements):
    do(app, ring, "shichang.review", case_id, lambda act, case: extensions.ask(act, case, 5, "理由"), datetime.now(UTC) + timedelta(seconds=1))
    head = at_desk(app, "shichang.head")
    for address in (page_of(case_id), f"/desk/cases/{case_id}"):
        head.get(address)
        with statements() as said:
            head.get(address)
        assert len(said) <= 12, "\n".join(said)
