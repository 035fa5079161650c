"""views: the publications of the site at the desk: the last twenty, why one failed, how far one is; one put back, the site
published again. Both are asked for, on a page of their own, so that nobody presses by mistake; the worker does them."""
from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request, url_for

from portal import web
from portal.actions.publications import ask_again, ask_back
from portal.ledger import ANYONE, HANDS, PUBLISHERS, RULES
from portal.publishing import journals, locks, publications, putting_back, reports
from portal.publishing.journals import Kind, Publication
from portal.queries import cases, history
from portal.rules.guide.text import Text
from portal.rules.problems import Problem

pages = Blueprint("publications", __name__)
KINDS = {Kind.CHANGE: Text(zh="更新指南", en="Guides updated"), Kind.WHOLE: Text(zh="整站发布", en="Whole site"),
         Kind.BACK: Text(zh="放回", en="Put back")}
DESK = {"guides", "offerings"}
"""Whose pages tell that an earlier site is shown; that of publications says more."""
LISTS = Text(zh="更新清单", en="Lists updated")
"""A change that no guide is in, as when the catalogue was loaded."""
FASTER = Text(zh="您打开页面之后，网站又有了新的发布。您的操作没有执行，没有改动任何内容；下面是最新状态，请核对后再办。",
              en="The site was published again since you opened the page. What you did was not carried out and nothing was changed. "
                 "Below is the latest state; check it, then act.")
BUSY = Text(zh="整站发布或放回已排队或者正在进行，完成后再办。没有改动任何内容。",
            en="The whole site is being published or put back, or waits for it; do this when that is done. Nothing was changed.")


@pages.get("/desk/publications")
def listed():
    return _list()


@pages.get("/desk/publications/<int:number>")
def show(number: int):
    root = _root()
    kept = journals.latest(root)
    one = next((one for one in kept if one.number == number), None) or abort(404)
    undone = [later for later in kept if later.number > number]
    slugs = {slug for later in [one, *undone] for slug in later.guides}
    return render_template("publications/one.html", one=one, undone=undone, names=history.names(web.db(), slugs), what=_what,
                           newest=kept[0].number, may=_may())


@pages.post("/desk/publications/<int:number>/back")
def back(number: int):
    root = _root()
    asked, running = history.asked(web.db()), reports.running(journals.home(root))
    under_way = asked or running or publications.held(root)
    if under_way and under_way.back_to == number:  # pressed twice
        return redirect(url_for("publications.listed"))
    if asked or running or locks.taken(journals.home(root), locks.BUILDING):
        return _list(BUSY), 409
    if request.form.get("newest") != str(journals.number(root)):
        return _list(FASTER), 409
    try:
        putting_back.check(root, number)
    except Problem as problem:
        return _list(problem.text), 409
    ask_back(web.db(), web.staff(), number, journals.number(root), web.now())
    web.db().commit()
    return redirect(url_for("publications.listed"))


@pages.post("/desk/publications/again")
def again():
    asked = history.asked(web.db())
    if asked and asked.back_to:
        return _list(BUSY), 409
    ask_again(web.db(), web.staff(), web.now())
    web.db().commit()
    return redirect(url_for("publications.listed"))


@pages.app_template_global()
def earlier_site() -> dict | None:
    """For the line on every page of the guide desk while an earlier site is shown: which one, and whether the reader may open
    the page of publications; None where there is nothing to say."""
    rule = RULES.get(request.endpoint or "")
    if rule is None or rule.owner not in DESK or rule.who == ANYONE or not web.staff():
        return None
    held = publications.held(_root())
    return {"publication": held, "open": bool(cases.officer(web.staff()).roles & HANDS)} if held else None


def _list(told: Text | None = None):
    root = _root()
    kept, home = journals.latest(root), journals.home(root)
    values = {
        "running": reports.running(home), "failure": reports.failure(home), "not_back": reports.failure(home, reports.NOT_BACK), "held": publications.held(root), "asked": history.asked(web.db()),
        "waiting": history.owed(web.db()), "may": _may(), "told": told,
    }
    if web.wants_piece():
        if not values["running"] and not values["asked"]:
            return "", 204, {"HX-Refresh": "true"}  # it is done, and the list is another
        return render_template("publications/_state.html", **values)
    slugs = {slug for one in kept for slug in one.guides}
    return render_template("publications/list.html", kept=kept, names=history.names(web.db(), slugs), what=_what, **values)


def _what(one: Publication) -> Text:
    return LISTS if one.kind == Kind.CHANGE and not one.guides else KINDS[one.kind]


def _root() -> Path:
    return web.parts().config.data / "site"


def _may() -> bool:
    return bool(cases.officer(web.staff()).roles & PUBLISHERS)
