"""publishing: what is made when somebody first asks for it, beside the guides' papers: a guide as one place offers it, posters
of places, and lists as workbooks. A list's workbook is quick to make; papers are kept under the hash of what they say.

Who changes a guide in the shown site takes away what `made_of` gives: it says something else now, and is made anew when
somebody asks.
"""
import hashlib
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.publishing import directory, disk, lists, offering_page, offices, opendata, posters, tables
from portal.publishing.edition import Edition
from portal.publishing.indexes import groups
from portal.publishing.lists import EN, ZH, Listing

OFFERING = re.compile(r"pdf/([^/]+)\.at-([0-9A-Za-z]+)(\.en)?\.pdf")
POSTER = re.compile(r"pdf/place-([0-9A-Za-z]+)(\.en)?\.pdf")
DIRECTORY = re.compile(r"pdf/places(\.en)?\.pdf")
SHEET = re.compile(r"data/sheets/([a-z-]+?)(?:-([0-9]+))?\.xlsx")
_press = threading.Lock()
"""One paper at a time in a process: who asks for the same one meanwhile finds it made."""


@dataclass(frozen=True)
class Wanted:
    """`path` is its address without the slash, `place` the division code of its place; None for what all guides are in.
    `slug` is the address of the only guide that it is made of."""

    path: str
    place: str | None
    locale: str | None = None
    """The language of a paper; a workbook holds both."""
    name: str = ""
    slug: str | None = None


def wanted(path: str) -> Wanted | None:
    """What the path asks for; None where it is nothing that is made here."""
    if found := OFFERING.fullmatch(path):
        return Wanted(path, found[2], EN if found[3] else ZH, slug=found[1])
    if found := POSTER.fullmatch(path):
        return Wanted(path, found[1], EN if found[2] else ZH)
    if found := DIRECTORY.fullmatch(path):
        return Wanted(path, None, EN if found[1] else ZH, name="places")
    if found := SHEET.fullmatch(path):
        return Wanted(path, found[2], name=found[1])
    return None


def make(edition: Edition, asked: Wanted, kept: Path) -> bytes | None:
    """Makes it from the edition, which has its guide, those of its place, or all; who asked shows it. None where there is no
    such place, offering or list. Raises `pdfs.engine.PressProblem`."""
    if asked.place is not None and asked.place not in edition.places:
        return None
    with _press:
        if asked.slug:
            return _offering(edition, asked, kept)
        if asked.place and asked.locale:
            return _poster(edition, asked, kept)
        return _directory(edition, asked, kept) if asked.locale else _sheet(edition, asked)


def made_of(slugs: set[str], folder: Path) -> Iterator[str]:
    """The papers in the site's `folder`, by their paths in it, that were made of offerings of these guides; and the booklets, of
    which a change may have made any old: what did not change of them is kept."""
    papers = folder / "pdf"
    for name in os.listdir(papers) if papers.is_dir() else ():
        slug, of_place, _ = name.rpartition(".at-")
        if name.startswith("booklet-") or (of_place and slug in slugs):
            yield f"pdf/{name}"


def sweep(edition: Edition, kept: Path) -> None:
    """Throws away the papers of offerings that are none any more; those that are stay, and are as good as new if they are."""
    names = {card.slug: {one.place for one in card.offers if offices.has_page(edition, one.place)} for card in edition.cards}
    for file in (kept / "offerings").glob("*/*.pdf"):
        if file.name.partition(".")[0] not in names.get(file.parent.name, ()):
            file.unlink(missing_ok=True)


def _offering(edition: Edition, asked: Wanted, kept: Path) -> bytes | None:
    """The guide as the place offers it; None where it does not."""
    found = next(((guide, one) for guide in edition.guides if guide.slug == asked.slug
                  for one in offering_page.offered(guide, edition) if one.place == asked.place), None)
    if found is None:
        return None
    from pdfs import guides as printing  # loads a layout engine, which no list needs

    view = offering_page.paper(*found, edition, asked.locale)
    return _kept(kept / "offerings" / asked.slug, f"{asked.place}.{'en' if asked.locale == EN else 'zh'}", view, printing)


def _sheet(edition: Edition, asked: Wanted) -> bytes | None:
    listing = _listing(edition, asked)
    return tables.as_xlsx(listing) if listing else None


def _listing(edition: Edition, asked: Wanted) -> Listing | None:
    if asked.place is not None:
        return lists.offerings(edition, asked.place, lists.at_places(edition)[asked.place]) if asked.name == "place" else None
    if asked.name in opendata.LISTINGS:
        return opendata.LISTINGS[asked.name](edition)
    for text, slug, guides in groups(edition, "tiers"):
        if asked.name == f"tier-{slug}":
            return lists.guides(edition, guides, asked.name, (f"{text.zh}事项清单", f"Services: {text.said(EN)}"))
    return None


def _poster(edition: Edition, asked: Wanted, kept: Path) -> bytes:
    from pdfs import posters as printing  # loads a layout engine, which no list needs

    values = posters.poster(edition, asked.place, lists.at_places(edition)[asked.place], asked.locale)
    return _kept(kept / "posters", f"{asked.place}.{'en' if asked.locale == EN else 'zh'}", values, printing)


def _directory(edition: Edition, asked: Wanted, kept: Path) -> bytes:
    from pdfs import directories as printing  # loads a layout engine, which no list needs

    return _kept(kept / "directories", "en" if asked.locale == EN else "zh", directory.directory(edition, asked.locale), printing)


def _kept(folder: Path, name: str, values, printing) -> bytes:
    """The paper of these values as it is kept under their hash, printed if need be; of one name one is kept."""
    from pdfs import engine

    code = Path(printing.__file__).read_bytes()
    key = hashlib.sha256(repr(values).encode() + engine.fingerprint().encode() + code).hexdigest()
    target = folder / f"{name}.{key}.pdf"
    if not target.is_file():
        disk.keep(target, printing.render(values))
        for old in folder.glob(f"{name}.*.pdf"):
            if old != target:
                old.unlink(missing_ok=True)
    return target.read_bytes()
