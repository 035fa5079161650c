"""queries: the tree of places and the departments."""
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models.places import Department, Place, PlaceTier
from portal.rules.guide.text import Text


@dataclass(frozen=True)
class Authority:
    """The root of the tree as people see it; without an id before a county was loaded."""

    name: Text
    notice: Text | None
    id: int | None = None


_ROOT = select(Place.id, Place.name, Place.name_en, Place.notice, Place.notice_en).where(Place.tier == PlaceTier.COUNTY, ~Place.partner)


def authority(db: Session, name: str = "") -> Authority:
    """The root of the tree; `name` is the setting that overrides what it is called."""
    root = db.execute(_ROOT).first()
    if root is None:
        return Authority(Text(zh=name or "办事"), None)
    notice = Text(zh=root.notice, en=root.notice_en) if root.notice else None
    return Authority(Text(zh=name) if name else Text(zh=root.name, en=root.name_en), notice, root.id)


def directory(db: Session) -> frozenset[str]:
    """The names that a guide's stage may be handed to: the departments, and the partner offices elsewhere."""
    partner = [select(name).where(Place.partner) for name in (Place.name, Place.centre)]
    return frozenset(name for name in db.scalars(select(Department.name).union(*partner)) if name)


def lineage(db: Session, place_id: int) -> list[int]:
    """The place and all above it, nearest first. One statement a tier, three tiers."""
    ids, at = [], place_id
    while at is not None:
        ids.append(at)
        at = db.scalar(select(Place.parent_id).where(Place.id == at))
    return ids


def below(db: Session, place_id: int) -> list[int]:
    """The place and all under it."""
    tree = select(Place.id).where(Place.id == place_id).cte(recursive=True)
    tree = tree.union_all(select(Place.id).join(tree, Place.parent_id == tree.c.id))
    return list(db.scalars(select(tree.c.id)))
