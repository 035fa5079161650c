"""publishing: the public site, built by MkDocs with its own objects. Hand-written pages are Markdown; guides and
indexes are drawn straight from their values in the same frame, and stand in no navigation.

Every file goes on a stage of `portal.publishing.publications`, which decides when it is shown. A whole build and a change
draw with the same functions; the outline that a site carries tells a change what it touches.
"""
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from portal.publishing import frame_cut, many_guides, outline, pages, pieces, publications, style
from portal.publishing.drawn import Drawing, key_of
from portal.publishing.edition import Edition
from portal.publishing.frame import frame
from portal.publishing.frame_cut import LOCALES, Frames
from portal.publishing.many_guides import Each
from portal.publishing.publications import Stage, Whole

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
MANY = 300
"""Where so many guides have changed, all are drawn anew, on all cores."""
__all__ = ["LOCALES", "Site", "build", "publish", "redraw", "refresh", "without_theme_assets"]


class Site:
    """One build of the public site, as MkDocs' hook sees it. Without a stage it goes where MkDocs writes."""

    def __init__(self, edition: Edition, stage: Stage | None = None, progress: Callable[[int, int], None] = lambda done, total: None, each: Each | None = None):
        self.edition = edition
        self.stage = stage
        self.progress = progress
        self.each = each
        self.kept: list[Any] = []
        """What `each` gave of every guide, by address."""
        self.env = None
        self.written: list[str] = []
        self.fronts: dict[str, list[str]] = {}

    def fill_in(self, markdown: str, page: Page) -> str:
        """The facts of the authority, where a hand-written page names them."""
        locale = frame_cut.locale_of(page.url)
        edition = self.edition
        told = {
            "authority": edition.authority.said(locale),
            "telephone": edition.telephone or ("—"),
            "complaints": edition.complaints or ("—"),
        }
        for name, value in told.items():
            markdown = markdown.replace("{{ " + name + " }}", value)
        return markdown

    def context(self, context, page: Page):
        """What the template of a hand-written page needs besides MkDocs' own values."""
        here = "/" + page.url.removeprefix("./")
        title, about = str(page.meta.get("title") or page.title), str(page.meta.get("description", ""))
        context["banshi"] = frame_cut.values(self.edition, here, title, about)
        if page.meta.get("front"):  # drawn once the guides are counted
            self.fronts[frame_cut.locale_of(here)] = [title, about, page.content]
        if here not in self.written:
            self.written.append(here)
        return context

    def error_context(self, context, template: str):
        """What `404.html` and `unavailable.html` need. They have no page of their own, and speak both languages."""
        title = {"404.html": "没有找到 Not found", "unavailable.html": "暂时打不开 Not available"}.get(template, "")
        body = pages.body(template.removesuffix(".html").replace("404", "lost"), edition=self.edition) if title else ""
        around = replace(frame(self.edition, "zh-Hans", "/"), here="", is_home=template == "unavailable.html")
        context["banshi"] = frame_cut.values(self.edition, "/", title, "") | {
            "canonical": None, "title": title, "header": pages.header(around), "body": body}
        return context

    def write(self, config) -> None:
        """The guides, the indexes, the map of the site and its policy, when MkDocs has built the rest."""
        stage = self.stage = self.stage or Whole(Path(config.site_dir))
        frames = _frames(self.edition, config, self.env)
        now = outline.Outline(outline.around(self.edition), written=sorted(self.written), fronts=self.fronts)
        found = {one.card.slug: one for one in many_guides.draw(self.edition, frames, stage, self.each, self.progress)}
        found = [found[slug] for slug in self.edition.slugs if slug in found]
        if kept := pieces.beside(stage, frames):
            kept.sweep(self.edition.slugs)
        self.kept = [one.kept for one in found]
        cards = tuple(one.card for one in found)
        if self.edition.stock:
            self.edition.stock.keep(cards)
        now.guides = {one.card.slug: (key_of(self.edition, one.card), outline.tails(one.card.slug, one.pages)) for one in found}
        drawing = Drawing(replace(self.edition, listed=cards), frames, stage, now)
        drawing.draw()
        inline = set(frames.inline)
        for file in stage.folder.glob("*.html"):
            inline |= style.inline_parts(file.read_text("utf-8"))
        stage.put("csp.txt", (style.policy(inline) + "\n").encode())


