"""rules/importing: a published page in its sections: which lines are headings, and which lines belong to them."""
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.rules.importing import grids, headings, hours
from portal.rules.importing.characters import flat
from portal.rules.importing.grids import PAIR
from portal.rules.importing.headings import PAGE, SHARING
from portal.rules.importing.numbering import Numbered, numbered
from portal.rules.importing.tables import BAR

TITLE = "标题"
"""The heading of one of several services on the page."""
_DATE = re.compile(r"[\d一二三四五六七八九〇零○]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日?")
_OFFICE = re.compile(r"[\u4e00-\u9fff]{3,24}(?:局|府|委|委员会|办|办公室|中心|站|所|处|会|部|厅|室|院|街道|乡|镇|大队|公司)")
_ASKS = re.compile(r"(?:提供|提交|携带|准备|出具|备齐).{0,12}(?:材料|资料|要件|证件|手续|文件|证明).{0,4}[:：]$")


@dataclass
class Part:
    """`label` is an element, PAGE, TITLE, or None where the heading is unknown; `heading` as written; the lines below it."""

    label: str | None
    heading: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")


class _Page:
    """What a first look at all lines tells: the numberings that headings have, and whether they stand alone on lines."""

    def __init__(self, rows: list[str]) -> None:
        self.styles = _heading_styles(rows)
        self.names = {flat(name) for row in rows if (name := _named(row)) and len(flat(name)) > 1}
        alone = [row for row in rows if numbered(row) is None and len(flat(row)) > 3 and headings.exact(row) not in (None, PAGE)]
        self.alone = len(alone) >= 3
        marked = sum((split := headings.head_and_value(row)) is not None and headings.exact(split[0]) not in (None, PAGE) for row in rows)
        self.glued = sum(headings.glued(row) is not None for row in rows) >= max(4, 2 * (marked + len(self.styles)))
        self.last: dict[str, int] = {}


def parts(lines: Iterable[str]) -> list[Part]:
    """The page in parts; the first, without a heading, is what stands before the first one."""
    rows = grids.unfold(lines)
    page = _Page(rows)
    found = [Part(None, "")]
    for row in rows:
        for line in headings.divided(row) if BAR not in row and PAIR not in row else [row]:
            number = numbered(line)
            new = _headings(line, number, page, found)
            if not new:
                if found[-1].label == PAGE and (found[-1].lines or flat(found[-1].heading) not in headings.NOTES):
                    found.append(Part(None, ""))
                found[-1].lines.append(line)
                continue
            found += new
            if number:
                page.last[number.style] = number.number
    return _with_documents(_signed(found))


def _signed(found: list[Part]) -> list[Part]:
    """The office and the date below the last section are no part of it."""
    lines = found[-1].lines
    if len(lines) > 2 and _DATE.fullmatch(flat(lines[-1])) and _OFFICE.fullmatch(flat(lines[-2])):
        found[-1].lines = lines[:-2]
        found.append(Part(None, lines[-2], lines[-1:]))
    elif len(lines) > 1 and _DATE.fullmatch(flat(lines[-1])):
        found[-1].lines = lines[:-1]
        found.append(Part(None, lines[-1]))
    return found


def _named(row: str) -> str | None:
    """The name that a line 事项名称：… gives."""
    split = headings.head_and_value(row)
    return split[1] if split and split[1] and headings.exact(headings.bare(split[0])) == "事项名称" else None


def _heading_styles(rows: list[str]) -> set[str]:
    """The numberings that the page uses for headings: those in which known headings are the rule."""
    known, total = Counter(), Counter()
    for row in rows:
        if (number := numbered(row)) is None or BAR in row:
            continue
        total[number.style] += 1
        head = headings.head_and_value(number.rest) or headings.head_and_sentence(number.rest)
        known[number.style] += headings.exact(head[0] if head else number.rest) not in (None, PAGE)
    return {style for style, count in known.items() if count and (count >= 3 or count * 2 >= total[style] or style == "han")}


