"""An editor at work in a real browser: a stage's limit, a new document, the chart, saving; with scripts and without."""
import pytest

from portal.actions import guides
from portal.models.guides import GuideRevision, RevisionState
from portal.rules.guide.document import GuideFile
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_pages import axe
from tests.browser.test_walk import sign_in
from tests.conftest import NOW
from tests.rules.guides import good_file
from tests.views.officers import at_desk

pytestmark = pytest.mark.browser


@pytest.fixture
def draft(live, request):
    """A draft of its own for each test, thrown away afterwards."""
    with live.app.extensions["banshi"].database.writing() as db:
        revision, _ = guides.draft(db, good_file(), "green", NOW)
        db.commit()
        number = revision.id
    yield number
    with live.app.extensions["banshi"].database.writing() as db:
        guides.drop(db, db.get_one(GuideRevision, number))
        db.commit()


def stored(live, number: int) -> GuideFile:
    with live.app.extensions["banshi"].database.reading() as db:
        revision = db.get_one(GuideRevision, number)
        assert revision.state == RevisionState.DRAFT
        return GuideFile.model_validate(revision.document)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_limit_and_a_document_are_changed(opened, live, draft, scripts):
    page = opened(scripts=scripts, view=DESKTOP if scripts else PHONE)
    sign_in(page, "bianji")
    page.goto(f"/desk/guides/{draft}/edit/stages.first")
    page.get_by_role("button", name="展开修改：现场踏勘").click()
    page.locator("#variants_stages-1-limit-amount").fill("3.5")
    if scripts:
        page.locator("#variants_stages-1-limit-amount").blur()
    else:
        page.get_by_role("button", name="按现在填的重画").click()
    page.locator("#chart svg", has_text="3.5个工作日").wait_for()
    assert page.locator("#variants_stages-1-limit-amount").input_value() == "3.5"
    page.get_by_role("button", name="保存", exact=True).last.click()
    page.get_by_text("“办理环节”已保存").wait_for()
    page.goto(f"/desk/guides/{draft}/edit/documents.extend")
    page.get_by_role("button", name="添加：材料").click()
    page.locator("#variants_documents-2-name").fill("相关材料")
    page.locator("#variants_documents-2-name-en").fill("Relevant papers")
    if scripts:
        page.locator("#variants_documents-2-name-en").blur()
        page.locator("#said-variants_documents-2-name .finding--error").wait_for()
        page.locator("#variants_documents-2-name").fill("身份证")
        page.locator("#variants_documents-2-name").blur()
        page.locator("#said-variants_documents-2-name .finding--error").wait_for(state="detached")
    page.get_by_role("button", name="上移：").last.click()
    page.locator("#variants_documents-1-name").wait_for()
    page.get_by_role("button", name="保存，去下一节").click()
    page.get_by_text("“申请材料”已保存").wait_for()
    variants = stored(live, draft).guide.variants
    assert variants[1].stages[1].limit.amount == 3.5
    assert [one.name.en for one in variants[0].documents] == ["Form for an extension", "Relevant papers", "The present permit"]


def test_a_condition_follows_the_question_that_is_chosen(opened, live, draft):
    page = opened(view=DESKTOP)
    sign_in(page, "bianji")
    page.goto(f"/desk/guides/{draft}/edit/fees.first")
    page.locator("#variants_fees-0-when-f").select_option("agent")
    page.locator("select#variants_fees-0-when-v").select_option("true")
    page.get_by_role("button", name="更新").click()
    page.get_by_text("是否委托他人办理为“是”").wait_for()
    assert page.locator("fieldset#variants_fees-0-when").count() == 1


@pytest.mark.parametrize(("language", "view"), [("zh-CN", PHONE), ("en-US", DESKTOP)], ids=["zh phone", "en desk"])
def test_the_pages_are_readable_by_all(opened, live, draft, language, view):
    page, officer, found = opened(view=view, language=language), at_desk(live.app, "bianji"), {}
    page.context.add_cookies([{"name": "banshi", "value": officer.browser.get_cookie("banshi").value, "url": live.url}])
    for section in ("", "/item", "/documents.first?at=/guide/variants/1/documents/3", "/stages.first?at=/guide/variants/1/stages/1",
                    "/form?at=/guide/form/0/fields/3", "/fees.first", "/offerings"):
        page.goto(f"/desk/guides/{draft}/edit{section}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[section] = "wider than the screen"
        if wrong := axe(page):
            found[section] = wrong
    assert not found
