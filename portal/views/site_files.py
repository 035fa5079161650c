"""views: the files of the shown site on the portal's port, and those that are made when somebody first asks for them.

What is made says what the page says that is shown: while an earlier site is shown, a guide's papers are made of the guide as
it stands there, and lists of many guides wait.
"""
import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from flask import abort, make_response, redirect, render_template, send_file, send_from_directory, url_for
from flask_babel import gettext as _

from portal import languages, web
from portal.publishing import addresses, booklet_orders, journals, notices, publications
from portal.publishing.booklet_orders import Order
from portal.publishing.edition import Edition
from portal.queries import editions
from portal.views import errors

PART, LONGEST = 255, 3000
"""Bytes of a file's name and of a path in the site. Disks hold no longer name, and with what stands before it no path above 4096."""
LOOK = 15
"""Seconds after which who waits for a booklet sees how far it is."""
TYPES = {".jsonld": "application/ld+json", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
"""Of files that not every system knows by their names."""


def answer(path: str):
    """A file of the published site; in production the web server in front may serve it itself."""
    if len(os.fsencode(path)) > LONGEST or any(len(os.fsencode(part)) > PART for part in path.split("/")):
        abort(404)
    root = web.parts().config.data / "site"
    folder = root / journals.SHOWN
    if to := notices.target(_table(folder / notices.REDIRECTS), f"/{path}"):
        response = redirect(to, 301)
        response.headers["Cache-Control"] = "max-age=3600"  # the item may be in force again one day
        return response
    if (folder / path).is_dir():
        if not path.endswith("/"):
            return redirect(url_for("public.site", path=path + "/"), 308)
        path += "index.html"
    if not (folder / path).is_file():
        guide = addresses.guide_offered(path)
        if guide and (folder / guide / "index.html").is_file():
            return redirect(f"/{guide}/")  # the place offers it no more, or not yet; a poster or a paper may still lead here
        return _made(root, path)
    response = make_response(send_from_directory(folder, path, max_age=300, mimetype=TYPES.get(Path(path).suffix)))
    policy = folder / "csp.txt"
    if path.endswith(".html") and policy.is_file():
        response.headers["Content-Security-Policy"] = policy.read_text().strip()
    return response


def _table(file: Path) -> str:
    """The addresses of the shown site that lead on."""
    return file.read_text("utf-8") if file.is_file() else ""


def _made(root: Path, path: str):
    """A paper or a workbook that was not made yet is made now, and shown for the next who asks."""
    if not path.startswith(("pdf/", "data/")) or not journals.shown(root).is_dir():
        abort(404)
    if order := booklet_orders.named(path):
        return _ordered(root, order)
    from portal.publishing import papers, requested  # load what no page needs

    asked = requested.wanted(path)
    slug, place = (asked.slug, asked.place) if asked else (papers.slug_of(path.removeprefix("pdf/")), None)
    if not asked and not (path.startswith("pdf/") and "/" not in path[4:] and path.endswith(".pdf")):
        abort(404)
    for _turn in range(2):  # a change that comes while it is made has made it old
        seen, held = journals.number(root), publications.held(root)
        if held and not slug:
            return _waits()
        edition = _edition(slug, place, journals.shown(root) if held else None)
        if asked:
            made = requested.make(edition, asked, papers.folder_of(root))
            is_shown = made is not None and publications.show_made(root, path, made, seen, slug)
        else:
            found = next((found for guide in edition.guides if (found := papers.asked_for(edition, guide, path[4:], root, seen))), None)
            made, is_shown = found or (None, False)
        if made is None:
            abort(404)
        if is_shown:
            break
    return send_file(BytesIO(made) if isinstance(made, bytes) else made, mimetype=TYPES.get(Path(path).suffix), max_age=300,
                     download_name=Path(path).name)


def _ordered(root: Path, order: Order):
    """A booklet takes minutes: it is ordered, and who asked reads how far it is until it stands under its address."""
    if not (journals.shown(root) / booklet_orders.page_of(order)).is_file():
        abort(404)
    if publications.held(root):
        return _waits()
    told = booklet_orders.place(order, root / "papers")
    if told.failed:
        return errors.page(503, _("这一册没有装订成"), told.failed[languages.current() == languages.EN])
    response = make_response(render_template("public/booklet.html", order=told), 202)
    response.headers["Refresh"] = str(LOOK)
    response.headers["Cache-Control"] = "no-store"
    return response


def _waits():
    return errors.page(503, _("这份文件暂时不能下载"), _(
        "网站现在展示的是放回的较早内容，这份文件包含许多指南，要等网站重新发布后才能生成。请过些时候再来；单项指南的 PDF 照常下载。"))


def _edition(slug: str | None, place: str | None, folder: Path | None) -> Edition:
    """The edition of one guide, of the guides of a place, or of all. With the folder of an earlier site, the guide as it
    stands there."""
    with web.parts().database.reading() as db:
        slugs = [slug] if slug else editions.slugs_at(db, place) if place else None
        edition = editions.edition(db, web.parts().config, slugs)
    if folder is None:
        return edition
    from portal.publishing import opendata

    earlier = opendata.read(folder, slug)
    return replace(edition, guides=(earlier,) if earlier else ())
