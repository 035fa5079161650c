"""queries: what places offer of the county's guides, as the desk shows it: who keeps which place, what it offers, what it could
take up, and who did what when.
"""
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from portal.models.editing import OfferingStep
from portal.models.guides import GuideRevision, Item, Offering, OfferingRevision, RevisionState
from portal.models.people import Staff
from portal.models.places import Department, Place, PlaceTier
from portal.queries.guides import SHOWN
from portal.rules import offerings as rules
from portal.rules.guide import offering as shapes
from portal.rules.guide.sections import Values
from portal.rules.guide.text import Text
from portal.rules.permissions import Officer, prefix

PAGE = 40
Above = aliased(Place)


@dataclass(frozen=True)
class Kept:
    """A place that somebody keeps, and how many guides it offers."""

    place: Place
    above: Place | None
    offered: int


@dataclass(frozen=True)
class Offered:
    """A guide that a place offers. `changed_at` is when its present revision came, `by` who made it, None where it came with
    the guide."""

    slug: str
    name: Text
    content: shapes.Offering
    number: int
    changed_at: datetime
    by: Staff | None


@dataclass(frozen=True)
class Free:
    """A guide in force that the place does not offer; `before` says that it once did."""

    item_id: int
    slug: str
    name: Text
    department: Text | None
    before: bool


@dataclass(frozen=True)
class One:
    """An offering with its revision in force and the guide's; `content` is what it says."""

    offering: Offering
    revision: OfferingRevision
    guide: GuideRevision

    @property
    def content(self) -> shapes.Offering:
        return shapes.Offering.model_validate(self.revision.content)


def place(db: Session, who: Officer, code: str) -> Place | None:
    """The place of that division code, if this person keeps its offerings; to others it does not exist."""
    if not rules.keeps(who, code):
        return None
    return db.scalar(select(Place).options(joinedload(Place.parent)).where(Place.code == code, ~Place.partner, Place.tier != PlaceTier.COUNTY))


def root(db: Session, who: Officer) -> Place | None:
    """The place that somebody works for: the county's hall, her township, her village."""
    return db.scalar(select(Place).options(joinedload(Place.parent)).where(Place.code == who.division, ~Place.partner))


def kept(db: Session, who: Officer, query: str = "", page: int = 1) -> tuple[list[Kept], int]:
    """The places whose offerings this person keeps, each after the one above it, a page of them; and how many there are."""
    number = (select(func.count()).select_from(Offering).where(Offering.place_id == Place.id, ~Offering.withdrawn, _in_force(Offering.item_id))
              .correlate(Place).scalar_subquery())
    asked = (select(Place, Above, number, func.count().over()).outerjoin(Above, Place.parent_id == Above.id)
             .where(~Place.partner, Place.tier != PlaceTier.COUNTY, Place.code.startswith(prefix(who.division), autoescape=True)))
    if query:
        asked = asked.where(or_(*(name.contains(query, autoescape=True) for name in (Place.name, Place.centre, Above.name)),
                                Place.code.startswith(query, autoescape=True)))
    rows = db.execute(asked.order_by(Place.code).limit(PAGE).offset((page - 1) * PAGE)).all()
    return [Kept(row[0], row[1], row[2]) for row in rows], rows[0][3] if rows else 0


def offered(db: Session, place_id: int, query: str = "", page: int = 1) -> tuple[list[Offered], int]:
    """The guides in force that the place offers, by name, a page of them; and how many there are."""
    last = select(func.max(OfferingStep.id)).where(OfferingStep.revision_id == OfferingRevision.id).correlate(OfferingRevision).scalar_subquery()
    asked = (select(Item.slug, _NAME, OfferingRevision, OfferingStep, func.count().over())
             .join(Offering, Offering.item_id == Item.id)
             .join(OfferingRevision, and_(OfferingRevision.offering_id == Offering.id, OfferingRevision.ended_at.is_(None)))
             .join(GuideRevision, and_(GuideRevision.item_id == Item.id, GuideRevision.state == RevisionState.PUBLISHED))
             .outerjoin(OfferingStep, OfferingStep.id == last)
             .options(joinedload(OfferingStep.staff).lazyload(Staff.roles))
             .where(Offering.place_id == place_id, ~Offering.withdrawn))
    rows = db.execute(_named(asked, query).order_by(Item.name, Item.id).limit(PAGE).offset((page - 1) * PAGE)).all()
    return [Offered(slug, Text.model_validate(name), shapes.Offering.model_validate(revision.content), revision.number, revision.created_at,
                    step.staff if step else None) for slug, name, revision, step, _ in rows], rows[0][4] if rows else 0


