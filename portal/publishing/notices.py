"""publishing: what stands at the address of a guide that is not in force: what happened, since when, on what legal basis,
what holds for cases, and where to go on. While an item is suspended its guide stays to be read below, marked.

Where another item does now what this one did, the old address leads on by itself: `redirects` is the table by which the
portal, or the web server before it, answers with a permanent redirect. The page is there all the same, with a link.
"""
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from portal.publishing import addresses, guide_page
from portal.publishing.blocks import GuidePage, Row, row
from portal.publishing.edition import Edition, Notice
from portal.publishing.said import Said, day, english, say
from portal.rules import item_words
from portal.rules.guide.text import Text
from portal.rules.items import Life

REDIRECTS = "redirects.map"
"""The file of a built site with a line for each address that leads on: a pattern and a target, as nginx's `map` reads them."""
EN, ZH = "en", "zh-Hans"


@dataclass(frozen=True)
class NoticePage:
    """Plain values for `site/withdrawn_body.html`; `guide` is the text that stays, `mark` what stands above it."""

    title: Said
    heading: str
    sentence: Said
    facts: tuple[Row, ...]
    cases: Said
    ask: str | None
    links: tuple[Said, ...]
    guide: GuidePage | None = None
    mark: str = ""


def view(notice: Notice, edition: Edition, locale: str) -> NoticePage:
    """The notice for a reader of `locale`."""
    return _withdrawn(notice, edition, locale) if notice.life is None else _changed(notice, notice.life, edition, locale)


def canonical(notice: Notice, locale: str) -> str | None:
    """The address that counts instead of the notice's own, where it leads on by itself."""
    return addresses.guide(notice.leads_to, locale) if notice.leads_to else None


def redirects(edition: Edition) -> bytes:
    """The addresses that lead on: of what is done elsewhere now the guide with all below it, its papers, its file in the open
    data; of all other notices what was below the guide, and its papers, to the notice itself."""
    lines = [line for notice in edition.notices
             for line in (_leads(notice.slug, notice.leads_to) if notice.leads_to else _to_notice(notice.slug))]
    return "".join(f"{line}\n" for line in lines).encode()


def target(table: str, path: str) -> str | None:
    """Where the path leads by the table that `redirects` wrote; None where it does not."""
    for line in table.splitlines():
        pattern, _, to = line.rstrip(";").partition(" ")
        if re.match(pattern.removeprefix("~"), path):
            return to
    return None


def _leads(old: str, new: str) -> Iterator[str]:
    for locale in (ZH, EN):
        base = addresses.guide("", locale).rstrip("/")
        yield f"~^{base}/{_escaped(old)}/ {addresses.guide(new, locale)};"
        tail = "\\.en" if locale == EN else ""
        yield f"~^/pdf/{_escaped(old)}{tail}\\.pdf$ {addresses.guide_paper(new, locale)};"
    yield f"~^/data/guides/{_escaped(old)}\\.json$ {addresses.data(f'guides/{quote(new)}.json')};"


def _to_notice(slug: str) -> Iterator[str]:
    for locale in (ZH, EN):
        here = addresses.guide(slug, locale)
        yield f"~^{addresses.guide('', locale).rstrip('/')}/{_escaped(slug)}/. {here};"
    yield f"~^/pdf/{_escaped(slug)}(\\.[^/]*)?\\.pdf$ {addresses.guide(slug, ZH)};"


def _escaped(slug: str) -> str:
    """The slug in a pattern; a web server compares what it has decoded."""
    return re.sub(r"([.^$*+?()\[\]{}|\\])", r"\\\1", slug)


def _withdrawn(notice: Notice, edition: Edition, locale: str) -> NoticePage:
    t = _chooser(locale)
    on = day(notice.on, locale)
    return NoticePage(
        title=say(notice.name, locale),
        heading=t("本指南已撤下", "This guide was withdrawn"),
        sentence=Said(t(f"这份办事指南（第{notice.revision}版）已于{on}撤下，不再作为办事依据。",
                        f"This guide (No. {notice.revision}) was withdrawn on {on} and is no longer what people can go by.")),
        facts=_facts(row(t("撤下理由", "Why"), say(notice.words, locale))),
        cases=Said(t("撤下之前已经提交的申请继续办理，不受影响，可以凭查询码查看进度。",
                     "Applications sent before are handled as before; follow yours with its tracking code.")),
        ask=_ask(edition, locale), links=_links(locale))


def _changed(notice: Notice, change: item_words.Change, edition: Edition, locale: str) -> NoticePage:
    t = _chooser(locale)
    to = change.successor
    now = Said(to.name.said(locale), None if not english(locale) or to.name.en else ZH, addresses.guide(to.slug, locale)) if to else None
    accepted = item_words.holds(change, "accepted", change.since) or Text(zh="已经提交的申请照常办理。", en="Applications sent before are handled as usual.")
    kept = notice.guide and _kept(notice, edition, locale)
    first = (replace(now, text=t(f"去看“{now.text}”", f"Go to “{now.text}”")),) if now else ()
    return NoticePage(
        title=say(notice.name, locale),
        heading=item_words.heading(change.life).said(locale),
        sentence=say(item_words.sentence(change), locale),
        facts=_facts(row(t("原因", "Why"), say(change.reason, locale)), row(t("依据", "Legal basis"), say(change.basis, locale)),
                     row(t("现在到哪里办", "Where to go now"), now, say(change.body, locale) if change.life is not Life.MERGED else None)),
        cases=Said(t("已经在办的：", "If you have a case: ") + accepted.said(locale)),
        ask=_ask(edition, locale), links=first + _links(locale), guide=kept,
        mark=t("下面是暂停前的指南，供了解情况用。暂停期间不能照此申请。",
               "Below is the guide as it was before, to be read. Nobody can apply by it while the service is suspended."))


def _kept(notice: Notice, edition: Edition, locale: str) -> GuidePage:
    """The guide without its places, which do not take it in now, and without what leads to pages and papers that are not there."""
    guide = replace(notice.guide, file=notice.guide.file.model_copy(update={"offerings": []}))
    page = guide_page.facts(guide, edition, locale, whole=True)
    sections = tuple(replace(one, blocks=()) if one.key == "form" else one for one in page.sections)
    return replace(page, sections=sections, sample=None)


def _facts(*rows: Row | None) -> tuple[Row, ...]:
    return tuple(one for one in rows if one)


def _ask(edition: Edition, locale: str) -> str | None:
    return _chooser(locale)(f"咨询电话：{edition.telephone}", f"Telephone: {edition.telephone}") if edition.telephone else None


def _links(locale: str) -> tuple[Said, ...]:
    t = _chooser(locale)
    return (Said(t("看全部办事指南", "See all guides"), href=addresses.guides(locale)),
            Said(t("查办件进度", "Follow a case"), href=addresses.track(locale)),
            Said(t("事项变动记录", "Log of changes"), href=addresses.page("changes", locale)))


def _chooser(locale: str):
    return lambda zh, en: en if english(locale) else zh
