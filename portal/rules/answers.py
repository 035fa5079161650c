"""rules: what a typed answer means: the value that conditions and papers know, or a sentence about what is wrong.

Values are what JSON can hold: text, a number, `true`, a day as `2026-03-02`, a list of options; money is yuan
as text with two decimals, because the guide's conditions and bounds speak of yuan; a division is its code.
"""
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from portal.rules.guide.codes import FieldType
from portal.rules.guide.forms import Field
from portal.rules.guide.text import Text
from portal.rules.identities import credit_code, resident_id
from portal.rules.problems import Problem
from portal.rules.telephones import telephone

LONGEST = {
    FieldType.TEXT: 200, FieldType.LONG_TEXT: 4000, FieldType.NAME: 60, FieldType.ORGANISATION_NAME: 120, FieldType.ADDRESS: 200,
    FieldType.NUMBER: 24, FieldType.MONEY: 24, FieldType.DATE: 24, FieldType.RESIDENT_ID: 40, FieldType.CREDIT_CODE: 40,
    FieldType.TELEPHONE: 40, FieldType.DIVISION: 12,
}
"""Characters that a field takes where the guide names no other maximum."""
WRITTEN = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.NAME, FieldType.ORGANISATION_NAME,
           FieldType.ADDRESS}
_LINE_END, _LOST = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]"), "\ufffd"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d\d)(\d\d)", re.ASCII)


class AnswerProblem(Problem):
    """An answer that cannot stand as it was typed."""


def longest(field: Field) -> int:
    """How many characters the field takes."""
    if field.type in WRITTEN and field.maximum is not None:
        return field.maximum
    return LONGEST.get(field.type, 40)


def kept(typed: str) -> str:
    """What was typed. Controls, which show nothing, go; half of a character becomes the mark for what is none (U+FFFD),
    which can be stored; no character goes that somebody could have meant."""
    lines = _LINE_END.sub("\n", typed)
    whole = "".join(_LOST if unicodedata.category(one) == "Cs" else one for one in lines)
    return "".join(one for one in whole if one in "\n\t" or unicodedata.category(one) != "Cc")


def unprintable(text: str) -> str:
    """The first character that no other machine knows, or empty: one of private use (an old system's own character), or one
    that Unicode does not have. Planes 2 and 3 hold Chinese characters only, and more with each year: all are letters."""
    for one in text:
        place, category = ord(one), unicodedata.category(one)
        letter = 0x20000 <= place < 0x40000 and place & 0xFFFF < 0xFFFE
        if one == _LOST or category == "Co" or (category == "Cn" and not letter):
            return one
    return ""


def read(field: Field, typed: Sequence[str], today: date, divisions: Mapping[str, Text] = {}) -> Any:
    """The value of an answer, None where nothing was typed. Raises Problem with the sentence to show beside the field.

    `typed` are the strings that the form sent for it; `today` the legal day; `divisions` the codes that may be chosen.
    """
    if field.type is FieldType.CHOICES:
        return _several(field, typed)
    text = kept(typed[0]).strip() if typed else ""
    if not text:
        return None
    if lost := unprintable(text):
        raise AnswerProblem(
            "answer.unprintable",
            f"“{lost}”（U+{ord(lost):04X}）是旧系统里自造的字或残缺的字，别的机器认不出来。请换支持生僻字的输入法重新打这个字；"
            "打不出来的，先用大写拼音代替，到窗口时说明。",
            f"The character “{lost}” (U+{ord(lost):04X}) is an old system's own, or damaged, and no other machine knows it. Type it "
            "again with an input method for rare characters; if that fails write its pinyin in capitals, and tell the window.")
    if field.type in WRITTEN:
        return _written(field, text)
    if len(text) > longest(field):
        raise AnswerProblem("answer.long", f"最多 {longest(field)} 个字，请缩短。", f"At most {longest(field)} characters; shorten it.")
    if field.type in (FieldType.NUMBER, FieldType.MONEY):
        return _number(field, text)
    if field.type is FieldType.CHOICE:
        return _known(text, [option.value for option in field.options])
    if field.type is FieldType.YES_NO:
        return {"true": True, "false": False}[_known(text, ["true", "false"])]
    if field.type is FieldType.DIVISION:
        return _known(text, divisions)
    if field.type is FieldType.DATE:
        return _day(text)
    if field.type is FieldType.RESIDENT_ID:
        return resident_id(text, today).number
    if field.type is FieldType.CREDIT_CODE:
        return credit_code(text)
    return str(telephone(text))


