"""publishing: the frame of a page drawn once and cut where pages differ. The theme takes ten times as long for a frame as it
takes to put a body into one that is cut; and a process that only fills frames need not load the theme.

What differs: title, description, the page's own path, its body.
"""
import re
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.publishing import outline, pages, style
from portal.publishing.edition import Edition
from portal.publishing.frame import frame
from portal.publishing.said import english, page_lang

LOCALES = ("zh-Hans", "en")
SHEETS = ("guide", "page")
"""The style sheets that a page carries: that of the guides, that of all others."""
TITLE, ABOUT, PATH, BODY = "\ue001", "\ue002", "\ue003", "\ue004"
"""Where a frame is cut: characters that no text has, which no template escapes."""
CUT = re.compile(f"([{TITLE}{ABOUT}{PATH}{BODY}])")
Drawing = Callable[[dict], str]
"""Draws the theme's frame around the values that `values` gives."""


@dataclass(frozen=True)
class Frames:
    """Frames that are cut; a plain value, which can be handed to another process."""

    edition: Edition
    """The county alone."""
    parts: dict[tuple[str, str, bool], tuple[bytes, ...]]
    inline: frozenset[tuple[str, str]]
    """What the frames have inline, for the policy."""
    bands: dict[str, str]
    """The head band by the paths of pages that it names, for which it looks another way, and by locale for all others."""
    names: dict[str, str]
    """What the site is called in each locale."""
    around: str
    """A digest of all that the pages in these frames say and are drawn with that stands in no guide."""

    def page(self, here: str, title: str, description: str, body: bytes, sheet: str = "page", counts: str | None = None) -> bytes:
        """The whole page at the path `here`; `body` is as `tight` gives it, `counts` the address that counts instead."""
        locale, about = locale_of(here), _short(description)
        path = here.removeprefix("/en") if english(locale) else here
        title = self.names[locale] if path == "/" else f"{title} · {self.names[locale]}"
        found = {TITLE: str(escape(title)), ABOUT: str(escape(about)), PATH: path}
        told = {sign.encode(): said.encode() for sign, said in found.items()} | {BODY.encode(): body}
        parts = self.parts[locale, sheet, bool(about)]
        if counts is not None:
            parts = self._counting(parts, counts, locale)
        if here in self.bands:
            parts = _pieces(_whole(parts).replace(self.bands[locale], self.bands[here]))
        return b"".join([told.get(part, part) for part in parts])

    def _counting(self, parts: tuple[bytes, ...], counts: str, locale: str) -> tuple[bytes, ...]:
        """A frame in which search engines are told of another address."""
        url, path = self.edition.public_url, counts.removeprefix("/en") if english(locale) else counts
        head, end, rest = _whole(parts).partition("<title>")
        return _pieces(head.replace(f"{url}{PATH}", f"{url}{path}").replace(f"{url}/en{PATH}", f"{url}/en{path}") + end + rest)


def tight(body: str) -> str:
    """A body without what nobody asks for on a page, and without the line breaks that templates leave behind."""
    return style.BREAKS.sub("><", style.SPARED.sub("", body)).strip()


def cut(edition: Edition, draw: Drawing) -> Frames:
    """The frames of the county's pages; `draw` is the theme's template."""
    county, parts, inline, bands, names = edition.around(), {}, set(), {}, {}
    for locale in LOCALES:
        bare = frame(county, locale, "/en" * english(locale) + PATH)
        names[locale] = f"{county.authority.said(locale)}{' ' if english(locale) else ''}{bare.service}"
        bands |= {link.href: tight(pages.header(frame(county, locale, link.href))) for link in bare.nav} | {locale: tight(pages.header(bare))}
        for sheet in SHEETS:
            for about in (ABOUT, ""):
                here = "/en" * english(locale) + PATH
                told = values(county, here, TITLE, about, sheet) | {"title": TITLE, "description": about, "body": BODY}
                html = style.tight(draw(told))
                before, _, after = html.partition(BODY)
                parts[locale, sheet, bool(about)] = _pieces(f"{before.rstrip()}{BODY}{after.lstrip()}")
                inline |= style.inline_parts(html)
    return Frames(county, parts, frozenset(inline), bands, names, outline.around(county))


def values(edition: Edition, here: str, title: str, description: str, sheet: str = "page") -> dict:
    """What the theme's template is told of a page at the path `here`."""
    locale = locale_of(here)
    around = frame(edition, locale, here)
    zh = here.removeprefix("/en") if english(locale) else here
    return {
        "lang": page_lang(locale),
        "title": _title(edition, locale, here, title),
        "description": _short(description),
        "canonical": edition.public_url + here,
        "zh": edition.public_url + zh,
        "en": f"{edition.public_url}/en{zh}",
        "css": Markup(style.guide_css() if sheet == "guide" else style.page_css()),
        "skip": around.skip,
        "header": pages.header(around),
        "footer": pages.footer(around),
    }


def locale_of(here: str) -> str:
    """The locale of the page at a path, with or without its first slash."""
    path = here.lstrip("/")
    return "en" if path == "en" or path.startswith(("en/", f"en{PATH}")) else "zh-Hans"


def _title(edition: Edition, locale: str, here: str, title: str) -> str:
    around = frame(edition, locale, here)
    name = f"{edition.authority.said(locale)}{' ' if english(locale) else ''}{around.service}"
    return name if around.is_home else f"{title} · {name}"


def _short(description: str) -> str:
    return " ".join(description.split())[:160]


def _pieces(html: str) -> tuple[bytes, ...]:
    return tuple(part.encode() for part in CUT.split(html))


def _whole(parts: tuple[bytes, ...]) -> str:
    return b"".join(parts).decode()
