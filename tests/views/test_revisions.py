"""The guide desk through the web: from a draft to the published page by five roles, and everything that stands on the way."""
import re

import pytest
from sqlalchemy import select

from portal.actions import importing
from portal.jobs import Tools, sites
from portal.models.guides import GuideRevision, Item
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.rules.importing import sources
from portal.rules.workflow import Stop
from tests.actions.cases import sample
from tests.actions.revisions import (
    APPROVER,
    CHECKER,
    EDITOR,
    FOOD,
    HANDS,
    LEGAL,
    PUBLISHER,
    broken,
    drafted,
    moving,
    walked,
)
from tests.conftest import NOW
from tests.house.test_budgets import STATEMENTS, counted
from tests.inspector import Inspector
from tests.views.officers import at_desk
from tests.views.walks import form_to

STEPS = ("送法制审核", "法制审核通过", "确认内容属实", "审定通过", "立即公布")


@pytest.fixture
def stored(app):
    """Keeps a draft and brings it to a stop: `stored(Stop.FACTS)`; its number."""
    def keep(at: Stop = Stop.DRAFT, file: GuideFile | None = None) -> int:
        with app.extensions["banshi"].database.writing() as db:
            revision_id = walked(db, drafted(db, file), at).id if at is not Stop.DRAFT else drafted(db, file).id
            db.commit()
            return revision_id
    return keep


def state(app, revision_id: int) -> str:
    with app.extensions["banshi"].database.reading() as db:
        return db.scalar(select(GuideRevision.state).where(GuideRevision.id == revision_id))


def press(browser: Inspector, revision_id: int, move: str, status: int = 200, **typed):
    form = form_to(browser.get(f"/desk/guides/{revision_id}"), f"/moves/{move}")
    return browser.submit(form.set(**{f"{move}-{name}": value for name, value in typed.items()}), status=status)


def draw_site(app) -> None:
    """Does what the worker would: the pages that the outbox asks for."""
    parts = app.extensions["banshi"]
    with parts.database.reading() as db:
        ids = [{"item_id": row} for row in db.scalars(select(GuideRevision.item_id).distinct())]
    sites.publish_guides(Tools(parts.config, parts.database, parts.keys, parts.storage), ids)


def taken_over(material) -> GuideFile:
    """A real guide, imported; what it lacks here is the county's own: its department."""
    path = next(material.rglob("g01*.json"))
    [row] = [row for row in sources.read(path.name, path.read_bytes(), path.stem) if row.file]
    return row.file


def test_a_draft_is_carried_to_the_public_by_five_roles(app, stored):
    revision_id = stored()
    for username, words in zip(HANDS, STEPS, strict=True):
        browser = at_desk(app, username)
        assert words in browser.get("/desk/guides?mine=1").text or browser.get(f"/desk/guides/{revision_id}").text
        page = press(browser, revision_id, "publish" if username == PUBLISHER else "send_on")
    assert "已公布" in page.text and state(app, revision_id) == "published"
    draw_site(app)
    public = Inspector(app).get(f"/guides/{FOOD}/")
    assert public.h1 == "食品经营许可"
    assert page.links()["打开公开的页面"] in public.response.request.path


def mended(file: GuideFile) -> GuideFile:
    """What the editor puts right in the imported guide: its owner is of this county, the certificate is made by a stage,
    and the telephone is one."""
    plain = yaml.plain(file)
    guide = plain["guide"]
    guide["item"]["department"] = "青禾县市场监督管理局"
    guide["complaints"][0]["telephone"] = "020-84912306"
    for stage in guide["variants"][0]["stages"]:
        if stage["kind"] == "decide":
            stage["produces"] = [guide["variants"][0]["results"][0]["key"]]
    return GuideFile.model_validate(plain)


