"""Links are asked of a real server on this machine; without leave nothing inside is asked at all."""
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portal.jobs import Tools, links
from portal.models.guides import Item
from portal.models.staying import GuideFinding, LinkState
from portal.rules.staying import NAMED_LINK
from tests.conftest import NOW


class Answers(BaseHTTPRequestHandler):
    seen: list[tuple[str, str]] = []

    def do_HEAD(self):
        self.seen.append((self.command, self.path))
        status = {"/there": 200, "/gone": 404, "/no-head": 405 if self.command == "HEAD" else 200, "/broken": 500}.get(self.path)
        if status is None:
            self.send_response(302)
            self.send_header("Location", {"/moved": "/there", "/inside": "http://127.0.0.2:1/", "/file": "file:///etc/passwd"}.get(self.path, self.path))
        else:
            self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    Answers.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def here(address: str) -> bool:
    return address == "127.0.0.1"


@pytest.mark.parametrize(("path", "said"), [
    ("/there", "200"), ("/gone", "404"), ("/broken", "500"), ("/no-head", "200"), ("/moved", "200"), ("/round", "redirects"),
    ("/inside", "inside"), ("/file", "unfit"),
])
def test_a_real_server_answers(server, path, said):
    assert links.answer_of(server + path, here) == said


def test_a_body_is_fetched_only_where_head_is_refused(server):
    links.answer_of(server + "/there", here)
    links.answer_of(server + "/no-head", here)
    assert Answers.seen == [("HEAD", "/there"), ("HEAD", "/no-head"), ("GET", "/no-head")]


def test_nothing_inside_is_asked(server):
    assert links.answer_of(server + "/there") == "inside"
    assert Answers.seen == []


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1", "fc00::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::",
])
def test_addresses_of_the_inside_are_not_public(address):
    assert not links.public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8"])
def test_public_addresses_are(address):
    assert links.public(address)


@pytest.mark.parametrize("url", ["ftp://example.cn/", "http:///x", "javascript:alert(1)"])
def test_only_addresses_of_the_web_are_asked(url):
    assert links.answer_of(url) == "unfit"


def test_what_fails_night_after_night_is_counted_and_what_answers_begins_anew(config, database, ring):
    tools = Tools(config=None, database=database, keys=None, storage=None)
    urls = {"https://a.example.cn/": "404", "https://b.example.cn/": "200"}
    with database.writing() as db:
        item = Item(slug="one", name="一件事")
        db.add(item)
        db.flush()
        db.add_all(GuideFinding(item_id=item.id, kind=NAMED_LINK, subject=url, element="/guide/access/online_url") for url in urls)
        db.commit()
    for night in range(3):
        assert links.ask(tools, NOW + timedelta(days=night), urls.__getitem__) == 2
        assert links.ask(tools, NOW + timedelta(days=night, hours=1), urls.__getitem__) == 0, "once a night"
    with database.reading() as db:
        assert {row.url: row.failures for row in db.query(LinkState)} == {"https://a.example.cn/": 3, "https://b.example.cn/": 0}
    assert links.ask(tools, NOW + timedelta(days=4), lambda url: "unreachable") == 0, "without any network nobody is called dead"
    assert links.ask(tools, NOW + timedelta(days=4), lambda url: "200") == 2
    with database.reading() as db:
        assert all(row.failures == 0 for row in db.query(LinkState))
