"""rules/importing: documents as pages list them: in a table, numbered, a line each, or strung together."""
import re
from typing import Any

from portal.rules.guide.documents import Document
from portal.rules.guide.text import Text
from portal.rules.importing import characters, papers, tables
from portal.rules.importing.characters import folded, letters, pieces, same_letters
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.numbering import numbered, split, without_number
from portal.rules.importing.papers import PATH
from portal.rules.importing.rows import as_words, put_row

_SAMPLES = re.compile(r"(?P<word>示例样表|示例样本|空白样表|空白表格|空白表|样表下载|样表|表格下载|填写样例|示范文本)\s*[:：]\s*(?P<file>[^；;。\n]*\.[A-Za-z]{2,5}|[^；;。\n]{1,40})")
_VERB = r"(?:还|另|并|均|则)?(?:应当?|必?须|需要?|要)?(?:同时)?(?:提交|提供|出具|携带|递交|交验|附)(?:以下|下列)?|(?:还|另)?(?:必?须|需)有"
_CONDITIONED = re.compile(rf"^(?P<when>.{{2,90}})[,，]\s*(?:{_VERB})(?P<name>[^,，]{{2,60}}(?:[、,，][^,，]{{2,40}})*)$")
_BESIDE = re.compile(r"除(?:应当?|须|需)?(?:提交|提供)(?P<name>[^,，。]{2,60}?)(?:之?外|以外)[,，]")
_NO_PAPER = re.compile(r"(?:本人|亲自).{0,6}到场|^(?:无需|不需|无须)|^详见|^注[:：]|^备注|^说明[:：]|^(?:以上|上述).*(?:原件|复印|A4|签字|盖章)")
_ASKING = re.compile(r"(?:如下|以下|下列).{0,12}$|(?:提供|提交|携带|准备|材料|资料|文件|证件).{0,6}$")
LONG, SHORT = 60, 30


def put(draft: Draft, value: Any) -> None:
    """Places rows of a structured guide, or what a page says under 申请材料."""
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        papers.put_rows(draft, value)
        return
    if isinstance(value, dict):
        draft.refuse(f"{draft.element}：{as_words(value)}")
        return
    said = "\n".join(map(as_words, value)) if isinstance(value, list) else as_words(value)
    if characters.says_none(said) or re.fullmatch(r"(?:无需|不需要?)(?:提[供交])?(?:任何)?(?:申请)?(?:材料|资料)?", characters.flat(said)):
        if characters.says_none(said):
            draft.none(PATH, said)
        else:
            draft.refuse(said)
        return
    table = tables.find(said, papers.COLUMNS, "材料名称")
    if table is None:
        _put_text(draft, said)
        return
    _put_text(draft, "\n".join(table.before))
    for row in table.rows:
        put_row(draft, PATH, Document, papers.counting(row), papers.COLUMNS, "doc")
    for line in table.others:
        draft.leave(line)


def _put_text(draft: Draft, said: str) -> None:
    """Numbered parts, lines, or one enumeration. A short line above a list that counts from 1 says for whom the list is."""
    lines = [line for line in said.split("\n") if not characters.trivial(line)]
    starts = [place for place, line in enumerate(lines) if (found := numbered(line)) and found.number == 1]
    if not starts:
        if len(lines) == 1:
            lines = _enumeration(lines[0])
        for line in lines:
            _put_part(draft, without_number(line), None)
        return
    lists = [place for place in starts if place == starts[0] or _is_heading(lines, place)]
    for line in lines[: max(0, lists[0] - 1)]:
        _put_part(draft, line, None)
    for start, after in zip(lists, [*lists[1:], len(lines) + 1], strict=True):
        above = lines[start - 1] if start else None
        rows = "\n".join(lines[start: after - 1])
        if above is not None and _is_heading(lines, start):
            _put_list(draft, above, rows)
        else:
            if above is not None:
                _put_part(draft, above, None)
            for part in split(rows):
                _put_part(draft, part, None)


