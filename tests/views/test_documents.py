"""The documents of a draft: uploaded, seen by their holder, taken back, or given another way."""
from io import BytesIO

import pytest

from tests.inspector import Inspector
from tests.views.walks import FOOD, begin, fill, form_to, upload


@pytest.fixture(autouse=True)
def food(published):
    published(FOOD)


def test_files_are_seen_by_their_holder_alone_and_can_be_taken_back(client, app):
    page = upload(client, fill(client, begin(client)), "layout")
    link = page.links()["plan.jpg"]
    seen = client.get(link)
    assert seen.data[:2] == b"\xff\xd8" and seen.response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in seen.response.headers["Content-Security-Policy"]
    assert "inline" in seen.response.headers["Content-Disposition"]
    Inspector(app).get(link, status=404)
    page = client.submit(form_to(page, "/remove"))
    assert "plan.jpg" not in page.text
    client.get(link, status=404)


def test_a_file_that_is_not_taken_says_why(client):
    page = upload(client, fill(client, begin(client)), "layout", (BytesIO(b"<script>alert(1)</script>"), "plan.jpg"), status=422)
    assert "只收照片" in page.text and "已填写的内容没有丢失" in page.text
    page = client.submit(form_to(page, "/documents/layout/files"), status=422)
    assert "请先选择文件" in page.text


def test_a_commitment_is_ticked_before_it_is_chosen(client):
    page = fill(client, begin(client))
    form = next(form for form in page.all("form") if "我用书面承诺代替" in "".join(form.itertext()))
    address = form.get("action")
    token = page.form("上传").data["csrf_token"]
    page = client.post(address, {"csrf_token": token, "way": "commit"}, status=422)
    assert "请先勾选承诺内容" in page.text
    page = client.post(address, {"csrf_token": token, "way": "commit", "committed": "yes"})
    assert "书面承诺代替" in page.text
