"""publishing: lists as pages: the directory of places, the fee schedule, the documents never asked for and those that may
follow, and the page that leads to all of them.

A page has a weight it may have: where a list has more rows than that bears, each department gets a page of its own, or
several.
"""
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from portal.publishing import addresses, cards, lists
from portal.publishing.blocks import Cell, Facts, Table
from portal.publishing.cards import Card
from portal.publishing.edition import Edition
from portal.publishing.indexes import Found, Group, Line, Ways, in_order
from portal.publishing.lists import Listing
from portal.publishing.offices import telephone
from portal.publishing.planned import Leaf, Planned, digest, leaves, turns
from portal.publishing.said import Said, english, page_lang, say
from portal.publishing.tables import said
from portal.rules.guide.codes import Tier
from portal.rules.guide.text import Text

ROWS = 60
"""So many rows stand on one page."""
PLACES = 90
"""So many places stand in the directory with their villages; of more, the villages stand on their township's page."""


@dataclass(frozen=True)
class Part:
    """A heading, and below it a table, lines, or links with numbers."""

    title: Said | None = None
    table: Table | None = None
    lines: tuple[Line, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class ListPage:
    """`name` is its path below the language: `places/990421000000`."""

    name: str
    title: Said
    lead: str
    crumbs: tuple[Said, ...]
    parts: tuple[Part, ...]
    facts: Facts | None = None
    downloads: tuple[Said, ...] = ()
    turns: tuple[Said, ...] = ()
    """The other pages of a list that has several."""


@dataclass(frozen=True)
class Kind:
    """A list that has pages: where they lie, what they say, which columns are shown, how its rows are made, and in which
    field a card has them."""

    name: str
    title: cards.Pair
    lead: cards.Pair
    columns: tuple[str, ...]
    rows: Callable[[Edition, Iterable[Card]], Listing]
    field: str


KINDS = (
    Kind("fees", ("收费一览表", "Fee schedule"), ("办事要交的费用全在这张表里，每一项都写明依据。表上没有的，不收费。",
         "Every fee of these services, each with its legal basis. What is not listed is not charged."),
         ("fee", "name", "when", "standard", "basis", "charged_by", "reduction"), lists.fees, "fees"),
    Kind("documents-not-asked", ("免提交材料清单", "Documents never asked for"), ("这些材料由办理机关自己核查或调取，您不用带。窗口要您交的，请打投诉电话。",
         "The office gets these itself: you need not bring them. If a window asks for one, ring the complaints line."),
         ("document", "name", "when", "note"), lists.never_asked, "never_asked"),
    Kind("documents-may-follow", ("容缺后补材料清单", "Documents that may follow"), ("缺这些材料也可以先受理，之后在告知的期限内补上。",
         "An application is accepted without these; they may follow within the days that you are told."),
         ("document", "name", "when", "note"), lists.may_follow, "may_follow"),
)


def planned(edition: Edition, found: Ways) -> Iterator[Planned]:
    """Every page of every list, before it is drawn."""
    counts = [sum(len(getattr(card, kind.field)) for card in edition.cards) for kind in KINDS]
    tiers = [(text.zh, slug, len(held)) for text, slug, held in found["tiers"]]
    yield Planned("lists", digest(counts, tiers, len(edition.log), len(edition.catalogue)), lambda locale: overview(edition, found, locale))
    yield Planned("places", digest("places"), lambda locale: directory(edition, locale))
    for kind in KINDS:
        yield from _planned(edition, kind, found["departments"])


def overview(edition: Edition, found: Ways, locale: str) -> ListPage:
    """The page that leads to every list."""
    t = _chooser(locale)
    tiers = [Group(Said(t(f"{text.zh}事项清单（XLSX）", f"{text.said(locale)} (XLSX)"), href=addresses.sheet(f"tier-{slug}")), count=len(held))
             for text, slug, held in found["tiers"]]
    pages = [Group(Said(said(kind.title, locale), href=addresses.page(kind.name, locale)),
                   count=sum(len(getattr(card, kind.field)) for card in edition.cards)) for kind in KINDS]
    if edition.catalogue:
        pages.append(Group(Said(t("事项目录", "Catalogue of items"), href=addresses.page("catalogue", locale)), count=len(edition.catalogue)))
    pages.append(Group(Said(t("事项变动记录", "Log of changes of services"), href=addresses.page("changes", locale)), count=len(edition.log)))
    pages.append(Group(Said(t("办理点和电话", "Places and telephones"), href=addresses.page("places", locale)), count=len(edition.places)))
    return ListPage(
        "lists", Said(t("清单和名录", "Lists and directories")),
        t("县、乡镇、村各级办什么，收什么费，不要什么材料，到哪里去办。可以查看、下载、打印。",
          "What each tier does, what it costs, which documents nobody asks for, where to go. To read, to download, to print."),
        (home(locale),),
        (Part(Said(t("收费、材料、办理点", "Fees, documents, places")), groups=tuple(pages)),
         Part(Said(t("各级办什么", "What each tier does")), groups=tuple(tiers))),
        downloads=(Said(t("按层级看", "By tier"), href=addresses.page("tiers", locale)), Said(t("开放数据", "Open data"), href=addresses.page("data", locale))))


def _planned(edition: Edition, kind: Kind, departments: list[Found]) -> Iterator[Planned]:
    marks = {slug: b"".join(getattr(card.marks, kind.field) for card in held) for _, slug, held in departments}
    found = [(text, slug, in_order(held), sum(len(getattr(card, kind.field)) for card in held)) for text, slug, held in departments if marks[slug]]
    if sum(number for *_, number in found) <= ROWS:
        def whole(locale: str) -> ListPage:
            parts = tuple(Part(say(text, locale), _table(kind.rows(edition, held).rows, kind, locale)) for text, _, held, _ in found)
            return replace(_frame(kind, locale), parts=parts)

        yield Planned(kind.name, digest(sorted(marks.items())), whole)
        return

    def first(locale: str) -> ListPage:
        links = tuple(Group(say(text, locale, addresses.page(f"{kind.name}/{slug}", locale)), count=number) for text, slug, _, number in found)
        return replace(_frame(kind, locale), parts=(Part(groups=links),))

    yield Planned(kind.name, digest([(text.zh, text.en, slug, number) for text, slug, _, number in found]), first)
    for text, slug, held, number in found:
        for leaf in leaves(f"{kind.name}/{slug}", range(number), ROWS):
            yield Planned(leaf.name, digest(marks[slug], leaf.of), lambda locale, leaf=leaf, text=text, held=held, name=f"{kind.name}/{slug}": _leaf(
                edition, kind, text, held, name, leaf, locale))


def _leaf(edition: Edition, kind: Kind, text: Text, held: list[Card], name: str, leaf: Leaf, locale: str) -> ListPage:
    """The rows of a department, or those of one of its pages."""
    page = _frame(kind, locale)
    rows = kind.rows(edition, held).rows[leaf.held.start:leaf.held.stop]
    up = Said(page.title.text, href=addresses.page(kind.name, locale))
    return replace(page, name=leaf.name, title=say(text, locale), crumbs=(*page.crumbs, up), parts=(Part(table=_table(rows, kind, locale)),),
                   turns=turns(name, leaf, locale))


def _frame(kind: Kind, locale: str) -> ListPage:
    """What the first page of a list and those of its departments have in common."""
    t = _chooser(locale)
    up = (home(locale), Said(t("清单和名录", "Lists and directories"), href=addresses.page("lists", locale)))
    files = (Said("XLSX", href=addresses.sheet(kind.name)), Said("CSV", href=addresses.data(f"{kind.name}{'.en' if english(locale) else ''}.csv")),
             Said("JSON", href=addresses.data(f"{kind.name}.json")))
    return ListPage(kind.name, Said(said(kind.title, locale)), said(kind.lead, locale), up, (), downloads=files)


def directory(edition: Edition, locale: str) -> ListPage:
    """Places and their telephones: the county, then each township with its villages."""
    t = _chooser(locale)
    rows = lists.in_order(edition)
    upper = [row for row in rows if row[1].tier is not Tier.VILLAGE and not row[1].partner]
    partners = [row for row in rows if row[1].partner]
    parts = [Part(say(edition.authority, locale), places_table(edition, upper, locale))] if upper else []
    for above, township in upper if len(rows) <= PLACES else ():
        villages = [row for row in rows if row[1].parent == above and row[1].tier is Tier.VILLAGE]
        if villages:
            parts.append(Part(say(township.name, locale), places_table(edition, villages, locale)))
    if partners:
        parts.append(Part(Said(t("其他地方的办理机关", "Offices elsewhere")), places_table(edition, partners, locale)))
    files = (Said(t("名录（PDF）", "Directory (PDF)"), href=addresses.directory(locale)), Said("XLSX", href=addresses.sheet("places")), Said("CSV", href=addresses.data(f"places{'.en' if english(locale) else ''}.csv")),
             Said("JSON", href=addresses.data("places.json")))
    return ListPage(
        "places", Said(t("办理点和电话", "Places and telephones")),
        t("县、乡镇、村的办理点，在哪里，打什么电话。点名称看工作时间和在那里能办的事。",
          "The service points of county, townships and villages, with address and telephone. A name leads to hours and to what is done there."),
        (home(locale),), tuple(parts), downloads=files)


def places_table(edition: Edition, rows: list, locale: str) -> Table:
    """Places with telephone and address, each leading to its page."""
    t = _chooser(locale)
    return Table(t("办理点", "Places"), (t("办理点", "Place"), t("电话", "Telephone"), t("地址", "Address")), tuple(
        (Cell((say(place.centre or place.name, locale, addresses.place(code, locale)),)),
         Cell(tuple(one for one in (telephone(place.telephone),) if one)),
         Cell(tuple(one for one in (say(place.address, locale),) if one)))
        for code, place in rows))


def home(locale: str) -> Said:
    return Said("Home" if english(locale) else "首页", href=addresses.home(locale))


def _table(rows: tuple[cards.Row, ...], kind: Kind, locale: str) -> Table:
    """The chosen columns of a list; columns of which no row says anything stay away, and the guide's name leads to it."""
    columns = lists.FEES if kind.field == "fees" else lists.DOCUMENTS
    names = {name: at for at, (name, _) in enumerate(columns)}
    at_address = names["address"]
    shown = [(names[name], name) for name in kind.columns if any(said(row[names[name]], locale) for row in rows)]

    def cell(row: tuple, at: int, name: str) -> Cell:
        text = said(row[at], locale)
        if not text:
            return Cell(())
        chinese = (english(locale) and page_lang("zh-Hans")) or None
        lang = chinese if not isinstance(row[at], str) and row[at][0] == row[at][1] else None
        return Cell((Said(text, lang, _path(row[at_address], locale) if name == "name" else None),))

    return Table(said(kind.title, locale), tuple(said(columns[at][1], locale) for at, _ in shown),
                 tuple(tuple(cell(row, at, name) for at, name in shown) for row in rows))


def _path(address: cards.Pair, locale: str) -> str:
    """The path of an address of this site."""
    return "/" + said(address, locale).split("/", 3)[3]


def _chooser(locale: str) -> Callable[[str, str], str]:
    return lambda zh, en: en if english(locale) else zh
