"""views: a reader says what is wrong with a guide, and later reads the answer; the desk lists what was said and answers."""
from datetime import timedelta
from secrets import token_bytes

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from forms.reports import Answer, Look, Write
from portal import languages, web
from portal.actions import reports, throttling
from portal.models.guides import GuideRevision, Item
from portal.queries import cases, guides
from portal.queries import reports as asking
from portal.rules import tracking
from portal.rules.guide import sections
from portal.rules.guide.document import GuideFile
from portal.rules.guide.outline import exists, outline
from portal.views import turning

pages = Blueprint("reports", __name__)
SENT, LOOKED, SPAN = 40, 100, timedelta(minutes=30)
"""Reports, and codes that were none, from one address: behind it may sit a whole hall."""


@pages.get("/report/<slug>")
def write(slug: str):
    item, _revision, file = _guide(slug)
    code = tracking.tracking_code(token_bytes(tracking.RANDOM_BYTES))
    form = Write(_elements(file), data={"element": request.args.get("element", ""), "code": code})
    return _form(item, file, form)


@pages.post("/report/<slug>")
def send(slug: str):
    item, revision, file = _guide(slug)
    form = Write(_elements(file), request.form)
    try:
        code = tracking.read_tracking_code(form.code.data or "")
    except tracking.TrackingProblem:
        form.code.data = code = tracking.tracking_code(token_bytes(tracking.RANDOM_BYTES))
    if not form.validate():
        return _form(item, file, form), 422
    if not throttling.attempt(web.db(), web.address_bucket("report"), SENT, SPAN, web.now()):
        web.db().commit()
        form.words.errors = [_("这个地址的反馈太多，请半小时后再提交。您写的都还在这一页上。")]
        return _form(item, file, form), 429
    said = reports.Words(form.words.data.strip(), (form.contact.data or "").strip())
    reports.send(web.db(), web.parts().keys, revision, form.element.data or "", said, code, web.now())
    web.db().commit()
    return render_template("reports/sent.html", item=item, guide=file.guide, code=tracking.shown(code))


@pages.get("/report")
def look():
    return render_template("reports/look.html", form=Look())


@pages.post("/report")
def look_post():
    form = Look(request.form)
    if not form.validate():
        return render_template("reports/look.html", form=form), 422
    tries = [throttling.Limit(web.address_bucket("report.look"), LOOKED, SPAN)]
    if not throttling.attempts(web.db(), tries, web.now()):
        web.db().commit()
        form.code.errors = [_("尝试次数太多，请半小时后再试。")]
        return render_template("reports/look.html", form=form), 429
    report = reports.found(web.db(), web.parts().keys, form.read_code)
    if report is None:
        web.db().commit()
        form.code.errors = [_("没有这个编号，请核对。")]
        return render_template("reports/look.html", form=form), 422
    throttling.take_back(web.db(), tries, web.now())
    file = GuideFile.model_validate(web.db().get_one(GuideRevision, report.revision_id).document)
    page = render_template("reports/answer.html", report=report, guide=file.guide, element=asking.named(web.db(), file, report.element))
    web.db().commit()
    return page


@pages.get("/desk/reports")
def listed():
    who = cases.officer(web.staff())
    settled, department = request.args.get("settled") == "1", turning.department()
    page = turning.turned()
    found = asking.listed(web.db(), who, settled=settled, department=department, page=page)
    rows = [(row, guides.guide_of(row.revision), asking.named(web.db(), GuideFile(guide=guides.guide_of(row.revision)), row.report.element),
             reports.opened(row.report, web.parts().keys)) for row in found.rows]
    return render_template("reports/list.html", rows=rows, total=found.total, settled=settled, department=department, page=page,
                           departments=asking.departments(web.db()), pages=-(-found.total // asking.PAGE))


@pages.get("/desk/reports/<int:report_id>")
def show(report_id: int):
    return _page(report_id, Answer())


@pages.post("/desk/reports/<int:report_id>")
def answer(report_id: int):
    row = asking.one(web.db(), cases.officer(web.staff()), report_id) or abort(404)
    form = Answer(request.form)
    if not form.validate():
        return _page(report_id, form), 422
    try:
        reports.answer(web.db(), web.staff(), row.report, form.words.data, web.now())
    except reports.Answered as problem:
        web.db().rollback()
        return _page(report_id, Answer(), told=problem.text, lost=form.words.data), 409
    web.db().commit()
    return redirect(url_for("reports.show", report_id=report_id))


def _guide(slug: str) -> tuple[Item, GuideRevision, GuideFile]:
    """The item with its guide in force; there is nothing else of which a reader could say that it is wrong."""
    item = guides.item(web.db(), slug) or abort(404)
    revision = guides.in_force(web.db(), item.id) or abort(404)
    return item, revision, GuideFile.model_validate(revision.document)


def _elements(file: GuideFile) -> list[tuple[str, str]]:
    """The parts of the guide by name; and the very element or place that the address names, if the guide has it."""
    locale, asked = languages.current(), request.values.get("element", "")
    found = [("", asking.WHOLE.said(locale))]
    known = exists(outline(file), asked) if asked.startswith("/") else asked.startswith(asking.PLACE) and len(asked) < 30
    if known:
        found.append((asked, asking.named(web.db(), file, asked).said(locale)))
    return found + [(part.key, asking.named(web.db(), file, part.key).said(locale)) for part in sections.parts(file)]


def _form(item: Item, file: GuideFile, form: Write):
    return render_template("reports/write.html", item=item, guide=file.guide, form=form)


def _page(report_id: int, form: Answer, **said):
    row = asking.one(web.db(), cases.officer(web.staff()), report_id) or abort(404)
    file = GuideFile.model_validate(row.revision.document)
    part = row.report.element or ""
    where = {"at": part} if part.startswith("/") else {}
    section = part if part and not part.startswith("/") and sections.part(file, part) else None
    return render_template(
        "reports/one.html", row=row, guide=file.guide, form=form, element=asking.named(web.db(), file, row.report.element),
        words=reports.opened(row.report, web.parts().keys), where=where, section=section, called=cases.called,
        answerer=asking.answerer(web.db(), row.report), edits=bool(web.staff() and cases.officer(web.staff()).roles & {"editor", "admin"}), **said)
