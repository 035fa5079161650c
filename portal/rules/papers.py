"""rules/papers: what each written voucher says, as plain values that alone make the paper.

Layout of all: title, number, addressee, paragraphs, a table of facts, basis, remedies, issuing body, date, place of the seal.
Sources: Administrative Licensing Law, articles 32 (vouchers of acceptance, correction and refusal), 38 (reasons and
remedies of a refusal), 42 (limits), 44 (delivery).
"""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.rules.guide.codes import RemedyKind
from portal.rules.guide.document import Guide, Variant

TITLES = {
    "receipt": "申请材料接收凭证",
    "acceptance": "受理通知书",
    "correction": "申请材料补正一次性告知书",
    "refusal_to_accept": "不予受理决定书",
    "decision_grant": "准予决定书",
    "decision_refuse": "不予批准决定书",
    "delivery": "送达回证",
    "extension": "延长办理期限告知书",
}

WITHIN = {RemedyKind.REVIEW: "60日内申请行政复议", RemedyKind.LAWSUIT: "6个月内提起行政诉讼"}


@dataclass(frozen=True)
class Heading:
    """What every paper of one case carries."""

    case_number: str
    tracking_code: str
    applicant: str
    issuing_body: str
    register: str
    """The mark of the body's registers: what the numbers of its papers begin with."""
    address: str
    """The public address that the QR code leads to."""
    day: date
    sample: bool


def words(day: date | None) -> str:
    """A day as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "未定"


def receipt(head: Heading, guide: Guide, variant: Variant, *, documents: Sequence[str], decided_by: date,
            due_if_today: date | None, provisional: bool, ask: Sequence[str], filer: str | None,
            pin: str | None = None, decided_provisional: bool = False) -> dict[str, Any]:
    """Given on submission: by when acceptance is decided, and the due date *if accepted today*. `pin` is what the
    holder acts with. Days in a year whose holidays are not announced are marked provisional."""
    name, answer = guide.item.name.zh, words(decided_by) + ("（暂定）" if decided_provisional else "")
    rows = [["查询码", head.tracking_code], ["最迟答复是否受理", answer]]
    if due_if_today is not None:
        rows.append(["如当日受理，办结日期不迟于", words(due_if_today) + ("（暂定）" if provisional else "")])
    if filer:
        rows.append(["代为提交", filer])
    if ask:
        rows.append(["咨询", "；".join(ask)])
    return _paper("receipt", head, guide, [
        f"你（单位）提交的“{name}”（{variant.name.zh}）申请材料已经收到。本凭证只说明材料已收到，不等于已经受理。",
        f"我单位将在{answer}前决定是否受理；材料不齐全的，将在该日期前一次性告知需要补正的全部内容，"
        "逾期不告知的，自收到申请材料之日起即为受理。",
    ], rows=rows, listed=("已提交的材料", list(documents))) | ({"pin": pin} if pin else {})


def acceptance(head: Heading, guide: Guide, variant: Variant, *, since: date, due: date, provisional: bool, not_counted: Sequence[str],
               until: str | None = None, later: Sequence[str] = (), later_by: date | None = None,
               committed: Sequence[str] = ()) -> dict[str, Any]:
    """Given on acceptance, with the real due date, and in writing what does not count (article 45).

    `later` and `committed` are the names of papers that are still owed, or that a commitment stands for: then the
    papers are not called complete, and those that are owed are named with their last day, `later_by`, and what follows.
    `until` is the time of day at which a limit of hours ends. `since` lies before the paper's day where the case counts
    as accepted because nothing was told in time (article 32).
    """
    whole = "申请材料齐全、符合法定形式，现予受理。" if not later and not committed else \
        "主要申请材料齐全、符合法定形式，现予容缺受理。" if later else "其余申请材料齐全、符合法定形式，以书面承诺代替下列材料，现予受理。"
    by = f"{words(due)} {until}" if until else words(due)
    decide = f"我单位将在{by}前作出决定。"
    if since < head.day:
        whole = f"材料已于{words(since)}收到；五个工作日内没有告知需要补正的内容，自收到申请材料之日起即为受理。"
        decide = f"办理期限自{words(since)}的次日起算，应当在{by}前作出决定。"
    paragraphs = [f"你（单位）提出的“{guide.item.name.zh}”（{variant.name.zh}）申请，{whole}",
                  decide + ("该日期所在年份的放假安排尚未公布，日期暂定，公布后重新计算。" if provisional else "")]
    if not_counted:
        paragraphs.append("下列所需时间依法不计入办理期限：" + "；".join(not_counted) + "。")
    last = words(later_by)
    if later:
        late = "因我单位没有按时告知，承诺的期限已到，补交的期限自本通知书之日起另算五个工作日。" if later_by and later_by > due else ""
        paragraphs.append(f"{late}容缺的材料请在{last}前补交到受理窗口；逾期没有补交的，我单位将依法不予批准。")
    if committed:
        paragraphs.append("以承诺代替的材料，我单位将依法核查；承诺不实的，撤销决定并依法处理。")
    listed = [f"{name}：容缺，最迟{last}补交" for name in later] + [f"{name}：以书面承诺代替" for name in committed]
    return _paper("acceptance", head, guide, paragraphs, rows=[["受理日期", words(since)], ["办结期限", by]],
                  listed=("还没有交齐的材料", listed))


def correction(head: Heading, guide: Guide, *, papers: Sequence[tuple[str, str, str]], days: int | None = None) -> dict[str, Any]:
    """The one-time notice: each paper with what is wrong and what to do; `days` are the working days for it from being told."""
    return _paper("correction", head, guide, [
        f"你（单位）提出的“{guide.item.name.zh}”申请，申请材料不齐全或者不符合法定形式，需要补正下列全部内容。",
        (f"请自收到本告知书之日起{days}个工作日内补正。" if days else "")
        + "补正后请用查询码和办理密码在网上提交，或者到窗口提交。材料补齐之日起重新计算答复受理的期限。",
    ], listed=("需要补正的全部内容", ["：".join(part for part in paper if part) for paper in papers]))


def refusal_to_accept(head: Heading, guide: Guide, *, reason: str, right_body: str) -> dict[str, Any]:
    """A dated written refusal (article 32, last paragraph); the right body is named where the power is another's."""
    paragraphs = [f"你（单位）提出的“{guide.item.name.zh}”申请，经审查，决定不予受理。理由：{reason}"]
    if right_body:
        paragraphs.append(f"请向有权办理的机关提出：{right_body}")
    return _paper("refusal_to_accept", head, guide, paragraphs, remedies=remedies(guide))


