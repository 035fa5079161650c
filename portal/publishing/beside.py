"""publishing: what stands on the site beside the guides' own pages: indexes, lists, places, open data, all planned before it
is drawn. A whole build draws all of it; a change of guides what has another digest than the shown site says."""
from collections.abc import Iterable, Iterator

from portal.publishing import addresses, catalogue_list, indexes, life_pages, list_pages, lists, opendata, place_page
from portal.publishing.cards import EN, ZH
from portal.publishing.edition import Edition
from portal.publishing.indexes import Ways
from portal.publishing.opendata import Coming
from portal.publishing.planned import Planned

DATA, SHEETS = "data", "data/sheets"


class Beside:
    """Everything beside the guides of an edition."""

    def __init__(self, edition: Edition):
        self.edition = edition
        self.ways: Ways = indexes.ways(edition)
        self.at_places = lists.at_places(edition)

    def pages(self) -> Iterator[Planned]:
        yield from indexes.planned(self.edition, self.ways)
        yield from list_pages.planned(self.edition, self.ways)
        yield from life_pages.planned(self.edition)
        yield from catalogue_list.planned(self.edition)
        for code, offered in self.at_places.items():
            yield from place_page.planned(self.edition, code, offered)

    def files(self) -> Iterator[Coming]:
        """The files of the open data that are of no single guide."""
        yield from opendata.of_all(self.edition)
        for code, offered in self.at_places.items():
            yield from opendata.of_place(self.edition, code, offered)

    def stale(self, names: Iterable[str]) -> Iterator[str]:
        """What somebody asked for and was made then of these files of the open data, which say something else now: by its
        path in the site, whether it is there or not."""
        for name in names:
            stem = name.removesuffix(".json")
            if stem == name:
                continue
            place = stem.removeprefix("places/")
            if place != stem:
                yield f"{SHEETS}/place-{place}.xlsx"
                yield from (addresses.poster(place, locale).removeprefix("/") for locale in (ZH, EN))
            else:
                yield f"{SHEETS}/{stem}.xlsx"
            if stem == "guides":
                yield from (f"{SHEETS}/tier-{slug}.xlsx" for _, slug, _ in self.ways["tiers"])
