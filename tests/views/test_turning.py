"""Addresses that somebody typed or a machine made up: numbers that no database holds, names that no disk holds. They are of
nothing, and no error of the portal."""
import pytest

from portal.queries import offerings
from tests.engines import ENGINES
from tests.views.officers import at_desk

HUGE = (2**31, 2**63, 10**30)


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_that_no_database_holds_are_of_nothing(app, client, engine):
    assert app.extensions["banshi"].database.sqlite == (engine == "sqlite")
    admin, editor = at_desk(app, "admin"), at_desk(app, "bianji")
    for number in HUGE:
        for path in ("/desk/guides", "/desk/guides/missing", "/desk/reports", "/desk/staying", "/desk/searches", "/desk/places/990421000000/below"):
            editor.get(f"{path}?page={number}&department={number}")
        editor.get(f"/desk/staying.xlsx?department={number}")
        admin.get(f"/desk?page={number}")
        for path in ("/desk/guides/{}", "/desk/guides/1/difference/{}", "/desk/reports/{}", "/desk/words/{}", "/desk/guides/import/{}",
                     "/desk/publications/{}", "/desk/cases/{}"):
            admin.get(path.format(number), status=404)
        client.get(f"/revisions/food-business-licence/{number}", status=404)
        client.get(f"/revisions/food-business-licence/{number}.pdf", status=404)


def test_a_name_that_no_disk_holds_is_of_nothing(client):
    for path in ("/{}", "/pdf/{}.pdf", "/guides/{}/", "/data/{}.json"):
        client.get(path.format("a" * 300), status=404)
        client.get(path.format("%E4%BD%A0" * 100), status=404)
        client.get(path.format("a/" * 3000), status=404)


def test_a_list_leads_on_with_what_was_asked_for_and_without_htmx_as_it_is_no_piece(app, monkeypatch):
    monkeypatch.setattr(offerings, "PAGE", 3)
    page = at_desk(app, "bianji").get("/desk/places?q=9904211&page=2")
    links = [link for link in page.all("a") if link.get("rel") in ("prev", "next")]
    assert [link.get("href") for link in links] == ["/desk/places?page=1&q=9904211", "/desk/places?page=3&q=9904211"]
    assert not any(name.startswith("hx-") for link in links for name in link.attrib)
