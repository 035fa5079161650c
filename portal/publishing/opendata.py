"""publishing: open data, the guides and lists as files at addresses that stay: JSON, CSV, a feed, the form of it all.

`/data/` below the site. Lists of each place lie beside each other in `/data/places/`. Everything is made from the same
edition as the pages, and the same edition gives the same bytes.
"""
import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from portal.publishing import addresses, changes, life_pages, lists, tables
from portal.publishing.cards import EN, ZH, Pair
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.lists import Listing, Offered
from portal.publishing.planned import digest
from portal.rules.guide.codes import Way
from portal.rules.guide.document import GuideFile
from portal.rules.guide.schema import guide_schema
from portal.rules.guide.text import Text
from portal.rules.guide.yaml import plain

SCHEMA = "schema.json"
Made = tuple[str, bytes]
"""A file: its name below `/data/`, and what it holds."""


class Coming(NamedTuple):
    """A file before it is made: its name below `/data/`, a digest of what it says beside the county, and how it is made."""

    name: str
    mark: bytes
    make: Callable[[], bytes]


LISTINGS: dict[str, Callable[[Edition], Listing]] = {
    "guides": lambda edition: lists.guides(edition, edition.cards),
    "fees": lambda edition: lists.fees(edition, edition.cards),
    "documents-not-asked": lambda edition: lists.never_asked(edition, edition.cards),
    "documents-may-follow": lambda edition: lists.may_follow(edition, edition.cards),
    "places": lists.places,
    life_pages.FILE: life_pages.listing,
}
"""The lists of everything, by name."""
FIELDS = {"guides": "row", "fees": "fees", "documents-not-asked": "never_asked", "documents-may-follow": "may_follow"}
"""Which mark of a card says that its rows in such a list are the same."""


def of_guide(edition: Edition, guide: PublishedGuide) -> Iterator[Made]:
    """A guide as its document, and as `schema.org` has services."""
    yield f"guides/{guide.slug}.json", tables.text_of(document(edition, guide))
    yield f"guides/{guide.slug}.jsonld", tables.text_of(described(edition, guide))


def of_place(edition: Edition, code: str, offered: list[Offered], told: bytes) -> Iterator[Coming]:
    """What a place offers; `told` is a digest of it."""
    yield from _shapes(f"places/{code}", told, lambda: lists.offerings(edition, code, offered))


def of_all(edition: Edition) -> Iterator[Coming]:
    """The lists of everything, the feed of changes, and the form of a guide."""
    for name, listing in LISTINGS.items():
        told = digest(b"".join(getattr(card.marks, FIELDS[name]) for card in edition.cards) if name in FIELDS else (name, edition.log))
        yield from _shapes(name, told, lambda listing=listing: listing(edition))
    told = digest(edition.changes, changes.names(edition, edition.changes))
    yield Coming("changes.xml", told, lambda: changes.feed(edition, ZH))
    yield Coming("changes.en.xml", told, lambda: changes.feed(edition, EN))
    yield Coming(SCHEMA, b"", lambda: tables.text_of({"$id": edition.public_url + addresses.data(SCHEMA), **guide_schema()}))


def document(edition: Edition, guide: PublishedGuide) -> dict:
    """The guide as `rules.guide.yaml.plain` gives it, which `schema.json` describes, with what the file cannot know."""
    return {
        "slug": guide.slug,
        "revision": guide.revision,
        "published": guide.published.isoformat(),
        "address": _words(lists.page_of(edition, guide.slug)),
        "schema": edition.public_url + addresses.data(SCHEMA),
        "document": plain(guide.file.model_copy(update={"unplaced": []})),
    }


def read(folder: Path, slug: str) -> PublishedGuide | None:
    """A guide as the site in this folder shows it: what `document` made of it. None where it is not there."""
    file = folder / "data" / "guides" / f"{slug}.json"
    if not file.is_file():
        return None
    told = json.loads(file.read_text("utf-8"))
    return PublishedGuide(slug, GuideFile.model_validate(told["document"]), told["revision"], date.fromisoformat(told["published"]))


def described(edition: Edition, guide: PublishedGuide) -> dict:
    """The guide as a `GovernmentService` of schema.org: what search engines and assistants ask for."""
    item = guide.file.guide.item
    ways = [{"@type": "ServiceChannel", "serviceUrl": edition.public_url + addresses.apply(guide.slug, ZH)}] if Way.ONLINE in guide.file.guide.access.ways else []
    ways += [_channel(edition, code, place) for code, place in _places(edition, guide)]
    told = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": edition.public_url + addresses.guide(guide.slug, ZH),
        "identifier": item.code,
        "name": _languages(item.name),
        "alternateName": [one.zh for one in item.aliases],
        "description": _languages(guide.file.guide.summary),
        "serviceType": _languages(item.kind.text if item.kind else None),
        "provider": {"@type": "GovernmentOrganization", "name": _languages(edition.department(item.department) if item.department else edition.authority)},
        "areaServed": {"@type": "AdministrativeArea", "name": _languages(edition.authority)},
        "audience": [{"@type": "Audience", "audienceType": _languages(one.text)} for one in item.audiences],
        "url": edition.public_url + addresses.guide(guide.slug, ZH),
        "availableChannel": ways,
    }
    return {name: value for name, value in told.items() if value}


def _places(edition: Edition, guide: PublishedGuide):
    return [(one.place, edition.places[one.place]) for one in guide.file.offerings if one.place in edition.places]


def _channel(edition: Edition, code: str, place) -> dict:
    told = {"@type": "Place", "name": _languages(place.centre or place.name), "address": place.address.zh if place.address else None,
            "telephone": place.telephone, "url": edition.public_url + addresses.place(code, ZH)}
    return {"@type": "ServiceChannel", "serviceLocation": {name: value for name, value in told.items() if value}}


def _shapes(name: str, told: bytes, listing: Callable[[], Listing]) -> Iterator[Coming]:
    """A list in each shape that is a plain file; its workbook is made when it is asked for."""
    once = cache(listing)
    yield Coming(f"{name}.json", told, lambda: tables.as_json(once()))
    yield Coming(f"{name}.csv", told, lambda: tables.as_csv(once(), ZH))
    yield Coming(f"{name}.en.csv", told, lambda: tables.as_csv(once(), EN))


def _words(pair: Pair) -> dict[str, str]:
    return {"zh": pair[0], "en": pair[1]}


def _languages(text: Text | None) -> list[dict[str, str]] | str | None:
    """A text as JSON-LD has it: each language with its tag."""
    if text is None:
        return None
    if text.en is None:
        return text.zh
    return [{"@value": text.zh, "@language": "zh-Hans"}, {"@value": text.en, "@language": "en"}]
