"""rules/importing: limits as sources write them: 5(工作日), 0.5个工作日, 即办, 一个月, 3个工作日(现场审核除外), 法定20日,承诺5日."""
import re
from decimal import Decimal

from pydantic import ValidationError

from portal.rules.guide.codes import Unit
from portal.rules.guide.limits import Limit
from portal.rules.guide.text import Text
from portal.rules.importing.characters import flat, folded, simplified
from portal.rules.importing.numbering import han_number

_HAN = "零〇一二两三四五六七八九十百"
_AMOUNT = rf"(?P<amount>\d{{1,4}}(?:\.\d{{1,2}})?|[{_HAN}]{{1,6}}|半)"
_UNITS = (
    (Unit.WORKDAY, r"(?:个|天|日)?\(?(?:法定)?工作日\)?|个?工作天|\(个?工作日\)"),
    (Unit.HOUR, r"个?(?:小时|工作小时)|\(小时\)"),
    (Unit.MONTH, r"个?月|\(个?月\)"),
    (Unit.DAY, r"个?(?:自然日|日历日|天|日)(?:\(自然日\))?|\((?:自然日|天|日)\)"),
)
_TIMED = [(unit, re.compile(_AMOUNT + r"\s*(?:" + words + r")(?:[之以]?内)?")) for unit, words in _UNITS]
_YEARS = re.compile(rf"(?P<amount>\d|[{_HAN}])年(?:[之以]?内)?")
_SPOT = re.compile(r"(?:当场|即时|即刻|立即)(?:办结|办理|办|完成|受理并办结)?|现场办[结理]|即办件?|立等可取|立办|即来即办|随到随办")
_TODAY = re.compile(r"(?:当日|当天)(?:办结|办理|办|完成)?")
_ROLE = re.compile(r"法定(?=(?:办结|办理|审批|工作)?(?:时限|期限|时间)|[为是:：\s\d一二三四五六七八九十半（(])|承诺(?!书|制|人|件|函)")
_LABEL = re.compile(r"^(?:法定(?!工作日)|承诺)?(?:办结|办理|审批)?(?:时限|期限)?[为是:]?")
_DECIDING = re.compile(r"办结|决定|办理完毕|办完|审批|审结")
STATUTORY, PROMISED = "statutory", "promised"


def read(text: str) -> Limit | None:
    """The one limit that the text says; words beside it become its explanation. None where it says none, or several."""
    plain = folded(text)
    found = _all(simplified(plain))
    if len(found) > 1 and len(outside := [row for row in found if not _bracketed(plain, row[0])]) == 1:
        found = outside
    if len(found) > 1:
        deciding = [row for row in found if _DECIDING.search(simplified(_clause(plain, row[0])))]
        found = deciding if len(deciding) == 1 else []
    if not found:
        return None
    (start, end), limit = found[0]
    before = flat(_LABEL.sub("", flat(plain[:start])))
    if not before + flat(plain[end:]):
        return limit
    inner = re.fullmatch(r"[\s。;.,、:]*\((.+)\)[\s。;.,、:]*", plain[end:], re.DOTALL) if not before else None
    return limit.model_copy(update={"explanation": Text(zh=inner[1] if inner else text.strip())})


def _bracketed(plain: str, span: tuple[int, int]) -> bool:
    """Whether the limit stands in brackets, beside the one that it is about: 20个工作日(可延长10个工作日)."""
    return plain.count("(", 0, span[0]) > plain.count(")", 0, span[0])


def by_role(text: str) -> dict[str, str]:
    """The parts of a text that names both 法定 and 承诺, by role; without such a word all of it, under ''."""
    words = list(_ROLE.finditer(simplified(text)))
    if not words:
        return {"": text.strip()}
    found: dict[str, str] = {}
    if lead := text[: words[0].start()].strip(" ,，;；(（:：、。\n"):
        found[""] = lead
    for word, after in zip(words, [*words[1:], None], strict=True):
        role = STATUTORY if word[0] == "法定" else PROMISED
        part = text[word.start(): after.start() if after else len(text)].strip(" ,，;；、\n")
        if role in found:
            return {"": text.strip()}
        found[role] = part if "（" in part or "(" in part else part.rstrip("）)")
    return found


