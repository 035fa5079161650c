"""rules/importing: what the applicant gets, from rows or from words: 许可证（证照），时限 5 个工作日."""
import re
from typing import Any

from portal.rules.guide.codes import ResultKind
from portal.rules.guide.item import Result
from portal.rules.guide.text import Text
from portal.rules.importing import characters, limits, places, tables
from portal.rules.importing.characters import flat, pieces, same_letters
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.numbering import split, without_number
from portal.rules.importing.rows import POSITION, Column, as_words, column, put_rows

PATH = "variant.results"
KIND = places.one("kind", ResultKind, {"证件": ResultKind.CERTIFICATE, "批文类": ResultKind.APPROVAL, "其它": ResultKind.OTHER})
LINKED = "已关联电子证照"
LONGEST = 25
"""Characters of a result's name where several share a line."""
_REFUSAL = re.compile(r"不予|不准|驳回|不同意|不通过")


def _name(said: str) -> dict[str, Any]:
    name = said.strip().strip("。；;、，,")
    valid = re.fullmatch(r"(.+?)(?:[（(](?=[^（(]*[)）]$)|[,，]\s*)(有效期[^（()）,，]*)[)）]?", name)
    name = valid[1] if valid else name
    inner = re.fullmatch(r"《([^《》]+)》", name)
    return {"name": Text(zh=inner[1] if inner else name)} | ({"refusal": True} if _refuses(name) else {}) \
        | ({"validity": Text(zh=valid[2])} if valid else {})


def _refuses(name: str) -> bool:
    """Whether the paper can only be a refusal: 准予(不予)许可决定书 is either."""
    rest = re.sub(r"(?:不予|不准予?|不)(?:行政)?(?:许可|批准|同意|通过|受理|登记|核准)?", "", name)
    return bool(_REFUSAL.search(name)) and not re.search(r"准予|同意|批准|核准", rest)


def _same_name(shown: str, source: str) -> bool:
    return same_letters(shown, re.sub(r"[（(]有效期[^（()）]*[)）]|[,，]\s*有效期[^（()）,，]*$", "", source))


def _kind(said: str) -> dict[str, Any]:
    kind = KIND.read(said)
    return {"kind": kind} if kind is not None else {"kind": kind_of(said), "kind_note": Text(zh=said)}


COLUMNS = {
    "序号": POSITION,
    "名称": Column(_name, lambda row, _: row.name.zh, _same_name, ("结果名称", "审批结果名称", "审批结果", "办理结果", "办理结果名称"), none=False),
    "类型": Column(_kind, lambda row, _: row.kind_note.zh if row.kind_note else row.kind.text.zh,
                 lambda shown, source: characters.same(shown, source) or KIND.read(source) is KIND.read(shown) is not None,
                 ("结果类型", "审批结果类型")),
    "样本": column(places.text("sample"), "结果样本", "审批结果样本", "样本下载"),
    "有效期": column(places.text("validity"), "有效期限", "结果有效期"),
    "时限": column(places.limit("limit"), "办理时限"),
    "标记": Column(lambda said: {"e_certificate": True} if flat(said) == LINKED else None,
                 lambda row, _: LINKED if row.e_certificate else ""),
}


def kind_of(name: str) -> ResultKind:
    """The kind that a name says by its end: …证 is a certificate, 批复 an approval, …书 a document."""
    plain = flat(re.sub(r"[（(][^（()）]*[)）]", "", name)).strip("《》")
    if re.search(r"(?:证|证书|执照|牌照|证件)$", plain):
        return ResultKind.CERTIFICATE
    if re.search(r"(?:批复|批文|批准文件|意见)$", plain):
        return ResultKind.APPROVAL
    return ResultKind.DOCUMENT if re.search(r"(?:通知书|决定书|证明|报告|书|函|文书|表)$", plain) else ResultKind.OTHER


def put(draft: Draft, value: Any) -> None:
    """Places rows, a list of words, or the words of a page."""
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        put_rows(draft, PATH, Result, value, COLUMNS, "result")
        return
    if found := tables.rows_of(value, COLUMNS, "名称"):
        rows, value = found
        put_rows(draft, PATH, Result, rows, COLUMNS, "result")
        if characters.trivial(value):
            return
    if isinstance(value, dict):
        draft.refuse(f"{draft.element}：{as_words(value)}")
        return
    parts = [as_words(part) for part in value] if isinstance(value, list) else split(as_words(value))
    if len(parts) == 1 and characters.says_none(parts[0]):
        draft.none(PATH, parts[0])
        return
    for part in parts:
        for name in _several(part):
            _put_words(draft, without_number(name))


