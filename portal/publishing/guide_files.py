"""publishing: every file of the site that is of one guide alone: its pages in both languages, its places, its offerings, and
its open data. The whole build and a change draw them here, one guide at a time."""
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import unquote

from markupsafe import Markup

from portal.publishing import addresses, frame_cut, guide_page, notices, offering_page, opendata, pages
from portal.publishing.cards import EN, ZH
from portal.publishing.edition import Edition, Notice, PublishedGuide
from portal.publishing.frame_cut import Frames
from portal.publishing.said import say
from portal.publishing.variant_page import variant_pages

COMMON = Markup(frame_cut.BODY)
"""Where an offering's page has what all places share: it is made tight once and put in at the end."""


class File(NamedTuple):
    """A file by its path in the site; `here` is its address where it is a page that counts."""

    path: str
    made: bytes
    here: str | None = None


def of_guide(guide: PublishedGuide, edition: Edition, frames: Frames) -> Iterator[File]:
    """Every file of the guide."""
    for locale in (ZH, EN):
        yield from _pages(guide, edition, frames, locale)
        yield from _offerings(guide, edition, frames, locale)
    for name, made in opendata.of_guide(edition, guide):
        yield File(f"data/{name}", made)


def of_notice(notice: Notice, edition: Edition, frames: Frames) -> Iterator[File]:
    """What stands at the address of a guide that was withdrawn."""
    for locale in (ZH, EN):
        view = notices.view(notice, edition, locale)
        here, counts = addresses.guide(notice.slug, locale), notices.canonical(notice, locale)
        file = page(frames, here, f"{view.title} · {view.heading}", str(view.sentence), pages.body("withdrawn", notice=view),
                    counts=counts)
        yield file._replace(here=None) if counts else file


def page(frames: Frames, here: str, title: str, description: str, body: str, sheet: str = "page", counts: str | None = None) -> File:
    """The file of the page at that address; `counts` is the address that counts instead of its own."""
    return File(path_of(here), frames.page(here, title, description, frame_cut.tight(body), sheet, counts), here)


def path_of(here: str) -> str:
    """Where the page of an address lies in the site: `/guides/a%20b/` in `guides/a b/index.html`."""
    return f"{unquote(here).lstrip('/')}index.html"


def _pages(guide: PublishedGuide, edition: Edition, frames: Frames, locale: str) -> Iterator[File]:
    view = guide_page.facts(guide, edition, locale)
    if edition.sample:
        view = replace(view, sample=None)  # the frame says it already, above every page
    lead = view.lead.text if view.lead else ""
    above, sheet = _notes(guide, edition, locale)
    yield page(frames, addresses.guide(guide.slug, locale), view.title.text, lead, above + pages.guide_body(view), sheet)
    if view.places:
        yield page(frames, addresses.places(guide.slug, locale), f"{view.title} · {view.places.title}", lead, pages.body("places", page=view), "guide")
    for one in variant_pages(guide, edition, locale):
        yield page(frames, one.address, f"{one.title} · {one.variant}", lead, pages.body("variant", page=one), "guide")


def _offerings(guide: PublishedGuide, edition: Edition, frames: Frames, locale: str) -> Iterator[File]:
    """The guide as each township and village offers it; what they share is drawn once."""
    shared, (above, sheet) = None, _notes(guide, edition, locale)
    for one in offering_page.offered(guide, edition):
        shared = shared or frame_cut.tight(offering_page.common(guide, edition, locale))
        view = offering_page.page(guide, one, edition, locale)
        body = frame_cut.tight(above + offering_page.body(view, COMMON)).replace(COMMON, shared)
        yield File(path_of(view.path), frames.page(view.path, f"{view.title} · {view.place}", view.description, body, sheet), view.path)


def _notes(guide: PublishedGuide, edition: Edition, locale: str) -> tuple[Markup, str]:
    """What stands above a guide, what was merged into it, where it was handed down; and the style sheet of its page."""
    notes = [say(note, locale) for note in edition.notes.get(guide.slug, ())]
    return (pages.body("notes", notes=notes), "page") if notes else (Markup(), "guide")
