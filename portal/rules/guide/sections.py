"""rules/guide: the sections in which a guide is edited, in the order of the public page, and the part of the file that each holds.

A section of the whole guide has one part; one of a situation has a part for each variant: `documents.extend` are the documents
of the variant *extend*. Every element of `elements` belongs to one section, except what nobody types (`DERIVED`).
"""
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text

Values = dict[str, Any]
"""The content of a part: plain values by the path of the element or group."""


@dataclass(frozen=True)
class Section:
    """`paths` are elements and groups in the order of the form. Of the rows of a group in `only` just these fields stand in
    the section; what else a row has stays as it is."""

    key: str
    title: Text
    lead: Text
    paths: tuple[str, ...]
    of_variant: bool = False
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Part:
    """What one page edits: a section, of the variant at `index` where it is one of a situation."""

    section: Section
    key: str
    title: Text
    index: int | None = None
    variant: Text | None = None


def _section(key: str, zh: str, en: str, lead_zh: str, lead_en: str, paths: str, **more: Any) -> Section:
    return Section(key, Text(zh=zh, en=en), Text(zh=lead_zh, en=lead_en), tuple(paths.split()), **more)


SECTIONS: tuple[Section, ...] = (
    _section("item", "事项和名称", "Item and names", "这是什么事项，叫什么，由谁实施。", "What the item is, what it is called, and whose it is.",
             "item.name summary item.aliases item.kind item.handling item.review_mode item.tiers item.code item.local_code "
             "item.department item.department_code item.unit item.body_nature item.power_source item.delegated_by "
             "item.accepting_body item.deciding_body item.joint_bodies item.investment_project item.annual_check "
             "item.credit_supervised item.takes_effect item.cancelled_on"),
    _section("who", "对象和条件", "Who and conditions", "谁可以办，要符合哪些条件。", "Who can apply, and on which conditions.",
             "scope item.audiences conditions prohibitions item.quantity_limit item.person_themes item.organisation_themes "
             "item.life_events"),
    _section("basis", "办理依据", "Legal basis", "依据的法律、法规、规章和文件，逐条写明。", "The laws, regulations and rules, article by article.",
             "legal_basis"),
    _section("situations", "情形", "Situations", "先问什么，答案把人带到哪一种情形。各情形的材料、环节、期限、收费和结果在后面各页。",
             "What is asked first, and the situation that the answers lead to. Documents, stages, limits, fees and results of "
             "each situation have pages of their own.",
             "situations variants", only=(("variants", ("key", "name", "when", "note")),)),
    _section("documents", "申请材料", "Documents", "要交哪些材料，一份一份写清。", "The documents that are asked for, one by one.",
             "variants.documents", of_variant=True),
    _section("stages", "办理环节", "Stages", "办件依次经过的环节。流程图按这里画，办件按这里走。",
             "The stages that a case runs through. The flowchart is drawn from them, and cases run on them.",
             "variants.stages", of_variant=True),
    _section("limits", "期限", "Limits", "法定多久，承诺多久，哪些时间不算在内。", "How long by law, how long as promised, and what is not counted.",
             "variants.statutory variants.promised variants.not_counted", of_variant=True),
    _section("fees", "收费", "Fees", "收不收费，收多少，依据是什么。", "Whether there is a fee, how much, and on which basis.",
             "variants.free variants.fees variants.fee_note", of_variant=True),
    _section("results", "办理结果", "Results", "办成之后拿到什么；不予批准的，拿到什么文书。", "What people get in the end, and the paper where they are refused.",
             "variants.results", of_variant=True),
    _section("form", "申请表", "Application form", "申请人要填的内容，分节逐项写。网上表单、空白表格和填写样本都由它生成。",
             "What applicants fill in, section by section. The online form, the blank form and the filled sample are made from it.",
             "form"),
    _section("ways", "办理方式和送达", "Ways to apply, and delivery", "在哪里、怎样申请，结果怎样送到。", "Where and how to apply, and how the result is delivered.",
             "access.ways access.online access.online_depth access.online_url access.mobile_url access.visits access.appointment "
             "access.appointment_note access.appointment_url access.express access.pay_online access.terminal access.approval_form "
             "access.business_system access.cross_region procedure_offline procedure_online delivery delivery_note "
             "commitment_offered commitment_text intermediary"),
    _section("contacts", "咨询、投诉和救济", "Contacts and remedies", "问谁，向谁投诉，不服怎么办。", "Whom to ask, where to complain, and what can be done against a decision.",
             "enquiries complaints follow_up remedies"),
    _section("rights", "权利义务和常见问题", "Rights, questions, errors", "申请人的权利和义务，常被问到的，常填错的。",
             "Rights and duties of applicants, what is often asked, and what often goes wrong.",
             "rights duties questions frequent_errors"),
    _section("provenance", "内容来源", "Provenance", "内容从哪里来，谁核对过，还有哪些文字没有归位。",
             "Where the content comes from, who checked it, and which text has no place yet.",
             "provenance.source provenance.url provenance.checked_on provenance.checked_by provenance.review_due provenance.sample "
             "none_stated extras unplaced"),
    _section("offerings", "办理点", "Places", "在哪些地方办，各自的窗口、电话和时间。乡镇、村另外自己改的，这里不动就以它们的为准。",
             "The places where it is handled, with their windows, telephones and hours. What a township or village states of its own holds unless "
             "it is changed here.",
             "offerings"),
)
BY_KEY = {section.key: section for section in SECTIONS}

