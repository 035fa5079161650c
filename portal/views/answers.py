"""views: the questions of a draft, one page at a time. Every post keeps what was typed, also where something is wrong."""
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from forms.answers import Questions, questions
from portal import languages, web
from portal.actions import applications
from portal.queries import applications as asking
from portal.rules import conditions, filling
from portal.rules.calendar import legal_day
from portal.rules.guide.codes import FieldType
from portal.rules.guide.document import Guide
from portal.rules.guide.text import Text
from portal.views.holding import Open, acting, after, draft, opened, steps
from portal.views.pieces import in_place

pages = Blueprint("answers", __name__)
FILL, QUESTIONS = "fill", "questions"
"""The parts of the page that htmx changes in their place: the whole form, and its questions."""


@pages.get("/applications/<int:application_id>/fill/<key>")
def page(application_id: int, key: str):
    one = draft(application_id)
    shown = one.filled.page(key) or abort(404)
    return _page(one, shown, of_page(one, shown), more=request.args.get("more", 0, int))


@pages.post("/applications/<int:application_id>/fill/<key>")
def save(application_id: int, key: str):
    one = draft(application_id)
    shown = declared(one.filled.guide, key) or abort(404)
    form, asked = sent(shown)
    values, typed = form.values(), form.typed()
    act = acting()
    try:
        applications.save_page(
            act, one.application, key, asked, {name: values[name] for name in asked if name in values},
            {name: typed[name] for name in asked if name in typed}, seen=request.form.get("seen", 0, int), by=web.session().id)
        act.db.flush()
    except (applications.Overtaken, StaleDataError):
        act.db.rollback()
        return in_place(_page(draft(application_id), shown, form, overtaken=True), 409, FILL)
    except applications.ApplicationProblem as problem:
        act.db.rollback()
        return in_place(_page(draft(application_id), shown, form, problem=problem.text), 422, FILL)
    after_saving = opened(one.application)
    form = narrowed(after_saving, shown, asked)
    act.db.commit()
    return _answer(after_saving, shown, form, asked)


def _answer(one: Open, shown: filling.Page, form: Questions, asked: list[str]):
    """What follows a page that is saved: its piece, the page again with what is wrong or new, or the next page."""
    application_id = one.application.id
    if web.wants_piece() and request.htmx.target == QUESTIONS:
        return render_template("applications/_questions.html", **_drawn(one, shown, form), alone=True, saved=True)
    if request.form.get("go") == "later":
        return web.lead_on(url_for("applications.overview", application_id=application_id))
    fresh = [field for field in form if field.short_name not in asked]
    if not form.validate():
        for field in fresh:
            field.errors = []
        if any(field.errors for field in form):
            return in_place(_page(one, shown, form, more=len(fresh)), 422, FILL)
    if any(field.data is None for field in fresh):
        return web.lead_on(url_for("answers.page", application_id=application_id, key=shown.key, more=len(fresh)))
    return web.lead_on(after(one, shown.key))


def declared(guide: Guide, key: str) -> filling.Page | None:
    """The page with all its questions, asked or not."""
    if key == filling.SITUATION:
        return filling.Page(key, filling.SITUATION_TITLE, None, tuple(guide.situations)) if guide.situations else None
    return next((filling.Page(section.key, section.title, section.help, tuple(section.fields))
                 for section in guide.form if section.key == key), None)


def sent(shown: filling.Page) -> tuple[Questions, list[str]]:
    """The page as it was sent, with the keys of the questions that stood on it."""
    keys = set(request.form.get("shown", "").split())
    fields = [field for field in shown.fields if field.key in keys]
    return _form(shown, fields, sent=request.form), [field.key for field in fields]


def narrowed(one: Open, shown: filling.Page, asked: list[str], facts: dict[str, Any] | None = None) -> Questions:
    """The page as it is after saving: the questions that are asked now, those that stood there as they were sent."""
    form = of_page(one, shown, facts)
    for field in form:
        if field.short_name in asked:
            field.process(request.form)
    return form


def of_page(one: Open, shown: filling.Page, facts: dict[str, Any] | None = None) -> Questions:
    """The page as it is stored, with the questions that the facts ask for: the stored ones, unless others are given."""
    return _form(shown, filling.asked(shown.fields, one.filled.facts if facts is None else facts), values=one.content["answers"], typed=one.content["typed"])


def _form(shown: filling.Page, fields, **given) -> Questions:
    divisions: Mapping[str, Text] = {}
    if any(field.type is FieldType.DIVISION for field in fields):
        divisions = asking.divisions(web.db())
    steering = {key for field in shown.fields for key in conditions.fields(field.when)}
    return questions(fields, languages.current(), legal_day(web.now()), divisions=divisions, steering=steering, **given)


def _page(one: Open, shown: filling.Page, form: Questions, **said):
    return render_template("applications/page.html", steps=steps(one, shown.key), **_drawn(one, shown, form), **said)


def _drawn(one: Open, shown: filling.Page, form: Questions) -> dict[str, Any]:
    address = url_for("answers.save", application_id=one.application.id, key=shown.key)
    return {"one": one, "shown": shown, "form": form, "address": address, "seen": one.times.get(shown.key, (0, None))[0]}