def test_a_real_guide_is_imported_and_carried_to_the_public(app, material):
    file = taken_over(material)
    with app.extensions["banshi"].database.writing() as db:
        importing.keep(db, file, "g01.json", NOW)
        db.commit()
        revision_id = db.scalar(select(GuideRevision.id))
    page = at_desk(app, EDITOR).get(f"/desk/guides/{revision_id}")
    assert "部门名录" in page.text and "不完整或不像电话号码" in page.text
    assert not [form for form in page.all("form") if (form.get("action") or "").endswith("/moves/send_on")]
    with app.extensions["banshi"].database.writing() as db:
        revision = db.get_one(GuideRevision, revision_id)
        revision.document = yaml.plain(mended(file))
        db.commit()
    for username in HANDS:
        press(at_desk(app, username), revision_id, "publish" if username == PUBLISHER else "send_on")
    draw_site(app)
    with app.extensions["banshi"].database.reading() as db:
        slug = db.scalar(select(Item.slug))
    assert Inspector(app).get(f"/guides/{slug}/").h1 == file.guide.item.name.zh


def test_each_hand_finds_on_its_shelf_what_waits_for_it(app, stored):
    for at, username in zip([Stop.DRAFT, Stop.LEGALITY, Stop.FACTS, Stop.APPROVAL, Stop.RELEASE], HANDS, strict=True):
        stored(at)
        for other in HANDS:
            found = at_desk(app, other).get("/desk/guides?mine=1").text
            assert ("食品经营许可" in found) == (other == username), (at, other)
    assert "现在没有轮到您办的指南" in at_desk(app, "gongan.head").get("/desk/guides?mine=1").text


def test_sending_back_without_words_keeps_the_page_and_with_words_tells_the_editor(app, stored):
    revision_id = stored(Stop.LEGALITY)
    legal = at_desk(app, LEGAL)
    page = press(legal, revision_id, "send_back", status=422, words="  ")
    assert "请写明退回理由" in page.text and state(app, revision_id) == "legal_review"
    press(legal, revision_id, "send_back", words="第二条依据已经废止")
    assert "第二条依据已经废止" in at_desk(app, EDITOR).get(f"/desk/guides/{revision_id}").text
    assert state(app, revision_id) == "draft"


def test_who_comes_second_is_told_and_keeps_her_words(app, stored):
    revision_id = stored(Stop.LEGALITY)
    legal = at_desk(app, LEGAL)
    form = form_to(legal.get(f"/desk/guides/{revision_id}"), "/moves/send_back").set(**{"send_back-words": "我写的理由"})
    with app.extensions["banshi"].database.writing() as db:
        walked(db, db.get_one(GuideRevision, revision_id), Stop.FACTS)
        db.commit()
    page = legal.submit(form, status=409)
    assert "同事可能刚办过" in page.text and "我写的理由" in page.text and state(app, revision_id) == "fact_check"


@pytest.mark.parametrize("username", ["shichang.window", "jiandu"])
def test_who_has_no_hand_in_it_reads_and_does_nothing(app, stored, username):
    revision_id = stored(Stop.LEGALITY)
    browser = at_desk(app, username)
    page = browser.get(f"/desk/guides/{revision_id}")
    assert "现在没有要您办的" in page.text and "由法制人员做" in page.text
    token = {"csrf_token": page.form("退出").data["csrf_token"]} if "退出" in page.text else {}
    browser.post(f"/desk/guides/{revision_id}/moves/send_on", token | {"send_on-seen": "1"}, status=404 if token else 400)
    assert state(app, revision_id) == "legal_review"


def test_a_hand_that_is_not_asked_now_reads_why(app, stored):
    revision_id = stored(Stop.LEGALITY)
    publisher = at_desk(app, PUBLISHER)
    page = publisher.get(f"/desk/guides/{revision_id}")
    token = next(control.get("value") for control in page.all("input") if control.get("name") == "csrf_token") \
        if "csrf_token" in page.html else publisher.get(f"/desk/guides/{revision_id}/remark?at=/guide/item").form("意见").data["csrf_token"]
    with app.extensions["banshi"].database.reading() as db:
        version = db.scalar(select(GuideRevision.version))
    answer = publisher.post(f"/desk/guides/{revision_id}/moves/publish", {"csrf_token": token, "publish-seen": str(version)}, status=409)
    assert "不能立即公布" in answer.text and state(app, revision_id) == "legal_review"


