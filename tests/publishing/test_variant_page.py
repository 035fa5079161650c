"""Each situation of a guide has its own page, and the questions on the guide's page lead there by links alone."""
import re

import pytest

from portal.publishing import addresses, guide_page, pages, variant_page
from portal.rules.guide.document import GuideFile
from tests.house.surfaces import words
from tests.publishing.editions import edition, published, sample_edition, variant_pages
from tests.rules.guides import good_file, good_guide

LOCALES = ("zh-Hans", "en")
HREF = re.compile(r'href="([^"]*)"')


def drawn(guide, around, locale: str = "zh-Hans") -> str:
    return str(pages.guide_body(guide_page.facts(guide, around, locale)))


def test_a_page_has_the_documents_of_its_variant_and_no_others():
    guide = good_file().guide
    names = {one.key: {row.name.zh for row in one.documents} for one in guide.variants}
    for variant, page in zip(guide.variants, variant_pages(published(), edition(), "zh-Hans"), strict=True):
        said = words(str(pages.body("variant", page=page)))
        assert all("".join(name.split()) in said for name in names[variant.key])
        others = set().union(*names.values()) - names[variant.key]
        assert others and not [name for name in others if name in said]
        assert str(pages.body("variant", page=page)).count("<svg") == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_from_every_guide_of_the_county_links_lead_to_each_variant(locale):
    around = sample_edition()
    for guide in around.guides:
        keys = variant_page.keys(guide.file.guide)
        found = HREF.findall(drawn(guide, around, locale).partition('id="situations"')[2].partition("</section>")[0])
        assert {addresses.variant(guide.slug, key, locale) for key in keys} <= set(found), guide.slug
        assert [one.address for one in variant_pages(guide, around, locale)] == [
            addresses.variant(guide.slug, key, locale) for key in keys]


def test_who_applies_from_a_variant_takes_the_answer_along():
    around = sample_edition("water-abstraction-permit")
    guide = around.guides[0]
    found = {page.address: page.links["apply"].href for page in variant_pages(guide, around, "en")}
    assert found[addresses.variant(guide.slug, "new", "en")] == f"/apply/{guide.slug}?lang=en&a-matter=new"


def test_several_questions_are_folded_one_in_another_and_say_where_nothing_fits():
    plain = good_guide()
    plain["guide"]["situations"] = [
        {"key": "kind", "label": "种类", "type": "choice", "options": [{"value": "a", "label": "甲类"}, {"value": "b", "label": "乙类"}]},
        {"key": "large", "label": "面积大", "type": "yes_no", "when": {"field": "kind", "value": "a"}}]
    first, second = plain["guide"]["variants"][:2]
    first["when"] = {"all": [{"field": "kind", "value": "a"}, {"field": "large", "value": True}]}
    second["when"] = {"field": "kind", "value": "b"}
    del plain["guide"]["variants"][2:]
    file = GuideFile.model_validate(plain)
    html = drawn(published(file), edition(published(file))).partition('id="situations"')[2].partition("</section>")[0]
    assert html.count("<details>") == 1 and "<form" not in html
    assert '<a href="#contact">否：本指南没有这种情形，请先咨询</a>' in html


def test_a_guide_with_one_variant_has_its_only_page():
    plain = good_guide()
    del plain["guide"]["variants"][1:]
    plain["guide"]["variants"][0].pop("when", None)
    file = GuideFile.model_validate(plain)
    assert not list(variant_pages(published(file), edition(published(file)), "zh-Hans"))
    assert "/for/" not in drawn(published(file), edition(published(file)))
