"""publishing: the catalogue as pages: every item that a department handles, in the order of its list, with a link to its guide
where one is in force, and else with whom to ask.
"""
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from portal.publishing import addresses
from portal.publishing.cards import pinyin
from portal.publishing.edition import CatalogueRow, Edition
from portal.publishing.indexes import Group, Line
from portal.publishing.list_pages import ListPage, Part, home
from portal.publishing.planned import Planned, digest
from portal.publishing.said import Said, english, page_lang, say
from portal.rules.catalogue.entries import UNSORTED

NAME = "catalogue"
LINES = 80
"""So many items stand on a page; of a department with more, the next ones stand on another."""


def pages(edition: Edition, locale: str) -> Iterator[ListPage]:
    """The page of the departments, and those of the items of each; none where the county keeps no catalogue."""
    if not edition.catalogue:
        return
    found, crumbs = departments(edition), (home(locale), _lists(locale))
    missing = sum(1 for row in edition.catalogue if row.slug is None)
    number = len(edition.catalogue)
    lead = _t(locale, f"共{number}项，其中{missing}项的指南还没有公布。", f"{number} items; {missing} of them have no guide yet.")
    yield ListPage(NAME, _title(locale), lead, crumbs, (Part(groups=tuple(
        Group(say(rows[0].department, locale, addresses.page(f"{NAME}/{slug}", locale)), count=len(rows)) for slug, rows in found)),))
    above = Said(_title(locale).text, href=addresses.page(NAME, locale))
    for slug, rows in found:
        parts = [rows[start:start + LINES] for start in range(0, len(rows), LINES)]
        yield from (_page(edition, slug, parts, number, (*crumbs, above), locale) for number in range(1, len(parts) + 1))


def planned(edition: Edition) -> Iterator[Planned]:
    """The same, before they are drawn."""
    if not edition.catalogue:
        return
    told, drawn = digest(edition.catalogue), cache(lambda locale: list(pages(edition, locale)))
    names = [NAME, *(_numbered(f"{NAME}/{slug}", number) for slug, rows in departments(edition) for number in range(1, -(-len(rows) // LINES) + 1))]
    for at, name in enumerate(names):
        yield Planned(name, told, lambda locale, at=at: drawn(locale)[at])


def departments(edition: Edition) -> list[tuple[str, list[CatalogueRow]]]:
    """The rows of each department under its part of an address, as the list orders the departments."""
    found: dict[str, list[CatalogueRow]] = {}
    for row in edition.catalogue:
        found.setdefault(row.department.zh, []).append(row)
    named, taken = [], set()
    for name, rows in found.items():
        slug = pinyin(name.removeprefix(edition.authority.zh)) or "other"
        while slug in taken:
            slug += "-x"
        taken.add(slug)
        named.append((slug, rows))
    return named


def _page(edition: Edition, slug: str, pages: list[list[CatalogueRow]], number: int, crumbs: tuple[Said, ...], locale: str) -> ListPage:
    rows, last = pages[number - 1], len(pages)
    name, title = f"{NAME}/{slug}", say(rows[0].department, locale)
    if last > 1:
        title = Said(_t(locale, f"{title.text}（第{number}页，共{last}页）", f"{title.text} ({number} of {last})"), title.lang)
    telephone = rows[0].telephone or edition.telephone
    ask = _t(locale, f"请打电话 {telephone} 问清要带什么。", f"ring {telephone} and ask what to bring.") if telephone else _t(locale, "请到窗口问。", "ask at the window.")
    missing = any(row.slug is None for row in rows)
    lead = _t(locale, "有链接的，点名称看办事指南。", "A name that is a link leads to the guide.") if any(row.slug for row in rows) else ""
    lead += _t(locale, f"指南还没有公布的，{ask}", f" Where no guide is published yet, {ask}") if missing else ""
    parts = [Part(_said(heading, locale) if heading and heading not in UNSORTED else None, lines=tuple(_line(row, locale) for row in below))
             for heading, below in groupby(rows, key=lambda row: row.main_item)]
    others = tuple(Group(Said(_t(locale, f"第{one}页", f"Page {one}"), href=_address(name, one, locale)), count=len(pages[one - 1]))
                   for one in range(1, last + 1) if one != number)
    return ListPage(_numbered(name, number), title, lead.strip(), crumbs, (*parts, *((Part(_more(locale), groups=others),) if others else ())))


def _line(row: CatalogueRow, locale: str) -> Line:
    if row.slug is not None:
        return Line(_said(row.name, locale, addresses.guide(row.slug, locale)), (Said(_t(locale, "有指南", "has a guide")),))
    facts = [Said(_t(locale, "指南还没有公布", "no guide published yet"))]
    if row.link:
        facts.append(Said(_t(locale, "别处的说明", "described elsewhere"), href=row.link))
    return Line(_said(row.name, locale), tuple(facts))


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}/{number}"


def _address(name: str, number: int, locale: str) -> str:
    return addresses.page(_numbered(name, number), locale)


def _said(text: str, locale: str, href: str | None = None) -> Said:
    """Words of the list, which are Chinese on every page."""
    return Said(text, page_lang("zh-Hans") if english(locale) else None, href)


def _title(locale: str) -> Said:
    return Said(_t(locale, "事项目录", "Catalogue of items"))


def _more(locale: str) -> Said:
    return Said(_t(locale, "同一部门的其他页", "More of this department"))


def _lists(locale: str) -> Said:
    return Said(_t(locale, "清单和名录", "Lists and directories"), href=addresses.page("lists", locale))


def _t(locale: str, zh: str, en: str) -> str:
    return en if english(locale) else zh
