"""rules/lint: the documents: none unrelated, none unnamed, each with what a person needs to bring it."""
import re
import unicodedata
from collections.abc import Iterator

from portal.rules.guide.codes import HandlingKind, Medium, Necessity
from portal.rules.guide.document import Variant
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.sources import ART_29, ART_31, COMMITMENT, FIELDS, MODEL, OWED, SENSE

_PAPERS = r"(?:材料|资料|文件|证件|证明|手续|要件|凭证)"
_KINDS = r"(?:证明|申请|申报|佐证|支撑|辅助|必要|补充|书面|法定|有效)"
_ASKING = (
    r"(?:法律|(?:行政|地方性)?法规|(?:部门)?规章|国家|国务院|(?:有关|相关|上级|主管|审批|登记|许可|受理|办理)*(?:部门|机关|机构|单位|窗口)"
    r"|[和及或与])+(?:另行|还)?(?:规定|要求|需要|认为(?:需要|必要|有必要|应当)?|指定)(?:应当|应|需要?|须|必须)?(?:另行|另外)?(?:提供|提交|补充|出具|递交)?"
)
"""A law or an office asks for it, without saying for what."""
CATCH_ALL = re.compile(
    rf"(?:其他|其它|相关|有关|必要的?|所需的?|另需的?)(?:的)?(?:相关|有关)?{_KINDS}?(?:性)?{_PAPERS}+"
    rf"|.*(?:规定|要求|需要|认为|约定|应当)[^《》]*(?:其他|其它|相关|有关){_KINDS}?{_PAPERS}+"
    rf"|(?:其他|其它)(?!组织|人|单位|共有|股东|机构|权利|成员|家庭|家属|方|地区|国家|监护).*{_PAPERS}"
    rf"|其他|其它|(?:补充|补正)的?(?:相关|有关)?{_KINDS}?{_PAPERS}+"
    rf"|{_ASKING}的(?:其他|其它|相关|有关)?{_KINDS}?{_PAPERS}+"
    rf"|与(?:本|该|此)?(?:次|项)?(?:申请|申报|事项|业务|办理|登记|审批|许可)+(?:事项)?(?:有关|相关)(?:联)?的?(?:其他|其它)?{_KINDS}?{_PAPERS}+"
)
"""Names of documents that say no name: 其他材料, 相关证明材料, 法律法规规定的其他材料."""
_OPEN_END = re.compile("等(?:等)?$")
CONDITIONAL = re.compile(r"的提供|的提交|提供本项|适用于|仅限|仅.{1,12}提供|如有|若有|（若|（如|委托|代理|代办")
"""Words in a document's name that say it is asked of some people only."""
_NOTHING = re.compile(
    rf"(?:无需|无须|不需要?|不用|不必|免于|免)[^。；，、]{{0,14}}{_PAPERS}|零材料|(?:没有|无)(?:申请|需要?提交的)?材料|(?:无需|无须|不需要?|不用|不必)(?:提交|带)(?:任何)?东西")
"""Words of a situation's note: nothing has to be handed in."""
_BESIDES = re.compile("其他|其它|另|额外|重复|原件|复印|纸质|再次")
"""Words that say of some papers alone that they are not asked for."""
AGAIN = re.compile("续|延|变更|换|补|注销|年检|年审|年报|签注|遗失|更正|转")


def plain_name(name: str) -> str:
    """The name without brackets, spaces and full-width forms."""
    return re.sub(r"[\s。，、；:：]|\(.*?\)|（.*?）", "", unicodedata.normalize("NFKC", name))


def names_nothing(name: str) -> bool:
    """Whether the name of a document is a catch-all, with or without an “and so on” at its end."""
    return bool(CATCH_ALL.fullmatch(_OPEN_END.sub("", plain_name(name))))


def catch_all(subject: Subject) -> Iterator[Place]:
    for at, document in subject.documents():
        if names_nothing(document.name.zh):
            yield place(f"{at}/name", name=document.name)


def open_list(subject: Subject) -> Iterator[Place]:
    for at, document in subject.documents():
        name = plain_name(document.name.zh)
        if re.search(rf"等(?:相关|有关)?{_KINDS}?{_PAPERS}?$", name) and not names_nothing(name):
            yield place(f"{at}/name", name=document.name)


