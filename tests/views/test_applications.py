"""Applying, told as people do it: without JavaScript, page after page, until the receipt."""
from io import BytesIO

import pytest
from PIL import Image

FOOD = {
    "a-org_name": "青溪小馆", "a-legal_name": "李青溪", "a-legal_id": "990421198505122011", "a-contact_phone": "0680-5552345",
}
PREMISES = {"a-premises_address": "云岭大道56号", "a-area": "85", "a-business_type": "catering", "a-items": ["hot", "cold"],
            "a-online_orders": "false"}


def photo(name="plan.jpg"):
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return BytesIO(out.getvalue()), name


def begin(client, slug="food-business-licence"):
    """Opens a draft; returns the first page."""
    return client.submit(client.get(f"/apply/{slug}").form("开始填写"))


def fill(client, page):
    """Fills in the food licence up to the page of documents."""
    page = client.submit(page.form("保存并继续").set(**{"a-matter": "new"}))
    page = client.submit(page.form("保存并继续").set(**FOOD))
    page = client.submit(page.form("保存并继续").set(**PREMISES))
    return client.submit(page.form("保存并继续").set(**{"a-safety_officer": "何丰年", "a-staff_number": "6"}))


def give(client, page):
    """Uploads the plan, brings the ID card, owes the rest."""
    form = page.form("files\"")
    form = next_form(page, "/documents/layout/files")
    form.data["file"] = photo()
    page = client.submit(form)
    for key, way in (("rules", "later"), ("health", "later"), ("id_card", "window")):
        page = client.submit(next_form(page, f"/documents/{key}/way").press(way))
    return page


def next_form(page, address):
    from tests.inspector import Form

    for element in page.all("form"):
        if (element.get("action") or "").endswith(address):
            return Form(element, page.url)
    raise AssertionError(f"no form to {address}: {page.text[:300]}")


def submitted(client):
    page = give(client, fill(client, begin(client)))
    page = client.get(page.links()["下一步：核对并提交"])
    return client.submit(page.form("提交申请").set(declared="y"))


@pytest.fixture(autouse=True)
def food(published):
    published("food-business-licence")


def test_a_whole_walk(client):
    page = submitted(client)
    assert page.h1 == "申请已提交，材料已收到"


def test_what_a_township_handles_is_filed_in_a_township(client, published):
    published("subsistence-allowance")
    page = client.get("/apply/subsistence-allowance")
    places = next(select for select in page.all("select") if select.get("name") == "place")
    assert len([option for option in places if option.get("value")]) == 12, "the townships, not the hall that only decides"
