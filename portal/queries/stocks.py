"""queries: the guides in force in stock: their addresses and keys by one cheap query, their documents a few at a time, and
the cards that this process has made of them."""
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.orm import Session

from portal.db import Database
from portal.models.base import written_out
from portal.models.guides import GuideRevision, Item, ItemLife, Offering, OfferingRevision, RevisionState
from portal.publishing.cards import Card
from portal.publishing.edition import TAKEN, PublishedGuide
from portal.queries import guides, staying
from portal.rules.calendar import legal_day

_cards: dict[tuple[str, str], Card] = {}
"""The cards that were made in this process, by database and address; each knows the key of what it was made from."""


@dataclass(frozen=True)
class Stored:
    """The stock of a database. In another process it opens the database for itself."""

    url: str
    keys: dict[str, str]
    """What says that nothing of a guide has changed, by its address; in the order of addresses."""

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(self.keys)

    def take(self, slugs: Sequence[str]) -> list[PublishedGuide]:
        """The guides of these addresses as they stand now, by address."""
        database = Database(self.url)
        try:
            with database.reading() as db:
                return list(taken(db, slugs))
        finally:
            database.dispose()
            guides.forget(TAKEN)  # who takes from stock goes through all, in several processes at once

    def cards(self) -> tuple[Card, ...]:
        """The cards of all guides, by address; made for those that have none of their key. Those of guides that are no longer
        in force are forgotten."""
        had = {slug: _cards.get((self.url, slug)) for slug in self.keys}
        stale = [slug for slug, card in had.items() if card is None or card.key != self.keys[slug]]
        for at in range(0, len(stale), TAKEN):
            self.keep(guide.card for guide in self.take(stale[at:at + TAKEN]))
        for gone in [known for known in list(_cards) if known[0] == self.url and known[1] not in self.keys]:
            _cards.pop(gone, None)
        return tuple(card for slug in self.keys if (card := _cards.get((self.url, slug))))

    def keep(self, cards: Iterable[Card]) -> None:
        """Cards that somebody else has made."""
        _cards.update(((self.url, card.slug), card) for card in cards)


def taken(db: Session, slugs: Sequence[str], told: Mapping[str, str] | None = None) -> tuple[PublishedGuide, ...]:
    """The guides in force of these addresses, by address; `told` are their keys, where they were asked for just now."""
    told, found = keys(db, slugs) if told is None else told, guides.published(db, list(slugs))
    checks = staying.last_checks(db, [one.item_id for one in found])
    return tuple(PublishedGuide(one.slug, one.file, one.number, legal_day(one.published_at), checks.get(one.item_id), told.get(one.slug))
                 for one in found)


def keys(db: Session, slugs: Sequence[str] | None = None) -> dict[str, str]:
    """Of every guide in force, or of those of the addresses, what changes when anything of it does: its revision, those of
    its offerings, its item's life. By address. The columns are those of an index, so that no document is read for it; the
    state is said literally, for SQLite knows an index of some rows by that alone."""
    asked = (select(Item.slug, Item.id, GuideRevision.id.label("revision"), GuideRevision.digest, Item.life)
             .join(GuideRevision, GuideRevision.item_id == Item.id)
             .where(GuideRevision.state == written_out(RevisionState.PUBLISHED), Item.life.in_(guides.SHOWN)))
    if slugs is not None:
        asked = asked.where(Item.slug.in_(slugs))
    rows = sorted(db.execute(asked).all())
    places = _offered(db, [row.id for row in rows]) if slugs is not None else _all_offered(db)
    found = {slug: f"{revision} {digest[:16]} {life} {places.get(item_id, '')}" for slug, item_id, revision, digest, life in rows}
    handed_down = [row.slug for row in rows if row.life == ItemLife.HANDED_DOWN]
    if handed_down:  # some of them have a place below the county, and some have no guide for it
        for slug in set(handed_down) - {one.slug for one in guides.published(db, handed_down)}:
            del found[slug]
    return found


_REVISION, _OFFERING = (cast(one, BigInteger) for one in (OfferingRevision.id, Offering.id))
"""PostgreSQL multiplies two of its usual integers to one, which ends at 46,340 times itself."""
_last: tuple[tuple, dict[int, str]] | None = None
"""What all items offered when it was last asked, and what that was known by."""


def _all_offered(db: Session) -> dict[int, str]:
    """As `_offered` for all items, which takes five times as long as to see that nothing has changed: by sums over the
    revisions in force and over the offerings that are not withdrawn."""
    global _last
    force = select(func.count(), func.sum(_REVISION), func.sum(_REVISION * _REVISION), func.sum(_REVISION * OfferingRevision.offering_id))
    there = select(func.count(), func.sum(_OFFERING), func.sum(_OFFERING * _OFFERING), func.sum(_OFFERING * Offering.item_id))
    seen = (db.get_bind().url, *db.execute(force.where(OfferingRevision.ended_at.is_(None))).one(), *db.execute(there.where(~Offering.withdrawn)).one())
    kept = _last
    if kept is None or kept[0] != seen:
        kept = _last = seen, _offered(db)
    return kept[1]


def _offered(db: Session, item_ids: Sequence[int] | None = None) -> dict[int, str]:
    """What says that an item is offered at the same places with the same words, by item."""
    asked = (select(Offering.item_id, func.count(), func.sum(_REVISION), func.sum(_REVISION * _REVISION))
             .join(OfferingRevision, OfferingRevision.offering_id == Offering.id)
             .where(OfferingRevision.ended_at.is_(None), ~Offering.withdrawn).group_by(Offering.item_id))
    if item_ids is not None:
        asked = asked.where(Offering.item_id.in_(item_ids))
    return {item_id: f"{many} {whole} {squares}" for item_id, many, whole, squares in db.execute(asked)}
