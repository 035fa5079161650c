"""actions: a case on its graph after acceptance: stages finished one by one, the decision, the delivery."""


from portal import keys
from portal.actions import answers as answering
from portal.actions import record, vouchers
from portal.actions.acting import Acting, NotNow, check, due_on, heading, of, put, states_of
from portal.models.cases import Case, CaseStage, CaseState, StageState
from portal.models.vouchers import VoucherKind
from portal.queries import calendars
from portal.rules import papers, stages
from portal.rules.calendar import legal_day
from portal.rules.deadlines import Stop
from portal.rules.guide.codes import DeliveryWay, End, Leads, StageKind
from portal.rules.guide.document import Guide, Variant
from portal.rules.transitions import Act


class NoReasons(ValueError):
    """A refusal without reasons, or on a guide without remedies (article 38)."""


class NoSecondOfficer(ValueError):
    """The stage needs two officers by name (article 34)."""


def finish(act: Acting, case: Case, row: CaseStage, outcome_key: str, *, opinion: str = "", second_officer_id: int | None = None) -> None:
    """Finishes one open stage: what waited for it alone opens, a join waits for the others; the last decision decides.

    Raises NotNow where the stage is not open (somebody was faster), NoSuchMove, NoReasons, NoSecondOfficer.
    """
    check(case, Act.FINISH)
    if row.state != StageState.OPEN:
        raise NotNow(Act.FINISH, row.state)
    guide, variant = of(case)
    stage, outcome = variant.stage(row.key), stages.outcome_of(variant.stage(row.key), outcome_key)
    refuses = outcome.leads is Leads.END and outcome.end is not End.GRANTED
    if outcome.leads is Leads.BACK and case.decision is not None:
        raise NotNow(Act.FINISH, case.state)
    if refuses and not (opinion.strip() and guide.remedies):
        raise NoReasons(stage.name.zh)
    if stage.officers > 1 and second_officer_id in (None, act.staff.id):
        raise NoSecondOfficer(stage.name.zh)
    key, calendar = answering.data_key(case.application, act.ring), calendars.calendar(act.db)
    step = stages.finish(variant, states_of(case), row.key, outcome_key)
    put(act, case, variant, step.states, calendar, outcome_key)
    if outcome.leads is not Leads.BACK:
        row.officer_id, row.second_officer_id = act.staff.id, second_officer_id
    row.opinion_sealed = keys.seal(key, opinion, f"case_stage.opinion:{row.id}") if opinion.strip() else None
    record.write(act.db, case, Act.FINISH, act.now, staff_id=act.staff.id, stage=row.key, outcome=outcome_key, round=row.round,
                 second_officer=second_officer_id)
    if not stage.counted:
        recount(act, case)
    end = step.end or (End.GRANTED if stages.decided(variant, step.states) else None)
    if end is not None and case.decision is None:
        _decide(act, case, guide, variant, end, opinion, key)
    if step.end is None and step.finished:
        delivers = stage.kind is StageKind.DELIVER
        _close(act, case, guide, variant, _usual_way(guide), key) if delivers else None


def deliver(act: Acting, case: Case, way: DeliveryWay) -> None:
    """Hands the decision over (article 44): closes a decided case whose stages are past. Raises NotNow."""
    check(case, Act.DELIVER)
    if any(row.state in (StageState.OPEN, StageState.WAITING) for row in case.stages):
        raise NotNow(Act.DELIVER, StageState.OPEN)
    guide, variant = of(case)
    _close(act, case, guide, variant, way, answering.data_key(case.application, act.ring))
    record.write(act.db, case, Act.DELIVER, act.now, staff_id=act.staff.id, way=way)


def recount(act: Acting, case: Case) -> None:
    """The due dates anew from the facts: what did not count, by the stages that stop the clock, does not (article 45)."""
    _, variant = of(case)
    calendar, stops = calendars.calendar(act.db), stops_of(act, case, variant)
    promised = due_on(variant.promised, case.accepted_on, calendar, stops)
    owed = due_on(variant.statutory, case.accepted_on, calendar, stops)
    due = promised or owed
    if due is not None:
        case.due_on, case.due_provisional, case.owed_on = due.date, due.provisional, (owed or due).date


def stops_of(act: Acting, case: Case, variant: Variant) -> list[Stop]:
    """The spans in which the clock stood: from the opening of an uncounted stage to its end, or to today."""
    found = []
    for row in case.stages:
        stage = variant.stage(row.key)
        if not stage.counted and row.opened_at is not None and row.state in (StageState.OPEN, StageState.DONE):
            last = legal_day(row.finished_at) if row.finished_at else act.today
            found.append(Stop(legal_day(row.opened_at), last, str(stage.stop_reason)))
    return found


def _decide(act: Acting, case: Case, guide: Guide, variant: Variant, end: End, opinion: str, key: keys.DataKey) -> None:
    granted = end is End.GRANTED
    case.state, case.decision, case.decided_at = CaseState.DECIDED, end, act.now
    results = [result.name.zh for result in variant.results if result.refusal is not granted]
    kind = VoucherKind.DECISION_GRANT if granted else VoucherKind.DECISION_REFUSE
    vouchers.issue(act.db, case, kind, papers.decision(
        heading(act, case), guide, granted=granted, reasons=opinion, results=results), key, act.now)


def _close(act: Acting, case: Case, guide: Guide, variant: Variant, way: DeliveryWay, key: keys.DataKey) -> None:
    case.state, case.closed_at, case.delivered_at = CaseState.CLOSED, act.now, act.now
    granted = case.decision == End.GRANTED
    results = [result.name.zh for result in variant.results if result.refusal is not granted]
    head = heading(act, case)
    vouchers.issue(act.db, case, VoucherKind.DELIVERY, papers.delivery(
        head, guide, way=way.text.zh, results=results or ["决定书"], receiver=""), key, act.now)


def _usual_way(guide: Guide) -> DeliveryWay:
    return guide.delivery[0] if guide.delivery else DeliveryWay.PICK_UP
