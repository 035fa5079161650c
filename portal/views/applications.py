"""views: applying: what an item needs before anybody begins, a draft opened, a draft resumed on another device."""
from datetime import timedelta
from secrets import token_bytes
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from forms.applications import Resume, Start
from portal import languages, web
from portal.actions import applications, throttling
from portal.models.guides import GuideRevision, Item
from portal.publishing.addresses import ANSWER
from portal.publishing.edition import Edition
from portal.publishing.guide_variant import Reader, documents_table
from portal.queries import applications as asking
from portal.queries import guides, items
from portal.rules import filling, situations
from portal.rules.conditions import sentence
from portal.rules.guide.codes import Way
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.documents import Document
from portal.rules.guide.text import Text
from portal.rules.items import Life
from portal.rules.tracking import RANDOM_BYTES
from portal.views.holding import acting, draft, first_open, steps

pages = Blueprint("applications", __name__)
STARTS, RESUMES, SPAN = 300, 100, timedelta(minutes=30)
"""Drafts begun, and resume codes that were none, from one address: behind it may sit a whole hall. A code has 68 bits."""


@pages.get("/apply/<slug>")
def apply(slug: str):
    item = guides.item(web.db(), slug) or abort(404)
    revision = guides.in_force(web.db(), item.id)
    places = _places(revision)
    wished = asking.nearest(places, request.args.get("place", ""))
    return _before(item, revision, Start(places, place=wished.revision_id if wished else None))


@pages.post("/apply/<slug>")
def start(slug: str):
    item = guides.item(web.db(), slug) or abort(404)
    revision = guides.in_force(web.db(), item.id)
    places = _places(revision)
    form = Start(places, request.form)
    if items.closed(web.db(), item) or why_not(item, revision) or not form.validate():
        return _before(item, revision, form), 422
    if not throttling.attempt(web.db(), web.address_bucket("start"), STARTS, SPAN, web.now()):
        web.db().commit()
        abort(429)
    offering = asking.offering(web.db(), item.id, form.place.data) if places else None
    begun = applications.start(acting(), revision, offering, languages.current(), token_bytes(RANDOM_BYTES))
    web.hold(begun.id)
    if chosen := _chosen(guides.guide_of(revision)):
        applications.save_page(acting(), begun, filling.SITUATION, list(chosen), chosen, {}, seen=0, by=web.session().id)
    web.db().commit()
    return redirect(url_for("applications.proceed", application_id=begun.id))


def _chosen(guide: Guide) -> dict[str, Any]:
    """The answers with which somebody comes from the page of a situation, by question."""
    return situations.chosen(guide, {key.removeprefix(ANSWER): value for key, value in request.values.items() if key.startswith(ANSWER)})


def _places(revision: GuideRevision | None) -> list[asking.Where]:
    return asking.where(web.db(), revision.item_id, guides.guide_of(revision)) if revision else []


@pages.get("/resume")
def resume():
    return render_template("applications/resume.html", form=Resume())


@pages.post("/resume")
def resume_post():
    form = Resume(request.form)
    if not form.validate():
        return render_template("applications/resume.html", form=form), 422
    tries = throttling.Limit(web.address_bucket("resume"), RESUMES, SPAN)
    if not throttling.attempts(web.db(), [tries], web.now()):
        web.db().commit()
        form.code.errors = [_("尝试次数太多，请半小时后再试。草稿还在，没有丢失。")]
        return render_template("applications/resume.html", form=form), 429
    found = applications.find(web.db(), web.parts().keys, form.read_code, web.now())
    if found is None:
        web.db().commit()
        form.code.errors = [_("没有找到这份草稿。可能已经提交，或者超过三十天没有填写已被删除；请核对续填码。")]
        return render_template("applications/resume.html", form=form), 422
    throttling.take_back(web.db(), [tries], web.now())
    web.hold(found.id)
    web.db().commit()
    return redirect(url_for("applications.overview", application_id=found.id))


@pages.get("/applications/<int:application_id>")
def overview(application_id: int):
    one = draft(application_id)
    return render_template("applications/overview.html", one=one, steps=steps(one), next=first_open(one))


@pages.get("/applications/<int:application_id>/next")
def proceed(application_id: int):
    return redirect(first_open(draft(application_id)))


def why_not(item: Item, revision: GuideRevision | None) -> str | None:
    """Why the item, which is open, cannot be applied for here, as a sentence; None where it can."""
    if revision is None:
        return _("这个事项的办事指南还没有发布，暂时不能网上申请。请打电话或到窗口办理。")
    guide = guides.guide_of(revision)
    if guide.access.online is False or (guide.access.ways and Way.ONLINE not in guide.access.ways):
        return _("这个事项不在网上办，请带齐下面的材料到窗口办理；行动不便的可以请帮办员上门。")
    if item.department_id is None or not all(variant.stages for variant in guide.variants):
        return _("这个事项的网上办理还没有开通，请带齐下面的材料到窗口办理。")
    return None


def _before(item: Item, revision: GuideRevision | None, form: Start):
    """The page before work: who, what to bring, how long, what it costs, where."""
    guide, closed = guides.guide_of(revision) if revision is not None else None, items.closed(web.db(), item)
    held = web.session().facts.get("applications", []) if web.session() is not None else []
    chosen = _chosen(guide) if guide else {}
    end = situations.followed(situations.questions(guide), chosen) if chosen else None
    shown = [one for one in guide.variants if not isinstance(end, situations.Found) or end.variant in (None, one.key)] if guide else []
    return render_template(
        "applications/apply.html", item=item, guide=guide, form=form, why_not=None if closed else why_not(item, revision), closed=closed,
        chosen=_told(guide, chosen) if chosen else [],
        variants=[_variant(guide, variant) for variant in shown] if guide and (closed is None or closed.change.life is Life.SUSPENDED) else [],
        local=[(place.name, _lines(guide, place.documents)) for place in form.places.values() if place.documents],
        drafts=asking.drafts(web.db(), held, item.id, web.now()) if held else [])


def _told(guide: Guide, chosen: dict[str, Any]) -> list[tuple[str, str, Text, Text]]:
    """The answers as the form sends them on, each with its question and in words: name and value, question, answer."""
    words = guide.option_labels()
    return [(f"{ANSWER}{key}", str(value).lower() if isinstance(value, bool) else value, guide.labels()[key],
             words.get((key, value)) or (situations.YES if value is True else situations.NO)) for key, value in chosen.items()]


def _variant(guide: Guide, variant: Variant) -> dict:
    """One situation as the page shows it: when, which documents, how long, what it costs."""
    return {"variant": variant, "documents": _lines(guide, variant.documents, filling.the_form(guide, variant)),
            "limit": variant.promise or variant.statutory,
            "when": variant.when and sentence(variant.when, guide.labels(), guide.option_labels())}


def _lines(guide: Guide, documents: list[Document], form_key: str | None = None) -> list[dict]:
    """Documents with the cells that the guide's own page has for them."""
    reader = Reader(languages.current(), guide, Edition(guides=(), authority=web.authority().name, public_url=""))
    table = documents_table(reader, documents)
    return [{"document": document, "cells": cells, "is_form": document.key == form_key}
            for document, cells in zip(documents, table.rows if table else (), strict=True)]
