"""Headers: the portal allows nothing inline; the published site exactly its own style sheets, by their hash."""
import base64
import hashlib
import re
from datetime import date

import pytest

from portal.publishing import county_edition, site
from portal.sample.county import county
from tests.actions.cases import sample
from tests.conftest import PASSWORD

SLUGS = ("senior-allowance", "open-restaurant")
INLINE = re.compile(r"<(style|script)\b[^>]*>(.*?)</\1>", re.DOTALL)
UNSAFE = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "http:", "https:", "*")


def rules(policy: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The public site with two guides."""
    folder = tmp_path_factory.mktemp("site")
    edition = county_edition.edition(county(), [(slug, sample(slug)) for slug in SLUGS], "http://localhost:8000", date(2026, 3, 2))
    site.publish(edition, folder)
    return folder


@pytest.fixture
def with_site(app, built):
    """The application with that site, as after `./banshi publish`."""
    (app.extensions["banshi"].config.data / "site").symlink_to(built, target_is_directory=True)
    return app.test_client()


def test_the_portal_allows_nothing_inline(client):
    for address, status in (("/search", 200), ("/track", 200), ("/resume", 200), ("/desk/sign-in", 200), ("/nowhere", 404)):
        policy = rules(client.get(address, status=status).response.headers["Content-Security-Policy"])
        assert policy["default-src"] == ["'none'"] and policy["script-src"] == ["'self'"] and policy["style-src"] == ["'self'"]
        assert policy["frame-ancestors"] == ["'none'"] and policy["base-uri"] == ["'none'"] and policy["form-action"] == ["'self'"]
        assert not [word for words in policy.values() for word in words if word in UNSAFE]


def test_the_usual_doors_are_shut(client):
    headers = client.get("/search").response.headers
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "HX-Request" in headers["Vary"] and "Set-Cookie" not in headers


def test_a_session_is_kept_from_scripts_other_sites_and_caches(client):
    form = client.get("/desk/sign-in?next=/search").form("password").set(username="admin", password=PASSWORD)
    answer = client.submit(form, follow=False, status=302)
    assert {"HttpOnly", "SameSite=Lax"} <= set(answer.response.headers["Set-Cookie"].split("; "))
    assert client.get("/search").response.headers["Cache-Control"] == "no-store"


def test_the_policy_of_the_site_has_a_hash_for_each_inline_part_and_no_more(with_site, built):
    policy = rules(with_site.get("/").headers["Content-Security-Policy"])
    pages = [file.read_text("utf-8") for file in (built / "current").rglob("*.html")]
    inline = {part for page in pages for part in INLINE.findall(page) if part[1].strip()}
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for _, text in inline}
    assert {word for words in policy.values() for word in words if word.startswith("'sha256-")} == hashes
    assert len(hashes) == 2, "one style sheet for guides, one for the other pages"
    assert not [tag for tag, _ in inline if tag == "script"] and policy["script-src"] == ["'none'"]
    assert not [page for page in pages if re.search(r"<[^>]+\s(?:style|on\w+)=", page)]


def test_no_page_of_the_site_asks_another_for_anything(built):
    for file in (built / "current").rglob("*.html"):
        asked = re.findall(r'<(?:link rel="(?:stylesheet|icon|preload)"|script|img|iframe)[^>]*(?:href|src)="([^"]+)"', file.read_text("utf-8"))
        assert not [address for address in asked if not address.startswith(("/", "data:"))], file
