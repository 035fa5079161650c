"""rules/importing: opening hours in words. What the hours of the document can say goes there, the rest stays in words."""
import re

from pydantic import ValidationError

from portal.rules.guide.offering import Hours, Span
from portal.rules.guide.text import Text
from portal.rules.importing import characters
from portal.rules.importing.characters import folded
from portal.rules.importing.draft import Draft, held

_DAYS = {mark: number for number, mark in enumerate("一二三四五六日", 1)} | {"天": 7, "末": 6}
_WORKDAYS = re.compile(r"(?:法定)?工作日")
_RANGE = re.compile(_WORKDAYS.pattern + r"|(?:每?周|星期)([一二三四五六日天])\s*(?:至|到|-|~|—|–)+\s*(?:周|星期)?([一二三四五六日天])")
_ONE_DAY = re.compile(r"(?:周|星期)[一二三四五六日天末]|双休")
"""Days with hours of their own beside the range."""
_SPAN = re.compile(r"(\d{1,2})[:：.](\d{2})\s*(?:时)?\s*(?:至|到|-|~|—|–)+\s*(?:下午|晚上|次日)?\s*(\d{1,2})[:：.](\d{2})")
_WORDS = re.compile(r"早上|上午|中午|下午|晚上|晚|每天|办公时间|受理时间")


def put(draft: Draft, said: str) -> None:
    """Places hours: as spans where they say everything, else in the office's words, with the spans that can be read beside."""
    hours = read(said)
    if hours and not rest(said):
        if draft.put("window.hours", [hours]):
            draft.claim(said, lambda file: say(held(file, "window.hours")), same)
            return
    elif draft.put("window.hours_note", Text(zh=said.strip())):
        if hours:
            draft.put("window.hours", [hours])
        draft.claim(said, lambda file: held(file, "window.hours_note").zh)
        return
    draft.refuse(f"{draft.element}：{said}")


def read(said: str) -> Hours | None:
    """The hours of one season; None where there is none to read, or there are several."""
    plain = folded(said)
    spans, days = [_span(match) for match in _SPAN.finditer(plain)], _RANGE.findall(plain)
    if not spans or len(days) != 1 or re.search(r"夏|冬|\d月", plain) or _ONE_DAY.search(_RANGE.sub("", plain)):
        return None
    first, last = (_DAYS[day] if day else default for day, default in zip(days[0], (1, 5), strict=True))
    try:
        return Hours(days=list(range(first, last + 1)), spans=[
            Span(opens=opens, closes=closes) for opens, closes in spans])
    except ValidationError:
        return None


def timed(said: str) -> bool:
    """Whether the words are about hours at all."""
    plain = folded(said)
    return bool(_SPAN.search(plain) or re.search(r"[夏冬春秋]令时|法定工作日|(?:周|星期)[一二三四五六日]", plain))


def say(hours: list[Hours]) -> str:
    """Days and spans, as `_same` compares them."""
    row = hours[0]
    names = "一二三四五六日"
    return f"周{names[row.days[0] - 1]}至周{names[row.days[-1] - 1]}" + ",".join(f"{s.opens}-{s.closes}" for s in row.spans)


def _span(match: re.Match) -> tuple[str, str]:
    """The span on the clock of 24 hours: 下午2:30 is 14:30."""
    late = 12 if re.search(r"(?:下午|晚上?)\s*$", match.string[: match.start()]) else 0
    opens, closes = ((int(hour) + late) if int(hour) < 12 else int(hour) for hour in (match[1], match[3]))
    return f"{opens:02d}:{match[2]}", f"{closes:02d}:{match[4]}"


def same(shown: str, source: str) -> bool:
    return read(source) == read(shown) is not None and not rest(source)


def rest(said: str) -> str:
    """What the spans do not say."""
    plain = folded(said)
    if _WORKDAYS.search(plain):
        return plain  # a make-up Saturday is a working day, and a holiday is none
    for shape in (_SPAN, _RANGE, _WORDS):
        plain = shape.sub("", plain)
    return characters.letters(plain)
