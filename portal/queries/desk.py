"""queries: the queue of a desk: which cases, in the order of what is due first, each with what comes next and by when.

The deadline of a row is the next day somebody can miss: for acceptance, for the officer's own open stage, for the
decision, for delivery. It is read from the columns that acts keep, so the database sorts by it.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from portal.models.cases import Case, CaseParty, CaseStage, CaseState, PartyRole, StageState
from portal.models.guides import GuideRevision
from portal.models.people import Party
from portal.models.places import Department, Place
from portal.queries import calendars, cases, extensions, guides, serving
from portal.rules import permissions
from portal.rules.calendar import Calendar, legal_day
from portal.rules.deadlines import workdays_left
from portal.rules.guide.document import Guide
from portal.rules.guide.text import Text
from portal.rules.permissions import Officer, Part, Subject
from portal.rules.stopping import stands
from portal.rules.transitions import Act

PAGE = 30
MINE, TELL, DEPARTMENT, DIVISION = "mine", "tell", "department", "division"
LIVE = (CaseState.SUBMITTED, CaseState.CORRECTION, CaseState.ACCEPTED, CaseState.DECIDED)


@dataclass(frozen=True)
class Open:
    """An open stage: what it is called, whose it is, whether this officer may finish it, and whether the clock runs."""

    name: Text
    department: Text
    mine: bool
    counted: bool


@dataclass(frozen=True)
class Row:
    """A case in the queue. `left` is in working days, negative where the day has passed; `todo` is what this officer may
    do on the case as a whole."""

    id: int
    number: str
    item: Text
    place: Text
    state: str
    applicant: Party | None
    open: tuple[Open, ...]
    todo: Act | None
    deadline: date | None
    left: int | None
    provisional: bool
    extension: bool = False
    """Whether an extension of its time waits for this officer's approval."""

    @property
    def stopped(self) -> bool:
        """Whether the clock of the decision stands now (article 45)."""
        return self.state == CaseState.ACCEPTED and any(not one.counted for one in self.open)


@dataclass(frozen=True)
class Queue:
    rows: list[Row]
    total: int


def scopes(who: Officer) -> list[str]:
    """The queues that the officer has; the first is what she sees when she comes in."""
    watches, works = bool(who.roles & permissions.WATCHERS), bool(who.desks)
    tells = bool(permissions.SERVES & who.desks)
    return [*([MINE, *([TELL] if tells else []), DEPARTMENT] if works else []), *([DIVISION] if watches else [])]


def queue(db: Session, who: Officer, today: date, *, scope: str, state: str = "", query: str = "", page: int = 1) -> Queue:
    """A page of the queue. `state` is a state of cases, or empty for all that are not closed (closed ones too where a notice is
    still to be told); `query` is the end of a
    case number or a tracking code, and then looks among everything that the officer sees."""
    conditions = [cases.visible(who)]
    if query:
        code = query.replace("-", "").replace(" ", "").upper()
        conditions.append(or_(Case.tracking_code == code, Case.number.endswith(code, autoescape=True)))
    else:
        conditions.append(_scope(who, scope))
        if state or scope != TELL:
            conditions.append(Case.state == state if state else Case.state.in_(LIVE))
    found = db.execute(_asked(who, conditions).limit(PAGE).offset((page - 1) * PAGE)).all()
    total = found[0].total if found else 0
    stages = _stages(db, [row.id for row in found])
    known = guides.many(db, {row.guide_revision_id: row.digest for row in found})
    calendar = calendars.calendar(db)
    return Queue([_row(who, row, stages[row.id], known[row.guide_revision_id], today, calendar) for row in found], total)


def short(number: str) -> str:
    """The end of a case number, its day and its place on that day: what officers call a case by."""
    return f"{number[-12:-4]}-{number[-4:]}"


def _asked(who: Officer, conditions: Sequence[ColumnElement[bool]]):
    deadline = _deadline(who)
    return (
        select(Case.id, Case.number, Case.state, Case.department_id, Case.guide_revision_id, Case.variant_key, Case.due_provisional,
               Place.code, Place.name.label("place"), Place.name_en.label("place_en"), GuideRevision.digest,
               deadline.label("deadline"), extensions.waits_for(who).label("extension"), Party, func.count().over().label("total"))
        .join(Place, Case.place_id == Place.id).join(GuideRevision, Case.guide_revision_id == GuideRevision.id)
        .outerjoin(CaseParty, and_(CaseParty.case_id == Case.id, CaseParty.role == PartyRole.APPLICANT))
        .outerjoin(Party, CaseParty.party_id == Party.id)
        .where(*conditions).order_by(deadline.is_(None), deadline, Case.id))


def _scope(who: Officer, scope: str) -> ColumnElement[bool]:
    if scope == DIVISION:
        return and_(True)
    if scope == TELL:
        return serving.waits_for(who)
    return or_(cases.to_do(who), extensions.waits_for(who)) if scope == MINE else cases.in_hand(who)


def _deadline(who: Officer) -> ColumnElement[date]:
    mine = (select(func.min(CaseStage.due_on))
            .where(CaseStage.case_id == Case.id, CaseStage.state == StageState.OPEN,
                   CaseStage.department_id == (who.department_id or 0)).scalar_subquery())
    return case(
        (Case.state == CaseState.SUBMITTED, Case.acceptance_due_on),
        (and_(Case.state == CaseState.ACCEPTED, mine < Case.due_on), mine),
        (Case.state == CaseState.ACCEPTED, Case.due_on),
        (Case.state == CaseState.DECIDED, Case.delivery_due_on))


def _stages(db: Session, case_ids: Sequence[int]) -> dict[int, list]:
    found: dict[int, list] = {case_id: [] for case_id in case_ids}
    rows = db.execute(
        select(CaseStage.case_id, CaseStage.key, CaseStage.department_id, CaseStage.desk, CaseStage.state, CaseStage.opened_at,
               Department.name, Department.name_en)
        .join(Department).where(CaseStage.case_id.in_(case_ids)).order_by(CaseStage.case_id, CaseStage.position))
    for row in rows:
        found[row.case_id].append(row)
    return found


def _row(who: Officer, row, stages: Sequence, guide: Guide, today: date, calendar: Calendar) -> Row:
    parts = [Part(stage.department_id, stage.desk, stage.state) for stage in stages]
    facts = Subject(row.department_id, row.code, tuple(parts))
    variant = guide.variant(row.variant_key)
    running = row.state in (CaseState.ACCEPTED, CaseState.DECIDED)
    opened = tuple(
        Open(variant.stage(stage.key).name, Text(zh=stage.name, en=stage.name_en),
             running and permissions.may_finish(who, facts, part), not stands(variant.stage(stage.key), guide.item.kind, legal_day(stage.opened_at), today, calendar))
        for stage, part in zip(stages, parts, strict=True) if stage.state == StageState.OPEN)
    left = workdays_left(today, row.deadline, calendar) if row.deadline else None
    return Row(row.id, row.number, guide.item.name, Text(zh=row.place, en=row.place_en), row.state, row.Party, opened,
               _todo(who, row.state, facts), row.deadline, left, row.due_provisional and row.state == CaseState.ACCEPTED,
               bool(row.extension))


def _todo(who: Officer, state: str, facts: Subject) -> Act | None:
    if state == CaseState.SUBMITTED and permissions.may(who, Act.ACCEPT, facts):
        return Act.ACCEPT
    past = not any(part.state in (StageState.OPEN, StageState.WAITING) for part in facts.parts)
    return Act.DELIVER if state == CaseState.DECIDED and past and permissions.may(who, Act.DELIVER, facts) else None
