"""publishing: a place's own page: where it is, when it is open, its windows, and what it handles in which role."""
from collections.abc import Iterator

from portal.publishing import addresses, lists, offering_page
from portal.publishing.blocks import Cell, Table, facts, row
from portal.publishing.booklet_kinds import LARGEST, PLACE
from portal.publishing.edition import Edition
from portal.publishing.guide_variant import Reader
from portal.publishing.indexes import NO_DEPARTMENT, Group, Line, booklet, pinyin
from portal.publishing.list_pages import ListPage, Part, home, places_table
from portal.publishing.lists import Offered
from portal.publishing.offices import hours, telephone
from portal.publishing.said import Said, english, say
from portal.publishing.tables import said
from portal.rules.guide.codes import Role
from portal.rules.guide.offering import Window

LINES = 110
"""So many items stand on the place's page; of more, each department has a page below it."""


def pages(edition: Edition, code: str, offered: list[Offered], locale: str) -> Iterator[ListPage]:
    """The page of the place of this division code, and where it handles many items one for each department."""
    reader = Reader(locale, None, edition)
    t, place = reader.t, edition.places[code]
    title = say(place.centre or place.name, locale)
    up = [home(locale), Said(t("办理点和电话", "Places and telephones"), href=addresses.page("places", locale))]
    above = edition.places.get(place.parent or "")
    if above:
        up.append(say(above.name, locale, addresses.place(place.parent, locale)))
    told = facts(
        row(t("地址", "Address"), say(place.address, locale)),
        row(t("电话", "Telephone"), telephone(place.telephone)),
        row(t("工作时间", "Hours"), *hours(reader, place.hours)),
        row(t("所属", "Belongs to"), say(above.name, locale, addresses.place(place.parent, locale)) if above else None),
    )
    split = len(offered) > LINES
    parts = [*(_by_department(edition, code, offered, locale) if split else _by_roles(edition, offered, locale)),
             _windows(reader, offered), _below(edition, code, locale)]
    files = (Said(t("海报（PDF）", "Poster (PDF)"), href=addresses.poster(code, locale)), Said("XLSX", href=addresses.sheet(f"place-{code}")),
             Said("CSV", href=addresses.data(f"places/{code}{'.en' if english(locale) else ''}.csv")))
    files = (*files, *((booklet(PLACE, code, len(offered), locale),) if 0 < len(offered) <= LARGEST else ()))
    lead = t(f"这里可以办{len(offered)}项。", f"{len(offered)} services.") if offered else t("这里目前没有可办的事项。", "No service is offered here at present.")
    yield ListPage(f"places/{code}", title, lead, tuple(up), tuple(one for one in parts if one), told,
                   files if offered else ())
    for text, slug, chosen in departments(edition, offered) if split else ():
        yield ListPage(f"places/{code}/{slug}", Said(f"{title} · {said(text, locale)}"), t(f"共{len(chosen)}项。", f"{len(chosen)} services."),
                       (*up, say(place.centre or place.name, locale, addresses.place(code, locale))), tuple(_by_roles(edition, chosen, locale)))


def departments(edition: Edition, offered: list[Offered]) -> list[tuple[lists.Pair, str, list[Offered]]]:
    """The offerings by department: its name, its part of an address, what it handles."""
    found: dict[str, list[Offered]] = {}
    for one in offered:
        found.setdefault(one[0].file.guide.item.department or "", []).append(one)
    return [(lists.pair(edition.department(name) if name else NO_DEPARTMENT), pinyin(name.removeprefix(edition.authority.zh)) or "other", found[name])
            for name in sorted(found, key=pinyin)]


def roles(offered: list[Offered]) -> list[tuple[tuple[Role, ...], list[Offered]]]:
    """The offerings by what the place does for them, the strongest role first; each group by pinyin."""
    found: dict[tuple[Role, ...], list[Offered]] = {}
    order = list(Role)
    for one in offered:
        found.setdefault(tuple(sorted(set(one[1].roles), key=order.index)), []).append(one)
    named = sorted(found, key=lambda held: [order.index(role) for role in held])
    return [(held, sorted(found[held], key=lambda one: pinyin(one[0].file.guide.item.name.zh))) for held in named]


def _by_roles(edition: Edition, offered: list[Offered], locale: str) -> Iterator[Part]:
    for held, chosen in roles(offered):
        name = (", " if english(locale) else "、").join(role.text.said(locale) for role in held)
        yield Part(Said(f"{name} ({len(chosen)})" if english(locale) else f"{name}（{len(chosen)}项）"), lines=tuple(_line(edition, one, locale) for one in chosen))


def _by_department(edition: Edition, code: str, offered: list[Offered], locale: str) -> Iterator[Part]:
    yield Part(Said("What is done here" if english(locale) else "这里办什么"), groups=tuple(
        Group(Said(said(text, locale), href=addresses.page(f"places/{code}/{slug}", locale)), count=len(chosen))
        for text, slug, chosen in departments(edition, offered)))


def _line(edition: Edition, one: Offered, locale: str) -> Line:
    guide, offering = one
    windows = lists.joined(lists.pair(window.name) for window in offering.windows)
    told = (said(lists.limit(guide), locale), said(lists.fee(guide), locale), said(windows, locale))
    return Line(say(guide.file.guide.item.name, locale, offering_page.address(edition, guide.slug, offering.place, locale)), tuple(Said(text) for text in told if text))


def _windows(reader: Reader, offered: list[Offered]) -> Part | None:
    """Every window once, with how many items it handles."""
    t, found, number = reader.t, {}, {}
    for _, offering in offered:
        for window in offering.windows:
            if window.name:
                key = (window.name.zh, window.address.zh if window.address else "")
                found.setdefault(key, window)
                number[key] = number.get(key, 0) + 1
    if not found:
        return None
    ordered = sorted(found, key=lambda key: pinyin(key[0]))
    columns = t("窗口", "Window"), t("位置", "Where"), t("电话", "Telephone"), t("事项", "Services")
    return Part(Said(t("窗口", "Windows")), Table(t("窗口", "Windows"), columns, tuple(_window(reader, found[key], number[key]) for key in ordered)))


def _window(reader: Reader, window: Window, number: int) -> tuple[Cell, ...]:
    def cell(value: Said | None) -> Cell:
        return Cell((value,) if value else ())

    return cell(reader.s(window.name)), cell(reader.s(window.address)), cell(telephone(window.telephone)), cell(Said(str(number)))


def _below(edition: Edition, code: str, locale: str) -> Part | None:
    rows = [one for one in lists.in_order(edition) if one[1].parent == code]
    return Part(Said("Places below it" if english(locale) else "下属办理点"), places_table(edition, rows, locale)) if rows else None
