"""queries: the edition, everything that the public site and the papers are made from, as plain values."""
import json
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Row, String, cast, select
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
    root, county = authority(db, config.authority), _county(db)
    whole, keys = slugs is None, stocks.keys(db) if slugs is None else {}
    names = set(keys)
    log = notices.log(db) if whole else ()
    return Edition(
        guides=() if whole else stocks.taken(db, slugs),
        authority=root.name,
        public_url=config.public_url,
        departments=county.departments,
        places=county.places,
        telephone=county.telephone,
        complaints=county.complaints,
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


class _County(NamedTuple):
    """What the places and departments say in an edition."""

    departments: Mapping[str, Text]
    places: Mapping[str, PlaceFacts]
    telephone: str | None
    complaints: str | None


_PLACES = select(Place.id, Place.code, Place.name, Place.name_en, Place.centre, Place.centre_en, Place.address, Place.telephone,
                 cast(Place.hours, String).label("hours"), Place.tier, Place.parent_id, Place.partner).order_by(Place.id)
_DEPARTMENTS = select(Department.name, Department.name_en, Department.complaint_telephone).order_by(Department.id)
_last: tuple[list[tuple], _County] | None = None
"""The rows of the last county that was asked for, and what was made of them: the next edition mostly finds the same rows."""


def _county(db: Session) -> _County:
    global _last
    places, departments = db.execute(_PLACES).all(), db.execute(_DEPARTMENTS).all()
    rows = [*map(tuple, places), *map(tuple, departments)]
    kept = _last
    if kept is None or kept[0] != rows:
        codes = {place.id: place.code for place in places}
        root = next((place for place in places if place.tier == PlaceTier.COUNTY and not place.partner), None)
        complaints = Counter(one.complaint_telephone for one in departments if one.complaint_telephone).most_common(1)
        kept = _last = rows, _County(
            {one.name: _text(one.name, one.name_en) for one in departments},
            {place.code: _facts(place, codes.get(place.parent_id)) for place in places},
            root.telephone if root else None, complaints[0][0] if complaints else None)
    return kept[1]


def _facts(place: Row, parent: str | None) -> PlaceFacts:
    return PlaceFacts(
        name=_text(place.name, place.name_en),
        centre=_text(place.centre, place.centre_en) if place.centre else None,
        address=Text(zh=place.address) if place.address else None,
        telephone=place.telephone,
        hours=_hours(place.hours),
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
