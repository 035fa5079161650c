"""publishing: open data, the guides and lists as files at addresses that stay: JSON, CSV, a feed, the form of it all.

`/data/` below the site. Lists of each place lie beside each other in `/data/places/`. Everything is made from the same
edition as the pages, and the same edition gives the same bytes.
"""
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from portal.publishing import addresses, changes, life_pages, lists, tables
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.lists import EN, ZH, Listing, Offered
from portal.rules.guide.codes import Way
from portal.rules.guide.document import GuideFile
from portal.rules.guide.schema import guide_schema
from portal.rules.guide.text import Text
from portal.rules.guide.yaml import plain

SCHEMA = "schema.json"
Made = tuple[str, bytes]
"""A file: its name below `/data/`, and what it holds."""
LISTINGS: dict[str, Callable[[Edition], Listing]] = {
    "guides": lambda edition: lists.guides(edition, edition.guides),
    "fees": lambda edition: lists.fees(edition, edition.guides),
    "documents-not-asked": lambda edition: lists.never_asked(edition, edition.guides),
    "documents-may-follow": lambda edition: lists.may_follow(edition, edition.guides),
    "places": lists.places,
    life_pages.FILE: life_pages.listing,
}
"""The lists of everything, by name."""


def of_guide(edition: Edition, guide: PublishedGuide) -> Iterator[Made]:
    """A guide as its document, and as `schema.org` has services."""
    yield f"guides/{guide.slug}.json", tables.text_of(document(edition, guide))
    yield f"guides/{guide.slug}.jsonld", tables.text_of(described(edition, guide))


def of_place(edition: Edition, code: str, offered: list[Offered]) -> Iterator[Made]:
    """What a place offers."""
    yield from _shapes(lists.offerings(edition, code, offered))


def of_all(edition: Edition, only: set[str] | None = None) -> Iterator[Made]:
    """The lists of everything, the feed of changes, and the form of a guide; with `only`, after a change of guides, the
    lists of these names and what every such change is told in."""
    for name, listing in LISTINGS.items():
        if only is None or name in only or name == "guides":
            yield from _shapes(listing(edition))
    yield "changes.xml", changes.feed(edition, ZH)
    yield "changes.en.xml", changes.feed(edition, EN)
    if only is None:
        yield SCHEMA, tables.text_of({"$id": edition.public_url + addresses.data(SCHEMA), **guide_schema()})


def document(edition: Edition, guide: PublishedGuide) -> dict:
    """The guide as `rules.guide.yaml.plain` gives it, which `schema.json` describes, with what the file cannot know."""
    return {
        "slug": guide.slug,
        "revision": guide.revision,
        "published": guide.published.isoformat(),
        "address": _words(lists.page_of(edition, guide)),
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


def _shapes(listing: Listing) -> Iterator[Made]:
    """A list in each shape that is a plain file; its workbook is made when it is asked for."""
    yield f"{listing.name}.json", tables.as_json(listing)
    yield f"{listing.name}.csv", tables.as_csv(listing, ZH)
    yield f"{listing.name}.en.csv", tables.as_csv(listing, EN)


def _words(pair: lists.Pair) -> dict[str, str]:
    return {"zh": pair[0], "en": pair[1]}


def _languages(text: Text | None) -> list[dict[str, str]] | str | None:
    """A text as JSON-LD has it: each language with its tag."""
    if text is None:
        return None
    if text.en is None:
        return text.zh
    return [{"@value": text.zh, "@language": "zh-Hans"}, {"@value": text.en, "@language": "en"}]