def free(db: Session, place_id: int | None, query: str = "", page: int = 1) -> tuple[list[Free], int]:
    """The guides in force that the place could take up, without a place all of them, by name, a page of them; and how many there
    are."""
    here = and_(Offering.item_id == Item.id, Offering.place_id == place_id)
    asked = (select(Item.id, Item.slug, _NAME, Department.name, Department.name_en, exists().where(here), func.count().over())
             .join(GuideRevision, and_(GuideRevision.item_id == Item.id, GuideRevision.state == RevisionState.PUBLISHED))
             .outerjoin(Department, Item.department_id == Department.id)
             .where(Item.life.in_(SHOWN), ~exists().where(here, ~Offering.withdrawn)))
    rows = db.execute(_named(asked, query).order_by(Item.name, Item.id).limit(PAGE).offset((page - 1) * PAGE)).all()
    return [Free(item_id, slug, Text.model_validate(name), Text(zh=department, en=english) if department else None, before)
            for item_id, slug, name, department, english, before, _ in rows], rows[0][6] if rows else 0


def adoptable(db: Session, slugs: Collection[str]) -> list[int]:
    """The items of these addresses that a place may take up: those in force with a guide in force; by address."""
    return list(db.scalars(select(Item.id).where(Item.slug.in_(slugs), Item.life.in_(SHOWN), _in_force(Item.id)).order_by(Item.slug)))


def one(db: Session, place_id: int, slug: str) -> One | None:
    """What the place offers of the guide at that address, withdrawn or not; None where it never did, or there is no guide."""
    row = db.execute(
        select(Offering, OfferingRevision, GuideRevision)
        .join(Item, Offering.item_id == Item.id)
        .join(OfferingRevision, and_(OfferingRevision.offering_id == Offering.id, OfferingRevision.ended_at.is_(None)))
        .join(GuideRevision, and_(GuideRevision.item_id == Item.id, GuideRevision.state == RevisionState.PUBLISHED))
        .where(Offering.place_id == place_id, Item.slug == slug)).first()
    return One(*row) if row else None


def below(db: Session, who: Officer, code: str, item_id: int) -> list[tuple[Place, bool]]:
    """The villages and townships under the place of this code, itself among them, by code; each with whether it offers the item."""
    having = exists().where(Offering.place_id == Place.id, Offering.item_id == item_id, ~Offering.withdrawn)
    rows = db.execute(select(Place, having).where(
        ~Place.partner, Place.tier != PlaceTier.COUNTY, Place.code.startswith(prefix(code), autoescape=True)).order_by(Place.code))
    return [(place, has) for place, has in rows if rules.keeps(who, place.code)]


def steps(db: Session, offering_id: int) -> list[OfferingStep]:
    """What was done with an offering, newest first."""
    return list(db.scalars(
        select(OfferingStep).where(OfferingStep.offering_id == offering_id).join(OfferingStep.revision).options(
            contains_eager(OfferingStep.revision), joinedload(OfferingStep.staff).lazyload(Staff.roles)).order_by(OfferingStep.id.desc())))


def steps_since(db: Session, offering_id: int, seen: Values) -> list[OfferingStep]:
    """What was done since the place's own was as an editor saw it, newest first; all where it never was."""
    found: list[OfferingStep] = []
    for step in steps(db, offering_id):
        if rules.own(shapes.Offering.model_validate(step.revision.content)) == seen:
            break
        found.append(step)
    return found


def revisions(db: Session, offering_id: int) -> Sequence[OfferingRevision]:
    """All revisions of an offering, newest first."""
    return db.scalars(select(OfferingRevision).where(OfferingRevision.offering_id == offering_id).order_by(OfferingRevision.number.desc())).all()


_NAME = GuideRevision.document["guide"]["item"]["name"]


def _named(asked: Any, query: str) -> Any:
    if not query:
        return asked
    return asked.where(or_(Item.name.contains(query, autoescape=True), Item.code.startswith(query, autoescape=True),
                           Item.slug.startswith(query, autoescape=True)))


def _in_force(item_id: ColumnElement[int]) -> ColumnElement[bool]:
    return exists().where(GuideRevision.item_id == item_id, GuideRevision.state == RevisionState.PUBLISHED)
