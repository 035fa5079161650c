"""publishing: what is made when somebody first asks for it, beside the guides' papers: posters of places, and lists as
workbooks. A list's workbook is quick to make; a poster is kept under the hash of what it says, as other papers are."""
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from portal.publishing import addresses, lists, opendata, posters, tables
from portal.publishing.edition import Edition
from portal.publishing.indexes import groups
from portal.publishing.lists import EN, ZH, Listing

POSTER = re.compile(r"pdf/place-([0-9A-Za-z]+)(\.en)?\.pdf")
SHEET = re.compile(r"data/sheets/([a-z-]+?)(?:-([0-9]+))?\.xlsx")


@dataclass(frozen=True)
class Wanted:
    """`path` is its address without the slash, `place` the division code of its place; None for what all guides are in."""

    path: str
    place: str | None
    locale: str | None = None
    """The language of a poster; a workbook holds both."""
    name: str = ""


def wanted(path: str) -> Wanted | None:
    """What the path asks for; None where it is nothing that is made here."""
    if found := POSTER.fullmatch(path):
        return Wanted(path, found[1], EN if found[2] else ZH)
    if found := SHEET.fullmatch(path):
        return Wanted(path, found[2], name=found[1])
    return None


def make(edition: Edition, asked: Wanted, kept: Path, folder: Path) -> Path | None:
    """Makes it from the edition, which has the guides of its place or all, and puts it into the site's `folder`; gives the
    file. None where there is no such place or list. Raises `pdfs.engine.PressProblem`."""
    if asked.place is not None and asked.place not in edition.places:
        return None
    data = _poster(edition, asked, kept) if asked.locale else _sheet(edition, asked)
    return _put(folder / asked.path, data) if data else None


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
    from pdfs import engine  # loads a layout engine, which no list needs
    from pdfs import posters as printing

    values = posters.poster(edition, asked.place, lists.at_places(edition)[asked.place], asked.locale)
    code = Path(printing.__file__).read_bytes()
    key = hashlib.sha256(repr(values).encode() + engine.fingerprint().encode() + code).hexdigest()
    name = Path(addresses.poster(asked.place, asked.locale)).stem
    target = kept / "posters" / f"{name}.{key}.pdf"
    if not target.is_file():
        _put(target, printing.render(values))
        for old in target.parent.glob(f"{name}.*.pdf"):
            if old != target and old.name.count(".") == target.name.count("."):
                old.unlink(missing_ok=True)
    return target.read_bytes()


def _put(target: Path, data: bytes) -> Path:
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    aside.write_bytes(data)
    os.replace(aside, target)
    return target
