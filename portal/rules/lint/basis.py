"""rules/lint: the legal basis and where the guide's content comes from: in force, named in full, checked on a day."""
from collections.abc import Iterator

from portal.rules.guide.codes import Checked
from portal.rules.guide.text import Text, every
from portal.rules.lint.findings import ERROR, WARNING, Place, Rule, Subject, both, place
from portal.rules.lint.repealed import cited, repealed
from portal.rules.lint.sources import MODEL, SENSE


def no_basis(subject: Subject) -> Iterator[Place]:
    if not subject.guide.legal_basis and not subject.licence:
        yield place("/guide/legal_basis")


def no_articles(subject: Subject) -> Iterator[Place]:
    for index, basis in enumerate(subject.guide.legal_basis):
        if basis.articles is None:
            yield place(f"/guide/legal_basis/{index}/articles", law=basis.law)


def repealed_as_valid(subject: Subject) -> Iterator[Place]:
    for index, basis in enumerate(subject.guide.legal_basis):
        row = repealed(basis.law.zh)
        if row and basis.state is not Checked.REPEALED:
            yield place(f"/guide/legal_basis/{index}/law", law=basis.law, since=row.since, successor=row.successor)


def nothing_in_force(subject: Subject) -> Iterator[Place]:
    bases = subject.guide.legal_basis
    if bases and all(basis.state is Checked.REPEALED for basis in bases):
        yield place("/guide/legal_basis")


def repealed_in_words(subject: Subject) -> Iterator[Place]:
    for at, text in every(Text, subject.file):
        # The legal basis has its own rule, and may well tell what was repealed.
        if not at.startswith("/guide/legal_basis/"):
            for row in cited(text.zh):
                yield place(at, law=row.law, since=row.since, successor=row.successor)


def checked_without_proof(subject: Subject) -> Iterator[Place]:
    for index, basis in enumerate(subject.guide.legal_basis):
        if basis.state is Checked.CHECKED and (basis.checked_on is None or basis.source is None):
            missing = "checked_on" if basis.checked_on is None else "source"
            yield place(f"/guide/legal_basis/{index}/{missing}", law=basis.law)


def in_force_later(subject: Subject) -> Iterator[Place]:
    for index, basis in enumerate(subject.guide.legal_basis):
        if basis.issued_on and basis.effective_on and basis.effective_on < basis.issued_on:
            yield place(f"/guide/legal_basis/{index}/effective_on", law=basis.law)


def never_checked(subject: Subject) -> Iterator[Place]:
    if subject.guide.provenance.checked_on is None:
        yield place("/guide/provenance/checked_on")


def review_is_due(subject: Subject) -> Iterator[Place]:
    due = subject.guide.provenance.review_due
    if due and subject.today and due < subject.today:
        yield place("/guide/provenance/review_due", due=due)


def reviewed_before_checked(subject: Subject) -> Iterator[Place]:
    origin = subject.guide.provenance
    if origin.review_due and origin.checked_on and origin.review_due <= origin.checked_on:
        yield place("/guide/provenance/review_due", due=origin.review_due, checked=origin.checked_on)


def unplaced_text(subject: Subject) -> Iterator[Place]:
    if subject.file.unplaced:
        yield place("/unplaced", count=len(subject.file.unplaced))


RULES = [
    Rule("L-BASIS-01", WARNING, MODEL,
         both("没有写依据。", "No legal basis is given."),
         both("写明依据的法律、法规或文件及其条款。", "Name the law, regulation or document, and its articles."),
         no_basis),
    Rule("L-BASIS-02", WARNING, MODEL,
         both("依据“{law}”没有写条款。", "The basis “{law}” names no article."),
         both("写明第几条。", "Name the article."),
         no_articles),
    Rule("L-BASIS-03", ERROR, MODEL,
         both("依据“{law}”已于{since}废止，却当作有效依据。", "“{law}” was repealed on {since}, yet it is cited as in force."),
         both("改引《{successor}》的相应条款；只为说明沿革的，在<legal_basis.state>选“已废止”。",
              "Cite 《{successor}》 and its article; where it only tells history, choose “repealed” as its <legal_basis.state>."),
         repealed_as_valid),
    Rule("L-BASIS-04", ERROR, MODEL,
         both("所列依据都已废止。", "Every basis that is named is repealed."),
         both("补上现行有效的依据；没有的，该事项应当取消。", "Add one that is in force; without one the item has to be cancelled."),
         nothing_in_force),
    Rule("L-BASIS-05", WARNING, MODEL,
         both("文中引用的《{law}》已于{since}废止。", "《{law}》, cited here, was repealed on {since}."),
         both("改引《{successor}》，或在其后注明“已废止”。", "Cite 《{successor}》, or write 已废止 (repealed) after it."),
         repealed_in_words),
    Rule("L-BASIS-06", ERROR, SENSE,
         both("依据“{law}”标为已核对，却没有核对日期或原文出处。",
              "“{law}” is marked as checked without the day or the place of the text."),
         both("填写<legal_basis.checked_on>和<legal_basis.source>；没有核对的，<legal_basis.state>选“未核对”。", "State <legal_basis.checked_on> and <legal_basis.source>, or choose “not checked” as its <legal_basis.state>."),
         checked_without_proof),
    Rule("L-BASIS-07", ERROR, SENSE,
         both("依据“{law}”的施行日期早于公布日期。", "“{law}” takes effect before it was issued."),
         both("改正日期。", "Correct the dates."),
         in_force_later),
    Rule("L-BASIS-08", WARNING, SENSE,
         both("没有写指南内容最近一次核对的日期。", "The day on which the guide was last checked is not given."),
         both("核对后在<provenance>里填写<provenance.checked_on>。", "Check it and state <provenance.checked_on> in its <provenance>."),
         never_checked),
    Rule("L-BASIS-09", WARNING, SENSE,
         both("指南应在{due}前复核，已过期。", "The guide was due for review by {due}."),
         both("复核内容，更新<provenance.checked_on>和<provenance.review_due>。", "Review it; set <provenance.checked_on> and <provenance.review_due> anew."),
         review_is_due),
    Rule("L-BASIS-10", ERROR, SENSE,
         both("复核日期{due}不晚于核对日期{checked}。", "The review is due on {due}, not after the check of {checked}."),
         both("改正日期。", "Correct the dates."),
         reviewed_before_checked),
    Rule("L-BASIS-11", WARNING, SENSE,
         both("导入时有{count}段文字没有归位。", "{count} piece(s) of text from the import have no place yet."),
         both("逐段放进相应要素，或确认不需要后删去。", "Put each where it belongs, or delete it once you are sure."),
         unplaced_text),
]
