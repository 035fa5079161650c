"""Every kind of page that the portal and its site have: whose session opens it, its address, and what is pressed on it."""
import io
import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from portal import web
from portal.actions import catalogue, guides, misses
from portal.actions import words as wording
from portal.jobs import Tools, importing
from portal.models.guides import GuideRevision
from portal.models.search import Synonym
from portal.publishing import publications
from portal.rules.calendar import legal_day
from portal.rules.catalogue.entries import Entry
from tests.actions.cases import sample
from tests.browser.conftest import SLUGS
from tests.conftest import PASSWORD
from tests.inspector import Inspector
from tests.views import walks
from tests.views.officers import file_case

PUBLIC = {
    "home": "/", "guide of several departments": f"/guides/{SLUGS[0]}/", "guide with several situations": f"/guides/{SLUGS[1]}/",
    "one situation of a guide": f"/guides/{SLUGS[1]}/for/new/",
    "guides": "/guides/", "departments": "/departments/", "themes": "/themes/", "audiences": "/audiences/", "tiers": "/tiers/",
    "how to apply": "/how-to-apply/", "rights": "/rights/", "accessibility": "/accessibility/", "about": "/about/", "changes of items": "/changes/",
}
FOUND = {"places of a guide": "guides/*/places/index.html", "guide at a place": "guides/*/at/*/index.html", "one department": "departments/*/index.html",
         "one theme": "themes/*/index.html", "one audience": "audiences/*/index.html", "one tier": "tiers/*/index.html"}
"""Pages whose addresses hang on the guides, by the pattern of their files."""
REPORT = f"/report/{SLUGS[-1]}"
PORTAL = {
    "search": "/search", "found": "/search?q=许可", "nothing found": "/search?q=量子", "near": "/search?q=食品经营许刻",
    "found at a place": "/search?q=津贴&at=990421105000&at=990421105201", "without a guide": "/search?q=审批&only=items", "place found": "/search?q=竹山村", "not there": "/nowhere",
    "before applying": "/apply/open-restaurant", "resume": "/resume", "track": "/track", "sign in": "/desk/sign-in",
    "leave": "/leave", "past revision": f"/revisions/{SLUGS[-1]}/1",
    "report": REPORT, "report, wrong": f"{REPORT}|{REPORT}", "report, sent": f"{REPORT}|{REPORT}|words=窗口搬了",
    "look for an answer": "/report", "look for an answer, wrong": "/report|/report", "before applying, chosen": "/apply/food-business-licence?a-matter=new",
    "booklet being made": "/pdf/booklet-department-min-zheng-ju.pdf",
    "not hers": "/applications/999999", "no such case": "/track/H3NV6-CD5R7",
    "sign in, wrong": "/desk/sign-in|/sign-in", "track, wrong": "/track|/track", "resume, wrong": "/resume|/resume",
}
"""`address|ending`: on the page of that address the form that is sent to an address of that ending is sent as it stands;
`address|ending|name=words`: with these words typed into that field."""
NOT_THERE = {"not there", "not hers", "no such case"}
"""Pages that say that there is nothing at their address; any other one answers 200."""
NO_PAGES = {"static", "public.health", "documents.file", "tracker.paper", "cases.file", "cases.paper", "previews.paper", "past.paper", "applications.proceed", "staying.sheet", "importing.template", "importing.report"}
"""Routes that answer with a file, or with another page's address."""


@dataclass(frozen=True)
class Visitor:
    """Who sits before the browser: the portal's cookie, and the pages that only she can open."""

    pages: dict[str, str]
    cookie: str | None = None


def told(one: str) -> tuple[str, str, str, str]:
    """Address, ending, field and words of a page as it is told above; what is not told is empty."""
    address, ending, typed = (*one.split("|"), "", "")[:3]
    field, _, words = typed.partition("=")
    return address, ending, field, words


def published(live) -> dict[str, str]:
    """The pages of the site, by name."""
    site = Path(live.app.extensions["banshi"].config.data) / "site" / "current"
    found = {name: sorted(site.glob(pattern)) for name, pattern in FOUND.items()}
    return PUBLIC | {name: f"/{files[0].parent.relative_to(site)}/" for name, files in found.items()}


def visitors(live, ring) -> list[Visitor]:
    """Applicants and staff with all that they come to see."""
    case, accepted = (file_case(live.app, ring, now=web.now()) for _ in range(2))
    return [Visitor(published(live)), Visitor(PORTAL), _applicant(live), _corrected(live), _officer(live, case, accepted), _reviewer(live, accepted), _empty(live), _editor(live), _keeper(live), _publisher(live), _admin(live)]


