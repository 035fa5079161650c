"""Compression: who takes gzip gets it, who does not gets the page, and a secret's length tells nothing."""
import gzip

from tests.conftest import PASSWORD


def test_a_page_is_packed_for_who_takes_it(app):
    plain = app.test_client().get("/search")
    packed = app.test_client().get("/search", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]


def test_the_style_sheet_is_packed_and_still_answers_not_modified(app):
    browser = app.test_client()
    first = browser.get("/static/banshi.css", headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    again = browser.get("/static/banshi.css", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_the_token_looks_different_each_time_and_holds(client):
    client.submit(client.get("/desk/sign-in?next=/search").form("password").set(username="admin", password=PASSWORD))
    tokens = [client.get("/search").form("csrf_token").data["csrf_token"] for _ in range(2)]
    assert tokens[0] != tokens[1]
    for token in ("", "zz", tokens[0][:-2] + "00", tokens[0][: len(tokens[0]) // 2]):
        client.post("/desk/sign-out", {"csrf_token": token}, status=400)
    client.post("/desk/sign-out", {"csrf_token": tokens[0]})
    assert "csrf_token" not in client.get("/search").html
