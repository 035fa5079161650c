"""publishing: what stands on the site beside the guides' own pages: indexes, lists, places, open data, all planned before it
is drawn. A whole build draws all of it; a change of guides what has another digest than the shown site says."""
from collections.abc import Iterable, Iterator
from functools import cached_property

from portal.publishing import addresses, catalogue_list, indexes, life_pages, list_pages, lists, opendata, place_page
from portal.publishing.cards import EN, ZH
from portal.publishing.edition import Edition
from portal.publishing.indexes import Ways
from portal.publishing.lists import Offered
from portal.publishing.opendata import Coming
from portal.publishing.planned import Planned, digest
from portal.rules.guide.codes import Tier

DATA, SHEETS = "data", "data/sheets"


class Beside:
    """Everything beside the guides of an edition."""

    def __init__(self, edition: Edition):
        self.edition = edition

    @cached_property
    def ways(self) -> Ways:
        return indexes.ways(self.edition)

    @cached_property
    def _at_places(self) -> dict[str, tuple[list[Offered], bytes]]:
        """What each place offers, and a digest of it."""
        return {code: (offered, place_page.told(offered)) for code, offered in lists.at_places(self.edition).items()}

    def told(self) -> str:
        """A digest of all that the pages say, and the lists of places: where it is that of the shown site, none is planned."""
        edition = self.edition
        return digest(b"".join([card.marks.shown for card in edition.cards]), edition.log, edition.catalogue,
                      [(notice.slug, notice.name) for notice in edition.notices]).hex()

    def pages(self) -> Iterator[Planned]:
        yield from indexes.planned(self.edition, self.ways)
        yield from list_pages.planned(self.edition, self.ways)
        yield from life_pages.planned(self.edition)
        yield from catalogue_list.planned(self.edition)
        for code, (offered, told) in self._at_places.items():
            yield from place_page.planned(self.edition, code, offered, told)

    def files(self, *, places: bool = True) -> Iterator[Coming]:
        """The files of the open data that are of no single guide; with `places` those of each place."""
        yield from opendata.of_all(self.edition)
        for code, (offered, told) in self._at_places.items() if places else ():
            yield from opendata.of_place(self.edition, code, offered, told)

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
                yield from (f"{SHEETS}/tier-{indexes.part_of(one)}.xlsx" for one in Tier)
