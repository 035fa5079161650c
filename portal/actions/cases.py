"""actions: intake of a case: accepted, corrected, corrected papers taken in, refused.

Every act asks the table of transitions, changes the case, writes its event, and issues its voucher, in one transaction.
"""
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import keys
from portal.actions import answers as answering
from portal.actions import record, vouchers
from portal.actions.acting import Acting, check, due_on, heading, of, put, states_of
from portal.models.cases import Case, CaseState, Notice, NoticeKind, StageState
from portal.models.vouchers import VoucherKind
from portal.queries import calendars
from portal.rules import deadlines, papers, stages
from portal.rules.calendar import Calendar
from portal.rules.guide.codes import End
from portal.rules.guide.document import Variant
from portal.rules.guide.limits import Limit
from portal.rules.transitions import Act

PROBLEMS = {"missing": "缺少", "wrong": "不符合要求", "outdated": "已过有效期"}


def accept(act: Acting, case: Case) -> None:
    """Acceptance (article 32): the clock starts, the real due date is told by a voucher. Raises NotNow."""
    check(case, Act.ACCEPT)
    guide, variant = of(case)
    calendar = calendars.calendar(act.db)
    _start_clock(case, variant, act.today, calendar)
    step = stages.accept(variant, states_of(case))
    case.state = CaseState.ACCEPTED
    put(act, case, variant, step.states, calendar)
    for notice in _open_notices(act.db, case):
        notice.answered_at = act.now
    record.write(act.db, case, Act.ACCEPT, act.now, staff_id=act.staff and act.staff.id, due=str(case.due_on))
    not_counted = [(row.name or row.reason.text).zh + (f"（{row.limit.said('zh-Hans')}）" if row.limit else "")
                   for row in variant.not_counted]
    not_counted += [stage.name.zh for stage in variant.stages if not stage.counted]
    vouchers.issue(act.db, case, VoucherKind.ACCEPTANCE, papers.acceptance(
        heading(act, case), guide, variant, due=case.due_on, provisional=case.due_provisional, not_counted=not_counted),
        answering.data_key(case.application, act.ring), act.now)


def ask_correction(act: Acting, case: Case, wanted: Sequence[tuple[str, str, str]], reason_again: str = "") -> Notice:
    """The one-time notice (article 32): `wanted` are (key of a document or section, problem, what to do).

    A second notice on the same papers needs a recorded reason. Raises NotNow, ValueError where nothing is
    named or the reason is missing.
    """
    check(case, Act.CORRECT)
    if not wanted:
        raise ValueError("a correction names what is to be corrected")
    earlier = act.db.scalar(select(Notice.id).where(Notice.case_id == case.id, Notice.kind == NoticeKind.CORRECTION).limit(1))
    if earlier is not None and not reason_again.strip():
        raise ValueError("a second notice needs a reason")
    guide, variant = of(case)
    key = answering.data_key(case.application, act.ring)
    names = {document.key: document.name.zh for document in variant.documents}
    names |= {section.key: section.title.zh for section in guide.form}
    notice = Notice(case_id=case.id, kind=NoticeKind.CORRECTION, made_at=act.now, made_by_id=act.staff and act.staff.id,
                    content={"papers": [[paper, problem] for paper, problem, _ in wanted], "again": bool(earlier)})
    act.db.add(notice)
    act.db.flush()
    words = "\n".join([reason_again, *(to_do for _, _, to_do in wanted)])
    notice.words_sealed = keys.seal(key, words, f"notice.words:{notice.id}")
    case.state = CaseState.CORRECTION
    record.write(act.db, case, Act.CORRECT, act.now, staff_id=act.staff and act.staff.id, notice=notice.id)
    said = [(names.get(paper, paper), PROBLEMS[problem], to_do) for paper, problem, to_do in wanted]
    vouchers.issue(act.db, case, VoucherKind.CORRECTION, papers.correction(heading(act, case), guide, papers=said), key, act.now)
    return notice


def resubmit(act: Acting, case: Case) -> None:
    """The applicant's corrected papers arrive: the days for deciding acceptance run anew from today. Raises NotNow."""
    check(case, Act.RESUBMIT)
    calendar = calendars.calendar(act.db)
    case.state, case.arrived_on = CaseState.SUBMITTED, act.today
    case.acceptance_due_on = deadlines.acceptance_decided_by(act.today, calendar).date
    for notice in _open_notices(act.db, case):
        notice.answered_at = act.now
    record.write(act.db, case, Act.RESUBMIT, act.now, staff_id=act.staff and act.staff.id)


def refuse(act: Acting, case: Case, reason: str, right_body: str = "", end: End = End.NOT_ACCEPTED) -> None:
    """Refusal to accept, or *no permit needed*, in writing. Raises NotNow, ValueError without a reason."""
    check(case, Act.REFUSE)
    if not reason.strip():
        raise ValueError("a refusal states its reason")
    guide, _ = of(case)
    case.state, case.decision, case.closed_at = CaseState.CLOSED, end, act.now
    for stage in case.stages:
        if stage.state in (StageState.OPEN, StageState.WAITING):
            stage.state = StageState.CANCELLED
    record.write(act.db, case, Act.REFUSE, act.now, staff_id=act.staff and act.staff.id, end=end)
    vouchers.issue(act.db, case, VoucherKind.REFUSAL_TO_ACCEPT, papers.refusal_to_accept(
        heading(act, case), guide, reason=reason, right_body=right_body), answering.data_key(case.application, act.ring), act.now)


def _start_clock(case: Case, variant: Variant, day: date, calendar: Calendar) -> None:
    promised, owed = due_on(variant.promised, day, calendar), due_on(variant.statutory, day, calendar)
    due = promised or owed or due_on(Limit(amount=deadlines.LICENCE_DAYS), day, calendar)
    case.accepted_on, case.due_on, case.due_provisional = day, due.date, due.provisional
    case.owed_on = owed.date if owed else due.date


def _open_notices(db: Session, case: Case) -> list[Notice]:
    return list(db.scalars(select(Notice).where(Notice.case_id == case.id, Notice.answered_at.is_(None))))
