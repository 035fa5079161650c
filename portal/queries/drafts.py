"""queries: the shelf of an editor: every item with its revision in force and its draft."""
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased, undefer

from portal.models.guides import GuideRevision, Item, RevisionState


class OnShelf(NamedTuple):
    """`in_force` and `draft` are numbers of revisions, or None."""

    slug: str
    name: str
    in_force: int | None
    draft: int | None


def shelf(db: Session) -> list[OnShelf]:
    """All items by address."""
    published, draft = aliased(GuideRevision), aliased(GuideRevision)
    rows = db.execute(
        select(Item.slug, Item.name, func.max(published.number), func.max(draft.number))
        .outerjoin(published, (published.item_id == Item.id) & (published.state == RevisionState.PUBLISHED))
        .outerjoin(draft, (draft.item_id == Item.id) & (draft.state == RevisionState.DRAFT))
        .group_by(Item.id, Item.slug, Item.name).order_by(Item.slug))
    return [OnShelf(*row) for row in rows]


def draft(db: Session, slug: str) -> GuideRevision | None:
    """The draft of the item at that address."""
    return db.scalar(_whole(slug).where(GuideRevision.state == RevisionState.DRAFT))


def newest(db: Session, slug: str) -> GuideRevision | None:
    """The newest revision of the item at that address, be it a draft or not."""
    return db.scalar(_whole(slug).order_by(GuideRevision.number.desc()).limit(1))


def _whole(slug: str) -> Select[tuple[GuideRevision]]:
    return select(GuideRevision).join(Item).where(Item.slug == slug).options(undefer(GuideRevision.document))
