"""actions: a case before and beside its stages: accepted, corrected, corrected papers taken in, refused, withdrawn.

Every act asks the table of transitions, changes the case, writes its event, and issues its voucher, in one transaction.
"""
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import keys
from portal.actions import accounts, handling, parties, record, recounting, serving, vouchers
from portal.actions import answers as answering
from portal.actions.acting import Acting, NotNow, check, heading, move, of, states_of
from portal.models.cases import Case, CaseState, Notice, NoticeKind, PartyRole, SpotCorrection
from portal.models.vouchers import VoucherKind
from portal.queries import applications, calendars, clock
from portal.rules import clocks, deadlines, filling, papers, stages, stopping
from portal.rules.calendar import day_starts
from portal.rules.guide.codes import End
from portal.rules.guide.document import Variant
from portal.rules.progress import PROBLEMS
from portal.rules.serving import Way
from portal.rules.transitions import UNTOLD, Act


class Untold(NotNow):
    """The days for deciding acceptance have passed without a word: the case counts as accepted (article 32)."""


class Wanted(NamedTuple):
    """What is to be corrected: the key of a document or section, a key of PROBLEMS, and what to do."""

    paper: str
    problem: str
    to_do: str


def accept(act: Acting, case: Case) -> None:
    """Acceptance (article 32): the clock starts, the real due date is told by a voucher. Raises NotNow.

    Where the days for deciding it have passed without a word, the clock starts on the day the papers arrived.
    """
    check(case, Act.ACCEPT)
    _accept(act, case, Act.ACCEPT)


def deem(act: Acting, case: Case) -> bool:
    """Acceptance by the clock (article 32): nobody said a word in the days for it, so the case counts as accepted since its
    papers arrived. False where its days, by the calendar as it is now, have not passed: where that moved its last day, the
    record says so. Raises NotNow.

    Where acceptance alone would decide, the accepting stage stays open for an officer: the law has the case accepted by
    silence, never granted.
    """
    check(case, Act.DEEM)
    recounting.recount(act, case)
    if not clock.untold(case, act.today):
        return False
    _accept(act, case, Act.DEEM)
    return True


def _accept(act: Acting, case: Case, what: Act) -> None:
    guide, variant = of(case)
    calendar = calendars.calendar(act.db)
    late = clock.untold(case, act.today)
    case.accepted_on = clock.accepted_since(case, act.today)
    case.deemed_on = deadlines.deemed_on(case.acceptance_due_on) if late else None
    now = clocks.clock(guide, variant, case.accepted_on, calendar, office=clock.office(act.db, case, variant, act.now))
    case.due_on, case.due_provisional, case.owed_on = now.due.date, now.due.provisional, now.owed.date
    case.state = CaseState.ACCEPTED
    step = stages.accept(variant, states_of(case))
    decided = stages.decided(variant, step.states)
    if decided and what is Act.DEEM:
        moved = {}
    else:
        then = replace(act, now=day_starts(case.deemed_on)) if late else act
        moved = move(then, case, variant, step.states, calendar)
    serving.answered(act, case, Way.WINDOW)
    facts = {"on": str(case.deemed_on)} if late else {}
    record.write(act.db, case, what, act.now, staff_id=act.staff_id, since=str(case.accepted_on), due=str(case.due_on),
                 **facts, **moved)
    not_counted = [(row.name or row.reason.text).zh + (f"（{row.limit.said('zh-Hans')}）" if row.limit else "")
                   for row in variant.not_counted if stopping.is_lawful(row.reason, row.basis, guide.item.kind)]
    not_counted += [stage.name.zh + (f"（{stage.limit.said('zh-Hans')}）" if stage.limit else "")
                    for stage in stopping.stopping(guide, variant).values() if step.states[stage.key] != stages.SKIPPED]
    key = answering.data_key(case.application, act.ring)
    voucher = vouchers.issue(act.db, case, VoucherKind.ACCEPTANCE, papers.acceptance(
        heading(act, case), guide, variant, since=case.accepted_on, due=case.due_on, until=now.due.until, provisional=case.due_provisional,
        not_counted=not_counted, later=_given(case, variant, key, filling.LATER),
        later_by=clocks.debt(case.accepted_on, act.today, now.due, calendar).date, committed=_given(case, variant, key, filling.COMMIT)), key, act.now)
    serving.owe(act, case, NoticeKind.ACCEPTANCE, voucher)
    if decided and what is Act.ACCEPT:
        handling.decide(act, case, End.GRANTED, "", key)


