"""publishing: pages and files that are known before they are drawn, with a digest of all that they say beside the county.

Where the digest is that of the shown site, nothing is drawn: so a change draws what it touches, whatever kind of change it is.
"""
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from portal.publishing import addresses
from portal.publishing.cards import Card, mark
from portal.publishing.said import Said, english

LINES = 110
"""So many lines stand on one page."""

One = TypeVar("One")


class Planned(NamedTuple):
    """A page in both languages: `name` is its path below the language, `draw` gives its values for a locale."""

    name: str
    mark: bytes
    draw: Callable[[str], object]


class Leaf(NamedTuple):
    """One of the pages that a long list is cut into: from 1, of so many."""

    name: str
    number: int
    of: int
    held: Sequence


def leaves(name: str, held: Sequence[One], room: int = LINES) -> Iterator[Leaf]:
    """The list cut into pages of `room`: `name`, `name/2`, `name/3`; an empty one has a page as well."""
    room = max(room, 1)
    cut = [held[at:at + room] for at in range(0, len(held), room)] or [held]
    for number, part in enumerate(cut, 1):
        yield Leaf(name if number == 1 else f"{name}/{number}", number, len(cut), part)


def turns(name: str, leaf: Leaf, locale: str) -> tuple[Said, ...]:
    """The links from one page of a long list to the others, the page's own number without a link; none where it is the only."""
    if leaf.of == 1:
        return ()
    at = [addresses.page(name if number == 1 else f"{name}/{number}", locale) for number in range(1, leaf.of + 1)]
    return tuple(Said(f"Page {number}" if english(locale) else f"第{number}页", href=None if number == leaf.number else href)
                 for number, href in enumerate(at, 1))


def lines(cards: Iterable[Card]) -> bytes:
    """What the cards say in lines of a list."""
    return b"".join(one.marks.line for one in cards)


def digest(*told: object) -> bytes:
    return mark(*told)
