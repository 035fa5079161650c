"""queries: the shelf of the guide desk: every item with the revision in force and the one on its way, and whose turn it is.

Everybody at a desk reads the shelf; a township reads the items that are offered in it.
"""
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.models.editing import GuideEdit, GuideStep
from portal.models.guides import GuideRevision, Item, Offering, RevisionState
from portal.models.places import Department, Place
from portal.rules import permissions
from portal.rules.guide.text import Text
from portal.rules.permissions import Officer
from portal.rules.workflow import ON_ITS_WAY, Stop

PAGE = 30
STATES = (Stop.DRAFT, Stop.LEGALITY, Stop.FACTS, Stop.APPROVAL, Stop.RELEASE, Stop.SCHEDULED, Stop.PUBLISHED, Stop.WITHDRAWN)
"""What the shelf can be asked for; a superseded revision stands with its item."""
Way = aliased(GuideRevision, name="way")
Before = aliased(GuideStep, name="before_it")
Force = aliased(GuideRevision, name="in_force")


@dataclass(frozen=True)
class Row:
    """An item on the shelf: its revision on its way (`at` says where it stands), and the one in force."""

    slug: str
    name: Text
    code: str | None
    department: Text | None
    way: int | None
    number: int | None
    at: Stop | None
    goes_live_at: datetime | None
    in_force: int | None
    in_force_number: int | None
    published_at: datetime | None
    latest: int
    life: str


@dataclass(frozen=True)
class Shelf:
    rows: list[Row]
    total: int


def shelf(db: Session, who: Officer, today: date, *, state: str = "", department: int | None = None, mine: bool = False,
          due: bool = False, query: str = "", page: int = 1) -> Shelf:
    """A page of the shelf: what is on its way first, then by name. `mine` is what waits for this person, `due` what is to be
    reviewed by today, `query` a part of the name, or the beginning of the code."""
    checked = _confirmations().label("checked")
    latest = select(func.max(GuideRevision.id)).where(GuideRevision.item_id == Item.id).scalar_subquery()
    asked = (
        select(Item.slug, Item.name, Item.code, Item.life, Department.name.label("department"), Department.name_en, Way.id.label("way"),
               Way.number, Way.state, Way.goes_live_at, Force.id.label("in_force"), Force.number.label("in_force_number"),
               Force.published_at, checked, latest.label("latest"), func.count().over().label("total"))
        .outerjoin(Department, Item.department_id == Department.id)
        .outerjoin(Way, and_(Way.item_id == Item.id, Way.state.in_(ON_ITS_WAY)))
        .outerjoin(Force, and_(Force.item_id == Item.id, Force.state == RevisionState.PUBLISHED))
        .where(visible(who), exists().where(GuideRevision.item_id == Item.id)))
    if state in STATES:
        asked = asked.where(_standing_at(Stop(state)))
    if department is not None:
        asked = asked.where(Item.department_id == department)
    if mine:
        asked = asked.where(_waits_for(db, who))
    if due:
        asked = asked.where(_review_due() <= today.isoformat())
    if query:
        asked = asked.where(or_(Item.name.contains(query, autoescape=True), Item.code.startswith(query, autoescape=True),
                                Item.slug.startswith(query, autoescape=True)))
    order = (_review_due(),) if due else (Way.id.is_(None),)
    found = db.execute(asked.order_by(*order, Item.name, Item.id).limit(PAGE).offset((page - 1) * PAGE)).all()
    names = _names(db, [row.way or row.in_force or row.latest for row in found])
    return Shelf([_row(row, names[row.way or row.in_force or row.latest]) for row in found], found[0].total if found else 0)


def departments(db: Session) -> list[tuple[int, Text]]:
    """The departments that own items, by name."""
    rows = db.execute(select(Department.id, Department.name, Department.name_en).where(
        exists().where(Item.department_id == Department.id)).order_by(Department.name))
    return [(row.id, Text(zh=row.name, en=row.name_en)) for row in rows]


