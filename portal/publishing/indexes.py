"""publishing: the ways to find a guide without a search: all of them, by department, theme, audience and tier.

A page has a weight it may have: where more guides stand under a word than that bears, the page leads to departments, and
a department with more has several pages.
"""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.publishing import addresses, booklet_kinds
from portal.publishing.cards import Card, pinyin
from portal.publishing.edition import Edition
from portal.publishing.planned import LINES, Leaf, Planned, digest, leaves, lines, turns
from portal.publishing.said import Said, english, say
from portal.rules.guide.codes import Audience, Tier
from portal.rules.guide.text import Text

NO_DEPARTMENT = Text(zh="其他部门", en="Other departments")

Found = tuple[Text, str, list[Card]]
"""A group of guides: its name, its part of the address, its guides."""
Ways = dict[str, list[Found]]
"""The groups of each way, by its name."""


@dataclass(frozen=True)
class Line:
    """A guide in a list: its name, who handles it, how long, what it costs."""

    title: Said
    facts: tuple[Said, ...]


@dataclass(frozen=True)
class Group:
    """A heading with guides below it, or, where `count` says how many, a link to them."""

    title: Said
    lines: tuple[Line, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class Index:
    """A page of an index. `name` is its path below the language: `departments/gong-an-ju`."""

    name: str
    title: Said
    lead: str
    groups: tuple[Group, ...]
    crumbs: tuple[Said, ...]
    downloads: tuple[Said, ...] = ()
    turns: tuple[Said, ...] = ()
    """The other pages of a list that has several."""


@dataclass(frozen=True)
class _Way:
    """A way to sort the guides: the address, the heading, and the words under which a guide stands."""

    name: str
    zh: str
    en: str
    lead_zh: str
    lead_en: str


WAYS = (
    _Way("departments", "按部门找", "By department", "每个部门办理哪些事项。", "What each department handles."),
    _Way("themes", "按主题找", "By theme", "按生活和经营中的事找。", "By what happens in life and in business."),
    _Way("audiences", "按服务对象找", "By audience", "为个人办的、为单位办的，分开找。", "For individuals and for organisations."),
    _Way("tiers", "按办理层级找", "By tier", "哪些在县里办，哪些在乡镇、村里就能办。",
         "What is done in the county hall, in your township, or in your village."),
)


def indexes(edition: Edition, locale: str) -> Iterator[Index]:
    """Every page of every index."""
    return (page.draw(locale) for page in planned(edition, ways(edition)))


def planned(edition: Edition, found: Ways) -> Iterator[Planned]:
    """Every page of every index, before it is drawn."""
    yield _everything(edition, found)
    for way in WAYS:
        rows = found[way.name]
        yield Planned(way.name, _counts(rows), lambda locale, way=way, rows=rows: Index(
            way.name, Said(way.en if english(locale) else way.zh), way.lead_en if english(locale) else way.lead_zh,
            links_to(rows, way.name, locale), (_crumb(locale),)))
        for row in rows:
            yield from _list(edition, way, row, found)


def ways(edition: Edition) -> Ways:
    """Every way with its groups."""
    return {way.name: groups(edition, way.name) for way in WAYS}


def links_to(found: Iterable[Found], base: str, locale: str) -> tuple[Group, ...]:
    """Groups as links with their number of guides; `base` is the path above theirs."""
    return tuple(Group(say(text, locale, addresses.page(f"{base}/{slug}", locale)), count=len(held)) for text, slug, held in found)


def groups(edition: Edition, way: str) -> list[Found]:
    """The groups of a way that have guides: name, slug, guides. Closed lists keep their order, others go by pinyin."""
    found: dict[str, tuple[Text, list[Card]]] = {}
    for card in edition.cards:
        for key, text in _words(edition, card, way):
            found.setdefault(key, (text, []))[1].append(card)
    closed = {"audiences": list(Audience), "tiers": list(Tier)}.get(way)
    if closed is not None:
        return [(found[one][0], part_of(one), found[one][1]) for one in closed if one in found]
    slugs = addressed(edition, found)
    return [(found[key][0], slug, found[key][1]) for key, slug in slugs.items()]


def part_of(one: Audience | Tier) -> str:
    """A word of a closed list as a part of an address."""
    return str(one).replace("_", "-")


def addressed(edition: Edition, names: Iterable[str]) -> dict[str, str]:
    """Names, such as those of departments, by pinyin, each with its part of an address."""
    rows: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(names, key=pinyin):
        slug = pinyin(name.removeprefix(edition.authority.zh)) or "other"
        while slug in taken:
            slug += "-2"
        taken.add(slug)
        rows[name] = slug
    return rows


def within(departments: list[Found], held: Iterable[Card]) -> list[Found]:
    """The departments with those of their guides that are among the held ones."""
    slugs = {one.slug for one in held}
    rows = ((text, slug, [one for one in cards if one.slug in slugs]) for text, slug, cards in departments)
    return [row for row in rows if row[2]]


def in_order(held: Iterable[Card]) -> list[Card]:
    """The guides by the pinyin of their names."""
    return sorted(held, key=lambda one: (one.sort, one.slug))


def _everything(edition: Edition, found: Ways) -> Planned:
    held, departments = edition.cards, found["departments"]
    long = len(held) > LINES

    def draw(locale: str) -> Index:
        shown = links_to(departments, "departments", locale) if long else tuple(
            Group(say(text, locale), _lines(edition, in_order(cards), locale, False)) for text, _, cards in departments)
        lead = f"{len(held)} guides." if english(locale) else f"共{len(held)}项办事指南。"
        return Index("guides", Said("All guides" if english(locale) else "全部指南"), lead, shown, (_crumb(locale),))

    return Planned("guides", _counts(departments) if long else digest(lines(held)), draw)


def _list(edition: Edition, way: _Way, found: Found, all_ways: Ways) -> Iterator[Planned]:
    """The pages of a group: its guides, or links to departments where they are too many."""
    text, slug, held = found
    name, by_department = f"{way.name}/{slug}", way.name == "departments"
    if by_department or len(held) <= LINES:
        yield from _leaves(edition, name, text, held, (way,), not by_department)
        return
    departments = within(all_ways["departments"], held)
    yield Planned(name, _counts(departments), lambda locale: Index(
        name, say(text, locale), _count(len(held), locale), links_to(departments, name, locale), (_crumb(locale), _up(way, locale))))
    for department, part, cards in departments:
        yield from _leaves(edition, f"{name}/{part}", department, cards, (way, (text, name)), False)


def _leaves(edition: Edition, name: str, text: Text, held: list[Card], above: tuple, department: bool) -> Iterator[Planned]:
    """The guides of a group on as many pages as it takes; `above` is the way, and the group where departments divide it."""
    for leaf in leaves(name, in_order(held)):
        yield Planned(leaf.name, digest(leaf.of, len(held), lines(leaf.held)), lambda locale, leaf=leaf: _leaf(
            edition, name, text, len(held), above, department, leaf, locale))


def _leaf(edition: Edition, name: str, text: Text, number: int, above: tuple, department: bool, leaf: Leaf, locale: str) -> Index:
    way, *between = above
    up = [_crumb(locale), _up(way, locale), *(say(group, locale, addresses.page(path, locale)) for group, path in between)]
    title = say(text, locale)
    if between:
        title = Said(f"{between[0][0].said(locale)} · {title}", title.lang)
    bound = tuple(booklet(kind, name.rpartition("/")[2], number, locale) for kind, beside in booklet_kinds.WAYS.items()
                  if beside == way.name and not between and leaf.number == 1 and number <= booklet_kinds.LARGEST)
    return Index(leaf.name, title, _count(number, locale), (Group(title, _lines(edition, leaf.held, locale, department)),), tuple(up),
                 bound, turns(name, leaf, locale))


def booklet(kind: str, name: str, number: int, locale: str) -> Said:
    """The link to a booklet, with how many guides are in it."""
    text = f"Booklet of these {number} guides (PDF)" if english(locale) else f"这{number}项装订成册（PDF）"
    return Said(text, href=addresses.booklet(kind, name, locale) + ("?lang=en" if english(locale) else ""))


def _up(way: _Way, locale: str) -> Said:
    return Said(way.en if english(locale) else way.zh, href=addresses.page(way.name, locale))


def _crumb(locale: str) -> Said:
    return Said("Home" if english(locale) else "首页", href=addresses.home(locale))


def _counts(found: Iterable[Found]) -> bytes:
    """What links to the groups say."""
    return digest([(str(text), text.en, slug, len(held)) for text, slug, held in found])


def _lines(edition: Edition, held: Iterable[Card], locale: str, department: bool) -> tuple[Line, ...]:
    """The guides as lines of a list; `department` says whether each names its own."""
    return tuple(_line(edition, one, locale, department) for one in held)


def _words(edition: Edition, card: Card, way: str) -> Iterator[tuple[str, Text]]:
    if way == "departments":
        text = edition.department(card.department) if card.department else NO_DEPARTMENT
        yield text.zh, text
    elif way == "themes":
        for theme in card.themes:
            yield theme.zh, theme
    elif way == "audiences":
        for audience in card.audiences:
            yield audience, audience.text
    else:
        for tier in card.tiers:
            yield tier, tier.text


def _line(edition: Edition, card: Card, locale: str, department: bool) -> Line:
    facts = [say(edition.department(card.department), locale) if department and card.department else None]
    if card.promise:
        facts.append(Said(card.promise[english(locale)]))
    if card.free:
        facts.append(Said("free" if english(locale) else "不收费"))
    return Line(say(card.name, locale, addresses.guide(card.slug, locale)), tuple(one for one in facts if one))


def _count(number: int, locale: str) -> str:
    return f"{number} guide" + "s" * (number != 1) + "." if english(locale) else f"共{number}项。"
