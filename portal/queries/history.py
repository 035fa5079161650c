"""queries: who published which guides, for the record of publications: names as the desk shows them."""
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.models.editing import GuideStep
from portal.models.guides import GuideRevision, Item, RevisionState
from portal.models.outbox import OutboxRow, Topic
from portal.models.people import Staff
from portal.rules.guide.text import Text

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


def names(db: Session, slugs: Iterable[str]) -> dict[str, Text]:
    """The names of the items at these addresses, as far as there are such items."""
    return {slug: Text(zh=said) for slug, said in db.execute(select(Item.slug, Item.name).where(Item.slug.in_(list(slugs))))}


def owed(db: Session) -> int:
    """How many guides wait for the site to show them."""
    return len({payload["item_id"] for payload in _open(db) if "item_id" in payload})


@dataclass(frozen=True)
class Asked:
    """What somebody at the desk asked of the whole site: that it be published again, or that a publication be put back, of
    this number."""

    back_to: int | None = None


def asked(db: Session) -> Asked | None:
    """What the desk asked for that is not done yet; None where it is nothing."""
    return next((Asked(payload.get("back")) for payload in _open(db) if "whole" in payload or "back" in payload), None)


def _open(db: Session) -> list[dict]:
    return list(db.scalars(select(OutboxRow.payload).where(OutboxRow.topic == Topic.PUBLISH_GUIDE, OutboxRow.done_at.is_(None))))
