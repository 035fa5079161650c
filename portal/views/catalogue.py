"""views: the rows of the catalogue that nobody writes a guide for yet, and the press of a button that begins one."""
from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError

from portal import web
from portal.actions import catalogue as acting
from portal.models.people import StaffRoleName
from portal.queries import catalogue as asking
from portal.views import turning

pages = Blueprint("catalogue", __name__)
WRITERS = {StaffRoleName.EDITOR, StaffRoleName.ADMIN}


@pages.get("/desk/guides/missing")
def missing():
    query, department = request.args.get("q", "").strip()[:60], request.args.get("department", "").strip()[:100]
    page = turning.turned()
    found = asking.missing(web.db(), query=query, department=department, page=page)
    writes = bool({role.role for role in web.staff().roles} & WRITERS)
    return render_template("guides/missing.html", found=found, query=query, department=department, departments=asking.departments(web.db()),
                           page=page, pages=-(-found.total // asking.PAGE), writes=writes)


@pages.post("/desk/guides/missing/<int:entry_id>")
def begin(entry_id: int):
    """A draft with what the list says of the item; of two who press at once both come to the same draft."""
    row = asking.one(web.db(), entry_id) or abort(404)
    try:
        revision, _ = acting.begin(web.db(), web.staff(), row, web.now())
        web.db().commit()
    except IntegrityError:
        web.db().rollback()
        revision, _ = acting.begin(web.db(), web.staff(), asking.one(web.db(), entry_id), web.now())
    return redirect(url_for("editing.contents", revision_id=revision.id))
