"""queries: guides as their revisions say them. Revisions are immutable, so that a parsed one is kept by its digest."""
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from portal.models.guides import GuideRevision, Item, ItemLife, Offering, OfferingRevision, RevisionState
from portal.models.places import Place, PlaceTier
from portal.rules.guide import offering as shapes
from portal.rules.guide.codes import Role
from portal.rules.guide.document import Guide, GuideFile
from portal.rules.items import OPEN

SHOWN = OPEN | {ItemLife.HANDED_DOWN}
TAKING = {Role.DECIDES, Role.RECEIVES}


@dataclass(frozen=True)
class Published:
    """A guide in force with its offerings: what every surface is made from."""

    item_id: int
    slug: str
    revision_id: int
    number: int
    digest: str
    published_at: datetime
    file: GuideFile


PARSED = 128
"""So many parsed guides stay in a process; one takes about 200 KB."""
_parsed: dict[str, Guide] = {}
_offered: dict[str, shapes.Offering] = {}
"""The offerings of the last edition that was read, by digest."""
_IN_FORCE = select(GuideRevision).options(joinedload(GuideRevision.item)).where(
    GuideRevision.item_id == bindparam("item_id"), GuideRevision.state == RevisionState.PUBLISHED)


def guide_of(revision: GuideRevision) -> Guide:
    """The guide that the revision holds."""
    return parsed(revision.digest, lambda: revision.document)


def parsed(digest: str, document: Callable[[], dict]) -> Guide:
    """The guide of a stored document; `PARSED` are kept, because pages ask for the same ones. Several threads come here."""
    guide = _parsed.get(digest)
    if guide is None:
        guide = _parsed[digest] = Guide.model_validate(document()["guide"])
        forget(PARSED)
    return guide


def forget(kept: int) -> None:
    """Of the parsed guides the newest stay, so many."""
    for old in list(_parsed)[:-kept]:
        _parsed.pop(old, None)


def many(db: Session, digests: Mapping[int, str]) -> dict[int, Guide]:
    """The guides of revisions, from the digest of each; documents are fetched only of those that nobody asked for lately."""
    found = {revision_id: guide for revision_id, digest in digests.items() if (guide := _parsed.get(digest)) is not None}
    if missing := digests.keys() - found:
        rows = db.execute(select(GuideRevision.id, GuideRevision.digest, GuideRevision.document).where(GuideRevision.id.in_(missing)))
        found |= {row.id: parsed(row.digest, lambda row=row: row.document) for row in rows}
    return found


def item(db: Session, slug: str) -> Item | None:
    """The item of that address."""
    return db.scalar(select(Item).options(joinedload(Item.department)).where(Item.slug == slug))


def in_force(db: Session, item_id: int) -> GuideRevision | None:
    """The revision in force of an item."""
    return db.scalar(_IN_FORCE, {"item_id": item_id})


def published(db: Session, slugs: list[str] | None = None) -> list[Published]:
    """All guides in force, or those of the addresses, with their offerings; by address. An item that is not open has none;
    one that was handed down has the places below the county, and none without such a place."""
    asked = select(GuideRevision, Item).join(Item).where(GuideRevision.state == RevisionState.PUBLISHED, Item.life.in_(SHOWN))
    if slugs is not None:
        asked = asked.where(Item.slug.in_(slugs))
    rows = db.execute(asked.order_by(Item.slug)).all()
    handed_down = {item.id for _, item in rows if item.life == ItemLife.HANDED_DOWN}
    offerings = _offerings(db, [item.id for _, item in rows], handed_down)
    rows = [row for row in rows if row[1].id not in handed_down or any(TAKING & set(one.roles) for one in offerings.get(row[1].id, ()))]
    documents = many(db, {revision.id: revision.digest for revision, _ in rows})
    return [
        Published(item.id, item.slug, revision.id, revision.number, revision.digest, revision.published_at,
                  GuideFile(guide=documents[revision.id], offerings=offerings.get(item.id, [])))
        for revision, item in rows
    ]


def offering_at(db: Session, item_id: int, place_ids: list[int]) -> OfferingRevision | None:
    """The offering in force of an item at the first of the places that has one."""
    rows = db.scalars(
        select(OfferingRevision).join(Offering).options(joinedload(OfferingRevision.offering))
        .where(Offering.item_id == item_id, Offering.place_id.in_(place_ids), OfferingRevision.ended_at.is_(None))).all()
    return min(rows, key=lambda row: place_ids.index(row.offering.place_id), default=None)


def _offerings(db: Session, item_ids: list[int], handed_down: Collection[int]) -> dict[int, list[shapes.Offering]]:
    left = db.scalars(select(Offering.id).join(Place).where(Offering.item_id.in_(handed_down), Place.tier == PlaceTier.COUNTY)).all() \
        if handed_down else ()
    rows = db.execute(
        select(Offering.item_id, OfferingRevision.id, OfferingRevision.digest)
        .join(OfferingRevision.offering)
        .where(Offering.item_id.in_(item_ids), OfferingRevision.ended_at.is_(None), ~Offering.withdrawn,
               *([Offering.id.not_in(left)] if left else []))
        .order_by(OfferingRevision.offering_id)).all()
    missing = [row.id for row in rows if row.digest not in _offered]
    shaped = {row.digest: _offered[row.digest] for row in rows if row.digest in _offered}
    for digest, content in db.execute(select(OfferingRevision.digest, OfferingRevision.content).where(OfferingRevision.id.in_(missing))):
        shaped[digest] = shapes.Offering.model_validate(content)
    _offered.clear()
    _offered.update(shaped)
    found: dict[int, list[shapes.Offering]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(shaped[row.digest])
    return found
