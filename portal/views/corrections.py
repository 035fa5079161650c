"""views: correcting: just what the notice asks for, each part with its own button, then sent once."""
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from forms.answers import Questions
from portal import web
from portal.actions import answers as answering
from portal.actions import cases, corrections, uploads
from portal.actions.acting import NotNow
from portal.models.applications import Application
from portal.models.cases import Case, CaseState, Notice
from portal.queries import applications as asking
from portal.queries import tracker
from portal.rules import filling, tracking
from portal.rules.guide.text import Text
from portal.rules.problems import Problem
from portal.rules.progress import PROBLEMS
from portal.views import answers
from portal.views.documents import answer_to, taken_in
from portal.views.holding import Open, acting, held, opened

pages = Blueprint("corrections", __name__)


@pages.get("/applications/<int:application_id>/correction")
def correction(application_id: int):
    return _page(*_asked(application_id))


@pages.post("/applications/<int:application_id>/correction/documents/<key>/files")
def upload(application_id: int, key: str):
    application, case, notice = _asked(application_id)
    _wanted(notice, key)
    try:
        taken_in(application, key, [row for rows in asking.files(web.db(), application.id).values() for row in rows])
    except Problem as problem:
        web.db().rollback()
        return _page(*_asked(application_id), wrong={key: problem.text}), *answer_to(problem)
    if tracker.state_held(web.db(), case.id) != CaseState.CORRECTION:  # the desk went on while the file was looked at
        web.db().rollback()
        return redirect(url_for("tracker.show", code=tracking.shown(case.tracking_code)))
    corrections.attend(acting(), application, notice, key, filling.UPLOAD)
    web.db().commit()
    return redirect(url_for("corrections.correction", application_id=application_id, _anchor=f"paper-{key}"))


@pages.post("/applications/<int:application_id>/correction/documents/<key>/way")
def bring(application_id: int, key: str):
    application, _, notice = _asked(application_id)
    _wanted(notice, key)
    corrections.attend(acting(), application, notice, key, filling.WINDOW)
    web.db().commit()
    return redirect(url_for("corrections.correction", application_id=application_id, _anchor=f"paper-{key}"))


@pages.post("/applications/<int:application_id>/correction/files/<int:file_id>/remove")
def remove(application_id: int, file_id: int):
    application, _, notice = _asked(application_id)
    fresh = [row for rows in asking.files(web.db(), application.id).values() for row in rows if row.created_at >= notice.made_at]
    file = next((row for row in fresh if row.id == file_id), None) or abort(404)
    act = acting()
    uploads.remove(act, file)
    if not any(row.document_key == file.document_key for row in fresh if row is not file):
        corrections.neglect(act, application, notice, file.document_key)
    web.db().commit()
    web.parts().storage.delete(file.storage_key)
    return redirect(url_for("corrections.correction", application_id=application_id, _anchor=f"paper-{file.document_key}"))


@pages.get("/applications/<int:application_id>/correction/sections/<key>")
def section(application_id: int, key: str):
    application, case, notice = _asked(application_id)
    one, shown = _section(application, notice, key)
    return _questions(one, case, shown, answers.of_page(one, shown))


@pages.post("/applications/<int:application_id>/correction/sections/<key>")
def save(application_id: int, key: str):
    application, case, notice = _asked(application_id)
    one, shown = _section(application, notice, key)
    form, asked = answers.sent(shown)
    if web.wants_piece():
        return _steered(one, case, shown, form, asked)
    if not form.validate():
        return _questions(one, case, shown, form), 422
    try:
        corrections.amend(acting(), application, case, notice, key, asked, form.values())
    except Problem as problem:
        web.db().rollback()
        return _questions(one, case, shown, form, problem=problem.text), 422
    fresh = answers.of_page(opened(application), shown)
    web.db().commit()
    if any(field.data is None and field.spec.required for field in fresh):
        return redirect(url_for("corrections.section", application_id=application_id, key=key, more=1))
    return redirect(url_for("corrections.correction", application_id=application_id, _anchor=f"paper-{key}"))


@pages.post("/applications/<int:application_id>/correction/send")
def send(application_id: int):
    application, case, notice = _asked(application_id)
    open_ones = corrections.open_papers(application, web.parts().keys, notice)
    if open_ones:
        said = Text(zh="还有要补正的没有处理，请逐项处理后再提交。已经处理的都已保存。",
                    en="Some parts are still to be corrected; deal with each before sending. What you did is saved.")
        return _page(application, case, notice, wrong=dict.fromkeys(open_ones, said)), 422
    try:
        cases.resubmit(acting(), case)
        web.db().commit()
    except (NotNow, StaleDataError):
        web.db().rollback()
    return redirect(url_for("tracker.show", code=tracking.shown(case.tracking_code)))


def _asked(application_id: int) -> tuple[Application, Case, Notice]:
    """The application, its case and the open notice; a case that asks for nothing leads to its tracker."""
    application = held(application_id)
    case = tracker.case_of(web.db(), application.id) or abort(404)
    notice = tracker.correction(web.db(), case.id) if case.state == CaseState.CORRECTION else None
    if notice is None:
        abort(redirect(url_for("tracker.show", code=tracking.shown(case.tracking_code))))
    return application, case, notice


def _wanted(notice: Notice, key: str) -> None:
    if key not in [paper for paper, _ in notice.content["papers"]]:
        abort(404)


def _section(application: Application, notice: Notice, key: str) -> tuple[Open, filling.Page]:
    _wanted(notice, key)
    one = opened(application)
    return one, answers.declared(one.filled.guide, key) or abort(404)


def _page(application: Application, case: Case, notice: Notice, wrong: dict[str, Text] | None = None):
    key = answering.data_key(application, web.parts().keys)
    one = opened(application)
    sections = {section.key for section in one.filled.guide.form}
    names = tracker.names_in(one.filled.guide, one.filled.guide.variant(case.variant_key), application.offering_revision)
    attended = corrections.attended(application, web.parts().keys, notice)
    rows = [{"key": wanted.paper, "name": names.get(wanted.paper, Text(zh=wanted.paper)), "problem": PROBLEMS[wanted.problem],
             "to_do": wanted.to_do, "is_section": wanted.paper in sections, "how": attended.get(wanted.paper),
             "files": [(row, uploads.name_of(row, key)) for row in one.filled.files.get(wanted.paper, ())
                       if row.created_at >= notice.made_at]}
            for wanted in cases.wanted_by(notice, key)]
    return render_template("tracker/correction.html", one=one, case=case, code=tracking.shown(case.tracking_code), rows=rows,
                           wrong=wrong or {}, left=[row for row in rows if not row["how"]])


def _steered(one: Open, case: Case, shown: filling.Page, form: Questions, asked: list[str]):
    """The questions that the answers of this moment ask for; nothing is saved, so that nothing counts as corrected yet."""
    told = {name: value for name, value in one.content["answers"].items() if name not in asked} | form.values()
    fresh = answers.narrowed(one, shown, asked, filling.counting(one.filled.guide, told))
    return render_template("applications/_questions.html", alone=True, **_drawn(one, case, shown, fresh))


def _drawn(one: Open, case: Case, shown: filling.Page, form: Questions) -> dict[str, Any]:
    address = url_for("corrections.save", application_id=one.application.id, key=shown.key)
    return {"one": one, "case": case, "shown": shown, "form": form, "address": address, "seen": 0}


def _questions(one: Open, case: Case, shown: filling.Page, form: Questions, problem: Text | None = None):
    return render_template("tracker/section.html", problem=problem, more=request.args.get("more", 0, int),
                           **_drawn(one, case, shown, form))
