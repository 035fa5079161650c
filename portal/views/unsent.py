"""views: a form that was not taken because its session had ended: every word of it is shown again, to be copied.

The origin was checked before this, so that the words come from a page of this site.
"""
from flask import current_app, make_response, render_template, request, url_for

NOT_TYPED = frozenset({"csrf_token", "seen", "shown", "next", "go", "way", "outcome", "second", "kind", "problem", "committed",
                       "declared", "place", "lang"})
"""Fields of our own forms that hold a choice or a mark; a guide's own questions begin with `a-`."""
SECRET = frozenset({"password", "pin"})
YES_NO = frozenset({"true", "false"})


def page(status: int, title: str, sentence: str, *, sign_in: bool = False):
    """The page with what was typed, and the link by which the reader goes on: after signing in, where `sign_in` says so."""
    back = _back()
    address = url_for("accounts.sign_in", next=back) if sign_in else back
    html = render_template("unsent.html", title=title, sentence=sentence, words=words(), address=address, sign_in=sign_in,
                           files=any(sent.filename for sent in request.files.values()))
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def words() -> str:
    """All that was typed into the form of this request, field after field."""
    found = []
    for name, value in request.form.items(multi=True):
        of_guide, own = name.startswith("a-"), name.rsplit("-", 1)[-1]
        kept = value not in YES_NO if of_guide else own not in NOT_TYPED | SECRET
        if kept and value.strip():
            found.append(value.strip())
    return "\n\n".join(found)


def _back() -> str:
    """Where the form stood: at its own address where that is a page, else with its case or application; without a query."""
    endpoint = current_app.create_url_adapter(request).match(request.path, method="GET")[0]
    if endpoint.partition(".")[0] == request.blueprint:
        return request.path
    given = request.view_args or {}
    if "case_id" in given:
        return url_for("cases.show", case_id=given["case_id"])
    if "application_id" in given:
        shown = {"documents": "documents.documents", "corrections": "corrections.correction"}.get(request.blueprint)
        return url_for(shown or "applications.overview", application_id=given["application_id"])
    return url_for("desk.queue") if request.blueprint in ("desk", "accounts") else "/"
