"""views: places take up guides of the county: many guides for one place, or one guide for many places below."""
from flask import Blueprint, abort, redirect, render_template, request, url_for

from forms.offerings import InRoles
from portal import web
from portal.actions import offerings as acting
from portal.models.places import Place
from portal.queries import cases, guides
from portal.queries import offerings as asking
from portal.rules import offerings as rules
from portal.views.offerings import kept_place
from portal.views.turning import query, turned

pages = Blueprint("adopting", __name__)


@pages.get("/desk/places/<division>/adopt")
def choose(division: str):
    return _choosing(kept_place(division), _fresh(division))


@pages.post("/desk/places/<division>/adopt")
def adopt(division: str):
    """One guide by its own button, or all that are ticked."""
    here = kept_place(division)
    form = InRoles(request.form)
    if request.form.get("one"):
        form.chosen.data = [request.form["one"]]
    if not form.validate():
        return _choosing(here, form), 422
    number = acting.adopt(web.db(), web.staff(), asking.adoptable(web.db(), form.chosen.data), [here.id], form.given, web.now())
    web.db().commit()
    return redirect(url_for("offerings.place", division=division, done=number))


@pages.get("/desk/places/<division>/below")
def guides_for_below(division: str):
    """The guides of the county, each to be given to places below."""
    here = _wide(division)
    rows, total = asking.free(web.db(), None, query(), turned())
    return render_template("offerings/guides.html", place=here, rows=rows, total=total, query=query(), page=turned(),
                           pages=-(-total // asking.PAGE), called=cases.called)


@pages.get("/desk/places/<division>/below/<slug>")
def spread(division: str, slug: str):
    return _spreading(_wide(division), slug, _fresh(division, below=True))


@pages.post("/desk/places/<division>/below/<slug>")
def spread_post(division: str, slug: str):
    """To all places below that do not offer it, or to those that are ticked."""
    here, form = _wide(division), InRoles(request.form)
    (item_id,) = asking.adoptable(web.db(), [slug]) or abort(404)
    could = {place.code: place.id for place, has in asking.below(web.db(), cases.officer(web.staff()), division, item_id) if not has}
    if request.form.get("all"):
        form.chosen.data = list(could)
    if not form.validate():
        return _spreading(here, slug, form), 422
    chosen = [could[one] for one in form.chosen.data if one in could]
    number = acting.adopt(web.db(), web.staff(), [item_id], chosen, form.given, web.now())
    web.db().commit()
    return redirect(url_for("adopting.spread", division=division, slug=slug, done=number))


def _fresh(division: str, below: bool = False) -> InRoles:
    """The form with the roles ticked that such places mostly have; of places below, what villages have."""
    form = InRoles()
    form.roles.data = [role.value for role in (rules.USUAL[rules.VILLAGE] if below else rules.usual(division))]
    form.chosen.data = []
    return form


def _wide(division: str) -> Place:
    """The place under which somebody keeps others: a township of hers, or her own division, the county among them."""
    who = cases.officer(web.staff())
    here = asking.root(web.db(), who) if rules.keeper(who) and division == who.division else None
    return here or kept_place(division)


def _choosing(here: Place, form: InRoles):
    rows, total = asking.free(web.db(), here.id, query(), turned())
    return render_template("offerings/adopt.html", place=here, form=form, rows=rows, total=total, query=query(), page=turned(),
                           pages=-(-total // asking.PAGE), called=cases.called)


def _spreading(here: Place, slug: str, form: InRoles):
    (item_id,) = asking.adoptable(web.db(), [slug]) or abort(404)
    guide = guides.guide_of(guides.in_force(web.db(), item_id))
    rows = asking.below(web.db(), cases.officer(web.staff()), here.code, item_id)
    return render_template("offerings/spread.html", place=here, slug=slug, guide=guide, form=form, rows=rows, called=cases.called,
                           free=sum(not has for _, has in rows), done=request.args.get("done", type=int))
