"""publishing: the feed of changes, after Atom (RFC 4287): guides that are new, changed, or withdrawn, and what happened to
items: suspended, cancelled, handed down, taken over, merged, in force again, each with its legal basis."""
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from portal.publishing import addresses
from portal.publishing.edition import Change, ChangeKind, Edition
from portal.publishing.said import day, english, page_lang
from portal.rules import item_words
from portal.rules.calendar import legal_day
from portal.rules.guide.text import Text
from portal.rules.items import LIVES, Life

FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML 1.0 allows in no document, however it is written."""
KINDS = LIVES | {
    Life.IN_FORCE: Text(zh="恢复办理", en="In force again"),
    ChangeKind.NEW: Text(zh="新公布", en="New"),
    ChangeKind.CHANGED: Text(zh="有改动", en="Changed"),
    ChangeKind.WITHDRAWN: Text(zh="已撤下", en="Withdrawn"),
}


def feed(edition: Edition, locale: str) -> bytes:
    """The feed in one language. Its own time is that of the newest change, so that the same changes give the same bytes."""
    name = addresses.data("changes.en.xml" if english(locale) else "changes.xml")
    here = edition.public_url + name
    authority = edition.authority.said(locale)
    title = f"{authority}: changes of service guides" if english(locale) else f"{authority}办事指南变更"
    newest = max((one.at for one in edition.changes), default=datetime(1970, 1, 1, tzinfo=UTC))
    called = names(edition, edition.changes)
    entries = "".join(_entry(edition.public_url, one, called.get(one.slug), locale) for one in edition.changes)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{page_lang(locale)}">\n'
        f"<id>{_text(here)}</id>\n<title>{_text(title)}</title>\n<updated>{_moment(newest)}</updated>\n"
        f"<author><name>{_text(authority)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href={_attribute(here)}/>\n'
        f'<link rel="alternate" type="text/html" href={_attribute(edition.public_url + addresses.guides(locale))}/>\n{entries}</feed>\n'
    ).encode()


def names(edition: Edition, said: Iterable[Change]) -> dict[str, Text]:
    """What the guides of these changes are called that have a page, or a notice in its place."""
    told = {one.slug for one in said}
    return ({notice.slug: notice.name for notice in edition.notices if notice.slug in told}
            | {card.slug: card.name for card in edition.cards if card.slug in told})


@lru_cache(maxsize=1024)
def _entry(public_url: str, change: Change, called: Text | None, locale: str) -> str:
    """An entry; `called` is the name of a guide that has a page, or a notice in its place. Of many entries mostly one is new."""
    kind = KINDS[change.kind]
    name = (called or change.name).said(locale)
    title = f"{kind.said(locale)}{': ' if english(locale) else '：'}{name}"
    on = day(legal_day(change.at), locale)
    said = f"{name}: revision {change.revision}, {on}." if english(locale) else f"{name}：第{change.revision}版，{on}。"
    if change.life is not None:
        said = _of_life(name, change.life, locale)
    page = public_url + addresses.guide(change.slug, locale)
    link = f'<link rel="alternate" type="text/html" href={_attribute(page)}/>\n' if called else ""
    moment = _moment(change.at)
    # An address of a revision's change stays the same for good, also when the guide is gone.
    return (f"<entry>\n<id>{_text(page)}#{change.kind}-{change.revision}</id>\n<title>{_text(title)}</title>\n<updated>{moment}</updated>\n"
            f'<category term="{change.kind}" label={_attribute(kind.said(locale))}/>\n{link}<content type="text">{_text(said)}</content>\n</entry>\n')


def _of_life(name: str, change: item_words.Change, locale: str) -> str:
    """What happened to an item, why, and on what basis."""
    between, comma = (" ", ": ") if english(locale) else ("", "：")
    parts = [item_words.sentence(change).said(locale), f"{'Why' if english(locale) else '原因'}{comma}{change.reason.said(locale)}"]
    if change.basis:
        parts.append(f"{'Legal basis' if english(locale) else '依据'}{comma}{change.basis.said(locale)}")
    return name + comma + between.join(part if part.endswith(("。", ".")) else part + ("." if english(locale) else "。") for part in parts)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(value: str) -> str:
    return escape(FORBIDDEN.sub("", value))


def _attribute(value: str) -> str:
    return quoteattr(FORBIDDEN.sub("", value))
