"""At the desk: what is still to be told, the record of each try, and what was put right on the spot."""
from datetime import timedelta

import pytest

from portal import web
from portal.actions import cases
from portal.models.cases import Service
from portal.rules import tracking
from tests.conftest import NOW
from tests.inspector import Inspector
from tests.views.officers import at_desk, do, file_case, look

pytestmark = pytest.mark.usefixtures("at_the_time")


@pytest.fixture
def window(app):
    return at_desk(app, "shichang.window")


WANTED = [cases.Wanted("layout", "wrong", "标出疏散通道")]


def asked(app, ring, case_id) -> None:
    do(app, ring, "shichang.window", case_id, lambda act, case: cases.ask_correction(act, case, WANTED, days=10))


def to_tell(window, case_id):
    page = window.get(f"/desk/cases/{case_id}")
    return window.get(next(link for link in page.links().values() if "/services/" in link))


def services(app) -> list[Service]:
    with app.extensions["banshi"].database.reading() as db:
        return db.query(Service).order_by(Service.id).all()


def tracked(app, case_id):
    return Inspector(app).get(f"/track/{tracking.shown(look(app, case_id).tracking_code)}")


def test_asking_for_a_correction_leads_to_telling_it_and_the_days_run_from_there(app, case_id, window):
    form = window.get(f"/desk/cases/{case_id}/correct").form("layout-problem")
    assert form.data["days"] == "15"
    form.set(**{"layout-problem": "wrong", "layout-to_do": "标出通道", "days": "0"})
    page = window.submit(form, status=422)
    assert "1 到 365" in page.text
    page = window.submit(page.form("layout-problem").set(days="10"))
    assert "还要送达的文书" in page.text and "还没有记录送达" in page.text
    assert "收到补正告知书之日起10个工作日" in tracked(app, case_id).text
    page = window.submit(to_tell(window, case_id).form("receiver"))
    assert "2026年3月2日 送达 · 窗口当面交付 · 送达回证上的签收" in page.text and "最迟 2026年3月16日 补正" in page.text
    assert "还要送达的文书" not in page.text and "没有等着送达的文书" in page.text and "记录送达" in page.text
    page = tracked(app, case_id)
    assert "最迟补正" in page.text and "2026年3月16日" in page.text


def test_when_the_days_to_correct_have_passed_desk_and_tracker_say_so(app, ring, case_id, window, monkeypatch):
    asked(app, ring, case_id)
    window.submit(to_tell(window, case_id).form("receiver"))
    monkeypatch.setattr(web, "now", lambda: NOW + timedelta(days=15))
    assert "补正的期限 2026年3月16日 已过" in at_desk(app, "shichang.window").get(f"/desk/cases/{case_id}").text
    assert "补正的期限已过，请尽快补正" in tracked(app, case_id).text


def test_what_failed_is_shown_and_can_be_tried_another_way(app, ring, case_id, window):
    asked(app, ring, case_id)
    page = to_tell(window, case_id)
    assert "先记下拒绝签收" in page.text and "要申请人先同意电子送达" in page.text and "才能公告送达" in page.text
    page = window.submit(page.form("receiver").set(result="failed", words="当面拒签"), status=422)
    assert "请选择为什么没有送到" in page.text and page.form("receiver").data["words"] == "当面拒签"
    page = window.submit(page.form("receiver").set(failure="refused"))
    assert "没有送到：" in page.text and "拒绝签收" in page.text and "当面拒签" in page.text and "还没有记录送达" in page.text
    form = to_tell(window, case_id).form("receiver").set(way="left", words="  ")
    page = window.submit(form, status=422)
    assert "请写明送达的证据" in page.text
    page = window.submit(page.form("receiver").set(words="见证人：村主任，已拍照"))
    assert "留置送达" in page.text and "村主任" in page.text
    assert [row.state for row in services(app)] == ["failed", "served"]


