"""rules/lint: fees: a law behind each, its standard, a way to pay it; or free, and then nothing to pay."""
import re
from collections.abc import Iterator

from portal.rules.guide.item import Fee
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.sources import ART_29, ART_58, MODEL, SENSE, city

FORM_FEE = re.compile("(?:申请表|申请书|表格|格式文本|文书).*(?:费|款)")
NO_AMOUNT = re.compile("(?:按|依|照|参照|执行).*(?:规定|标准|文件|办法)")


def _fees(subject: Subject) -> Iterator[tuple[str, Fee]]:
    for at, variant in subject.variants():
        for index, fee in enumerate(variant.fees):
            yield f"{at}/fees/{index}", fee


def without_basis(subject: Subject) -> Iterator[Place]:
    for at, fee in _fees(subject):
        if fee.basis is None:
            yield place(f"{at}/basis", name=fee.name)


def without_standard(subject: Subject) -> Iterator[Place]:
    for at, fee in _fees(subject):
        if fee.standard is None and fee.fen is None:
            yield place(f"{at}/standard", name=fee.name)


def without_way_to_pay(subject: Subject) -> Iterator[Place]:
    for at, fee in _fees(subject):
        if not fee.ways_to_pay:
            yield place(f"{at}/ways_to_pay", name=fee.name)


def online_payment_untold(subject: Subject) -> Iterator[Place]:
    if subject.guide.access.pay_online is None and any(_fees(subject)):
        yield place("/guide/access/pay_online")


def free_with_fee(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if variant.free and variant.fees:
            yield place(f"{at}/free", name=variant.name)


def fee_unnamed(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if variant.free is False and not variant.fees:
            yield place(f"{at}/fees", name=variant.name)


def free_untold(subject: Subject) -> Iterator[Place]:
    for at, variant in subject.variants():
        if variant.free is None and not variant.fees:
            yield place(f"{at}/free", name=variant.name)


def nothing_to_pay_online(subject: Subject) -> Iterator[Place]:
    if subject.guide.access.pay_online and not any(_fees(subject)):
        yield place("/guide/access/pay_online")


def fee_for_a_form(subject: Subject) -> Iterator[Place]:
    for at, fee in _fees(subject):
        if FORM_FEE.search(fee.name.zh):
            yield place(f"{at}/name", name=fee.name)


def standard_without_amount(subject: Subject) -> Iterator[Place]:
    for at, fee in _fees(subject):
        words = fee.standard.zh if fee.standard else ""
        if fee.fen is None and NO_AMOUNT.search(words) and not re.search(r"[0-9０-９一二三四五六七八九十百千万]+\s*(?:元|%|％)", words):
            yield place(f"{at}/standard", name=fee.name)


def reduction_untold(subject: Subject) -> Iterator[Place]:
    for at, fee in _fees(subject):
        if fee.may_be_reduced and fee.reduction is None:
            yield place(f"{at}/reduction", name=fee.name)


RULES = [
    Rule("L-FEE-01", ERROR, ART_58,
         both("收费“{name}”没有写依据。", "The fee “{name}” cites no law."),
         both("写明收费依据的文件和条款；没有依据的不得收费。", "Cite the law and article; without one there may be no fee."),
         without_basis),
    Rule("L-FEE-02", ERROR, MODEL,
         both("收费“{name}”没有写标准。", "The fee “{name}” states no standard."),
         both("写明收费标准，或固定的金额。", "State the standard, or the fixed amount."),
         without_standard),
    Rule("L-FEE-03", ERROR, city(8),
         both("收费“{name}”没有写缴费方式。", "The fee “{name}” does not say how to pay it."),
         both("填写<variants.fees.ways_to_pay>。", "State the ways to pay."),
         without_way_to_pay),
    Rule("L-FEE-04", ERROR, city(8),
         both("收费的事项没有写是否支持网上支付。", "There is a fee, and nothing says whether it can be paid online."),
         both("填写<access.pay_online>。", "State <access.pay_online>."),
         online_payment_untold),
    Rule("L-FEE-05", ERROR, SENSE,
         both("情形“{name}”写了不收费，却又列了收费项目。", "The situation “{name}” is called free, and lists fees."),
         both("两者保留其一。", "Keep one of the two."),
         free_with_fee),
    Rule("L-FEE-06", ERROR, MODEL,
         both("情形“{name}”要收费，却没有收费项目。", "The situation “{name}” has a fee, and lists none."),
         both("写明收费项目、标准、依据和缴费方式。", "State the fee with its standard, basis and ways to pay."),
         fee_unnamed),
    Rule("L-FEE-07", ERROR, MODEL,
         both("情形“{name}”没有写是否收费。", "The situation “{name}” does not say whether there is a fee."),
         both("不收费的，<variants.free>选“是”；收费的列出收费项目。", "Say yes to <variants.free>, or list the fees."),
         free_untold),
    Rule("L-FEE-08", ERROR, city(15),
         both("不收费的事项却支持网上支付。", "Nothing is to be paid, yet payment online is offered."),
         both("去掉<access.pay_online>，或补上收费项目。", "Take <access.pay_online> away, or list the fee."),
         nothing_to_pay_online),
    Rule("L-FEE-09", ERROR, ART_29,
         both("“{name}”是对申请书表收费。", "“{name}” charges for an application form."),
         both("申请书格式文本必须免费提供，删去此项。", "Forms are free: leave it out."),
         fee_for_a_form),
    Rule("L-FEE-10", WARNING, SENSE,
         both("收费“{name}”的标准只说按规定，没有金额。", "The standard of “{name}” refers to rules and names no amount."),
         both("写明金额或计算办法。", "State the amount, or how it is reckoned."),
         standard_without_amount),
    Rule("L-FEE-11", WARNING, MODEL,
         both("收费“{name}”可以减免，却没有写减免条件。", "“{name}” may be reduced, and nothing says for whom."),
         both("在<variants.fees.reduction>写明谁可以减免、减免多少。", "State who pays less, and how much, in <variants.fees.reduction>."),
         reduction_untold),
]
