"""views: what places offer: which places somebody keeps, what each offers, one offering as it is changed, withdrawn.

Buttons of rows send the form and get it back with everything typed; only *save* writes. htmx swaps the form alone.
"""
import json
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for

from forms.guide import Seen
from forms.offerings import OfferingForm
from portal import web
from portal.actions import offerings as acting
from portal.models.editing import OfferingAct, OfferingStep
from portal.models.places import Place
from portal.publishing import addresses
from portal.queries import cases, guides
from portal.queries import offerings as asking
from portal.rules import offerings as rules
from portal.rules.guide.codes import Role
from portal.rules.guide.difference import Change, difference
from portal.rules.guide.document import Guide, GuideFile
from portal.rules.guide.offering import Offering
from portal.rules.guide.sections import Values
from portal.rules.guide.text import Text
from portal.rules.lint import Finding
from portal.views.turning import query, turned

pages = Blueprint("offerings", __name__)
ACTS = {
    OfferingAct.ADOPTED: Text(zh="采用", en="Taken up"),
    OfferingAct.CHANGED: Text(zh="修改", en="Changed"),
    OfferingAct.WITHDRAWN: Text(zh="撤下", en="Withdrawn"),
}
RECENT = 20
"""So many steps of an offering's history are told."""


@pages.get("/desk/places")
def places():
    who, wanted = cases.officer(web.staff()), query()
    rows, total = asking.kept(web.db(), who, wanted, turned()) if rules.keeper(who) else ([], 0)
    if len(rows) == 1 and not wanted and turned() == 1:
        return redirect(url_for("offerings.place", division=rows[0].place.code))
    return render_template("offerings/places.html", rows=rows, total=total, query=wanted, page=turned(), pages=-(-total // asking.PAGE),
                           who=who, called=cases.called)


@pages.get("/desk/places/<division>")
def place(division: str):
    here, wanted = kept_place(division), query()
    rows, total = asking.offered(web.db(), here.id, wanted, turned())
    return render_template(
        "offerings/place.html", place=here, rows=rows, total=total, query=wanted, page=turned(), pages=-(-total // asking.PAGE),
        done=request.args.get("done", type=int), gone=request.args.get("gone") == "1", called=cases.called, addresses=addresses)


@pages.get("/desk/places/<division>/offerings/<slug>")
def edit(division: str, slug: str):
    one = _open(division, slug)
    if one.held.offering.withdrawn:
        return redirect(url_for("offerings.place", division=division))
    return _page(one, OfferingForm.of(one.guide, one.held.content), rules.own(one.held.content), saved=request.args.get("saved") == "1")


@pages.post("/desk/places/<division>/offerings/<slug>")
def save(division: str, slug: str):
    one = _open(division, slug)
    before = Seen(request.form).values()
    try:
        form = OfferingForm.sent(one.guide, one.held.content, request.form)
        focus = form.act(do, one.place.hours) if (do := request.form.get("do", "save")) != "save" else ""
    except (ValueError, TypeError, AttributeError, LookupError):
        abort(400)
    if before is None:
        abort(400)
    if focus:
        web.let_others_write()
        return _page(one, form, before, focus=focus)
    made = form.whole()
    if made is None:
        return _page(one, form, before), 422
    try:
        acting.change(web.db(), web.staff(), one.held.offering, form.values(), before, web.now())
    except acting.NotOffered as problem:
        return _page(one, form, before, ended=problem.text), 409
    except acting.Refused as problem:
        return _page(one, form, before, findings=problem.findings), 422
    except acting.Overtaken as problem:
        together = OfferingForm.of(one.guide, one.held.content, problem.together)
        return _page(one, together, problem.stored, overtaken=_told(one, before, problem)), 409
    web.db().commit()
    return redirect(url_for("offerings.edit", division=division, slug=slug, saved="1"))


@pages.post("/desk/places/<division>/offerings/<slug>/withdraw")
def withdraw(division: str, slug: str):
    one = _open(division, slug)
    form = OfferingForm.of(one.guide, one.held.content)
    if request.form.get("sure") != "1":
        return _page(one, form, rules.own(one.held.content), unsure=True), 422
    try:
        acting.withdraw(web.db(), web.staff(), one.held.offering, request.form.get("seen", 0, type=int), web.now())
    except acting.Overtaken as problem:
        return _page(one, form, problem.stored, overtaken=_told(one, problem.stored, problem)), 409
    web.db().commit()
    return redirect(url_for("offerings.place", division=division, gone="1"))


def kept_place(division: str) -> Place:
    """The place of that code, for who keeps what it offers; to everybody else it does not exist."""
    return asking.place(web.db(), cases.officer(web.staff()), division) or abort(404)


class Open(NamedTuple):
    """An offering that is looked at, with its place and the guide in force."""

    place: Place
    held: asking.One
    guide: Guide


class Told(NamedTuple):
    """What the second of two editors is told: who did what meanwhile, what that changed, and what saving again would change."""

    steps: list[OfferingStep]
    changes: list[Change]
    yours: list[Change]


def _open(division: str, slug: str) -> Open:
    here = kept_place(division)
    held = asking.one(web.db(), here.id, slug) or abort(404)
    web.authority()
    return Open(here, held, guides.guide_of(held.guide))


def _told(one: Open, before: Values, problem: acting.Overtaken) -> Told:
    stored = _file(one, problem.stored)
    return Told(problem.steps, _changes(_file(one, before), stored), _changes(stored, _file(one, problem.together)))


def _file(one: Open, values: Values) -> GuideFile | None:
    """The guide with this offering alone; None where the values are no offering's any more."""
    try:
        return GuideFile(guide=one.guide, offerings=[rules.changed(one.held.content, values)])
    except ValueError:
        return None


def _changes(before: GuideFile | None, after: GuideFile | None) -> list[Change]:
    return difference(before, after) if before and after else []


def _page(one: Open, form: OfferingForm, before: Values, *, focus: str = "", saved: bool = False, unsure: bool = False,
          findings: list[Finding] | None = None, overtaken: Told | None = None, ended: Text | None = None):
    """The page of an offering, or the form alone where htmx asks for it."""
    if focus:
        form.wrong = []
    seen: Offering | None = form.whole() if findings is None and not form.wrong and not focus else None
    controls, loose = form.draw(findings if findings is not None else rules.faults(GuideFile(guide=one.guide), seen) if seen else [])
    wrong = [said for each in controls for inner in each.walk() for said in inner.mistakes]
    marked = [inner for each in controls for inner in each.walk() if inner.mistakes]
    piece = web.wants_piece() and focus
    steps = [] if piece else asking.steps(web.db(), one.held.offering.id)
    return render_template(
        "offerings/_edit_form.html" if piece else "offerings/edit.html", place=one.place, one=one.held, guide=one.guide, slug=_slug(one),
        controls=controls, loose=loose, wrong=wrong, marked=marked, refused=findings or [], before=json.dumps(before, ensure_ascii=False), focus=focus,
        saved=saved, unsure=unsure, overtaken=overtaken, ended=ended, steps=steps[:RECENT], acts=ACTS, called=cases.called,
        departments=(), addresses=addresses, roles={role.value: role.text for role in Role})


def _slug(one: Open) -> str:
    return one.held.guide.item.slug
