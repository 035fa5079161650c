"""Walks told through the web: the food business licence from its first page to its receipt."""
from io import BytesIO

from PIL import Image
from sqlalchemy import select

from portal import web
from portal.actions import cases
from portal.actions.acting import Acting
from portal.models.cases import Case
from portal.models.people import Staff
from tests.inspector import Form

FOOD = "food-business-licence"
APPLICANT = {"a-org_name": "青溪小馆", "a-legal_name": "李青溪", "a-legal_id": "990421198505122011", "a-contact_phone": "0680-5552345"}
PREMISES = {"a-premises_address": "云岭大道56号", "a-area": "85", "a-business_type": "catering", "a-items": ["hot", "cold"],
            "a-online_orders": "false"}
SAFETY = {"a-safety_officer": "何丰年", "a-staff_number": "6"}


def photo(name="plan.jpg", colour="white"):
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return BytesIO(out.getvalue()), name


def form_to(page, address) -> Form:
    """The form that is sent to an address of that ending."""
    for element in page.all("form"):
        if (element.get("action") or "").endswith(address):
            return Form(element, page.url)
    raise AssertionError(f"no form to {address}: {page.text[:500]}")


def begin(client, slug=FOOD):
    """Opens a draft; returns its first page."""
    return client.submit(form_to(client.get(f"/apply/{slug}"), f"/apply/{slug}"))


def number_of(page) -> str:
    """The application's number, from the address of a page."""
    return page.response.request.path.split("/")[2]


def save(client, page, status=200, **answers):
    return client.submit(page.form("保存并继续").set(**answers), status=status)


def fill(client, page):
    """Answers every question; returns the page of documents."""
    for answers in ({"a-matter": "new"}, APPLICANT, PREMISES, SAFETY):
        page = save(client, page, **answers)
    return page


def upload(client, page, key, file=None, status=200):
    form = form_to(page, f"/documents/{key}/files")
    form.data["file"] = file or photo()
    return client.submit(form, status=status)


def give(client, page):
    """Brings plan and ID card to the window, owes the rest; returns the page that is checked."""
    for key, way in (("layout", "window"), ("rules", "later"), ("health", "later"), ("id_card", "window")):
        page = client.submit(form_to(page, f"/documents/{key}/way").press(way))
    return client.get(page.links()["下一步：核对并提交"])


def ready(client):
    """A draft that only has to be sent."""
    return give(client, fill(client, begin(client)))


def send(client, page, status=200):
    return client.submit(form_to(page, "/send").set(declared="y"), status=status)


def receipt(client):
    """A whole application; returns the receipt."""
    return send(client, ready(client))


def codes(page) -> tuple[str, str]:
    """Tracking code and PIN from the receipt."""
    code, pin = ["".join(span.itertext()) for span in page.all("span") if span.get("class") == "code"]
    return code, pin


def officially(app, act, code: str, username: str | None = None, now=None):
    """Does `act(acting, case)` on the case of a tracking code, as an officer."""
    parts = app.extensions["banshi"]
    with parts.database.writing() as db:
        staff = db.scalar(select(Staff).where(Staff.username == username)) if username else db.scalar(select(Staff).limit(1))
        case = db.scalar(select(Case).where(Case.tracking_code == code.replace("-", "")))
        act(Acting(db, parts.keys, parts.config, now or web.now(), staff), case)
        db.commit()


def ask_correction(app, code, *wanted):
    """The office asks: `wanted` are (paper, problem, what to do)."""
    officially(app, lambda act, case: cases.ask_correction(act, case, [cases.Wanted(*one) for one in wanted]), code)
