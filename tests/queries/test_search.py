"""What a query finds, and in which order: names before other words, the shorter name first."""
import pytest

from portal.actions import guides
from portal.queries import search
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.rules.guide.limits import Limit
from tests.conftest import NOW
from tests.engines import ENGINES
from tests.samples import sample


def test_a_name_goes_before_a_mention(db):
    for slug in ("food-business-licence", "open-restaurant"):
        revision, _ = guides.draft(db, sample(slug), slug, NOW)
        guides.publish(db, revision, NOW)
    found = [hit.slug for hit in search.find(db, "食品经营许可")]
    assert found[0] == "food-business-licence"
    assert search.find(db, "食品经营许可", limit=1)[0].slug == found[0]


def test_a_line_says_what_is_promised_also_where_only_the_results_say_it(db):
    plain = yaml.plain(sample("food-business-licence"))
    for variant in plain["guide"]["variants"]:
        promised = variant.pop("promised")
        variant["results"][0]["limit"] = promised
    revision, _ = guides.draft(db, GuideFile.model_validate(plain), "food", NOW)
    guides.publish(db, revision, NOW)
    assert search.find(db, "食品经营许可")[0].promise == Limit.model_validate(plain["guide"]["variants"][0]["results"][0]["limit"])


@pytest.fixture(params=ENGINES)
def few(request, kept):
    """A session of a county with these guides in force."""
    slugs = ("food-business-licence", "open-restaurant", "resident-id-card", "senior-allowance")
    with kept(request.param, slugs).lent() as database, database.writing() as db:
        yield db


def slugs(db, query: str) -> list[str]:
    return [hit.slug for hit in search.find(db, query)]


def test_pinyin_written_together_finds_what_its_characters_find(few):
    assert slugs(few, "shipinjingyingxuke") == slugs(few, "SHIPIN jingyingxuke") == ["food-business-licence"]
    assert "open-restaurant" in slugs(few, "canyin")


def test_a_question_finds_what_its_words_find(few):
    for question in ("怎么办食品经营许可", "我要办食品经营许可", "请问食品经营许可在哪里办？", "食品经营许可需要什么材料", "如何申请食品经营许可"):
        assert slugs(few, question) == slugs(few, "食品经营许可"), question


def test_where_nothing_has_every_word_the_nearest_are_named_as_such(few):
    answer = search.answer(few, "食品经营许可丢了补一本")
    assert answer.found[0].slug == "food-business-licence" and not answer.whole and answer.total >= 1
    assert search.answer(few, "食品经营许可").whole
    assert search.answer(few, "量子火箭许诺发射") == search.Answer([], 0)


def test_the_total_is_that_of_all_pages(few):
    first, second = (search.answer(few, "证", limit=1, page=page) for page in (1, 2))
    assert first.total == second.total == len(search.find(few, "证")) > 1
    assert first.found != second.found
    assert search.answer(few, "证", limit=1, page=99) == search.Answer([], first.total)
    assert search.answer(few, "食品经营", page=2) == search.Answer([], len(search.find(few, "食品经营")))


def test_a_department_has_the_english_of_the_directory(few):
    assert search.find(few, "食品经营许可")[0].department.en
