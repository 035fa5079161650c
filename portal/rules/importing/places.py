"""rules/importing: the kinds of place that an element can have: how the source's words get in, and how they come back."""
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from portal.rules.guide.codes import ItemKind, Listed
from portal.rules.guide.text import Text
from portal.rules.importing import characters, limits
from portal.rules.importing.characters import flat, pieces
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.numbering import han_number, split

YES = {"是", "有", "支持", "可以", "允许", "能", "需要", "已进驻", "已关联电子证照", "收费", "1", "true", "Y"}
NO = {"否", "无", "没有", "不支持", "不可以", "不允许", "不能", "不需要", "未进驻", "不涉及", "不是", "0", "false", "N"}


@dataclass(frozen=True)
class Place:
    """A typed place. `read` makes the value of the words (None where it cannot), `say` the words of the value."""

    path: str
    read: Callable[[str], Any]
    say: Callable[[Any], str]
    same: Callable[[str, str], bool] = characters.same
    none: bool = True
    """Whether 无 means that there is none; else it is a value like another."""

    def put(self, draft: Draft, said: str) -> bool:
        """Places the words and claims them; where that cannot be, keeps them unplaced and returns False."""
        if self.none and characters.says_none(said):
            if draft.get(self.path):
                draft.refuse(f"{draft.element}：{said}")
                return False
            draft.none(self.path, said)
            return True
        try:
            value = self.read(said)
        except (ValidationError, ValueError, ArithmeticError):
            value = None
        if value is None or not draft.put(self.path, value):
            draft.refuse(f"{draft.element}：{said}")
            return False
        draft.claim(said, self._said, self.same)
        return True

    def _said(self, file) -> str | None:
        value = held(file, self.path)
        return None if value is None else self.say(value)


def text(path: str) -> Place:
    return Place(path, lambda said: Text(zh=said.strip()), lambda value: value.zh)


def words(path: str) -> Place:
    """A plain string, kept as it is."""
    return Place(path, lambda said: said.strip() or None, str)


def address(path: str) -> Place:
    """An address on the web; 点击访问 is none."""
    shape = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.ASCII)
    return Place(path, lambda said: said.strip() if shape.fullmatch(said.strip()) else None, str)


def code(path: str, shape: str = r"[0-9A-Za-z-]{1,64}") -> Place:
    """A code: letters and digits, any case, full width too."""
    def read(said: str) -> str | None:
        plain = flat(said)
        return plain if re.fullmatch(shape, plain, re.ASCII) else None

    return Place(path, read, str)


def texts(path: str) -> Place:
    """A list of short texts, as an enumeration has them."""
    return Place(path, lambda said: [Text(zh=part) for part in pieces(said, "，,、;；\n")] or None,
                 lambda value: "、".join(part.zh for part in value), characters.same_letters)


def strings(path: str) -> Place:
    return Place(path, lambda said: pieces(said, "，,、;；\n^") or None, "、".join, characters.same_letters)


def sentences(path: str) -> Place:
    """A list of sentences, numbered in the source or one a line; the numbers are the list's own."""
    def letters(source: str) -> str:
        return characters.letters("".join(split(source)))

    return Place(path, lambda said: [Text(zh=part) for part in split(said)] or None,
                 lambda value: "\n".join(part.zh for part in value),
                 lambda shown, source: characters.letters(shown) == letters(source))


def one(path: str, listed: type[Listed], also: dict[str, Listed] | None = None) -> Place:
    """One value of a closed list, by its words, its national number, or another word that means it."""
    if also is None:
        also = {}
    known = vocabulary(listed, also)
    return Place(path, lambda said: known.get(flat(said)), lambda value: value.text.zh,
                 lambda shown, source: known.get(flat(source)) is known.get(flat(shown)) is not None)


def many(path: str, listed: type[Listed], also: dict[str, Listed] | None = None) -> Place:
    """Several values of a closed list. A value that stands twice counts once; one unknown word refuses the whole."""
    if also is None:
        also = {}
    known = vocabulary(listed, also)

    def read(said: str) -> list[Listed] | None:
        if (alone := known.get(flat(said))) is not None:
            return [alone]
        found = [known.get(flat(part)) for part in pieces(_JOINING.sub("、", said))]
        return list(dict.fromkeys(found)) if found and None not in found else None

    return Place(path, read, lambda value: "、".join(part.text.zh for part in value),
                 lambda shown, source: read(source) == read(shown) is not None)


_JOINING = re.compile(r"(?<=[\u4e00-\u9fff])(?:和|或|及|与|/|\+)(?=[\u4e00-\u9fff])|\^")
"""What stands between the values of a list beside its marks; one national system divides by ^."""


def vocabulary(listed: type[Listed], also: dict[str, Listed]) -> dict[str, Listed]:
    """Every word that means a value of the list, and its national number where all provinces mean the same by it."""
    known = {flat(word): value for word, value in also.items()}
    for value in listed:
        known[flat(value.text.zh)] = value
        if value.code and value not in (ItemKind.OTHER, ItemKind.PUBLIC_SERVICE):
            known.setdefault(value.code, value)
    return known


def yes_no(path: str, turned: bool = False) -> Place:
    """是/否 and their like. `turned`: the place holds the opposite (是否收费 and *free*)."""
    def read(said: str) -> bool | None:
        plain = flat(said)
        answer = True if plain in YES else False if plain in NO else None
        return answer if answer is None or not turned else not answer

    return Place(path, read, lambda value: "是" if value != turned else "否",
                 lambda shown, source: read(source) is read(shown) is not None, none=False)


def limit(path: str) -> Place:
    return Place(path, limits.read, limits.said, limits.same)


def number(path: str, unit: str = "次") -> Place:
    """A whole number, in digits or Chinese numerals, with its unit or without."""
    def read(said: str) -> int | None:
        plain = re.sub(r"^(?:最多|至多|不超过)(?:跑)?", "", flat(said)).removesuffix(unit)
        return int(plain) if re.fullmatch(r"\d{1,3}", plain, re.ASCII) else han_number(plain)

    return Place(path, read, str, lambda shown, source: read(source) == read(shown) is not None, none=False)


def day(path: str) -> Place:
    return Place(path, read_day, lambda value: value.isoformat(),
                 lambda shown, source: read_day(source) == read_day(shown) is not None)


def read_day(said: str) -> date | None:
    """The date that 2019-11-29, 2019年11月29日, 2019/11/29 or 20191129 say; a time behind it is left to others."""
    match = re.fullmatch(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})日?(?:00:00(?::00)?)?", flat(said), re.ASCII)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None

