"""The documents of a draft: uploaded, seen by their holder, taken back, or given another way."""
from io import BytesIO

import pytest

from portal import uploads as cleaning
from portal.uploads import room
from portal.views import documents
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


def test_a_full_room_is_told_as_such_and_can_be_tried_again(client, monkeypatch):
    page = fill(client, begin(client))
    with monkeypatch.context() as full:
        full.setattr(room, "place", busy)
        told = upload(client, page, "layout", status=503)
    assert "过十几秒再按一次上传" in told.text and told.response.headers["Retry-After"] == "15"
    assert "plan.jpg" in upload(client, told, "layout").text


def busy(_folder):
    raise room.Full


def test_uploads_are_counted_by_application(client, monkeypatch):
    monkeypatch.setattr(documents, "MOST", 2)
    page = fill(client, begin(client))
    for _ in range(2):
        page = upload(client, page, "layout")
    told = upload(client, page, "layout", status=429)
    assert "过十分钟再传" in told.text and "plan.jpg" in told.text
    upload(client, fill(client, begin(client)), "layout")


def test_files_that_cost_a_whole_sandbox_are_counted_more_closely(client, monkeypatch):
    monkeypatch.setattr(documents, "HALL_HEAVY", 2)
    page = fill(client, begin(client))
    for _ in range(3):
        page = upload(client, page, "layout")
    with monkeypatch.context() as bombs:
        bombs.setattr(cleaning, "sandboxed", bomb)
        for _ in range(2):
            upload(client, page, "layout", status=422)
    told = upload(client, page, "layout", status=429)
    assert "plan.jpg" in told.text


def bomb(_kind, _data):
    raise cleaning.UploadProblem("too_heavy")
