"""rules/importing: telephones, whom to ask, whom to complain to, and remedies."""
import re
from typing import Any

from portal.rules.guide.codes import RemedyKind
from portal.rules.guide.contacts import Contact, Remedy
from portal.rules.guide.text import Text
from portal.rules.importing import characters, places
from portal.rules.importing.characters import folded, same_letters
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.numbering import without_number
from portal.rules.importing.rows import as_words, cells_of, column, put_rows

# Area code and number, mobile, 400 and short numbers; an error in the source (too short) is kept as it stands.
_ONE = (r"(?:[（(]0\d{2,3}[）)]\s*|0\d{2,3}\s*[-—–－ ]?\s*)\d{5,8}(?:-\d{1,5})?|1[3-9]\d{9}|[48]00[- ]?\d{3,4}[- ]?\d{3,4}"
        r"|(?:12|9[56]|1[01])\d{1,4}|[2-8]\d{6,7}")
TELEPHONE = re.compile(rf"(?<![\d.])(?:{_ONE})(?![\d.])(?:\s*[/、,，;；或]\s*(?:{_ONE})(?!\d))*", re.ASCII)
_URL = re.compile(r"https?://[^\s，,；;。（）()\u4e00-\u9fff]+|www\.[^\s，,；;。（）()\u4e00-\u9fff]+")
_LABELS = re.compile(r"(?:咨询|监督|投诉|举报|联系|办公|服务)*(?:电\s*话|热线|方式|号码)\s*[:：]|^[:：]")
COLUMNS = {
    "类别": column(places.one("kind", RemedyKind, {"复议": RemedyKind.REVIEW, "诉讼": RemedyKind.LAWSUIT}),
                 "类型", "救济方式", closed=True),
    "部门": column(places.text("body"), "受理部门", "机关", "机构", "名称", "行政部门"),
    "地址": column(places.text("address"), "受理地址", "行政地址"),
    "电话": column(places.words("telephone"), "联系电话", "行政电话"),
    "网址": column(places.words("url"), "行政网址"),
    "备注": column(places.text("note"), "说明"),
}


def put(path: str):
    """A way to place contacts at a path."""
    def place(draft: Draft, value: Any) -> None:
        said = as_words(value)
        if characters.says_none(said):
            draft.none(path, said)
            return
        for part in _parts(said):
            index = draft.add(path, contact(part))
            draft.claim(part, lambda file, index=index: say(held(file, path)[index]), _same)

    return place


def contact(text: str) -> Contact:
    """Who is behind the number, the number, and a remark; what has neither number nor address is a note."""
    plain = without_number(text)
    if found := _URL.search(plain):
        rest = plain[: found.start()] + plain[found.end():]
        number = TELEPHONE.search(folded(rest))
        if not characters.letters(re.sub(r"网\s*址|网站", "", _LABELS.sub("", rest))):
            return Contact(url=found[0])
        if number is None:
            return Contact(note=Text(zh=plain), url=found[0])
    number = TELEPHONE.search(folded(plain))
    if number is None:
        return Contact(note=Text(zh=plain.strip() or text))
    plain = folded(plain)
    name = _LABELS.sub("", plain[: number.start()]).strip(" :：,，;；、。(（")
    note = plain[number.end():].strip(" :：,，;；、。")
    if note.startswith("(") and note.endswith(")") and note.count("(") == 1:
        note = note[1:-1]
    else:
        note = note.removeprefix(")") if plain[: number.start()].rstrip().endswith("(") else note
    return Contact(name=Text(zh=name) if name else None, telephone=number[0].strip(),
                   note=Text(zh=note) if characters.letters(note) else None)


def say(row: Contact) -> str:
    """The contact as a page has it."""
    note = row.note.zh if row.note else ""
    if row.url and row.url in note:
        return note
    parts = (row.name and row.name.zh, row.address and row.address.zh, row.telephone, row.url, row.email)
    return "".join(part for part in parts if part) + note


