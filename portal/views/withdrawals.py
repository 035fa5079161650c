"""views: withdrawing: the applicant takes her application back before it is decided."""
from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from forms.applications import Withdraw
from portal import web
from portal.actions import cases
from portal.actions.acting import NotNow
from portal.models.cases import Case
from portal.queries import guides, tracker
from portal.rules import tracking
from portal.rules.transitions import Act, allowed
from portal.views.holding import acting, held

pages = Blueprint("withdrawals", __name__)


@pages.get("/applications/<int:application_id>/withdraw")
def withdraw(application_id: int):
    return _page(_mine(application_id), Withdraw())


@pages.post("/applications/<int:application_id>/withdraw")
def withdraw_post(application_id: int):
    case, form = _mine(application_id), Withdraw(request.form)
    if not form.validate():
        return _page(case, form), 422
    try:
        cases.withdraw(acting(), case)
        web.db().commit()
    except (NotNow, StaleDataError):  # the tracker says how far it has come meanwhile
        web.db().rollback()
    return redirect(url_for("tracker.show", code=tracking.shown(case.tracking_code)))


def _mine(application_id: int) -> Case:
    """The case of an application that the session holds; one that cannot be withdrawn any more leads to its tracker."""
    case = tracker.case_of(web.db(), held(application_id).id) or abort(404)
    if not allowed(Act.WITHDRAW, case.state):
        abort(redirect(url_for("tracker.show", code=tracking.shown(case.tracking_code))))
    return case


def _page(case: Case, form: Withdraw) -> str:
    return render_template("tracker/withdraw.html", case=case, form=form, code=tracking.shown(case.tracking_code),
                           guide=guides.guide_of(case.guide_revision))