def test_errors_and_an_unknown_owner_stand_on_the_page_with_a_way_to_mend_them(app, stored):
    revision_id = stored(file=broken(sample(FOOD)))
    page = at_desk(app, EDITOR).get(f"/desk/guides/{revision_id}")
    assert "处错误，改好才能送法制审核" in page.text
    assert any(f"/desk/guides/{revision_id}/edit/" in address for address in page.links().values())


def test_a_remark_is_tied_to_its_element_and_settled(app, stored):
    revision_id = stored(Stop.LEGALITY)
    legal = at_desk(app, LEGAL)
    page = legal.get(f"/desk/guides/{revision_id}/elements")
    address = next(a.get("href") for a in page.all("a") if (a.get("href") or "").endswith("remark?at=/guide/legal_basis/1"))
    form = legal.get(address).form("意见")
    assert "请写明意见" in legal.submit(form, status=422).text
    page = legal.submit(legal.get(address).form("意见").set(words="这一条没有施行日期"))
    assert "依据“食品经营许可和备案管理办法”" in page.text and "这一条没有施行日期" in page.text
    assert "1条意见没有处理" in page.text
    assert "这一条没有施行日期" in legal.get(f"/desk/guides/{revision_id}/elements").text
    assert "写意见" not in at_desk(app, "shichang.window").get(f"/desk/guides/{revision_id}/elements").text
    page = legal.submit(form_to(legal.get(f"/desk/guides/{revision_id}"), "/settle"))
    assert "1条意见没有处理" not in page.text
    legal.get(f"/desk/guides/{revision_id}/remark?at=/guide/nothing", status=404)


def test_it_is_scheduled_for_a_time_on_the_offices_clock(app, stored):
    revision_id = stored(Stop.RELEASE)
    publisher = at_desk(app, PUBLISHER)
    for typed, said in (("", "请填写公布时间"), ("明天", "不是一个时间"), ("0001-01-01T00:00", "不是一个时间"), ("2020-01-01T08:00", "已经过了")):
        assert said in press(publisher, revision_id, "schedule", status=422, at=typed).text
    page = press(publisher, revision_id, "schedule", at="2099-12-01T08:30")
    assert "定时发布" in page.text and "2099年12月1日 08:30" in page.text


def test_withdrawing_leaves_a_notice_at_its_address(app, stored):
    revision_id = stored(Stop.RELEASE)
    publisher = at_desk(app, PUBLISHER)
    press(publisher, revision_id, "publish")
    draw_site(app)
    page = press(publisher, revision_id, "withdraw", words="本事项自即日起由市里办理")
    assert "已撤下" in page.text
    draw_site(app)
    public = Inspector(app)
    notice = public.get(f"/guides/{FOOD}/")
    assert "已撤下" in notice.text and "本事项自即日起由市里办理" in notice.text
    assert "食品经营许可" not in public.get("/guides/").text
    assert "已撤下" in public.get(f"/pdf/{FOOD}.pdf").text, "its paper leads to the notice"
    assert "withdrawn" in public.get(f"/en/guides/{FOOD}/").text


def test_a_published_one_is_revised_and_the_difference_is_read(app, stored):
    revision_id = stored(Stop.RELEASE)
    press(at_desk(app, PUBLISHER), revision_id, "publish")
    editor = at_desk(app, EDITOR)
    page = press(editor, revision_id, "revise")
    fresh = int(re.search(r"/desk/guides/(\d+)$", page.response.request.path)[1])
    assert fresh != revision_id and "草稿" in page.text
    assert "完全相同" in editor.get(f"/desk/guides/{fresh}/difference/{revision_id}").text
    with app.extensions["banshi"].database.writing() as db:
        revision = db.get_one(GuideRevision, fresh)
        document = {**revision.document, "guide": {**revision.document["guide"], "scope": "在青禾县经营食品的单位。"}}
        document["guide"]["variants"] = [document["guide"]["variants"][0] | {"name": "新开办"}, *document["guide"]["variants"][1:]]
        revision.document = document
        db.commit()
    there, back = (editor.get(f"/desk/guides/{a}/difference/{b}") for a, b in ((fresh, revision_id), (revision_id, fresh)))
    assert "从第 1 版到第 2 版" in there.text and there.text.count("修改") == back.text.count("修改") > 0
    assert there.all("ins") and there.all("del") and "适用范围" in there.text
    assert "From revision 1 to revision 2" in editor.get(f"/desk/guides/{fresh}/difference/{revision_id}?lang=en").text