def _several(part: str) -> list[str]:
    """The results of one line: 《a》、《b》, or names that each say of which kind of paper they are."""
    if re.fullmatch(r"(?:《[^《》]+》[、,，或和及。；;]*)+", part):
        return re.split(r"(?<=》)[、,，或和及]+(?=《)", part)
    names = [name.strip() for name in re.split(r"[；;、，,]|或者?", part.strip("。；; ")) if name.strip()]
    return names if len(names) > 1 and all(len(name) <= LONGEST and kind_of(name) is not ResultKind.OTHER for name in names) else [part]


def _put_words(draft: Draft, said: str) -> None:
    match = re.fullmatch(r"(?P<name>.+?)(?:[（(](?P<kind>[^（()）]{2,8})[)）])?[,，]\s*(?:办理)?时限[:：]?\s*(?P<limit>[^,，]+)", said)
    limit = limits.read(match["limit"]) if match else None
    if limit is None:
        values = _name(said) | {"kind": kind_of(said)}
    else:
        values = _name(match["name"]) | (_kind(match["kind"]) if match["kind"] else {"kind": kind_of(match["name"])}) | {"limit": limit}
    rows = draft.get(PATH, [])
    index = draft.add(PATH, Result(key=f"result{len(rows) + 1}", **values))
    draft.claim(said, lambda file: _say(held(file, PATH)[index]), _same)


def _say(row: Result) -> str:
    """The result with its kind and limit, where it has words for them."""
    kind = f"（{row.kind_note.zh if row.kind_note else row.kind.text.zh}）"
    validity = f"（{row.validity.zh}）" if row.validity and row.validity.zh.startswith("有效期") else ""
    return row.name.zh + validity + (f"{kind}，时限 {limits.said(row.limit)}" if row.limit else "")


def _same(shown: str, source: str) -> bool:
    (name, _, limit), (source_name, _, source_limit) = (
        re.sub(r"(?:办理)?时限[:：]?", "\0", text, count=1).partition("\0") for text in (shown, source))
    if bool(limit) != bool(source_limit) or (limit and not limits.same(limit, source_limit)):
        return False
    bare = re.sub(r"（[^（）]*），$", "", name)
    return same_letters(name, source_name) or same_letters(bare, source_name)


def put_field(field: str):
    """A way to place a single field of the results: their type, sample or validity, or the paper of a refusal."""
    def place(draft: Draft, value: Any) -> None:
        said = as_words(value).strip()
        rows = draft.get(PATH, [])
        parts = pieces(said, "，,、;；\n") if len(rows) > 1 else [said]
        if characters.says_none(said) and rows:
            draft.claim(said, lambda file: "无" if not any(getattr(row, field) for row in held(file, PATH)) else None)
            return
        found = [COLUMNS[_FIELDS[field]].read(part) for part in parts]
        if not rows or len(parts) != len(rows) or None in found:
            draft.refuse(f"{draft.element}：{said}")
            return
        col = COLUMNS[_FIELDS[field]]
        for index, (part, values) in enumerate(zip(parts, found, strict=True)):
            rows[index] = rows[index].model_copy(update=values)
            draft.claim(part, lambda file, index=index: col.say(held(file, PATH)[index], index + 1), col.same)

    return place


_FIELDS = {"kind": "类型", "sample": "样本", "validity": "有效期"}


def put_refusal(draft: Draft, value: Any) -> None:
    """The paper that a refused applicant gets (审批不通过结果)."""
    said = as_words(value).strip()
    if characters.says_none(said):
        draft.claim(said, lambda file: None if any(row.refusal for row in held(file, PATH)) else "无")
        return
    values = _name(said) | {"kind": kind_of(said), "refusal": True}
    index = draft.add(PATH, Result(key=f"result{len(draft.get(PATH, [])) + 1}", **values))
    draft.claim(said, lambda file: held(file, PATH)[index].name.zh if held(file, PATH)[index].refusal else None, same_letters)
