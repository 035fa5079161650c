"""actions: notices are told: what is owed to whom, and the record of each try, with its evidence or why it failed."""
import json
from datetime import date
from typing import Any

from sqlalchemy import select

from portal import keys
from portal.actions import answers as answering
from portal.actions import record
from portal.actions.acting import Acting, NotNow, check
from portal.models.cases import Case, CaseParty, Notice, NoticeKind, PartyRole, Service, ServiceState
from portal.models.vouchers import Voucher
from portal.queries import calendars
from portal.queries import serving as asking
from portal.rules import serving
from portal.rules.calendar import legal_day
from portal.rules.guide.codes import DeliveryWay
from portal.rules.serving import Failure, ServingProblem, Way
from portal.rules.transitions import Act


def owe(act: Acting, case: Case, kind: NoticeKind, voucher: Voucher, *, content: dict[str, Any] | None = None,
        answer_days: int | None = None) -> Notice:
    """A notice that the applicant is owed, with the voucher that says it. `answer_days` are working days from being told."""
    notice = Notice(case_id=case.id, kind=kind, content=content or {}, made_at=act.now, made_by_id=act.staff_id,
                    answer_days=answer_days, voucher_id=voucher.id)
    act.db.add(notice)
    act.db.flush()
    applicant = applicant_of(case)
    if applicant is not None:
        act.db.add(Service(notice_id=notice.id, party_id=applicant.party_id, channel=Way.WINDOW, state=ServiceState.DUE))
    return notice


def served(act: Acting, case: Case, service: Service, way: Way, day: date, *, receiver: str = "", words: str = "",
           consents: bool = False) -> None:
    """Puts on record that the notice was told in this way on this legal day; what runs from being told starts then.

    `receiver` signed for the party, `words` are the particulars of the evidence, `consents` that the party agrees to be told
    electronically from now on. Raises NotNow where somebody was faster, ServingProblem for a way that is not open, a day
    that cannot be, or evidence that is not told.
    """
    notice = _owed(act, case, service)
    serving.check_day(day, legal_day(notice.made_at), act.today)
    row = applicant_of(case)
    if consents and row is not None and row.consented_on is None:
        row.consented_on = day
    against = serving.why_not(way, consented=consented(case), failed=asking.failures(act.db, notice.id))
    if against is not None:
        raise ServingProblem("serving.way", against.zh, against.said("en"))
    if way in serving.EXPLAINED and not words.strip():
        raise ServingProblem("serving.evidence", "请写明送达的证据。", "Tell the evidence.")
    _serve(act, notice, service, way, serving.counts_on(way, day))
    _seal(act, case, service, receiver, words)
    record.write(act.db, case, Act.SERVE, act.now, staff_id=act.staff_id, notices=[notice.id], services=[service.id], way=way,
                 done=str(day), told=str(service.served_on))


def failed(act: Acting, case: Case, service: Service, way: Way, day: date, failure: Failure, words: str = "") -> None:
    """Puts on record that telling it failed; it is owed still. Raises NotNow, ServingProblem."""
    notice = _owed(act, case, service)
    serving.check_day(day, legal_day(notice.made_at), act.today)
    service.channel, service.state, service.failure = way, ServiceState.FAILED, failure
    service.recorded_at, service.recorded_by_id = act.now, act.staff_id
    _seal(act, case, service, "", words)
    act.db.add(Service(notice_id=notice.id, party_id=service.party_id, channel=way, state=ServiceState.DUE))
    record.write(act.db, case, Act.SERVE, act.now, staff_id=act.staff_id, notices=[notice.id], services=[service.id], way=way,
                 done=str(day), failure=failure)


def with_result(act: Acting, case: Case, way: DeliveryWay) -> list[Notice]:
    """What is still to be told goes with the result: handed over it is told today, and given; a letter, and what
    the village hands on, is on its way, and nobody is told electronically who did not agree: those stay owed."""
    act.db.flush()
    owed = asking.owed(act.db, case.id)
    telling = serving.BY_DELIVERY[way]
    if way in serving.ON_THEIR_WAY or (telling is Way.ELECTRONIC and not consented(case)):
        for _, service in owed:
            service.channel = telling
        return []
    for notice, service in owed:
        _serve(act, notice, service, telling, act.today)
    if owed:
        record.write(act.db, case, Act.SERVE, act.now, staff_id=act.staff_id, notices=[notice.id for notice, _ in owed],
                     services=[service.id for _, service in owed], way=telling, done=str(act.today), told=str(act.today))
    return [notice for notice, _ in owed]


def answered(act: Acting, case: Case, way: Way) -> None:
    """The open corrections are answered, at the window or electronically: what nobody had put on record as told was told by
    then, and the answer itself is the evidence."""
    act.db.flush()
    for notice in act.db.scalars(select(Notice).where(
            Notice.case_id == case.id, Notice.kind == NoticeKind.CORRECTION, Notice.answered_at.is_(None))):
        notice.answered_at = act.now
        for service in act.db.scalars(select(Service).where(Service.notice_id == notice.id, Service.state == ServiceState.DUE)):
            _serve(act, notice, service, way, act.today)
            service.evidence = serving.ANSWERED


def lapse(act: Acting, case: Case) -> None:
    """What was still to be told no longer matters, as the case ends otherwise: nothing of it is owed."""
    act.db.flush()
    for _, service in asking.owed(act.db, case.id):
        act.db.delete(service)


def words_of(service: Service, key: keys.DataKey) -> dict[str, str]:
    """Who signed and what the officer wrote: `{"receiver", "words"}`, empty where nothing was. Raises KeyProblem."""
    if service.words_sealed is None:
        return {"receiver": "", "words": ""}
    return json.loads(keys.open_text(key, service.words_sealed, f"service.words:{service.id}"))


def applicant_of(case: Case) -> CaseParty | None:
    """The applicant's part in the case."""
    return next((row for row in case.parties if row.role == PartyRole.APPLICANT), None)


def consented(case: Case) -> bool:
    """Whether the applicant has agreed to be told electronically."""
    row = applicant_of(case)
    return row is not None and row.consented_on is not None


def _owed(act: Acting, case: Case, service: Service) -> Notice:
    check(case, Act.SERVE)
    notice = act.db.scalar(select(Notice).where(Notice.id == service.notice_id, Notice.case_id == case.id))
    if notice is None or service.state != ServiceState.DUE:
        raise NotNow("service.not_due", "这份文书的送达已经有人记过了。", "Somebody has recorded this already.")
    return notice


def _serve(act: Acting, notice: Notice, service: Service, way: Way, told: date) -> None:
    service.channel, service.state, service.evidence = way, ServiceState.SERVED, way
    service.served_on, service.served_at = told, act.now
    service.recorded_at, service.recorded_by_id = act.now, act.staff_id
    if notice.answer_days is not None and notice.answer_by is None:
        notice.answer_by = serving.answer_by(told, notice.answer_days, calendars.calendar(act.db))


def _seal(act: Acting, case: Case, service: Service, receiver: str, words: str) -> None:
    if receiver.strip() or words.strip():
        key = answering.data_key(case.application, act.ring)
        said = json.dumps({"receiver": receiver.strip(), "words": words.strip()}, ensure_ascii=False)
        service.words_sealed = keys.seal(key, said, f"service.words:{service.id}")
