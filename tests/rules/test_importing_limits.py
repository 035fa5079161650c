"""rules/importing: limits and numbers in the ways in which sources write them, and what is no limit at all."""
from decimal import Decimal

import pytest

from portal.rules.guide.codes import Unit
from portal.rules.importing import limits, numbering
from portal.rules.importing.characters import clean, pieces, same, says_none


@pytest.mark.parametrize(("said", "amount", "unit"), [
    ("5(工作日)", "5", Unit.WORKDAY), ("5(个工作日)", "5", Unit.WORKDAY), ("5（工作日）", "5", Unit.WORKDAY), ("0.5个工作日", "0.5", Unit.WORKDAY),
    ("１工作日", "1", Unit.WORKDAY), ("20 工作日", "20", Unit.WORKDAY), ("二十个工作日", "20", Unit.WORKDAY),
    ("半个工作日", "0.5", Unit.WORKDAY), ("0(工作日)", "0", Unit.WORKDAY), ("5天(工作日)", "5", Unit.WORKDAY),
    ("60(自然日)", "60", Unit.DAY), ("30日", "30", Unit.DAY), ("十五日内", "15", Unit.DAY), ("15个自然日", "15", Unit.DAY),
    ("一个月", "1", Unit.MONTH), ("1个月", "1", Unit.MONTH), ("1年", "12", Unit.MONTH), ("2小时", "2", Unit.HOUR),
    ("承诺3个工作日", "3", Unit.WORKDAY), ("法定时限:二十个工作日", "20", Unit.WORKDAY),
    ("当场", None, Unit.ON_THE_SPOT), ("即办", None, Unit.ON_THE_SPOT), ("即办件", None, Unit.ON_THE_SPOT),
    ("即时办结。", None, Unit.ON_THE_SPOT), ("立等可取", None, Unit.ON_THE_SPOT), ("承诺时限：当场办结", None, Unit.ON_THE_SPOT),
])
def test_a_limit_is_read_and_says_itself_again(said, amount, unit):
    limit = limits.read(said)
    assert (limit.unit, limit.amount) == (unit, None if amount is None else Decimal(amount))
    assert limit.explanation is None and limits.same(limits.said(limit), said)


@pytest.mark.parametrize(("said", "amount", "words"), [
    ("3个工作日(现场核查除外)", 3, "现场核查除外"), ("自受理之日起20个工作日内", 20, "自受理之日起20个工作日内"),
    ("自收到之日起5日内受理，20个工作日内作出决定", 20, "自收到之日起5日内受理，20个工作日内作出决定"),
    ("2个工作日（法定工作日）", 2, "法定工作日"), ("资料齐全，当日办结", 0, "资料齐全，当日办结"), ("当日办结（节假日除外）", 0, "节假日除外"),
    ("20个工作日（特殊情况可延长10个工作日）", 20, "特殊情况可延长10个工作日"), ("1个工作日（即办）", 1, "即办"),
])
def test_words_beside_a_limit_are_kept(said, amount, words):
    limit = limits.read(said)
    assert (limit.amount, limit.explanation.zh) == (amount, words) and limits.same(limits.said(limit), said)


@pytest.mark.parametrize("said", [
    "2017年12月20日", "0999-5550001", "提前30日", "有效期届满30日前", "每月5日", "3-5个工作日", "3至5个工作日", "0.3个工作日",
    "法定工作日：上午9点", "网上3个工作日，窗口5个工作日", "现场受理", "材料齐全", "", "第30日",
])
def test_what_is_no_limit_or_no_single_one_is_not_read(said):
    assert limits.read(said) is None


def test_another_amount_unit_or_word_is_not_the_same():
    assert not limits.same("5个工作日", "6个工作日")
    assert not limits.same("5天", "5个工作日")
    assert not limits.same("5个工作日", "5个工作日(公示除外)")
    assert not limits.same("当场办结", "1个工作日")


def test_roles_are_told_apart():
    assert limits.by_role("法定20个工作日,承诺3个工作日") == {"statutory": "法定20个工作日", "promised": "承诺3个工作日"}
    assert limits.by_role("承诺3天；法定20天") == {"promised": "承诺3天", "statutory": "法定20天"}
    assert limits.by_role("20个工作日（承诺5个工作日）") == {"": "20个工作日", "promised": "承诺5个工作日"}
    assert limits.by_role("法定节假日顺延，提交承诺书") == {"": "法定节假日顺延，提交承诺书"}


@pytest.mark.parametrize(("line", "style", "number", "rest"), [
    ("一、名称", "han", 1, "名称"), ("二 、名称", "han", 2, "名称"), ("（三）名称", "han_brackets", 3, "名称"),
    ("４、名称", "comma", 4, "名称"), ("5. 名称", "dot", 5, "名称"), ("(6)名称", "brackets", 6, "名称"),
    ("７）名称", "half", 7, "名称"), ("③名称", "circle", 3, "名称"), ("第四步：名称", "step", 4, "名称"), ("十二、名称", "han", 12, "名称"),
])
def test_numbers_of_headings_and_lists(line, style, number, rest):
    assert numbering.numbered(line) == (style, number, rest)


def test_years_and_amounts_are_no_numbers_of_a_list():
    assert numbering.numbered("2017.5.6发布") is None and numbering.numbered("1.5个工作日") is None
    assert numbering.split("补贴50元;70-79岁2档") == ["补贴50元;70-79岁2档"]


def test_a_list_is_split_at_its_outermost_numbers():
    assert numbering.split("1.甲：\n （一）乙\n （二）丙\n2.丁") == ["甲：\n（一）乙\n（二）丙", "丁"]
    assert numbering.split("1、甲（7天）2、乙3、丙") == ["甲（7天）", "乙", "丙"]
    assert numbering.split("1.甲\n2.乙\n3、丙") == ["甲", "乙", "丙"]
    assert numbering.split("甲\n乙") == ["甲", "乙"]
    assert numbering.split("1、甲。第3、4款不算。") == ["甲。第3、4款不算。"]


@pytest.mark.parametrize(("said", "number"), [("十", 10), ("二十", 20), ("一百零五", 105), ("两", 2), ("日", None), ("", None)])
def test_chinese_numerals(said, number):
    assert numbering.han_number(said) == number


def test_characters_are_cleaned_and_compared():
    assert clean("甲&amp;amp;乙\r\n丙\r丁\x07\x9f\u3000戊") == "甲&乙\n丙\n丁 戊"
    assert same("网上办理，窗口办理", "网上办理,窗口办理。") and not same("甲", "乙")
    assert says_none("无") and says_none("暂无。") and says_none("/") and not says_none("无数量限制") and not says_none("")
    assert pieces("镇(乡、街道)级，村级") == ["镇(乡、街道)级", "村级"]
