"""Indexes: every guide is found under its department, its themes, its audiences and its tiers, in both languages."""
import pytest

from portal.publishing import indexes
from portal.publishing.cards import pinyin
from portal.publishing.themes import ENGLISH, named
from portal.rules.guide.codes import Audience
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from tests.publishing.editions import edition, published, sample_edition
from tests.rules.guides import good_guide

COUNTY = sample_edition()


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_every_guide_stands_on_the_page_of_all_and_under_each_of_its_words(locale):
    found = {index.name: index for index in indexes.indexes(COUNTY, locale)}
    everything = {line.title.href for group in found["guides"].groups for line in group.lines}
    assert len(everything) == len(COUNTY.guides)
    for way in indexes.WAYS:
        under = {line.title.href for name, index in found.items() if name.startswith(f"{way.name}/")
                 for group in index.groups for line in group.lines}
        assert under == everything, way.name


def test_a_link_counts_what_its_page_lists():
    found = {index.name: index for index in indexes.indexes(COUNTY, "zh-Hans")}
    for way in indexes.WAYS:
        for link in found[way.name].groups:
            page = found[link.title.href.strip("/")]
            assert link.count == len(page.groups[0].lines) > 0


def test_addresses_are_plain_and_each_its_own():
    names = [index.name for index in indexes.indexes(COUNTY, "en")]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name == name.lower() and " " not in name for name in names)
    assert pinyin("公安局") == "gong-an-ju" and pinyin("《甲》A1") == "jia-a1"


def test_closed_lists_keep_their_order():
    named_ = [text.zh for text, _, _ in indexes.groups(COUNTY, "audiences")]
    assert named_ == [one.text.zh for one in Audience if one.text.zh in named_]


def test_themes_of_the_national_list_have_english_names():
    used = {theme.zh for guide in COUNTY.guides
            for theme in (*guide.file.guide.item.person_themes, *guide.file.guide.item.organisation_themes)}
    assert used <= set(ENGLISH)
    assert named(Text(zh="婚姻登记")).en == "Marriage"
    assert named(Text(zh="婚姻登记", en="Own word")).en == "Own word" and named(Text(zh="没有的")).en is None


def test_a_line_says_what_is_promised_also_where_only_the_results_say_it():
    plain = good_guide()
    plain["guide"]["variants"] = plain["guide"]["variants"][1:]
    plain["guide"]["variants"][0].pop("promised")
    plain["guide"]["variants"][0]["results"][0]["limit"] = {"amount": 4}
    found = indexes.indexes(edition(published(GuideFile.model_validate(plain))), "zh-Hans")
    lines = [line for index in found if index.name == "guides" for group in index.groups for line in group.lines]
    assert "4个工作日" in [str(fact) for fact in lines[0].facts]


def test_a_guide_without_department_is_listed_all_the_same():
    plain = good_guide()
    del plain["guide"]["item"]["department"]
    lone = edition(published(GuideFile.model_validate(plain)))
    assert [text.en for text, _, _ in indexes.groups(lone, "departments")] == ["Other departments"]