def source_missing(subject: Subject) -> Iterator[Place]:
    for at, document in subject.documents():
        if document.source is None:
            yield place(f"{at}/source", name=document.name)


def necessity_missing(subject: Subject) -> Iterator[Place]:
    for at, document in subject.documents():
        if document.necessity is None:
            yield place(f"{at}/necessity", name=document.name)


def copies_missing(subject: Subject) -> Iterator[Place]:
    for at, document in subject.documents():
        # What the office gets itself, and what is a file, has no sheets to count.
        counted = document.copies or document.copies_note
        if not counted and not document.exempt and document.medium is not Medium.ELECTRONIC:
            yield place(f"{at}/originals", name=document.name)


def medium_missing(subject: Subject) -> Iterator[Place]:
    for at, document in subject.documents():
        if document.medium is None and not document.exempt:
            yield place(f"{at}/medium", name=document.name)


def condition_untold(subject: Subject) -> Iterator[Place]:
    for at, document in subject.documents():
        asked_of_all = document.when is None and document.when_note is None
        if asked_of_all and document.necessity is Necessity.REQUIRED and CONDITIONAL.search(document.name.zh):
            yield place(f"{at}/when", name=document.name)


def optional_untold(subject: Subject) -> Iterator[Place]:
    for at, document in subject.documents():
        told = document.when or document.when_note or document.requirements or document.remark
        if document.necessity is Necessity.OPTIONAL and not told and not document.exempt:
            yield place(f"{at}/when_note", name=document.name)


