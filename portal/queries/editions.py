"""queries: the edition, everything that the public site and the papers are made from, as plain values."""
from collections import Counter

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from portal.config import Config
from portal.models.editing import GuideStep
from portal.models.guides import GuideRevision, Item, RevisionState
from portal.models.places import Department, Place, PlaceTier
from portal.publishing.edition import Edition, Notice, PlaceFacts, PublishedGuide
from portal.queries import guides
from portal.queries.places import authority
from portal.rules.calendar import legal_day
from portal.rules.guide.offering import Hours
from portal.rules.guide.text import Text


def edition(db: Session, config: Config, slugs: list[str] | None = None) -> Edition:
    """All guides in force with the county around them, or the guides of these addresses alone."""
    root = authority(db, config.authority)
    places, departments = db.scalars(select(Place)).all(), db.scalars(select(Department)).all()
    county = next((place for place in places if place.tier == PlaceTier.COUNTY and not place.partner), None)
    complaints = Counter(one.complaint_telephone for one in departments if one.complaint_telephone).most_common(1)
    return Edition(
        guides=tuple(
            PublishedGuide(one.slug, one.file, one.number, legal_day(one.published_at))
            for one in guides.published(db, slugs)
        ),
        authority=root.name,
        public_url=config.public_url,
        departments={one.name: _text(one.name, one.name_en) for one in departments},
        places={place.code: _facts(place) for place in places},
        telephone=county.telephone if county else None,
        complaints=complaints[0][0] if complaints else None,
        notice=root.notice,
        sample=root.notice is not None,
        notices=_notices(db),
    )


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


def _facts(place: Place) -> PlaceFacts:
    return PlaceFacts(
        name=_text(place.name, place.name_en),
        centre=_text(place.centre, place.centre_en) if place.centre else None,
        address=Text(zh=place.address) if place.address else None,
        telephone=place.telephone,
        hours=tuple(Hours.model_validate(row) for row in place.hours),
    )


def _text(zh: str, en: str | None) -> Text:
    return Text(zh=zh, en=en or None)
