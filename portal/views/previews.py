"""views: a revision as it will look, for staff alone: its page, its form, its flowcharts and its papers, each marked as a preview."""
from flask import Blueprint, abort, make_response, render_template

from forms.answers import questions
from portal import languages, web
from portal.models.guides import GuideRevision
from portal.publishing import previews
from portal.publishing.edition import Edition, PublishedGuide
from portal.queries import applications, cases, editions
from portal.queries import revisions as asking
from portal.rules import conditions, filling
from portal.rules.calendar import legal_day
from portal.rules.guide.codes import FieldType
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from portal.rules.workflow import STOPS, Stop
from portal.views.documents import PDF_POLICY

pages = Blueprint("previews", __name__)


@pages.get("/desk/guides/<int:revision_id>/preview/page")
def page(revision_id: int):
    revision, edition, guide = _made(revision_id)
    body = previews.page(edition, guide, languages.current(), _mark(revision))
    return _shown("guides/preview_page.html", revision, guide, body=body, part="page")


@pages.get("/desk/guides/<int:revision_id>/preview/form")
def form(revision_id: int):
    revision, _, guide = _made(revision_id)
    document = guide.file.guide
    asked = [*([(filling.SITUATION_TITLE, None, document.situations)] if document.situations else []),
             *((section.title, section.help, section.fields) for section in document.form)]
    divisions = applications.divisions(web.db()) if any(field.type is FieldType.DIVISION for field in document.all_fields()) else {}
    drawn = [(title, help_, questions(fields, languages.current(), legal_day(web.now()), divisions=divisions)) for title, help_, fields in asked]
    when = {field.key: conditions.sentence(field.when, document.labels(), document.option_labels())
            for field in document.all_fields() if field.when}
    return _shown("guides/preview_form.html", revision, guide, sections=drawn, when=when, part="form")


@pages.get("/desk/guides/<int:revision_id>/preview/chart")
def chart(revision_id: int):
    revision, edition, guide = _made(revision_id)
    return _shown("guides/preview_chart.html", revision, guide, charts=previews.charts(edition, guide, languages.current()), part="chart")


@pages.get("/desk/guides/<int:revision_id>/preview/<kind>.pdf")
def paper(revision_id: int, kind: str):
    if kind not in previews.PAPERS:
        abort(404)
    revision, edition, guide = _made(revision_id)
    if kind != previews.GUIDE and not (guide.file.guide.form or guide.file.guide.situations):
        abort(404)
    response = make_response(previews.paper(edition, guide, languages.current(), kind, _mark(revision)))
    response.mimetype = "application/pdf"
    response.headers.set("Content-Disposition", "inline", filename=f"preview-{guide.slug}-{revision.number}-{kind}.pdf")
    response.headers["Content-Security-Policy"] = PDF_POLICY
    return _private(response)


def _made(revision_id: int) -> tuple[GuideRevision, Edition, PublishedGuide]:
    """The revision with the county around it, as its publication would have them."""
    revision = asking.one(web.db(), cases.officer(web.staff()), revision_id) or abort(404)
    day = legal_day(revision.published_at or revision.goes_live_at or web.now())
    guide = PublishedGuide(revision.item.slug, GuideFile.model_validate(revision.document), revision.number, day)
    return revision, editions.edition(web.db(), web.parts().config, []), guide


def _mark(revision: GuideRevision) -> Text:
    return previews.mark(revision.number, STOPS[Stop(revision.state)], in_force=revision.state == Stop.PUBLISHED)


def _shown(template: str, revision: GuideRevision, guide: PublishedGuide, **values):
    response = make_response(render_template(template, revision=revision, guide=guide.file.guide, mark=_mark(revision), **values))
    return _private(response)


def _private(response):
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response
