"""publishing: the public site, built by MkDocs with its own objects. Hand-written pages are Markdown; guides and
indexes are drawn straight from their values in the same frame, and stand in no navigation.

Every file goes on a stage of `portal.publishing.publications`, which decides when it is shown.
"""
import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote
from xml.sax.saxutils import escape

from markupsafe import Markup
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from portal.publishing import (
    addresses,
    beside,
    guide_page,
    home,
    indexes,
    notices,
    offering_page,
    pages,
    publications,
    requested,
    style,
)
from portal.publishing.edition import Edition, Notice, PublishedGuide
from portal.publishing.frame import frame
from portal.publishing.list_pages import ListPage
from portal.publishing.publications import Stage, Whole
from portal.publishing.said import english, page_lang, say
from portal.publishing.variant_page import keys, variant_pages

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
LOCALES = ("zh-Hans", "en")
LOC = re.compile("<loc>([^<]*)</loc>")
PLACES = re.compile("/guides/[^/]+/(?:at/|places/$)")
"""Pages that come and go with the places of a guide."""
OUTLINE = "outline.txt"
"""The file of a built site that holds the outline it was built from."""


class Site:
    """One build of the public site, as MkDocs' hook sees it. Without a stage it goes where MkDocs writes."""

    def __init__(self, edition: Edition, stage: Stage | None = None, progress: Callable[[int, int], None] = lambda done, total: None):
        self.edition = edition
        self.stage = stage
        self.progress = progress
        self.env = None
        self.paths: list[str] = []
        self.inline: set[tuple[str, str]] = set()

    def fill_in(self, markdown: str, page: Page) -> str:
        """The facts of the authority, where a hand-written page names them."""
        locale = _locale(page.url)
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
        title = page.meta.get("title") or page.title
        values = self._values(here, str(title), str(page.meta.get("description", "")))
        if page.meta.get("front"):
            locale = _locale(page.url)
            values["after"] = pages.body("home", frame=frame(self.edition, locale, here), **home.home(self.edition, locale))
        context["banshi"] = values
        if here not in self.paths:
            self.paths.append(here)
        return context

    def error_context(self, context, template: str):
        """What `404.html` and `unavailable.html` need. They have no page of their own, and speak both languages."""
        title = {"404.html": "没有找到 Not found", "unavailable.html": "暂时打不开 Not available"}.get(template, "")
        body = pages.body(template.removesuffix(".html").replace("404", "lost"), edition=self.edition) if title else ""
        around = replace(frame(self.edition, "zh-Hans", "/"), here="", is_home=template == "unavailable.html")
        context["banshi"] = self._values("/", title, "") | {
            "canonical": None, "title": title, "header": pages.header(around), "body": body}
        return context

    def write(self, config) -> None:
        """The guides, the indexes, the map of the site and its policy, when MkDocs has built the rest."""
        stage = self.stage = self.stage or Whole(Path(config.site_dir))
        number = len(self.edition.guides)
        for turn, locale in enumerate(LOCALES):
            for index in indexes.indexes(self.edition, locale):
                self._index(config, index, locale)
            for done, guide in enumerate(self.edition.guides, 1 + turn * number):
                self._guide(config, guide, locale)
                self.progress(done, number * len(LOCALES))
            for notice in self.edition.notices:
                self._notice(config, notice, locale)
            for page in beside.pages(self.edition, locale):
                self._list(config, page, locale)
        for name, made in beside.data(self.edition):
            stage.put(f"{beside.DATA}/{name}", made)
        stage.put(notices.REDIRECTS, notices.redirects(self.edition))
        self._map([path for path in self.paths if not PLACES.search(path)])
        for file in stage.folder.rglob("*.html"):
            self.inline |= style.inline_parts(file.read_text("utf-8"))
        stage.put("csp.txt", (style.policy(self.inline) + "\n").encode())
        stage.put(OUTLINE, (outline(self.edition) + "\n").encode())

    def rewrite(self, config, slugs: set[str], touched: beside.Touched) -> None:
        """The pages of these guides and every list that names one of them; then the open data."""
        for locale in LOCALES:
            for index in indexes.naming(self.edition, locale, slugs):
                self._index(config, index, locale)
            for guide in self.edition.guides:
                if guide.slug in slugs:
                    self._guide(config, guide, locale)
            for page in touched.pages(locale):
                self._list(config, page, locale)
        for name, made in touched.data():
            self.stage.put(f"{beside.DATA}/{name}", made)
        touched.forget(self.stage)
        self._forget(slugs)

    def _forget(self, slugs: set[str]) -> None:
        """Takes away the pages of offerings that are none any more and the papers of all; the map has those that there are."""
        came, gone = offering_page.changes(self.edition, slugs, self.stage.folder)
        for path in (*gone, *requested.made_of(slugs, self.stage.folder)):
            self.stage.remove(path)
        if came or gone:
            shown = (self.stage.folder / "sitemap.xml").read_text("utf-8")
            others = [path for path in LOC.findall(shown.replace(f"<loc>{escape(self.edition.public_url)}", "<loc>")) if not PLACES.search(path)]
            self._map(others)

    def _index(self, config, index: indexes.Index, locale: str) -> None:
        here = addresses.page(index.name, locale)
        self._page(config, here, index.title.text, index.lead, pages.body("index", index=index), style.page_css())

    def _list(self, config, page: ListPage, locale: str) -> None:
        here = addresses.page(page.name, locale)
        self._page(config, here, page.title.text, page.lead, pages.body("list", page=page), style.page_css())

    def _guide(self, config, guide: PublishedGuide, locale: str) -> None:
        view = guide_page.facts(guide, self.edition, locale)
        if self.edition.sample:
            view = replace(view, sample=None)  # the frame says it already, above every page
        lead = view.lead.text if view.lead else ""
        here = addresses.guide(guide.slug, locale)
        notes = [say(note, locale) for note in self.edition.notes.get(guide.slug, ())]
        above, css = (pages.body("notes", notes=notes), style.page_css()) if notes else (Markup(), style.guide_css())
        self._page(config, here, view.title.text, lead, above + pages.guide_body(view), css)
        if view.places:
            self._page(config, addresses.places(guide.slug, locale), f"{view.title} · {view.places.title}", lead,
                       pages.body("places", page=view), style.guide_css())
        for place, drawn in offering_page.pages(guide, self.edition, locale):
            self._page(config, place.path, f"{place.title} · {place.place}", place.description, above + drawn, css)
        for one in variant_pages(guide, self.edition, locale):
            self._page(config, one.address, f"{one.title} · {one.variant}", lead, pages.body("variant", page=one), style.guide_css())

    def _notice(self, config, notice: Notice, locale: str) -> None:
        view = notices.view(notice, self.edition, locale)
        here = addresses.guide(notice.slug, locale)
        self._page(config, here, f"{view.title} · {view.heading}", str(view.sentence), pages.body("withdrawn", notice=view),
                   style.page_css(), notices.canonical(notice, locale))

    def _page(self, config, here: str, title: str, description: str, body: Markup, css: str, counts: str | None = None) -> None:
        """Draws a page; `counts` is the address that counts instead of its own, which is then in no map of the site."""
        page = Page(title, File(f"{unquote(here).strip('/')}/index.md", "", config.site_dir, use_directory_urls=True), config)
        context = get_context(Navigation([], []), [], config, page)
        context["banshi"] = self._values(here, title, description) | {"body": body, "css": Markup(css)}
        if counts is not None:
            zh = self.edition.public_url + counts.removeprefix("/en")
            context["banshi"] |= {"canonical": self.edition.public_url + counts, "zh": zh, "en": zh.replace("/guides/", "/en/guides/", 1)}
        self.stage.put(page.file.dest_uri, style.tight(self.env.get_template("main.html").render(context)).encode())
        if counts is None:
            self.paths.append(here)

    def _values(self, here: str, title: str, description: str) -> dict:
        edition, locale = self.edition, _locale(here.lstrip("/"))
        around = frame(edition, locale, here)
        zh = here.removeprefix("/en") if english(locale) else here
        name = f"{edition.authority.said(locale)}{' ' if english(locale) else ''}{around.service}"
        return {
            "lang": page_lang(locale),
            "title": name if here == around.home else f"{title} · {name}",
            "description": " ".join(description.split())[:160],
            "canonical": edition.public_url + here,
            "zh": edition.public_url + zh,
            "en": f"{edition.public_url}/en{zh}",
            "css": Markup(style.page_css()),
            "skip": around.skip,
            "header": pages.header(around),
            "footer": pages.footer(around),
        }

    def _map(self, others: list[str]) -> None:
        """The map of the site: the other pages, then those of offerings."""
        paths = (*others, *(path for locale in LOCALES for path in offering_page.paths(self.edition, locale)))
        rows = "".join(f"<url><loc>{escape(self.edition.public_url + path)}</loc></url>\n" for path in paths)
        text = ('<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
                f"{rows}</urlset>\n").encode()
        self.stage.put("sitemap.xml", text)
        self.stage.put("sitemap.xml.gz", gzip.compress(text, mtime=0))


