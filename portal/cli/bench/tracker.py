"""cli/bench: the tracker's page a second, against a bare route with the same bytes on the same server."""
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from portal import create_app
from portal.cli.bench.bare import DATABASE, PAGE
from portal.cli.bench.browser import Browser
from portal.cli.bench.figures import Figure, at_least_share, median, one_core
from portal.cli.bench.walk import SLUG, code_of, ready
from portal.config import Config

GUIDES = frozenset({SLUG})
ROUNDS, SECONDS, CONNECTIONS = 4, 1.5, 4
OURS, BARE = "portal.cli.serve:application", "portal.cli.bench.bare:create"


def measure(settings: Config) -> list[Figure]:
    app = create_app(settings)
    browser = Browser(app)
    code = code_of(browser.send(ready(browser), "/send", declared="y"))
    html = Browser(app).get(f"/track/{code}").html
    app.extensions["banshi"].database.dispose()
    page = settings.data / "tracker.html"
    page.write_text(html, "utf-8")
    environment = {**os.environ, "BANSHI_DATA": str(settings.data), "BANSHI_DEMO": "1", "BANSHI_PUBLIC_URL": settings.public_url,
                   PAGE: str(page), DATABASE: str(settings.data / "banshi.sqlite")}
    figures = []
    for cores, workers in (("one core", 1), (f"{os.cpu_count()} cores", os.cpu_count() or 1)):
        with ExitStack() as stack:
            if workers == 1:
                with one_core():
                    ports = [stack.enter_context(_served(factory, workers, environment)) for factory in (OURS, BARE)]
            else:
                ports = [stack.enter_context(_served(factory, workers, environment)) for factory in (OURS, BARE)]
            ours, theirs = [], []
            for _ in range(ROUNDS):
                ours.append(_rate(ports[0], code))
                theirs.append(_rate(ports[1], code))
        figures.append(at_least_share(f"tracker page, {cores}", median(ours), "a second", 0.8, median(theirs)))
    return figures


@contextmanager
def _served(factory: str, workers: int, environment: dict[str, str]) -> Iterator[int]:
    """A server as `./banshi serve` starts it; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers),
         "--blocking-threads", "4", "--no-ws", "--factory", "--log-level", "error", factory],
        env=environment, cwd=Path(__file__).parents[3], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _rate(port: int, code: str) -> float:
    """Pages a second over a few connections that stay open. Raises RuntimeError where a page is not the page."""
    done: list[int] = []
    wrong: list[int] = []
    until = time.perf_counter() + SECONDS

    def ask() -> None:
        connection, count = http.client.HTTPConnection("127.0.0.1", port), 0
        while time.perf_counter() < until:
            connection.request("GET", f"/track/{code}")
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.append(answer.status)
                break
            count += 1
        connection.close()
        done.append(count)

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"the tracker answers {wrong[0]}")
    return sum(done) / (time.perf_counter() - begun)
