"""publishing: every file of the site that is of one guide alone: its pages in both languages, its places, its offerings, and
its open data. The whole build and a change draw them here, one guide at a time."""
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from markupsafe import Markup

from portal.publishing import (
    addresses,
    frame_cut,
    guide_page,
    notices,
    offering_page,
    offices,
    opendata,
    pages,
    variant_page,
)
from portal.publishing.blocks import Drawn, GuidePage, Row, Section
from portal.publishing.cards import EN, ZH
from portal.publishing.edition import Edition, Notice, PublishedGuide
from portal.publishing.frame_cut import Frames
from portal.publishing.guide_page import Part
from portal.publishing.guide_variant import Reader, variant_section
from portal.publishing.offering_page import Near
from portal.publishing.pieces import Kept, Pieces
from portal.publishing.said import Said, say
from portal.rules.guide.document import Variant
from portal.rules.guide.offering import Offering

COMMON = Markup(f"<{frame_cut.BODY}>")
"""Where a page has what is drawn and made tight apart, and put in at the end: to `tight` an element."""
REVISION, DAY = "\ue005", "\ue006"
"""Where a page tells its revision and the day of it, which every publication changes; signs that no text has."""


class File(NamedTuple):
    """A file by its path in the site; `here` is its address where it is a page that counts."""

    path: str
    made: bytes
    here: str | None = None


def of_guide(guide: PublishedGuide, edition: Edition, frames: Frames, kept: Kept | None = None) -> Iterator[File]:
    """Every file of the guide; what was drawn of it before and is `kept` is not drawn again."""
    held = Pieces(guide, kept)
    for locale in (ZH, EN):
        own = _Own(guide, edition, frames, locale, held)
        yield from own.pages()
        yield from own.offerings()
    for name, made in opendata.of_guide(edition, guide):
        yield File(f"data/{name}", made)
    held.keep()


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
    return File(path_of(here), frames.page(here, title, description, frame_cut.tight(body).encode(), sheet, counts), here)


def path_of(here: str) -> str:
    """Where the page of an address lies in the site: `/guides/a%20b/` in `guides/a b/index.html`."""
    return f"{unquote(here).lstrip('/')}index.html"


