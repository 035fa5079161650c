"""rules/search: which terms a guide is found by, and which terms a query asks for.

Character pairs find every Chinese word of two characters and more (recall 1.0 at every length in the design's
measurement); single characters serve queries of one; pinyin and its initials serve those who type Latin letters.
"""
import re
import unicodedata
from itertools import product

from pypinyin import Style, pinyin

from portal.rules.guide.document import Guide

NAME, ALIAS, SUMMARY = 3, 2, 1
MAX_QUERY = 40
_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[a-z0-9]+")


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
    """Initials of every run in the text from each of its characters on (up to 12), and its syllables."""
    found: set[str] = set()
    for run in _HAN.findall(fold(text)):
        full = [row[0] for row in pinyin(run, style=Style.NORMAL)]
        initials = "".join(syllable[0] for syllable in full)
        found.update(full)
        found.update("~" + initials[start:end] for start, end in product(range(len(run)), range(len(run) + 1))
                     if 2 <= end - start <= 12)
    return found


def _joined(text: str) -> str:
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
        (NAME, grams(guide.item.name.zh) | grams(_joined(guide.item.name.zh)) | sounds(guide.item.name.zh) | codes),
    ):
        found.update(dict.fromkeys(row, weight))
    return {term: weight for term, weight in found.items() if len(term) <= 40}


def asked(query: str) -> list[set[str]]:
    """The query as groups of terms: a guide answers when it has one term of every group."""
    folded = fold(query)[:MAX_QUERY]
    groups: list[set[str]] = []
    for run in _HAN.findall(folded):
        groups += [{run}] if len(run) == 1 else [{run[i:i + 2]} for i in range(len(run) - 1)]
    groups += [{word, "~" + word} for word in _LATIN.findall(folded)]
    return groups
