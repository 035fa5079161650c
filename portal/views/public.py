"""views: the public front: search, the reader's language, health, and the published site's files on the same port."""

import re
from pathlib import Path

from flask import Blueprint, abort, make_response, redirect, render_template, request, send_from_directory, url_for
from sqlalchemy import text

from portal import languages, web
from portal.queries import editions
from portal.queries import search as searching

pages = Blueprint("public", __name__)
LAST = 1000
"""The last page of results that is looked for."""
TYPES = {".jsonld": "application/ld+json", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
"""Of files that not every system knows by their names."""


@pages.get("/")
def home():
    return _file("index.html")


@pages.get("/<path:path>")
def site(path: str):
    return _file(path)


@pages.get("/search")
def search():
    query = request.args.get("q", "").strip()[:100]
    page = min(max(1, request.args.get("page", 1, type=int)), LAST)
    answer = searching.answer(web.db(), query, limit=searching.PAGE, page=page) if query else None
    template = "public/_found.html" if web.wants_piece() else "public/search.html"
    return render_template(template, query=query, answer=answer, page=page, alone=web.wants_piece(),
                           pages=-(-answer.total // searching.PAGE) if answer else 0)


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


def _file(path: str):
    """A file of the published site; in production the web server in front may serve it itself."""
    folder = web.parts().config.data / "site" / "current"
    if (folder / path).is_dir():
        if not path.endswith("/"):
            return redirect(url_for("public.site", path=path + "/"), 308)
        path += "index.html"
    if not (folder / path).is_file() and not _requested(folder, path) and not _printed(folder, path):
        abort(404)
    response = make_response(send_from_directory(folder, path, max_age=300, mimetype=TYPES.get(Path(path).suffix)))
    policy = folder / "csp.txt"
    if path.endswith(".html") and policy.is_file():
        response.headers["Content-Security-Policy"] = policy.read_text().strip()
    return response


def _printed(folder: Path, path: str) -> bool:
    """Whether the path is a guide's paper that was not made yet; then it is made now."""
    name = path.removeprefix("pdf/")
    if name == path or "/" in name or not name.endswith(".pdf") or not folder.is_dir():
        return False
    from portal.publishing import papers  # loads a layout engine, which no page needs

    edition = editions.edition(web.db(), web.parts().config, [papers.slug_of(name)])
    return any(papers.asked_for(edition, guide, name, folder.parent / "papers", folder) for guide in edition.guides)


def _requested(folder: Path, path: str) -> bool:
    """Whether the path is an offering's paper, a place's poster or a list's workbook that was not made yet; then it is made now."""
    if not path.startswith(("pdf/", "data/")) or not folder.is_dir():
        return False
    from portal.publishing import requested  # loads what no page needs

    asked = requested.wanted(path)
    if asked is None:
        return False
    for _ in range(2 if asked.locale else 1):
        # A change that comes while a paper is made takes away nothing that is not there yet: looked at again, it holds.
        with web.parts().database.reading() as db:
            slugs = [asked.slug] if asked.slug else editions.slugs_at(db, asked.place) if asked.place else None
            edition = editions.edition(db, web.parts().config, slugs)
        if requested.make(edition, asked, folder.parent / "papers", folder) is None:
            (folder / path).unlink(missing_ok=True)
            return False
    return True