def said(limit: Limit) -> str:
    """The limit as a source would write it, with its explanation."""
    words = "当场办结" if limit.unit is Unit.ON_THE_SPOT else limit.said("zh-Hans")
    return words if limit.explanation is None else f"{words}({limit.explanation.zh})"


def same(shown: str, source: str) -> bool:
    """Whether what the document says is the source's limit: amount, unit, and every word beside them."""
    # An explanation may come from a field of its own; then the limit's own words are the whole source.
    if _plain(source) in (_plain(shown), _plain(shown.partition("(")[0])):
        return True
    limit = read(source)
    # A sentence around the limit is kept whole as its explanation.
    return limit is not None and limit.explanation is not None and _plain(shown) == _plain(said(limit))


def _plain(text: str) -> str:
    plain = _LABEL.sub("", flat(text))
    plain = re.sub(rf"[{_HAN}]+(?=个|日|天|工作|小时|月|年)", lambda match: str(han_number(match[0]) or match[0]), plain)
    plain = plain.replace("半", "0.5")
    plain = re.sub(r"(\d)年", lambda match: f"{int(match[1]) * 12}月", plain)
    plain = _SPOT.sub("当场", plain)
    plain = _TODAY.sub("0天当日", plain).replace("0天(0天当日)", "0天当日")
    plain = plain.replace("工作天", "工作日").replace("自然日", "天").replace("日历日", "天")
    plain = re.sub(r"(?<!工作)日", "天", plain)
    return re.sub(r"[之以]?内|[个()\s:]|法定(?=工作日)", "", plain).replace("天工作日", "工作日")


def _all(plain: str) -> list[tuple[tuple[int, int], Limit]]:
    found: list[tuple[tuple[int, int], Limit]] = []
    shapes = [(unit, shape) for unit, shape in _TIMED] + [(Unit.MONTH, _YEARS), (Unit.ON_THE_SPOT, _SPOT), (Unit.DAY, _TODAY)]
    for unit, shape in shapes:
        for match in shape.finditer(plain):
            span = match.span()
            if any(span[0] < other[1] and other[0] < span[1] for other, _ in found):
                continue
            if "amount" in shape.groupindex and _is_no_length(plain, span):
                continue
            if (limit := _limit(unit, match, shape)) is not None:
                found.append((span, limit))
    return sorted(found, key=lambda row: row[0])


def _limit(unit: Unit, match: re.Match, shape: re.Pattern) -> Limit | None:
    try:
        if unit is Unit.ON_THE_SPOT:
            return Limit(unit=unit)
        if shape is _TODAY:
            return Limit(amount=0, unit=unit, explanation=Text(zh=match[0]))
        amount = _amount(match["amount"])
        return None if amount is None else Limit(amount=amount * 12 if shape is _YEARS else amount, unit=unit)
    except ValidationError:
        return None


def _amount(text: str) -> Decimal | None:
    if text == "半":
        return Decimal("0.5")
    if text[0].isdigit():
        return Decimal(text)
    number = han_number(text)
    return None if number is None else Decimal(number)


def _is_no_length(plain: str, span: tuple[int, int]) -> bool:
    """Whether the number is part of a date, a range or a notice: 2017年12月20日, 3-5个工作日, 提前30日, 届满30日前."""
    before, after = plain[: span[0]][-2:], plain[span[1]: span[1] + 2]
    return bool(re.search(r"[年月每第前/.~\d-]$|[至到]$", before) or re.match(r"[\d前~]|[至到-]\d", after))


def _clause(plain: str, span: tuple[int, int]) -> str:
    start = max(plain.rfind(mark, 0, span[0]) for mark in ",;。\n") + 1
    ends = [place for mark in ",;。\n" if (place := plain.find(mark, span[1])) >= 0]
    return plain[start: min(ends, default=len(plain))]