def _is_heading(lines: list[str], place: int) -> bool:
    """Whether the line above the list is a heading of its own: short, unnumbered or numbered otherwise, and no asking."""
    if not place:
        return False
    above, first = lines[place - 1].strip(), numbered(lines[place])
    own = numbered(above)
    text = (own.rest if own else above).rstrip(":：")
    return bool(first) and not (own and own.style == first.style) and 2 <= len(text) <= SHORT \
        and not re.search(r"[,，。；;]", text) and not _ASKING.search(text)


def _put_list(draft: Draft, heading: str, rows: str) -> None:
    """A list under a heading, which is the condition of its documents."""
    condition = without_number(heading).rstrip(":： ")
    before = len(draft.get(PATH, []))
    for line in split(rows):
        _put_part(draft, line, condition)
    if len(draft.get(PATH, [])) > before:
        draft.claim(condition, lambda file: held(file, PATH)[before].when_note.zh)
    else:
        draft.leave(condition)


def _put_part(draft: Draft, part: str, when: str | None) -> None:
    """One part of the list: a document, several under a condition of their own, or words that ask for what follows."""
    head, _, rest = part.partition("\n")
    bare = head.strip().rstrip("。；;")
    inner = numbered(rest.split("\n")[0]) if rest else None
    if when is None and inner and inner.number == 1 and (bare.endswith((":", "：")) or len(bare) <= SHORT):
        _put_list(draft, bare, rest)
        return
    asks = bare.endswith((":", "：")) and not rest
    if asks and (beside := _BESIDE.search(head)):
        _add(draft, beside["name"], {"name": Text(zh=beside["name"])}, claim=False)
        draft.leave(part)
    elif asks or _NO_PAPER.search(bare) or (len(bare) > LONG and not rest and _ASKING.search(bare)):
        draft.leave(part)
    else:
        _put_document(draft, part, when)


def _put_document(draft: Draft, part: str, when: str | None) -> None:
    said = part.strip()
    values = {match["word"]: match["file"].strip() for match in _SAMPLES.finditer(said)}
    plain = _SAMPLES.sub("", said).strip().rstrip("。；;，, ")
    if not letters(plain):
        draft.leave(part)
        return
    fields: dict[str, Any] = {"blank_form" if "空" in word or "下载" in word else "filled_sample": Text(zh=file)
                              for word, file in values.items()}
    if when:
        fields["when_note"] = Text(zh=when)
    if when is None and not fields and (several := _several(plain)):
        condition, names = several
        first = len(draft.get(PATH, []))
        for name in names:
            _add(draft, name, {"name": Text(zh=name), "when_note": Text(zh=condition)}, claim=False)
        draft.claim(said, lambda file: _say_several(held(file, PATH)[first: first + len(names)]), _same_several)
        return
    if not values and (counted := papers.counted(plain)):
        name, sheets = counted
        _add(draft, name, fields | papers.copies(sheets) | _taken_apart(name, when is not None))
        index = len(draft.get(PATH)) - 1
        draft.claim(sheets, lambda file: papers.say_copies(held(file, PATH)[index], index), papers.same_copies)
        return
    told = _taken_apart(plain, when is not None)
    counts = {field: value for field, value in papers.copies(plain).items() if field != "copies_note"} or papers.sheets(plain)
    _add(draft, said, fields | counts | told, samples=values)


def _several(plain: str) -> tuple[str, list[str]] | None:
    """One condition and the short documents that it asks for: 委托他人代办的，需提供委托书、身份证明."""
    match = _CONDITIONED.match(plain) if "。" not in plain else None
    # 包括甲、乙等内容的文件 is one document, whatever it contains.
    names = pieces(match["name"], "、") if match and not re.search(r"^(?:包括|包含|载明|含)|等", match["name"]) else []
    return (match["when"].strip(), names) if len(names) > 1 and all(2 <= len(name) <= 20 for name in names) else None


