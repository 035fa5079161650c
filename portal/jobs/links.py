"""jobs: the links of guides in force are asked at night, politely: few a night, HEAD before GET, one at a time, never inside.

Who edits a guide could otherwise make this machine ask others in its own network: only http and https, only public addresses,
and the address that was examined is the one that is asked; each redirect is examined in the same way.
"""
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote, urljoin, urlsplit

from sqlalchemy import select

from portal import logs
from portal.jobs import Tools
from portal.models.staying import GuideFinding, LinkState
from portal.rules.staying import NAMED_LINK

A_NIGHT, TIMEOUT, REDIRECTS = 300, 10, 4
AGAIN = timedelta(hours=20)
AGENT = "Banshi-links/1 (checks links of public service guides once in a while)"
REDIRECTING = {301, 302, 303, 307, 308}
NOT_ALLOWED = {400, 403, 405, 501}
"""Answers that HEAD gets where GET would do."""

log = logs.get()


def ask(tools: Tools, now: datetime, answer: Callable[[str], str] | None = None) -> int:
    """Asks the links that were not asked for longest, at most so many a night; how many. Without any network nothing is
    written down: then all would look dead."""
    answer = answer or answer_of
    with tools.database.reading() as db:
        urls = list(db.scalars(
            select(GuideFinding.subject).outerjoin(LinkState, LinkState.url == GuideFinding.subject)
            .where(GuideFinding.kind == NAMED_LINK, LinkState.url.is_(None) | (LinkState.asked_at < now - AGAIN))
            .group_by(GuideFinding.subject, LinkState.asked_at).order_by(LinkState.asked_at.is_not(None), LinkState.asked_at, GuideFinding.subject)
            .limit(A_NIGHT)))
    told = {url: answer(url) for url in urls}
    if told and all(said == "unreachable" for said in told.values()) and len(told) > 1:
        log.warning("links.no_network", job="links", count=len(told))
        return 0
    with tools.database.writing() as db:
        for url, said in told.items():
            row = db.get(LinkState, url)
            failures = 0 if good(said) else (row.failures if row else 0) + 1
            db.merge(LinkState(url=url, asked_at=now, answer=said, failures=failures))
        db.commit()
    log.info("links.asked", job="links", count=len(told))
    return len(told)


def good(said: str) -> bool:
    """Whether the answer says that something is there; a page that only lets nobody in is there."""
    return said.isdigit() and (int(said) < 400 or int(said) in (401, 403, 429))


def answer_of(url: str, allowed: Callable[[str], bool] | None = None) -> str:
    """What the address answers: a number, or a word of `rules.staying.FAULTS`. `allowed` says of an IP address whether it may be
    asked; by default only public ones."""
    allowed = allowed or public
    for _ in range(REDIRECTS + 1):
        try:
            status, leads_to = _one(url, "HEAD", allowed)
            if status in NOT_ALLOWED:
                status, leads_to = _one(url, "GET", allowed)
        except _Refused as refused:
            return refused.word
        except TimeoutError:
            return "timeout"
        except (OSError, http.client.HTTPException, ValueError):
            return "unreachable"
        if status not in REDIRECTING or not leads_to:
            return str(status)
        url = urljoin(url, leads_to)
    return "redirects"


def public(address: str) -> bool:
    """Whether an IP address is one of the public network: no own, private, link-local or reserved one, nor one of these
    wrapped into IPv6."""
    one = ipaddress.ip_address(address)
    inner = getattr(one, "ipv4_mapped", None) or getattr(one, "sixtofour", None)
    if inner is not None or (one.version == 6 and one in ipaddress.ip_network("64:ff9b::/96")):
        inner = inner or ipaddress.ip_address(int(one) & 0xFFFFFFFF)
        return public(str(inner))
    return one.is_global and not one.is_multicast


class _Refused(Exception):
    """An address that is not asked; `word` says why."""

    def __init__(self, word: str):
        super().__init__(word)
        self.word = word


def _one(url: str, method: str, allowed: Callable[[str], bool]) -> tuple[int, str | None]:
    """One request, to the very address that was examined; its status, and where it leads."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Refused("unfit")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname.encode("idna").decode()
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(allowed(address) for address in found):
        raise _Refused("inside")
    raw = socket.create_connection((found[0], port), timeout=TIMEOUT)
    try:
        if parts.scheme == "https":
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        connection.sock = raw
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else "")
        connection.request(method, path, headers={"Host": parts.netloc.rpartition("@")[2], "User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location")
    finally:
        raw.close()
