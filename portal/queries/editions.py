"""queries: the edition, everything that the public site and the papers are made from, as plain values."""
from collections import Counter

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session, aliased

from portal.config import Config
from portal.models.editing import GuideStep
from portal.models.guides import GuideRevision, Item, Offering, RevisionState
from portal.models.places import Department, Place, PlaceTier
from portal.publishing.edition import Change, ChangeKind, Edition, Notice, PlaceFacts, PublishedGuide
from portal.queries import guides
from portal.queries.places import authority
from portal.rules.calendar import legal_day
from portal.rules.guide.codes import Tier
from portal.rules.guide.offering import Hours
from portal.rules.guide.text import Text

_Earlier = aliased(GuideRevision)
LATEST = 100
"""So many changes are told."""


def edition(db: Session, config: Config, slugs: list[str] | None = None) -> Edition:
    """All guides in force with the county around them, or the guides of these addresses alone."""
    root = authority(db, config.authority)
    places, departments = db.scalars(select(Place)).all(), db.scalars(select(Department)).all()
    county = next((place for place in places if place.tier == PlaceTier.COUNTY and not place.partner), None)
    codes = {place.id: place.code for place in places}
    complaints = Counter(one.complaint_telephone for one in departments if one.complaint_telephone).most_common(1)
    return Edition(
        guides=tuple(
            PublishedGuide(one.slug, one.file, one.number, legal_day(one.published_at))
            for one in guides.published(db, slugs)
        ),
        authority=root.name,
        public_url=config.public_url,
        departments={one.name: _text(one.name, one.name_en) for one in departments},
        places={place.code: _facts(place, codes.get(place.parent_id)) for place in places},
        telephone=county.telephone if county else None,
        complaints=complaints[0][0] if complaints else None,
        notice=root.notice,
        sample=root.notice is not None,
        notices=_notices(db),
        changes=_changes(db),
    )


def slugs_at(db: Session, code: str) -> list[str]:
    """The addresses of the items that the place of this division code offers."""
    return list(db.scalars(select(Item.slug).join(Offering).join(Place).where(Place.code == code, ~Offering.withdrawn).order_by(Item.slug)))


def _changes(db: Session) -> tuple[Change, ...]:
    """The latest changes of guides, newest first: a revision that went live, and one that was withdrawn."""
    rows = db.execute(
        select(Item.slug, Item.name, GuideRevision.number, GuideRevision.state, GuideRevision.published_at, GuideRevision.ended_at,
               select(func.min(_Earlier.number)).where(_Earlier.item_id == Item.id, _Earlier.published_at.is_not(None)).scalar_subquery())
        .join(Item).where(GuideRevision.published_at.is_not(None))
        .order_by(case((GuideRevision.state == RevisionState.WITHDRAWN, GuideRevision.ended_at), else_=GuideRevision.published_at).desc(),
                  GuideRevision.id.desc()).limit(LATEST)).all()
    found = []
    for slug, name, number, state, published_at, ended_at, first in rows:
        kind = ChangeKind.NEW if number == first else ChangeKind.CHANGED
        found.append(Change(slug, Text(zh=name), number, kind, published_at))
        if state == RevisionState.WITHDRAWN:
            found.append(Change(slug, Text(zh=name), number, ChangeKind.WITHDRAWN, ended_at))
    return tuple(sorted(found, key=lambda one: (one.at, one.slug), reverse=True)[:LATEST])


def _notices(db: Session) -> tuple[Notice, ...]:
    """The guides that were withdrawn and have no other revision in force, with the publisher's reason; by address."""
    force, later = aliased(GuideRevision), aliased(GuideRevision)
    rows = db.execute(
        select(Item.slug, GuideRevision.document["guide"]["item"]["name"], GuideRevision.number, GuideRevision.ended_at, GuideStep.words)
        .join(Item, GuideRevision.item_id == Item.id)
        .join(GuideStep, (GuideStep.revision_id == GuideRevision.id) & (GuideStep.state == RevisionState.WITHDRAWN))
        .where(GuideRevision.state == RevisionState.WITHDRAWN,
               ~exists().where(force.item_id == Item.id, force.state == RevisionState.PUBLISHED),
               ~exists().where(later.item_id == Item.id, later.published_at.is_not(None), later.number > GuideRevision.number))
        .order_by(Item.slug))
    return tuple(Notice(slug, Text.model_validate(name), number, legal_day(ended_at), Text(zh=words or "—"))
                 for slug, name, number, ended_at, words in rows)


def _facts(place: Place, parent: str | None) -> PlaceFacts:
    return PlaceFacts(
        name=_text(place.name, place.name_en),
        centre=_text(place.centre, place.centre_en) if place.centre else None,
        address=Text(zh=place.address) if place.address else None,
        telephone=place.telephone,
        hours=tuple(Hours.model_validate(row) for row in place.hours),
        tier=Tier(place.tier),
        parent=parent,
        partner=place.partner,
    )


def _text(zh: str, en: str | None) -> Text:
    return Text(zh=zh, en=en or None)
