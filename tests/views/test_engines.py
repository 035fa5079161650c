"""The portal on both engines: one case from its first page to its delivery, the queue, the tracker, search, slowed sign-in."""
import pytest

from tests.conftest import PASSWORD
from tests.engines import ENGINES
from tests.inspector import Inspector
from tests.views import walks
from tests.views.officers import at_desk, carry_through

pytestmark = pytest.mark.parametrize("engine", ENGINES)
OFFICERS = ("shichang.window", "shichang.head", "shichang.review")


def test_a_case_from_its_first_page_to_its_delivery(app, published, engine):
    assert app.extensions["banshi"].database.sqlite == (engine == "sqlite")
    published(walks.FOOD)
    client = Inspector(app)
    code, _ = walks.codes(walks.receipt(client))
    assert "等待答复是否受理" in client.get(f"/track/{code}").text
    queue = at_desk(app, "shichang.window").get("/desk")
    case = next(link for link in queue.links().values() if link.startswith("/desk/cases/"))
    carry_through(app, int(case.rpartition("/")[2]), *OFFICERS)
    assert "办结" in Inspector(app).get(f"/track/{code}").text


def test_search_and_a_stranger(client, published):
    published(walks.FOOD, "senior-allowance")
    assert f"/guides/{walks.FOOD}/" in client.get("/search?q=食品经营").links().values()
    assert f"/guides/{walks.FOOD}/" in client.get("/search?q=spjy").links().values()
    client.get("/track/H3NV6-CD5R7", status=404)


def test_guessing_is_slowed(client):
    def sign_in(password: str, status: int):
        form = client.get("/desk/sign-in").form("password").set(username="admin", password=password)
        return client.submit(form, status=status)

    for _ in range(10):
        sign_in("wrong", 422)
    assert "尝试次数太多" in sign_in(PASSWORD, 429).text
