"""web: the glue between Flask and the house: the request's database session, server-side sign-in, CSRF, access, headers.

* A GET reads, every other method writes; the view commits as its last line before the redirect.
* A page that needs no session makes none and sets no cookie, so that it can be cached.
* Access is denied unless the ledger (`ledger.py`) names a rule for the endpoint.
* CSRF: the `Origin` must be ours, and a form of a session carries the session's token. The token lives as long as the
  session row, so a phone that restores a killed tab sends a good one.
"""
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, url_for
from htmx_flask import Htmx
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from portal import addressing, headers, keys, ledger
from portal.config import Config
from portal.db import Database
from portal.keys import KeyRing
from portal.models.people import Staff
from portal.models.sessions import WebSession
from portal.queries import places
from portal.rules import networks
from portal.rules.permissions import acting_roles
from portal.storage import Storage

COOKIE = "banshi"
STAFF_LASTS, VISITOR_LASTS = timedelta(hours=10), timedelta(hours=12)
VISITOR_IDLE, SEEN_EVERY = timedelta(hours=2), timedelta(minutes=5)
"""A visitor's session ends so long after the last request, as `_leave.html` says; when that was is written so often."""
SAFE = {"GET", "HEAD", "OPTIONS"}
ENDED = (403, "ended")
"""A form of the desk whose officer is signed in no more: `views/unsent.py` gives her words back."""

@dataclass(frozen=True)
class Parts:
    """What the installation is made of; one per application object."""

    config: Config
    database: Database
    keys: KeyRing
    storage: Storage


def parts() -> Parts:
    return current_app.extensions["banshi"]


def now() -> datetime:
    """The moment in UTC; the only clock that views look at."""
    return datetime.now(UTC)


def db() -> Session:
    """The request's database session: reading for GET, writing for the rest."""
    if "db" not in g:
        g.db = parts().database.session(writes=request.method not in SAFE)
    return g.db


def wants_piece() -> bool:
    """Whether htmx asks for a piece of the page, and not for the page, as it does when a reader goes back."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def lead_on(address: str):
    """To the next page: by a redirect, which htmx would follow by itself and take for the piece it asked for."""
    return ("", 204, {"HX-Redirect": address}) if wants_piece() else redirect(address)


def let_others_write() -> None:
    """Ends the transaction, so that nobody waits at the gate while this request does slow work. What was read stays."""
    db().commit()


def session() -> WebSession | None:
    """The signed-in or visiting session of this request, or None."""
    if "session" not in g:
        token = request.cookies.get(COOKIE)
        g.session = None
        if token:
            whose = joinedload(WebSession.staff).options(joinedload(Staff.place), joinedload(Staff.department))
            row = db().scalar(select(WebSession).options(whose).where(WebSession.token_digest == _digest(token)))
            if row is not None and row.ends_at > now() and (row.staff.active if row.staff else row.seen_at > now() - VISITOR_IDLE):
                g.session = row
                _seen(row)
    return g.session


def _seen(row: WebSession) -> None:
    if row.staff_id is not None or now() - row.seen_at < SEEN_EVERY:
        return
    if request.method not in SAFE:
        row.seen_at = now()
        return
    with parts().database.writing() as other:  # the request's own session only reads
        other.execute(update(WebSession).where(WebSession.id == row.id).values(seen_at=now()))
        other.commit()


def staff() -> Staff | None:
    """The staff member at the desk, or None."""
    return session().staff if session() else None


def open_session(*, staff: Staff | None = None) -> WebSession:
    """A new session row, its token set as a cookie on the response; a signed-in one replaces the visitor's."""
    old, token, at = session(), secrets.token_urlsafe(32), now()
    g.session = WebSession(
        token_digest=_digest(token), csrf=secrets.token_urlsafe(24), staff=staff,
        facts=dict(old.facts) if old is not None and old.staff_id is None and staff is None else {},
        created_at=at, seen_at=at, ends_at=at + (STAFF_LASTS if staff else VISITOR_LASTS))
    if old is not None:
        db().delete(old)
    db().execute(delete(WebSession).where(WebSession.ends_at < at))
    db().add(g.session)
    g.new_token = token
    return g.session


def close_session() -> None:
    """Signing out, or leaving: the row goes, and with it every copy of the cookie."""
    if session() is not None:
        db().delete(g.session)
    g.session, g.new_token = None, ""


def hold(application_id: int) -> None:
    """This session may fill in and act on the application; a session is opened where there is none. The token is new, so
    that who copied the cookie before holds nothing; the forms of other tabs stay good."""
    row, g.new_token = session() or open_session(), secrets.token_urlsafe(32)
    row.token_digest = _digest(g.new_token)
    if row.staff_id is None:
        row.ends_at = now() + VISITOR_LASTS
    held = row.facts.get("applications", [])
    if application_id not in held:
        row.facts = {**row.facts, "applications": [*held, application_id]}


def holds(application_id: int) -> bool:
    """Whether this session may act on the application."""
    return session() is not None and application_id in session().facts.get("applications", [])


