"""cli/bench: a guide's page on a slow line and a slow phone: 400 kbit/s, 400 ms to an answer, a processor slowed six times,
beside a blank page on the same line. Chromium, driven by Playwright, does it; where one is missing nothing is measured.

The browser holds back each answer by the latency and lets its bytes through at the pace of the line; setting up a connection
costs it nothing, so that a real line is slower by a round trip or two, for the blank page as for ours.
"""
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click
from werkzeug.serving import WSGIRequestHandler, make_server

from portal import create_app
from portal.cli.bench.figures import Figure, at_most, median
from portal.config import Config
from portal.db import Database
from portal.publishing import addresses, publications, site
from portal.queries import editions

GUIDES = frozenset({"water-abstraction-permit", "food-business-licence"})
KB, ROUNDS = 1024, 3
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOWER = 6
SEEN, NEXT = 2500, 15
"""Milliseconds until the content of a first view stands there, and KB of the next."""
BLANK = "blank-page"
PHONE = {"width": 360, "height": 640}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
LARGEST = "new PerformanceObserver(list=>{for(const one of list.getEntries())window.largest=one.startTime})" \
          ".observe({type:'largest-contentful-paint',buffered:true})"
PAINTED = "() => [performance.getEntriesByName('first-contentful-paint')[0].startTime, window.largest || 0]"


def measure(settings: Config) -> list[Figure]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return _missing("playwright")
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        return _missing("chromium")
    with _served(settings) as (url, slugs), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        rounds = [(_view(browser, f"{url}/{BLANK}/"), _view(browser, *(url + addresses.guide(slug, "zh-Hans") for slug in slugs)))
                  for _ in range(ROUNDS)]
        plain = _readable(browser, url + addresses.guide(slugs[0], "zh-Hans"))
        browser.close()
    blank, ours = zip(*rounds, strict=True)
    return [
        at_most("guide page, slow line, first content", median(one[0] for one in ours), "ms", SEEN, median(one[0] for one in blank)),
        at_most("guide page, slow line, largest content", median(one[1] for one in ours), "ms", SEEN, median(one[1] for one in blank)),
        at_most("guide page, slow line, first view", max(one[2] for one in ours) / KB, "KB", 12, max(one[2] for one in blank) / KB),
        at_most("guide page, slow line, next view", max(one[3] for one in ours) / KB, "KB", NEXT),
        at_most("guide page, words that are missing without JavaScript", plain, "words", 0),
    ]


def _view(browser, first: str, second: str | None = None) -> tuple[float, float, int, int]:
    """First and largest paint of the first page in milliseconds, its bytes on the line, and those of the next page."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    bytes_: list[float] = []
    session.on("Network.loadingFinished", lambda event: bytes_.append(event["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(LARGEST)
    page.goto(first, wait_until="load")
    page.wait_for_timeout(300)
    painted = page.evaluate(PAINTED)
    weight = sum(bytes_)
    bytes_.clear()
    if second:
        page.goto(second, wait_until="load")
        page.wait_for_timeout(300)
    context.close()
    return painted[0], painted[1], int(weight), int(sum(bytes_))


def _readable(browser, address: str) -> int:
    """How many words of the page are not there without scripts."""
    said = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, viewport=PHONE)
        page = context.new_page()
        page.goto(address)
        said.append(set(page.locator("body").inner_text().split()))
        context.close()
    return len(said[0] - said[1])


@contextmanager
def _served(settings: Config) -> Iterator[tuple[str, list[str]]]:
    """The site of the guides and a blank page, served on this machine; its address and those of the guides."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = Database(settings.database)
    with database.reading() as db:
        edition = editions.edition(db, settings)
    database.dispose()
    root = settings.data / "site"
    site.publish(edition, root)
    blank = publications.shown(root) / BLANK
    blank.mkdir()
    (blank / "index.html").write_text('<!doctype html><html lang="zh"><title>空</title><link rel="icon" href="data:,"><p>空</p></html>', "utf-8")
    app = create_app(settings)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}", sorted(slug for slug in edition.slugs if slug in GUIDES)[::-1]
    finally:
        server.shutdown()
        thread.join()
        app.extensions["banshi"].database.dispose()


class _Quiet(WSGIRequestHandler):
    def log(self, *_args) -> None:
        """Nothing: the figures are what is printed."""


def _missing(what: str) -> list[Figure]:
    click.echo(f"没有 {what}，没有测量慢速线路 no {what}: the slow line was not measured", err=True)
    return []
