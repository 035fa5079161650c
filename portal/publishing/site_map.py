"""publishing: the map of the site for search engines: an index, a part for the pages that are no guides, and parts for the
guides, each guide in the part that its address falls to, so that one that comes or goes changes one part."""
import gzip
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from xml.sax.saxutils import escape

from portal.publishing import addresses, outline
from portal.publishing.cards import EN, ZH
from portal.publishing.outline import Outline

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PAGES = "pages"


def files(now: Outline, public_url: str, before: Outline | None = None) -> Iterator[tuple[str, bytes | None]]:
    """The files of the map by path; with `before`, those alone that say something else, None for one that is gone."""
    said, had = _parts(now), _parts(before) if before else {}
    for part in sorted(said.keys() | had.keys()):
        if said.get(part) != had.get(part):
            yield f"sitemaps/{part}.xml", _urls(public_url, part, now) if part in said else None
    if said.keys() != had.keys():
        rows = "".join(f"<sitemap><loc>{escape(f'{public_url}/sitemaps/{part}.xml')}</loc></sitemap>\n" for part in sorted(said))
        index = f"{HEAD}<sitemapindex {SPACE}>\n{rows}</sitemapindex>\n".encode()
        yield "sitemap.xml", index
        yield "sitemap.xml.gz", gzip.compress(index, mtime=0)


def _parts(told: Outline) -> dict[str, list]:
    """What each part is made from, by its name."""
    found: dict[str, list] = {PAGES: [told.written, sorted(told.pages)]}
    for held in (told.guides, told.notices):
        for slug in sorted(held):
            found.setdefault(_part(slug), []).append((slug, held[slug][1]))
    return found


@cache
def _part(slug: str) -> str:
    return f"guides-{hashlib.sha256(slug.encode()).hexdigest()[0]}"


def _urls(public_url: str, part: str, now: Outline) -> bytes:
    if part == PAGES:
        paths: Iterable[str] = [*now.written, *(addresses.page(name, locale) for name in sorted(now.pages) for locale in (ZH, EN))]
    else:
        paths = [path for slug in sorted(now.guides) if _part(slug) == part for path in outline.paths(slug, now.guides[slug][1])]
        paths += [path for slug in sorted(now.notices) if _part(slug) == part for path in now.notices[slug][1]]
    rows = "".join(f"<url><loc>{escape(public_url + path)}</loc></url>\n" for path in paths)
    return f"{HEAD}<urlset {SPACE}>\n{rows}</urlset>\n".encode()
