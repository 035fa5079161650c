"""publishing: booklets: all guides of a department, of a theme, or of a place, with contents, page numbers and bookmarks.

A booklet is made when somebody asks for it. Its chapters are kept under the hash of all that they depend on, as other papers are,
and so is the whole: after a change one chapter is printed, and what did not change is there at once.
"""
import hashlib
from collections.abc import Callable
from concurrent.futures import as_completed
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pdfs import booklets as printing
from portal.publishing import addresses, disk, guide_page, lists, offering_page, offices, papers, processes
from portal.publishing.booklet_kinds import PLACE, WAYS
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.guide_page import sample_notice
from portal.publishing.guide_variant import Reader
from portal.publishing.indexes import groups, pinyin
from portal.publishing.one_page import leading_out
from portal.publishing.place_page import departments
from portal.publishing.said import day, english, page_lang
from portal.publishing.tables import said
from portal.rules.guide.offering import Offering


@dataclass(frozen=True)
class Chapter:
    """A guide, as a place offers it where `offering` is given; `key` says what its pages depend on."""

    guide: PublishedGuide
    offering: Offering | None
    locale: str
    key: str

    @property
    def file(self) -> str:
        at = f".at-{self.offering.place}" if self.offering else ""
        return f"{self.guide.slug}{at}.{self.locale}.{self.key}.pdf"


@dataclass(frozen=True)
class Booklet:
    """`parts` are the title's: whose, and what; `groups` are titles, or '' for none, with their chapters; `lines` stand
    on the cover."""

    kind: str
    name: str
    locale: str
    parts: tuple[str, str]
    lines: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Chapter, ...]], ...]

    @property
    def title(self) -> str:
        return ": ".join(self.parts) if english(self.locale) else "".join(self.parts)

    @property
    def chapters(self) -> list[Chapter]:
        return [one for _, chapters in self.groups for one in chapters]


def booklet(edition: Edition, kind: str, name: str, locale: str) -> Booklet | None:
    """The booklet of a department or theme, by its name or its part of an address, or of the place of a division code; None where
    there is none, or no guide in it."""
    reader = Reader(locale, None, edition)
    t = reader.t
    if kind == PLACE:
        place = edition.places.get(name)
        offered = lists.at_places(edition)[name] if place else []
        called = (place.centre or place.name).said(locale) if place else ""
        lines = (place.address.said(locale) if place.address else "", place.telephone or "", *(str(one) for one in offices.hours(reader, place.hours))) if place else ()
        guides = {guide.slug: guide for guide in edition.some({card.slug for card, _ in offered})}
        own = {slug: next((one for one in guide.file.offerings if one.place == name), None) for slug, guide in guides.items()}
        held = [(said(text, locale), [(guides[card.slug], own[card.slug] if offices.has_page(edition, name) else None)
                                      for card, _ in chosen if card.slug in guides])
                for text, _, chosen in departments(edition, offered)]
    else:
        text, name, cards = next((one for one in groups(edition, WAYS[kind]) if name in (one[1], one[0].zh)), (None, name, []))
        called, lines = (text.said(locale) if text else ""), ()
        held = [("", [(guide, None) for guide in edition.some({card.slug for card in cards})])]
    chapters = tuple((title, tuple(_chapter(edition, *one, locale) for one in sorted(chosen, key=lambda one: pinyin(one[0].file.guide.item.name.zh))))
                     for title, chosen in held)
    if not any(held for _, held in chapters):
        return None
    return Booklet(kind, name, locale, (called, t("办事指南", "service guides")), tuple(one for one in lines if one), chapters)


def file_of(edition: Edition, booklet: Booklet, kept: Path, on: date) -> Path:
    """Where the booklet lies when it is made; `on` is the legal day, which stands on its cover."""
    key = hashlib.sha256(repr((_front(edition, booklet, on), [one.key for one in booklet.chapters])).encode()).hexdigest()
    return kept / "booklets" / f"{booklet.kind}-{booklet.name}.{booklet.locale}.{key}.pdf"


def make(edition: Edition, booklet: Booklet, kept: Path, on: date,
         progress: Callable[[int, int], None] = lambda done, number: None) -> Path:
    """Makes what is not kept of the booklet, chapters in one process a core, and gives its file. Raises `pdfs.engine.PressProblem`."""
    target = file_of(edition, booklet, kept, on)
    folder = target.parent / "chapters"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [one for one in booklet.chapters if not (folder / one.file).is_file()]
    number = len(booklet.chapters)
    progress(number - len(wanted), number)
    around = edition.around()
    with processes.pool() as pool:
        waiting = [pool.submit(print_chapter, around, one, folder) for one in wanted]
        try:
            for done, future in enumerate(as_completed(waiting), number - len(wanted) + 1):
                future.result()
                progress(done, number)
            if not target.is_file():
                pool.submit(_bind, _front(edition, booklet, on), [folder / one.file for one in booklet.chapters], target).result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return target


def print_chapter(edition: Edition, chapter: Chapter, folder: Path) -> None:
    """Prints a chapter; of a guide at a place in a language one is kept."""
    if chapter.offering:
        page = offering_page.paper(chapter.guide, chapter.offering, edition, chapter.locale)
    else:
        page = guide_page.facts(chapter.guide, edition, chapter.locale, whole=True)
    _put(folder / chapter.file, printing.chapter(leading_out(page)))


def _bind(front: dict, chapters: list[Path], target: Path) -> None:
    _put(target, printing.joined(front, chapters))


def _chapter(edition: Edition, guide: PublishedGuide, offering: Offering | None, locale: str) -> Chapter:
    paper = next(one for one in papers.papers(edition, guide) if (one.kind, one.locale) == ("guide", locale))
    key = hashlib.sha256(f"{paper.key} {offering.model_dump_json() if offering else ''}".encode()).hexdigest()
    return Chapter(guide, offering, locale, key[:32])


def _front(edition: Edition, booklet: Booklet, on: date) -> dict:
    """The values of `templates/print/booklet.html`."""
    t, number = Reader(booklet.locale, None, edition).t, len(booklet.chapters)
    return {
        "lang": page_lang(booklet.locale),
        "authority": edition.authority.said(booklet.locale),
        "title": booklet.title,
        "parts": list(booklet.parts),
        "lead": t(f"共{number}项", f"{number} guide" + "s" * (number != 1)),
        "lines": list(booklet.lines),
        "sample": sample_notice(edition, booklet.locale) if edition.sample else None,
        "address": edition.public_url + addresses.page(f"{WAYS[booklet.kind]}/{booklet.name}", booklet.locale),
        "qr_alt": t("扫码看网上的现行版本", "Scan for the current edition on the web"),
        "day": t(f"{day(on, booklet.locale)}装订", f"Bound on {day(on, booklet.locale)}"),
        "contents": t("目录", "Contents"),
        "groups": [{"title": title, "chapters": [one.guide.file.guide.item.name.said(booklet.locale) for one in chapters]}
                   for title, chapters in booklet.groups if chapters],
    }


def _put(target: Path, data: bytes) -> None:
    """The file in one stroke; earlier ones of the same name, but for their keys, go."""
    disk.keep(target, data)
    name = target.name[: -len(target.stem.rpartition(".")[2]) - len(".pdf")]
    for old in target.parent.glob(f"{name}*.pdf"):
        if old != target and old.name.removeprefix(name).count(".") == 1:
            old.unlink(missing_ok=True)
