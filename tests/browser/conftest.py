"""A real browser before a running portal with its published site, both of them once for all tests of a process."""
import shutil
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from portal import create_app
from portal.config import load
from portal.publishing import site
from portal.queries import editions
from tests.actions.cases import sample
from tests.conftest import publish_file

SLUGS = ("open-restaurant", "food-business-licence", "senior-allowance")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--no-first-run"]
PHONE, DESKTOP = {"width": 360, "height": 640}, {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Live:
    """A running portal: its address and its application."""

    url: str
    app: object


@contextmanager
def served(folder: Path, settled: Path, ring: Path, slugs: Iterable[str]) -> Iterator[Live]:
    """The portal served by threads on this machine, with these guides in force and its data in the folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    shutil.copy(settled, folder / "banshi.sqlite")
    url = f"http://127.0.0.1:{port}"
    app = create_app(load({"BANSHI_DATA": str(folder), "BANSHI_DEMO": "1", "BANSHI_KEYS": str(ring), "BANSHI_PUBLIC_URL": url}))
    with app.extensions["banshi"].database.writing() as db:
        for slug in slugs:
            publish_file(db, sample(slug), slug)
        db.commit()
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Live(url, app)
    server.shutdown()
    thread.join()
    app.extensions["banshi"].database.dispose()


@pytest.fixture(scope="session")
def live(tmp_path_factory, settled, ring):
    """The portal with a site of three guides."""
    with served(tmp_path_factory.mktemp("live"), settled, ring, SLUGS) as live:
        parts = live.app.extensions["banshi"]
        with parts.database.reading() as db:
            site.publish(editions.edition(db, parts.config), parts.config.data / "site")
        yield live


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, driven by Playwright; tests are skipped where there is none."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium: apt-get install chromium-headless-shell, or chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(Path(path)), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, live):
    """Opens a browser of one person: `opened(scripts=False)` gives its page. What the page complains of fails the test."""
    contexts, complaints = [], []

    def open_one(*, scripts: bool = True, view=PHONE, language: str = "zh-CN"):
        context = chromium.new_context(java_script_enabled=scripts, viewport=view, base_url=live.url, locale=language)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not [one for one in complaints if "the server responded with a status of 4" not in one]
