"""rules/importing/sheets: cells of a wide table that cannot be what their column says: told, instead of being kept as words.

Few are: lost digits, a yes or no that is neither, a number, a day or a code that is none. What a closed list does not know is
kept in the draft; real tables have words of their own.
"""
import re
from collections.abc import Iterable

from portal.rules.guide.text import Text
from portal.rules.importing import places
from portal.rules.importing.characters import flat, says_none
from portal.rules.importing.sheets.cells import Spot, Told, Value, lost_digits
from portal.rules.importing.sheets.columns import Meaning

YES_NO = {"是否网办", "是否支持预约办理", "是否支持物流快递", "是否支持网上支付", "是否支持自助终端办理", "是否进驻政务大厅", "是否告知承诺制",
          "是否涉及投资项目审批", "是否年审年检", "是否信用监督"}
DAYS = {"计划生效日期", "计划取消日期"}
THEMES = {"面向自然人事项主题分类", "面向法人事项主题分类", "面向自然人地方特色主题分类", "面向法人地方特色主题分类"}
LIMITS = {"法定办结时限", "承诺办结时限"}
CODES = {"实施编码", "业务办理项编码", "事项编码", "基本编码", "地方基本编码", "地方实施编码", "实施主体编码"}
BASIC = 12
_TRUTH = {"true": "是", "false": "否", "fasle": "否", "√": "是", "×": "否"}


def checked(one: Meaning, value: Value, words: str, spot: Spot, told: list[Told]) -> str | None:
    """The words of a cell as the importer reads them; None where the cell is wrong, which is told."""
    if lost_digits(value):
        return _wrong(told, spot, f"“{words}”是表格软件把长编码当成数字写成的，后面的位数已经丢了，没法还原。请把这一列设为“文本”格式，从原处重新填写完整编码。",
                      f"“{words}” is a long code that the spreadsheet took for a number: its last digits are gone and cannot be brought back. "
                      "Format the column as text and enter the whole code again from its source.")
    if one.part is not None:
        return _TRUTH.get(flat(words).lower(), words)
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if one.element == "基本编码" and number and len(words) < BASIC:
        return _wrong(told, spot, f"“{words}”只有 {len(words)} 位，基本编码是 {BASIC} 位：前面的 0 被表格软件去掉了。请把这一列设为“文本”格式，写全编码。",
                      f"“{words}” has {len(words)} digits and a basic code has {BASIC}: the spreadsheet dropped the zeros before it. Format the "
                      "column as text and write the whole code.")
    if one.element in CODES and not re.fullmatch(r"[0-9A-Za-z-]{1,64}", flat(words)) and not says_none(words):
        return _wrong(told, spot, f"“{words[:40]}”不是编码：编码只有字母和数字。请核对。",
                      f"“{words[:40]}” is no code: a code has letters and digits alone. Check it.")
    if one.element in YES_NO:
        plain = _TRUTH.get(flat(words).lower(), words)
        if flat(plain) not in places.YES | places.NO:
            return _wrong(told, spot, f"“{words[:40]}”应写“是”或“否”。", f"“{words[:40]}”: write 是 or 否 (yes or no).")
        return plain
    if one.element == "到办事现场次数" and places.number("").read(words) is None:
        return _wrong(told, spot, f"“{words[:40]}”不是次数。请写整数，如 0、1。", f"“{words[:40]}” is no number of visits. Write a whole number, such as 0 or 1.")
    if one.element in DAYS and not says_none(words) and places.read_day(words) is None:
        return _wrong(told, spot, f"“{words[:40]}”不是日期，或没有这一天。请写成 2026-01-31 的样子。",
                      f"“{words[:40]}” is no date, or there is no such day. Write it like 2026-01-31.")
    if one.element in LIMITS and re.fullmatch(r"-\d+(?:\.\d+)?", flat(words)):
        return _wrong(told, spot, f"“{words}”不是期限：期限不能是负数。请写如“5个工作日”。", f"“{words}” is no limit: it cannot be negative. Write it like 5个工作日.")
    return _listed(one, words)


def limit(one: Meaning, words: str, spot: Spot, columns: Iterable[Meaning], told: list[Told]) -> str:
    """A limit that is a mere number counts working days, where no column says its unit: so the national tables have it."""
    if one.element not in LIMITS or not re.fullmatch(r"\d{1,4}(?:\.\d{1,2})?", flat(words)):
        return words
    if any(other.element == f"{one.element}单位" for other in columns):
        return words
    told.append(Told(spot, Text(zh=f"“{words}”没有写单位，按“{words}个工作日”读。", en=f"“{words}” has no unit and was read as {words} working days."), False))
    return f"{words}个工作日"


def _listed(one: Meaning, words: str) -> str:
    """A list whose values a system joined by its own mark, a value a line."""
    if "^" in words:
        words = "、".join(part.strip() for part in words.split("^") if part.strip())
    parts = [part.strip() for part in re.split(r"[;；|]", words) if part.strip()]
    if one.element == "申请材料" and "\n" not in words and len(parts) > 1 and all(len(part) <= 60 and not re.search(r"[:：。]", part) for part in parts):
        return "\n".join(f"{number}.{part}" if not re.match(r"\d", part) else part for number, part in enumerate(parts, 1))
    return words


def _wrong(told: list[Told], spot: Spot, zh: str, en: str) -> None:
    told.append(Told(spot, Text(zh=zh, en=en)))