_KEY = Text(zh="由名称生成，之后不变：别处靠它引用。", en="Made from the name and kept from then on: other parts refer to it.")
DERIVED: dict[str, Text] = {
    "schema_version": Text(zh="文件格式的版本，由程序写。", en="The version of the file's form, which the program writes."),
    "provenance.imported_from": Text(zh="导入时记下的文件名。", en="The file's name, noted when it was imported."),
} | dict.fromkeys((
    "variants.key", "variants.documents.key", "variants.stages.key", "variants.stages.outcomes.key", "variants.fees.key",
    "variants.results.key", "situations.key", "situations.options.value", "form.key", "form.fields.key", "form.fields.options.value",
    "offerings.documents.key",
), _KEY)
"""Elements that nobody types, with the reason."""


def section_of(path: str) -> Section | None:
    """The section in which the element or group of a path is edited; of a group that several share, the first."""
    if path in DERIVED:
        return None
    held = [(len(one), section) for section in SECTIONS for one in section.paths
            if _within(path, one) and _shown(section, one, path)]
    if held:
        return max(held, key=lambda row: row[0])[1]
    return next((section for section in SECTIONS for one in section.paths if not path or one.startswith(f"{path}.")), None)


def parts(file: GuideFile) -> list[Part]:
    """All parts of the guide in the order of the page; where there are several variants, each part says whose it is."""
    found = []
    for section in SECTIONS:
        if section.of_variant:
            for index, variant in enumerate(file.guide.variants):
                several = len(file.guide.variants) > 1
                found.append(Part(section, f"{section.key}.{variant.key}", section.title, index, variant.name if several else None))
        else:
            found.append(Part(section, section.key, section.title))
    return found


def part(file: GuideFile, key: str) -> Part | None:
    """The part of that key; None where the guide has none."""
    return next((one for one in parts(file) if one.key == key), None)


def part_at(file: GuideFile, pointer: str) -> Part | None:
    """The part in which the place of a JSON Pointer is edited."""
    named = [word for word in pointer.split("/") if word and word != "guide"]
    section = section_of(".".join(word for word in named if not word.isdigit()))
    if section is None or not section.of_variant:
        return next((one for one in parts(file) if section and one.section is section), None)
    number = int(named[1]) if len(named) > 1 and named[1].isdigit() else 0
    return next((one for one in parts(file) if one.section is section and one.index == number), None)


def asking(file: GuideFile, question: str) -> list[Part]:
    """The parts in which a condition asks for the question of that key."""
    document = file.model_dump(mode="json")
    return [one for one in parts(file) if _asks(taken(document, one), question)]


def pointer(one: Part, path: str) -> str:
    """Where in the file the element or group of a part stands, as a JSON Pointer."""
    if one.section.of_variant:
        path = path.replace("variants.", f"variants.{one.index}.", 1)
    words = path.split(".")
    return "/" + "/".join(words if words[0] in ("offerings", "unplaced") else ["guide", *words])


def taken(document: dict[str, Any], one: Part) -> Values:
    """The content of a part out of the whole file (`model_dump(mode="json")`)."""
    found = {}
    for path in one.section.paths:
        at, last = _holder(document, one, path)
        only = dict(one.section.only).get(path)
        found[path] = [{name: row[name] for name in only} for row in at[last]] if only else at[last]
    return found


def put(document: dict[str, Any], one: Part, values: Values) -> dict[str, Any]:
    """The whole file with that content of a part, as plain values; what a part holds only in part is joined by key."""
    made = json.loads(json.dumps(document))
    for path, value in values.items():
        at, last = _holder(made, one, path)
        if path in dict(one.section.only):
            value = _joined(at[last], value, dict(one.section.only)[path])
        if value is None:
            at.pop(last, None)
        else:
            at[last] = value
    return made


def _joined(stored: list[Values], rows: list[Values], only: tuple[str, ...]) -> list[Values]:
    """Rows that are shown in part, with the rest of what is stored under their keys; a new one that says `from` which it is
    copied has the rest of that one."""
    before = {row["key"]: {name: value for name, value in row.items() if name not in only} for row in stored}
    found = []
    for row in rows:
        shown = {name: value for name, value in row.items() if name != "from"}
        rest = before.get(row.get("key")) or before.get(row.get("from")) or {}
        found.append({**json.loads(json.dumps(rest)), **shown})
    return found


def digest(values: Values) -> str:
    """SHA-256 of a part's content: equal where nothing was changed."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _holder(document: dict[str, Any], one: Part, path: str) -> tuple[dict[str, Any], str]:
    words = [word for word in pointer(one, path).split("/") if word]
    at: Any = document
    for word in words[:-1]:
        at = at[int(word)] if word.isdigit() else at.setdefault(word, {})
    return at, words[-1]


def _asks(value: Any, question: str) -> bool:
    if isinstance(value, dict):
        return ("op" in value and value.get("field") == question) or any(_asks(one, question) for one in value.values())
    return isinstance(value, list) and any(_asks(one, question) for one in value)


def _within(path: str, group: str) -> bool:
    return path == group or path.startswith(f"{group}.")


def _shown(section: Section, group: str, path: str) -> bool:
    only = dict(section.only).get(group)
    below = path.removeprefix(group).removeprefix(".").partition(".")[0]
    return only is None or not below or below in only


