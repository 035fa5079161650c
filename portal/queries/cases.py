"""queries: one case for one officer: whether it exists for her, and what she may do with it now or why not."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.models.cases import Case, CaseParty, CaseStage, CaseState, StageState
from portal.models.guides import Item
from portal.models.people import Staff, StaffRole
from portal.models.places import Department, Place
from portal.queries import clock
from portal.rules import permissions
from portal.rules.guide.text import Text
from portal.rules.permissions import Desk, Officer, Part, Subject
from portal.rules.transitions import BY_ACT, UNTOLD, Act, allowed, why_not

ROLES = {
    "window": Text(zh="窗口人员", en="a window officer"),
    "reviewer": Text(zh="审查人员", en="a reviewer"),
    "head": Text(zh="负责人", en="the head"),
}
OFFERED = (Act.ACCEPT, Act.PUT_RIGHT, Act.CORRECT, Act.REFUSE, Act.DELIVER, Act.SERVE, Act.RENEW_PIN)
"""The acts on a case as a whole; its stages are offered one by one."""
WORKING = (StageState.OPEN, StageState.DONE)


@dataclass(frozen=True)
class Offer:
    """An act, whether the officer may do it now, and the sentence that says why not. `stage` is what would be finished."""

    act: Act
    name: Text
    why_not: Text | None = None
    stage: CaseStage | None = None


def officer(staff: Staff) -> Officer:
    """The officer as permissions know her."""
    return Officer(staff.id, staff.department_id, staff.place.code, permissions.acting_roles((role.role for role in staff.roles), staff.place.code))


def one(db: Session, who: Officer, case_id: int, *, to_act: bool = False) -> Case | None:
    """The case with its stages, parties and application; None where it does not exist for the officer.

    `to_act` holds the row, where the database can, so that of two at once the second sees what the first did.
    """
    asked = select(Case).where(Case.id == case_id).options(
        joinedload(Case.department), joinedload(Case.item).lazyload(Item.department), joinedload(Case.place), joinedload(Case.guide_revision), joinedload(Case.application),
        joinedload(Case.parties).joinedload(CaseParty.party), selectinload(Case.stages).joinedload(CaseStage.department))
    if to_act:
        db.execute(select(Case.id).where(Case.id == case_id).with_for_update())
    case = db.scalars(asked).unique().one_or_none()
    return case if case is not None and permissions.sees(who, subject(case)) else None


def subject(case: Case) -> Subject:
    return Subject(case.department_id, case.place.code, tuple(part(row) for row in case.stages))


def part(row: CaseStage) -> Part:
    return Part(row.department_id, row.desk, row.state)


def visible(who: Officer) -> ColumnElement[bool]:
    """What `permissions.sees` says, as a condition on Case joined with Place."""
    within = Place.code.startswith(permissions.prefix(who.division), autoescape=True)
    if who.roles & permissions.WATCHERS:
        return within
    if not who.desks or who.department_id is None:
        return and_(within, False)
    mine = _stage(CaseStage.department_id == who.department_id,
                  or_(CaseStage.state.in_(WORKING), CaseStage.desk == Desk.ACCEPT))
    return and_(within, or_(Case.department_id == who.department_id, mine))


def to_do(who: Officer) -> ColumnElement[bool]:
    """Where the officer has something to do: a stage that is open at one of her desks, or a decision to hand over."""
    if who.department_id is None or not who.desks:
        return and_(False)
    in_hand = and_(Case.state != CaseState.CORRECTION, _stage(
        CaseStage.department_id == who.department_id, CaseStage.state == StageState.OPEN, CaseStage.desk.in_(who.desks)))
    ways = [in_hand]
    if Desk.ACCEPT in who.desks:
        ways.append(and_(Case.state == CaseState.SUBMITTED, Case.department_id == who.department_id,
                         ~_stage(CaseStage.desk == Desk.ACCEPT)))
    if Desk.COUNTER in who.desks:
        counter = _stage(CaseStage.department_id == who.department_id, CaseStage.desk == Desk.COUNTER)
        ways.append(and_(Case.state == CaseState.DECIDED, ~_stage(CaseStage.state == StageState.OPEN),
                         or_(Case.department_id == who.department_id, counter)))
    return or_(*ways)


def in_hand(who: Officer) -> ColumnElement[bool]:
    """The cases of the officer's department: those it owns, and those of which it has a stage open now."""
    if who.department_id is None:
        return and_(False)
    return or_(Case.department_id == who.department_id,
               _stage(CaseStage.department_id == who.department_id, CaseStage.state == StageState.OPEN))


