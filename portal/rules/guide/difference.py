"""rules/guide: what differs between two revisions of a guide, element by element, in words.

Rows are matched by their key, else by their name, else by their words, so that a row that only moved is said to have
moved, and a changed one to have changed. The difference is empty where nothing that is read differs.
"""
import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from portal.rules.guide.document import GuideFile
from portal.rules.guide.outline import Node, called, outline
from portal.rules.guide.text import Text

ALIKE = 0.5
"""From so much in common on, a line of text is taken for a changed one, and not for a new one."""
LONGEST = 4000
"""Words of a text up to which its changes are marked inside it; a longer one is shown whole, before and after."""
WORD = re.compile(r"[A-Za-z]+|\d+|\s+|.", re.DOTALL)


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


KINDS = {
    Kind.ADDED: Text(zh="新增", en="Added"),
    Kind.REMOVED: Text(zh="删去", en="Removed"),
    Kind.CHANGED: Text(zh="修改", en="Changed"),
    Kind.MOVED: Text(zh="移动", en="Moved"),
}


class Line(NamedTuple):
    """An element of a row that was added or removed, with its words."""

    label: Text
    value: Text


class Change(NamedTuple):
    """One difference. `where` says the place in words, `at` is its JSON Pointer in the later revision, or in the earlier
    one for what was removed. A row that came or went has its `lines`; one that moved its places from 1 on."""

    kind: Kind
    where: Text
    at: str
    before: Text | None = None
    after: Text | None = None
    lines: tuple[Line, ...] = ()


class Span(NamedTuple):
    """A piece of a changed text: `kind` is empty where both have it."""

    kind: str
    text: str


def difference(before: GuideFile, after: GuideFile) -> list[Change]:
    """The changes that lead from one to the other, in the order of the later one."""
    return list(_compared(outline(before), outline(after), [], []))


def spans(before: str, after: str) -> list[Span]:
    """The text with what was taken out and what was put in; removed stands before added."""
    old, new = WORD.findall(before), WORD.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return [Span(Kind.REMOVED, before), Span(Kind.ADDED, after)]
    found = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Span("", "".join(old[a:b])))
            continue
        found += [Span(kind, text) for kind, text in ((Kind.REMOVED, "".join(old[a:b])), (Kind.ADDED, "".join(new[c:d]))) if text]
    return found


def _compared(a: Node, b: Node, old: list[Node], new: list[Node]) -> Iterator[Change]:
    """The changes between two nodes that are the same element; `old` and `new` are the ways to them, themselves included."""
    if a.value != b.value:
        yield Change(Kind.CHANGED if a.value and b.value else Kind.ADDED if b.value else Kind.REMOVED, called(new), b.at, a.value, b.value)
    if a.listed or b.listed:
        yield from _rows(a, b, old, new)
        return
    had = {_last(child): child for child in a.children}
    for child in b.children:
        before = had.pop(_last(child), None)
        if before is None:
            yield from _whole(Kind.ADDED, child, new)
        else:
            yield from _compared(before, child, _way(old, before), _way(new, child))
    for child in had.values():
        yield from _whole(Kind.REMOVED, child, old)


def _rows(a: Node, b: Node, old: list[Node], new: list[Node]) -> Iterator[Change]:
    pairs = _matched(a.children, b.children)
    moved = _moved(pairs)
    came_from = {there: here for here, there in pairs}
    for number, row in enumerate(b.children):
        before = came_from.get(number)
        if before is None:
            yield _row(Kind.ADDED, row, new)
            continue
        if (before, number) in moved:
            yield Change(Kind.MOVED, called(_way(new, row)), row.at, _place(before), _place(number))
        yield from _compared(a.children[before], row, _way(old, a.children[before]), _way(new, row))
    gone = set(range(len(a.children))) - {here for here, _ in pairs}
    for number in sorted(gone):
        yield _row(Kind.REMOVED, a.children[number], old)


def _whole(kind: Kind, node: Node, way: list[Node]) -> Iterator[Change]:
    """An element with all that is in it, which only one of the two has: a change a value, and one a row."""
    if node.listed:
        yield from (_row(kind, row, _way(way, node)) for row in node.children)
        return
    if node.value is not None:
        sides = {"after": node.value} if kind is Kind.ADDED else {"before": node.value}
        yield Change(kind, called(_way(way, node)), node.at, **sides)
    for child in node.children:
        yield from _whole(kind, child, _way(way, node))


def _row(kind: Kind, row: Node, way: list[Node]) -> Change:
    lines = tuple(Line(called(path) if path else row.label, value) for path, value in _lines(row, []))
    return Change(kind, called(_way(way, row)), row.at, lines=lines)


def _lines(node: Node, path: list[Node]) -> Iterator[tuple[list[Node], Text]]:
    if node.value is not None:
        yield path, node.value
    for child in node.children:
        yield from _lines(child, [*path, child])


def _way(way: list[Node], node: Node) -> list[Node]:
    return way if node.at == "/guide" else [*way, node]


def _last(node: Node) -> str:
    return node.at.rpartition("/")[2]


def _place(number: int) -> Text:
    return Text(zh=f"第{number + 1}位", en=f"place {number + 1}")


def _matched(a: Sequence[Node], b: Sequence[Node]) -> list[tuple[int, int]]:
    """(position before, position after) of the rows that are the same one, in the order before."""
    left, right, pairs = dict(enumerate(a)), dict(enumerate(b)), []
    for known_by in (lambda row: row.identity[0], lambda row: row.identity[1], _content):
        _pair(left, right, pairs, known_by)
    for number, row in list(left.items()):
        best = max(right, key=lambda there: _alike(row, right[there]), default=None)
        if best is not None and _alike(row, right[best]) >= ALIKE:
            pairs.append((number, best))
            del left[number], right[best]
    return sorted(pairs)


def _pair(left: dict[int, Node], right: dict[int, Node], pairs: list[tuple[int, int]], known_by: Callable[[Node], Hashable]) -> None:
    waiting: dict[Hashable, list[int]] = {}
    for number, row in right.items():
        waiting.setdefault(known_by(row), []).append(number)
    for number, row in list(left.items()):
        same = waiting.get(known_by(row)) if known_by(row) else None
        if same:
            pairs.append((number, same.pop(0)))
            del left[number], right[pairs[-1][1]]


def _content(row: Node) -> tuple:
    return tuple((leaf.label.zh, leaf.value.zh) for leaf in row.leaves())


def _alike(a: Node, b: Node) -> float:
    """How much two rows have in common that no key and no name joins; rows that are known by a key are never joined so."""
    if a.value is None or b.value is None:
        return 0.0 if any(a.identity) or any(b.identity) else ALIKE
    return SequenceMatcher(None, a.value.zh[:500], b.value.zh[:500], autojunk=False).ratio()


def _moved(pairs: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """The fewest rows whose moving explains the new order: all but a longest run that kept its order."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    at: list[int] = []
    for number, (_, there) in enumerate(pairs):
        place = bisect_left(ends, there)
        before[number] = at[place - 1] if place else None
        ends[place:place + 1], at[place:place + 1] = [there], [number]
    kept, number = set(), at[-1] if at else None
    while number is not None:
        kept.add(number)
        number = before[number]
    return {pair for number, pair in enumerate(pairs) if number not in kept}
