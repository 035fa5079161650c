"""rules: what a query may have meant where it finds nothing: the same sounds in other characters, or one character or letter
wrong, missing, too many, or in its neighbour's place. What is offered for it is labelled as such.
"""
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, product

from pypinyin import Style, pinyin

from portal.rules import search

SHORTEST, LONGEST = 2, 40
MOST_SINGLES = 8
"""Up to so many characters are looked up one by one too: of more, the pairs are enough to find the name."""
SHORTEST_LATIN, LONGEST_LATIN = 4, 20
MOST_HEARD = 8
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("f", "h"))
_ALIKE_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
"""Sounds that many people of the country do not tell apart, and type one for the other."""
_PARTS = re.compile("(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)")


@dataclass(frozen=True)
class Near:
    """The words in a text that a query is near to, and how far from them it is: 0 for the same sounds, 1 for one sign."""

    words: str
    distance: int


@lru_cache(maxsize=200)
def forms(query: str) -> tuple[str, ...]:
    """The Chinese characters of a query as names are compared with them: all of them, and without the words of asking."""
    folded = search.fold(query)[:search.MAX_QUERY]
    found = (search.joined_run(folded), search.joined_run(search.plain(folded)))
    return tuple(one for one in dict.fromkeys(found) if SHORTEST <= len(one) <= LONGEST)


def heard(query: str) -> list[set[str]]:
    """The query by its sounds, as groups of terms of the index: a name that sounds like it has one of every group. None for
    long queries, of which one sign at most is another."""
    run = min(forms(query), key=len, default="")
    return [{a + b for a, b in product(readings(first), readings(second))} for first, second in pairwise(run) if len(run) <= MOST_HEARD]


def pieces(query: str) -> set[str]:
    """Pairs and single characters of which a name near to the query has most."""
    found = {run[at:at + 2] for run in forms(query) for at in range(len(run) - 1)}
    return found.union(*(run for run in forms(query) if len(run) <= MOST_SINGLES))


def near(query: str, text: str) -> Near | None:
    """The words in the text that the query is near to; None where there are none."""
    told = search.joined_run(search.fold(text))
    for run in forms(query):
        for start in range(len(told) - len(run) + 1):
            if all(readings(a) & readings(b) for a, b in zip(run, told[start:start + len(run)], strict=True)):
                return Near(told[start:start + len(run)], 0)
        found = next((window for window in _windows(run, told) if one_apart(run, window)), None)
        if found:
            return Near(found, 1)
    return None


def one_apart(a: str, b: str) -> bool:
    """Whether one sign wrong, missing, too many, or two neighbours in each other's place make the one the other."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    at = next((number for number, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1:]
    swapped = a[at:at + 2] == b[at:at + 2][::-1] and a[at + 2:] == b[at + 2:]
    return (a[at + 1:] == b[at + 1:] and len(a) > 2) or swapped


def letters(query: str) -> list[str]:
    """The Latin words of a query in which a letter may be wrong."""
    return [word for word in search.latin(search.fold(query)[:search.MAX_QUERY]) if SHORTEST_LATIN <= len(word) <= LONGEST_LATIN and word.isalpha()]


def respelt(word: str) -> dict[str, list[str]]:
    """Every word that one letter makes out of this one, with the pairs of its syllables where it is pinyin."""
    return {one: [a + b for a, b in pairwise(search.syllables(one))] for one in _edits(word)}


@lru_cache(maxsize=30_000)
def readings(sign: str) -> frozenset[str]:
    """The syllables that a character is read as, and those that are taken for them."""
    return frozenset().union(*map(alike, pinyin(sign, style=Style.NORMAL, heteronym=True)[0]))


@cache
def alike(syllable: str) -> frozenset[str]:
    """The syllable, and those that are taken for it."""
    first, rest = _PARTS.fullmatch(syllable).groups()
    return frozenset(a + b for a, b in product(_swapped(first, _ALIKE, str.__eq__), _swapped(rest, _ALIKE_ENDS, str.endswith)))


def _swapped(part: str, pairs: Iterable[tuple[str, str]], fits) -> set[str]:
    found = {part}
    for a, b in pairs:
        for one, other in ((a, b), (b, a)):
            if fits(part, one):
                found.add(part[:len(part) - len(one)] + other)
                break
    return found


def _windows(run: str, told: str) -> Iterator[str]:
    """The words of the text that may be one sign apart from the query: one third of it is whole in them."""
    number = len(run)
    cuts = (0, number // 3, 2 * number // 3, number) if number > 2 else (0, number)
    starts: dict[int, None] = {}
    for begin, end in pairwise(cuts):
        at = told.find(run[begin:end])
        while at >= 0:
            starts.update(dict.fromkeys((at - begin, at - begin + 1, at - begin - 1)))
            at = told.find(run[begin:end], at + 1)
    if number == 2:
        starts = dict.fromkeys(range(len(told)))
    # One sign more than the query has them all, so that it is likelier than one that has another in its place.
    for length in (number + 1,) * (number > 2) + (number,) + (number - 1,) * (number > 3):
        yield from (told[start:start + length] for start in starts if 0 <= start <= len(told) - length)


def _edits(word: str) -> Iterator[str]:
    for at in range(len(word)):
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2:]
    for at in range(len(word)):
        yield word[:at] + word[at + 1:]
        for letter in _LETTERS:
            yield word[:at] + letter + word[at + 1:]
    for at in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:at] + letter + word[at:]
