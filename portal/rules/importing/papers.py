"""rules/importing: documents, from the rows of a structured guide and from the words of a page."""
import re
from collections.abc import Mapping
from itertools import product
from typing import Any

from portal.rules.guide.codes import DocumentKind, Medium, Necessity, Source
from portal.rules.guide.documents import Agency, Document
from portal.rules.guide.text import Text
from portal.rules.importing import characters, places
from portal.rules.importing.characters import flat, folded, pieces, same_letters
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.rows import POSITION, Column, as_words, cells_of, column, known, put_row

PATH = "variant.documents"
MEDIUM = places.one("medium", Medium, {
    "电子": Medium.ELECTRONIC, "电子版": Medium.ELECTRONIC, "电子件": Medium.ELECTRONIC, "纸质件": Medium.PAPER,
    "纸质或电子": Medium.EITHER, "纸质和电子": Medium.EITHER, "纸质或电子化": Medium.EITHER, "电子/纸质": Medium.EITHER,
    "电子化/纸质": Medium.EITHER, "纸质/电子": Medium.EITHER, "纸质、电子": Medium.EITHER, "纸质,电子": Medium.EITHER,
})
SOURCE = places.one("source", Source, {
    "申请人提供": Source.APPLICANT, "申请人": Source.APPLICANT, "自备": Source.APPLICANT, "申请人自行准备": Source.APPLICANT,
    "申请人自行提供": Source.APPLICANT, "自行准备": Source.APPLICANT, "政府核发": Source.GOVERNMENT, "政府部门": Source.GOVERNMENT,
    "政府部门出具": Source.GOVERNMENT, "政府部门颁发": Source.GOVERNMENT, "政府部门制发": Source.GOVERNMENT, "其它": Source.OTHER,
})
NECESSITY = places.one("necessity", Necessity, {
    "必需": Necessity.REQUIRED, "必须": Necessity.REQUIRED, "必须提供": Necessity.REQUIRED, "必要材料": Necessity.REQUIRED,
    "必备": Necessity.REQUIRED, "必选": Necessity.REQUIRED, "必提": Necessity.REQUIRED, "是": Necessity.REQUIRED,
    "非必需": Necessity.OPTIONAL, "非必须": Necessity.OPTIONAL, "非必要材料": Necessity.OPTIONAL, "可选": Necessity.OPTIONAL,
    "非必选": Necessity.OPTIONAL, "否": Necessity.OPTIONAL, "可容缺": Necessity.LATER, "容缺": Necessity.LATER,
    "容缺受理": Necessity.LATER, "可后补": Necessity.LATER, "容缺材料": Necessity.LATER,
})
KIND = places.one("kind", DocumentKind, {"证件证照": DocumentKind.CERTIFICATE, "申请表": DocumentKind.FORM, "其它": DocumentKind.OTHER})
SHEETS = ("原件", "复印件", "原件和复印件", "原件/复印件", "原件及复印件", "原件、复印件", "原件,复印件", "原件或复印件")
EXEMPT, E_CERTIFICATE = "该材料免提交", "已关联电子证照"
_ORIGINS = {word: SOURCE.read(word).text.zh for word in ("申请人提供", "政府部门出具", "政府部门颁发")}
_COUNT = re.compile(r"(原件|复印件|扫描件)(?:各)?\s*[:：]?\s*(\d{1,2}|[一二三四五六七八九十两])?\s*(?:份|张|套|本|页)?")
_WHEN = re.compile(r"(?:的|时|者|情形|情况)[,，]?(?:需|须|应当?)?(?:提供|提交|出具|携带)?$|^(?:如|若|没有|有|属于|仅|限|申请人委托|委托).*(?:提供|提交|的|时)$"
                   r"|的[^，,。的]{1,6}(?:提供|提交|出具)$|^[^，。]{2,30}的，(?:应当?|须|需|可)")


def _inside(name: str) -> tuple[str, list[str]]:
    """The name, and the brackets at its end from left to right."""
    found: list[str] = []
    while name and name[-1] in "）)":
        depth, place = 0, len(name) - 1
        while place >= 0:
            depth += (name[place] in "）)") - (name[place] in "（(")
            if not depth:
                break
            place -= 1
        if place <= 0:
            break
        found.insert(0, name[place + 1: -1])
        name = name[:place].rstrip()
    return name, found


