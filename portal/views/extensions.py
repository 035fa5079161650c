"""views: the extension of a case's time: one page on which an officer asks for it and a head decides on it."""
from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from forms import extensions as forms
from forms.cases import Act as Form
from portal import languages, web
from portal.actions import answers as answering
from portal.actions import extensions
from portal.actions.acting import NotNow
from portal.models.cases import Case
from portal.queries import cases as asking
from portal.queries import extensions as sheets
from portal.queries import guides
from portal.queries.extensions import Sheet
from portal.rules.calendar import legal_day
from portal.rules.permissions import Officer
from portal.views.acts import FASTER, acting, late
from portal.views.cases import seen

pages = Blueprint("extensions", __name__)
ASK, APPROVE, REFUSE = "ask", "approve", "refuse"


@pages.get("/desk/cases/<int:case_id>/extension")
def show(case_id: int):
    return _page(*_of(case_id))


@pages.post("/desk/cases/<int:case_id>/extension")
def ask(case_id: int):
    who, case, sheet = _of(case_id)
    form = _forms(case, sheet, request.form)[ASK]
    return _do(who, case, sheet, ASK, form, lambda: extensions.ask(
        acting(), case, int(form.days.data), form.reason.data, form.basis.data if "basis" in form else ""))


@pages.post("/desk/cases/<int:case_id>/extension/approve")
def approve(case_id: int):
    who, case, sheet = _of(case_id)
    form = _forms(case, sheet, request.form)[APPROVE]
    return _do(who, case, sheet, APPROVE, form, lambda: extensions.approve(
        acting(), case, sheet.row, form.government.data if "government" in form else ""))


@pages.post("/desk/cases/<int:case_id>/extension/refuse")
def refuse(case_id: int):
    who, case, sheet = _of(case_id)
    form = _forms(case, sheet, request.form)[REFUSE]
    return _do(who, case, sheet, REFUSE, form, lambda: extensions.refuse(acting(), case, sheet.row, form.why.data))


def _of(case_id: int) -> tuple[Officer, Case, Sheet]:
    """The officer, the case that exists for her, and its extension; 404 else, and for who only watches and would act."""
    who, case = seen(case_id, to_act=request.method == "POST")
    if request.method == "POST" and not who.desks:
        abort(404)
    return who, case, sheets.sheet(web.db(), who, case, asking.subject(case), legal_day(web.now()))


def _forms(case: Case, sheet: Sheet, formdata=None) -> dict[str, Form]:
    it, more = sheet.it, {"data": {"seen": case.version}}
    return {
        ASK: forms.Ask(formdata, most=it.most, licence=it.licence, prefix="ask-", **more),
        APPROVE: forms.Approve(formdata, joint=it.joint, prefix="approve-", **more),
        REFUSE: forms.Refuse(formdata, prefix="refuse-", **more)}


def _do(who: Officer, case: Case, sheet: Sheet, name: str, form: Form, do: Callable[[], object]):
    """Does it and leads back to the case; or tells who may not, or comes too late, with the words that were typed."""
    lost = "\n".join(field.data for field in form if field.short_name in ("reason", "why", "basis", "government") and field.data)
    if form.seen.data != str(case.version):
        return late(who, case, lost=lost)
    if {ASK: sheet.ask, APPROVE: sheet.decide, REFUSE: sheet.refuse}[name] is None and not form.validate():
        return _page(who, case, sheet, {name: form}), 422
    try:
        do()
        web.db().commit()
    except (NotNow, StaleDataError, IntegrityError) as problem:
        web.db().rollback()
        told = problem.text if isinstance(problem, extensions.NotAllowed) else FASTER
        return late(*seen(case.id), lost=lost, told=told)
    return redirect(url_for("cases.show", case_id=case.id))


def _page(who: Officer, case: Case, sheet: Sheet, wrong: dict[str, Form] | None = None):
    key = answering.data_key(case.application, web.parts().keys)
    return render_template(
        "cases/extension.html", case=case, who=who, sheet=sheet, forms=_forms(case, sheet) | (wrong or {}), guide=guides.guide_of(case.guide_revision),
        words=extensions.words(sheet.row, key) if sheet.row else {}, called=asking.called, locale=languages.current())
