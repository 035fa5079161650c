"""views: the documents of an application: each uploaded file by file, or brought to the window, committed to, or owed."""
from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for

from portal import uploads as cleaning
from portal import web
from portal.actions import answers as answering
from portal.actions import applications, throttling, uploads
from portal.models.applications import Application, UploadedFile
from portal.rules import filling
from portal.rules.guide.text import Text
from portal.rules.problems import Problem
from portal.views.holding import Open, acting, draft, held, steps

pages = Blueprint("documents", __name__)
MOST, HALL_MOST, SPAN = 60, 120, timedelta(minutes=10)
"""Files of one application, and from one address."""
HEAVY, HALL_HEAVY = 5, 20
"""The same for files that cost all the time that a sandbox has: each is counted before, and taken back where it was none."""
PICTURE_POLICY = "default-src 'none'; img-src 'self'; sandbox; frame-ancestors 'none'"
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A browser's own reader of PDFs does not start in a sandbox; scripts and forms were refused when the file came in."""


@pages.get("/applications/<int:application_id>/documents")
def documents(application_id: int):
    return _page(draft(application_id))


@pages.post("/applications/<int:application_id>/documents/<key>/files")
def upload(application_id: int, key: str):
    one = draft(application_id)
    document = one.filled.document(key) or abort(404)
    if filling.UPLOAD not in filling.ways(document, key == one.filled.form_key):
        abort(404)
    try:
        taken_in(one.application, key, [row for rows in one.filled.files.values() for row in rows])
    except Problem as problem:
        web.db().rollback()
        return _page(draft(application_id), wrong={key: problem.text}), *answer_to(problem)
    web.db().commit()
    return redirect(url_for("documents.documents", application_id=application_id, _anchor=f"document-{key}"))


@pages.post("/applications/<int:application_id>/documents/<key>/way")
def choose(application_id: int, key: str):
    one = draft(application_id)
    document = one.filled.document(key) or abort(404)
    way = request.form.get("way")
    if way not in filling.ways(document, key == one.filled.form_key):
        abort(404)
    if way == filling.COMMIT and "committed" not in request.form:
        said = Text(zh="请先勾选承诺内容，再选择书面承诺。", en="Tick the commitment first, then choose it.")
        return _page(one, wrong={key: said}), 422
    applications.choose(acting(), one.application, key, way)
    web.db().commit()
    return redirect(url_for("documents.documents", application_id=application_id, _anchor=f"document-{key}"))


@pages.post("/applications/<int:application_id>/files/<int:file_id>/remove")
def remove(application_id: int, file_id: int):
    one = draft(application_id)
    file = _file(one, file_id)
    uploads.remove(acting(), file)
    web.db().commit()
    web.parts().storage.delete(file.storage_key)
    return redirect(url_for("documents.documents", application_id=application_id, _anchor=f"document-{file.document_key}"))


@pages.get("/applications/<int:application_id>/files/<int:file_id>")
def file(application_id: int, file_id: int):
    application = held(application_id)
    found = next((row for row in application.files if row.id == file_id and row.removed_at is None), None) or abort(404)
    key = answering.data_key(application, web.parts().keys)
    response = make_response(uploads.bytes_of(found, key, web.parts().storage))
    response.mimetype = found.media_type
    response.headers.set("Content-Disposition", "inline", filename=uploads.name_of(found, key))
    response.headers["Content-Security-Policy"] = PDF_POLICY if found.media_type == "application/pdf" else PICTURE_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def taken_in(application: Application, key: str, present: Sequence[UploadedFile]) -> None:
    """The file of this request, cleaned, sealed, stored and written down for a document. `present` are all files of the
    application. Raises Problem: nothing was kept."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise uploads.NoFile
    data, storage, state = cleaning.read(sent.stream), web.parts().storage, application.state
    uploads.check_room(key, len(data), present)
    ours = answering.data_key(application, web.parts().keys)
    file = _cleaned(application, data)
    place = uploads.store(application.id, ours, file, storage)
    web.db().refresh(application, ["state"])
    if application.state != state:
        storage.delete(place)
        raise applications.AlreadySent
    uploads.add(acting(), application, key, sent.filename, file, place)


def answer_to(problem: Problem) -> tuple[int, dict[str, str]]:
    """Status and headers of an upload that was refused: whether it is the file, or the moment."""
    word = problem.word if isinstance(problem, cleaning.UploadProblem) else ""
    return {"busy": (503, {"Retry-After": "15"}), "too_often": (429, {"Retry-After": "600"})}.get(word, (422, {}))


def _cleaned(application: Application, data: bytes) -> cleaning.Cleaned:
    """The file as it may be kept, looked at in no transaction. Raises UploadProblem, also where too many were sent."""
    db, parts = web.db(), web.parts()
    own = parts.keys.blind(f"upload {application.id}", "throttle.upload")
    heavy = [throttling.Limit(f"{own}.heavy", HEAVY, SPAN), throttling.Limit(web.address_bucket("upload.heavy"), HALL_HEAVY, SPAN)]
    every = [throttling.Limit(own, MOST, SPAN), throttling.Limit(web.address_bucket("upload"), HALL_MOST, SPAN)]
    if not throttling.attempts(db, [*heavy, *every], web.now()):
        raise cleaning.UploadProblem("too_often")
    web.let_others_write()
    word = None
    try:
        return cleaning.clean(data, parts.config.data)
    except cleaning.UploadProblem as problem:
        word = problem.word
        raise
    finally:
        if word != "too_heavy":
            throttling.take_back(db, heavy if word != "busy" else [*heavy, *every], web.now())
            web.let_others_write()


def _file(one: Open, file_id: int):
    rows = [row for rows in one.filled.files.values() for row in rows]
    return next((row for row in rows if row.id == file_id), None) or abort(404)


def _page(one: Open, wrong: dict[str, Text] | None = None):
    key = answering.data_key(one.application, web.parts().keys)
    names = {row.id: uploads.name_of(row, key) for rows in one.filled.files.values() for row in rows}
    return render_template("applications/documents.html", one=one, steps=steps(one, filling.DOCUMENTS), names=names,
                           wrong=wrong or {}, ways=filling.ways, most=cleaning.MAX_BYTES >> 20)
