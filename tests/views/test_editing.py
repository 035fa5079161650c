"""Editing a draft on the web: every section of a guide is one page, its rows work without scripts, nothing typed is lost."""
import gzip

import pytest
from sqlalchemy import select

from portal.actions import guides
from portal.models.editing import GuideRemark
from portal.models.guides import GuideRevision, RevisionState
from portal.models.people import Staff
from portal.rules.guide import sections
from portal.rules.guide.document import GuideFile
from tests.conftest import NOW
from tests.rules.guides import good_file, good_guide
from tests.views.officers import at_desk

KB = 1024


def drafted(app, file: GuideFile | None = None) -> int:
    with app.extensions["banshi"].database.writing() as db:
        revision, _ = guides.draft(db, file or good_file(), "green", NOW)
        db.commit()
        return revision.id


def stored(app, revision_id: int) -> GuideFile:
    with app.extensions["banshi"].database.reading() as db:
        return GuideFile.model_validate(db.get_one(GuideRevision, revision_id).document)


def url(revision_id: int, section: str = "") -> str:
    return f"/desk/guides/{revision_id}/edit" + (f"/{section}" if section else "")


@pytest.fixture
def revision_id(app):
    return drafted(app)


@pytest.fixture
def editor(app):
    return at_desk(app, "bianji")


def edit_form(page):
    return page.form('name="before"')


def press(browser, page, button, **more):
    """Presses a button of a row: the answer is the same page with everything typed."""
    return browser.submit(edit_form(page).set(**more).press(button))


def test_every_section_is_a_page_and_saving_it_unchanged_changes_nothing(app, editor, revision_id):
    file = stored(app, revision_id)
    page = editor.get(url(revision_id))
    links = [link for link in page.links().values() if "/edit/" in link]
    assert links == [url(revision_id, part.key) for part in sections.parts(file)]
    for number, address in enumerate(links):
        page = editor.get(f"{address}?lang={'en' if number % 2 else 'zh-Hans'}")
        editor.submit(edit_form(page).press("save"))
    assert stored(app, revision_id) == file
    assert "这一版没有动过" in editor.get(f"{url(revision_id)}?lang=zh-Hans").text


def test_a_changed_text_is_kept_and_the_list_says_who_saved(app, editor, revision_id):
    form = edit_form(editor.get(url(revision_id, "item"))).set(**{"item_name": "临时占用绿地", "item_name-en": "Green space", "summary": "一句话\n两句话"})
    page = editor.submit(form.press("next"))
    item = stored(app, revision_id)
    assert (item.guide.item.name.zh, item.guide.item.name.en, item.guide.summary.zh) == ("临时占用绿地", "Green space", "一句话\n两句话")
    assert "“事项和名称”已保存" in page.text and page.h1 == "对象和条件"
    assert "舒雅" in editor.get(url(revision_id)).text


def test_rows_are_added_moved_and_removed_without_scripts(app, editor, revision_id):
    page = editor.get(url(revision_id, "documents.extend"))
    page = press(editor, page, "add:variants_documents")
    page = press(editor, page, "up:variants_documents:2", **{"variants_documents-2-name": "身份证", "variants_documents-2-name-en": "ID card"})
    page = press(editor, page, "remove:variants_documents:0")
    assert [document.key for document in stored(app, revision_id).guide.variants[0].documents] == ["form", "permit"]
    editor.submit(edit_form(page).press("save"))
    documents = stored(app, revision_id).guide.variants[0].documents
    assert [(one.key, one.name.zh) for one in documents] == [("id_card", "身份证"), ("permit", "原许可证")]


def test_a_folded_row_is_opened_changed_and_folded_again(app, editor, revision_id):
    page = editor.get(url(revision_id, "documents.first"))
    assert "variants_documents-1-name" not in edit_form(page).names
    page = press(editor, page, "open:variants_documents:1")
    page = press(editor, page, "fold:variants_documents:1", **{"variants_documents-1-photocopies": "３"})
    editor.submit(edit_form(page).press("save"))
    document = stored(app, revision_id).guide.variants[1].documents[1]
    assert document.photocopies == 3 and document.key == "plan"


def test_a_mistake_stands_beside_its_field_and_nothing_typed_is_lost(app, editor, revision_id):
    page = editor.get(f"{url(revision_id, 'limits.first')}?lang=zh-Hans")
    form = edit_form(page).set(**{"variants_promised-amount": "五天", "variants_statutory-explanation": "另有规定的从其规定"})
    page = editor.submit(form.press("save"), status=422)
    assert "请只写数字，不带单位" in page.text and "已填写的内容都还在" in page.text
    assert edit_form(page).data["variants_promised-amount"] == "五天"
    assert edit_form(page).data["variants_statutory-explanation"] == "另有规定的从其规定"
    assert stored(app, revision_id) == good_file()
    page = editor.submit(edit_form(page).set(**{"variants_promised-amount": "6"}).press("save"))
    assert stored(app, revision_id).guide.variants[1].promised.amount == 6


