"""queries: the extension of a case: what waits, what was decided, and what this officer may do about it."""
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, joinedload

from portal.models.cases import Case, CaseState
from portal.models.extensions import Extension, ExtensionState
from portal.models.people import Staff
from portal.queries import calendars, clock, guides
from portal.rules import clocks, extensions
from portal.rules.clocks import Clock
from portal.rules.extensions import Standing
from portal.rules.guide.codes import ItemKind
from portal.rules.guide.text import Text
from portal.rules.permissions import Desk, Officer, Subject
from portal.rules.transitions import Act


@dataclass(frozen=True)
class Sheet:
    """What the case page says of it. `row` is the one that waits or that was approved, else the last that was refused;
    `ask` and `decide` are why this officer may not, None where she may."""

    it: Standing
    row: Extension | None
    ask: Text | None
    decide: Text | None
    refuse: Text | None


def sheet(db: Session, who: Officer, case: Case, facts: Subject, today: date, now: Clock | None = None) -> Sheet:
    """The extension of a case that the officer sees; `today` is the legal day, `now` its clock if it is known."""
    it, row = _standing(db, case, today, now)
    return Sheet(it, row, extensions.why_not_ask(who, facts, it), extensions.why_not_decide(who, facts, it, Act.EXTEND),
                 extensions.why_not_decide(who, facts, it, Act.REFUSE_EXTENSION))


def standing(db: Session, case: Case, today: date) -> Standing:
    """The case as its extension sees it, with its days as they stand today."""
    return _standing(db, case, today)[0]


def waits_for(who: Officer) -> ColumnElement[bool]:
    """Whether an extension of the case waits for this officer's approval."""
    if Desk.DECIDE not in who.desks or who.department_id is None:
        return and_(False)
    return and_(Case.state == CaseState.ACCEPTED, Case.department_id == who.department_id, exists().where(
        Extension.case_id == Case.id, Extension.state == ExtensionState.ASKED, Extension.asked_by_id != who.staff_id))


def _standing(db: Session, case: Case, today: date, now: Clock | None = None) -> tuple[Standing, Extension | None]:
    guide = guides.guide_of(case.guide_revision)
    variant = guide.variant(case.variant_key)
    running = case.state == CaseState.ACCEPTED
    row = db.scalar(
        select(Extension).where(Extension.case_id == case.id).order_by(Extension.id.desc()).limit(1)
        .options(joinedload(Extension.asked_by).lazyload(Staff.roles), joinedload(Extension.decided_by).lazyload(Staff.roles))) if case.accepted_on else None
    if now is None and running:
        now = clock.of(db, case, guide, variant, calendars.calendar(db), today)
    return Standing(
        case.state, today, now.due.date if now else None, now.owed.date if now else None, clocks.joint(guide), guide.item.kind is ItemKind.LICENCE,
        extended=case.extended_by > 0, asked_by=row.asked_by_id if row and row.state == ExtensionState.ASKED else None), row
