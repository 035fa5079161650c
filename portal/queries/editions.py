"""queries: the edition, everything that the public site and the papers are made from, as plain values."""
import json
from collections import Counter
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.config import Config
from portal.models.guides import Item, Offering
from portal.models.places import Department, Place, PlaceTier
from portal.publishing.edition import CatalogueRow, Edition, PlaceFacts
from portal.queries import catalogue, notices, stocks
from portal.queries.places import authority
from portal.rules.guide.codes import Tier
from portal.rules.guide.offering import Hours
from portal.rules.guide.text import Text


def edition(db: Session, config: Config, slugs: list[str] | None = None) -> Edition:
    """The county with all guides in force in stock, or with the guides of these addresses at hand, which are then all, and
    without what happened to others."""
    root = authority(db, config.authority)
    places, departments = db.scalars(select(Place)).all(), db.scalars(select(Department)).all()
    county = next((place for place in places if place.tier == PlaceTier.COUNTY and not place.partner), None)
    codes = {place.id: place.code for place in places}
    complaints = Counter(one.complaint_telephone for one in departments if one.complaint_telephone).most_common(1)
    whole, keys = slugs is None, stocks.keys(db) if slugs is None else {}
    names = set(keys)
    log = notices.log(db) if whole else ()
    return Edition(
        guides=() if whole else stocks.taken(db, slugs),
        authority=root.name,
        public_url=config.public_url,
        departments={one.name: _text(one.name, one.name_en) for one in departments},
        places={place.code: _facts(place, codes.get(place.parent_id)) for place in places},
        telephone=county.telephone if county else None,
        complaints=complaints[0][0] if complaints else None,
        notice=root.notice,
        sample=root.notice is not None,
        notices=notices.notices(db, names) if whole else (),
        changes=notices.changes(db, log) if whole else (),
        notes=notices.notes(db, names) if whole else {},
        log=log,
        stock=stocks.Stored(config.database, keys) if whole else None,
        catalogue=tuple(CatalogueRow(one.entry.name, one.department, one.entry.main_item, one.slug, one.entry.address, one.telephone)
                        for one in catalogue.listed(db)) if whole else (),
    )


def slugs_at(db: Session, code: str) -> list[str]:
    """The addresses of the items that the place of this division code offers."""
    return list(db.scalars(select(Item.slug).join(Offering).join(Place).where(Place.code == code, ~Offering.withdrawn).order_by(Item.slug)))


def _facts(place: Place, parent: str | None) -> PlaceFacts:
    return PlaceFacts(
        name=_text(place.name, place.name_en),
        centre=_text(place.centre, place.centre_en) if place.centre else None,
        address=Text(zh=place.address) if place.address else None,
        telephone=place.telephone,
        hours=_hours(json.dumps(place.hours)),
        tier=Tier(place.tier),
        parent=parent,
        partner=place.partner,
    )


@lru_cache(maxsize=256)
def _hours(rows: str) -> tuple[Hours, ...]:
    """A timetable; many places share one."""
    return tuple(Hours.model_validate(row) for row in json.loads(rows))


def _text(zh: str, en: str | None) -> Text:
    return Text(zh=zh, en=en or None)