def _applicant(live) -> Visitor:
    browser = Inspector(live.app)
    draft = walks.number_of(walks.begin(browser))
    receipt = walks.receipt(browser)
    code, _ = walks.codes(receipt)
    form = f"/applications/{draft}/fill/applicant"
    return Visitor({
        "draft": f"/applications/{draft}", "situation": f"/applications/{draft}/fill/your-situation", "form": form,
        "form, wrong": f"{form}|/applicant", "documents": f"/applications/{draft}/documents", "check": f"/applications/{draft}/check",
        "receipt": f"/applications/{walks.number_of(receipt)}/receipt", "withdraw": f"/applications/{walks.number_of(receipt)}/withdraw",
        "withdraw, wrong": f"/applications/{walks.number_of(receipt)}/withdraw|/withdraw", "tracker": f"/track/{code}",
        "tracker, PIN": f"/track/{code}/sign-in", "tracker, PIN, wrong": f"/track/{code}/sign-in|/sign-in",
    }, cookie(browser))


def _corrected(live) -> Visitor:
    browser = Inspector(live.app)
    receipt = walks.receipt(browser)
    code, _ = walks.codes(receipt)
    walks.ask_correction(live.app, code, ("layout", "missing", "请补洗消间的尺寸"), ("safety", "wrong", "人数和健康证明对不上"))
    page = f"/applications/{walks.number_of(receipt)}/correction"
    return Visitor({
        "tracker, to be corrected": f"/track/{code}", "correction": page, "correction, wrong": f"{page}|/send",
        "section to correct": f"{page}/sections/safety",
    }, cookie(browser))


def _officer(live, case: int, accepted: int) -> Visitor:
    browser = Inspector(live.app)
    browser.sign_in("shichang.window", PASSWORD)
    browser.submit(browser.get(f"/desk/cases/{accepted}").form("/accept"))
    one = f"/desk/cases/{case}"
    serve = next(link for link in browser.get(f"/desk/cases/{accepted}").links().values() if "/services/" in link)
    return Visitor({
        "put right on the spot": f"{one}/put-right", "put right on the spot, wrong": f"{one}/put-right|/put-right",
        "service of a notice": serve, "service of a notice, wrong": f"{serve}|{serve}|day=",
        "queue": "/desk", "queue, nothing found": "/desk?q=0", "case": one, "correct": f"{one}/correct", "correct, wrong": f"{one}/correct|/correct",
        "refuse": f"{one}/refuse", "refuse, wrong": f"{one}/refuse|/refuse", "case with parallel stages": f"/desk/cases/{accepted}",
        "new PIN": f"{one}|/pin",
    }, cookie(browser))


def _reviewer(live, accepted: int) -> Visitor:
    browser = Inspector(live.app)
    browser.sign_in("shichang.review", PASSWORD)
    page = f"/desk/cases/{accepted}/extension"
    return Visitor({"extension of the time": page, "extension of the time, wrong": f"{page}|/extension"}, cookie(browser))


def _admin(live) -> Visitor:
    browser = Inspector(live.app)
    browser.sign_in("admin", PASSWORD)
    year = f"/desk/calendar/{legal_day(web.now()).year}"
    return Visitor({"calendar": "/desk/calendar", "year of the calendar": year, "year of the calendar, compared": f"{year}|/calendar/{year[-4:]}|reason=核对",
                    "year of the calendar, wrong": f"{year}|/calendar/{year[-4:]}|days=x"}, cookie(browser))


def _empty(live) -> Visitor:
    """An officer who has nothing to do, and one who has no desk."""
    browser = Inspector(live.app)
    browser.sign_in("yibao.window", PASSWORD)
    return Visitor({"empty queue": "/desk"}, cookie(browser))


