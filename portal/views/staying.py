"""views: what has to be looked at so that guides stay right, each with its next act; "checked today"; laws that changed."""
from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for

from forms.staying import Check, Law
from portal import web
from portal.actions import revisions
from portal.actions import staying as acting
from portal.models.staying import LawMark
from portal.publishing.staying_list import workbook
from portal.queries import cases, guides
from portal.queries import staying as asking
from portal.rules.calendar import legal_day
from portal.rules.staying import KINDS, Kind
from portal.views import turning

pages = Blueprint("staying", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/desk/staying")
def listed():
    return _page(Law())


@pages.get("/desk/staying.xlsx")
def sheet():
    kind, department = _asked()
    found = asking.listed(web.db(), cases.officer(web.staff()), legal_day(web.now()), kind=kind, department=department, page=None)
    response = make_response(workbook((KINDS[row.kind], row.slug, row.name, row.department, row.element, row.words) for row in found.rows))
    response.mimetype = XLSX
    response.headers["Content-Disposition"] = 'attachment; filename="staying.xlsx"'
    return response


@pages.post("/desk/staying/look")
def look():
    acting.look(web.db(), web.now())
    web.db().commit()
    return redirect(url_for("staying.listed"))


@pages.post("/desk/staying/laws")
def mark():
    form = Law(request.form)
    if not form.validate():
        return _page(form), 422
    acting.mark_law(_moving(), form.law.data, form.day, form.words.data or "")
    web.db().commit()
    return redirect(url_for("staying.listed", kind=Kind.LAW.value))


@pages.post("/desk/staying/laws/<int:mark_id>/settle")
def settle(mark_id: int):
    acting.settle_law(_moving(), web.db().get(LawMark, mark_id) or abort(404))
    web.db().commit()
    return redirect(url_for("staying.listed", kind=Kind.LAW.value))


@pages.get("/desk/staying/<slug>")
def show(slug: str):
    return _one(slug, Check())


@pages.post("/desk/staying/<slug>/check")
def check(slug: str):
    item = asking.visible_item(web.db(), cases.officer(web.staff()), slug) or abort(404)
    revision = guides.in_force(web.db(), item.id) or abort(404)
    form = Check(request.form)
    if not form.validate():
        return _one(slug, form), 422
    try:
        acting.check(_moving(), revision, form.words.data or "")
    except acting.NotHers as problem:
        web.db().rollback()
        return _one(slug, form, told=problem.text), 409
    web.db().commit()
    return redirect(url_for("staying.show", slug=slug))


def _page(form: Law):
    who, today = cases.officer(web.staff()), legal_day(web.now())
    kind, department = _asked()
    page = turning.turned()
    found = asking.listed(web.db(), who, today, kind=kind, department=department, page=page)
    return render_template(
        "guides/staying.html", found=found, kinds=KINDS, kind=kind, department=department, departments=asking.departments(web.db()), form=form,
        marks=asking.marks(web.db()), laws=asking.laws(web.db()), page=page, pages=-(-found.total // asking.PAGE), edits=_edits(who), Kind=Kind)


def _one(slug: str, form: Check, told=None):
    who = cases.officer(web.staff())
    item = asking.visible_item(web.db(), who, slug) or abort(404)
    revision = guides.in_force(web.db(), item.id) or abort(404)
    found = asking.listed(web.db(), who, legal_day(web.now()), slug=slug, page=None)
    return render_template("guides/staying_one.html", item=item, revision=revision, guide=guides.guide_of(revision), found=found, kinds=KINDS, told=told,
                           form=form, last=asking.last_checks(web.db(), [item.id]).get(item.id), edits=_edits(who),
                           may=acting.may_check(_moving(), revision))


def _asked() -> tuple[Kind | None, int | None]:
    kind = request.args.get("kind", "")
    return Kind(kind) if kind in set(Kind) else None, turning.department()


def _moving() -> revisions.Moving:
    return revisions.Moving(web.db(), web.now(), web.staff(), cases.officer(web.staff()))


def _edits(who) -> bool:
    return bool(who.roles & {"editor", "admin"})
