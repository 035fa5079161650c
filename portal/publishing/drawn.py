"""publishing: one drawing of a site onto a stage: all that stands beside the guides, and after a change the guides that it
touches. What the shown site says already, by its outline, is left alone."""
from markupsafe import Markup

from portal.publishing import addresses, guide_files, home, notices, outline, pages, pieces, requested, site_map
from portal.publishing.beside import DATA, Beside
from portal.publishing.cards import EN, ZH, Card, mark
from portal.publishing.edition import Edition
from portal.publishing.frame import frame
from portal.publishing.frame_cut import Frames
from portal.publishing.guide_files import File
from portal.publishing.indexes import Index
from portal.publishing.outline import Outline
from portal.publishing.planned import Planned
from portal.publishing.publications import Stage


def key_of(edition: Edition, card: Card) -> str:
    """What the pages of a guide are made from: its card, and what is noted above it."""
    notes = edition.notes.get(card.slug)
    return f"{card.key} {mark(notes).hex()}" if notes else card.key


class Drawing:
    """`now` is the outline of what is drawn, in which the guides stand already that are; `before` that of the shown site."""

    def __init__(self, edition: Edition, frames: Frames, stage: Stage, now: Outline, before: Outline | None = None):
        self.edition = edition
        self.frames = frames
        self.stage = stage
        self.now = now
        self.before = before or Outline("")

    def change(self, changed: set[str]) -> None:
        """Guides that came or changed, those that went, and everything beside them that says something else for it."""
        kept = pieces.beside(self.stage, self.frames)
        for guide in self.edition.some(changed):
            files = list(guide_files.of_guide(guide, self.edition, self.frames, kept))
            self._put(files)
            self.now.guides[guide.slug] = key_of(self.edition, guide.card), outline.tails(guide.slug, (file.here for file in files if file.here))
        gone = self.before.guides.keys() - {card.slug for card in self.edition.cards}
        for slug in gone:
            del self.now.guides[slug]
            if kept:
                kept.forget(slug)
            for name in (f"guides/{slug}.json", f"guides/{slug}.jsonld"):
                self.stage.remove(f"{DATA}/{name}")
        for path in requested.made_of(changed | gone, self.stage.folder):
            self.stage.remove(path)
        self.draw()

    def draw(self) -> None:
        """Everything beside the guides, and the outline."""
        beside = Beside(self.edition)
        self.now.beside = beside.told()
        same = self.now.beside == self.before.beside
        self._notices()
        if not same:
            self._pages(list(beside.pages()))
            self._front(beside)
        self._files(beside, same)
        self._clear()
        for path, made in site_map.files(self.now, self.edition.public_url, self.before if self.before.around else None):
            if made is None:
                self.stage.remove(path)
            else:
                self.stage.put(path, made)
        self.stage.put(outline.NAME, self.now.told())

    def _notices(self) -> None:
        told = {notice.slug: notice for notice in self.edition.notices}
        self.now.notices = {}
        for slug, notice in told.items():
            key = mark(notice).hex()
            had = self.before.notices.get(slug)
            if had and had[0] == key:
                self.now.notices[slug] = had
            else:
                files = list(guide_files.of_notice(notice, self.edition, self.frames))
                self._put(files)
                self.now.notices[slug] = key, [file.here for file in files if file.here]

        self.stage.put(notices.REDIRECTS, notices.redirects(self.edition))

    def _pages(self, planned: list[Planned]) -> None:
        self.now.pages = {page.name: page.mark.hex() for page in planned}
        for page in planned:
            if self.before.pages.get(page.name) != self.now.pages[page.name]:
                for locale in (ZH, EN):
                    view, here = page.draw(locale), addresses.page(page.name, locale)
                    body = pages.body("index", index=view) if isinstance(view, Index) else pages.body("list", page=view)
                    self._put([guide_files.page(self.frames, here, view.title.text, view.lead, body)])

    def _files(self, beside: Beside, same: bool) -> None:
        coming = list(beside.files(places=not same))
        self.now.files = (self.before.files if same else {}) | {file.name: file.mark.hex() for file in coming}
        others = [file for file in coming if self.before.files.get(file.name) != self.now.files[file.name]]
        for file in others:
            self.stage.put(f"{DATA}/{file.name}", file.make())
        if self.before.around:
            for path in beside.stale(file.name for file in others):
                self.stage.remove(path)

    def _front(self, beside: Beside) -> None:
        """The front pages: their hand-written words, and below them the ways to the guides."""
        counts = [(name, str(text), text.en, slug, len(held)) for name, found in beside.ways.items() for text, slug, held in found]
        self.now.front = mark(len(self.edition.cards), counts, sorted(self.now.fronts.items())).hex()
        if self.now.front != self.before.front:
            for locale, (title, about, words) in self.now.fronts.items():
                here = addresses.home(locale)
                after = pages.body("home", frame=frame(self.edition, locale, here), **home.home(self.edition, beside.ways, locale))
                self._put([guide_files.page(self.frames, here, title, about, Markup(words) + after)])

    def _clear(self) -> None:
        """Takes away the pages that the shown site has and this one has not."""
        here, there = self.now, self.before
        gone: set[str] = set()
        for slug, had in there.guides.items():
            if (has := here.guides.get(slug)) is not had:  # what was not drawn anew is the very same entry
                gone.update(set(outline.paths(slug, had[1])) - set(outline.paths(slug, has[1]) if has else ()))
        for slug, had in there.notices.items():
            if (has := here.notices.get(slug)) is not had:
                gone.update(set(had[1]) - set(has[1] if has else ()))
        gone -= {path for slug, (_, paths) in here.notices.items() if slug in there.guides for path in paths}
        gone -= {path for slug, (_, tails) in here.guides.items() if slug in there.notices for path in outline.paths(slug, tails)}
        lost = [addresses.page(name, locale) for name in self.before.pages.keys() - self.now.pages.keys() for locale in (ZH, EN)]
        for path in sorted({*gone, *lost}):
            self.stage.remove(guide_files.path_of(path))
        for name in self.before.files.keys() - self.now.files.keys():
            self.stage.remove(f"{DATA}/{name}")

    def _put(self, files: list[File]) -> None:
        for file in files:
            self.stage.put(file.path, file.made)


