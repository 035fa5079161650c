"""A booklet takes minutes: who asks reads that it is being made, twice is once, and then it stands under its address."""
import json

import pytest

from portal.publishing import booklet_orders

PATH = "/pdf/booklet-department-min-zheng-ju.pdf"


@pytest.fixture
def site(config):
    folder = config.data / "site" / "1"
    for page in ("departments/min-zheng-ju", "places/990421105202", "themes/she-hui-jiu-zhu"):
        (folder / page).mkdir(parents=True)
        (folder / page / "index.html").write_text("<!doctype html>")
    (folder.parent / "current").symlink_to("1")
    return folder


def test_the_first_who_asks_is_told_that_it_is_being_made(client, config, site):
    page = client.get(PATH, status=202)
    assert page.h1 == "正在装订" and "已经记下" in page.text and page.response.headers["Refresh"] == "15"
    assert page.links()["现在看看"] == PATH
    kept = config.data / "site/papers"
    client.get(PATH, status=202)
    order, = booklet_orders.open_orders(kept)
    assert (order.kind, order.name, order.locale, order.path) == ("department", "min-zheng-ju", "zh-Hans", PATH[1:])
    booklet_orders.write(booklet_orders.Order("department", "min-zheng-ju", "zh-Hans", done=2, number=6), kept)
    assert "已完成2项，共6项。" in client.get(PATH, status=202).text
    assert "2 of 6" in client.get(f"{PATH}?lang=en", status=202).text
    (site / "pdf").mkdir()
    (site / PATH[1:]).write_bytes(b"%PDF bound")
    assert client.get(PATH).response.data == b"%PDF bound"


def test_there_is_one_only_where_there_is_a_page(client, config, site):
    for path in ("booklet-department-nothing", "booklet-place-990421105299", "booklet-audience-x", "booklet-department-..-x", "booklet-place-", "booklet-place-990421105202.fr"):
        client.get(f"/pdf/{path}.pdf", status=404)
    for path in ("booklet-place-990421105202", "booklet-place-990421105202.en", "booklet-theme-she-hui-jiu-zhu.en"):
        client.get(f"/pdf/{path}.pdf", status=202)
    assert [one.name for one in booklet_orders.open_orders(config.data / "site/papers")] == ["990421105202", "990421105202", "she-hui-jiu-zhu"]


def test_why_it_failed_is_said_once_and_it_may_be_asked_for_again(client, config, site):
    client.get(PATH, status=202)
    order, = booklet_orders.open_orders(config.data / "site/papers")
    booklet_orders.write(booklet_orders.Order(order.kind, order.name, order.locale, failed=("装成一册太厚。", "Too many for one booklet.")), config.data / "site/papers")
    assert not list(booklet_orders.open_orders(config.data / "site/papers"))
    page = client.get(PATH, status=503)
    assert page.h1 == "这一册没有装订成" and "装成一册太厚" in page.text
    client.get(PATH, status=202)


def test_an_order_that_cannot_be_read_is_placed_anew(client, config, site):
    client.get(PATH, status=202)
    file, = (config.data / "site/papers/booklets/orders").glob("*.json")
    file.write_text("{")
    client.get(PATH, status=202)
    assert json.loads(file.read_text())["name"] == "min-zheng-ju"
