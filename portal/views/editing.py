"""views: a draft is edited section by section: a list of sections, one page each, what lint says beside the field.

Buttons of rows send the form and get it back with everything typed; only *save* writes. The same pages work with htmx, which
swaps the form alone and asks `look` for findings and the chart while somebody types.
"""
import json
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from pydantic import ValidationError

from forms.guide import SectionForm, Seen
from portal import web
from portal.actions import editing as acting
from portal.languages import current
from portal.models.editing import GuideRemark
from portal.models.guides import GuideRevision, RevisionState
from portal.publishing import flowchart
from portal.queries import cases, editing, places, revisions
from portal.rules.calendar import legal_day
from portal.rules.guide import sections
from portal.rules.guide.document import GuideFile, Variant
from portal.rules.guide.stages import Stage
from portal.rules.guide.text import Text
from portal.rules.lint import ERROR, Finding, lint

pages = Blueprint("editing", __name__)
UNFINISHED = {"missing", "string_too_short", "too_short"}
"""Mistakes that somebody who is still typing is not told of yet."""


@pages.get("/desk/guides/<int:revision_id>/edit")
def contents(revision_id: int):
    one = _draft(revision_id)
    revision, file = one.revision, one.file
    if asked := sections.part_at(file, request.args.get("at", "")) if "at" in request.args else None:
        return redirect(url_for("editing.section", revision_id=revision_id, section=asked.key, at=request.args["at"]))
    found = _by_part(one, file)
    document = file.model_dump(mode="json")
    edits = editing.last_edits(web.db(), revision.id)
    rows = [(part, found.get(part.key, []), edits.get(part.key), _empty(sections.taken(document, part)), len(_remarks(one, part)))
            for part in sections.parts(file)]
    errors = sum(finding.level == ERROR for held in found.values() for finding in held)
    return render_template("guides/edit.html", revision=revision, guide=file.guide, rows=rows, errors=errors,
                           warnings=sum(map(len, found.values())) - errors, called=cases.called)


@pages.get("/desk/guides/<int:revision_id>/edit/<section>")
def section(revision_id: int, section: str):
    one = _draft(revision_id)
    part = sections.part(one.file, section) or abort(404)
    form = SectionForm.of(one.file, part)
    if request.args.get("at"):
        form.open_rows([request.args["at"]])
    return _page(one, form, sections.taken(form.document, part), saved=request.args.get("saved"))


@pages.post("/desk/guides/<int:revision_id>/edit/<section>")
def save(revision_id: int, section: str):
    one = _draft(revision_id)
    form, before = _sent(one.file, section)
    do = request.form.get("do", "save")
    if ":" in do or do == "draw":
        web.let_others_write()
        return _page(one, form, before, focus=_acted(form, do))
    if form.whole() is None:
        return _page(one, form, before), 422
    try:
        acting.save(web.db(), web.staff(), one.revision, form.part, form.values(), before, web.now())
    except acting.NoDraft as problem:
        return _page(one, form, before, ended=problem.text), 409
    except acting.Overtaken as problem:
        together = SectionForm.of(one.file, form.part, problem.together)
        return _page(one, together, problem.stored, overtaken=problem), 409
    following = _following(one.file, form.part) if do == "next" else None
    web.db().commit()
    if do == "next" and following is None:
        return redirect(url_for("editing.contents", revision_id=revision_id))
    return redirect(url_for("editing.section", revision_id=revision_id, section=following or section, saved=section))


@pages.post("/desk/guides/<int:revision_id>/edit/<section>/look")
def look(revision_id: int, section: str):
    """What lint says of the section as it is typed, and the chart of its stages; pieces for the page that asks."""
    one = _draft(revision_id)
    web.let_others_write()
    form, _ = _sent(one.file, section)
    whole = form.whole()
    form.wrong = [one for one in form.wrong if one.code not in UNFINISHED]
    controls, _ = form.draw(_findings(one, whole, form.part) if whole else (), _remarks(one, form.part))
    return render_template("guides/_edit_look.html", controls=[inner for each in controls for inner in each.walk() if inner.kind != "node"],
                           chart=_chart(form, one.departments), called=cases.called)


class Draft(NamedTuple):
    """A draft that is edited, and all that its pages ask the database for."""

    revision: GuideRevision
    file: GuideFile
    departments: dict[str, Text]
    directory: frozenset[str]
    remarks: list[GuideRemark]


