"""The life of an item through the web: proposed by one, decided by another, on the item's page at the desk."""
import re
from datetime import date

import pytest
from sqlalchemy import select

from portal.jobs import Tools, sites
from portal.models.cases import Case
from portal.models.guides import Item, ItemChange, ItemProposal
from portal.queries import items
from portal.rules.items import Life
from tests.conftest import NOW
from tests.house.test_budgets import STATEMENTS, counted
from tests.inspector import Inspector, Page
from tests.views.officers import at_desk, file_case
from tests.views.walks import FOOD, form_to, number_of, ready

OPEN = "open-restaurant"
TODAY = "2026-03-02"


@pytest.fixture(autouse=True)
def guide(app, ring):
    """An item with a running case."""
    return file_case(app, ring)


def draw_site(app) -> None:
    """Does what the worker would: the pages that the outbox asks for."""
    parts = app.extensions["banshi"]
    with parts.database.reading() as db:
        ids = [{"item_id": row} for row in db.scalars(select(Item.id))]
    sites.publish_guides(Tools(parts.config, parts.database, parts.keys, parts.storage), ids)


def item(app, slug: str = OPEN) -> Item:
    with app.extensions["banshi"].database.reading() as db:
        return db.scalar(select(Item).where(Item.slug == slug))


def propose(browser: Inspector, life: str = "suspended", status: int = 200, **typed) -> Page:
    page = browser.get(f"/desk/items/{OPEN}/change/{life}")
    told = {"since": TODAY, "reason": "上位法修改", "basis": "某省人民政府令第1号"} | typed
    return browser.submit(form_to(page, f"/change/{life}").set(**told), status=status)


def press(browser: Inspector, step: str, status: int = 200, **typed) -> Page:
    form = form_to(browser.get(f"/desk/items/{OPEN}"), f"/{step}")
    return browser.submit(form.set(**{f"{step}-{name}": value for name, value in typed.items()}), status=status)


def suspend(app, life: str = "suspended", **typed) -> None:
    propose(at_desk(app, "bianji"), life, **typed)
    press(at_desk(app, "shending"), "approve")


def test_one_suspends_another_approves_and_the_page_says_it(app):
    page = propose(at_desk(app, "bianji"), until="2026-12-31")
    assert "待审定" in page.text and item(app).life == Life.IN_FORCE
    assert not [form for form in page.all("form") if (form.get("action") or "").endswith("/approve")]
    waiting = at_desk(app, "shending").get("/desk/items").text
    assert "待审定" in waiting and "自2026年3月2日起暂停办理，到2026年12月31日为止" in waiting
    page = press(at_desk(app, "shending"), "approve")
    assert "暂停办理" in page.text and item(app).life == Life.SUSPENDED
    assert "某省人民政府令第1号" in page.text and "恢复办理" in at_desk(app, "bianji").get(f"/desk/items/{OPEN}").text
    assert "暂停办理" in at_desk(app, "bianji").get("/desk/guides").text


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(app):
    browser = at_desk(app, "bianji")
    page = propose(browser, "merged", status=422, basis="", successor="nowhere", since="明天")
    assert "请填写这一项" in page.text and "不是一个日期" in page.text and "没有这样的事项" in page.text and "上位法修改" in page.text
    page = propose(browser, "merged", status=422, successor=OPEN)
    assert "不能并入自己" in page.text
    page = propose(browser, status=422, since="2026-03-02", until="2026-03-01")
    assert "最后一天不能早于起始日" in page.text and item(app).life == Life.IN_FORCE


def test_pressed_twice_is_done_once_and_the_second_of_two_is_told(app):
    browser, other = at_desk(app, "bianji"), at_desk(app, "bianji")
    form = form_to(browser.get(f"/desk/items/{OPEN}/change/cancelled"), "/change/cancelled").set(
        since=TODAY, reason="上位法修改", basis="某令")
    late = form_to(other.get(f"/desk/items/{OPEN}/change/suspended"), "/change/suspended").set(since=TODAY, reason="别的原因", basis="别的令")
    browser.submit(form)
    browser.submit(form)
    page = other.submit(late, status=409)
    assert "有了变化" in page.text and "别的原因" in page.text and "已有一项变动" in page.text
    one, two = at_desk(app, "shending"), at_desk(app, "fabu")
    approve, refuse = (form_to(desk.get(f"/desk/items/{OPEN}"), f"/{step}") for desk, step in ((one, "approve"), (two, "refuse")))
    one.submit(approve)
    one.submit(approve)
    page = two.submit(refuse.set(**{"refuse-words": "依据不对"}), status=409)
    assert "有了变化" in page.text and "依据不对" in page.text
    with app.extensions["banshi"].database.reading() as db:
        assert len(db.scalars(select(ItemProposal)).all()) == 1
    assert item(app).life == Life.CANCELLED


