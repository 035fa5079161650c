"""rules/importing: the characters of a source, made clean, and what counts as the same text."""
import html
import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\u2060\ufeff]")
_SPACES = re.compile(r"[ \u00a0\u3000]")
_NONE = re.compile(r"^(?:无|暂无|没有|不涉及|/+|-+|—+|无要求|无此项|空)$")
_EDGE = "。;.,、: "


def clean(text: str) -> str:
    """The text without control characters, with plain spaces and line ends, and entities read (they may be encoded twice)."""
    for _ in range(3):
        if "&" not in text or (read := html.unescape(text)) == text:
            break
        text = read
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SPACES.sub(" ", _CONTROL.sub("", text))


def folded(text: str) -> str:
    """The text with half-width letters, digits and marks (NFKC), for matching."""
    return unicodedata.normalize("NFKC", text)


def flat(text: str) -> str:
    """The text as it is compared: folded, without spaces, without a mark at its ends."""
    return re.sub(r"\s+", "", folded(text)).strip(_EDGE)


def same(one: str, other: str) -> bool:
    """Whether two texts say the same but for spaces, width and the mark at the end."""
    return flat(one) == flat(other)


def letters(text: str) -> str:
    """The text without spaces, brackets and marks: what must remain when a sentence was taken apart."""
    return re.sub(r"[\s:()\[\],、;。.《》“”\"'|/<>·—\-]+", "", folded(text))


def same_letters(one: str, other: str) -> bool:
    """Whether two texts consist of the same letters and digits in the same order."""
    return letters(one) == letters(other)


def says_none(text: str) -> bool:
    """Whether the source says in so many words that there is none (无)."""
    return bool(_NONE.match(flat(text)))


def trivial(text: str) -> bool:
    """Whether a line holds nothing that could be lost: no letter and no digit."""
    return not letters(text)


def pieces(text: str, marks: str = ",、;，；\n") -> list[str]:
    """The parts of an enumeration; marks inside brackets do not divide."""
    parts, depth, start = [], 0, 0
    for place, mark in enumerate(text):
        if mark in "（([【":
            depth += 1
        elif mark in "）)]】":
            depth = max(0, depth - 1)
        elif mark in marks and not depth:
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
