"""Every kind of page in both languages, on a phone and on a desk: axe finds nothing, and nothing has to be pushed sideways."""
import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESKTOP, PHONE, SLUGS
from tests.conftest import PASSWORD
from tests.inspector import Inspector
from tests.views import walks

pytestmark = pytest.mark.browser
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
PUBLIC = {
    "home": "/", "guide of several departments": "/guides/990101006000/", "guide with several situations": "/guides/990101001000/",
    "guides": "/guides/", "departments": "/departments/", "themes": "/themes/", "audiences": "/audiences/", "tiers": "/tiers/",
    "how to apply": "/how-to-apply/", "rights": "/rights/", "accessibility": "/accessibility/", "about": "/about/",
}
PORTAL = {
    "search": "/search", "found": "/search?q=许可", "nothing found": "/search?q=量子", "not there": "/nowhere",
    "before applying": "/apply/open-restaurant", "resume": "/resume", "track": "/track", "sign in": "/desk/sign-in",
}


@pytest.fixture(scope="session")
def kept(live):
    """Addresses that need a session, with the cookie that opens them: an applicant's and an officer's."""
    applicant, officer = Inspector(live.app), Inspector(live.app)
    draft = walks.number_of(walks.begin(applicant))
    code, _ = walks.codes(walks.receipt(applicant))
    sent = int(draft) + 1
    officer.sign_in("shichang.window", PASSWORD)
    case = next(link for link in officer.get("/desk").links().values() if link.startswith("/desk/cases/"))
    mine = {
        "draft": f"/applications/{draft}", "situation": f"/applications/{draft}/fill/your-situation",
        "form": f"/applications/{draft}/fill/applicant", "documents": f"/applications/{draft}/documents",
        "check": f"/applications/{draft}/check", "receipt": f"/applications/{sent}/receipt",
        "tracker": f"/track/{code}", "tracker, PIN": f"/track/{code}/sign-in",
    }
    desk = {"queue": "/desk", "case": case, "correct": f"{case}/correct", "refuse": f"{case}/refuse"}
    return (mine, cookie(applicant)), (desk, cookie(officer))


def cookie(browser: Inspector) -> str:
    return browser.browser.get_cookie("banshi").value


def visit(opened, live, view, language, pages, session=None, look=lambda page, name: None) -> dict[str, object]:
    """Opens the pages one after another; what `look` finds wrong, by page."""
    page, found = opened(view=view, language="en-US" if language == "en" else "zh-CN"), {}
    if session:
        page.context.add_cookies([{"name": "banshi", "value": session, "url": live.url}])
    for name, address in pages.items():
        if language == "en":
            address = f"/en{address}" if name in PUBLIC else f"{address}{'&' if '?' in address else '?'}lang=en"
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == ("en" if language == "en" else "zh-Hans"), name
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[name] = "wider than the screen"
        if wrong := look(page, name):
            found[name] = wrong
    return found


def axe(page, name) -> list[str]:
    answer = Axe().run(page, options=RULES).response
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]} {json.dumps(one['nodes'][0].get('failureSummary', ''))[:200]}"
            for one in answer["violations"]]


@pytest.mark.parametrize(("language", "view", "look"), [
    ("zh", PHONE, axe), ("en", DESKTOP, axe), ("en", PHONE, None), ("zh", DESKTOP, None),
], ids=["zh phone axe", "en desk axe", "en phone", "zh desk"])
def test_pages_are_readable_by_all(opened, live, kept, language, view, look):
    more = {"look": look} if look else {}
    found = visit(opened, live, view, language, PUBLIC | PORTAL, **more)
    for pages, session in kept:
        found |= visit(opened, live, view, language, pages, session, **more)
    assert not found, "\n".join(f"{name}: {wrong}" for name, wrong in found.items())


def test_the_guides_that_are_looked_at_are_published(live):
    site = live.app.extensions["banshi"].config.data / "site" / "current"
    assert all((site / address.strip("/") / "index.html").is_file() for address in PUBLIC.values()) and len(SLUGS) == 3
