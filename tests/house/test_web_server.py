"""The manual's nginx set-up: with the portal down the published site is served, with its policy, and the rest says so."""
import re
import shutil
import socket
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from portal.publishing import site
from tests.publishing.editions import edition

MANUAL = (Path(__file__).resolve().parents[2] / "site_docs/operators/serve.md").read_text("utf-8")
BLOCK = re.search(r"```nginx\n(.*?)```", MANUAL, re.DOTALL).group(1)
COMMAND = re.search(r"```sh\n(printf .*)\n", MANUAL).group(1)
POLICY, PUBLISHED, PORTAL = "/etc/nginx/banshi-csp.conf", "/var/lib/banshi/site/current", "127.0.0.1:8000"


def location(name: str) -> dict[str, list[list[str]]]:
    """The directives of a location, each with its words."""
    found: dict[str, list[list[str]]] = {}
    inside = re.search(rf"location {re.escape(name)} \{{(.*?)\n    \}}", BLOCK, re.DOTALL).group(1)
    for line in re.sub(r"if \(.*?\}", "", inside, flags=re.DOTALL).split(";"):
        if words := line.split():
            found.setdefault(words[0], []).append(words[1:])
    return found


def test_files_of_the_site_come_first_and_the_portal_has_the_rest():
    files, portal = location("/"), location("@portal")
    assert files["try_files"] == [["$uri", "$uri/index.html", "@portal"]] and "proxy_pass" not in files
    assert [POLICY] in files["include"] and f"root {PUBLISHED};" in BLOCK
    assert portal["error_page"] == [["502", "503", "504", "/unavailable.html"]] and portal["proxy_intercept_errors"] == [["on"]]


@pytest.fixture
def address(tmp_path):
    """nginx as the manual sets it up, without TLS, before a site and a portal that is down."""
    nginx = shutil.which("nginx")
    if nginx is None:
        pytest.skip("nginx is not on this machine")
    site.publish(edition(), tmp_path / "site")
    (tmp_path / "site/current/redirects.map").write_text('"/guides/old/" "/guides/green/";\n')
    current = str(tmp_path / "site/current")
    subprocess.run(["sh", "-c", COMMAND.replace(PUBLISHED, current).replace(POLICY, str(tmp_path / "csp.conf"))], check=True)
    port, closed = _free(), _free()
    block = BLOCK.partition("\nserver {\n    listen 80;")[0]
    block = re.sub(r"listen 443.*;", f"listen 127.0.0.1:{port};", re.sub(r" *ssl_certificate.*\n", "", block))
    block = block.replace(PUBLISHED, current).replace(POLICY, str(tmp_path / "csp.conf")).replace(PORTAL, f"127.0.0.1:{closed}")
    kept = "".join(f"{word}_temp_path {tmp_path}/{word};" for word in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; events {{}} http {{ access_log off; {kept} default_type text/html;\n{block} }}")
    words = [nginx, "-p", str(tmp_path), "-e", str(tmp_path / "errors"), "-c", str(tmp_path / "nginx.conf")]
    subprocess.run([*words, "-t"], check=True, capture_output=True)
    server = subprocess.Popen(words)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield "127.0.0.1", port
    server.terminate()
    server.wait()


def test_with_the_portal_down_guides_are_read_and_applying_says_so(address, tmp_path):
    policy = (tmp_path / "site/current/csp.txt").read_text().strip()
    for path in ("/", "/guides/", "/guides/green/", "/en/guides/green/", "/guides/green"):
        status, headers, body = _get(address, path)
        assert status == 200 and "<h1" in body and headers["Content-Security-Policy"] == policy, path
    status, headers, _ = _get(address, "/guides/old/")
    assert status == 301 and headers["Location"].endswith("/guides/green/") and "max-age=3600" in headers["Cache-Control"]
    status, headers, body = _get(address, "/apply/green")
    assert status == 502 and "暂时打不开" in body and headers["Content-Security-Policy"] == policy


def _get(address: tuple[str, int], path: str):
    connection = HTTPConnection(*address, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, body


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