def read_name(said: str) -> dict[str, Any]:
    """The document that a name tells, with what stands in brackets behind it: source and medium, a condition, a remark."""
    name, brackets = _inside(said.strip())
    values: dict[str, Any] = {}
    if brackets and (told := _source_and_medium(brackets[-1])):
        values |= told
        brackets.pop()
        if len(brackets) == 1 and len(name) >= 2:
            field = "when_note" if _WHEN.search(brackets[0]) else "remark"
            return {"name": Text(zh=name), field: Text(zh=brackets[0]), **values}
    if len(brackets) == 1 and _WHEN.search(brackets[0]) and len(name) >= 2:
        return {"name": Text(zh=name), "when_note": Text(zh=brackets[0]), **values}
    whole = name + "".join(f"（{inner}）" for inner in brackets)
    if found := re.match(r"^([^，,。]{2,40}(?:的|时))[，,](?:还|另)?(?:应当?|须|需)", whole):
        values["when_note"] = Text(zh=found[1])
    return {"name": Text(zh=whole if values else said.strip()), **values}


def _source_and_medium(inner: str) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    for part in pieces(inner):
        if (source := SOURCE.read(part)) and "source" not in values:
            values["source"] = source
        elif (medium := MEDIUM.read(part)) and "medium" not in values:
            values["medium"] = medium
        else:
            return None
    return values or None


def _full_name(row: Document, _: int) -> str:
    """Everything that a name may have told, one a line: name, condition, remark, source and medium."""
    when = row.when_note.zh if row.when_note and row.when_note.zh not in row.name.zh else ""
    origin = "".join(part.text.zh for part in (row.source, row.medium) if part)
    return "\n".join((row.name.zh, when, row.remark.zh if row.remark else "", origin))


def _same_name(shown: str, source: str) -> bool:
    """Whether the source is the name and any of the rest in their order, and nothing else."""
    if shown == _full_name(Document(key="same", **read_name(source)), 0):
        return True
    name, *rest = shown.split("\n") if shown.count("\n") == 3 else (shown, "", "", "")
    whole = re.sub("|".join(map(re.escape, _ORIGINS)), lambda word: _ORIGINS[word[0]], source) if rest[2] else source
    return any(same_letters(name + "".join(part for part, taken in zip(rest, choice, strict=True) if taken), text)
               for choice in product((True, False), repeat=3) for text in (source, whole))


def copies(said: str) -> dict[str, Any] | None:
    """Originals and photocopies, where the words tell which: 原件1份, 复印件2份, 原件及复印件各一份; else the words."""
    plain = folded(said)
    if found := re.search(r"原件[及和、与]复印件各\s*(\d{1,2}|[一二三四五六七八九十两])", plain):
        number = _count(found[1])
        return {"originals": number, "photocopies": number}
    values = {}
    for word, number in _COUNT.findall(plain):
        if number:
            values["originals" if word == "原件" else "photocopies"] = _count(number)
    if values and not characters.letters(_COUNT.sub("", plain)):
        return values
    return {"copies_note": Text(zh=said.strip())}


LONGEST = 200
"""Characters of a document's name with its count."""
_SHEETS = r"(?:(?:原件|复印件)\s*[:：]?\s*(?:\d{1,2}|[一二三四五六七八九十两])\s*(?:份|张|套|本|页)?[,，、和及\s]*)+"
_COUNTED = re.compile(rf"^(?P<name>.{{2,}}?)\s*(?:[（(]\s*(?P<inside>{_SHEETS})[)）]|[,，、；;:：\s]\s*(?P<behind>{_SHEETS}))$")
_SHEET = re.compile(r"(原件|复印件)\s*(\d{1,2}|[一二三四五六七八九十两])\s*(?:份|张|套|本)")


def counted(said: str) -> tuple[str, str] | None:
    """The name of a document and the count of its sheets behind it: 申请书（原件1份，复印件2份）; None where no count stands there alone."""
    plain = folded(said)
    match = _COUNTED.match(plain) if len(plain) <= LONGEST and len(plain) == len(said) else None
    return (said[: match.end("name")], match["inside"] or match["behind"]) if match else None


