"""The desk's page of publications: who sees it, who puts back and publishes again, what two at once are told."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.jobs import Tools, outbox, sites
from portal.models.outbox import OutboxRow, Topic
from portal.publishing import disk, journals, locks, papers, publications, putting_back, reports
from portal.queries import history
from tests.conftest import NOW
from tests.jobs.test_sites import PUBLISHING
from tests.views.officers import at_desk, file_case
from tests.views.walks import form_to

PUBLISHER, EDITOR, OFFICER = "fabu", "bianji", "shichang.window"


@pytest.fixture
def root(app, ring, config):
    """A site of three publications."""
    file_case(app, ring)
    root = config.data / "site"
    with publications.whole(root, by="root") as stage:
        stage.put("index.html", b"1")
    for words in (b"2", b"3"):
        with publications.change(root, ["open-restaurant", "gone"], by="发布员") as stage:
            stage.put("index.html", words)
    return root


def shown(root) -> str:
    return (root / "current" / "index.html").read_text()


def test_the_list_is_for_the_guide_desk(app, root):
    page = at_desk(app, EDITOR).get("/desk/publications")
    assert "第 3 次" in page.text and "现在展示" in page.text and "开办餐饮店" in page.text and "发布员" in page.text and "gone" in page.text
    at_desk(app, OFFICER).get("/desk/publications", status=404)


def work(app) -> int:
    """What the worker does of what is owed."""
    parts = app.extensions["banshi"]
    return outbox.drain(Tools(parts.config, parts.database, parts.keys, parts.storage), PUBLISHING, NOW + timedelta(days=9999))


def test_a_publisher_has_one_put_back_and_the_site_is_held(app, root):
    desk = at_desk(app, PUBLISHER)
    page = desk.get("/desk/publications/1")
    assert "之后的 2 次发布不再展示" in page.text and "开办餐饮店" in page.text and "没有办成的，那里写明原因" in page.text
    page = desk.submit(form_to(page, "/back"))
    assert shown(root) == "3" and "放回第 1 次发布已排队" in page.text and "刷新进度" in page.text, "a request never does it itself"
    assert not [form for form in page.all("form") if (form.get("action") or "").endswith("/again")]
    work(app)
    page = desk.get("/desk/publications")
    assert shown(root) == "1" and "网站保持在放回的内容上" in page.text and history_is_empty(app)
    assert journals.latest(root)[0].by == desk_name(app, PUBLISHER)


def history_is_empty(app) -> bool:
    with app.extensions["banshi"].database.reading() as db:
        return history.asked(db) is None


def desk_name(app, username: str) -> str:
    from portal.models.people import Staff
    with app.extensions["banshi"].database.reading() as db:
        return db.scalar(select(Staff.name).where(Staff.username == username))


def test_a_change_without_a_guide_is_one_of_lists(app, root):
    with publications.change(root) as stage:
        stage.put("data/catalogue.csv", b"1")
    desk = at_desk(app, EDITOR)
    assert desk.get("/desk/publications").text.count("更新清单") == 1 and "更新清单" in desk.get("/desk/publications/4").text


def test_who_does_not_publish_puts_nothing_back(app, root):
    desk = at_desk(app, EDITOR)
    page = desk.get("/desk/publications/1")
    assert "由发布人员办" in page.text and not [form for form in page.all("form") if (form.get("action") or "").endswith("/back")]
    assert shown(root) == "3"


def test_who_was_slower_is_told_and_changes_nothing(app, root):
    desk = at_desk(app, PUBLISHER)
    form = form_to(desk.get("/desk/publications/2"), "/back")
    with publications.change(root, ["open-restaurant"]) as stage:
        stage.put("index.html", b"4")
    page = desk.submit(form, status=409)
    assert "没有改动任何内容" in page.text and shown(root) == "4" and history_is_empty(app)


def test_pressed_twice_it_is_put_back_once(app, root):
    desk = at_desk(app, PUBLISHER)
    form, other = (form_to(desk.get(f"/desk/publications/{number}"), "/back") for number in (2, 1))
    desk.submit(form)
    assert "放回第 2 次发布已排队" in desk.submit(form).text
    page = desk.submit(other, status=409)
    assert "完成后再办" in page.text and "放回第 2 次发布已排队" in page.text
    work(app)
    desk.submit(form)
    work(app)
    assert shown(root) == "2" and journals.number(root) == 4


def test_what_is_under_way_is_not_asked_for_otherwise(app, root):
    desk = at_desk(app, PUBLISHER)
    again, back = form_to(desk.get("/desk/publications"), "/again"), form_to(desk.get("/desk/publications/1"), "/back")
    desk.submit(back)
    assert "完成后再办" in desk.submit(again, status=409).text
    work(app)
    assert shown(root) == "1", "a site that is published again is not put back behind the publisher's back, nor the other way"


def test_a_putting_back_that_runs_says_how_far_it_is(app, root):
    desk = at_desk(app, PUBLISHER)
    back, other = (form_to(desk.get(f"/desk/publications/{number}"), "/back") for number in (1, 2))
    home = journals.home(root)
    with locks.locked(home, locks.BUILDING), reports.counting(home, 1) as count:
        count(3, 8)
        page = desk.submit(back)
        assert "正在放回第 1 次发布" in page.text and "3 / 8 个文件" in page.text
        assert "完成后再办" in desk.submit(other, status=409).text
    assert history_is_empty(app)


def test_what_could_not_be_put_back_is_told_and_can_be_asked_for_again(app, root, monkeypatch):
    desk = at_desk(app, PUBLISHER)
    form = form_to(desk.get("/desk/publications/1"), "/back")
    desk.submit(form)
    with monkeypatch.context() as patched:
        def full(*_):
            raise OSError(28, "No space left on device")
        patched.setattr(disk, "link", full)
        work(app)
    page = desk.get("/desk/publications")
    assert shown(root) == "3" and "第 1 次发布没有放回。磁盘已满" in page.text and "已排队" not in page.text
    assert "was not put back. The disk is full" in desk.get("/desk/publications?lang=en").text
    with publications.change(root, ["open-restaurant"]) as stage:
        stage.put("data/other.json", b"4")
    assert "没有放回" in desk.get("/desk/publications").text, "a change that succeeds does not hide it"
    desk.submit(form_to(desk.get("/desk/publications/1"), "/back"))
    work(app)
    assert shown(root) == "1" and "没有放回" not in desk.get("/desk/publications").text


def test_what_is_not_kept_is_not_there(app, root):
    at_desk(app, PUBLISHER).get("/desk/publications/9", status=404)


def test_nothing_is_put_back_while_a_whole_site_is_built(app, root):
    desk = at_desk(app, PUBLISHER)
    form = form_to(desk.get("/desk/publications/1"), "/back")
    home = journals.home(root)
    with locks.locked(home, locks.BUILDING), reports.counting(home) as count:
        count(3, 8)
        page = desk.submit(form, status=409)
        assert "完成后再办" in page.text and "3 / 8" in page.text
        assert "3 / 8" in desk.get("/desk/publications", **{"HX-Request": "true"}).html
    assert shown(root) == "3"
    assert desk.get("/desk/publications", status=204, **{"HX-Request": "true"}).response.headers["HX-Refresh"] == "true"


def test_published_again_by_the_worker_once(app, root, monkeypatch):
    monkeypatch.setattr(papers, "render", lambda edition, paper: b"%PDF")
    desk = at_desk(app, PUBLISHER)
    desk.submit(form_to(desk.get("/desk/publications/1"), "/back"))
    work(app)
    form = form_to(desk.get("/desk/publications"), "/again")
    for _ in range(2):
        page = desk.submit(form)
        assert "整站发布已排队" in page.text
    parts = app.extensions["banshi"]
    with parts.database.reading() as db:
        rows = db.scalars(select(OutboxRow.payload).where(OutboxRow.topic == Topic.PUBLISH_GUIDE, OutboxRow.done_at.is_(None))).all()
        assert len([row for row in rows if "whole" in row]) == 1
    work(app)
    page = desk.get("/desk/publications")
    assert "网站随指南自动更新" in page.text and "整站发布" in page.text and publications.held(root) is None
    assert sites.journals.latest(root)[0].by == desk_name(app, PUBLISHER)


def test_while_an_earlier_site_is_held_the_desk_says_so_and_what_people_meet(app, root):
    line = "网站现在展示的是放回的第 1 次发布之后的内容"
    publisher, editor = at_desk(app, PUBLISHER), at_desk(app, EDITOR)
    assert all(words in publisher.get("/desk/publications/1").text for words in ("站内查找按现行的指南", "在线申请按现行的指南", "是第 1 次发布之后的内容"))
    pages = ("/desk/guides", "/desk/words", "/desk/searches", "/desk/items", "/desk/staying", "/desk/reports", "/desk/places", "/desk/guides/import")
    assert not [page for page in pages if line in editor.get(page).text]
    putting_back.back(root, 1)
    assert not [page for page in pages if line not in editor.get(page).text]
    assert "/desk/publications" in editor.get("/desk/words").links().values()
    assert all(words in editor.get("/desk/publications").text for words in ("站内查找按现行的指南", "在线申请按现行的指南"))
    shelf = at_desk(app, OFFICER).get("/desk/guides")
    assert line in shelf.text and "/desk/publications" not in shelf.links().values(), "a link is for who may open it"
    for reader, page in ((publisher, "/search?q=量子"), (at_desk(app, OFFICER), "/desk"), (publisher, "/desk/publications")):
        assert line not in reader.get(page).text, "what people see, and who keeps cases, are told nothing"


def test_why_the_last_one_failed_is_told(app, root):
    with pytest.raises(OSError), publications.change(root):
        raise OSError(28, "No space left on device")
    assert "磁盘已满" in at_desk(app, EDITOR).get("/desk/publications").text
    assert "disk is full" in at_desk(app, EDITOR).get("/desk/publications?lang=en").text