def _say_several(rows: list[Document]) -> str:
    return f"{rows[0].when_note.zh},{''.join(row.name.zh for row in rows)}"


def _same_several(shown: str, source: str) -> bool:
    when, _, names = shown.rpartition(",")
    plain = folded(source)
    return same_letters(shown, re.sub(rf",\s*(?:{_VERB})(?={re.escape(names[:2])})", ",", plain)) and letters(when) in letters(plain)


def _taken_apart(plain: str, conditioned: bool) -> dict[str, Any]:
    """Name and condition, name and explanation, or the name alone."""
    if match := re.match(r"^([^，,。；;:：]{2,30})。\s*(\S.+)$", plain, re.DOTALL):
        return {"name": Text(zh=match[1]), "requirements": Text(zh=match[2])}
    if not conditioned and (match := _CONDITIONED.match(plain)) and "：" not in plain and ":" not in plain:
        return {"name": Text(zh=match["name"].strip()), "when_note": Text(zh=match["when"].strip())}
    if match := re.match(r"^([^:：。\n]{2,30})[:：](?!//)\s*(\S.*)$", plain, re.DOTALL):
        return {"name": Text(zh=match[1].strip()), "requirements": Text(zh=match[2].strip())}
    if len(plain) > LONG or "\n" in plain:
        if match := re.match(r"^([^,，。；;\n]{2,60})[,，。；;\n]\s*(\S.*)$", plain, re.DOTALL):
            return {"name": Text(zh=match[1].strip()), "requirements": Text(zh=match[2].strip())}
        return {"name": Text(zh=plain)}
    told = papers.read_name(plain)
    return {"name": Text(zh=plain)} if conditioned and "when_note" in told else told


def _add(draft: Draft, said: str, fields: dict[str, Any], claim: bool = True, samples: dict[str, str] | None = None) -> None:
    if samples is None:
        samples = {}
    rows = draft.get(PATH, [])
    index = draft.add(PATH, Document(key=f"doc{len(rows) + 1}", **fields))
    if claim:
        draft.claim(said, lambda file: _say(held(file, PATH)[index]), lambda shown, source: _same(shown, source, samples))


def _say(row: Document) -> str:
    """Every text of the document on a line of its own: name, condition, explanation, remark, forms."""
    origin = "".join(part.text.zh for part in (row.source, row.medium) if part)
    parts = (row.name, row.when_note, row.requirements, row.remark, row.blank_form, row.filled_sample)
    return "\n".join([*(part.zh.replace("\n", " ") if part else "" for part in parts), origin])


def _same(shown: str, source: str, samples: dict[str, str]) -> bool:
    """Whether the source is made of the document's texts, in any of the ways in which pages string them together."""
    name, when, requirements, remark, blank, filled, origin = shown.split("\n")
    plain = _SAMPLES.sub("", source)
    if sorted(map(letters, samples.values())) != sorted(letters(text) for text in (blank, filled) if text):
        return False
    without_verb = re.sub(rf"[,，]\s*(?:{_VERB})(?={re.escape(name[:8])})", ",", folded(plain)) if when else plain
    ways = (name + requirements, when + name, name, name + when, name + remark, name + remark + origin, name + origin, name + when + origin)
    return any(same_letters(way, text) for way in ways for text in (plain, without_verb, folded(plain)))


def _enumeration(line: str) -> list[str]:
    """The documents of one line; 各 counts for several of them at once, so that such a line stays whole."""
    if re.search(r"。\s*\S", line):
        return [part for part in re.split(r"(?<=。)\s*", line) if part.strip()]
    for marks in ("；;", "、；;"):
        parts = [part.rstrip("。") for part in pieces(line, marks)]
        if len(parts) > 1 and "各" not in line and not re.search(_VERB, line) and all(2 <= len(part) <= SHORT for part in parts):
            return parts
    return [line]