def offers(who: Officer, case: Case, today: date, *, owed: bool) -> list[Offer]:
    """The open stages and the acts on the case, those first that she may do on the legal day `today`; `owed` where a notice is
    still to be told."""
    facts = subject(case)
    found = [_stage_offer(who, facts, row) for row in case.stages
             if row.state == StageState.OPEN and case.state in (CaseState.ACCEPTED, CaseState.DECIDED)]
    untold = clock.untold(case, today)
    found += [_offer(who, facts, case, act, untold, owed) for act in OFFERED]
    return sorted(found, key=lambda offer: offer.why_not is not None)


def colleagues(db: Session, who: Officer) -> dict[int, Text]:
    """Who can be the second officer, by number: the others of her department who review or decide."""
    rows = db.execute(
        select(Staff.id, Staff.name, Staff.name_en).where(
            Staff.department_id == who.department_id, Staff.active, Staff.id != who.staff_id,
            exists().where(StaffRole.staff_id == Staff.id, StaffRole.role.in_(("reviewer", "head"))))
        .order_by(Staff.id))
    return {row.id: Text(zh=row.name, en=row.name_en) for row in rows}


def names(db: Session, staff_ids: Iterable[int]) -> dict[int, Text]:
    """What staff are called, by their number."""
    ids = set(staff_ids)
    rows = db.execute(select(Staff.id, Staff.name, Staff.name_en).where(Staff.id.in_(ids))) if ids else ()
    return {row.id: Text(zh=row.name, en=row.name_en) for row in rows}


def called(row: Department | Place | Staff) -> Text:
    """What a department, a place or an officer is called."""
    return Text(zh=row.name, en=row.name_en)


def _stage(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(CaseStage.case_id == Case.id, *conditions)


def _stage_offer(who: Officer, facts: Subject, row: CaseStage) -> Offer:
    name = BY_ACT[Act.FINISH].name
    if permissions.may_finish(who, facts, part(row)):
        return Offer(Act.FINISH, name, None, row)
    return Offer(Act.FINISH, name, _belongs([called(row.department)], permissions.roles_at(row.desk)), row)


def _offer(who: Officer, facts: Subject, case: Case, act: Act, untold: bool, owed: bool) -> Offer:
    name = BY_ACT[act].name
    if not allowed(act, case.state):
        return Offer(act, name, why_not(act, case.state))
    if act is Act.CORRECT and untold:
        return Offer(act, name, UNTOLD[act])
    if act is Act.SERVE and not owed:
        return Offer(act, name, Text(zh="没有等着送达的文书。", en="No paper waits to be told."))
    if act is Act.DELIVER and any(row.state in (StageState.OPEN, StageState.WAITING) for row in case.stages):
        return Offer(act, name, Text(zh="还有环节没有办完，办完后才能送达。", en="Some stages are not finished; deliver when they are."))
    if permissions.may(who, act, facts):
        return Offer(act, name)
    ids = facts.delivering if act is Act.DELIVER else facts.accepting | facts.delivering if act is Act.SERVE else facts.accepting
    known = {row.department_id: called(row.department) for row in case.stages} | {case.department_id: called(case.department)}
    roles = permissions.roles_at(Desk.COUNTER if act in (Act.DELIVER, Act.SERVE) else Desk.ACCEPT)
    return Offer(act, name, _belongs([known[one] for one in sorted(ids)], roles))


def _belongs(departments: Sequence[Text], roles: Sequence[str]) -> Text:
    zh, en = "、".join(one.zh for one in departments), ", ".join(one.said("en") for one in departments)
    return Text(zh=f"由{zh}的{'或'.join(ROLES[role].zh for role in roles)}办理。",
                en=f"This is for {' or '.join(ROLES[role].en for role in roles)} of {en}.")
