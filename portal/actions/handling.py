"""actions: a case on its graph after acceptance: stages finished one by one, the decision, the delivery."""
import json
from typing import Any

from portal import keys
from portal.actions import answers as answering
from portal.actions import record, serving, vouchers
from portal.actions.acting import Acting, NotNow, check, heading, move, of, states_of
from portal.models.cases import Case, CaseStage, CaseState, NoticeKind, StageState
from portal.models.vouchers import VoucherKind
from portal.queries import calendars, clock
from portal.rules import clocks, papers, stages
from portal.rules.guide.codes import DeliveryWay, End, Leads, StageKind
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.stages import Outcome, Stage
from portal.rules.serving import remedies_until
from portal.rules.transitions import Act


class NoReasons(ValueError):
    """A refusal or a way back without reasons (Administrative Licensing Law, article 38)."""


class NoSecondOfficer(ValueError):
    """The stage needs two officers by name (article 34)."""


def finish(act: Acting, case: Case, row: CaseStage, outcome_key: str, *, opinion: str = "",
           second_officer_id: int | None = None, way: DeliveryWay | None = None) -> None:
    """Finishes one open stage: what waited for it alone opens, a join waits for the others; the last decision decides,
    and handing over as the last stage closes, by `way` or the guide's usual one.

    Raises NotNow where the stage is not open (somebody was faster), NoSuchMove, NoReasons, NoSecondOfficer.
    """
    check(case, Act.FINISH)
    if row.state != StageState.OPEN:
        raise NotNow("stage.not_open", "这个环节已经有人办过了，或者还没轮到。", "Somebody has finished this stage, or it is not its turn yet.")
    guide, variant = of(case)
    stage = variant.stage(row.key)
    outcome = stages.choice(stage, outcome_key, case.decision is not None)
    _check_words(act, stage, outcome, opinion, second_officer_id)
    key, calendar, opened = answering.data_key(case.application, act.ring), calendars.calendar(act.db), row.round
    step = stages.finish(variant, states_of(case), row.key, outcome)
    moved = move(act, case, variant, step.states, calendar, {row.key: outcome.key})
    if row.state == StageState.DONE:
        row.second_officer_id = second_officer_id
    facts = _keep_opinion(act, row, outcome, opened, opinion, key)
    record.write(act.db, case, Act.FINISH, act.now, staff_id=act.staff_id, stage=row.key, outcome=outcome.key, round=opened,
                 second_officer=second_officer_id, **facts, **moved)
    if not stage.counted:
        recount(act, case)
    end = step.end or (End.GRANTED if stages.decided(variant, step.states) else None)
    if end is not None and case.decision is None:
        decide(act, case, end, opinion, key)
    if step.finished and step.end is None and stage.kind is StageKind.DELIVER:
        _close(act, case, guide, variant, way or _usual_way(guide), key)


def decide(act: Acting, case: Case, end: End, reasons: str, key: keys.DataKey) -> None:
    """The decision is made, its voucher issued, and the days for its delivery begin (articles 38 and 44)."""
    guide, variant = of(case)
    granted, calendar = end is End.GRANTED, calendars.calendar(act.db)
    case.state, case.decision, case.decided_at = CaseState.DECIDED, end, act.now
    case.delivery_due_on = clocks.delivery(act.today, calendar).date
    kind = VoucherKind.DECISION_GRANT if granted else VoucherKind.DECISION_REFUSE
    voucher = vouchers.issue(act.db, case, kind, papers.decision(
        heading(act, case), guide, granted=granted, reasons=reasons, results=_results(case, variant)), key, act.now)
    serving.owe(act, case, NoticeKind.DECISION, voucher)


def deliver(act: Acting, case: Case, way: DeliveryWay) -> None:
    """Hands the decision over (article 44): closes a decided case whose stages are past. Raises NotNow."""
    check(case, Act.DELIVER)
    if any(row.state in (StageState.OPEN, StageState.WAITING) for row in case.stages):
        raise NotNow("case.stages_open", "还有环节没有办完，办完后才能送达。", "Some stages are not finished; deliver when they are.")
    guide, variant = of(case)
    _close(act, case, guide, variant, way, answering.data_key(case.application, act.ring))
    record.write(act.db, case, Act.DELIVER, act.now, staff_id=act.staff_id, way=way)


def recount(act: Acting, case: Case) -> None:
    """The due dates anew from the facts: the days of stages that stop the clock do not count (article 45), once they are over."""
    now = clock.of(act.db, case, *of(case), calendars.calendar(act.db), None)
    case.due_on, case.due_provisional, case.owed_on = now.due.date, now.due.provisional, now.owed.date


def opinions(row: CaseStage, key: keys.DataKey) -> list[dict[str, Any]]:
    """What officers wrote at the stage, oldest first: `{"round", "staff", "at", "outcome", "text"}`. Raises KeyProblem."""
    if row.opinion_sealed is None:
        return []
    return json.loads(keys.open_text(key, row.opinion_sealed, f"case_stage.opinion:{row.case_id}.{row.key}"))


def needs_reasons(outcome: Outcome) -> bool:
    """Whether the outcome must be explained: it refuses, or leads back."""
    return outcome.leads is Leads.BACK or (outcome.leads is Leads.END and outcome.end is not End.GRANTED)


def _check_words(act: Acting, stage: Stage, outcome: Outcome, opinion: str, second_officer_id: int | None) -> None:
    if needs_reasons(outcome) and not opinion.strip():
        raise NoReasons(stage.key)
    if stage.officers > 1 and second_officer_id in (None, act.staff_id):
        raise NoSecondOfficer(stage.key)


def _keep_opinion(act: Acting, row: CaseStage, outcome: Outcome, opened: int, opinion: str, key: keys.DataKey) -> dict[str, str]:
    """Adds the words to those of earlier rounds; the event holds a digest of them, which is worthless without the key."""
    if not opinion.strip():
        return {}
    said = {"round": opened, "staff": act.staff_id, "at": act.now.isoformat(), "outcome": outcome.key, "text": opinion}
    text = json.dumps([*opinions(row, key), said], ensure_ascii=False)
    row.opinion_sealed = keys.seal(key, text, f"case_stage.opinion:{row.case_id}.{row.key}")
    return {"opinion": keys.digest(key, opinion.encode())}


def _close(act: Acting, case: Case, guide: Guide, variant: Variant, way: DeliveryWay, key: keys.DataKey) -> None:
    case.state, case.closed_at, case.delivered_at = CaseState.CLOSED, act.now, act.now
    told = serving.with_result(act, case, way)
    decided = any(notice.kind == NoticeKind.DECISION for notice in told) and case.decision != End.GRANTED
    until = remedies_until(act.today, calendars.calendar(act.db)) if decided else {}
    listed = [*(_results(case, variant) or ["决定书"]), *(papers.TITLES[notice.kind] for notice in told if notice.kind in papers.TITLES)]
    vouchers.issue(act.db, case, VoucherKind.DELIVERY, papers.delivery(
        heading(act, case), guide, way=way.text.zh, results=listed, receiver="", until=until), key, act.now)


def _results(case: Case, variant: Variant) -> list[str]:
    return [result.name.zh for result in variant.results if result.refusal is not (case.decision == End.GRANTED)]


def _usual_way(guide: Guide) -> DeliveryWay:
    return guide.delivery[0] if guide.delivery else DeliveryWay.PICK_UP