def _given(case: Case, variant: Variant, key: keys.DataKey, way: str) -> list[str]:
    """The names of the papers that the applicant gives in this way."""
    chosen = answering.read(case.application, key)["documents"]
    return [document.name.zh for document in [*variant.documents, *applications.local_documents(case.offering_revision)]
            if chosen.get(document.key) == way]


def put_right(act: Acting, case: Case, found: Sequence[Wanted]) -> None:
    """What officer and applicant put right at once (article 32): nothing stops, and it stays on record what it was. Of each
    paper `to_do` says how it was put right; one that was exchanged is at the window now. Raises NotNow, ValueError.
    """
    check(case, Act.PUT_RIGHT)
    if not found:
        raise ValueError("what was put right is named")
    key = answering.data_key(case.application, act.ring)
    content = answering.read(case.application, key)
    exchanged = {one.paper: filling.WINDOW for one in found if one.paper in content["documents"]}
    if exchanged:
        answering.write(case.application, key, content | {"documents": content["documents"] | exchanged})
    row = SpotCorrection(case_id=case.id, papers=[[one.paper, one.problem] for one in found], made_at=act.now, made_by_id=act.staff_id)
    act.db.add(row)
    act.db.flush()
    row.words_sealed = keys.seal(key, json.dumps([one.to_do for one in found], ensure_ascii=False), f"spot_correction.words:{row.id}")
    record.write(act.db, case, Act.PUT_RIGHT, act.now, staff_id=act.staff_id, spot=row.id, papers=row.papers)


def righted_by(row: SpotCorrection, key: keys.DataKey) -> list[Wanted]:
    """What was put right on the spot, with the officer's words. Raises KeyProblem."""
    words = json.loads(keys.open_text(key, row.words_sealed, f"spot_correction.words:{row.id}"))
    return [Wanted(paper, problem, how) for (paper, problem), how in zip(row.papers, words, strict=True)]


def ask_correction(act: Acting, case: Case, wanted: Sequence[Wanted], reason_again: str = "", days: int | None = None) -> Notice:
    """The one-time notice (article 32), with everything that is wanted, within `days` working days from being told.

    A second notice on the same papers needs a recorded reason (`told_before`). Raises NotNow, Untold where the days for
    it have passed, ValueError where nothing is named or the reason is missing.
    """
    check(case, Act.CORRECT)
    _told_in_time(act, case, Act.CORRECT)
    if not wanted:
        raise ValueError("a correction names what is to be corrected")
    again = told_before(act.db, case)
    if again and not reason_again.strip():
        raise ValueError("a second notice needs a reason")
    guide, variant = of(case)
    key = answering.data_key(case.application, act.ring)
    documents = [*variant.documents, *applications.local_documents(case.offering_revision)]
    names = {document.key: document.name.zh for document in documents}
    names |= {section.key: section.title.zh for section in guide.form}
    said = [(names[one.paper], PROBLEMS[one.problem].zh, one.to_do) for one in wanted]
    voucher = vouchers.issue(act.db, case, VoucherKind.CORRECTION, papers.correction(heading(act, case), guide, papers=said, days=days), key, act.now)
    notice = serving.owe(act, case, NoticeKind.CORRECTION, voucher, answer_days=days,
                         content={"papers": [[one.paper, one.problem] for one in wanted], "again": again})
    words = json.dumps({"again": reason_again, "to_do": [one.to_do for one in wanted]}, ensure_ascii=False)
    notice.words_sealed = keys.seal(key, words, f"notice.words:{notice.id}")
    case.state = CaseState.CORRECTION
    record.write(act.db, case, Act.CORRECT, act.now, staff_id=act.staff_id, notice=notice.id, again=again)
    return notice


def wanted_by(notice: Notice, key: keys.DataKey) -> list[Wanted]:
    """What a correction asks for, with the officer's words. Raises KeyProblem."""
    words = json.loads(keys.open_text(key, notice.words_sealed, f"notice.words:{notice.id}"))
    return [Wanted(paper, problem, to_do) for (paper, problem), to_do
            in zip(notice.content["papers"], words["to_do"], strict=True)]