def _editor(live) -> Visitor:
    browser = Inspector(live.app)
    slug = SLUGS[-1]
    file = sample(slug)
    with live.app.extensions["banshi"].database.writing() as db:
        changed = file.model_copy(update={"guide": file.guide.model_copy(update={"summary": file.guide.scope})})
        draft, _ = guides.draft(db, changed, slug, web.now())
        number = draft.id
        before = db.scalar(select(GuideRevision.id).where(GuideRevision.item_id == draft.item_id, GuideRevision.number == draft.number - 1))
        word = _looked_for(db)
        db.commit()
    sent = browser.submit(browser.get(REPORT).form("words").set(words="窗口搬到二楼了", element="ways"))
    code = re.search(r'class="code">([0-9A-Z-]+)<', sent.html)[1]
    browser.sign_in("bianji", PASSWORD)
    browser.submit(browser.get("/desk/staying").form("/look"))
    one = f"/desk/guides/{number}"
    section = next(link for link in browser.get(f"{one}/edit").links().values() if link.startswith(f"{one}/edit/"))
    checked, failed, waiting = _handed_in(live, browser)
    return Visitor({
        "items without a guide": "/desk/guides/missing", "words": "/desk/words", "a word": f"/desk/words/{word}",
        "words, wrong": "/desk/words|/desk/words", "searches that found nothing": "/desk/searches",
        "staying right": "/desk/staying", "staying right, a law, wrong": "/desk/staying|/laws", "staying right, one guide": f"/desk/staying/{slug}",
        "reports": "/desk/reports", "report to answer": "/desk/reports/1", "report to answer, wrong": "/desk/reports/1|/desk/reports/1",
        "answer to a report": f"/report|/report|code={code}",
        "life of items": "/desk/items", "item": f"/desk/items/{slug}", "item to be suspended": f"/desk/items/{slug}/change/suspended",
        "item to be suspended, wrong": f"/desk/items/{slug}/change/suspended|/change/suspended",
        "desk of who has no cases": "/desk", "new password": "/desk/password", "new password, wrong": "/desk/password|/desk/password",
        "shelf": "/desk/guides", "revision": one, "elements": f"{one}/elements", "remark": f"{one}/remark",
        "difference": f"{one}/difference/{before}", "edit": f"{one}/edit", "section of a guide": section,
        "preview": f"{one}/preview/page", "preview of the chart": f"{one}/preview/chart", "preview of the form": f"{one}/preview/form",
        "import": "/desk/guides/import", "import, wrong": "/desk/guides/import|/desk/guides/import", "import, checked": checked,
        "import, failed": failed, "import, at work": waiting,
    }, cookie(browser))


def _looked_for(db) -> int:
    """What people look for: a word of theirs, whose number this gives, a search that found nothing, items without a guide."""
    catalogue.load(db, [Entry("县民政局", "殡葬服务设施建设审批", "殡葬", link="https://example.cn/1"), Entry("县林业局", "临时占用林地审批")])
    misses.count(db, {"寿星钱": 3, "食品经营许刻": 2}, legal_day(web.now()), {"食品经营许刻": "食品经营许可"})
    wording.begin(db, {"寿星": ["高龄"]}, web.now())
    return db.scalar(select(Synonym.id))


def _handed_in(live, browser: Inspector) -> list[str]:
    """Pages of workbooks: one that was checked, one that could not be read, one that waits for the worker."""
    parts, pages = live.app.extensions["banshi"], []
    files = ("事项名称,基本编码,是否网办\n某登记,990188000077,也许\n另一登记,990188000078,是\n".encode(), b"PK\x03\x04", "事项名称\n待读\n".encode())
    for number, data in enumerate(files):
        form = browser.get("/desk/guides/import").form("multipart").set(file=(io.BytesIO(data), f"{number}.csv"))
        pages.append(browser.submit(form).url)
        if number < 2:
            importing.work(Tools(parts.config, parts.database, parts.keys, parts.storage), web.now)
    return pages


def _keeper(live) -> Visitor:
    """The editor of a township, with what it offers and could take up."""
    browser = Inspector(live.app)
    browser.sign_in("yunling.editor", PASSWORD)
    town, village, slug = "/desk/places/990421101000", "/desk/places/990421101203", "senior-allowance"
    one = f"{town}/offerings/{slug}"
    return Visitor({
        "places that somebody keeps": "/desk/places", "what a place offers": town, "guides to take up": f"{village}/adopt",
        "guides to take up, wrong": f"{village}/adopt|/adopt", "offering": one, "offering not withdrawn": f"{one}|/withdraw",
        "guides for many places": f"{town}/below", "guide for many places": f"{town}/below/food-business-licence",
        "guide for many places, wrong": f"{town}/below/food-business-licence|/below/food-business-licence",
    }, cookie(browser))


def _publisher(live) -> Visitor:
    """Who may put an earlier site back; there are two publications."""
    browser = Inspector(live.app)
    browser.sign_in("fabu", PASSWORD)
    with publications.change(live.app.extensions["banshi"].config.data / "site", SLUGS[-1:]) as stage:
        stage.put("data/second.json", b"{}")
    return Visitor({"publications": "/desk/publications", "publication to put back": "/desk/publications/1", "publication shown": "/desk/publications/2"},
                   cookie(browser))


def cookie(browser: Inspector) -> str:
    return browser.browser.get_cookie("banshi").value
