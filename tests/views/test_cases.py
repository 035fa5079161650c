"""A case walked at the desk through the web: from acceptance through parallel stages to delivery, and what stands in the way."""
import pytest

from tests.views.officers import at_desk, file_case, look


@pytest.fixture
def case_id(app, ring):
    return file_case(app, ring)


def url(case_id: int) -> str:
    return f"/desk/cases/{case_id}"


def finish(browser, case_id, key, outcome, **more):
    form = browser.get(url(case_id)).form(f"/stages/{key}")
    form.set(**{f"{key}-outcome": outcome, **{f"{key}-{name}": value for name, value in more.items()}})
    return browser.submit(form)


def test_from_acceptance_to_delivery(app, case_id):
    window, head = at_desk(app, "shichang.window"), at_desk(app, "shichang.head")
    page = window.submit(window.get(url(case_id)).form("/accept"))
    assert look(app, case_id).state == "accepted" and "办理中" in page.text
    finish(at_desk(app, "weijian.window"), case_id, "health_examine", "passed")
    builder = at_desk(app, "zhujian.window")
    finish(builder, case_id, "fire_examine", "passed")
    finish(builder, case_id, "sign_examine", "passed")
    finish(head, case_id, "food_examine", "passed")
    review = str(next(row for row in look(app, case_id).stages if row.key == "food_examine").officer_id - 1)
    finish(head, case_id, "food_site", "fit", second=review, opinion="现场符合要求")
    page = finish(head, case_id, "decide", "grant")
    assert "已决定，待送达" in page.text
    finish(window, case_id, "certify", "done")
    page = finish(window, case_id, "deliver", "done", way="mail")
    assert look(app, case_id).state == "closed" and "已办结：准予" in page.text
    assert window.get(f"{url(case_id)}/papers/2.pdf").data.startswith(b"%PDF")