def build(edition: Edition, stage: Whole, progress: Callable[[int, int], None] = lambda done, total: None, each: Each | None = None) -> Site:
    """The whole site onto the stage, whose folder is emptied first; `each` is done with every guide while it is at hand.
    Raises what MkDocs raises; the folder is then worthless."""
    config = _config(edition.public_url, stage.folder)
    site = config.extra["site"] = Site(edition, stage, progress, each)
    mkdocs_build(config)
    return site


def refresh(edition: Edition, slugs: set[str], root: Path, finish: Callable[[Stage], None] = lambda stage: None,
            by: str | None = None) -> bool:
    """A change of these guides, published into the site that is shown; `finish` puts their papers beside the pages, `by` is
    who published them. False where only a whole build will do."""
    with publications.change(root, slugs, by) as stage:
        drawn = redraw(edition, slugs, stage)
        if drawn:
            finish(stage)
    return drawn


def redraw(edition: Edition, slugs: set[str], stage: Stage) -> bool:
    """Draws the pages of these guides, of those that came or changed otherwise, and all that says something else for it, over
    the site in the stage's folder, by the functions of the whole build and to the same bytes. False where only a whole build
    will do: there is no site yet, or the county around the guides is another."""
    before = outline.read(stage.folder)
    if before is None or before.around != outline.around(edition):
        return False
    if edition.stock:
        edition.stock.keep(guide.card for guide in edition.guides)
    edition = replace(edition, listed=edition.cards)
    changed = {card.slug for card in edition.cards if card.slug in slugs or before.guides.get(card.slug, ("",))[0] != key_of(edition, card)}
    if len(changed) > MANY:
        return False
    frames = _frames_of(before.around, stage.folder, edition)
    Drawing(edition, frames, stage, replace(before, guides=dict(before.guides)), before).change(changed)
    return True


_kept: dict[str, Frames] = {}
"""The frames of the last site that was drawn, by its county: to cut them takes longer than to draw a guide."""


def _frames_of(around: str, folder: Path, edition: Edition) -> Frames:
    if around not in _kept:
        config, env = _drawing(edition.public_url, folder)
        frames = _frames(edition, config, env)
        _kept.clear()
        _kept[around] = frames
    return _kept[around]


def _frames(edition: Edition, config, env) -> Frames:
    """The theme's frame, drawn with MkDocs' own objects and cut."""
    template = env.get_template("main.html")

    def draw(told: dict) -> str:
        page = Page("", File("frame/index.md", "", config.site_dir, use_directory_urls=True), config)
        context = get_context(Navigation([], []), [], config, page)
        context["banshi"] = told
        return template.render(context)

    return frame_cut.cut(edition, draw)


@lru_cache(maxsize=1)
def _drawing(public_url: str, folder: Path) -> tuple:
    """MkDocs' settings and the theme's compiled templates for a site: read once, they take longer than the drawing."""
    config = _config(public_url, folder)
    return config, config.theme.get_env()


def _config(public_url: str, folder: Path):
    return load_config(str(CONFIG), site_dir=str(folder), site_url=public_url + "/", strict=True)


def publish(edition: Edition, root: Path, finish: Callable[[Stage], None] = lambda stage: None,
            progress: Callable[[int, int], None] = lambda done, total: None, each: Each | None = None) -> Path:
    """A new edition of the site below `root`, shown in one stroke; gives its folder.

    `finish` puts the papers beside the pages before they are shown. If anything fails the old site stays.
    """
    with publications.whole(root) as stage:
        build(edition, stage, progress, each)
        finish(stage)
    return publications.shown(root)


def without_theme_assets(files: Files) -> Files:
    """The files without the theme's scripts and style sheets: no page of the public site asks for them."""
    return Files([file for file in files if not file.src_uri.startswith("assets/")])