def build(edition: Edition, stage: Whole, progress: Callable[[int, int], None] = lambda done, total: None) -> Site:
    """The whole site onto the stage, whose folder is emptied first. Raises what MkDocs raises; the folder is then worthless."""
    config = _config(edition.public_url, stage.folder)
    site = config.extra["site"] = Site(edition, stage, progress)
    mkdocs_build(config)
    return site


def outline(edition: Edition) -> str:
    """A digest of what a change of guides leaves alone where only their own pages and the lists that name them change:
    which pages there are, which guides each list names, the county around them, the style sheets that the policy allows."""
    lists = [[(str(text), slug, [guide.slug for guide in guides]) for text, slug, guides in indexes.groups(edition, way.name)]
             for way in indexes.WAYS]
    guides = [(guide.slug, keys(guide.file.guide)) for guide in edition.guides]
    around = (replace(edition, guides=(), departments={}, places={}, changes=()), sorted(edition.departments.items()), sorted(edition.places.items()))
    told = repr((lists, guides, around, style.guide_css(), style.page_css()))
    return hashlib.sha256(told.encode()).hexdigest()


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
    """Draws the pages of changed guides, and the lists that name them, over the site in the stage's folder, by the
    functions of the whole build and to the same bytes. False where only a whole build will do: there is none yet, a guide
    came or went, or stands in other lists than before, so that the front page, the map and the overviews change too."""
    told = stage.folder / OUTLINE
    if not told.is_file() or told.read_text("utf-8").strip() != outline(edition):
        return False
    touched = beside.Touched(edition, slugs, stage.folder)
    if not touched.same_pages(stage.folder):
        return False
    config, env = _drawing(edition.public_url, stage.folder)
    site = Site(edition, stage)
    site.env = env
    site.rewrite(config, slugs, touched)
    return True


@lru_cache(maxsize=1)
def _drawing(public_url: str, folder: Path) -> tuple:
    """MkDocs' settings and the theme's compiled templates for a site: read once, they take longer than the drawing."""
    config = _config(public_url, folder)
    return config, config.theme.get_env()


def _config(public_url: str, folder: Path):
    return load_config(str(CONFIG), site_dir=str(folder), site_url=public_url + "/", strict=True)


def publish(edition: Edition, root: Path, finish: Callable[[Stage], None] = lambda stage: None,
            progress: Callable[[int, int], None] = lambda done, total: None) -> Path:
    """A new edition of the site below `root`, shown in one stroke; gives its folder.

    `finish` puts the papers beside the pages before they are shown. If anything fails the old site stays.
    """
    with publications.whole(root) as stage:
        build(edition, stage, progress)
        finish(stage)
    return publications.shown(root)


def without_theme_assets(files: Files) -> Files:
    """The files without the theme's scripts and style sheets: no page of the public site asks for them."""
    return Files([file for file in files if not file.src_uri.startswith("assets/")])


def _locale(url: str) -> str:
    return "en" if url == "en" or url.startswith("en/") else "zh-Hans"
