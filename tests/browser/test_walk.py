"""A joint case with parallel stages, from its form to delivery, in a real browser: without scripts, and with them."""
import re

import pytest

from tests.browser.conftest import DESKTOP
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
ANSWERS = {
    "place_size": "small", "org_name": "青溪小馆", "legal_name": "李青溪", "legal_id": "990421198505122011",
    "contact_phone": "0680-5552345", "premises_address": "云岭大道56号", "area": "260", "seats": "80", "has_sign": "true",
    "sign_size": "宽6米，高1.2米", "air": "false", "staff_number": "12", "safety_officer": "何丰年",
}
DESK = (
    ("shichang.head", "food_examine", "passed"), ("zhujian.window", "fire_examine", "passed"),
    ("weijian.window", "health_examine", "passed"), ("zhujian.window", "sign_examine", "passed"),
    ("shichang.review", "food_site", "fit"), ("shichang.head", "decide", "grant"),
)


def answer(page, scripts: bool) -> None:
    """Answers every question that stands on the page, with what hangs on an answer when it appears."""
    for _ in range(3):
        fresh = False
        for key, value in ANSWERS.items():
            fields = page.locator(f'[name="a-{key}"]')
            if fields.count() == 0:
                continue
            kind = fields.first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                one = page.locator(f'[name="a-{key}"][value="{value}"]')
                if not one.is_checked():
                    choose(page, one, scripts)
                    fresh = True
            elif fields.first.input_value() != value:
                fields.first.fill(value)
                fresh = True
        if not fresh:
            return


def choose(page, one, scripts: bool) -> None:
    """Ticks it; with scripts, a question on which others hang brings them at once."""
    if scripts and one.get_attribute("hx-post"):
        with page.expect_response(re.compile("/fill/")):
            one.check()
        page.wait_for_timeout(100)
    else:
        one.check()


def press(page, button) -> None:
    """Presses it and waits for the page that follows."""
    with page.expect_navigation():
        button.click()


def give(page) -> None:
    """Brings each document to the window, where that is offered."""
    while True:
        open_ones = page.locator("section.document", has=page.locator(".badge--open"))
        if open_ones.count() == 0:
            return
        before = open_ones.count()
        button = open_ones.first.locator('button[value="window"], button[value="later"]').first
        if not button.is_visible():
            open_ones.first.locator("summary").first.click()
        press(page, button)
        assert page.locator(".badge--open").count() < before


def apply(page, scripts: bool) -> str:
    """From the guide to the receipt; the tracking code."""
    page.goto("/apply/open-restaurant")
    press(page, page.get_by_role("button", name="开始填写"))
    while "/fill/" in page.url:
        answer(page, scripts)
        press(page, page.get_by_role("button", name="保存并继续"))
    assert page.url.split("#")[0].endswith("/documents")
    give(page)
    press(page, page.get_by_role("link", name="核对并提交").last)
    assert "青溪小馆" in page.locator("main").inner_text()
    page.locator('[name="declared"]').check()
    press(page, page.get_by_role("button", name="提交申请"))
    assert page.url.endswith("/receipt")
    return page.locator("span.code").first.inner_text()


def case_number(live) -> int:
    from sqlalchemy import func, select

    from portal.models.cases import Case

    with live.app.extensions["banshi"].database.reading() as db:
        return db.scalar(select(func.max(Case.id)))


def sign_in(page, username: str) -> None:
    page.goto("/desk/sign-in")
    page.locator('[name="username"]').fill(username)
    page.locator('[name="password"]').fill(PASSWORD)
    press(page, page.get_by_role("button", name="登录"))


def finish(page, number: int, key: str, outcome: str | None) -> None:
    page.goto(f"/desk/cases/{number}")
    form = page.locator(f'form[action$="/stages/{key}"]')
    if outcome:
        form.locator(f'[name="{key}-outcome"][value="{outcome}"]').check()
    second = form.locator(f'[name="{key}-second"]')
    if second.count():
        second.select_option(index=1)
    press(page, form.get_by_role("button"))


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_from_form_to_delivery(opened, live, scripts):
    citizen = opened(scripts=scripts)
    code = apply(citizen, scripts)
    number = case_number(live)

    def standing() -> str:
        citizen.goto(f"/track/{code}")
        return citizen.locator("main").inner_text()

    assert "收到" in standing()
    window = opened(scripts=scripts, view=DESKTOP)
    sign_in(window, "shichang.window")
    window.goto("/desk")
    press(window, window.locator(f'a[href="/desk/cases/{number}"]').first)
    press(window, window.get_by_role("button", name=re.compile("^受理")))
    assert "现场核查" in standing()
    assert citizen.locator(".flow .is-current").count() >= 4, "four departments work side by side"
    officers = {}
    for username, key, outcome in DESK:
        if username not in officers:
            officers[username] = opened(scripts=scripts, view=DESKTOP)
            sign_in(officers[username], username)
        finish(officers[username], number, key, outcome)
        if key == "health_examine":
            assert citizen.locator("main").count() and "已决定" not in standing(), "the join waits for the others"
    assert "准予" in standing()
    finish(window, number, "certify", None)
    finish(window, number, "deliver", None)
    assert "办结" in standing()
    assert citizen.locator(".flow .is-current").count() == 0
