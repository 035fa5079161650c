"""rules: the county's list of words: what people say for what offices call otherwise, and what a query becomes with it."""
import re
from collections.abc import Iterable
from itertools import product

from portal.rules import search
from portal.rules.guide.text import Text

MOST_READINGS = 6
MOST_MEANINGS = 6
LONGEST = 20
_WORD = re.compile(r"[㐀-鿿\U00020000-\U0003ffffa-z0-9]+")
_BETWEEN = re.compile(r"[\s、，,；;/|]+")


def readings(query: str, synonyms: Iterable[tuple[str, list[str]]]) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """The query, and what it becomes with the words of offices in place of people's, each with what was replaced. The
    longest words are looked for first; a word is not looked for in one that was found."""
    folded, found = search.fold(query), []
    for word, means in sorted(synonyms, key=lambda row: -len(row[0])):
        at = folded.find(word)
        if at >= 0 and means and not any(at < end and begin < at + len(word) for begin, end, *_ in found):
            found.append((at, at + len(word), word, means))
    said = [(query, ())]
    found.sort()
    for chosen in product(*(row[3] for row in found)):
        if not found or len(said) >= MOST_READINGS:
            break
        said.append((" ".join(filter(None, _around(folded, found, chosen))), tuple((row[2], mean) for row, mean in zip(found, chosen, strict=True))))
    return said


def _around(query: str, found: list[tuple[int, int, str, list[str]]], chosen: tuple[str, ...]) -> list[str]:
    """The words of offices, and between them what else was typed, unless that is a single character, as in 办低保."""
    ends = [0, *(end for _, end, *_ in found)]
    rest = [query[before:begin] for before, begin in zip(ends, [*(begin for begin, *_ in found), len(query)], strict=True)]
    if len(search.joined_run("".join(rest))) < 2 and not search.latin("".join(rest)):
        return list(chosen)
    return [part for pair in zip(rest, (*chosen, ""), strict=True) for part in pair]


def word(typed: str) -> str:
    """The word as the list keeps it and queries are compared with it."""
    return "".join(search.fold(typed).split())


def meanings(typed: str) -> list[str]:
    """The words of offices, typed one a line or with a mark between them; each once."""
    return list(dict.fromkeys(one for one in map(word, _BETWEEN.split(typed)) if one))


def faults(people: str, offices: list[str]) -> dict[str, Text]:
    """What is wrong with a row of the list, by its field; empty where nothing is."""
    found = {}
    if not (2 <= len(people) <= LONGEST and _WORD.fullmatch(people)):
        found["word"] = Text(zh=f"请写 2 到 {LONGEST} 个汉字、字母或数字，中间不要标点。", en=f"Write 2 to {LONGEST} characters, letters or digits, without marks between them.")
    if not offices:
        found["means"] = Text(zh="请至少写一个指南里用的词。", en="Write at least one word that guides use.")
    elif len(offices) > MOST_MEANINGS:
        found["means"] = Text(zh=f"最多写 {MOST_MEANINGS} 个词，请留最要紧的。", en=f"At most {MOST_MEANINGS} words; keep those that matter most.")
    elif any(not (2 <= len(one) <= LONGEST and _WORD.fullmatch(one)) for one in offices):
        found["means"] = Text(zh=f"每个词写 2 到 {LONGEST} 个汉字、字母或数字，一行一个。", en=f"Each word has 2 to {LONGEST} characters, letters or digits, one a line.")
    elif people in offices:
        found["means"] = Text(zh="不能和群众说的词相同，请写指南里用的词。", en="This is what people say already; write the word that guides use.")
    return found
