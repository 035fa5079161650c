"""rules/importing/sheets: a value of the document as a cell of the template has it, and back: `read(column, say(column, value)) == value`.

Several values stand a line each; a line's end inside one of them is written ⏎.
"""
import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, NoReturn

from portal.rules import conditions as trees
from portal.rules.guide.codes import (
    CrossKind,
    DeliveryWay,
    DocumentKind,
    Listed,
    Medium,
    Necessity,
    ResultKind,
    Source,
    Unit,
)
from portal.rules.guide.text import Text
from portal.rules.importing import beside, limits, papers, places, results, steps, vocabularies
from portal.rules.importing.characters import flat, folded, pieces
from portal.rules.importing.sheets import conditions
from portal.rules.importing.sheets.cells import Value, lost_digits, text, verbatim
from portal.rules.importing.sheets.shape import Column, Kind

ENDED = "⏎"
NOT_SAID = "-"
"""Stands for the English that one of several texts does not have."""
DIVIDING = "、,，;；\n"
_DAYS = "一二三四五六日"
_LISTS = (vocabularies.KINDS, vocabularies.TIERS, vocabularies.PEOPLE, vocabularies.WAYS, vocabularies.DEPTHS, vocabularies.POWERS,
          vocabularies.BODIES, vocabularies.HANDLINGS,
          {"工作日": Unit.WORKDAY, "日": Unit.DAY, "自然日": Unit.DAY, "月": Unit.MONTH, "时": Unit.HOUR, "当场": Unit.ON_THE_SPOT,
           "即办": Unit.ON_THE_SPOT})
_PLACES = {Necessity: papers.NECESSITY, Medium: papers.MEDIUM, Source: papers.SOURCE, DocumentKind: papers.KIND,
           ResultKind: results.KIND, CrossKind: beside.CROSS, DeliveryWay: steps.DELIVERY}
"""What sources call the values of these lists otherwise."""


class Unfit(ValueError):
    """The cell does not hold what its column asks for; `text` says what, and what to do."""

    def __init__(self, zh: str, en: str):
        super().__init__(zh)
        self.text = Text(zh=zh, en=en)


def say(column: Column, value: Any) -> str | float:
    """The cell of a plain value; money and numbers are numbers."""
    if column.kind is Kind.MONEY:
        return value / 100
    if column.kind in (Kind.WHOLE, Kind.QUARTERS):
        return float(value)
    if column.kind in (Kind.TEXT, Kind.TEXTS):
        return _said_text(column, value)
    return _SAYING.get(column.kind, _plainly)(column, value)


def read(column: Column, value: Value) -> Any:
    """The plain value of a cell that is not empty. Raises Unfit."""
    if lost_digits(value):
        _lost(value)
    return _READING[column.kind](column, value)


def lines(said: str) -> list[str]:
    """The values of a cell that has one a line."""
    return [line.strip().replace(ENDED, "\n") for line in said.split("\n")]


def _lost(value: Value) -> NoReturn:
    raise Unfit(
        f"“{value}”是表格软件把长编码当成数字写成的，后面的位数已经丢了，没法还原。请把这一列设为“文本”格式，从原处重新填写完整编码。",
        f"“{value}” is a long code that the spreadsheet took for a number: its last digits are gone and cannot be brought back. "
        "Format the column as text and enter the whole code again from its source.")


def _said_text(column: Column, value: Any) -> str:
    """One half of a text, or of a list of texts."""
    def half(one: Any) -> str:
        both = one if isinstance(one, dict) else {"zh": one, "en": None}
        return both["en" if column.english else "zh"] or ""

    if column.kind is Kind.TEXT:
        return half(value)
    said = [half(one).replace("\n", ENDED) for one in value]
    return "\n".join(one or NOT_SAID for one in said) if any(said) else ""


def _plainly(column: Column, value: Any) -> str:
    return str(value)


def _many(column: Column, value: Any) -> str:
    return "、".join(column.listed(one).text.zh for one in value)


def _condition_said(column: Column, value: Any) -> str:
    from pydantic import TypeAdapter

    return conditions.said(TypeAdapter(trees.Condition).validate_python(value))


