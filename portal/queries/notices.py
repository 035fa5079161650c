"""queries: what the public site says of guides that are not in force, of items that changed, and when it all happened."""
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from portal.models.base import written_out
from portal.models.editing import GuideStep
from portal.models.guides import GuideRevision, Item, ItemLife, RevisionState
from portal.publishing.edition import Change, ChangeKind, Notice, PublishedGuide
from portal.queries import guides, items
from portal.queries.items import Told
from portal.rules import item_words
from portal.rules import items as rules
from portal.rules.calendar import legal_day
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from portal.rules.items import OPEN

LATEST = 100
"""So many changes of guides and of items are told in the feed."""
SENT_ON = {ItemLife.MERGED, ItemLife.HANDED_DOWN}
"""Whose address leads on by itself, where there is an open item that it leads to: what was done here is done there now."""
_Earlier = aliased(GuideRevision)
_WITHDRAWN = written_out(RevisionState.WITHDRAWN)


def log(db: Session) -> tuple[Change, ...]:
    """Every change in the life of an item, newest first."""
    return tuple(_as_change(one) for one in items.log(db))


def changes(db: Session, told: Sequence[Change]) -> tuple[Change, ...]:
    """The latest changes, newest first: revisions that went live, those that were withdrawn, and what happened to items."""
    first = select(func.min(_Earlier.number)).where(_Earlier.item_id == Item.id, _Earlier.published_at.is_not(None)).scalar_subquery()
    said = select(Item.slug, Item.name, GuideRevision.number, GuideRevision.published_at, GuideRevision.ended_at).join(Item).limit(LATEST)
    live = db.execute(said.add_columns(first).where(GuideRevision.published_at.is_not(None)).order_by(GuideRevision.published_at.desc(), GuideRevision.id.desc())).all()
    gone = db.execute(said.where(GuideRevision.state == _WITHDRAWN).order_by(GuideRevision.ended_at.desc(), GuideRevision.id.desc())).all()
    found = [*told[:LATEST]]
    for slug, name, number, at, _, one in live:
        found.append(Change(slug, Text(zh=name), number, ChangeKind.NEW if number == one else ChangeKind.CHANGED, at))
    found += (Change(slug, Text(zh=name), number, ChangeKind.WITHDRAWN, at) for slug, name, number, _, at in gone)
    return tuple(sorted(found, key=lambda one: (one.at, one.slug, one.revision), reverse=True)[:LATEST])


def notices(db: Session, shown: set[str]) -> tuple[Notice, ...]:
    """What stands at the addresses of guides that are not among those `shown`: their items changed, or they were withdrawn."""
    closed = {one.slug: one for one in items.log(db, db.scalars(select(Item.id).where(Item.life.not_in(OPEN))), latest=True)
              if one.slug not in shown}
    ends, kept = _ends(db), _kept(db, [one.slug for one in closed.values() if one.change.life is ItemLife.SUSPENDED])
    found = [_notice(one, kept.get(slug), ends.get(slug)) for slug, one in closed.items()]
    return tuple(sorted([*found, *(one for one in _withdrawn(db) if one.slug not in closed)], key=lambda one: one.slug))


def notes(db: Session, shown: set[str]) -> dict[str, tuple[Text, ...]]:
    """What stands above guides that are in force, by address: from where they were taken over, to where they were handed
    down, and what was merged into them."""
    found: dict[str, list[Text]] = defaultdict(list)
    ends = _ends(db)
    for one in items.log(db, db.scalars(select(Item.id).where(Item.life != ItemLife.IN_FORCE)), latest=True):
        change = one.change
        if one.slug in shown:
            found[one.slug].append(_with_basis(item_words.sentence(change), change))
        elif (into := ends.get(one.slug)) in shown:
            found[into].append(_with_basis(item_words.came(one.name, change), change))
    return {slug: tuple(said) for slug, said in sorted(found.items())}


def _as_change(one: Told) -> Change:
    return Change(one.slug, one.name, one.change_id, one.change.life, one.at, one.change)


def _notice(one: Told, kept: PublishedGuide | None, end: str | None) -> Notice:
    name = kept.file.guide.item.name if kept else one.name
    return Notice(one.slug, name, one.change_id, one.change.since, one.change.reason, one.change, kept, end)


def _with_basis(said: Text, change: item_words.Change) -> Text:
    if change.basis is None:
        return said
    return Text(zh=f"{said.zh}（依据：{change.basis.zh}）", en=f"{said.said('en')} (Legal basis: {change.basis.said('en')})")


def _ends(db: Session) -> dict[str, str]:
    """Where the addresses that lead on by themselves end: at open items, over others that lead on in turn. What was merged into an
    item that was then cancelled ends nowhere: where to go instead of it is advice, and no merger."""
    rows = db.execute(select(Item.id, Item.slug, Item.life, Item.successor_id).where(Item.life != ItemLife.IN_FORCE)).all()
    lives = {row.id: ItemLife(row.life) for row in rows}
    successors = {row.id: row.successor_id for row in rows if row.life in SENT_ON}
    others = set(successors.values()) - lives.keys() - {None}
    slugs = {row.id: row.slug for row in rows}
    for item_id, slug in db.execute(select(Item.id, Item.slug).where(Item.id.in_(others))) if others else ():
        lives[item_id], slugs[item_id] = ItemLife.IN_FORCE, slug
    found = {row.slug: rules.end(row.id, successors, lives) for row in rows if row.life in SENT_ON}
    return {slug: slugs[end] for slug, end in found.items() if end is not None}


def _kept(db: Session, slugs: list[str]) -> dict[str, PublishedGuide]:
    """The guides of suspended items: they stay to be read below the notice, without the places, which do not take them in."""
    if not slugs:
        return {}
    rows = db.execute(select(GuideRevision, Item.slug).join(Item).where(GuideRevision.state == RevisionState.PUBLISHED, Item.slug.in_(slugs))).all()
    parsed = guides.many(db, {row.GuideRevision.id: row.GuideRevision.digest for row in rows})
    return {row.slug: PublishedGuide(row.slug, GuideFile(guide=parsed[row.GuideRevision.id]), row.GuideRevision.number, legal_day(row.GuideRevision.published_at)) for row in rows}


def _withdrawn(db: Session) -> list[Notice]:
    """The guides that were withdrawn and have no other revision in force, with the publisher's reason."""
    force, later = aliased(GuideRevision), aliased(GuideRevision)
    rows = db.execute(
        select(Item.slug, GuideRevision.document["guide"]["item"]["name"], GuideRevision.number, GuideRevision.ended_at, GuideStep.words)
        .join(Item, GuideRevision.item_id == Item.id)
        .join(GuideStep, (GuideStep.revision_id == GuideRevision.id) & (GuideStep.state == RevisionState.WITHDRAWN))
        .where(GuideRevision.state == _WITHDRAWN,
               ~exists().where(force.item_id == Item.id, force.state == RevisionState.PUBLISHED),
               ~exists().where(later.item_id == Item.id, later.published_at.is_not(None), later.number > GuideRevision.number)))
    return [Notice(slug, Text.model_validate(name), number, legal_day(ended_at), Text(zh=words or "—"))
            for slug, name, number, ended_at, words in rows]
