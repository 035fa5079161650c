"""The ledger of routes: every route is in it, and nobody reaches what is a stranger's by any of them."""
import pytest
from sqlalchemy import select

from portal import ledger
from portal.models.places import Place
from portal.rules import tracking
from tests.inspector import Inspector
from tests.views import walks
from tests.views.officers import at_desk, file_case, look

PLACEHOLDER = {"key": "premises", "file_id": "1", "service_id": "1", "voucher_id": "1", "slug": walks.FOOD}
PUBLIC = {"static", "public.site", "applications.apply", "applications.start", "reports.write", "reports.send", "past.page", "past.paper"}
"""Routes with a part in their address that name nothing of anybody's."""


def test_every_route_is_in_the_ledger_and_the_other_way_round(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ledger.RULES)


def test_every_route_has_an_owner_and_says_who_may_come():
    for endpoint, rule in ledger.RULES.items():
        assert rule.owner and (rule.who in (ledger.ANYONE, ledger.HOLDER, ledger.STAFF) or rule.who), endpoint


def test_routes_that_name_an_object_are_never_open_to_anyone(app):
    named = {rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments}
    open_to_all = {endpoint for endpoint in named if ledger.RULES[endpoint].who == ledger.ANYONE}
    assert open_to_all == PUBLIC


def routes(app, argument: str) -> list[tuple[str, str, str]]:
    """(endpoint, method, address with {id}) of every route with that argument."""
    found = []
    for rule in app.url_map.iter_rules():
        if argument in rule.arguments:
            address = rule.rule
            for name in rule.arguments - {argument}:
                address = address.replace(f"<int:{name}>", PLACEHOLDER[name]).replace(f"<{name}>", PLACEHOLDER[name])
            address = address.replace(f"<int:{argument}>", "{id}").replace(f"<{argument}>", "{id}")
            found += [(rule.endpoint, method, address) for method in sorted(rule.methods & {"GET", "POST"})]
    return found


def asked(browser: Inspector, method: str, address: str) -> int:
    """The status that the browser gets; it sends its own token, so that nothing but the object is in question."""
    data = {"csrf_token": browser.token} if browser.token else {}
    answer = browser.browser.open(address, method=method, data=data if method == "POST" else None)
    return answer.status_code


def with_token(browser: Inspector, page) -> Inspector:
    found = [control.get("value") for control in page.all("input") if control.get("name") == "csrf_token"]
    browser.token = found[0] if found else ""
    return browser


@pytest.fixture
def stranger(app, published):
    """A person with a session and an application of her own."""
    published(walks.FOOD)
    browser = Inspector(app)
    return with_token(browser, walks.begin(browser))


def test_another_applicant_finds_nothing(app, stranger, client):
    mine = walks.number_of(walks.begin(client))
    tried = routes(app, "application_id")
    assert len(tried) > 15
    got = {(endpoint, method): asked(stranger, method, address.format(id=mine)) for endpoint, method, address in tried}
    assert set(got.values()) == {404}, {route: status for route, status in got.items() if status != 404}


def test_nobody_finds_nothing(app, stranger, client):
    mine = walks.number_of(walks.begin(client))
    nobody = Inspector(app)
    nobody.token = ""
    got = {(endpoint, method): asked(nobody, method, address.format(id=mine))
           for endpoint, method, address in routes(app, "application_id")}
    assert set(got.values()) == {404}, {route: status for route, status in got.items() if status != 404}


def test_her_own_application_is_found(app, stranger):
    """The proof that the tests above ask for something that is there."""
    own = stranger.get("/apply/" + walks.FOOD).links()
    address = next(href for href in own.values() if href.startswith("/applications/"))
    assert stranger.get(address).status == 200


def test_a_code_that_is_not_there_finds_nothing(app, stranger):
    code = tracking.shown(tracking.tracking_code(b"\x07" * tracking.RANDOM_BYTES))
    tried = routes(app, "code")
    assert len(tried) > 3
    for endpoint, method, address in tried:
        assert asked(stranger, method, address.format(id=code)) == 404, (endpoint, method)


@pytest.mark.parametrize("username", ["minzheng.window", "gongan.head", "yibao.window", "yunling.window", "yunling.head", "qingxi.window"])
def test_another_department_or_township_finds_nothing(app, ring, username):
    """A licence of the county's market bureau, where health and building have stages, is nobody else's."""
    case_id = file_case(app, ring)
    officer = at_desk(app, username)
    with_token(officer, officer.get("/search"))
    for endpoint, method, address in routes(app, "case_id"):
        assert asked(officer, method, address.format(id=case_id)) == 404, (endpoint, method)
    assert look(app, case_id).state == "submitted"


def test_a_township_finds_nothing_of_its_neighbour(app, ring):
    with app.extensions["banshi"].database.reading() as db:
        yunling = db.scalar(select(Place.id).where(Place.code == "990421101000"))
    case_id = file_case(app, ring, "subsistence-allowance", {"family_kind": "other"}, place_id=yunling)
    mine, neighbour = at_desk(app, "yunling.window"), at_desk(app, "qingxi.window")
    with_token(neighbour, neighbour.get("/search"))
    assert mine.get(f"/desk/cases/{case_id}").status == 200
    for endpoint, method, address in routes(app, "case_id"):
        assert asked(neighbour, method, address.format(id=case_id)) == 404, (endpoint, method)


@pytest.mark.parametrize("username", ["bianji", "fazhi"])
def test_who_is_no_officer_of_the_case_finds_nothing(app, ring, username):
    case_id = file_case(app, ring)
    person = at_desk(app, username)
    with_token(person, person.get("/search"))
    for endpoint, method, address in routes(app, "case_id"):
        assert asked(person, method, address.format(id=case_id)) in (403, 404), (endpoint, method)


@pytest.mark.parametrize("username", ["jiandu", "admin"])
def test_who_watches_sees_and_does_nothing(app, ring, username):
    case_id = file_case(app, ring)
    watcher = at_desk(app, username)
    with_token(watcher, watcher.get(f"/desk/cases/{case_id}"))
    for endpoint, method, address in routes(app, "case_id"):
        if method == "POST":
            assert asked(watcher, method, address.format(id=case_id)) == 404, endpoint
    assert look(app, case_id).state == "submitted"


def test_nobody_at_the_desk_without_signing_in(app, ring):
    case_id = file_case(app, ring)
    nobody = Inspector(app)
    nobody.token = ""
    for endpoint, method, address in routes(app, "case_id"):
        answer = nobody.browser.open(address.format(id=case_id), method=method)
        assert answer.status_code in (302, 403), (endpoint, method)
        assert "sign-in" in answer.headers.get("Location", "sign-in")


def test_the_files_and_papers_of_another_case_are_not_found_through_ones_own(app, ring):
    own, other = file_case(app, ring), file_case(app, ring)
    officer = at_desk(app, "shichang.window")
    officer.get(f"/desk/cases/{own}")
    officer.get(f"/desk/cases/{own}/papers/{own}.pdf")
    officer.get(f"/desk/cases/{own}/papers/{other}.pdf", status=404)
