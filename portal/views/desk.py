"""views: the desk: the queue of an officer, sorted by what is due first, its filters in the address."""
from flask import Blueprint, render_template, request

from portal import web
from portal.actions import parties
from portal.queries import cases, desk
from portal.rules.calendar import legal_day
from portal.rules.guide.text import Text
from portal.rules.masking import masked_name
from portal.rules.transitions import STATES
from portal.views import turning

pages = Blueprint("desk", __name__)
SCOPES = {
    desk.MINE: Text(zh="轮到我办的", en="For me to do"),
    desk.TELL: Text(zh="还要送达的", en="To be told"),
    desk.DEPARTMENT: Text(zh="本部门的", en="My department’s"),
    desk.DIVISION: Text(zh="本区域的", en="My area’s"),
}


@pages.get("/desk")
def queue():
    who = cases.officer(web.staff())
    scopes = desk.scopes(who)
    if not scopes:
        return render_template("desk/none.html")
    scope = request.args.get("scope")
    scope = scope if scope in scopes else scopes[0]
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    query = "".join(one for one in request.args.get("q", "")[:60] if one.isalnum() or one in "- ").strip()
    page = turning.turned()
    found = desk.queue(web.db(), who, legal_day(web.now()), scope=scope, state=state, query=query, page=page)
    ring = web.parts().keys
    masked = {row.id: masked_name(parties.name_of(row.applicant, ring)) for row in found.rows if row.applicant}
    return render_template(
        "desk/_queue.html" if web.wants_piece() else "desk/queue.html", alone=web.wants_piece(), found=found, scopes={one: SCOPES[one] for one in scopes}, scope=scope, state=state, query=query,
        page=page, pages=-(-found.total // desk.PAGE), names=masked, states=STATES, short=desk.short, called=cases.called)
