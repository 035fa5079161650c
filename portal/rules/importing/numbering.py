"""rules/importing: how lists and headings are numbered, and a numbered text in its parts.

一、 (一) 1、 1. (1) 1) ① 第一步. Digits may be full-width, a space may stand before the mark.
"""
import re
from typing import NamedTuple

from portal.rules.importing.characters import folded

_HAN = {mark: number for number, mark in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100}
_STYLES = {
    "han": r"([一二三四五六七八九十]{1,3})\s*[、.．,，:：]",
    "han_brackets": r"[（(〔【]\s*([一二三四五六七八九十]{1,3})\s*[)）〕】]\s*[、.．]?",
    "brackets": r"[（(]\s*([0-9０-９]{1,2})\s*[)）]\s*[、.．]?",
    "comma": r"([0-9０-９]{1,2})\s*、",
    "dot": r"([0-9０-９]{1,2})\s*[.．](?![0-9０-９])",
    "half": r"([0-9０-９]{1,2})\s*[)）]",
    "circle": r"([①-⑳])",
    "step": r"第([一二三四五六七八九十]{1,2})步\s*[:：、,，]?",
}
FAMILIES = {"comma": "digits", "dot": "digits", "half": "digits"}
"""Styles that one list mixes: 1. 2. 3、"""
_AT_START = {style: re.compile(r"\s*" + shape) for style, shape in _STYLES.items()}
_INSIDE = {style: re.compile(r"(?<![\d第至到~.（(-])\s*" + shape) for style, shape in _STYLES.items() if style not in ("half", "han")}


class Numbered(NamedTuple):
    style: str
    number: int
    rest: str


def han_number(text: str) -> int | None:
    """The number that Chinese numerals say, up to 999; None where they say none."""
    total, digit = 0, 0
    if not text:
        return None
    for mark in text:
        if mark in _HAN:
            digit = _HAN[mark]
        elif mark in _TENS:
            total += (digit or 1) * _TENS[mark]
            digit = 0
        else:
            return None
    return total + digit


def numbered(line: str) -> Numbered | None:
    """The number at the start of the line, its style, and what follows it."""
    for style, shape in _AT_START.items():
        if match := shape.match(line):
            return Numbered(style, _number(match[1]), line[match.end():].strip())
    return None


def without_number(line: str) -> str:
    """The line without a number at its start."""
    found = numbered(line)
    return found.rest if found else line.strip()


def split(text: str) -> list[str]:
    """The parts of a numbered text, without their numbers; its lines where it is not numbered.

    The outermost numbering counts: what is numbered otherwise stays inside its part. Numbers may run on within a line;
    there they must count up without a gap, because a year or an amount is no number of a list.
    """
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    first = next((found for line in lines if (found := numbered(line)) and found.number == 1), None)
    if first is None:
        return [line.strip() for line in lines]
    parts: list[str] = []
    last = 0
    for line in lines:
        found = numbered(line)
        if found and _family(found.style) == _family(first.style) and found.number > last:
            inside = _run_on(found.rest, found.style, found.number)
            parts += inside
            last = found.number + len(inside) - 1
        elif last == 0:
            parts.append(line.strip())
        else:
            inside = _run_on(line, first.style, last)
            parts[-1] += "\n" + inside[0].rstrip()
            parts += inside[1:]
            last += len(inside) - 1
    return [part for part in parts if part]


def _family(style: str) -> str:
    return FAMILIES.get(style, style)


def _run_on(text: str, style: str, last: int) -> list[str]:
    """The text up to the next number, and a part for each number that follows without a gap."""
    shape = _INSIDE.get(style)
    if shape is None:
        return [text.strip()]
    parts, start = [], 0
    for match in shape.finditer(text):
        if _number(match[1]) == last + 1:
            parts.append(text[start:match.start()].strip())
            start, last = match.end(), last + 1
    parts.append(text[start:].strip())
    return parts


def _number(mark: str) -> int:
    plain = folded(mark)
    return int(plain) if plain.isdecimal() else han_number(plain) or 0