def typed_of(field: Field, value: Any) -> list[str]:
    """The strings that a form shows for a stored value; `read` makes the same value of them again."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def said(field: Field, value: Any, divisions: Mapping[str, Text] = {}) -> Text:
    """A stored value in words, for the page that is checked before sending, and for the desk."""
    options = {option.value: option.label for option in field.options}
    if value is None or value == []:
        return Text(zh="未填写", en="Not given")
    if isinstance(value, bool):
        return Text(zh="是", en="Yes") if value else Text(zh="否", en="No")
    if isinstance(value, list):
        labels = [options.get(one, Text(zh=str(one))) for one in value]
        return Text(zh="、".join(label.zh for label in labels), en=", ".join(label.said("en") for label in labels))
    if field.type is FieldType.MONEY:
        return Text(zh=f"{value}元", en=f"{value} yuan")
    if field.type is FieldType.DATE:
        year, month, day = str(value).split("-")
        return Text(zh=f"{year}年{int(month)}月{int(day)}日", en=str(value))
    return options.get(value) or divisions.get(value) or Text(zh=str(value), en=str(value))


def _written(field: Field, text: str) -> str:
    text = text if field.type is FieldType.LONG_TEXT else " ".join(text.split())
    most, least = longest(field), field.minimum or 0
    if len(text) > most:
        raise AnswerProblem("answer.long", f"最多 {most} 个字，现在是 {len(text)} 个字，请缩短。",
                            f"At most {most} characters, this has {len(text)}; shorten it.")
    if len(text) < least:
        raise AnswerProblem("answer.short", f"至少 {least} 个字，请写全。", f"At least {least} characters; write it in full.")
    return text


def _number(field: Field, text: str) -> int | float | str:
    money = field.type is FieldType.MONEY
    plain = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))
    if money:
        plain = re.sub(r"^[¥￥]|元$", "", plain)
    decimals = 2 if money else 6
    if not re.fullmatch(rf"-?\d{{1,13}}(\.\d{{1,{decimals}}})?", plain, re.ASCII):
        if money:
            raise AnswerProblem("answer.money", "请只写数字，单位是元，最多两位小数，例如 12000 或 12000.50。",
                                "Write digits only, in yuan, with at most two decimals, like 12000 or 12000.50.")
        raise AnswerProblem("answer.number", "请只写数字，例如 85 或 85.5，不要写单位。", "Write digits only, like 85 or 85.5, without a unit.")
    value = Decimal(plain)
    least, most = field.minimum if field.minimum is not None else 0 if money else None, field.maximum
    if least is not None and value < least:
        raise AnswerProblem("answer.least", f"不能小于 {least}，请核对。", f"This cannot be less than {least}; please check.")
    if most is not None and value > most:
        raise AnswerProblem("answer.most", f"不能大于 {most}，请核对。", f"This cannot be more than {most}; please check.")
    if money:
        return f"{value:.2f}"
    return int(value) if value == value.to_integral_value() else float(value)


def _day(text: str) -> str:
    found = _DAY.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    try:
        day = date(*(int(part) for part in found.groups() if part is not None)) if found else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2199:
        raise AnswerProblem("answer.day", "这不是一个日期，请写成年-月-日，例如 2026-03-02。",
                            "This is not a date; write year, month and day like 2026-03-02.")
    return day.isoformat()


def _known(text: str, values) -> str:
    if text not in values:
        raise AnswerProblem("answer.unknown", "请从列出的选项中选一个。", "Choose one of the options listed.")
    return text


def _several(field: Field, typed: Sequence[str]) -> list[str] | None:
    values = [option.value for option in field.options]
    for one in typed:
        _known(one, values)
    return [value for value in values if value in typed] or None