def _draft(revision_id: int) -> Draft:
    """The draft of that number. What is no draft any more leads to its page; what somebody sends for it is told so with all
    that she typed."""
    writes = request.method == "POST"
    revision = revisions.one(web.db(), cases.officer(web.staff()), revision_id, to_act=writes) or abort(404)
    if revision.state != RevisionState.DRAFT and not writes:
        abort(redirect(url_for("revisions.show", revision_id=revision_id)))
    web.authority()
    return Draft(revision, GuideFile.model_validate(revision.document), editing.departments(web.db()), places.directory(web.db()),
                 editing.remarks(web.db(), revision.id))


def _sent(file: GuideFile, section: str) -> tuple[SectionForm, sections.Values]:
    part = sections.part(file, section) or abort(404)
    before = Seen(request.form).values()
    try:
        form = SectionForm.sent(file, part, request.form)
    except (ValueError, TypeError, AttributeError, LookupError):
        abort(400)
    if before is None:
        abort(400)
    return form, before


def _acted(form: SectionForm, do: str) -> str:
    """Does what the button of a row says; returns where to go on."""
    if do == "draw":
        return "chart"
    try:
        return form.act(do)
    except (ValueError, TypeError, AttributeError, LookupError):
        abort(400)


def _page(one: Draft, form: SectionForm, before: sections.Values, *, focus: str = "", saved: str | None = None,
          overtaken: acting.Overtaken | None = None, ended: Text | None = None):
    """The section's page, or the form alone where htmx asks for it."""
    part = form.part
    whole = form.file if request.method == "GET" else form.whole() if not form.wrong else None
    if focus:
        form.wrong = []
    controls, loose = form.draw(_findings(one, whole, part) if whole else (), _remarks(one, part))
    marked = [inner for each in controls for inner in each.walk() if inner.mistakes]
    every = sections.parts(form.file)
    at = next(number for number, each in enumerate(every) if each.key == part.key)
    template = "guides/_edit_form.html" if web.wants_piece() and focus else "guides/edit_section.html"
    return render_template(
        template, asking=_asking(form), told=form.told, revision=one.revision, guide=form.file.guide, part=part, controls=controls, loose=loose, wrong=form.wrong, marked=marked,
        before=json.dumps(before, ensure_ascii=False), focus=focus, overtaken=overtaken, ended=ended, chart=_chart(form, one.departments),
        departments=one.departments, saved=next((each for each in every if each.key == saved), None), called=cases.called,
        number=at + 1, total=len(every), previous=every[at - 1] if at else None, following=every[at + 1] if at + 1 < len(every) else None)


def _asking(form: SectionForm) -> list[sections.Part]:
    """Where conditions ask for a question that is to go."""
    gone = [mistake.about for mistake in form.wrong if mistake.code == "condition_field_unknown"]
    return [part for key in gone for part in sections.asking(form.file, key)]


def _findings(one: Draft, file: GuideFile, part: sections.Part) -> list[tuple[str, Finding]]:
    return [(finding.at, finding) for finding in _by_part(one, file).get(part.key, [])]


def _remarks(one: Draft, part: sections.Part) -> list[tuple[str, GuideRemark]]:
    return [(remark.at_path, remark) for remark in one.remarks if sections.part_at(one.file, remark.at_path) == part]


def _by_part(one: Draft, file: GuideFile) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in lint(file, legal_day(web.now()), one.directory):
        part = sections.part_at(file, finding.at)
        if part is not None:
            found.setdefault(part.key, []).append(finding)
    return found


def _chart(form: SectionForm, departments: dict[str, Text]) -> str | None:
    """The drawing of the stages as typed; None for another section. A stage that is not whole yet is left out."""
    if form.part.section.key != "stages":
        return None
    stages: list[Stage] = []
    for row in form.values()["variants.stages"]:
        try:
            stages.append(Stage.model_validate(row))
        except ValidationError:
            continue
    known = {stage.key for stage in stages}
    stages = [stage.model_copy(update={
        "waits_for": [key for key in stage.waits_for if key in known], "produces": [],
        "outcomes": [one for one in stage.outcomes if one.to is None or one.to in known]}) for stage in stages]
    variant = form.file.guide.variants[form.part.index]
    if len(known) < len(stages) or not stages:
        return ""
    return flowchart.draw(Variant(key=variant.key, name=variant.name, stages=stages), current(),
                          owner=form.file.guide.item.department, departments=departments)


def _following(file: GuideFile, part: sections.Part) -> str | None:
    keys = [one.key for one in sections.parts(file)]
    return keys[keys.index(part.key) + 1] if keys.index(part.key) + 1 < len(keys) else None


def _empty(values: sections.Values) -> bool:
    return all(value in (None, [], False) for value in values.values())
