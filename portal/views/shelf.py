"""views: the shelf of the guide desk: every item with its revisions, filtered by what stands in the address."""
from flask import Blueprint, render_template, request, url_for

from portal import web
from portal.queries import cases, reports, shelf, staying
from portal.rules.calendar import legal_day
from portal.rules.items import LIVES
from portal.rules.workflow import ROLES, STOPS, Stop
from portal.views import turning

pages = Blueprint("shelf", __name__)


@pages.get("/desk/guides")
def items():
    who = cases.officer(web.staff())
    hands = bool(who.roles & set(ROLES))
    state = request.args.get("state", "")
    state = state if state in shelf.STATES else ""
    asked = {
        "state": state, "department": turning.department(),
        "mine": hands and request.args.get("mine") == "1", "due": request.args.get("due") == "1",
        "query": request.args.get("q", "").strip()[:60],
    }
    page = turning.turned()
    found = shelf.shelf(web.db(), who, legal_day(web.now()), page=page, **asked)
    here = {"state": state or None, "department": asked["department"], "mine": "1" if asked["mine"] else None,
            "due": "1" if asked["due"] else None, "q": asked["query"] or None}
    return render_template(
        "guides/shelf.html", found=found, asked=asked, hands=hands, departments=shelf.departments(web.db()), stops=STOPS, lives=LIVES,
        states=shelf.STATES, page=page, said=reports.waiting(web.db(), who) if hands else None,
        stale=staying.count(web.db(), who, legal_day(web.now())) if hands else None, pages=-(-found.total // shelf.PAGE), Stop=Stop,
        turned=lambda number: url_for("shelf.items", **{**here, "page": number}))
