"""rules/search: which terms a guide is found by, and which terms a query asks for.

Character pairs find every Chinese word of two characters and more (recall 1.0 at every length in the design's
measurement); single characters serve queries of one. Pinyin serves those who type Latin letters: by initials, by
syllables, and written together by pairs of syllables, as Chinese is by pairs of characters.
"""
import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise, product

from pypinyin import Style, pinyin

from portal.rules.guide.document import Guide

NAME, ALIAS, SUMMARY = 3, 2, 1
MAX_QUERY = 40
LONGEST = 40
"""The longest term of the index."""
SHORTEST_CODE = 8
"""A shorter part of a code says nothing: many have it."""
_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[a-z0-9]+")
_ASIDE = re.compile(
    "请问|(?:应该|应当)?(?:怎么|怎样|如何|咋)(?:去|来)?(?:办理|申请|申办|办)?|(?:我们?|咱们?)(?:想要|想|要|需要)?(?:去|来)?(?:办理|申请|申办|办)?"
    "|想要|(?:需要|要)?(?:带|交|准备|提交)?(?:什么|哪些|啥)(?:材料|手续|资料|证件|条件|东西)?|(?:在|去|到)?(?:哪里|哪儿|哪个?)(?:办理|申请|办)?"
    "|办理|申请|需要|多少钱|多长时间|要?多久|几天|可以|能不能|[吗呢吧啊了的？?]")
"""What people say around the thing they want: it stands in no name, and would keep a question from finding anything."""
_SYLLABLE = re.compile(
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui"
    "|uo|ve|e|a|i|o|u|v)|ang|eng|ai|ei|ao|ou|an|en|er|a|e|o)")
_SPOKEN = re.compile(f"{_SYLLABLE.pattern}+")
_LONGEST_SYLLABLE = 6


def fold(text: str) -> str:
    """Full-width letters become plain, capitals small: what is compared."""
    return unicodedata.normalize("NFKC", text).lower()


def grams(text: str) -> set[str]:
    """Pairs and single characters of the Chinese runs, and the Latin words, of a text."""
    folded = fold(text)
    found = set(_LATIN.findall(folded))
    for run in _HAN.findall(folded):
        found.update(run)
        found.update(run[i:i + 2] for i in range(len(run) - 1))
    return found


def sounds(text: str) -> set[str]:
    """Initials of every run in the text from each of its characters on (up to 12), its syllables and pairs of them."""
    found: set[str] = set()
    for run in _HAN.findall(fold(text)):
        full = [row[0] for row in pinyin(run, style=Style.NORMAL)]
        initials = "".join(syllable[0] for syllable in full)
        found.update(full)
        found.update(a + b for a, b in pairwise(full))
        found.update("~" + initials[start:end] for start, end in product(range(len(run)), range(len(run) + 1))
                     if 2 <= end - start <= 12)
    return found


def syllables(word: str) -> list[str]:
    """A Latin word as syllables of pinyin, the longest first where there is a choice; empty where it is no pinyin."""
    if not _SPOKEN.fullmatch(word):
        return []
    rest: list[list[str] | None] = [None] * len(word) + [[]]
    for at in reversed(range(len(word))):
        for end in range(min(at + _LONGEST_SYLLABLE, len(word)), at, -1):
            if rest[end] is not None and _SYLLABLE.fullmatch(word, at, end):
                rest[at] = [word[at:end], *rest[end]]
                break
    return rest[0] or []


def joined_run(text: str) -> str:
    """The Chinese characters of a text, without what stands between them."""
    return "".join(_HAN.findall(text))


def terms(guide: Guide) -> dict[str, int]:
    """Every term that the guide is found by, with the weight of its best place."""
    found: dict[str, int] = {}
    summary = " ".join(str(text.zh) for text in (guide.summary, guide.scope) if text)
    english = " ".join(text.en for text in (guide.item.name, guide.summary, *guide.item.aliases) if text and text.en)
    aliases = " ".join(text.zh for text in guide.item.aliases)
    codes = {fold(code) for code in (guide.item.code, guide.item.local_code) if code}
    for weight, row in (
        (SUMMARY, grams(summary) | grams(english)),
        (ALIAS, grams(aliases) | sounds(aliases)),
        # Brackets in a name are typed by some and left out by others, so the pairs across them count too.
        (NAME, grams(guide.item.name.zh) | grams(joined_run(guide.item.name.zh)) | sounds(guide.item.name.zh) | codes),
    ):
        found.update(dict.fromkeys(row, weight))
    return {term: weight for term, weight in found.items() if len(term) <= LONGEST}


def listed(name: str, main_item: str | None, codes: str, *, known: bool) -> dict[str, int]:
    """The terms of a row of the catalogue: its name, the heading above it, and its codes. Where the item has a guide
    (`known`), the guide's own name goes before."""
    found = dict.fromkeys(grams(main_item or ""), SUMMARY)
    row = grams(name) | grams(joined_run(name)) | sounds(name) | {code for code in _LATIN.findall(fold(codes)) if len(code) >= SHORTEST_CODE}
    found.update(dict.fromkeys(row, ALIAS if known else NAME))
    return {term: weight for term, weight in found.items() if len(term) <= LONGEST}


def joined(*terms: Mapping[str, int]) -> dict[str, int]:
    """Several rows of terms as one, each term with its best weight."""
    found: dict[str, int] = {}
    for row in terms:
        for term, weight in row.items():
            found[term] = max(weight, found.get(term, 0))
    return found


def asked(query: str) -> list[set[str]]:
    """The query as groups of terms: a guide answers when it has one term of every group."""
    folded = fold(query)[:MAX_QUERY]
    groups: list[set[str]] = []
    for run in _HAN.findall(plain(folded)):
        groups += [{run}] if len(run) == 1 else [{run[i:i + 2]} for i in range(len(run) - 1)]
    for word in _LATIN.findall(folded):
        whole, spoken = {word, "~" + word}, syllables(word)
        groups += [{a + b} | whole for a, b in pairwise(spoken)] or [whole]
    return groups


def plain(query: str) -> str:
    """The query without the words of asking; a query that is nothing else stays as it is."""
    rest = _ASIDE.sub(" ", query)
    return rest if len(joined_run(rest)) > 1 else query


def latin(folded: str) -> list[str]:
    """The Latin words and numbers of a folded text."""
    return _LATIN.findall(folded)