def visiting() -> bool:
    """Whether this is a visitor who holds an application, and can leave."""
    return session() is not None and session().staff_id is None and bool(session().facts.get("applications"))


def here() -> str:
    """The address of this page, to come back to; the home page after a POST or for an address that is not text."""
    address = request.full_path.rstrip("?")
    return address if request.method == "GET" and address.isprintable() else "/"


def inside(address: str | None) -> str | None:
    """The address where it is a path of this site, else None. Browsers drop tabs and line ends and take a backslash for
    a slash before they look where an address leads, so none may be in it."""
    within = address and address.startswith("/") and not address.startswith("//") and address.isprintable() and "\\" not in address
    return address if within else None


def authority() -> places.Authority:
    """The office whose portal this is, with the notice that a sample carries."""
    if "authority" not in g:
        g.authority = places.authority(db(), parts().config.authority)
    return g.authority


def address_bucket(purpose: str = "sign_in") -> str:
    """A keyed digest of the caller's network (`rules.networks`), for throttling one thing; the address is stored nowhere."""
    return parts().keys.blind(f"{purpose} {networks.network(request.remote_addr or '')}", "throttle.address")


def csrf_token() -> str:
    """The token that every form of a session carries; empty where there is no session.

    Masked anew each time, so that the length of a compressed page tells nothing about it (BREACH).
    """
    if session() is None:
        return ""
    plain = session().csrf.encode()
    mask = secrets.token_bytes(len(plain))
    return (mask + bytes(a ^ b for a, b in zip(mask, plain, strict=True))).hex()


def assemble(config: Config) -> Parts:
    """The parts that the settings name. Raises Problem where a key file is missing, unsafe or the demo's."""
    return Parts(config, Database(config.database), keys.load(config.keys, demo=config.demo), Storage(config.files))


def check_ledger(app: Flask) -> None:
    """Raises LookupError where the ledger and the routes do not name each other."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    if endpoints != set(ledger.RULES):
        raise LookupError(f"routes and ledger differ: {sorted(endpoints ^ set(ledger.RULES))}")


def set_up(app: Flask, made_of: Parts) -> None:
    """The step of `create_app` that hangs all this on the application."""
    app.extensions["banshi"] = made_of
    app.url_map.converters["int"] = addressing.Number
    Htmx(app)
    app.before_request(_only_same_origin)
    app.before_request(_only_with_rule)
    app.after_request(_headers)
    app.teardown_appcontext(_close)
    app.jinja_env.globals.update(csrf_token=csrf_token, staff=staff, visiting=visiting, authority=authority, here=here,
                                 asset_version=_assets(app))


def _only_same_origin() -> None:
    if request.method in SAFE:
        return
    origin = request.headers.get("Origin")
    if origin is not None:
        allowed = {request.host, urlsplit(parts().config.public_url).netloc}
        if urlsplit(origin).netloc not in allowed:
            abort(403)
    elif request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    form = request.form  # read first: a slow phone sends its files before the database's gate is taken, not while others wait
    if session() is not None and request.endpoint not in ledger.WITHOUT_TOKEN:
        sent = request.headers.get("X-CSRF-Token") or form.get("csrf_token", "")
        if not hmac.compare_digest(_unmasked(sent), session().csrf.encode()):
            abort(*(ENDED if _for_staff() and staff() is None else (400, "csrf")))


def _unmasked(sent: str) -> bytes:
    """The token as the session has it; empty for what is no token."""
    try:
        both = bytes.fromhex(sent)
    except ValueError:
        return b""
    half = len(both) // 2
    return bytes(a ^ b for a, b in zip(both[:half], both[half:], strict=False))


def _only_with_rule():
    if request.endpoint is None:
        return None
    rule = ledger.RULES[request.endpoint].who
    if not _for_staff():
        return None  # a holder's route asks `holds` for its object and answers 404
    if staff() is None:
        if request.method in SAFE:
            return lead_on(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
        abort(*ENDED)
    if rule != ledger.STAFF and not acting_roles((role.role for role in staff().roles), staff().place.code) & rule:
        abort(404)
    return None


def _for_staff() -> bool:
    return request.endpoint is not None and ledger.RULES[request.endpoint].who not in (ledger.ANYONE, ledger.HOLDER)


def _headers(response):
    headers.put(response, personal=g.get("session") is not None)
    if "new_token" in g:
        _set_cookie(response)
    return response


def _set_cookie(response) -> None:
    if not g.new_token:
        response.delete_cookie(COOKIE)
        return
    lasts = STAFF_LASTS if g.session is not None and g.session.staff_id else VISITOR_LASTS
    response.set_cookie(COOKIE, g.new_token, max_age=lasts, httponly=True, samesite="Lax",
                        secure=parts().config.secure)


def _close(_error) -> None:
    if "db" in g:
        g.pop("db").close()


def _assets(app: Flask) -> str:
    """Changes with any static file, so that browsers may keep them for long."""
    files = sorted(path for path in Path(app.static_folder).rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:10]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
