"""Every kind of page in both languages, on a phone and on a desk: axe finds nothing, and nothing has to be pushed sideways."""
import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import template_rendered

from tests.browser import kinds
from tests.browser.conftest import DESKTOP, PHONE, SLUGS
from tests.inspector import Inspector
from tests.views import walks

pytestmark = pytest.mark.browser
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
         "resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}
AXE = Axe()
LOOK = """async rules => {
    const behind = one => one ? [getComputedStyle(one), ...behind(one.parentElement)] : [];
    const looks = new Map();
    for (const one of document.querySelectorAll("body *")) {
        if (![...one.childNodes].some(part => part.nodeType == Node.TEXT_NODE && part.data.trim())) continue;
        const [own, ...around] = behind(one);
        const look = [own.color, own.fontSize, own.fontWeight, own.display, own.visibility,
            ...[own, ...around].map(style => [style.backgroundColor, style.backgroundImage, style.opacity].join())].join("|");
        if (!looks.has(look)) looks.set(look, one);
    }
    const whole = await axe.run(document, rules);
    const contrast = await axe.run({include: [...looks.values()]}, {runOnly: {type: "rule", values: ["color-contrast"]}});
    return [...whole.violations, ...contrast.violations];
}"""
"""All rules on the whole page, but contrast, which takes four fifths of the time, on one text of each look: its colours, size
and what lies behind it. A list's thousandth row has the contrast of its first."""
LAID_OUT = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("main *, #main * { content-visibility: visible !important }");
    document.adoptedStyleSheets = [sheet];
}"""
"""What is laid out only when it comes near has no place of its own until then: all of it is laid out first. By a sheet and not
by attributes, because htmx would carry these over to the next piece of a page that asks again, where the policy forbids them."""
TEMPLATES = Path(__file__).parents[2] / "templates"
NEVER = {"unsent.html"}
"""Pages of what should not happen, which no address opens."""


@pytest.fixture(scope="session")
def everybody(live, ring) -> list[kinds.Visitor]:
    return kinds.visitors(live, ring)


def visit(opened, live, view, other, language, visitor) -> dict[str, object]:
    """Opens the pages one after another, then turns each to the other width; what is wrong, by page."""
    page, found = opened(view=view, language="en-US" if language == "en" else "zh-CN"), {}
    page.add_init_script(AXE.axe_script)  # handed over once, not to every page
    if visitor.cookie:
        page.context.add_cookies([{"name": "banshi", "value": visitor.cookie, "url": live.url}])
    for name, told in visitor.pages.items():
        address, pressed, field, words = kinds.told(told)
        if language == "en":
            on_site = name in kinds.PUBLIC or name in kinds.FOUND
            address = f"/en{address}" if on_site else f"{address}{'&' if '?' in address else '?'}lang=en"
        answer = page.goto(address)
        assert answer.ok or name in kinds.NOT_THERE, f"{name}: {answer.status}"
        if pressed:
            if field:
                page.locator(f"main [name={field}]").fill(words)
            with page.expect_navigation():
                page.evaluate("ending => [...document.forms].find(one => one.method == 'post' && "
                              "new URL(one.action).pathname.endsWith(ending)).submit()", pressed)
        assert page.locator("html").get_attribute("lang") == ("en" if language == "en" else "zh-Hans"), name
        wrong = axe(page)
        for width in (view, other):
            page.set_viewport_size(width)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wrong.append(f"wider than {width['width']} pixels")
        page.set_viewport_size(view)
        if wrong:
            found[name] = wrong
    return found


def axe(page) -> list[str]:
    page.evaluate(LAID_OUT)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]} {json.dumps(one['nodes'][0].get('failureSummary', ''))[:200]}"
            for one in page.evaluate(LOOK, RULES)]


@pytest.mark.parametrize(("language", "view", "other"), [("zh", PHONE, DESKTOP), ("en", DESKTOP, PHONE)], ids=["zh", "en"])
def test_pages_are_readable_by_all(opened, live, everybody, language, view, other):
    found = {}
    for visitor in everybody:
        found |= visit(opened, live, view, other, language, visitor)
    assert not found, "\n".join(f"{name}: {wrong}" for name, wrong in found.items())


def test_a_pale_text_is_found_wherever_it_stands(opened, live):
    page = opened()
    page.goto(kinds.published(live)["guide with several situations"])
    page.evaluate("const cell = [...document.querySelectorAll('td')].pop(); cell.textContent = 'pale'; cell.style.color = '#aab'")
    assert [one for one in axe(page) if one.startswith("color-contrast") and "pale" in one]


def test_every_kind_of_page_is_looked_at(live, everybody):
    """A route or a page's template that nobody above opens is missed."""
    drawn, asked = set(), set()
    listening = template_rendered.connected_to(lambda sender, template, **_: drawn.add(template.name), live.app)
    routes = live.app.url_map.bind("localhost")
    with listening:
        for visitor in everybody:
            browser = Inspector(live.app)
            if visitor.cookie:
                browser.browser.set_cookie("banshi", visitor.cookie)
            for told in visitor.pages.values():
                address, pressed, field, words = kinds.told(told)
                asked.add(routes.match(address.partition("?")[0])[0])
                if pressed:
                    form = walks.form_to(browser.get(address), pressed)
                    form.data |= {field: words} if field else {}
                    browser.browser.post(form.action, data=form.data)
                else:
                    browser.browser.get(address, follow_redirects=True)
    owed = {rule.endpoint for rule in live.app.url_map.iter_rules() if "GET" in rule.methods} - kinds.NO_PAGES
    assert owed - asked == set()
    pages = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html") if '{% extends "base.html" %}' in path.read_text()}
    assert pages - drawn - NEVER == set()


def test_the_guides_that_are_looked_at_are_published(live):
    site = live.app.extensions["banshi"].config.data / "site" / "current"
    assert all((site / address.strip("/") / "index.html").is_file() for address in kinds.published(live).values()) and len(SLUGS) == 3
