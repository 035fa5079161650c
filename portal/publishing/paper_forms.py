"""publishing: a guide's form as plain values for paper: every question with its room to write, or its example."""
from portal.publishing import addresses
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.guide_page import sample_notice
from portal.rules import conditions
from portal.rules.guide.codes import FieldType
from portal.rules.guide.document import Guide
from portal.rules.guide.forms import Field
from portal.rules.guide.text import Text

Pair = tuple[str, str]
BLANK: Pair = ("申请表", "Application form")
SAMPLE: Pair = ("申请表填写示例", "Application form, filled in as a sample")
KINDS = {
    FieldType.CHOICE: "choice", FieldType.CHOICES: "choices", FieldType.YES_NO: "choice", FieldType.RESIDENT_ID: "boxes",
    FieldType.CREDIT_CODE: "boxes", FieldType.DATE: "date", FieldType.MONEY: "money", FieldType.LONG_TEXT: "long",
}
YES_NO = (("yes", ("是", "Yes")), ("no", ("否", "No")))


def form(guide: PublishedGuide, edition: Edition, filled: bool) -> dict:
    """The form of the guide for `pdfs.blanks`; `filled` puts the examples in."""
    document = guide.file.guide
    sample = edition.sample or document.provenance.sample
    sections = [
        {"title": _pair(one.title), "help": _pair(one.help),
         "fields": [_field(field, document, filled) for field in one.fields]}
        for one in document.form
    ]
    if document.situations:
        sections.insert(0, {"title": ("申请情形", "Your situation"), "help": ("", ""),
                            "fields": [_field(field, document, filled) for field in document.situations]})
    return {
        "heading": SAMPLE if filled else BLANK,
        "title": _pair(document.item.name),
        "department": document.item.department or edition.authority.zh,
        "edition": f"第{guide.revision}版",
        "address": edition.public_url + addresses.guide(guide.slug, "zh-Hans"),
        "sample": sample_notice(edition, "zh-Hans") if sample else None,
        "filled": filled,
        "sections": sections,
    }


def _field(field: Field, guide: Guide, filled: bool) -> dict:
    notes = []
    if not filled:
        if field.when:
            asked = conditions.sentence(field.when, guide.labels(), guide.option_labels())
            notes.append((f"{asked.zh}时填写", f"only if {asked.said('en')}"))
        if field.help:
            notes.append(_pair(field.help))
    example = field.example if filled else None
    options = [(option.value, _pair(option.label)) for option in field.options] or (list(YES_NO) if field.type is FieldType.YES_NO else [])
    ticked = [(value, option, _ticked(option, field, example)) for value, option in options]
    return {
        "key": field.key,
        "label": _pair(field.label),
        "tip": _tip(field, notes),
        "required": field.required,
        "notes": notes,
        "kind": KINDS.get(field.type, "line"),
        "options": ticked,
        "value": example.zh if example and not any(here for *_, here in ticked) else "",
    }


def _tip(field: Field, notes: list[Pair]) -> str:
    """What a reader of screens says of the field, and a pointer shows: its label with what else is to be known, in Chinese."""
    needed = "" if field.required else "（选填）"
    return "。".join([field.label.zh + needed, *(zh.rstrip("。") for zh, _ in notes)])


def _ticked(option: Pair, field: Field, example: Text | None) -> bool:
    """Whether the example names this option: by its words, or by its value in the guide."""
    if example is None:
        return False
    named = {part.strip() for part in example.zh.replace("，", "、").split("、")} | {example.zh}
    value = next((one.value for one in field.options if _pair(one.label) == option), None)
    return option[0] in named or value in named


def _pair(text: Text | None) -> Pair:
    return (text.zh, text.en or "") if text else ("", "")