def sheets(said: str) -> dict[str, int]:
    """The originals and photocopies that a text counts once each, wherever it does: 身份证复印件2份."""
    found = _SHEET.findall(folded(said))
    return {"originals" if word == "原件" else "photocopies": _count(number) for word, number in found} \
        if len({word for word, _ in found}) == len(found) else {}


def _count(number: str) -> int:
    return places.number("", "份").read(number)


def say_copies(row: Document, _: int) -> str | None:
    """The copies, as a source counts them."""
    counts = (("原件", row.originals), ("复印件", row.photocopies))
    counted = "、".join(f"{word}{count}" for word, count in counts if count is not None)
    return "\n".join(words for words in (row.copies_note and row.copies_note.zh, counted) if words) or None


def same_copies(shown: str, source: str) -> bool:
    """Whether both count the same sheets."""
    return any(characters.same(line, source) or copies(line) == copies(source) for line in [shown, *shown.split("\n")])


def _form(said: str) -> dict[str, Any] | None:
    """Paper or electronic; a source may say here which sheets it wants."""
    if (medium := MEDIUM.read(said)) is not None:
        return {"medium": medium}
    return {"copies_note": Text(zh=said.strip())} if flat(said) in SHEETS else None


def _say_form(row: Document, _: int) -> str:
    return "\n".join(word for word in (row.medium and row.medium.text.zh, row.copies_note and row.copies_note.zh) if word)


def _same_form(shown: str, source: str) -> bool:
    return any(characters.same(line, source) or MEDIUM.same(line, source) for line in shown.split("\n"))


def _kind(said: str) -> dict[str, Any] | None:
    """The kind; a source may say here which sheets it wants."""
    if (kind := KIND.read(said)) is not None:
        return {"kind": kind}
    return {} if flat(said) in SHEETS else None


def _say_kind(row: Document, _: int) -> str:
    words = [word for word, count in (("原件", row.originals), ("复印件", row.photocopies)) if count]
    return f"{row.kind.text.zh}|{'和'.join(words)}"


def _same_kind(shown: str, source: str) -> bool:
    kind, _, sheets = shown.partition("|")
    wanted = KIND.read(source)
    if wanted is not None:
        return wanted.text.zh == kind
    return bool(sheets) and re.sub(r"[和及/、]", "", flat(source)) == re.sub("和", "", sheets)


def _marks(said: str) -> dict[str, Any] | None:
    marks = pieces(said, ";；,，")
    values = {EXEMPT: ("exempt", True), E_CERTIFICATE: ("e_certificate", True)}
    return dict(values[mark] for mark in marks) if set(marks) <= set(values) else None


def _say_marks(row: Document, _: int) -> str:
    return ";".join(word for word, held_ in ((E_CERTIFICATE, row.e_certificate), (EXEMPT, row.exempt)) if held_)


def _same_marks(shown: str, source: str) -> bool:
    return set(pieces(source, ";；,，")) <= set(shown.split(";"))


def _downloads(said: str) -> dict[str, Any] | None:
    values = {"blank_form" if "空" in part else "filled_sample": Text(zh=part) for part in pieces(said, ";；,，、\n")}
    return values if len(values) == len(pieces(said, ";；,，、\n")) else None


def _say_downloads(row: Document, _: int) -> str:
    return "".join(part.zh for part in (row.blank_form, row.filled_sample) if part)