class _Own:
    """The pages of a guide in one language."""

    def __init__(self, guide: PublishedGuide, edition: Edition, frames: Frames, locale: str, held: Pieces):
        self.guide, self.edition, self.frames, self.locale, self.held = guide, edition, frames, locale, held
        head = guide_page.head(guide, edition, locale)
        self.head = replace(head, sample=None) if edition.sample else head  # the frame says it already, above every page
        self.lead = head.lead.text if head.lead else ""
        self.parts = guide_page.parts(guide, version=(REVISION, DAY))
        self.above, self.sheet = _notes(guide, edition, locale)

    def pages(self) -> Iterator[File]:
        guide, locale, title = self.guide, self.locale, self.head.title
        view, sections = self._drawn(self.parts, "summary", lambda seen: seen.file.offerings)
        body = frame_cut.tight(self.above + pages.guide_body(view)).replace(COMMON, sections)
        yield self._page(addresses.guide(guide.slug, locale), title.text, body, self.sheet)
        if offices.too_many(guide.file.offerings):
            name, body = self.held.drawn(f"{locale} all places", self._places, title)
            yield self._page(addresses.places(guide.slug, locale), f"{title} · {name}", body)
        if variant_page.keys(guide.file.guide):
            known = self.held.drawn("answers", lambda seen: variant_page.answers(seen.file.guide))
            for one in guide.file.guide.variants:
                yield self._variant(one, known.get(one.key, {}))

    def offerings(self) -> Iterator[File]:
        """The guide as each township and village offers it; what they share is drawn once."""
        guide, edition, locale = self.guide, self.edition, self.locale
        offered = offering_page.offered(guide, edition)
        if not offered:
            return
        view, sections = self._drawn([one for one in self.parts if one.name != "places"], "summary placeless", lambda seen: [])
        shared = frame_cut.tight(pages.body("offering_common", page=view)).replace(COMMON, sections).encode()
        doers, above, common = offering_page.Doers(guide), frame_cut.tight(self.above), COMMON.encode()
        for one in offered:
            near = doers.near(Reader(locale, guide.file.guide, edition), one)
            title, about, body = self.held.drawn(f"{locale} at {one.place}", partial(self._offering, one, near), one, near)
            here = addresses.offering(guide.slug, one.place, locale)
            yield File(path_of(here), self.frames.page(here, title, about, (above + body).encode().replace(common, shared), self.sheet), here)

    def _page(self, here: str, title: str, body: str, sheet: str = "guide") -> File:
        return File(path_of(here), self.frames.page(here, title, self.lead, body.encode(), sheet), here)

    def _reader(self, seen: PublishedGuide) -> Reader:
        return Reader(self.locale, seen.file.guide, self.edition, self.held.chart)

    def _drawn(self, parts: list[Part], name: str, offerings: Callable[[PublishedGuide], list[Offering]]) -> tuple[GuidePage, str]:
        """The guide with its summary, which tells of these offerings, and the names of its sections; and the sections."""
        told = self._rows(name, lambda seen, reader: guide_page.summary(reader, offerings(seen), seen.file.guide.variants))
        held = self._sections(parts)
        named = tuple(Section(key, Said(text, lang)) for names, _ in held for key, text, lang in names)
        sections = "".join(body for _, body in held).replace(REVISION, self.head.revision).replace(DAY, self.head.published)
        return replace(self.head, sections=named, drawn=Drawn(Markup(told), COMMON)), sections

    def _rows(self, name: str, make: Callable[[PublishedGuide, Reader], tuple[Row, ...]], *told: Variant) -> str:
        words = self.head.words
        return self.held.drawn(f"{self.locale} {name}", lambda seen: frame_cut.tight(pages.rows(make(seen, self._reader(seen)), words)), *told)

    def _sections(self, parts: list[Part]) -> list[tuple[list, str]]:
        return [self.held.drawn(f"{self.locale} {part.name}", partial(self._part, part), *part.told) for part in parts]

    def _part(self, part: Part, seen: PublishedGuide) -> tuple[list, str]:
        found = [one for one in part.make(seen, self._reader(seen)) if one]
        body = "".join(pages.section(one, self.head.words) for one in found)
        return [(one.key, one.title.text, one.title.lang) for one in found], frame_cut.tight(body)

    def _places(self, seen: PublishedGuide) -> tuple[str, str]:
        view = replace(self.head, places=offices.places(self._reader(seen), seen.file.offerings, slug=seen.slug))
        return str(view.places.title), frame_cut.tight(pages.body("places", page=view))

    def _variant(self, variant: Variant, known: dict) -> File:
        """The page of one of several situations."""
        parts = [guide_page.Part(f"for {variant.key}", lambda _, reader: variant_section(reader, variant, {}).sections, (variant,)),
                 *(one for one in self.parts if one.name == "contact")]
        whole = addresses.guide(self.guide.slug, self.locale)
        told = self._rows(f"summary {variant.key}", lambda seen, reader: guide_page.summary(reader, seen.file.offerings, [variant], whole), variant)
        sections = "".join(body for _, body in self._sections(parts))
        view = variant_page.head(self.guide, Reader(self.locale, self.guide.file.guide, self.edition), variant, known)
        body = frame_cut.tight(pages.body("variant", page=replace(view, drawn=Drawn(Markup(told), COMMON)))).replace(COMMON, sections)
        return self._page(view.address, f"{view.title} · {view.variant}", body)

    def _offering(self, offering: Offering, near: Near, seen: PublishedGuide) -> tuple[str, str, str]:
        view = offering_page.page(seen, offering, self.edition, self.locale, near)
        return f"{view.title} · {view.place}", view.description, frame_cut.tight(offering_page.body(view, COMMON))


def _notes(guide: PublishedGuide, edition: Edition, locale: str) -> tuple[Markup, str]:
    """What stands above a guide, what was merged into it, where it was handed down; and the style sheet of its page."""
    notes = [say(note, locale) for note in edition.notes.get(guide.slug, ())]
    return (pages.body("notes", notes=notes), "page") if notes else (Markup(), "guide")