def decision(head: Heading, guide: Guide, *, granted: bool, reasons: str, results: Sequence[str]) -> dict[str, Any]:
    """The written decision (article 38). Raises ValueError for a refusal without reasons."""
    name = guide.item.name.zh
    if granted:
        return _paper("decision_grant", head, guide, [f"你（单位）提出的“{name}”申请，经审查符合规定的条件，决定予以批准。"],
                      listed=("办理结果", list(results)))
    if not reasons.strip():
        raise ValueError("a refusal states its reasons")
    return _paper("decision_refuse", head, guide, [f"你（单位）提出的“{name}”申请，经审查，决定不予批准。理由：{reasons}"],
                  remedies=remedies(guide))


def extension(head: Heading, guide: Guide, *, days: int, before: date, due: date, provisional: bool, reason: str, approver: str,
              government: str = "") -> dict[str, Any]:
    """The reason of an extension and the new day are told (article 42); `government` is the approval of a joint case."""
    said = f"经本级人民政府负责人批准（{government}）" if government else f"经本机关负责人{approver}批准"
    marked = "（暂定，所在年份的放假安排公布后重新计算）" if provisional else ""
    return _paper("extension", head, guide, [
        f"你（单位）提出的“{guide.item.name.zh}”申请，不能在{words(before)}前作出决定。{said}，办理期限延长{days}个工作日，"
        f"我单位将在{words(due)}前作出决定{marked}。延长只有这一次。",
        f"延长的理由：{reason}",
    ], rows=[["原办结期限", words(before)], ["延长", f"{days}个工作日"], ["新的办结期限", words(due)]])


LAST_DAYS = {RemedyKind.REVIEW: "申请行政复议不迟于", RemedyKind.LAWSUIT: "提起行政诉讼不迟于"}


def delivery(head: Heading, guide: Guide, *, way: str, results: Sequence[str], receiver: str,
             until: Mapping[RemedyKind, date] | None = None) -> dict[str, Any]:
    """The record that the result was handed over (article 44); `until` are the last days of the remedies against a decision
    that was told with it."""
    last = [[LAST_DAYS[kind], words(day)] for kind, day in (until or {}).items()]
    return _paper("delivery", head, guide, [f"“{guide.item.name.zh}”的办理结果已经送达。"],
                  rows=[["送达方式", way], ["送达日期", words(head.day)], *last, ["签收人", receiver]],
                  listed=("送达的文书", list(results)))


def remedies(guide: Guide) -> list[str]:
    """How a decision can be challenged within the lawful times: before the guide's bodies, and by law where it names none
    of a kind, so that no refusal goes out without both remedies."""
    said = []
    for kind, within in WITHIN.items():
        for remedy in [one for one in guide.remedies if one.kind is kind]:
            where = "，".join(part for part in (remedy.address and remedy.address.zh, remedy.telephone) if part)
            said.append(f"不服本决定的，可以自收到本决定之日起{within}：{remedy.body.zh}" + (f"（{where}）" if where else ""))
        if not any(one.kind is kind for one in guide.remedies):
            said.append(f"不服本决定的，可以自收到本决定之日起{within}。")
    return said


def _paper(kind: str, head: Heading, guide: Guide, paragraphs: list[str], *, rows: Sequence[Sequence[str]] = (),
           listed: tuple[str, list[str]] | None = None, remedies: Sequence[str] = ()) -> dict[str, Any]:
    basis = [f"《{basis.law.zh.strip('《》')}》" + (basis.articles.zh if basis.articles else "") for basis in guide.legal_basis]
    return {
        "kind": kind, "title": TITLES[kind], "case_number": head.case_number, "tracking_code": head.tracking_code,
        "item": guide.item.name.zh, "addressee": head.applicant, "paragraphs": paragraphs,
        "rows": [list(row) for row in rows],
        "listed": {"heading": listed[0], "lines": listed[1]} if listed and listed[1] else None,
        "basis": basis, "remedies": list(remedies), "issuing_body": head.issuing_body, "register": head.register,
        "date": head.day.isoformat(), "date_words": words(head.day), "qr": head.address, "sample": head.sample,
    }
