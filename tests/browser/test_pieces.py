"""With scripts, results, queue and forms change in their place: the address, the back button and the focus follow."""
import re

import pytest

from portal.queries import desk, search
from tests.browser.conftest import DESKTOP
from tests.browser.test_walk import press, sign_in
from tests.views.officers import file_case

pytestmark = pytest.mark.browser


def focused(page, words: str) -> bool:
    """The focus comes to what holds the words, once the piece has settled in its place."""
    page.wait_for_function("words => document.activeElement.textContent.trim().slice(0, 60).includes(words)", arg=words)
    return True


def test_search_changes_in_place_and_back_leads_back(opened, live, monkeypatch):
    monkeypatch.setattr(search, "PAGE", 1)
    page = opened()
    page.goto("/search")
    page.evaluate("window.stays = true")
    page.locator("#q").fill("怎么办食品经营许可")
    page.locator("#q").press("Enter")
    page.locator("#found h2").wait_for()
    assert "q=" in page.url and page.evaluate("window.stays") and focused(page, "找到")
    page.locator("#q").fill("餐饮")
    page.get_by_role("button", name="查找").last.click()
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url(re.compile("page=2"))
    page.get_by_role("link", name="上一页").wait_for()
    assert page.evaluate("window.stays") and page.locator("h1").count() == 1
    page.go_back()
    page.get_by_role("link", name="下一页").wait_for()
    assert "page=2" not in page.url and page.locator("h1").count() == page.locator("header.head").count() == 1


def test_the_queue_changes_in_place(opened, live, ring, monkeypatch):
    monkeypatch.setattr(desk, "PAGE", 1)
    for _ in range(2):
        file_case(live.app, ring)
    page = opened(view=DESKTOP)
    sign_in(page, "shichang.window")
    page.goto("/desk")
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url(re.compile("page=2"))
    page.get_by_role("link", name="上一页").wait_for()
    assert page.evaluate("window.stays") and focused(page, "共")
    page.locator("#state").select_option("closed")
    page.get_by_role("button", name="查看").click()
    page.wait_for_url(re.compile("state=closed"))
    assert page.evaluate("window.stays")
    page.go_back()
    page.get_by_role("link", name="上一页").wait_for()
    assert page.locator("header.head").count() == 1


def test_a_form_tells_what_is_wrong_in_its_place_and_keeps_what_was_typed(opened, live):
    page = opened()
    page.goto("/apply/food-business-licence")
    press(page, page.get_by_role("button", name="开始填写"))
    page.evaluate("window.stays = true")
    page.get_by_role("button", name="保存并继续").click()
    page.locator("#errors").wait_for()
    assert page.evaluate("window.stays") and focused(page, "需要改")
    page.locator('[name="a-matter"][value="new"]').check()
    press(page, page.get_by_role("button", name="保存并继续"))
    assert page.url.endswith("/fill/applicant") and "已保存" in page.locator("#saved").inner_text()


def test_a_session_that_ended_gives_the_words_back_with_scripts_too(opened, live):
    page = opened()
    page.goto("/apply/food-business-licence")
    press(page, page.get_by_role("button", name="开始填写"))
    page.locator('[name="a-matter"][value="new"]').check()
    press(page, page.get_by_role("button", name="保存并继续"))
    page.locator('[name="a-org_name"]').fill("青溪<小馆>")
    page.context.clear_cookies()
    page.get_by_role("button", name="保存并继续").click()
    page.locator("#typed").wait_for()
    assert page.locator("#typed").input_value() == "青溪<小馆>"
    assert page.locator("header.head").count() == page.locator("h1").count() == 1