def _headings(line: str, number: Numbered | None, page: _Page, found: list[Part]) -> list[Part]:
    """The parts that the line opens; none where it belongs to the part before."""
    if PAIR in line:
        heading, _, said = line.partition(PAIR)
        return [Part(headings.exact(heading) or headings.similar(heading) or headings.by_shape(heading), heading, [said] if said else [])]
    if BAR in line:
        return []
    if flat(headings.bare(line)) in page.names and not _named(line):
        return [Part(TITLE, line)]
    if number is not None and number.style not in page.styles:
        above = number.style == "han" and page.styles and _opens(number, page, found[-1])
        return [Part(None, line)] if above else _sentence(number, found[-1])
    new = _numbered(number) if number else _plain(line.strip(), page, found)
    if new or number is None:
        return new
    if _opens(number, page, found[-1]):
        split = headings.head_and_value(number.rest) or headings.head_and_sentence(number.rest)
        return [Part(None, line if split is None else split[0], [split[1]] if split and split[1] else [])]
    return []


def _numbered(number: Numbered) -> list[Part]:
    """The part that a numbered heading opens; a slip of the pen and unknown words are understood here."""
    split = headings.head_and_value(number.rest)
    if split is None and (split := headings.head_and_sentence(number.rest)) is not None and headings.exact(split[0]) is None:
        split = None
    head = split[0] if split else number.rest
    label = headings.exact(head) or headings.similar(head) or headings.by_shape(head)
    return [Part(label, head, [split[1]] if split and split[1] else [])] if label else []


def _plain(text: str, page: _Page, found: list[Part]) -> list[Part]:
    """The parts that a line without a number opens."""
    split = headings.head_and_value(text)
    if split is not None:
        label = headings.exact(split[0]) or headings.similar(split[0])
        if label is None and flat(split[0]) == "时间" and hours.timed(split[1]):
            label = "办理时间"
        if label is None and not split[1] and len(found) > 1 and (one := headings.alone(split[0])) != found[-1].label:
            label = one
        # Under a numbered heading an unnumbered one is part of the text, but for what shares a line with others.
        inner = page.styles and found[-1].label in ("办理流程", "申请材料", "受理条件") and label not in SHARING
        if label is not None and not (inner and label != PAGE):
            return [Part(label, split[0], [split[1]] if split[1] else [])]
        if not page.glued:
            return []
    if page.glued and (glued := headings.glued(text)):
        return [Part(headings.exact(glued[0]), glued[0], [glued[1]])]
    if pairs := headings.pairs(text):
        return [Part(label, heading, [said] if said else []) for label, heading, said in pairs]
    label = headings.exact(text)
    if len(flat(text)) < 3 and label != PAGE:
        return []
    if label is None and len(found) > 1:
        label = headings.alone(text) or (headings.similar(text) if page.alone and len(flat(text)) <= 8 else None)
    return [Part(label, text)] if label else []


def _sentence(number: Numbered, current: Part) -> list[Part]:
    """（三）所需材料。夫妻双方的身份证…: a known heading before a full stop, under a heading that says nothing by itself."""
    split = headings.head_and_sentence(number.rest)
    label = headings.exact(split[0]) if split and current.label is None and current.heading else None
    return [Part(label, split[0], [split[1]])] if split and label else []


def _opens(number: Numbered, page: _Page, current: Part) -> bool:
    """Whether a numbered line that is no known heading opens a part of its own, rather than go on with a list."""
    split = headings.head_and_value(number.rest) or headings.head_and_sentence(number.rest)
    head = split[0] if split else number.rest
    if len(flat(head)) > headings.LONGEST or re.search(r"[,，。；;]", head):
        return False
    if number.number != page.last.get(number.style, 0) + 1:
        return False
    inside = [found for line in current.lines if (found := numbered(line)) and found.style == number.style]
    return not (inside and inside[-1].number == number.number - 1)


def _with_documents(found: list[Part]) -> list[Part]:
    """Documents that a page lists under another heading, after a line that asks for them, get a part of their own."""
    if any(part.label == "申请材料" for part in found):
        return found
    for place, part in enumerate(found):
        for index, line in enumerate(part.lines[:-1]):
            following = numbered(part.lines[index + 1])
            if _ASKS.search(line.strip()) and following and following.number == 1 and part.label in (None, PAGE, "受理条件", "适用范围"):
                asked = Part("申请材料", line, part.lines[index + 1:])
                part.lines = part.lines[: index + 1]
                return [*found[: place + 1], asked, *found[place + 1:]]
    return found
