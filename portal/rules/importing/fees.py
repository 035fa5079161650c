"""rules/importing: fees, from rows or from words: whether there is one, how much, and on what basis."""
import re
from typing import Any

from portal.rules.guide.item import Fee
from portal.rules.guide.text import Text
from portal.rules.importing import characters, places, tables
from portal.rules.importing.characters import flat
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.numbering import split, without_number
from portal.rules.importing.rows import POSITION, Column, as_words, column, put_rows

PATH = "variant.fees"
NAME = Text(zh="费用", en="Fee")
_FREE = re.compile(r"(?:(?:办理)?[本该此](?:事项|项目|业务|服务|项))?(?:不收费|免费(?:办理)?|不收取(?:任何)?费用|不收取|免收(?:费)?|免收费|无(?:收费|费用)?|否|不涉及(?:收费)?|零收费|0元?|不收取工本费)")
_AMOUNT = re.compile(r"(?<![\d.])(\d{1,7}(?:\.\d{1,2})?)\s*元")
COLUMNS = {
    "序号": POSITION,
    "收费项目名称": column(places.text("name"), "fee_name", "收费项目", "项目名称", "名称"),
    "收费标准": Column(lambda said: {"standard": Text(zh=said.strip())} | fen(said), lambda row, _: row.standard and row.standard.zh,
                   names=("fee_stand", "标准", "金额")),
    "收费主体": column(places.text("charged_by"), "收费单位", "执收单位"),
    "收费方式": column(places.text("kind"), "收费性质", "收费类型", "收费类别"),
    "是否允许减免": column(places.yes_no("may_be_reduced"), "is_desc", "允许减免", "是否减免"),
    "减免依据": column(places.text("reduction"), "desc_explain", "允许减免依据", "减免说明"),
    "收费依据": column(places.text("basis"), "by_law", "依据"),
    "备注": column(places.text("remark"), "remark", "备注信息", "说明"),
}


def fen(said: str) -> dict[str, int]:
    """The amount in fen where the words hold one amount alone, be it for a piece: 80元/件."""
    amounts = _AMOUNT.findall(characters.folded(said))
    rest = re.sub(r"[/每](?:件|本|证|份|次|人|张|户|个)", "", _AMOUNT.sub("", characters.folded(said)))
    return {"fen": round(float(amounts[0]) * 100)} if len(amounts) == 1 and not characters.letters(rest) else {}


def is_free(said: str) -> bool:
    """Whether the words say that nothing is charged, and no more."""
    return bool(_FREE.fullmatch(flat(without_number(said))))


def put(draft: Draft, value: Any) -> None:
    """Places rows, or the words of a page: free, or a standard; a remark to *free* stands beside it."""
    if isinstance(value, list) and any(isinstance(row, dict) for row in value):
        if put_rows(draft, PATH, Fee, value, COLUMNS, "fee"):
            draft.put("variant.free", False)
        return
    if found := tables.rows_of(value, COLUMNS, "收费项目名称"):
        rows, value = found
        if put_rows(draft, PATH, Fee, rows, COLUMNS, "fee"):
            draft.put("variant.free", False)
        if characters.trivial(value):
            return
    said = as_words(value).strip()
    if is_free(said):
        _claim_free(draft, said)
    elif flat(said) in places.YES:
        draft.put("variant.free", False)
        draft.claim(said, lambda file: held(file, "variant.free"), lambda shown, _: shown is False)
    elif re.match(r"(?:不收|免收|免费)", flat(said)) and "元" not in said:
        draft.put("variant.free", True)
        _note(draft, said)
    elif "元" in said:
        _charge(draft, said)
    else:
        _note(draft, said)


def put_standard(draft: Draft, value: Any) -> None:
    """Places 收费标准 where the source has it beside 收费项目 or 收费依据."""
    said = as_words(value).strip()
    if is_free(said):
        _claim_free(draft, said)
    else:
        put(draft, said)


def put_basis(draft: Draft, value: Any) -> None:
    """Places 收费依据; where nothing is charged it is what the source says about fees."""
    said = as_words(value).strip()
    if is_free(said) and not characters.says_none(said):
        _claim_free(draft, said)
    elif characters.says_none(said):
        draft.none(PATH, said)
    elif fees := draft.get(PATH):
        fees[0] = fees[0].model_copy(update={"basis": Text(zh=said)})
        draft.claim(said, lambda file: held(file, PATH)[0].basis.zh)
    else:
        _note(draft, said)


def put_name(draft: Draft, value: Any) -> None:
    """Places 收费项目, in one sentence with *free* or alone."""
    said = as_words(value).strip()
    if is_free(said):
        _claim_free(draft, said)
        return
    draft.put("variant.free", False)
    index = draft.add(PATH, Fee(key=f"fee{len(draft.get(PATH, [])) + 1}", name=Text(zh=said)))
    draft.claim(said, lambda file: held(file, PATH)[index].name.zh)


def _claim_free(draft: Draft, said: str) -> None:
    if not draft.put("variant.free", True):
        draft.refuse(f"{draft.element}：{said}")
        return
    draft.claim(said, lambda file: "不收费" if held(file, "variant.free") else None, lambda _, source: is_free(source))


def _charge(draft: Draft, said: str) -> None:
    draft.put("variant.free", False)
    for part in split(said):
        fees = draft.get(PATH, [])
        if len(fees) == 1 and fees[0].standard is None:
            index = 0
            fees[0] = fees[0].model_copy(update={"standard": Text(zh=part), **fen(part)})
        else:
            index = draft.add(PATH, Fee(key=f"fee{len(fees) + 1}", name=NAME, standard=Text(zh=part), **fen(part)))
        draft.claim(part, lambda file, index=index: held(file, PATH)[index].standard.zh)


def _note(draft: Draft, said: str) -> None:
    if draft.put("variant.fee_note", Text(zh=said)):
        draft.claim(said, lambda file: held(file, "variant.fee_note").zh)
    else:
        draft.refuse(said)
