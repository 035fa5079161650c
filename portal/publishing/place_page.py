"""publishing: a place's own page: where it is, when it is open, its windows, and what it handles in which role."""
from collections.abc import Iterator

from portal.publishing import addresses, lists, offering_page
from portal.publishing.blocks import Cell, Table, facts, row
from portal.publishing.booklet_kinds import LARGEST, PLACE
from portal.publishing.cards import Pair, Pane, joined, pair, pinyin
from portal.publishing.edition import Edition
from portal.publishing.guide_variant import Reader
from portal.publishing.indexes import NO_DEPARTMENT, Group, Line, addressed, booklet
from portal.publishing.list_pages import ListPage, Part, home, places_table
from portal.publishing.lists import Offered
from portal.publishing.offices import hours, telephone
from portal.publishing.planned import Leaf, Planned, digest, leaves, turns
from portal.publishing.said import Said, english, say
from portal.publishing.tables import said
from portal.rules.guide.codes import Role

LINES = 110
"""So many items stand on the place's page; of more, each department has a page below it."""


def pages(edition: Edition, code: str, offered: list[Offered], locale: str) -> Iterator[ListPage]:
    """The page of the place of this division code, and where it handles many items those of each department."""
    return (page.draw(locale) for page in planned(edition, code, offered))


def planned(edition: Edition, code: str, offered: list[Offered], said: bytes | None = None) -> Iterator[Planned]:
    """The same, before they are drawn; `said` is what `told` gives, where it is known."""
    yield Planned(f"places/{code}", said or told(offered), lambda locale: _first(edition, code, offered, locale))
    if len(offered) <= LINES:
        return
    for text, slug, chosen in departments(edition, offered):
        name, ordered = f"places/{code}/{slug}", [one for _, held in roles(chosen) for one in held]
        for leaf in leaves(name, ordered, LINES):
            yield Planned(leaf.name, digest(leaf.of, len(chosen), told(leaf.held)), lambda locale, text=text, name=name, leaf=leaf, chosen=chosen: _leaf(
                edition, code, text, name, leaf, len(chosen), locale))


def told(offered: list[Offered]) -> bytes:
    """A digest of what the offerings say on the page of their place."""
    return digest(b"".join([card.marks.line + offer.mark for card, offer in offered]))


def _first(edition: Edition, code: str, offered: list[Offered], locale: str) -> ListPage:
    reader = Reader(locale, None, edition)
    t, place = reader.t, edition.places[code]
    title = say(place.centre or place.name, locale)
    up = [home(locale), Said(t("办理点和电话", "Places and telephones"), href=addresses.page("places", locale))]
    above = edition.places.get(place.parent or "")
    if above:
        up.append(say(above.name, locale, addresses.place(place.parent, locale)))
    where = facts(
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
    return ListPage(f"places/{code}", title, lead, tuple(up), tuple(one for one in parts if one), where, files if offered else ())


def _leaf(edition: Edition, code: str, text: Pair, name: str, leaf: Leaf, number: int, locale: str) -> ListPage:
    """What a department handles there, or one page of it."""
    t, place = Reader(locale, None, edition).t, edition.places[code]
    called = say(place.centre or place.name, locale, addresses.place(code, locale))
    up = (home(locale), Said(t("办理点和电话", "Places and telephones"), href=addresses.page("places", locale)), called)
    return ListPage(leaf.name, Said(f"{called} · {said(text, locale)}"), t(f"共{number}项。", f"{number} services."), up,
                    tuple(_by_roles(edition, leaf.held, locale)), turns=turns(name, leaf, locale))


def departments(edition: Edition, offered: list[Offered]) -> list[tuple[Pair, str, list[Offered]]]:
    """The offerings by department: its name, its part of an address, what it handles."""
    found: dict[str, list[Offered]] = {}
    for one in offered:
        found.setdefault(one[0].department or "", []).append(one)
    return [(pair(edition.department(name) if name else NO_DEPARTMENT), slug, found[name])
            for name, slug in addressed(edition, found).items()]


def roles(offered: list[Offered]) -> list[tuple[tuple[Role, ...], list[Offered]]]:
    """The offerings by what the place does for them, the strongest role first; each group by pinyin."""
    found: dict[tuple[Role, ...], list[Offered]] = {}
    order = list(Role)
    for one in offered:
        found.setdefault(one[1].roles, []).append(one)
    named = sorted(found, key=lambda held: [order.index(role) for role in held])
    return [(held, sorted(found[held], key=lambda one: (one[0].sort, one[0].slug))) for held in named]


def _by_roles(edition: Edition, offered: list[Offered], locale: str) -> Iterator[Part]:
    for held, chosen in roles(offered):
        name = (", " if english(locale) else "、").join(role.text.said(locale) for role in held)
        yield Part(Said(f"{name} ({len(chosen)})" if english(locale) else f"{name}（{len(chosen)}项）"), lines=tuple(_line(edition, one, locale) for one in chosen))


def _by_department(edition: Edition, code: str, offered: list[Offered], locale: str) -> Iterator[Part]:
    yield Part(Said("What is done here" if english(locale) else "这里办什么"), groups=tuple(
        Group(Said(said(text, locale), href=addresses.page(f"places/{code}/{slug}", locale)), count=len(chosen))
        for text, slug, chosen in departments(edition, offered)))


def _line(edition: Edition, one: Offered, locale: str) -> Line:
    card, offer = one
    windows = joined(pair(window.name) for window in offer.windows)
    shown = (said(card.limit, locale), said(card.fee, locale), said(windows, locale))
    return Line(say(card.name, locale, offering_page.address(edition, card.slug, offer.place, locale)), tuple(Said(text) for text in shown if text))


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


def _window(reader: Reader, window: Pane, number: int) -> tuple[Cell, ...]:
    def cell(value: Said | None) -> Cell:
        return Cell((value,) if value else ())

    return cell(reader.s(window.name)), cell(reader.s(window.address)), cell(telephone(window.telephone)), cell(Said(str(number)))


def _below(edition: Edition, code: str, locale: str) -> Part | None:
    rows = [one for one in lists.in_order(edition) if one[1].parent == code]
    return Part(Said("Places below it" if english(locale) else "下属办理点"), places_table(edition, rows, locale)) if rows else None
