"""views: every revision that was ever published, at an address of its own, with its PDF: what held on a day can be read later."""

from flask import Blueprint, abort, make_response, render_template, send_from_directory

from portal import languages, web
from portal.models.guides import GuideRevision, RevisionState
from portal.publishing import disk, previews
from portal.publishing.edition import PublishedGuide
from portal.publishing.said import day
from portal.queries import editions, items, revisions
from portal.rules import item_words
from portal.rules.calendar import legal_day
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import EN, ZH, Text
from portal.rules.items import OPEN
from portal.views.documents import PDF_POLICY

pages = Blueprint("past", __name__)


@pages.get("/revisions/<slug>/<int:number>")
def page(slug: str, number: int):
    revision = _published(slug, number)
    body = previews.page(_edition(), _guide(revision), languages.current(), _mark(revision))
    others = revisions.ever_published(web.db(), revision.item_id)
    return render_template("guides/past.html", revision=revision, guide=_guide(revision).file.guide, mark=_mark(revision), body=body,
                           others=others, in_force=revision.state == RevisionState.PUBLISHED)


@pages.get("/revisions/<slug>/<int:number>.pdf")
def paper(slug: str, number: int):
    revision, locale = _published(slug, number), languages.current()
    folder = web.parts().config.data / "site" / "past"
    name = f"{revision.id}-{revision.state}-{revision.item.life}-{revision.item.life_since}-{locale}-{revision.digest[:12]}.pdf"
    if not (folder / name).is_file():
        disk.keep(folder / name, previews.paper(_edition(), _guide(revision), locale, previews.GUIDE, _mark(revision)))
    response = make_response(send_from_directory(folder, name, max_age=300, mimetype="application/pdf"))
    response.headers.set("Content-Disposition", "inline", filename=f"{slug}-{number}.pdf")
    response.headers["Content-Security-Policy"] = PDF_POLICY
    return response


def _published(slug: str, number: int) -> GuideRevision:
    return revisions.published(web.db(), slug, number) or abort(404)


def _edition():
    return editions.edition(web.db(), web.parts().config, [])


def _guide(revision: GuideRevision) -> PublishedGuide:
    return PublishedGuide(revision.item.slug, GuideFile.model_validate(revision.document), revision.number, legal_day(revision.published_at))


def _mark(revision: GuideRevision) -> Text:
    """From when till when the revision held, and what became of its item meanwhile."""
    changed = items.change(web.db(), revision.item) if revision.item.life not in OPEN else None
    since, until = legal_day(revision.published_at), revision.ended_at and legal_day(revision.ended_at)
    if until is None:
        held = previews.held(revision.number, day(since, ZH), day(since, EN))
        return item_words.beside(held, changed) if changed else held
    return previews.held(revision.number, day(since, ZH), day(since, EN), day(until, ZH), day(until, EN))
