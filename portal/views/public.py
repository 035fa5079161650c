"""views: the public front: search, the reader's language, health, and the published site's files on the same port."""

import re

from flask import Blueprint, abort, redirect, render_template, request
from sqlalchemy import text

from portal import languages, web
from portal.queries import offices
from portal.queries import search as searching
from portal.views import missed, site_files

pages = Blueprint("public", __name__)
LAST = 1000
"""The last page of results that is looked for."""


@pages.get("/")
def home():
    return site_files.answer("index.html")


@pages.get("/<path:path>")
def site(path: str):
    return site_files.answer(path)


@pages.get("/search")
def search():
    query = request.args.get("q", "").strip()[:100]
    page = min(max(1, request.args.get("page", 1, type=int)), LAST)
    listed = request.args.get("only") == "items"
    where = offices.chosen(web.db(), *request.args.getlist("at")[:2] or [None])
    answer = searching.answer(web.db(), query, limit=searching.PAGE, page=page, only_listed=listed, at=where.codes) if query else None
    found = offices.named(web.db(), query) if query and page == 1 and not listed else []
    if answer and page == 1 and answer.missed and not found:
        missed.tell(query, answer.led_to)
    total = (answer.listed_total if listed else answer.total) if answer else 0
    template = "public/_found.html" if web.wants_piece() else "public/search.html"
    return render_template(template, query=query, answer=answer, page=page, alone=web.wants_piece(), listed=listed, where=where,
                           offices=found, pages=-(-total // searching.PAGE), department_page=_department_page)


def _department_page(name: str) -> str:
    """The path of a department's list on the site, below the language."""
    from portal.publishing.indexes import pinyin  # loads what other pages do not need

    return f"departments/{pinyin(name.removeprefix(web.authority().name.zh))}/"


@pages.post("/language")
def language():
    chosen = request.form.get("lang")
    if chosen not in (languages.ZH, languages.EN):
        abort(404)
    back = request.form.get("next", "/")
    back = re.sub(r"([?&])lang=[^&]*&?", r"\1", back).rstrip("?&")
    response = redirect(web.inside(back) or "/")
    languages.choose(response, chosen)
    return response


@pages.get("/healthz")
def health():
    web.db().execute(text("SELECT 1"))
    return {"state": "ok"}