def test_a_mistake_in_a_folded_row_opens_it(app, editor, revision_id):
    page = press(editor, editor.get(url(revision_id, "documents.first")), "open:variants_documents:1")
    page = press(editor, page, "fold:variants_documents:1", **{"variants_documents-1-name": "", "variants_documents-1-name-en": ""})
    page = editor.submit(edit_form(page).press("save"), status=422)
    assert "variants_documents-1-name" in edit_form(page).names
    assert any("variants_documents-1" in link for link in page.links().values())


def test_what_others_refer_to_cannot_go_and_says_by_its_name(app, editor, revision_id):
    page = press(editor, editor.get(url(revision_id, "form") + "?lang=zh-Hans"), "remove:form-0-fields:2")
    page = editor.submit(edit_form(page).press("save"), status=422)
    assert "“是否委托他人办理”" in page.text and "agent" not in page.text
    assert "用到它的地方： 申请材料：首次申请 申请表" in page.text


def test_lint_stands_beside_the_element_and_does_not_stop_a_draft(app, editor, revision_id):
    page = press(editor, editor.get(url(revision_id, "documents.first") + "?lang=zh-Hans"), "open:variants_documents:1")
    page = editor.submit(edit_form(page).set(**{"variants_documents-1-source": ""}).press("save"))
    assert stored(app, revision_id).guide.variants[1].documents[1].source is None
    assert "finding--error" in page.html
    assert "1处错误" in editor.get(url(revision_id)).text


def test_a_condition_is_built_by_buttons_and_said_as_a_sentence(app, editor, revision_id):
    page = press(editor, editor.get(url(revision_id, "fees.first") + "?lang=zh-Hans"), "add:variants_fees-0-when")
    assert "占用面积（平方米）大于20" in page.text or "20" in edit_form(page).data["variants_fees-0-when-0-v"]
    page = press(editor, page, "draw", **{"variants_fees-0-when-1-f": "agent"})
    form = edit_form(page).set(**{"variants_fees-0-when-1-v": "true", "variants_fees-0-when-k": "any"})
    page = editor.submit(form.press("draw"))
    assert "占用面积（平方米）大于20”，或者是否委托他人办理为“是”" in page.text.replace("大于20，", "大于20”，")
    editor.submit(edit_form(page).press("save"))
    when = stored(app, revision_id).guide.variants[1].fees[0].when
    assert [(part.field, part.value) for part in when.any] == [("area", 20), ("agent", True)]


def test_the_chart_is_drawn_from_what_is_typed(editor, revision_id):
    page = press(editor, editor.get(url(revision_id, "stages.first") + "?lang=zh-Hans"), "open:variants_stages:1")
    page = press(editor, page, "draw", **{"variants_stages-1-name": "到现场看一看", "variants_stages-1-limit-amount": "7"})
    assert "到现场看一看" in page.html and "7个工作日" in page.html and "<svg" in page.html


def test_htmx_gets_the_form_alone_and_findings_with_the_chart(app, editor, revision_id):
    page = editor.get(url(revision_id, "stages.first"))
    piece = editor.submit(edit_form(page).press("open:variants_stages:0"), **{"HX-Request": "true"})
    assert "<html" not in piece.html and 'id="edit"' in piece.html
    form = edit_form(piece).set(**{"variants_stages-0-limit-amount": "", "variants_stages-0-limit-unit": ""})
    form.action = url(revision_id, "stages.first") + "/look"
    look = editor.submit(form, **{"HX-Request": "true"})
    assert 'hx-swap-oob="true"' in look.html and "finding--warning" in look.html and "<svg" in look.html
    assert stored(app, revision_id) == good_file()


def test_a_date_that_is_none_is_told(app, editor, revision_id):
    page = editor.submit(edit_form(editor.get(url(revision_id, "item") + "?lang=zh-Hans")).set(item_takes_effect="明天").press("save"), status=422)
    assert "请写成 2026-01-31 的样子" in page.text and edit_form(page).data["item_takes_effect"] == "明天"


def test_money_is_typed_in_yuan(app, editor, revision_id):
    form = edit_form(editor.get(url(revision_id, "fees.first"))).set(**{"variants_fees-0-fen": "1,234.50"})
    editor.submit(form.press("save"))
    assert stored(app, revision_id).guide.variants[1].fees[0].fen == 123450


def test_the_second_editor_is_told_and_loses_nothing(app, editor, revision_id):
    other = at_desk(app, "admin")
    first, second = (edit_form(one.get(url(revision_id, "contacts") + "?lang=zh-Hans")) for one in (other, editor))
    other.submit(first.set(**{"enquiries-0-telephone": "0680-5550001", "follow_up": "打电话问"}).press("save"))
    page = editor.submit(second.set(**{"enquiries-0-telephone": "0680-5550002", "enquiries-0-note": "上午人少"}).press("save"), status=409)
    assert stored(app, revision_id).guide.enquiries[0].telephone == "0680-5550001"
    for words in ("管晓", "0680-5550160", "0680-5550001", "0680-5550002", "打电话问", "上午人少"):
        assert words in page.text, words
    form = edit_form(page)
    assert form.data["enquiries-0-telephone"] == "0680-5550002"
    assert form.data["enquiries-0-note"] == "上午人少" and form.data["follow_up"] == "打电话问"
    editor.submit(form.press("save"))
    guide = stored(app, revision_id).guide
    assert (guide.enquiries[0].telephone, guide.enquiries[0].note.zh, guide.follow_up.zh) == ("0680-5550002", "上午人少", "打电话问")


