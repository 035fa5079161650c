"""views: the editors' desk for what people look for: the county's list of words, and the searches that found nothing."""
from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from forms.words import Word
from portal import languages, web
from portal.actions import catalogue, misses
from portal.actions import words as acting
from portal.queries import words as asking
from portal.rules.calendar import legal_day
from portal.rules.guide.text import Text
from portal.rules.problems import Problem
from portal.views import turning

pages = Blueprint("words", __name__)
FASTER = Text(zh="别人刚改过这个词，所以没有保存。您写的都在下面，请核对后再保存。",
              en="Somebody else has just changed this word, so nothing was saved. What you wrote is below; check it and save again.")


@pages.get("/desk/words")
def listed():
    return _page(Word(data={"word": request.args.get("word", "")[:40]}))


@pages.get("/desk/words/<int:word_id>")
def change(word_id: int):
    row = asking.synonym(web.db(), word_id) or abort(404)
    return _page(Word(data={"word": row.word, "means": "\n".join(row.means), "version": row.version}))


@pages.post("/desk/words")
def keep():
    form = Word(request.form)
    if not form.validate():
        return _page(form), 422
    version = int(form.version.data) if (form.version.data or "").isdecimal() else None
    try:
        acting.keep(web.db(), web.staff(), form.people, form.offices, version, web.now())
        web.db().commit()
    except acting.FindsNothing as problem:
        form.means.errors = [problem.text.said(languages.current())]
        return _page(form), 422
    except acting.Overtaken as problem:
        web.db().rollback()
        typed = form.means.data
        return _page(Word(data={"word": problem.row.word, "means": "\n".join(problem.row.means), "version": problem.row.version}), problem.text, typed), 409
    except (StaleDataError, IntegrityError):  # two at once where the database holds no row
        web.db().rollback()
        return _page(form, FASTER), 409
    return redirect(url_for("words.listed", kept=form.people))


@pages.post("/desk/words/<int:word_id>/remove")
def remove(word_id: int):
    try:
        acting.remove(web.db(), word_id)
        web.db().commit()
    except StaleDataError:  # gone already
        web.db().rollback()
    return redirect(url_for("words.listed"))


@pages.get("/desk/searches")
def missed():
    page = turning.turned()
    rows, total, led = asking.missed(web.db(), page)
    return render_template("words/missed.html", rows=rows, total=total, led=led, page=page, pages=-(-total // asking.PAGE))


@pages.post("/desk/searches/dismiss")
def dismiss():
    misses.dismiss(web.db(), request.form.get("words", ""), legal_day(web.now()))
    web.db().commit()
    return redirect(url_for("words.missed"))


@pages.post("/desk/searches/guide")
def write():
    """Begins a guide by the name that people looked for; the editor changes it at once."""
    row = asking.miss(web.db(), request.form.get("words", "")) or abort(404)
    revision = catalogue.begin_named(web.db(), web.staff(), row.words, web.now())
    misses.forget(web.db(), row.words)
    web.db().commit()
    return redirect(url_for("editing.contents", revision_id=revision.id))


def _page(form: Word, told: Problem | Text | None = None, lost: str = ""):
    return render_template("words/words.html", form=form, rows=asking.synonyms(web.db()), told=told, lost=lost, kept=request.args.get("kept", "")[:40])
