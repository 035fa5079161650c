"""views: one revision of a guide: its page, its elements one by one, remarks, the moves on it, and what differs from another."""
from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from forms.revisions import FORMS, Moved, Remark
from portal import languages, web
from portal.actions import guides, revisions
from portal.models.editing import GuideRemark
from portal.models.guides import GuideRevision
from portal.queries import cases
from portal.queries import revisions as asking
from portal.rules.guide import sections
from portal.rules.guide.difference import KINDS, difference, spans
from portal.rules.guide.document import GuideFile
from portal.rules.guide.outline import called, chain, exists
from portal.rules.guide.text import Text
from portal.rules.items import LIVES
from portal.rules.problems import Problem
from portal.rules.workflow import STOPS, Move, Stop

pages = Blueprint("revisions", __name__)
FASTER = Text(
    zh="您打开页面之后，这一版有了变化，同事可能刚办过。您的操作没有执行，没有改动任何内容；下面是最新状态，请核对后再办。",
    en="The revision changed since you opened the page: a colleague may just have acted. What you did was not carried out and "
       "nothing was changed. Below is the latest state; check it, then act.")


@pages.get("/desk/guides/<int:revision_id>")
def show(revision_id: int):
    return _page(_sheet(revision_id))


@pages.post("/desk/guides/<int:revision_id>/moves/<move>")
def move(revision_id: int, move: str):
    if move not in FORMS:
        abort(404)
    revision = _seen(revision_id, to_act=True)
    form = FORMS[Move(move)](request.form, prefix=f"{move}-")
    if form.seen.data != str(revision.version):
        return _late(revision_id, FASTER, form.lost)
    if not form.validate():
        return _page(_sheet(revision_id), {Move(move): form}), 422
    try:
        goes_to = _do(Move(move), revision, form)
        web.db().commit()
    except revisions.PastTime as problem:
        web.db().rollback()
        form.at.errors = [problem.text.said(languages.current())]
        return _page(_sheet(revision_id), {Move(move): form}), 422
    except guides.NotPublishable as problem:
        web.db().rollback()
        return _late(revision_id, problem.findings[0].message, form.lost)
    except StaleDataError:
        web.db().rollback()
        return _late(revision_id, FASTER, form.lost)
    except Problem as problem:
        web.db().rollback()
        return _late(revision_id, problem.text, form.lost)
    return redirect(url_for("revisions.show", revision_id=goes_to))


@pages.get("/desk/guides/<int:revision_id>/elements")
def elements(revision_id: int):
    sheet = _sheet(revision_id)
    remarks: dict[str, list[GuideRemark]] = {}
    for row in sheet.remarks:
        remarks.setdefault(sheet.place(row.at_path)[0], []).append(row)
    return render_template("guides/elements.html", since=asking.since(web.db(), sheet), sheet=sheet, guide=sheet.file.guide, remarks=remarks, stops=STOPS)


@pages.get("/desk/guides/<int:revision_id>/remark")
def remark(revision_id: int):
    return _remark(_sheet(revision_id), request.args.get("at", ""), Remark())


@pages.post("/desk/guides/<int:revision_id>/remark")
def remark_post(revision_id: int):
    sheet, at, form = _sheet(revision_id, to_act=True), request.form.get("at", ""), Remark(request.form)
    if not form.validate():
        return _remark(sheet, at, form), 422
    if not exists(sheet.tree, at):
        abort(404)
    try:
        revisions.remark(_moving(), sheet.revision, at, form.words.data)
        web.db().commit()
    except revisions.NotHere as problem:
        web.db().rollback()
        return _late(revision_id, problem.text, form.words.data)
    return redirect(url_for("revisions.show", revision_id=revision_id) + "#remarks")


@pages.post("/desk/guides/<int:revision_id>/remarks/<int:remark_id>/settle")
def settle(revision_id: int, remark_id: int):
    revision = _seen(revision_id, to_act=True)
    row = web.db().get(GuideRemark, remark_id)
    if row is None or row.revision_id != revision.id:
        abort(404)
    try:
        revisions.settle(_moving(), revision, row)
        web.db().commit()
    except revisions.NotHere as problem:
        web.db().rollback()
        return _late(revision_id, problem.text)
    return redirect(url_for("revisions.show", revision_id=revision_id) + "#remarks")