def test_different_sections_never_stand_in_each_others_way(app, editor, revision_id):
    other = at_desk(app, "admin")
    first, second = edit_form(other.get(url(revision_id, "item"))), edit_form(editor.get(url(revision_id, "rights")))
    other.submit(first.set(summary="甲").press("save"))
    editor.submit(second.set(**{"rights-0": "乙"}).press("save"))
    guide = stored(app, revision_id).guide
    assert (guide.summary.zh, guide.rights[0].zh) == ("甲", "乙")


def test_what_is_no_draft_any_more_is_not_changed_and_what_was_typed_stays(app, editor, revision_id):
    form = edit_form(editor.get(url(revision_id, "item") + "?lang=zh-Hans"))
    with app.extensions["banshi"].database.writing() as db:
        db.get_one(GuideRevision, revision_id).state = RevisionState.LEGAL_REVIEW
        db.commit()
    page = editor.submit(form.set(summary="来不及了").press("save"), status=409)
    assert "不能再改" in page.text and edit_form(page).data["summary"] == "来不及了"
    assert stored(app, revision_id) == good_file()
    assert editor.get(url(revision_id, "item"), follow=False, status=302).status == 302


@pytest.mark.parametrize("username", ["fazhi", "shichang.window", "jiandu"])
def test_only_editors_edit(app, revision_id, username):
    person = at_desk(app, username)
    person.get(url(revision_id), status=404)
    person.get(url(revision_id, "item"), status=404)


@pytest.mark.parametrize("data", [{}, {"before": "{}", "do": "up:nothing:1"}, {"before": "{}", "do": "open:variants_documents:99"},
                                  {"before": "[]"}, {"before": "{}", "variants_documents-n": "1", "variants_documents-0-json": "[1"}])
def test_a_form_that_is_none_of_ours_is_refused(editor, revision_id, data):
    token = edit_form(editor.get(url(revision_id, "documents.first"))).data["csrf_token"]
    editor.post(url(revision_id, "documents.first"), {**data, "csrf_token": token}, status=400)


def test_a_section_that_is_not_there_is_not_found(editor, revision_id):
    editor.get(url(revision_id, "nothing"), status=404)
    editor.get(url(revision_id, "documents.nobody"), status=404)
    editor.get(url(10_000), status=404)


def test_a_guide_with_a_hundred_questions_and_forty_documents_keeps_the_limits(app, editor, statements):
    plain = good_guide()
    variant = plain["guide"]["variants"][1]
    variant["documents"] += [{**variant["documents"][1], "key": f"d{number}", "name": f"第{number}份材料"} for number in range(40)]
    fields = [{"key": f"q{number}", "label": f"第{number}个问题", "type": "text", "when": {"field": "agent", "value": True}} for number in range(100)]
    plain["guide"]["form"].append({"key": "long", "title": "很长的一节", "fields": fields})
    revision_id = drafted(app, GuideFile.model_validate(plain))
    for address in ("", "documents.first", "form", "stages.first", "form?at=/guide/form/2/fields/50", "documents.first?at=/guide/variants/1/documents/30"):
        with statements() as sent:
            page = editor.get(url(revision_id, address))
        assert len(sent) <= 12
        assert len(gzip.compress(page.html.encode())) <= 14 * KB, address


def test_every_mistake_is_a_link_to_its_field(editor, revision_id):
    page = editor.get(url(revision_id, "offerings"))
    page = press(editor, page, "open:offerings:0")
    form = edit_form(page)
    form.data.pop("offerings-0-roles")
    page = editor.submit(form.set(**{"offerings-0-windows-0-hours-0-spans-0-opens": "早上八点"}).press("save"), status=422)
    ids = {element.get("id") for element in page.root.iter() if element.get("id")}
    linked = [link.removeprefix("#") for link in page.links().values() if link.startswith("#offerings")]
    assert len(linked) == 2 and set(linked) <= ids


def test_a_remark_stands_beside_its_element_and_a_place_leads_to_its_row(app, editor, revision_id):
    at = "/guide/variants/1/documents/2/name"
    with app.extensions["banshi"].database.writing() as db:
        legal = db.scalar(select(Staff).where(Staff.username == "fazhi"))
        db.add(GuideRemark(revision_id=revision_id, at_path=at, words="名称请照规章写", made_by_id=legal.id, made_at=NOW))
        db.commit()
    assert "1条意见" in editor.get(f"{url(revision_id)}?lang=zh-Hans").text
    page = editor.get(f"{url(revision_id)}?at={at}&lang=zh-Hans")
    assert page.h1.startswith("申请材料") and "variants_documents-2-name" in edit_form(page).names
    beside = next(element for element in page.root.iter() if element.get("id") == "said-variants_documents-2-name")
    assert "名称请照规章写" in "".join(beside.itertext()) and "程度" in "".join(beside.itertext())
