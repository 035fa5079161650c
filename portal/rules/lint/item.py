"""rules/lint: the item itself, its codes, and the elements that every guide has."""
import re
from collections.abc import Iterator
from datetime import date

from portal.rules.guide.codes import Audience, FieldType
from portal.rules.identities import IdentityProblem, credit_code
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.sources import CREDIT_CODE, FIELDS, MODEL, PERSONAL, SENSE, city

BASIC_CODE = re.compile(r"[0-9]{12}", re.ASCII)
OWED = (
    ("summary", both("一句话简介", "the plain summary")),
    ("scope", both("适用范围", "the scope")),
    ("conditions", both("受理条件", "the conditions")),
    ("follow_up", both("办理进程查询", "where to look up how far a case is")),
    ("rights", both("申请人的权利", "the applicant's rights")),
    ("duties", both("申请人的义务", "the applicant's duties")),
)


def no_kind(subject: Subject) -> Iterator[Place]:
    if subject.item.kind is None:
        yield place("/guide/item/kind")


def no_department(subject: Subject) -> Iterator[Place]:
    if subject.item.department is None and not subject.licence:
        yield place("/guide/item/department")


def no_handling(subject: Subject) -> Iterator[Place]:
    if subject.item.handling is None:
        yield place("/guide/item/handling")


def no_tier(subject: Subject) -> Iterator[Place]:
    if not subject.item.tiers:
        yield place("/guide/item/tiers")


def no_audience(subject: Subject) -> Iterator[Place]:
    if not subject.item.audiences:
        yield place("/guide/item/audiences")


def theme_beside_audience(subject: Subject) -> Iterator[Place]:
    item = subject.item
    if not item.audiences:
        return
    for asked, themes, at, who in (
        (Audience.PERSON in item.audiences, item.person_themes, "person_themes", both("自然人", "individuals")),
        (bool({*item.audiences} - {Audience.PERSON}), item.organisation_themes, "organisation_themes",
         both("法人和其他组织", "organisations")),
    ):
        if asked != bool(themes):
            yield place(f"/guide/item/{at}", who=who)


def no_code(subject: Subject) -> Iterator[Place]:
    if subject.item.code is None and not subject.licence:
        yield place("/guide/item/code")


def malformed_code(subject: Subject) -> Iterator[Place]:
    code = subject.item.code
    if code is not None and not BASIC_CODE.fullmatch(code):
        yield place("/guide/item/code", code=code, length=len(code))


def provisional_department_code(subject: Subject) -> Iterator[Place]:
    code = subject.item.department_code
    if code is not None and not is_credit_code(code):
        yield place("/guide/item/department_code", code=code)


def is_credit_code(code: str) -> bool:
    try:
        credit_code(code)
    except IdentityProblem:
        return False
    return True


def cancelled_before_start(subject: Subject) -> Iterator[Place]:
    item = subject.item
    if item.takes_effect and item.cancelled_on and item.cancelled_on <= item.takes_effect:
        yield place("/guide/item/cancelled_on")


def element_missing(subject: Subject) -> Iterator[Place]:
    for name, what in OWED:
        # A licence's conditions are one of the eight and have their own rule.
        if not getattr(subject.guide, name) and not (name == "conditions" and subject.licence):
            yield place(f"/guide/{name}", what=what)


def no_form(subject: Subject) -> Iterator[Place]:
    if not subject.guide.form and not subject.licence:
        yield place("/guide/form")


def example_of_a_person(subject: Subject) -> Iterator[Place]:
    for number, section in enumerate(subject.guide.form):
        for index, field in enumerate(section.fields):
            if field.type is FieldType.RESIDENT_ID and field.example and _may_be_real(field.example.zh):
                yield place(f"/guide/form/{number}/fields/{index}/example", label=field.label)


def _may_be_real(number: str) -> bool:
    """Whether the number carries a province's code, a possible birthday and no obvious filler."""
    if not re.fullmatch(r"(?:[1-6][1-7]|71|8[1-3])\d{15}[\dXx]", number, re.ASCII):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return born.year > 1900


RULES = [
    Rule("L-ITEM-01", ERROR, FIELDS,
         both("没有写事项类型。", "The item's kind is not stated."),
         both("填写<item.kind>，如行政许可、公共服务。", "State its <item.kind>, such as licence or public service."),
         no_kind),
    Rule("L-ITEM-02", ERROR, FIELDS,
         both("没有写实施主体。", "The department in charge is not stated."),
         both("在<item.department>填写部门全称。", "State the department's full name."),
         no_department),
    Rule("L-ITEM-03", ERROR, FIELDS,
         both("没有写办件类型。", "Whether the item is instant or committed is not stated."),
         both("在<item.handling>选即办件或承诺件。", "State <item.handling>: instant or committed."),
         no_handling),
    Rule("L-ITEM-04", WARNING, FIELDS,
         both("没有写行使层级。", "The tier is not stated."),
         both("填写<item.tiers>，如县级、镇（乡、街道）级。", "State <item.tiers>, such as county or township."),
         no_tier),
    Rule("L-ITEM-05", ERROR, FIELDS,
         both("没有写服务对象。", "Nothing says whom the item serves."),
         both("填写<item.audiences>，如自然人、企业法人。", "State <item.audiences>, such as individuals or companies."),
         no_audience),
    Rule("L-ITEM-06", ERROR, city(10),
         both("服务对象与面向{who}的主题分类不一致：一个写了，另一个没有。",
              "Audience and themes for {who} disagree: one names them, the other does not."),
         both("两处都写或都不写。", "Name them in both or in neither."),
         theme_beside_audience),
    Rule("L-ITEM-07", WARNING, MODEL,
         both("没有写{what}。", "The guide does not state {what}."),
         both("填写{what}。", "State {what}."),
         element_missing),
    Rule("L-ITEM-08", WARNING, MODEL,
         both("没有申请表单，网上不能申请，也印不出空表。", "There is no form: nobody can apply online, and no blank can be printed."),
         both("在<form>中写出要填写的各项。", "Write the questions in a <form>."),
         no_form),
    Rule("L-ITEM-09", WARNING, PERSONAL,
         both("“{label}”的示例可能是真人的身份证号。", "The example of “{label}” may be a real person's ID number."),
         both("改用行政区划不存在的号码（如以 99 开头）。", "Use a number of a division that does not exist (such as 99…)."),
         example_of_a_person),
    Rule("L-ITEM-10", ERROR, SENSE,
         both("取消日期不晚于生效日期。", "The item is cancelled before it takes effect."),
         both("改正日期。", "Correct the dates."),
         cancelled_before_start),
    Rule("L-CODE-01", WARNING, FIELDS,
         both("没有写基本编码。", "The basic code is not stated."),
         both("填写 12 位国家基本编码。", "State the national basic code of 12 digits."),
         no_code),
    Rule("L-CODE-02", ERROR, FIELDS,
         both("基本编码“{code}”不是 12 位数字（现有 {length} 位）。", "The basic code “{code}” is not 12 digits (it has {length} characters)."),
         both("填写 12 位基本编码；本地自编的号码写在<item.local_code>。", "Give the 12 digits; a code of your own goes to <item.local_code>."),
         malformed_code),
    Rule("L-CODE-03", WARNING, CREDIT_CODE,
         both("实施主体编码“{code}”不是有效的统一社会信用代码，可能是临时代码。",
              "The department's code “{code}” is no valid credit code; it may be provisional."),
         both("取得正式代码后更换。", "Replace it once the real one is issued."),
         provisional_department_code),
]
