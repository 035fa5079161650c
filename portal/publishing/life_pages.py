"""publishing: the public log of items that were suspended, cancelled, handed down, taken over, merged or put in force again,
each with its legal basis: a page with figures by year, a page a year, and a list that is given away."""
from collections.abc import Iterator

from portal.publishing import addresses, changes
from portal.publishing.blocks import Cell, Table
from portal.publishing.cards import pair
from portal.publishing.edition import Change, Edition
from portal.publishing.list_pages import ListPage, Part, home
from portal.publishing.lists import Listing
from portal.publishing.planned import Planned, digest
from portal.publishing.said import Said, day, english, say
from portal.rules import item_words
from portal.rules.items import LIVES, Life

NAME, FILE = "changes", "item-changes"
"""The path of the pages, and the name of the list in the open data."""
TITLE = ("事项变动记录", "Log of changes of services")
COLUMNS = (
    ("since", ("生效日期", "Since")), ("code", ("地址名", "Slug")), ("name", ("事项名称", "Name")), ("change", ("变动", "Change")),
    ("until", ("暂停到", "Suspended until")), ("said", ("内容", "What happened")), ("basis", ("依据", "Legal basis")), ("reason", ("原因", "Reason")),
    ("successor", ("转到", "Leads to")), ("written", ("登记日期", "Written down")),
)
KINDS = (Life.CANCELLED, Life.HANDED_DOWN, Life.SUSPENDED, Life.TAKEN_OVER, Life.MERGED, Life.IN_FORCE)
CALLED = {life: pair(text) for life, text in LIVES.items()} | {
    Life.IN_FORCE: ("恢复办理", "In force again"), Life.MERGED: ("已并入", "Merged")}


def listing(edition: Edition) -> Listing:
    """One row a change, newest first."""
    return Listing(FILE, TITLE, COLUMNS, tuple(
        (one.life.since.isoformat(), one.slug, pair(one.name), CALLED[one.life.life], one.life.until.isoformat() if one.life.until else "",
         pair(item_words.sentence(one.life)), pair(one.life.basis), pair(one.life.reason), one.life.successor.slug if one.life.successor else "",
         one.at.date().isoformat())
        for one in edition.log))


def planned(edition: Edition) -> Iterator[Planned]:
    """The pages before they are drawn: the one with the figures and the newest year, then one for every earlier year."""
    told = digest(edition.log, changes.names(edition, edition.log))
    for number, year in enumerate(_years(edition) or [0]):
        yield Planned(f"{NAME}/{year}" if number else NAME, told, lambda locale, number=number: list(pages(edition, locale))[number])


def pages(edition: Edition, locale: str) -> Iterator[ListPage]:
    """The page with the figures and the newest year, then a page for every earlier year."""
    def t(zh: str, en: str) -> str:
        return en if english(locale) else zh

    years = _years(edition)
    in_order = list(years)
    title, up = Said(t(*TITLE)), (home(locale), Said(t("清单和名录", "Lists and directories"), href=addresses.page("lists", locale)))
    files = (Said("XLSX", href=addresses.sheet(FILE)), Said("CSV", href=addresses.data(f"{FILE}{'.en' if english(locale) else ''}.csv")),
             Said("JSON", href=addresses.data(f"{FILE}.json")))
    known = set(changes.names(edition, edition.log))
    lead = t("哪些事项暂停、取消、下放、承接、并入或者恢复了，从哪一天起，依据是什么。",
             "Which services were suspended, cancelled, handed down, taken over, merged or put in force again, since when, and on what legal basis.")
    parts = [Part(table=_figures(years, in_order, locale))] if years else []
    parts += [Part(Said(t(f"{year}年", str(year))), _table(years[year], known, locale)) for year in in_order[:1]]
    yield ListPage(NAME, title, lead if years else f"{lead}{t('还没有变动。', ' Nothing has changed yet.')}", up, tuple(parts), downloads=files)
    for year in in_order[1:]:
        above = (*up, Said(title.text, href=addresses.page(NAME, locale)))
        yield ListPage(f"{NAME}/{year}", Said(t(f"{year}年{TITLE[0]}", f"{TITLE[1]}, {year}")), lead, above,
                       (Part(table=_table(years[year], known, locale)),), downloads=files)


def _years(edition: Edition) -> dict[int, list[Change]]:
    """The changes by the year since which they hold, newest first."""
    years: dict[int, list[Change]] = {}
    for one in edition.log:
        years.setdefault(one.life.since.year, []).append(one)
    return dict(sorted(years.items(), reverse=True))


def _figures(years: dict[int, list[Change]], in_order: list[int], locale: str) -> Table:
    """How many of each kind, by year."""
    heads = (("Year" if english(locale) else "年份"), *(CALLED[life][english(locale)] for life in KINDS))

    def cells(year: int) -> tuple[Cell, ...]:
        link = None if year == in_order[0] else addresses.page(f"{NAME}/{year}", locale)
        counts = [sum(one.kind == life for one in years[year]) for life in KINDS]
        return (Cell((Said(str(year), None, link),)), *(Cell((Said(str(count)),)) for count in counts))
    return Table(TITLE[english(locale)], heads, tuple(cells(year) for year in in_order))


def _table(told: list[Change], known: set[str], locale: str) -> Table:
    heads = ("Service", "What happened", "Since", "Legal basis and reason") if english(locale) else ("事项", "变动", "生效日期", "依据和原因")
    return Table(TITLE[english(locale)], heads, tuple(
        (Cell((say(one.name, locale, addresses.guide(one.slug, locale) if one.slug in known else None),)),
         Cell((say(item_words.sentence(one.life), locale), *_to(one, locale))),
         Cell((Said(day(one.life.since, locale)),)),
         Cell(tuple(said for said in (say(one.life.basis, locale), say(one.life.reason, locale)) if said)))
        for one in told))


def _to(one: Change, locale: str) -> tuple[Said, ...]:
    to = one.life.successor
    return (say(to.name, locale, addresses.guide(to.slug, locale)),) if to else ()