_SAYING: dict[Kind, Callable[[Column, Any], str]] = {
    Kind.ONE: lambda column, value: column.listed(value).text.zh,
    Kind.MANY: _many,
    Kind.YES_NO: lambda column, value: "是" if value else "否",
    Kind.STRINGS: lambda column, value: "\n".join(one.replace("\n", ENDED) for one in value),
    Kind.KEYS: lambda column, value: "\n".join(value),
    Kind.WEEKDAYS: lambda column, value: "、".join(f"周{_DAYS[day - 1]}" for day in value),
    Kind.SPANS: lambda column, value: "\n".join(f"{span['opens']}-{span['closes']}" for span in value),
    Kind.CONDITION: _condition_said,
    Kind.JSON: lambda column, value: json.dumps(value, ensure_ascii=False),
}


def _whole(column: Column, value: Value) -> int:
    number = _number(value)
    if number is None or number != number.to_integral_value():
        raise Unfit(f"“{text(value)}”不是整数。请只写数字，如 1，不带单位。",
                    f"“{text(value)}” is no whole number. Write digits alone, such as 1, without a unit.")
    return int(number)


def _money(column: Column, value: Value) -> int:
    number = _number(str(value).strip().removesuffix("元") if isinstance(value, str) else value)
    if number is None or number < 0 or number * 100 != (number * 100).to_integral_value():
        raise Unfit(f"“{text(value)}”不是金额。请以元为单位写数字，最多两位小数，如 10.50；金额不固定的写在“收费标准”里。",
                    f"“{text(value)}” is no amount. Write yuan in digits, with at most two decimals, such as 10.50; "
                    "what is not one amount belongs under the standard.")
    return int(number * 100)


def _quarters(column: Column, value: Value) -> float | str:
    number = _number(value)
    if number is None:
        raise Unfit(f"“{text(value)}”不是数。请只写数字，如 5 或 0.5，单位写在后一列。",
                    f"“{text(value)}” is no number. Write digits alone, such as 5 or 0.5; the unit has the next column.")
    return str(number)


