"""actions: a reader's "this is wrong": taken down sealed under a key of its own, answered, and erased in time.

Nobody is asked who she is. The words, and how to reach her if she says so, are personal data: people write about themselves.
Whoever has the code that was shown when the report was taken down reads the answer.
"""
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import keys
from portal.models.guides import GuideRevision
from portal.models.people import Staff
from portal.models.readers import Report
from portal.rules.problems import Problem

KEPT = timedelta(days=180)
"""So long after its answer a report keeps what the reader wrote."""


class Answered(Problem):
    """A colleague was faster."""


@dataclass(frozen=True)
class Words:
    """What a reader wrote, opened."""

    words: str
    contact: str


def send(db: Session, ring: keys.KeyRing, revision: GuideRevision, element: str, words: Words, code: str, now: datetime) -> Report:
    """Takes the report down. The code came with its form, so that who presses twice has made one report."""
    digest = ring.blind(code, "report.code")
    report = db.scalar(select(Report).where(Report.code_digest == digest))
    if report is not None:
        return report
    key = keys.new_data_key()
    report = Report(revision_id=revision.id, element=element or None, wrapped_key=ring.wrap(key), made_at=now, code_digest=digest)
    db.add(report)
    db.flush()
    report.words_sealed = keys.seal(key, words.words, f"report.words:{report.id}")
    if words.contact:
        report.contact_sealed = keys.seal(key, words.contact, f"report.contact:{report.id}")
    db.flush()
    return report


def opened(report: Report, ring: keys.KeyRing) -> Words | None:
    """What the reader wrote; None where it is erased. Raises KeyProblem."""
    if report.wrapped_key is None:
        return None
    key = ring.unwrap(report.wrapped_key)
    return Words(keys.open_text(key, report.words_sealed, f"report.words:{report.id}"),
                 keys.open_text(key, report.contact_sealed, f"report.contact:{report.id}") if report.contact_sealed else "")


def found(db: Session, ring: keys.KeyRing, code: str) -> Report | None:
    """The report of that code."""
    return db.scalar(select(Report).where(Report.code_digest == ring.blind(code, "report.code")))


def answer(db: Session, staff: Staff, report: Report, words: str, now: datetime) -> None:
    """The answer, which whoever has the code reads; it is given once. Raises Answered."""
    db.refresh(report, with_for_update=True)
    if report.answered_at is not None:
        raise Answered("report.answered", "同事已经答复了这一条，您写的没有保存，可以复制；下面是已有的答复。",
                       "A colleague has answered this report already. What you wrote was not saved; copy it. The answer is below.")
    report.answer, report.answered_by_id, report.answered_at = words.strip(), staff.id, now
    db.flush()


def erase(db: Session, now: datetime) -> int:
    """Destroys the keys of reports that were answered long enough ago: what readers wrote is gone, in the backups too. How many."""
    late = db.scalars(select(Report).where(Report.answered_at <= now - KEPT, Report.erased_at.is_(None))).all()
    for report in late:
        report.wrapped_key = report.words_sealed = report.contact_sealed = None
        report.erased_at = now
    db.flush()
    return len(late)