def asked_twice(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        seen: set[str] = set()
        for index, document in enumerate(variant.documents):
            name = plain_name(document.name.zh)
            if name in seen and document.when is None:
                yield place(f"{at}/documents/{index}/name", name=document.name)
            seen.add(name)


def asks_for_the_result(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        results = {plain_name(result.name.zh) for result in variant.results} | {plain_name(subject.item.name.zh)}
        for index, document in enumerate(variant.documents):
            again = AGAIN.search(variant.name.zh + subject.item.name.zh) or document.when or document.when_note
            if plain_name(document.name.zh) in results and not again:
                yield place(f"{at}/documents/{index}/name", name=document.name)


def says_none(variant: Variant) -> bool:
    """Whether the note says in words that nothing has to be handed in."""
    note = re.sub(r"\s", "", variant.note.zh) if variant.note else ""
    return any(not _BESIDES.search(said.group()) for said in _NOTHING.finditer(note))


def none_asked_without_word(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if not variant.documents and not says_none(variant) and not subject.licence:
            yield place(f"{at}/documents", name=variant.name)


def local_document_without_rule(subject: Subject) -> Iterator[Place]:
    for number, offering in enumerate(subject.file.offerings):
        for index, document in enumerate(offering.documents):
            if document.basis is None:
                yield place(f"/offerings/{number}/documents/{index}/basis", name=document.name)


def commitment_not_offered(subject: Subject) -> Iterator[Place]:
    for at, document in subject.documents():
        if document.commitment and subject.guide.commitment_offered is not True:
            yield place(f"{at}/commitment", name=document.name)


def commitment_untold(subject: Subject) -> Iterator[Place]:
    if subject.guide.commitment_offered and subject.guide.commitment_text is None:
        yield place("/guide/commitment_text")


def owed_to_an_instant_item(subject: Subject) -> Iterator[Place]:
    for at, document in subject.documents():
        if document.necessity is Necessity.LATER and subject.item.handling is HandlingKind.INSTANT:
            yield place(f"{at}/necessity", name=document.name)


RULES = [
    Rule("L-DOC-01", ERROR, ART_31,
         both("材料“{name}”是兜底材料，没有说要什么。", "The document “{name}” is a catch-all: it does not say what is asked for."),
         both("逐项列出材料名称，或删去。", "Name each document, or leave it out."),
         catch_all),
    Rule("L-DOC-02", WARNING, ART_31,
         both("材料“{name}”以“等”结尾，清单没有写完。", "The document “{name}” ends in “and so on”: the list is open."),
         both("写全，或删去“等”字。", "Complete it, or drop the open end."),
         open_list),
    Rule("L-DOC-03", ERROR, FIELDS,
         both("材料“{name}”没有写来源渠道。", "The document “{name}” does not say where it comes from."),
         both("填写来源：申请人自备、政府部门核发或其他。", "State its source: the applicant, an authority, or other."),
         source_missing),
    Rule("L-DOC-04", ERROR, FIELDS,
         both("材料“{name}”没有写必要性。", "The document “{name}” does not say whether it is required."),
         both("填写必要、非必要或容缺后补。", "State required, not required, or may follow later."),
         necessity_missing),
    Rule("L-DOC-05", ERROR, FIELDS,
         both("材料“{name}”没有写份数。", "The document “{name}” does not say how many copies."),
         both("填写原件份数或复印件份数；只要电子件的，材料形式写电子化。",
              "State originals or photocopies; where a file is all that is needed, make its form electronic."),
         copies_missing),
    Rule("L-DOC-06", ERROR, FIELDS,
         both("材料“{name}”没有写材料形式。", "The document “{name}” does not say its form."),
         both("填写纸质、电子化或两者皆可。", "State paper, electronic or either."),
         medium_missing),
    Rule("L-DOC-07", WARNING, SENSE,
         both("材料“{name}”像是只要一部分人交，却对所有人必要。",
              "The document “{name}” seems to concern some people only, yet it is required of all."),
         both("写明<variants.documents.when>，或用文字写在<variants.documents.when_note>。", "State its <variants.documents.when>, or put it in words in <variants.documents.when_note>."),
         condition_untold),
    Rule("L-DOC-08", WARNING, SENSE,
         both("材料“{name}”不是必要的，却没有说什么时候有用。",
              "The document “{name}” is not required, and nothing says when it helps."),
         both("用<variants.documents.when>或<variants.documents.when_note>说明；用不着的删去。", "Say so in <variants.documents.when> or <variants.documents.when_note>; leave out what is not needed."),
         optional_untold),
    Rule("L-DOC-09", ERROR, ART_29,
         both("材料“{name}”在同一情形里要求了两次。", "The document “{name}” is asked for twice in one situation."),
         both("合并为一项，写明份数。", "Make it one, and state the copies."),
         asked_twice),
    Rule("L-DOC-10", WARNING, SENSE,
         both("材料“{name}”就是本事项要办出的结果。", "The document “{name}” is the very result that is applied for."),
         both("首次办理不应要求；变更、延续才要的，写明条件。",
              "A first application cannot have it; where a renewal needs it, state that condition."),
         asks_for_the_result),
    Rule("L-DOC-11", WARNING, MODEL,
         both("情形“{name}”没有列材料。", "The situation “{name}” lists no documents."),
         both("列出材料；确实不需要的，在<variants.note>中写明“无需提交材料”。",
              "List them; where none is needed, say so in the situation's note, in Chinese “无需提交材料”."),
         none_asked_without_word),
    Rule("L-DOC-12", ERROR, ART_31,
         both("办理点另要的材料“{name}”没有写依据。", "A place asks for “{name}” of its own without citing a rule."),
         both("写明<offerings.documents.basis>，或不再要求。", "Cite the rule in <offerings.documents.basis>, or ask for it no more."),
         local_document_without_rule),
    Rule("L-DOC-13", ERROR, COMMITMENT,
         both("材料“{name}”可以承诺代替，但本事项没有标明实行告知承诺制。",
              "A commitment may replace “{name}”, yet the item does not offer notify-and-commit."),
         both("<commitment_offered>选“是”并附承诺内容，或不勾该材料的<variants.documents.commitment>。",
              "Say yes to <commitment_offered> with the commitment's text, or no to <variants.documents.commitment> of the document."),
         commitment_not_offered),
    Rule("L-DOC-14", WARNING, COMMITMENT,
         both("实行告知承诺制，却没有承诺内容。", "Notify-and-commit is offered without saying what is committed to."),
         both("在<commitment_text>填写承诺什么、怎样核查、不实承诺的后果。",
              "State what is committed to, how it is checked, and what a false commitment leads to, in <commitment_text>."),
         commitment_untold),
    Rule("L-DOC-15", WARNING, OWED,
         both("即办件的材料“{name}”容缺后补，但当场就要办结。",
              "“{name}” may follow later, yet the item is decided on the spot."),
         both("改为必要或非必要，或把事项改为承诺件。", "Make it required or not required, or the item a committed one."),
         owed_to_an_instant_item),
]