def reason_again(notice: Notice, key: keys.DataKey) -> str:
    """Why a correction was asked for again; empty for the first. Raises KeyProblem."""
    return json.loads(keys.open_text(key, notice.words_sealed, f"notice.words:{notice.id}"))["again"]


def told_before(db: Session, case: Case) -> bool:
    """Whether a correction was asked for already, so that another needs a reason."""
    return db.scalar(select(Notice.id).where(Notice.case_id == case.id, Notice.kind == NoticeKind.CORRECTION).limit(1)) is not None


def resubmit(act: Acting, case: Case) -> None:
    """The applicant's corrected papers arrive: the days for deciding acceptance run anew from today. Answers that no
    longer count are forgotten; what the others make run or not run follows, and whose papers they are. Raises NotNow."""
    check(case, Act.RESUBMIT)
    calendar = calendars.calendar(act.db)
    guide, variant = of(case)
    key = answering.data_key(case.application, act.ring)
    content = answering.read(case.application, key)
    answers = filling.counting(guide, content["answers"])
    answering.write(case.application, key, {name: value for name, value in content.items() if name != "corrected"} | {"answers": answers})
    parties.correct(next(row.party for row in case.parties if row.role == PartyRole.APPLICANT), parties.named(guide, answers), act.ring)
    case.state, case.arrived_on = CaseState.SUBMITTED, act.today
    case.acceptance_due_on = deadlines.acceptance_decided_by(act.today, calendar).date
    moved = move(act, case, variant, stages.begin(variant, answers).states, calendar)
    serving.answered(act, case, Way.ELECTRONIC)
    record.write(act.db, case, Act.RESUBMIT, act.now, staff_id=act.staff_id, **moved)


def refuse(act: Acting, case: Case, reason: str, right_body: str = "", end: End = End.NOT_ACCEPTED) -> None:
    """Refusal to accept, or *no permit needed*, in writing. Raises NotNow, ValueError without a reason.

    Article 32 lets time pass on the papers alone: that no permit is needed, or that the power is that of `right_body`, is
    told also when the days have passed; any other refusal then raises Untold.
    """
    check(case, Act.REFUSE)
    if end is not End.NOT_NEEDED and not right_body.strip():
        _told_in_time(act, case, Act.REFUSE)
    if not reason.strip():
        raise ValueError("a refusal states its reason")
    guide, _ = of(case)
    serving.lapse(act, case)
    moved = _close(act, case, end)
    record.write(act.db, case, Act.REFUSE, act.now, staff_id=act.staff_id, end=end, **moved)
    voucher = vouchers.issue(act.db, case, VoucherKind.REFUSAL_TO_ACCEPT, papers.refusal_to_accept(
        heading(act, case), guide, reason=reason, right_body=right_body), answering.data_key(case.application, act.ring), act.now)
    serving.owe(act, case, NoticeKind.REFUSAL_TO_ACCEPT, voucher)


def withdraw(act: Acting, case: Case) -> None:
    """The applicant takes the application back before the decision. Raises NotNow."""
    check(case, Act.WITHDRAW)
    serving.lapse(act, case)
    record.write(act.db, case, Act.WITHDRAW, act.now, staff_id=act.staff_id, **_close(act, case, End.WITHDRAWN))


def renew_pin(act: Acting, case: Case, pin_hash: str) -> None:
    """A new PIN to act without an account, given at a window to who proved her identity there. Raises NotNow.

    The hash is made beforehand, because it is slow by intent; the PIN itself is told once and stored nowhere. Whoever had
    the application open comes back with the new PIN alone.
    """
    check(case, Act.RENEW_PIN)
    case.application.pin_hash = pin_hash
    accounts.let_go(act.db, case.application_id)
    record.write(act.db, case, Act.RENEW_PIN, act.now, staff_id=act.staff_id)


def _told_in_time(act: Acting, case: Case, what: Act) -> None:
    if clock.untold(case, act.today):
        raise Untold("case.untold", UNTOLD[what].zh, UNTOLD[what].en)


def _close(act: Acting, case: Case, end: End) -> dict[str, list[str]]:
    _, variant = of(case)
    case.state, case.decision, case.closed_at = CaseState.CLOSED, end, act.now
    return move(act, case, variant, stages.cancel(states_of(case)).states, calendars.calendar(act.db))