def test_the_preview_is_marked_and_for_staff_alone(app, stored):
    revision_id = stored(file=None)
    editor = at_desk(app, "shichang.window")
    for part in ("page", "form", "chart"):
        page = editor.get(f"/desk/guides/{revision_id}/preview/{part}")
        assert "不能作为办事依据" in page.text and "食品经营许可" in page.text
        assert page.response.headers["X-Robots-Tag"].startswith("noindex") and "noindex" in page.html
        assert "Preview: revision 1" in editor.get(f"/desk/guides/{revision_id}/preview/{part}?lang=en").text
    assert len(editor.get(f"/desk/guides/{revision_id}/preview/chart").all("{http://www.w3.org/2000/svg}svg") or
               editor.get(f"/desk/guides/{revision_id}/preview/chart").all("ol")) > 0
    for kind in ("guide", "form", "filled"):
        answer = editor.get(f"/desk/guides/{revision_id}/preview/{kind}.pdf")
        assert answer.data.startswith(b"%PDF") and "noindex" in answer.response.headers["X-Robots-Tag"]
    editor.get(f"/desk/guides/{revision_id}/preview/other.pdf", status=404)
    nobody = Inspector(app)
    assert "sign-in" in nobody.browser.get(f"/desk/guides/{revision_id}/preview/guide.pdf").headers["Location"]


def test_a_township_sees_what_is_offered_in_it(app, stored):
    revision_id = stored(Stop.RELEASE)
    press(at_desk(app, PUBLISHER), revision_id, "publish")
    offered = {offering.place for offering in sample(FOOD).offerings}
    assert "990421101000" in offered
    yunling = at_desk(app, "yunling.window")
    assert "食品经营许可" in yunling.get("/desk/guides").text
    with app.extensions["banshi"].database.writing() as db:
        other = drafted(db, slug="senior-allowance").id
        db.commit()
    assert at_desk(app, "shichang.window").get(f"/desk/guides/{other}").status == 200
    yunling.get(f"/desk/guides/{other}", status=404)


def test_the_pages_keep_the_statements(app, stored, statements):
    revision_id = stored(Stop.LEGALITY)
    with app.extensions["banshi"].database.writing() as db:
        for number in range(5):
            from portal.actions import revisions
            revisions.remark(moving(db, LEGAL), db.get_one(GuideRevision, revision_id), "/guide/item/name", f"意见{number}")
        db.commit()
    legal = at_desk(app, LEGAL)
    for address in ("/desk/guides", "/desk/guides?mine=1&state=draft&q=食", f"/desk/guides/{revision_id}", f"/desk/guides/{revision_id}/elements",
                    f"/desk/guides/{revision_id}/preview/page"):
        with statements() as sent:
            legal.get(address)
        assert counted(sent) <= STATEMENTS, (address, sent)


@pytest.mark.parametrize("username", [CHECKER, APPROVER])
def test_every_page_speaks_english(app, stored, username):
    revision_id = stored(Stop.FACTS)
    browser = at_desk(app, username)
    for address in ("/desk/guides", f"/desk/guides/{revision_id}", f"/desk/guides/{revision_id}/elements",
                    f"/desk/guides/{revision_id}/remark?at=/guide/item/name"):
        page = browser.get(f"{address}{'&' if '?' in address else '?'}lang=en")
        assert page.root.get("lang") == "en" or page.all("html")[0].get("lang") == "en"
