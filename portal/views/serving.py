"""views: putting on record that a notice was told, or that it failed: one page for each paper that is owed."""
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from forms.serving import SERVED, Serve
from portal import languages, web
from portal.actions import serving
from portal.actions.acting import NotNow
from portal.models.cases import Case, Notice, Service, ServiceState
from portal.models.vouchers import Voucher
from portal.queries import cases as asking
from portal.queries import guides
from portal.queries import serving as tries
from portal.rules import permissions, progress
from portal.rules import serving as rules
from portal.rules.calendar import legal_day
from portal.rules.guide.text import Text
from portal.rules.permissions import Officer
from portal.rules.serving import Failure, ServingProblem, Way
from portal.rules.transitions import Act
from portal.views.acts import acting, late
from portal.views.cases import seen

pages = Blueprint("serving", __name__)


class Owed(NamedTuple):
    """What is to be told: the paper, and what stands against each way of telling it."""

    who: Officer
    case: Case
    notice: Notice
    service: Service
    against: dict[Way, Text | None]


@pages.get("/desk/cases/<int:case_id>/services/<int:service_id>")
def serve(case_id: int, service_id: int):
    one = _owed(case_id, service_id)
    if one.service.state != ServiceState.DUE:
        return late(one.who, one.case)
    return _page(one, _form(one))


@pages.post("/desk/cases/<int:case_id>/services/<int:service_id>")
def serve_post(case_id: int, service_id: int):
    one = _owed(case_id, service_id)
    form = _form(one, request.form)
    lost = form.words.data or ""
    if one.service.state != ServiceState.DUE:
        return late(one.who, one.case, lost=lost)
    if not form.validate():
        return _page(one, form), 422
    try:
        _record(one, form)
        web.db().commit()
    except (NotNow, StaleDataError):
        web.db().rollback()
        return late(*seen(case_id), lost=lost)
    except ServingProblem as problem:
        web.db().rollback()
        (form.way if problem.code == "serving.way" else form.day).errors = [problem.text.said(languages.current())]
        return _page(_owed(case_id, service_id), form), 422
    return redirect(url_for("cases.show", case_id=case_id, _anchor="papers"))


def _record(one: Owed, form: Serve) -> None:
    act, way, day, words = acting(), form.read_way, form.read_day, form.words.data or ""
    if form.result.data == SERVED:
        serving.served(act, one.case, one.service, way, day, receiver=form.receiver.data or "", words=words,
                       consents="consents" in form and form.consents.data)
    else:
        serving.failed(act, one.case, one.service, way, day, Failure(form.failure.data), words)


def _owed(case_id: int, service_id: int) -> Owed:
    who, case = seen(case_id, to_act=request.method == "POST")
    found = tries.one(web.db(), case.id, service_id)
    if found is None or not permissions.may(who, Act.SERVE, asking.subject(case)):
        abort(404)
    failed = tries.failures(web.db(), found.Notice.id)
    consented = serving.consented(case) or request.form.get("consents") is not None
    return Owed(who, case, found.Notice, found.Service,
                {way: rules.why_not(way, consented=consented, failed=failed) for way in Way})


def _form(one: Owed, formdata=None) -> Serve:
    locale = languages.current()
    return Serve(
        formdata, ways=[(way.value, text.said(locale)) for way, text in rules.WAYS.items()],
        failures=[(failure.value, text.said(locale)) for failure, text in rules.FAILURES.items()],
        today=legal_day(web.now()), consented=serving.consented(one.case), data={"way": one.service.channel})


def _page(one: Owed, form: Serve):
    voucher = web.db().get_one(Voucher, one.notice.voucher_id)
    return render_template(
        "cases/serve.html", one=one, case=one.case, form=form, guide=guides.guide_of(one.case.guide_revision), voucher=voucher,
        paper=progress.PAPERS[voucher.kind], evidence=rules.EVIDENCE)
