"""rules/importing: the legal basis, from rows or from sentences: 《law》(number) articles, and what they say."""
import re
from typing import Any

from portal.rules.guide.item import Basis
from portal.rules.guide.text import Text
from portal.rules.importing import characters, places, tables
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.numbering import numbered, split
from portal.rules.importing.rows import POSITION, as_words, column, put_rows

PATH = "guide.legal_basis"
COLUMNS = {
    "序号": POSITION,
    "法律法规名称": column(places.text("law"), "法律名称", "依据名称", "设定依据名称", "法规名称", "名称", "设定依据"),
    "依据文号": column(places.text("number"), "文号", "号令", "法规文号", "发文字号"),
    "条款号": column(places.text("articles"), "条款", "条款项", "法条"),
    "颁布机关": column(places.text("issued_by"), "颁布机构", "制定机关", "发布机关", "发布机构", "颁发机关"),
    "实施日期": column(places.day("effective_on"), "生效日期", "施行日期"),
    "颁布日期": column(places.day("issued_on"), "发布日期", "公布日期"),
    "条款内容": column(places.text("content"), "内容", "法条内容", "依据内容"),
    "法规原文链接": column(places.words("url"), "原文链接", "链接", "网址"),
}

_HAN = "零〇一二三四五六七八九十百千\\d"
_ARTICLE = rf"第\s*[{_HAN}]+\s*[条條](?:之[一二三四])?(?:\s*第\s*[{_HAN}]+\s*[款项項目]|\s*第\s*[（(][{_HAN}]+[）)]\s*[项項])*"
_ARTICLES = rf"{_ARTICLE}(?:\s*[、和及与至,，]\s*(?:{_ARTICLE}|第\s*[{_HAN}]+\s*[款项]))*"
_BRACKETS = r"[（(〔](?P<{}>[^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*)[）)〕]"
_TITLED = re.compile(
    r"^(?:依据|根据)?\s*《(?P<law>[^《》]*(?:《[^《》]*》[^《》]*)*)》\s*"
    rf"(?:{_BRACKETS.format('before')}|(?P<plain>[\u4e00-\u9fff]{{1,10}}[〔\[﹝（(【]\d{{4}}[〕\]﹞）)】]第?\d+号))?\s*(?P<articles>{_ARTICLES})?\s*(?:{_BRACKETS.format('after')})?\s*"
    r"(?:[,，、]?\s*制定机关[:：]\s*(?P<issued_by>[^,，;；。]+))?\s*(?P<rest>.*)$", re.DOTALL)
_BARE = re.compile(
    rf"^(?P<law>[^《》,，。;；:：]{{2,60}}?(?:法|条例|办法|规定|细则|章程|规程|通则)(?:[（(][^（()）]*[）)])?)\s*"
    rf"(?P<articles>{_ARTICLES})\s*(?P<rest>.*)$", re.DOTALL)
WRAPPED = 25
"""Characters of a line that may have ended because the page did."""
LONGEST = 3_000
"""Characters of a sentence about one law; what is longer is kept whole."""
_NUMBER = re.compile(r"号|令|公告|[〔\[【]\d{4}[〕\]】]")


def put(draft: Draft, value: Any) -> None:
    """Places rows, or the sentences of a text."""
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        put_rows(draft, PATH, Basis, value, COLUMNS)
        return
    if found := tables.rows_of(value, COLUMNS, "法律法规名称"):
        rows, value = found
        put_rows(draft, PATH, Basis, rows, COLUMNS)
        if characters.trivial(value):
            return
    said = "\n".join(map(as_words, value)) if isinstance(value, list) else as_words(value)
    if characters.says_none(said):
        draft.none(PATH, said)
        return
    for part in sentences(said):
        place = draft.add(PATH, basis(part))
        draft.claim(part, lambda file, place=place: say(held(file, PATH)[place]), same)


def sentences(text: str) -> list[str]:
    """A text in one part for each law: numbered, a line each, or divided where a new 《law》 begins."""
    found = []
    for part in split(_unwrapped(text)):
        found += [piece for piece in re.split(r"(?<=[;；、。,，])\s*(?=《[^《》]{3,60}》)|\s+(?=《[^《》]{3,60}》)", part) if piece.strip()]
    return [part.strip(" ；;、，,\n") for part in found if not characters.trivial(part)]


def _unwrapped(text: str) -> str:
    """The text without the ends of lines inside a sentence: a long line without a mark at its end goes on in the next, where no law begins."""
    lines: list[str] = []
    for line in text.split("\n"):
        goes_on = lines and len(lines[-1]) >= WRAPPED and not re.search(r"[。；;：:》）)]\s*$", lines[-1])
        if goes_on and line.strip() and not re.match(r"\s*(?:《|依据|根据)", line) and numbered(line) is None and "《" not in line:
            lines[-1] = lines[-1].rstrip() + line.strip()
        else:
            lines.append(line)
    return "\n".join(lines)


def basis(text: str) -> Basis:
    """The law in its parts; what cannot be taken apart without loss stays whole as the content."""
    match = (_TITLED.match(text) or _BARE.match(text)) if len(text) <= LONGEST else None
    if match is None:
        return Basis(law=Text(zh=text))
    parts = match.groupdict()
    rest = parts["rest"].strip(" 。；;，,:：\n")
    number = parts.get("before") or parts.get("plain") or parts.get("after")
    values = {"law": parts["law"].strip()}
    if parts.get("before") and not _NUMBER.search(parts["before"]):
        # An edition, as in 条例(2019年修正), belongs to the name.
        values["law"] += f"({parts['before']})"
        number = parts.get("after")
    if parts["articles"]:
        values["articles"] = parts["articles"].strip()
    if number and _NUMBER.search(number):
        values["number"] = number.strip()
    if parts.get("issued_by"):
        values["issued_by"] = parts["issued_by"].strip()
    if rest:
        values["content"] = rest
    made = Basis(**values)
    return made if same(say(made), text) else made.model_copy(update={"content": Text(zh=text)})


def say(row: Basis) -> str:
    """The law as a sentence of a page has it; a content that repeats the whole sentence stands for it."""
    law, content = row.law.zh, row.content.zh if row.content else ""
    if content and characters.letters(law) in characters.letters(content):
        return content
    number = f"({row.number.zh})" if row.number else ""
    issued = f",制定机关:{row.issued_by.zh}" if row.issued_by else ""
    return f"《{law}》{number}{row.articles.zh if row.articles else ''}{issued}{content}"


def same(shown: str, source: str) -> bool:
    """Whether both consist of the same letters; a number may stand before or behind the articles."""
    return sorted(characters.letters(shown)) == sorted(characters.letters(source))