def test_a_refusal_needs_words_and_the_proposer_may_take_it_back(app):
    propose(at_desk(app, "bianji"))
    assert "请写明理由" in press(at_desk(app, "fabu"), "refuse", status=422).text
    assert "依据没有公布" in press(at_desk(app, "fabu"), "refuse", words="依据没有公布").text
    propose(at_desk(app, "bianji"))
    assert "已收回" in press(at_desk(app, "bianji"), "take_back").text


def test_who_may_not_reads_why_and_what_does_not_fit_is_not_there(app):
    assert "由县里的指南编辑" in at_desk(app, "fabu").get(f"/desk/items/{OPEN}").text
    assert "现在不能提" in at_desk(app, "fabu").get(f"/desk/items/{OPEN}/change/cancelled").text
    assert "由县里的指南编辑" in propose(at_desk(app, "fabu"), status=409).text
    browser = at_desk(app, "bianji")
    browser.get(f"/desk/items/{OPEN}/change/in_force", status=404)
    browser.get(f"/desk/items/{OPEN}/change/gone", status=404)
    browser.get("/desk/items/nowhere", status=404)
    at_desk(app, "shichang.window").get(f"/desk/items/{OPEN}/change/cancelled", status=404)


def test_english_and_few_statements(app, statements):
    suspend(app)
    browser = at_desk(app, "bianji")
    text = browser.get(f"/desk/items/{OPEN}?lang=en").text
    assert "Suspended since 2 March 2026" in text and not re.search(r"<(h2|b|summary)>[^<]*[一-鿿]", text.replace('lang="zh-Hans"', ""))
    for address in (f"/desk/items/{OPEN}", "/desk/items", f"/desk/items/{OPEN}/change/cancelled"):
        with statements() as sent:
            browser.get(address)
        assert counted(sent) <= STATEMENTS, (address, sent)


def test_who_wants_to_apply_reads_why_not_and_where_to_go(app, client, published):
    published(FOOD)
    suspend(app, until="2027-01-31")
    page = client.get(f"/apply/{OPEN}")
    assert "到2027年1月31日为止" in page.text and "某省人民政府令第1号" in page.text and "要准备的材料" in page.text and "开始填写" not in page.text
    client.post(f"/apply/{OPEN}", {}, status=422)
    suspend(app, "merged", successor=FOOD)
    page = client.get(f"/apply/{OPEN}?lang=en")
    assert "Merged on 2 March 2026 into “Food business licence" in page.text and f"/guides/{FOOD}/" in page.html and "Documents to prepare" not in page.text


def test_an_item_handed_down_is_taken_in_below_the_county_alone(app, client, published):
    published("subsistence-allowance")
    with app.extensions["banshi"].database.reading() as db:
        found = {one.slug: items.open_below(db, one.id) for one in db.scalars(select(Item))}
    assert found == {OPEN: False, "subsistence-allowance": True}
    suspend(app, "handed_down", body="各乡镇人民政府", tier="township")
    page = client.get(f"/apply/{OPEN}")
    assert "由各乡镇人民政府（镇（乡、街道）级）办理" in page.text and "不再收新的申请" in page.text


def test_a_draft_is_told_loses_nothing_and_is_sent_once_it_is_in_force_again(app, client, published):
    published(FOOD)
    page = ready(client)
    number = number_of(page)
    with app.extensions["banshi"].database.writing() as db:
        one = db.scalar(select(Item).where(Item.slug == FOOD))
        one.life, one.life_since, one.life_reason = Life.SUSPENDED, date(2026, 3, 2), "系统升级"
        db.commit()
    page = client.submit(form_to(page, "/send").set(declared="y"), status=422)
    assert "自2026年3月2日起暂停办理" in page.text and "您填的内容都还在" in page.text and "提交申请" not in page.text
    for address in ("", "/documents", "/fill/applicant"):
        page = client.get(f"/applications/{number}{address}")
        assert "暂停办理" in page.text, address
    assert "青溪小馆" in page.html
    with app.extensions["banshi"].database.writing() as db:
        one = db.scalar(select(Item).where(Item.slug == FOOD))
        one.life, one.life_reason = Life.IN_FORCE, None
        db.commit()
    page = client.get(f"/applications/{number}/check")
    assert "查询码" in client.submit(form_to(page, "/send").set(declared="y")).text


