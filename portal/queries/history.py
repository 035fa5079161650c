"""queries: who published which guides, for the record of publications: names as the desk shows them."""
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.models.editing import GuideStep
from portal.models.guides import GuideRevision, Item, RevisionState
from portal.models.people import Staff

LIVE = (RevisionState.PUBLISHED, RevisionState.WITHDRAWN)


def addresses(db: Session, items: Iterable[int]) -> set[str]:
    """The addresses of the items of these numbers."""
    return set(db.scalars(select(Item.slug).where(Item.id.in_(list(items)))))


def name(db: Session, staff_id: int) -> str | None:
    """The name of somebody at a desk."""
    return db.scalar(select(Staff.name).where(Staff.id == staff_id))


def publishers(db: Session, slugs: set[str]) -> str | None:
    """Who published, or withdrew, the present text of these guides last; None where it was nobody at a desk."""
    last = (select(func.max(GuideStep.id)).join(GuideRevision, GuideStep.revision_id == GuideRevision.id).join(Item)
            .where(Item.slug.in_(slugs), GuideStep.state.in_(LIVE)).group_by(Item.id))
    return "、".join(db.scalars(select(Staff.name).join(GuideStep, GuideStep.staff_id == Staff.id)
                               .where(GuideStep.id.in_(last)).distinct().order_by(Staff.name))) or None
