"""A name with one sign changed is still known by it, and so is one that sounds like what was typed."""
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.rules import nearness, search
from tests.samples import samples

NAMES = [search.joined_run(file.guide.item.name.zh) for file in samples().values()]
names = st.sampled_from([name for name in NAMES if 4 <= len(name) <= 30])
signs = st.sampled_from("的一是不了在人有我他这中大来上国啊龘")


@given(names, st.integers(0, 40), signs)
def test_one_wrong_character_is_forgiven(name, at, sign):
    at %= len(name)
    found = nearness.near(name[:at] + sign + name[at + 1:], name)
    assert found and (found.words == name or nearness.one_apart(found.words, name) or found.words in name)


@given(names, st.integers(0, 40), signs)
def test_one_character_missing_or_too_many_is_forgiven(name, at, sign):
    at %= len(name)
    assert nearness.near(name[:at] + name[at + 1:], name)
    assert nearness.near(name[:at] + sign + name[at:], name)


@given(names, st.integers(0, 40))
def test_two_characters_in_each_others_place_are_forgiven(name, at):
    at %= len(name) - 1
    assert nearness.near(name[:at] + name[at + 1] + name[at] + name[at + 2:], name)


@given(st.text("abcdef", min_size=1, max_size=8), st.text("abcdef", min_size=1, max_size=8))
def test_one_apart_is_so_from_both_sides(a, b):
    assert nearness.one_apart(a, b) == nearness.one_apart(b, a)
    assert nearness.one_apart(a, a + "x") and nearness.one_apart("x" + a, a)
    assume(abs(len(a) - len(b)) > 1)
    assert not nearness.one_apart(a, b)


@pytest.mark.parametrize(("typed", "name", "words", "distance"), [
    ("身分证", "居民身份证申领", "身份证", 0), ("营业执造", "营业执照变更", "营业执照", 0), ("营执业照", "营业执照变更", "营业执照", 1),
    ("营业照", "营业执照变更", "营业执照", 1), ("低宝", "低保", "低保", 0), ("怎么办身分证", "居民身份证申领", "身份证", 0),
    ("障残", "残障人员服务", "残障", 1), ("营业执户照", "营业执照变更", "营业执照", 1),
])
def test_what_was_meant_is_said(typed, name, words, distance):
    assert nearness.near(typed, name) == nearness.Near(words, distance)


@pytest.mark.parametrize(("typed", "name"), [("量子", "食品经营许可"), ("许好", "许可"), ("食品生产", "药品经营"), ("", "许可"), ("许", "许可"), ("abc", "许可")])
def test_what_is_not_near_is_not_offered(typed, name):
    assert nearness.near(typed, name) is None


def test_sounds_that_many_do_not_tell_apart_are_alike():
    assert nearness.alike("zhang") == {"zhang", "zang", "zhan", "zan"} and "lan" in nearness.alike("nan")


def test_a_letter_is_corrected_to_pinyin_where_there_is_any():
    assert nearness.respelt("shenfenzhegn")["shenfenzheng"] == ["shenfen", "fenzheng"]
    assert "licence" in nearness.respelt("licnce") and nearness.respelt("kkkkk")["kkkk"] == []
    assert nearness.letters("shenfenzhegn 12345 ab") == ["shenfenzhegn"]


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_it(typed):
    nearness.pieces(typed)
    nearness.heard(typed)
    nearness.near(typed, "食品经营许可")
    for word in nearness.letters(typed):
        nearness.respelt(word)
