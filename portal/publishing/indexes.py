"""publishing: the ways to find a guide without a search: all of them, by department, theme, audience and tier."""
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pypinyin import lazy_pinyin

from portal.publishing import addresses, booklet_kinds
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.said import Said, english, say
from portal.publishing.themes import named
from portal.rules.guide.codes import Audience, Tier
from portal.rules.guide.text import Text

NO_DEPARTMENT = Text(zh="其他部门", en="Other departments")

Found = tuple[Text, str, list[PublishedGuide]]
"""A group of guides: its name, its part of the address, its guides."""


@dataclass(frozen=True)
class Line:
    """A guide in a list: its name, who handles it, how long, what it costs."""

    title: Said
    facts: tuple[Said, ...]


Drawn = dict[tuple[str, bool], Line]
"""The lines that were made for other lists, by the guide's address and whether its department is named."""


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
    crumb, drawn = _crumb(locale), {}
    yield _everything(edition, locale, drawn)
    for way in WAYS:
        yield Index(way.name, Said(way.en if english(locale) else way.zh), way.lead_en if english(locale) else way.lead_zh,
                    links_to(edition, way.name, locale), (crumb,))
        for found in groups(edition, way.name):
            yield _list(edition, way, found, locale, drawn)


def naming(edition: Edition, locale: str, slugs: set[str]) -> Iterator[Index]:
    """The pages of the indexes that name one of the guides."""
    drawn: Drawn = {}
    if any(guide.slug in slugs for guide in edition.guides):
        yield _everything(edition, locale, drawn)
    for way in WAYS:
        for found in groups(edition, way.name):
            if any(guide.slug in slugs for guide in found[2]):
                yield _list(edition, way, found, locale, drawn)


def _everything(edition: Edition, locale: str, drawn: Drawn) -> Index:
    return Index(
        "guides", Said("All guides" if english(locale) else "全部指南"),
        f"{len(edition.guides)} guides." if english(locale) else f"共{len(edition.guides)}项办事指南。",
        tuple(Group(say(text, locale), _lines(edition, guides, locale, False, drawn))
              for text, _, guides in groups(edition, "departments")),
        (_crumb(locale),),
    )


def _list(edition: Edition, way: _Way, found: Found, locale: str, drawn: Drawn) -> Index:
    text, slug, guides = found
    name = say(text, locale)
    up = Said(way.en if english(locale) else way.zh, href=addresses.page(way.name, locale))
    return Index(f"{way.name}/{slug}", name, _count(len(guides), locale),
                 (Group(name, _lines(edition, guides, locale, way.name != "departments", drawn)),), (_crumb(locale), up),
                 tuple(booklet(kind, slug, len(guides), locale) for kind, beside in booklet_kinds.WAYS.items() if beside == way.name and len(guides) <= booklet_kinds.LARGEST))


def booklet(kind: str, name: str, number: int, locale: str) -> Said:
    """The link to a booklet, with how many guides are in it."""
    text = f"Booklet of these {number} guides (PDF)" if english(locale) else f"这{number}项装订成册（PDF）"
    return Said(text, href=addresses.booklet(kind, name, locale) + ("?lang=en" if english(locale) else ""))


def _crumb(locale: str) -> Said:
    return Said("Home" if english(locale) else "首页", href=addresses.home(locale))


def links_to(edition: Edition, way: str, locale: str) -> tuple[Group, ...]:
    """The groups of a way as links with their number of guides."""
    return tuple(
        Group(say(text, locale, addresses.page(f"{way}/{slug}", locale)), count=len(guides))
        for text, slug, guides in groups(edition, way)
    )


def groups(edition: Edition, way: str) -> list[Found]:
    """The groups of a way that have guides: name, slug, guides. Closed lists keep their order, others go by pinyin."""
    found: dict[str, tuple[Text, list[PublishedGuide]]] = {}
    for guide in edition.guides:
        for key, text in _words(edition, guide, way):
            found.setdefault(key, (text, []))[1].append(guide)
    closed = {"audiences": list(Audience), "tiers": list(Tier)}.get(way)
    if closed is not None:
        return [(found[one][0], str(one).replace("_", "-"), found[one][1]) for one in closed if one in found]
    rows, taken = [], set()
    for key in sorted(found, key=pinyin):
        text, guides = found[key]
        slug = pinyin(key.removeprefix(edition.authority.zh)) or "other"
        while slug in taken:
            slug += "-2"
        taken.add(slug)
        rows.append((text, slug, guides))
    return rows


def _lines(edition: Edition, guides: list[PublishedGuide], locale: str, department: bool, drawn: Drawn) -> tuple[Line, ...]:
    """The guides as lines of a list, by pinyin of their names; `department` says whether each names its own."""
    for one in guides:
        if (one.slug, department) not in drawn:
            drawn[one.slug, department] = _line(edition, one, locale, department)
    return tuple(drawn[one.slug, department] for one in sorted(guides, key=lambda one: pinyin(one.file.guide.item.name.zh)))


@cache
def pinyin(text: str) -> str:
    """A name as an address and as a key to sort by: `公安局` is `gong-an-ju`."""
    parts = "-".join(lazy_pinyin(text)).lower()
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in parts)
    return "-".join(part for part in kept.split("-") if part)


def _words(edition: Edition, guide: PublishedGuide, way: str) -> Iterator[tuple[str, Text]]:
    item = guide.file.guide.item
    if way == "departments":
        text = edition.department(item.department) if item.department else NO_DEPARTMENT
        yield text.zh, text
    elif way == "themes":
        for theme in dict.fromkeys((*item.person_themes, *item.organisation_themes)):
            yield theme.zh, named(theme)
    elif way == "audiences":
        for audience in item.audiences:
            yield audience, audience.text
    else:
        for tier in item.tiers:
            yield tier, tier.text


def _line(edition: Edition, guide: PublishedGuide, locale: str, department: bool) -> Line:
    document = guide.file.guide
    name = document.item.department
    facts = [say(edition.department(name), locale) if department and name else None]
    limits = {one.promise.said(locale) for one in document.variants if one.promise}
    if len(limits) == 1:
        facts.append(Said(limits.pop()))
    if all(one.free for one in document.variants):
        facts.append(Said("free" if english(locale) else "不收费"))
    return Line(say(document.item.name, locale, addresses.guide(guide.slug, locale)), tuple(one for one in facts if one))


def _count(number: int, locale: str) -> str:
    return f"{number} guide" + "s" * (number != 1) + "." if english(locale) else f"共{number}项。"
