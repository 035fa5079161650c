"""actions: the time of a case is extended, once: asked for by an officer, approved or refused by a head (art. 42)."""
import json

from portal import keys
from portal.actions import answers as answering
from portal.actions import record, serving, vouchers
from portal.actions.acting import Acting, NotNow, heading, of
from portal.models.cases import Case, DueMoved, NoticeKind
from portal.models.extensions import Extension, ExtensionState
from portal.models.vouchers import VoucherKind
from portal.queries import calendars, cases, clock
from portal.queries import extensions as asking
from portal.rules import extensions, papers
from portal.rules.extensions import Standing
from portal.rules.guide.text import Text
from portal.rules.problems import Problem
from portal.rules.transitions import Act


class NotAllowed(NotNow):
    """The rules say why the extension is not asked for, or not approved, by this officer or now."""


class Unfounded(Problem):
    """An extension without its reason, its rule or the approval that it needs."""


def ask(act: Acting, case: Case, days: int, reason: str, basis: str = "") -> Extension:
    """Asks for `days` more working days. `basis` is the rule that allows it, where the item is no licence.

    Raises NotAllowed, and Unfounded for days that are too many or none, or without the reason or the basis.
    """
    it = asking.standing(act.db, case, act.today)
    _refuse(extensions.why_not_ask(cases.officer(act.staff), cases.subject(case), it))
    if not 0 < days <= it.most:
        raise Unfounded("extension.days", f"延长的天数是 1 到 {it.most} 个工作日。", f"An extension is of 1 to {it.most} working days.")
    if not reason.strip() or not (it.licence or extensions.cites(basis)):
        raise Unfounded("extension.reason", "延长要写明理由，不是行政许可的还要写明依据。",
                        "An extension states its reason, and its rule where the item is no licence.")
    row = Extension(case_id=case.id, days=days, asked_by_id=act.staff_id, asked_at=act.now, due_before=it.due)
    act.db.add(row)
    act.db.flush()
    _seal(row, {"reason": reason.strip(), "basis": basis.strip()}, answering.data_key(case.application, act.ring))
    record.write(act.db, case, Act.ASK_EXTENSION, act.now, staff_id=act.staff_id, extension=row.id, days=days)
    return row


def approve(act: Acting, case: Case, row: Extension, government: str = "") -> None:
    """Approves it: the promised and the lawful day move on, or the lawful one alone where the promise has passed. The notice
    of extension is issued and owed to the applicant.

    `government` is the approval of the government's head, which a joint case needs. Raises NotAllowed, Unfounded.
    """
    it = _checked(act, case, row, Act.EXTEND)
    if it.joint and not government.strip():
        raise Unfounded("extension.government", "多个部门联合办理的，写明本级人民政府负责人批准的情况。",
                        "For a joint case, state the approval by the head of the government.")
    guide, variant = of(case)
    calendar = calendars.calendar(act.db)
    case.extended_by = row.days
    kept, now = (clock.of(act.db, case, guide, variant, calendar, day, it.late) for day in (None, act.today))
    case.due_on, case.due_provisional, case.owed_on = kept.due.date, kept.due.provisional, kept.owed.date
    case.due_before, case.due_moved = it.due, DueMoved.EXTENSION
    _decide(act, row, ExtensionState.APPROVED)
    row.due_before, row.due_on = it.due, now.due.date
    key = answering.data_key(case.application, act.ring)
    said = words(row, key)
    _seal(row, said | {"government": government.strip()}, key)
    record.write(act.db, case, Act.EXTEND, act.now, staff_id=act.staff_id, extension=row.id, days=row.days, asked_by=row.asked_by_id,
                 before=str(it.due), due=str(row.due_on), owed=str(case.owed_on))
    reason = f"{said['reason']}（依据：{said['basis']}）" if said["basis"] else said["reason"]
    voucher = vouchers.issue(act.db, case, VoucherKind.EXTENSION, papers.extension(
        heading(act, case), guide, days=row.days, before=it.owed if it.late else it.due, due=row.due_on, provisional=now.due.provisional,
        reason=reason, approver=act.staff.name, government=government.strip()), key, act.now)
    serving.owe(act, case, NoticeKind.EXTENSION, voucher, content={"extension": row.id})


def refuse(act: Acting, case: Case, row: Extension, why: str) -> None:
    """Refuses it, with reasons; another may be asked for. Raises NotAllowed, Unfounded."""
    _checked(act, case, row, Act.REFUSE_EXTENSION)
    if not why.strip():
        raise Unfounded("extension.why", "请写明不批准的理由。", "Say why it is not approved.")
    key = answering.data_key(case.application, act.ring)
    _seal(row, words(row, key) | {"why": why.strip()}, key)
    _decide(act, row, ExtensionState.REFUSED)
    record.write(act.db, case, Act.REFUSE_EXTENSION, act.now, staff_id=act.staff_id, extension=row.id)


def words(row: Extension, key: keys.DataKey) -> dict[str, str]:
    """What officers wrote: `{"reason", "basis"}`, and once decided `"government"` or `"why"`. Raises KeyProblem."""
    return json.loads(keys.open_text(key, row.words_sealed, f"extension.words:{row.id}"))


def _checked(act: Acting, case: Case, row: Extension, what: Act) -> Standing:
    it = asking.standing(act.db, case, act.today)
    if row.case_id != case.id or row.state != ExtensionState.ASKED:
        _refuse(extensions.NONE)
    _refuse(extensions.why_not_decide(cases.officer(act.staff), cases.subject(case), it, what))
    return it


def _refuse(said: Text | None) -> None:
    if said is not None:
        raise NotAllowed("extension.not_allowed", said.zh, said.said("en"))


def _decide(act: Acting, row: Extension, state: ExtensionState) -> None:
    row.state, row.decided_by_id, row.decided_at = state, act.staff_id, act.now


def _seal(row: Extension, said: dict[str, str], key: keys.DataKey) -> None:
    row.words_sealed = keys.seal(key, json.dumps(said, ensure_ascii=False), f"extension.words:{row.id}")