COLUMNS: Mapping[str, Column] = {
    "序号": POSITION,
    "材料名称": Column(read_name, _full_name, _same_name, (
        "material_name", "申请材料名称", "材料", "申请材料", "申报材料", "申报材料名称", "提交材料名称", "名称", "资料名称", "所需材料", "要件名称"), none=False),
    "原件": column(places.number("originals", "份"), "原件份数", "原件数量"),
    "复印件": column(places.number("photocopies", "份"), "复印件份数", "复印件数量"),
    "数量要求": Column(copies, say_copies, same_copies, ("page_num", "规格份数", "纸质材料", "纸质材料数量", "纸质材料份数", "份数", "材料份数", "数量", "材料数量", "份数要求")),
    "材料形式": Column(_form, _say_form, _same_form, ("material_format", "介质要求", "材料介质", "形式", "提交形式", "材料提交形式"), True),
    "必要性": column(NECESSITY, "is_need", "必要性及描述", "必要性描述", "是否必须提供", "是否必需提供", "材料必要性", "是否必要", "是否必需", "是否必须", "必要程度", closed=True),
    "材料类型": Column(_kind, _say_kind, _same_kind, ("material_type", "材料分类", "类型", "材料类别"), True),
    "纸质材料规格": column(places.text("paper_format"), "page_format", "材料规格", "规格", "纸质规格"),
    "是否免提交": column(places.yes_no("exempt")),
    "告知承诺": column(places.yes_no("commitment"), "是否告知承诺", "是否告知承诺制", "是否支持告知承诺", "是否适用告知承诺", "是否可告知承诺"),
    "材料下载": Column(_downloads, _say_downloads, same_letters, ("样/空表下载", "样表下载")),
    "空白表格": column(places.text("blank_form"), "form_guid", "空表", "空白样表", "空白模板", "材料模板", "表格模板", "空表下载", "表格下载"),
    "示例样表": column(places.text("filled_sample"), "example_guid", "示例样本", "样表", "样本", "示范文本"),
    "来源渠道": column(SOURCE, "source_type", "来源", "材料来源", "获取渠道", "出具单位", closed=True),
    "来源渠道说明": column(places.text("source_note"), "source_explain", "来源说明"),
    "填报须知": column(places.text("how_to_fill"), "fill_explain", "填表须知", "填写须知", "填报说明"),
    "受理标准": column(places.text("requirements"), "详细要求", "要求说明", "要求及说明", "提交要求", "accept_stand", "材料受理标准", "审查要点", "申请材料要求", "材料要求", "审查标准", "要求", "具体要求"),
    "材料依据": column(places.text("basis"), "by_law", "依据", "要求提供材料的依据", "设定依据"),
    "备注信息": column(places.text("remark"), "remark", "备注", "说明", "材料说明"),
    "适用情形": column(places.text("when_note"), "情形", "适用条件", "提供条件"),
    "标记": Column(_marks, _say_marks, _same_marks),
}


def counting(cells: dict[str, str]) -> dict[str, str]:
    """The row with its number of sheets joined to the kind of sheet, where each has a column: 原件 and 2份."""
    columns = {known(COLUMNS, label): label for label in cells}
    number = columns.get("数量要求")
    kind = next((label for name in ("材料类型", "材料形式") if (label := columns.get(name)) and flat(cells[label]) in SHEETS), None)
    if kind and number and (word := flat(cells[kind])) in ("原件", "复印件") and re.fullmatch(r"\d{1,2}\s*[份张套本]?", folded(cells[number]).strip()):
        return cells | {number: f"{word}{cells[number].strip()}"}
    return cells


def put_rows(draft: Draft, rows: list[Any]) -> None:
    """Documents from rows; a cell that is a table itself (the basis) stands in words."""
    for row in rows:
        if isinstance(row, Mapping):
            put_row(draft, PATH, Document, counting(cells_of(row)), COLUMNS, "doc")
        else:
            draft.refuse(as_words(row))


def put_agencies(draft: Draft, value: Any) -> None:
    """Intermediaries, each at the document of its name."""
    for row in value if isinstance(value, list) else [value]:
        cells = {flat(label): said for label, said in cells_of(row).items()} if isinstance(row, Mapping) else {}
        named = next((i for i, d in enumerate(draft.get(PATH, [])) if flat(d.name.zh) == flat(cells.get("材料名称", ""))), None)
        name, code = cells.get("中介服务事项名称"), cells.get("中介服务事项编码")
        if named is None or not name or set(cells) - {"材料名称", "中介服务事项名称", "中介服务事项编码"}:
            draft.refuse(as_words(row))
            continue
        documents = draft.get(PATH)
        documents[named] = documents[named].model_copy(update={"agency": Agency(name=Text(zh=name), code=code)})
        draft.claim(cells["材料名称"], lambda file, i=named: held(file, PATH)[i].agency and held(file, PATH)[i].name.zh, column="材料名称")
        draft.claim(name, lambda file, i=named: held(file, PATH)[i].agency.name.zh, column="中介服务事项名称")
        if code:
            draft.claim(code, lambda file, i=named: held(file, PATH)[i].agency.code, column="中介服务事项编码")