def visible(who: Officer) -> ColumnElement[bool]:
    """Which items are on the shelf of this person: all of a county's, and in a township those that are offered in it."""
    within = permissions.prefix(who.division)
    if len(within) == 6:
        return and_(True)
    offered = select(Offering.item_id).join(Place, Offering.place_id == Place.id).where(Place.code.startswith(within, autoescape=True))
    return Item.id.in_(offered)


def _names(db: Session, revision_ids: list[int]) -> dict[int, Text]:
    """What the items of a page are called, in both languages: fetched for its lines, not carried through the sorting."""
    rows = db.execute(select(GuideRevision.id, GuideRevision.document["guide"]["item"]["name"]).where(GuideRevision.id.in_(revision_ids)))
    return {revision_id: Text.model_validate(name) for revision_id, name in rows}


def _row(row, name: Text) -> Row:
    at = None
    if row.way is not None:
        at = Stop.APPROVAL if row.state == RevisionState.FACT_CHECK and row.checked > 1 else Stop(row.state)
    department = Text(zh=row.department, en=row.name_en) if row.department else None
    return Row(row.slug, name, row.code, department, row.way, row.number, at, row.goes_live_at, row.in_force,
               row.in_force_number, row.published_at, row.latest, row.life)


def _confirmations() -> ColumnElement[int]:
    """How many steps in a row brought the revision on its way to the fact check: two where the facts are confirmed."""
    return (select(func.count()).where(
        GuideStep.revision_id == Way.id, GuideStep.state == RevisionState.FACT_CHECK,
        GuideStep.id > _last_step(Before.state != RevisionState.FACT_CHECK)).correlate(Way).scalar_subquery())


def _last_step(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """The number of the newest such step of the revision on its way; 0 where there is none. `condition` speaks of `Before`."""
    return (select(func.coalesce(func.max(Before.id), 0)).where(Before.revision_id == Way.id, condition)
            .correlate(Way).scalar_subquery())


def _standing_at(at: Stop) -> ColumnElement[bool]:
    if at is Stop.PUBLISHED:
        return Force.id.is_not(None)
    if at is Stop.WITHDRAWN:
        return and_(Force.id.is_(None), Way.id.is_(None))
    if at in (Stop.FACTS, Stop.APPROVAL):
        confirmed = _confirmations() > 1
        return and_(Way.state == RevisionState.FACT_CHECK, confirmed if at is Stop.APPROVAL else ~confirmed)
    return Way.state == at.value


def _waits_for(db: Session, who: Officer) -> ColumnElement[bool]:
    """Where the next step is this person's: as `workflow.why_not` says of role, department and four eyes."""
    own = db.scalar(select(Department.name).where(Department.id == who.department_id)) if who.department_id else None
    owner = Way.document["guide"]["item"]["department"].as_string() == (own or "")
    since = _last_step(Before.state == RevisionState.DRAFT)
    wrote = or_(
        exists().where(GuideEdit.revision_id == Way.id, GuideEdit.staff_id == who.staff_id),
        exists().where(GuideStep.revision_id == Way.id, GuideStep.staff_id == who.staff_id, GuideStep.state == RevisionState.LEGAL_REVIEW),
        exists().where(GuideStep.revision_id == Way.id, GuideStep.staff_id == who.staff_id, GuideStep.id > since,
                       GuideStep.state.in_((RevisionState.FACT_CHECK, RevisionState.APPROVED))))
    turns = {
        "editor": Way.state == RevisionState.DRAFT,
        "legal": and_(Way.state == RevisionState.LEGAL_REVIEW, ~wrote),
        "checker": and_(_standing_at(Stop.FACTS), owner, ~wrote),
        "approver": and_(_standing_at(Stop.APPROVAL), ~wrote),
        "publisher": Way.state == RevisionState.APPROVED,
    }
    return or_(and_(False), *(turn for role, turn in turns.items() if role in who.roles))


def _review_due() -> ColumnElement[str]:
    return Force.document["guide"]["provenance"]["review_due"].as_string()
