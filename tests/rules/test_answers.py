"""What a typed answer means, by the type of its question; whatever is typed, there is a value or a sentence."""
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules import answers
from portal.rules.guide.codes import FieldType
from portal.rules.guide.forms import CHOOSING, Field
from portal.rules.guide.text import Text
from portal.rules.problems import Problem

TODAY = date(2026, 3, 2)
DIVISIONS = {"990421101000": Text(zh="云岭镇", en="Yunling")}
OPTIONS = [{"value": "a", "label": "甲"}, {"value": "b", "label": {"zh": "乙", "en": "B"}}]


def field(kind, **rest) -> Field:
    rest |= {"options": OPTIONS} if kind in CHOOSING else {}
    return Field(key="one", label="一项", type=kind, **rest)


def read(kind, *typed, **rest):
    return answers.read(field(kind, **rest), typed, TODAY, DIVISIONS)


@pytest.mark.parametrize("kind, typed, value", [
    ("text", "  青溪　小馆 ", "青溪 小馆"),
    ("long_text", "一行\r\n二行", "一行\n二行"),
    ("number", "８５", 85), ("number", "1,200.50", 1200.5), ("number", "-3", -3),
    ("money", "￥12，000元", "12000.00"), ("money", "0.5", "0.50"),
    ("date", "2026年3月2日", "2026-03-02"), ("date", "2026/3/2", "2026-03-02"), ("date", "20260302", "2026-03-02"),
    ("choice", "b", "b"), ("yes_no", "false", False), ("division", "990421101000", "990421101000"),
    ("resident_id", "990421 1985 0512 2011", "990421198505122011"), ("credit_code", "91350100m000100y43", "91350100M000100Y43"),
    ("telephone", "0680 5552345", "0680-5552345"), ("name", "李青溪", "李青溪"), ("text", "", None), ("choice", " ", None),
])
def test_values(kind, typed, value):
    assert read(FieldType(kind), typed) == value


def test_several_choices_come_in_the_order_of_the_guide():
    assert read(FieldType.CHOICES, "b", "a") == ["a", "b"]
    assert read(FieldType.CHOICES) is None


@pytest.mark.parametrize("kind, typed, rest, code", [
    ("number", "很多", {}, "answer.number"), ("number", "5", {"minimum": 6}, "answer.least"), ("number", "7", {"maximum": 6}, "answer.most"),
    ("money", "1.234", {}, "answer.money"), ("money", "-1", {}, "answer.least"), ("date", "2026-02-30", {}, "answer.day"),
    ("choice", "c", {}, "answer.unknown"), ("division", "1", {}, "answer.unknown"), ("yes_no", "perhaps", {}, "answer.unknown"),
    ("text", "字" * 201, {}, "answer.long"), ("text", "字字字", {"maximum": 2}, "answer.long"), ("text", "字", {"minimum": 2}, "answer.short"),
    ("telephone", "5552345", {}, "telephone.area"), ("resident_id", "1", {}, "resident_id.length"),
])
def test_sentences(kind, typed, rest, code):
    with pytest.raises(Problem) as problem:
        read(FieldType(kind), typed, **rest)
    assert problem.value.code == code and problem.value.text.en


@pytest.mark.parametrize("name", ["张\U00031350", "张\U0002ebf0", "张\U000310c5", "\u4dae", "葛\U000e0100"])
def test_a_rare_character_stays_also_where_python_does_not_know_it(name):
    assert read(FieldType.NAME, name) == name


@pytest.mark.parametrize("typed", ["张\ue863", "张\U000f0001", "张\ufffd", "张\ud844", "张\U0003ffff", "张\u0378"])
def test_a_character_that_nobody_else_knows_is_told_and_not_dropped(typed):
    with pytest.raises(Problem) as problem:
        read(FieldType.NAME, typed)
    assert problem.value.code == "answer.unprintable" and "大写拼音" in problem.value.text.zh
    answers.kept(typed).encode()  # it can be stored as it was typed


def test_lines_of_another_kind_are_lines():
    assert read(FieldType.LONG_TEXT, "一\r二\v三\u2028四\x00") == "一\n二\n三\n四"


@given(kind=st.sampled_from(list(FieldType)), typed=st.lists(st.text(max_size=60), max_size=3))
def test_whatever_is_typed_is_a_value_or_a_sentence(kind, typed):
    try:
        value = read(kind, *typed)
    except Problem as problem:
        assert problem.text.zh and problem.text.en
    else:
        assert value is None or answers.said(field(kind), value, DIVISIONS).zh
        again = answers.typed_of(field(kind), value)
        assert answers.read(field(kind), again, TODAY, DIVISIONS) == value, "a stored value is read as itself"


def test_words():
    assert answers.said(field(FieldType.MONEY), "12000.50").en == "12000.50 yuan"
    assert answers.said(field(FieldType.CHOICES), ["a", "b"]).zh == "甲、乙"
    assert answers.said(field(FieldType.DATE), "2026-03-02").zh == "2026年3月2日"
    assert answers.said(field(FieldType.YES_NO), False).en == "No"
    assert answers.said(field(FieldType.TEXT), None).zh == "未填写"
    assert answers.said(field(FieldType.DIVISION), "990421101000", DIVISIONS).en == "Yunling"