def telephones(text: str) -> list[str]:
    """Every telephone number of a text."""
    return [match[0] for match in TELEPHONE.finditer(folded(text))]


def remedy(kind: RemedyKind):
    """A way to place what the source says of one remedy in words."""
    path = "guide.remedies"

    def place(draft: Draft, value: Any) -> None:
        said = as_words(value).strip()
        if characters.says_none(said):
            draft.none(path, said)
            return
        parts = _labelled(said)
        index = draft.add(path, Remedy(kind=kind, **(parts or {"body": Text(zh=said)})))
        draft.claim(said, lambda file: _say_remedy(held(file, path)[index]),
                    lambda shown, source: same_letters(shown, re.sub(_PART, "", source) if parts else source))

    return place


_PART = r"(?:受理)?(?:部门|机关|名称|法院)[:：]|(?:联系|咨询)?(?:地址|电话|网址)[:：]"
_LABELLED = re.compile(
    rf"^(?:(?:{_PART})?\s*)(?P<body>[^:：，,；;（()）\d]{{2,40}})[（(，,；;\s]+(?:(?:联系)?地址[:：]\s*(?P<address>[^:：，,；;（()）]+)[，,；;\s]*)?"
    r"(?:(?:(?:联系|咨询)?电话[:：])\s*(?P<telephone>[\d、\- ]{5,40}))?[)）。]?$")


def _labelled(said: str) -> dict[str, Any] | None:
    """The body, its address and telephone, where a text names each: 县政府（地址：…，电话：…）."""
    match = _LABELLED.match(said) if len(said) <= 200 else None
    if match is None or not (match["address"] or match["telephone"]):
        return None
    found = {"body": Text(zh=match["body"].strip()), "telephone": (match["telephone"] or "").strip() or None}
    return found | ({"address": Text(zh=match["address"].strip())} if match["address"] else {})


def _say_remedy(row: Remedy) -> str:
    return "，".join(part for part in (row.body.zh, row.address and row.address.zh, row.telephone) if part)


def put_remedies(draft: Draft, value: Any) -> None:
    """Rows of remedies, one for each body; their words may stand in one text too."""
    if isinstance(value, dict):
        kinds = {kind.text.zh for kind in RemedyKind}
        named = set(map(str, value)) <= kinds and all(isinstance(row, dict) for row in value.values())
        value = [{"类别": kind, **row} for kind, row in value.items()] if named else [value]
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        for row in value:
            cells = cells_of(row) if isinstance(row, dict) else {}
            kind = next((kind.text.zh for kind in RemedyKind if kind.text.zh in cells.values()), draft.core)
            draft.at(kind, kind)
            put_rows(draft, "guide.remedies", Remedy, [cells or row], COLUMNS)
        return
    for part in re.split(r"\n|(?<=[。;；])\s*(?=行政(?:复议|诉讼))", as_words(value)):
        kinds = [kind for kind in RemedyKind if kind.text.zh in part]
        if len(kinds) == 1:
            remedy(kinds[0])(draft, without_number(part))
        elif not characters.trivial(part):
            draft.refuse(part)


def _parts(said: str) -> list[str]:
    """A part for each number that has words of its own; numbers in a row belong together."""
    found = []
    for line in said.split("\n"):
        if characters.trivial(line):
            continue
        # A number with its bracket, and another number behind it.
        rough = re.split(r"[;；,，]|(?<=[)）])\s+(?=[\d(（])", line)
        apart = len(rough) > 1 and all(TELEPHONE.search(folded(part)) and characters.letters(
            TELEPHONE.sub("", folded(part))) for part in rough if not characters.trivial(part))
        found += [part for part in (rough if apart else [line]) if not characters.trivial(part)]
    return [part.strip() for part in found]


def _same(shown: str, source: str) -> bool:
    return same_letters(shown, _LABELS.sub("", folded(without_number(source)))) or same_letters(shown, source) \
        or same_letters(shown, re.sub(r"网\s*址|网站", "", _LABELS.sub("", folded(without_number(source)))))
