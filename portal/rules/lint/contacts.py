"""rules/lint: whom to call, whom to complain to, where to seek a remedy."""
import re
from collections.abc import Iterator
from itertools import chain

from portal.rules.guide.codes import ItemKind, RemedyKind
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.sources import ART_38, MODEL, city
from portal.rules.telephones import TelephoneProblem, telephone

SEVERAL = re.compile("[、，,;；/\n]|或")
HOTLINE = re.compile(r"0\d{2,3}[-—－ ]?(?:12345|9[56]\d{3,4})")


def _numbers(written: str | None) -> list[str]:
    """One field may name several numbers; each in its one form, so that equal ones are found."""
    found = []
    for one in SEVERAL.split(written or ""):
        if one.strip():
            try:
                found.append(str(telephone(one)))
            except TelephoneProblem:
                found.append(one.strip())
    return found


def _wrong(written: str) -> str | None:
    for one in SEVERAL.split(written):
        try:
            if one.strip() and not HOTLINE.fullmatch(one.strip()):
                telephone(one)
        except TelephoneProblem:
            return one.strip()
    return None


def _windows(subject: Subject) -> Iterator[tuple[str, str | None]]:
    for number, offering in enumerate(subject.file.offerings):
        for index, window in enumerate(offering.windows):
            yield f"/offerings/{number}/windows/{index}/telephone", window.telephone


def _complaints(subject: Subject) -> set[str]:
    return set(chain.from_iterable(_numbers(contact.telephone) for contact in subject.guide.complaints))


def no_enquiry_number(subject: Subject) -> Iterator[Place]:
    if not any(contact.telephone for contact in subject.guide.enquiries):
        yield place("/guide/enquiries")


def no_complaint_number(subject: Subject) -> Iterator[Place]:
    if not any(contact.telephone for contact in subject.guide.complaints):
        yield place("/guide/complaints")


def same_number(subject: Subject) -> Iterator[Place]:
    complaints = _complaints(subject)
    for index, contact in enumerate(subject.guide.enquiries):
        if shared := complaints & {*_numbers(contact.telephone)}:
            yield place(f"/guide/enquiries/{index}/telephone", number=min(shared))


def malformed_number(subject: Subject) -> Iterator[Place]:
    guide = subject.guide
    rows = [(f"/guide/enquiries/{index}/telephone", row.telephone) for index, row in enumerate(guide.enquiries)]
    rows += [(f"/guide/complaints/{index}/telephone", row.telephone) for index, row in enumerate(guide.complaints)]
    rows += [(f"/guide/remedies/{index}/telephone", row.telephone) for index, row in enumerate(guide.remedies)]
    for at, written in chain(rows, _windows(subject)):
        if written and (wrong := _wrong(written)):
            yield place(at, number=wrong)


def window_without_number(subject: Subject) -> Iterator[Place]:
    for number, offering in enumerate(subject.file.offerings):
        for index, window in enumerate(offering.windows):
            # Where a place is named, the directory of places has its number.
            if window.telephone is None and offering.place is None:
                yield place(f"/offerings/{number}/windows/{index}/telephone")


def window_takes_complaints(subject: Subject) -> Iterator[Place]:
    complaints = _complaints(subject)
    for at, written in _windows(subject):
        if shared := complaints & {*_numbers(written)}:
            yield place(at, number=min(shared))


def remedy_missing(subject: Subject) -> Iterator[Place]:
    given = {remedy.kind for remedy in subject.guide.remedies}
    for kind in RemedyKind:
        if subject.licence and kind not in given:
            yield place("/guide/remedies", kind=kind)


def no_remedy(subject: Subject) -> Iterator[Place]:
    if not subject.guide.remedies and subject.item.kind not in (ItemKind.LICENCE, ItemKind.PUBLIC_SERVICE):
        yield place("/guide/remedies")


RULES = [
    Rule("L-CONTACT-01", ERROR, city(9),
         both("没有咨询电话。", "There is no telephone number for enquiries."),
         both("在<enquiries>中填写带区号的电话。", "Give one under <enquiries>, with its area code."),
         no_enquiry_number),
    Rule("L-CONTACT-02", ERROR, city(9),
         both("没有投诉电话。", "There is no telephone number for complaints."),
         both("在<complaints>中填写带区号的电话。", "Give one under <complaints>, with its area code."),
         no_complaint_number),
    Rule("L-CONTACT-03", ERROR, city(9),
         both("咨询电话与投诉电话相同（{number}）。", "Enquiries and complaints have the same number ({number})."),
         both("投诉电话应由另一部门接听，换成不同的号码。", "Somebody else should answer complaints: give another number."),
         same_number),
    Rule("L-CONTACT-04", ERROR, city(9),
         both("电话“{number}”不完整或不像电话号码。", "“{number}” is incomplete or does not look like a telephone number."),
         both("固定电话写成“区号-号码”，并打一次核对。", "Write a landline as area code, hyphen, number; and call it once."),
         malformed_number),
    Rule("L-CONTACT-05", WARNING, city(12),
         both("窗口没有电话。", "A window has no telephone number."),
         both("填写窗口电话（带区号）。", "Give it one, with its area code."),
         window_without_number),
    Rule("L-CONTACT-06", ERROR, city(12),
         both("窗口电话与投诉电话相同（{number}）。", "A window has the number for complaints ({number})."),
         both("换成窗口自己的号码。", "Give the window its own number."),
         window_takes_complaints),
    Rule("L-CONTACT-07", ERROR, ART_38,
         both("行政许可没有写{kind}的途径。", "A licence does not say where to seek this remedy: {kind}."),
         both("在<remedies>中写明受理机关和地址。", "Name its body and address under <remedies>."),
         remedy_missing),
    Rule("L-CONTACT-08", WARNING, MODEL,
         both("没有写救济途径。", "No remedy is given."),
         both("写明行政复议和行政诉讼的受理机关。", "Name the bodies for administrative review and lawsuit."),
         no_remedy),
]
