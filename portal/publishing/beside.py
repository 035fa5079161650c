"""publishing: what stands on the site beside the guides' own pages and their indexes: places, lists, open data. All of it
for a whole build; after a change of guides only what says something else now.

What a guide said before is read from its own file in the open data of the shown site.
"""
from collections.abc import Iterator
from pathlib import Path

from portal.publishing import catalogue_list, life_pages, list_pages, lists, opendata, place_page
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.indexes import groups
from portal.publishing.list_pages import ListPage
from portal.publishing.lists import Offered
from portal.publishing.publications import Stage

DATA, SHEETS, POSTERS = "data", "data/sheets", "pdf"


def pages(edition: Edition, locale: str) -> Iterator[ListPage]:
    """Every page, in one language."""
    yield list_pages.overview(edition, locale)
    yield from life_pages.pages(edition, locale)
    yield list_pages.directory(edition, locale)
    yield from catalogue_list.pages(edition, locale)
    for kind in list_pages.KINDS:
        yield from list_pages.pages_of(edition, kind, locale)
    for code, offered in lists.at_places(edition).items():
        yield from place_page.pages(edition, code, offered, locale)


def data(edition: Edition) -> Iterator[opendata.Made]:
    """Every file of the open data."""
    yield from opendata.of_all(edition)
    for guide in edition.guides:
        yield from opendata.of_guide(edition, guide)
    for code, offered in lists.at_places(edition).items():
        yield from opendata.of_place(edition, code, offered)


class Touched:
    """What a change of these guides makes other than it is in the shown site's folder."""

    def __init__(self, edition: Edition, slugs: set[str], folder: Path):
        self.edition = edition
        self.guides = [guide for guide in edition.guides if guide.slug in slugs]
        self.names: set[str] = set()
        """The lists of which a row is another: `fees`, `places/990421000000`."""
        for guide in self.guides:
            before, now = _rows(edition, opendata.read(folder, guide.slug)), _rows(edition, guide)
            self.names |= {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
        codes = {name.partition("/")[2] for name in self.names if name.startswith("places/")}
        self._at = {code: offered for code, offered in lists.at_places(edition).items() if code in codes} if codes else {}

    def same_pages(self, folder: Path) -> bool:
        """Whether the lists and places that changed have just the pages in the shown site that they should have now."""
        wanted = {page.name for kind in list_pages.KINDS if kind.name in self.names for page in list_pages.pages_of(self.edition, kind, lists.ZH)}
        wanted |= {page.name for code, offered in self._at.items() for page in place_page.pages(self.edition, code, offered, lists.ZH)}
        found = {file.parent.relative_to(folder).as_posix() for name in self.names for file in (folder / name).rglob("index.html")}
        return wanted == found

    def pages(self, locale: str) -> Iterator[ListPage]:
        """The pages to draw anew."""
        kinds = [kind for kind in list_pages.KINDS if kind.name in self.names]
        departments = {guide.file.guide.item.department or "" for guide in self.guides}
        if kinds:
            yield list_pages.overview(self.edition, locale)
        for kind in kinds:
            yield from list_pages.pages_of(self.edition, kind, locale, departments)
        for code, offered in self._at.items():
            yield from place_page.pages(self.edition, code, offered, locale)

    def data(self) -> Iterator[opendata.Made]:
        """The files of the open data to write anew."""
        for guide in self.guides:
            yield from opendata.of_guide(self.edition, guide)
        yield from opendata.of_all(self.edition, self.names)
        for code, offered in self._at.items():
            yield from opendata.of_place(self.edition, code, offered)

    def forget(self, stage: Stage) -> None:
        """Takes away what was made when somebody asked for it, and says something else now."""
        codes = [name.partition("/")[2] for name in self.names if name.startswith("places/")]
        stale = [f"{SHEETS}/{name}.xlsx" for name in [*self.names, "guides"]] + [f"{SHEETS}/place-{code}.xlsx" for code in codes]
        stale += [f"{SHEETS}/tier-{slug}.xlsx" for _, slug, _ in groups(self.edition, "tiers")]
        stale += [f"{POSTERS}/place-{code}{tail}.pdf" for code in codes for tail in ("", ".en")]
        for path in sorted(stale):
            stage.remove(path)


def _rows(edition: Edition, guide: PublishedGuide | None) -> dict[str, tuple]:
    """The rows of the guide in every list that has one: by the list's name."""
    if guide is None:
        return {}
    found = {listing.name: listing.rows for kind in list_pages.KINDS if (listing := kind.rows(edition, [guide])).rows}
    offered: dict[str, list[Offered]] = {}
    for offering in guide.file.offerings:
        if offering.place in edition.places:
            offered.setdefault(offering.place, []).append((guide, offering))
    themes = guide.file.guide.item.person_themes, guide.file.guide.item.organisation_themes
    return found | {f"places/{code}": (lists.offerings(edition, code, one).rows, [each.windows for _, each in one], themes)
                    for code, one in offered.items()}
