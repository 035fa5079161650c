"""cli/bench: what a page of the portal weighs on the line, and how many statements it takes."""
import re

from portal import create_app
from portal.cli.bench.browser import Browser, Seen
from portal.cli.bench.figures import Figure, at_most
from portal.cli.bench.walk import SLUG, desk, walk
from portal.config import Config

KB = 1024
ASSETS = re.compile(r'<(?:link rel="(stylesheet|icon)"|(script)) (?:href|src)="([^"]+)"')
GUIDES = frozenset({SLUG})


def measure(settings: Config) -> list[Figure]:
    app = create_app(settings)
    pages = walk(app) | desk(app)
    browser = Browser(app)
    views = {name: _assets(browser, page) for name, page in pages.items()}
    app.extensions["banshi"].database.dispose()
    html = max(page.packed for page in pages.values())
    whole = max(page.packed + sum(views[name].values()) for name, page in pages.items())
    slowest = max(pages, key=lambda name: pages[name].statements)
    return [
        at_most("portal page, HTML, heaviest of all", html / KB, "KB", 14),
        at_most("portal page, CSS", max(_sum(one, "css") for one in views.values()) / KB, "KB", 6),
        at_most("portal page, JS", max(_sum(one, "js") for one in views.values()) / KB, "KB", 18),
        at_most("portal page, first view, all", whole / KB, "KB", 40),
        at_most("portal page, first view, requests", 1 + max(len(one) for one in views.values()), "requests", 5),
        at_most("portal page, repeat view", html / KB, "KB", 14),
        at_most(f"SQL statements a page, most of {len(pages)} pages ({slowest})", pages[slowest].statements, "statements", 12),
    ]


def _assets(browser: Browser, page: Seen) -> dict[str, int]:
    """What the page asks for besides itself, with its bytes on the line. Each address carries the version, so that a
    browser keeps it and a repeat view asks for the page alone."""
    return {address: browser.get(address).packed for _, _, address in ASSETS.findall(page.html)}


def _sum(assets: dict[str, int], suffix: str) -> int:
    return sum(size for address, size in assets.items() if address.partition("?")[0].endswith(f".{suffix}"))