def test_a_way_that_is_not_open_and_a_day_to_come_stand_beside_their_fields(app, ring, case_id, window):
    asked(app, ring, case_id)
    form = to_tell(window, case_id).form("receiver").set(way="announcement", words="公告栏")
    page = window.submit(form, status=422)
    assert "才能公告送达" in page.text and page.form("receiver").data["words"] == "公告栏"
    page = window.submit(page.form("receiver").set(way="mail", day="2026-03-05"), status=422)
    assert "这一天还没有到" in page.text
    page = window.submit(page.form("receiver").set(day="三月"), status=422)
    assert "这不是一个日期" in page.text
    page = window.submit(page.form("receiver").set(way="electronic", day="2026-03-02"), status=422)
    assert "要申请人先同意电子送达" in page.text
    page = window.submit(page.form("receiver").set(consents="y"))
    assert "电子送达" in page.text and services(app)[0].state == "served"


def test_who_comes_too_late_is_told_and_keeps_her_words(app, ring, case_id, window):
    asked(app, ring, case_id)
    early = to_tell(window, case_id).form("receiver").set(way="mail", words="邮件号 5566")
    window.submit(to_tell(window, case_id).form("receiver"))
    page = window.submit(early, status=409)
    assert "没有改动任何内容" in page.text and "邮件号 5566" in page.text
    window.get(f"/desk/cases/{case_id}/services/1", status=409)


def test_another_cases_paper_and_another_desk_find_nothing(app, ring, case_id, window):
    do(app, ring, "shichang.window", case_id, cases.accept)
    window.get(f"/desk/cases/{file_case(app, ring)}/services/1", status=404)
    health = at_desk(app, "weijian.window")
    health.get(f"/desk/cases/{case_id}/services/1", status=404)
    page = health.get(f"/desk/cases/{case_id}")
    assert "记录送达 由青禾县市场监督管理局的窗口人员或审查人员办理" in page.text


def test_a_refusal_that_was_told_names_the_last_days_at_the_desk_and_on_the_tracker(app, ring, case_id, window):
    do(app, ring, "shichang.window", case_id, lambda act, case: cases.refuse(act, case, "不属于本县", "邻县市场监督管理局"))
    assert "不迟于" not in tracked(app, case_id).text and "还有文书要送达" in window.get(f"/desk/cases/{case_id}").text
    page = window.submit(to_tell(window, case_id).form("receiver").set(receiver="林父"))
    assert "申请行政复议不迟于 2026年5月6日，提起行政诉讼不迟于 2026年9月2日" in page.text and "林父" in page.text
    said = tracked(app, case_id)
    assert "申请行政复议不迟于2026年5月6日" in said.text and "林父" not in said.text


def test_put_right_on_the_spot(app, case_id, window):
    page = window.get(f"/desk/cases/{case_id}/put-right")
    page = window.submit(page.form("layout-problem"), status=422)
    assert "请至少选择一份" in page.text
    form = page.form("layout-problem").set(**{"layout-problem": "missing", "layout-to_do": "当场补画了一张"})
    page = window.submit(form)
    assert "当场更正过" in page.text and "当场补画了一张" in page.text and look(app, case_id).state == "submitted"
    page = window.submit(page.form("accept-seen"))
    assert look(app, case_id).state == "accepted"
    window.get(f"/desk/cases/{case_id}/put-right", status=409)


def test_the_page_of_a_service_in_english(app, ring, case_id, window):
    asked(app, ring, case_id)
    page = window.get(f"/desk/cases/{case_id}/services/1?lang=en")
    assert "Record the service" in page.text and "Handed over at the window" in page.text and "The applicant has to agree first" in page.text


def test_what_is_owed_stands_in_a_queue_of_its_own_also_when_the_case_is_closed(app, ring, case_id, window):
    assert "现在没有这样的办件" in window.get("/desk?scope=tell").text
    do(app, ring, "shichang.window", case_id, lambda act, case: cases.refuse(act, case, "不属于本县", "邻县市场监督管理局"))
    page = window.get("/desk?scope=tell")
    assert "共 1 件" in page.text and "记录送达" in page.text and "还要送达的" in page.text
    assert "共 0 件" in at_desk(app, "weijian.window").get("/desk?scope=tell").text
    window.submit(to_tell(window, case_id).form("receiver"))
    assert "共 0 件" in window.get("/desk?scope=tell").text
