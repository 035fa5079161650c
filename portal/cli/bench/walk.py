"""cli/bench: one application from the first page to its tracker, seen by a browser that counts."""
from flask import Flask

from portal.cli.bench.browser import Browser, Seen
from portal.cli.bench.scratch import PASSWORD

SLUG = "food-business-licence"
OFFICER = "shichang.window"
FIRST = {"a-matter": "new"}
REST = (
    {"a-org_name": "青溪小馆", "a-legal_name": "李青溪", "a-legal_id": "990421198505122011", "a-contact_phone": "0680-5552345"},
    {"a-premises_address": "云岭大道56号", "a-area": "85", "a-business_type": "catering", "a-items": ["hot", "cold"],
     "a-online_orders": "false"},
    {"a-safety_officer": "何丰年", "a-staff_number": "6"},
)


def ready(browser: Browser) -> Seen:
    """Fills in a draft up to the page that sends it."""
    page = browser.send(browser.get(f"/apply/{SLUG}"), f"/apply/{SLUG}")
    for answers in (FIRST, *REST):
        page = browser.send(page, page.address, **answers)
    number = page.address.split("/")[2]
    for key in ("layout", "rules", "health", "id_card"):
        page = browser.send(page, f"/documents/{key}/way", way="later" if key in ("rules", "health") else "window")
    return browser.get(f"/applications/{number}/check")


def walk(app: Flask) -> dict[str, Seen]:
    """The pages of an applicant by what they are."""
    browser, found = Browser(app), {}
    found["search, empty"] = browser.get("/search")
    found["search, results"] = browser.get("/search?q=许可")
    found["search, nothing"] = browser.get("/search?q=没有这样的事")
    found["before applying"] = browser.get(f"/apply/{SLUG}")
    page = ready(browser)
    draft = page.address.removesuffix("/check")
    found |= {"draft": browser.get(draft), "form": browser.get(f"{draft}/fill/premises"),
              "documents": browser.get(f"{draft}/documents"), "check": page}
    found["receipt"] = browser.send(page, "/send", declared="y")
    found["resume"] = browser.get("/resume")
    found["tracker, search"] = browser.get("/track")
    code = code_of(found["receipt"])
    found["tracker"] = browser.get(f"/track/{code}")
    found["tracker, PIN"] = browser.get(f"/track/{code}/sign-in")
    return found


def desk(app: Flask) -> dict[str, Seen]:
    """The pages of the officer at whose window that application lies."""
    browser = Browser(app)
    queue = browser.send(browser.get("/desk/sign-in"), "/desk/sign-in", username=OFFICER, password=PASSWORD)
    if queue.address != "/desk":
        queue = browser.get("/desk")
    first = queue.html.partition('href="/desk/cases/')[2].partition('"')[0]
    case = browser.get(f"/desk/cases/{first}")
    accepted = browser.send(case, f"/desk/cases/{first}/accept")
    return {"sign-in": browser.pages[0], "desk": queue, "case": case, "case, accepted": accepted}


def code_of(receipt: Seen) -> str:
    return receipt.html.partition('href="/track/')[2].partition('"')[0].partition("?")[0].partition("/")[0]
