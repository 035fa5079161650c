"""A guide as a page: the summary first and in plain words, Chinese marked as such where English is missing."""
import re

import pytest

from portal.publishing import guide_page, pages
from portal.rules.guide.document import GuideFile
from tests.publishing.editions import edition, published, sample_edition
from tests.rules.guides import good_guide


def view(plain: dict, locale: str = "zh-Hans", **more):
    return guide_page.facts(published(GuideFile.model_validate(plain)), edition(), locale, **more)


def row(page, label: str) -> str:
    found = next(one for one in page.summary if one.label == label)
    return "；".join([*map(str, found.values), *(f"{name}：{'，'.join(map(str, said))}" for name, said in found.groups)])


def test_the_summary_answers_the_five_questions_before_all_else():
    page = view(good_guide())
    assert [one.label for one in page.summary] == ["谁可以办", "要带什么", "不用带", "多久办好", "多少钱", "在哪里办"]
    body = pages.guide_body(page)
    assert body.index("一看就懂") < body.index("/apply/green") < body.index('class="toc"') < body.index("<table")


def test_what_is_exempt_is_not_to_be_brought():
    plain = good_guide()
    exempt = next(one for variant in plain["guide"]["variants"] for one in variant["documents"] if one.get("exempt"))
    page = view(plain)
    assert exempt["name"]["zh"] in row(page, "不用带") and exempt["name"]["zh"] not in row(page, "要带什么")


def test_what_all_situations_ask_for_is_said_once():
    plain = good_guide()
    for variant in plain["guide"]["variants"]:
        variant["documents"].append({"key": "same", "name": "到处都要的材料", "originals": 1})
    assert row(view(plain), "要带什么").count("到处都要的材料") == 1


def results_promise(*limits: int) -> dict:
    """The good guide's first permit without a promise of its own, with results that have these limits in working days."""
    plain = good_guide()
    variant = plain["guide"]["variants"][1]
    del variant["promised"]
    for result, limit in zip(variant["results"], limits, strict=True):
        result["limit"] = {"amount": limit}
    plain["guide"]["variants"] = [variant]
    return plain


def test_the_promise_may_stand_in_the_results():
    assert row(view(results_promise(5, 5)), "多久办好") == "受理后5个工作日（法律规定最长20个工作日）"
    said = row(view(results_promise(5, 3)), "多久办好")
    assert said == "受理后5个工作日（法律规定最长20个工作日）；临时占用绿地许可证：5个工作日；不予许可决定书：3个工作日"
    body = pages.guide_body(view(results_promise(5, 3), "en"))
    assert "Decision of refusal: 3 working days" in body and "5 working days from acceptance" in body


def test_an_only_situation_has_no_fold():
    plain = good_guide()
    assert "<details" in pages.guide_body(view(plain)).partition('id="conditions"')[0]
    plain["guide"]["variants"] = plain["guide"]["variants"][:1]
    assert "<details" not in pages.guide_body(view(plain)).partition('id="conditions"')[0]


def test_text_without_english_stands_in_chinese_and_says_so():
    plain = good_guide()
    plain["guide"]["scope"] = "只有中文的范围"
    body = pages.guide_body(view(plain, "en"))
    assert '<span lang="zh-Hans">只有中文的范围</span>' in body
    assert "只有中文的范围" in pages.guide_body(view(plain)) and '<span lang="zh-Hans">' not in pages.guide_body(view(plain))


def test_an_english_page_has_no_chinese_that_is_not_marked():
    for guide in sample_edition().guides:
        body = pages.guide_body(guide_page.facts(guide, sample_edition("food-business-licence"), "en"))
        body = re.sub(r"<svg.*?</svg>", "", body, flags=re.DOTALL)  # a chart is a picture with a title
        bare = re.sub(r'<(span|a)[^>]* lang="zh-Hans"[^>]*>.*?</\1>', "", body, flags=re.DOTALL)
        assert not re.search(r"[一-鿿]{2,}", re.sub(r"<[^>]+>", "", bare)), guide.slug


def test_values_are_escaped():
    plain = good_guide()
    plain["guide"]["summary"] = "<img src=x onerror=alert(1)>"
    plain["guide"]["enquiries"][0]["url"] = "javascript:alert(1)"
    body = pages.guide_body(view(plain))
    assert "<img" not in body and 'href="javascript' not in body


def test_many_places_have_a_page_of_their_own_and_all_stand_on_paper():
    plain = good_guide()
    plain["offerings"] = [{"place": f"99042110{at}000", "place_name": f"第{at}个办理点", "roles": ["advises"]} for at in range(1, 10)]
    page, whole = view(plain), view(plain, whole=True)
    assert "第9个办理点" not in pages.guide_body(page) and "/guides/green/places/" in pages.guide_body(page)
    assert "第9个办理点" in pages.body("places", page=page)
    assert whole.places is None and "第9个办理点" in pages.guide_body(whole)


def test_a_place_without_windows_has_the_address_and_hours_of_the_directory():
    county = sample_edition("food-business-licence")
    plain = good_guide()
    plain["offerings"] = [{"place": "990421102000", "roles": ["receives"]}]
    page = guide_page.facts(published(GuideFile.model_validate(plain)), county, "en")
    known = county.places["990421102000"]
    body = pages.guide_body(page)
    assert known.telephone in body and str(known.centre.en) in body and "Mon–" in body


@pytest.mark.parametrize("sample", [True, False])
def test_a_sample_says_so(sample):
    plain = good_guide()
    plain["guide"]["provenance"]["sample"] = sample
    assert ("示例内容" in pages.guide_body(view(plain))) is sample


def test_a_preview_leads_nowhere():
    assert "/apply/" not in pages.guide_body(view(good_guide()), preview=True)