@pages.get("/desk/guides/<int:revision_id>/difference/<int:other_id>")
def compare(revision_id: int, other_id: int):
    """What leads from the earlier of the two to the later one, whichever comes first in the address."""
    one, other = _seen(revision_id), _seen(other_id)
    if one.item_id != other.item_id:
        abort(404)
    before, after = sorted((one, other), key=lambda revision: revision.number)
    file = GuideFile.model_validate(after.document)
    found = difference(GuideFile.model_validate(before.document), file)
    return render_template("guides/difference.html", before=before, after=after, revision=one, found=found, kinds=KINDS, guide=file.guide,
                           spans=lambda change: spans(change.before.zh, change.after.zh))


def _seen(revision_id: int, *, to_act: bool = False) -> GuideRevision:
    return asking.one(web.db(), cases.officer(web.staff()), revision_id, to_act=to_act) or abort(404)


def _sheet(revision_id: int, *, to_act: bool = False) -> asking.Sheet:
    who = cases.officer(web.staff())
    revision = asking.one(web.db(), who, revision_id, to_act=to_act) or abort(404)
    return asking.sheet(web.db(), who, revision, web.now())


def _moving() -> revisions.Moving:
    return revisions.Moving(web.db(), web.now(), web.staff(), cases.officer(web.staff()))


def _do(move: Move, revision: GuideRevision, form: Moved) -> int:
    """Makes the move; the number of the revision to go on with."""
    act = _moving()
    if move is Move.REVISE:
        return revisions.revise(act, revision).id
    if move is Move.SEND_ON:
        revisions.send_on(act, revision, form.words.data or "")
    elif move is Move.SEND_BACK:
        revisions.send_back(act, revision, form.words.data)
    elif move is Move.WITHDRAW:
        revisions.withdraw(act, revision, form.words.data)
    elif move is Move.SCHEDULE:
        revisions.schedule(act, revision, form.moment)
    else:
        revisions.publish(act, revision)
    return revision.id


def _page(sheet: asking.Sheet, forms: Mapping[Move, Moved] = {}, told: Text | None = None, lost: str = ""):
    fresh = {offer.row.move: forms.get(offer.row.move) or FORMS[offer.row.move](
        prefix=f"{offer.row.move}-", data={"seen": sheet.revision.version}) for offer in sheet.offers if offer.why_not is None}
    found = [(finding, *sheet.place(finding.at), sections.part_at(sheet.file, finding.at)) for finding in sheet.findings]
    remarks = [(row, *sheet.place(row.at_path), sections.part_at(sheet.file, row.at_path)) for row in sheet.remarks]
    edits = sheet.at is Stop.DRAFT and bool(sheet.who.roles & {"editor", "admin"})
    return render_template(
        "guides/revision.html", sheet=sheet, guide=sheet.file.guide, fresh=fresh, found=found, remarks=remarks, told=told, lost=lost,
        stops=STOPS, Stop=Stop, called=cases.called, edits=edits, way=_way(sheet), states=_named, lives=LIVES)


def _way(sheet: asking.Sheet) -> list[tuple[Stop, str]]:
    """The stations of the way, each with whether it is behind, here or ahead. A revision that was put in force from the
    command line has passed none of them."""
    at = sheet.at
    stations = [Stop.DRAFT, Stop.LEGALITY, Stop.FACTS, Stop.APPROVAL, Stop.RELEASE, Stop.PUBLISHED]
    here = {Stop.SCHEDULED: Stop.RELEASE, Stop.SUPERSEDED: Stop.PUBLISHED, Stop.WITHDRAWN: Stop.PUBLISHED}.get(at, at)
    number = stations.index(here)
    passed = "done" if sheet.steps else ""
    return [(stop, passed if place < number else "current" if place == number else "") for place, stop in enumerate(stations)]


def _named(state: str) -> Text:
    return STOPS[Stop(state)]


def _late(revision_id: int, told: Text, lost: str = ""):
    return _page(_sheet(revision_id), told=told, lost=lost), 409


def _remark(sheet: asking.Sheet, at: str, form: Remark):
    if not exists(sheet.tree, at) or not sheet.may_remark:
        abort(404)
    nodes = chain(sheet.tree, at)
    return render_template("guides/remark.html", sheet=sheet, guide=sheet.file.guide, form=form, at=at, place=called(nodes),
                           value=nodes[-1].value if nodes else None)