def _number(value: Value) -> Decimal | None:
    if isinstance(value, (bool, date, time)):
        return None
    try:
        number = Decimal(folded(str(value)).strip().replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**15 else None


def limit_of(value: Value) -> dict[str, Any] | None:
    """A limit that somebody wrote into the column of its amount with its unit: 5个工作日, 当场办结; None for a mere number."""
    if not isinstance(value, str) or _number(value) is not None:
        return None
    limit = limits.read(value)
    return limit.model_dump(mode="json", exclude_none=True) if limit is not None and limit.explanation is None else None


def _yes_no(column: Column, value: Value) -> bool:
    if isinstance(value, bool):
        return value
    said = flat(text(value))
    if said.upper() in {"Y", "YES", "TRUE"} | places.YES or said == "√":
        return True
    if said.upper() in {"N", "NO", "FALSE"} | places.NO or said == "×":
        return False
    raise Unfit(f"“{text(value)}”应写“是”或“否”。", f"“{text(value)}”: write 是 or 否 (yes or no).")


def _day(column: Column, value: Value) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    found = places.read_day(text(value))
    if found is None:
        raise Unfit(f"“{text(value)}”不是日期，或没有这一天。请写成 2026-01-31 的样子。",
                    f"“{text(value)}” is no date, or there is no such day. Write it like 2026-01-31.")
    return found.isoformat()


def _month_day(column: Column, value: Value) -> str:
    if isinstance(value, date):
        return f"{value.month:02}-{value.day:02}"
    match = re.fullmatch(r"(\d{1,2})\D{1,2}(\d{1,2})日?", folded(text(value)))
    if match is None:
        raise Unfit(f"“{text(value)}”应写成月-日，如 05-01。", f"“{text(value)}”: write month-day, such as 05-01.")
    return f"{int(match[1]):02}-{int(match[2]):02}"


@cache
def _words(listed: type[Listed]) -> dict[str, Listed]:
    """Every word that means a value of the list: its own in both languages, its national number, and what sources call it."""
    also = {word: value for words in _LISTS for word, value in words.items() if type(value) is listed}
    known = places.vocabulary(listed, also)
    for one in listed:
        known.setdefault(flat(one.text.said("en")).lower(), one)
        known.setdefault(one.value, one)
    return known


def _value(listed: type[Listed], said: str) -> Listed | None:
    known = _words(listed)
    found = known.get(flat(said)) or known.get(flat(said).lower())
    if found is None and listed in _PLACES:
        found = _PLACES[listed].read(said)
        found = found[0] if isinstance(found, list) and len(found) == 1 else found
    return found if isinstance(found, Listed) else None


def _one(column: Column, value: Value) -> str:
    found = _value(column.listed, text(value))
    return found.value if found is not None else _unlisted(column, text(value))


def _several(column: Column, value: Value) -> list[str]:
    said = text(value)
    alone = _value(column.listed, said)
    if alone is not None:
        return [alone.value]
    found = [(part, _value(column.listed, part)) for part in pieces(said, DIVIDING)]
    return list(dict.fromkeys(one.value if one is not None else _unlisted(column, part) for part, one in found))


def _unlisted(column: Column, said: str) -> NoReturn:
    zh = "、".join(one.text.zh for one in column.listed)
    en = ", ".join(f"{one.text.zh} ({one.text.said('en')})" for one in column.listed)
    raise Unfit(f"“{said[:40]}”不在可选的词里。请从下拉列表选：{zh}。",
                f"“{said[:40]}” is none of the words that can stand here. Choose one: {en}.")


def _weekdays(column: Column, value: Value) -> list[int]:
    said = re.sub(r"周|星期|礼拜", "", folded(text(value)).replace("天", "日"))
    days: list[int] = []
    for part in pieces(said, DIVIDING + " "):
        ends = [_DAYS.find(mark) + 1 if mark in _DAYS else int(mark) if mark in "1234567" else 0
                for mark in re.split(r"[至到~-]", part) if len(mark) == 1]
        if not ends or 0 in ends or len(ends) > 2 or len("".join(re.split(r"[至到~-]", part))) != len(ends):
            raise Unfit(f"“{text(value)}”应写星期几，如“周一至周五”。", f"“{text(value)}”: write weekdays, such as 周一至周五.")
        days += range(ends[0], ends[-1] + 1)
    return list(dict.fromkeys(days))


def _spans(column: Column, value: Value) -> list[dict[str, str]]:
    spans = []
    for part in pieces(folded(text(value)).replace(" ", ""), DIVIDING):
        match = re.fullmatch(r"(\d{1,2}):(\d\d)[-—–~至到]+(\d{1,2}):(\d\d)", part)
        if match is None:
            raise Unfit(f"“{part}”应写成开门-关门的时间，如 08:30-12:00，一行一段。",
                        f"“{part}”: write opening and closing time, such as 08:30-12:00, a span a line.")
        spans.append({"opens": f"{int(match[1]):02}:{match[2]}", "closes": f"{int(match[3]):02}:{match[4]}"})
    return spans


def _condition(column: Column, value: Value) -> Any:
    try:
        return conditions.read(text(value))
    except (conditions.Unread, IndexError, RecursionError):
        raise Unfit(f"“{text(value)[:60]}”不是条件。请写成“问题标识 = 选项标识”，如 kind = new，几个条件之间写“且”或“或”，不同的混用时加括号。",
                    f"“{text(value)[:60]}” is no condition. Write “question = option” by their keys, such as kind = new; join several "
                    "by 且 (and) or 或 (or), with brackets where both occur.") from None


def _json(column: Column, value: Value) -> Any:
    try:
        return json.loads(text(value))
    except ValueError:
        raise Unfit("这一格应是 JSON。", "The cell should hold JSON.") from None


def _texts(column: Column, value: Value) -> list[str]:
    said = lines(verbatim(value))
    return said if column.english else [line for line in said if line]


def _code(column: Column, value: Value) -> str:
    return "".join(folded(text(value)).split())


_READING: dict[Kind, Callable[[Column, Value], Any]] = {
    Kind.TEXT: lambda column, value: verbatim(value),
    Kind.STRING: lambda column, value: verbatim(value),
    Kind.TEXTS: _texts,
    Kind.STRINGS: lambda column, value: [line for line in lines(verbatim(value)) if line],
    Kind.CODE: _code,
    Kind.KEY: lambda column, value: text(value),
    Kind.KEYS: lambda column, value: [line for line in lines(verbatim(value)) if line],
    Kind.WHOLE: _whole, Kind.MONEY: _money, Kind.QUARTERS: _quarters, Kind.YES_NO: _yes_no, Kind.DAY: _day,
    Kind.MONTH_DAY: _month_day, Kind.ONE: _one, Kind.MANY: _several, Kind.WEEKDAYS: _weekdays, Kind.SPANS: _spans,
    Kind.CONDITION: _condition, Kind.REFERENCE: lambda column, value: verbatim(value), Kind.JSON: _json,
}
