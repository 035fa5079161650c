"""rules/importing: a published page in its sections: which lines are headings, and which lines belong to them."""
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.rules.importing import headings
from portal.rules.importing.characters import flat, trivial
from portal.rules.importing.headings import PAGE
from portal.rules.importing.numbering import Numbered, numbered

BAR = "|"
TITLE = "标题"
"""The heading of one of several services on the page."""


@dataclass
class Part:
    """`label` is an element, PAGE, TITLE, or None where the heading is unknown; `heading` as written; the lines below it."""

    label: str | None
    heading: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")


def parts(lines: Iterable[str]) -> list[Part]:
    """The page in parts; the first, without a heading, is what stands before the first one."""
    rows = [line for line in lines if not trivial(line)]
    styles = _heading_styles(rows)
    names = {flat(name) for row in rows if (name := _named(row))}
    found = [Part(None, "")]
    last: dict[str, int] = {}
    for row in rows:
        for line in headings.divided(row) if BAR not in row else [row]:
            number = numbered(line)
            new = _headings(line, number, styles, last, names, found[-1])
            if not new:
                if found[-1].label == PAGE and found[-1].lines:
                    found.append(Part(None, ""))
                found[-1].lines.append(line)
                continue
            found += new
            if number:
                last[number.style] = number.number
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
        head = headings.head_and_value(number.rest)
        known[number.style] += headings.exact(head[0] if head else number.rest) not in (None, PAGE)
    return {style for style, count in known.items() if count and (count >= 3 or count * 2 >= total[style])}


def _headings(line: str, number: Numbered | None, styles: set[str], last: dict[str, int], names: set[str],
              current: Part) -> list[Part]:
    """The parts that the line opens; none where it belongs to the part before."""
    if BAR in line:
        return _cells(line)
    if flat(headings.bare(line)) in names and not _named(line):
        return [Part(TITLE, line)]
    if number is not None and number.style not in styles:
        return []
    text = number.rest if number else line.strip()
    split = headings.head_and_value(text)
    if split is not None:
        label = _label(split[0], number is not None)
        if label is not None:
            return [Part(label, split[0], [split[1]] if split[1] else [])]
    else:
        if (found := headings.pairs(text)) and number is None:
            return [Part(label, heading, [value] if value else []) for label, heading, value in found]
        label = headings.exact(text)
        if not number and len(flat(text)) < 3 and label != PAGE:
            label = None
        label = label or (_label(text, True) if number else headings.alone(text))
        if label is not None:
            return [Part(label, text)]
    if number is not None and _opens(number, last, current):
        return [Part(None, line if split is None else split[0], [split[1]] if split and split[1] else [])]
    return []


def _label(text: str, marked: bool) -> str | None:
    """The element of a heading with a colon or a number; a slip of the pen and unknown words count where it is numbered."""
    if (label := headings.exact(text)) is not None:
        return label
    if not marked:
        return headings.similar(text)
    return headings.similar(text) or headings.by_shape(text)


def _opens(number: Numbered, last: dict[str, int], current: Part) -> bool:
    """Whether a numbered line that is no known heading opens a part of its own, rather than go on with a list."""
    split = headings.head_and_value(number.rest)
    head = split[0] if split else number.rest
    if len(flat(head)) > headings.LONGEST or re.search(r"[,，。；;]", head):
        return False
    if number.number != last.get(number.style, 0) + 1:
        return False
    inside = [found for line in current.lines if (found := numbered(line)) and found.style == number.style]
    return not (inside and inside[-1].number == number.number - 1)


def _cells(line: str) -> list[Part]:
    """A row of a table whose first cell is a heading: label and value in turns, or a label and all the rest."""
    cells = [cell.strip() for cell in line.strip().strip(BAR).split(BAR)]
    labels = [headings.exact(cell) if cell else None for cell in cells]
    if labels[0] is None or len(cells) < 2:
        return []
    if len(cells) == 2:
        return [Part(labels[0], cells[0], [cells[1]] if cells[1] else [])]
    if all(label is not None for label in labels):
        return []
    found: list[Part] = []
    for cell, label in zip(cells, labels, strict=True):
        if (label is not None and (not found or found[-1].lines or not cell)) or (label is not None and not found[-1].lines):
            found.append(Part(label, cell))
        elif cell:
            found[-1].lines.append(cell)
    return found
