"""views: guides from workbooks at the desk: hand in a file, read what would become of it cell by cell, then import it."""
from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for

from forms.importing import HandIn
from portal import web
from portal.actions import workbooks as acting
from portal.models.importing import RunState, Would
from portal.publishing import marked, workbooks
from portal.queries import importing
from portal.rules.guide.text import Text
from portal.rules.importing import sources
from portal.uploads import workbooks as reading
from portal.views import turning

pages = Blueprint("importing", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_COPIED = 4_000_000
"""Bytes of a file whose sheets are copied into its report; the list of mistakes is always whole."""
SAID = {
    Would.WRONG: Text(zh="有错误", en="With mistakes"), Would.NEW: Text(zh="新增", en="New"), Would.CHANGED: Text(zh="更新", en="Changed"),
    Would.SAME: Text(zh="没有变化", en="Unchanged"), Would.TAKEN: Text(zh="另有草稿", en="Another draft"),
    Would.ON_ITS_WAY: Text(zh="正在办理", en="On its way"),
}
STATES = {
    RunState.CHECKING: Text(zh="正在核对", en="Being checked"), RunState.CHECKED: Text(zh="核对完了，还没有导入", en="Checked, not imported yet"),
    RunState.IMPORTING: Text(zh="正在导入", en="Being imported"), RunState.DONE: Text(zh="已导入", en="Imported"),
    RunState.FAILED: Text(zh="没有读成", en="Could not be read"),
}


@pages.get("/desk/guides/import")
def start():
    return _start(HandIn())


@pages.post("/desk/guides/import")
def hand_in():
    form = HandIn(request.form, request.files)
    if not form.validate():
        return _start(form), 422
    run = acting.take_in(web.db(), web.staff(), form.name, form.content, web.now())
    number = run.id
    web.db().commit()
    return redirect(url_for("importing.show", run_id=number))


@pages.get("/desk/guides/import/template.xlsx")
def template():
    return _file(workbooks.template(), "guides-template.xlsx")


@pages.get("/desk/guides/import/<int:run_id>")
def show(run_id: int):
    return _page(run_id)


@pages.post("/desk/guides/import/<int:run_id>/start")
def import_post(run_id: int):
    if importing.run(web.db(), web.staff().id, run_id) is None:
        abort(404)
    acting.start(web.db(), run_id, web.now())
    web.db().commit()
    return redirect(url_for("importing.show", run_id=run_id))


@pages.post("/desk/guides/import/<int:run_id>/drop")
def drop(run_id: int):
    if importing.run(web.db(), web.staff().id, run_id) is None:
        abort(404)
    if not acting.drop(web.db(), run_id):
        web.db().rollback()
        return redirect(url_for("importing.show", run_id=run_id))
    web.db().commit()
    return redirect(url_for("importing.start"))


@pages.get("/desk/guides/import/<int:run_id>/report.xlsx")
def report(run_id: int):
    run = importing.run(web.db(), web.staff().id, run_id)
    if run is None or run.at_work:
        abort(404)
    rows, found = importing.told(web.db(), run_id), importing.content(web.db(), run_id)
    try:
        sheets = reading.read(*found, web.parts().config.data) if found and len(found[1]) <= MOST_COPIED else []
    except sources.Refused:
        sheets = []
    listed = [(row.at or "", row.title or "", row.code or "", SAID[row.came], row.busy, row.cells or row.errors) for row in rows]
    return _file(marked.report(sheets, listed), f"import-{run_id}-report.xlsx")


def _start(form: HandIn):
    return render_template("guides/import.html", form=form, runs=importing.runs(web.db(), web.staff().id), states=STATES)


def _page(run_id: int):
    shown = request.args.get("show", "")
    page = turning.turned()
    run = importing.run(web.db(), web.staff().id, run_id, show=shown, page=page)
    if run is None:
        abort(404)
    shown = shown if shown in list(Would) else ""
    piece = web.wants_piece()
    response = make_response(render_template(
        "guides/_import_run.html" if piece else "guides/import_run.html", run=run, shown=shown, said=SAID, states=STATES, page=page,
        pages=-(-run.shown // importing.PAGE), order=[one for one in importing.ORDER if run.counts.get(one)], Would=Would, alone=piece,
        RunState=RunState, turned=lambda number: url_for("importing.show", run_id=run_id, show=shown or None, page=number)))
    if piece and not run.at_work:
        response.headers["HX-Refresh"] = "true"  # the work is done: the whole page is another one
    return response


def _file(data: bytes, name: str):
    response = make_response(data)
    response.mimetype = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