def test_the_tracker_and_the_desk_say_what_holds_for_a_running_case(app, client, guide):
    with app.extensions["banshi"].database.reading() as db:
        code = db.get_one(Case, guide).tracking_code
    assert "有变动" not in client.get(f"/track/{code}").text
    suspend(app, "cancelled")
    page = client.get(f"/track/{code}")
    assert "这个事项有变动" in page.text and "行政许可法第三十二条" in page.text
    assert "Licensing Law, art. 32" in client.get(f"/track/{code}?lang=en").text
    desk = at_desk(app, "shichang.window").get(f"/desk/cases/{guide}")
    assert "告知当事人" in desk.text and "您申请的事项自2026年3月2日起取消" in desk.text and "已告知" in desk.text and "事项有变动" in desk.text


def test_the_public_site_follows_and_old_addresses_lead_on(app, client, published):
    published(FOOD)
    published("temporary-identity")
    suspend(app)
    draw_site(app)
    page = client.get(f"/guides/{OPEN}/")
    assert "本事项暂停办理" in page.text and "某省人民政府令第1号" in page.text and "暂停期间不能照此申请" in page.text
    assert client.get(f"/pdf/{OPEN}.pdf", status=301, follow=False).response.headers["Location"] == f"/guides/{OPEN}/"
    assert "本事项暂停办理" in client.get(f"/guides/{OPEN}/at/990421101000/").text
    assert OPEN not in client.get("/guides/").html and OPEN not in client.get("/data/guides.json").response.text
    assert "暂停办理：" in client.get("/data/changes.xml").response.text and "自2026年3月2日起暂停办理" in client.get("/changes/").text
    suspend(app, "merged", successor=FOOD)
    draw_site(app)
    moved = client.get(f"/guides/{OPEN}/", status=301, follow=False)
    assert moved.response.headers["Location"] == f"/guides/{FOOD}/"
    assert "起并入本事项，请按这份指南办理" in client.get(f"/guides/{OPEN}/").text
    assert client.get(f"/en/guides/{OPEN}/", status=301, follow=False).response.headers["Location"] == f"/en/guides/{FOOD}/"
    suspend(app, "in_force")
    draw_site(app)
    assert client.get(f"/guides/{OPEN}/").response.status_code == 200 and "起并入本事项" not in client.get(f"/guides/{FOOD}/").text


def test_the_pdf_of_a_published_revision_says_that_its_item_is_suspended(app, client):
    suspend(app)
    assert "本事项自2026年3月2日起暂停办理" in client.get(f"/revisions/{OPEN}/1").text


def test_a_guide_handed_down_stays_with_the_places_below(app, client, published):
    published("subsistence-allowance")
    with app.extensions["banshi"].database.writing() as db:
        one = db.scalar(select(Item).where(Item.slug == "subsistence-allowance"))
        one.life, one.life_since, one.life_reason = Life.HANDED_DOWN, date(2026, 3, 2), "下放"
        db.add(ItemChange(item_id=one.id, life=Life.HANDED_DOWN, since=date(2026, 3, 2), reason="下放", basis="某令", at=NOW))
        db.commit()
    draw_site(app)
    page = client.get("/guides/subsistence-allowance/")
    assert "自2026年3月2日起下放" in page.text and "依据：某令" in page.text
    assert "/at/" not in page.html or "990421000000/" not in page.html
    page = client.get("/apply/subsistence-allowance")
    assert "开始填写" in page.text and "政务服务中心" not in " ".join(one.text or "" for one in page.all("option"))


def test_search_finds_what_is_not_open_after_what_is_and_says_so(app, client, published):
    published(FOOD)
    assert "暂停办理" not in client.get("/search?q=餐饮").text
    suspend(app)
    text = client.get("/search?q=餐饮").text
    assert "暂停办理" in text and "开办餐饮店" in text
    assert "Suspended" in client.get("/search?q=餐饮&lang=en").text
