"""publishing: where an item is handled and when it is open: offerings, windows, seasonal hours in words."""
from dataclasses import replace

from portal.publishing import addresses
from portal.publishing.blocks import Cell, Entries, Entry, Row, Section, Table, row, section, texts
from portal.publishing.edition import Edition
from portal.publishing.guide_variant import Reader, documents_table
from portal.publishing.said import Said, code
from portal.rules.guide.codes import Role, Tier
from portal.rules.guide.offering import Hours, Offering, Window

DAYS = (("一", "Mon"), ("二", "Tue"), ("三", "Wed"), ("四", "Thu"), ("五", "Fri"), ("六", "Sat"), ("日", "Sun"))
TIERS = frozenset({Tier.TOWNSHIP, Tier.VILLAGE})
SHOWN = 4
"""So many of many places stand on the guide's own page."""


def hours(reader: Reader, rows: tuple[Hours, ...] | list[Hours]) -> tuple[Said, ...]:
    """Each season's hours as one line: `夏季（05-01 至 09-30）周一至周五 08:30–12:00，14:30–18:00`."""
    t = reader.t

    def line(one: Hours) -> Said:
        span = t(f"{one.since} 至 {one.until}", f"{one.since} to {one.until}") if one.since and one.until else ""
        season = one.season.said(reader.locale) if one.season else ""
        if season and span:
            season = t(f"{season}（{span}）", f"{season} ({span})")
        times = t("，", ", ").join(f"{each.opens}–{each.closes}" for each in one.spans)
        text = " ".join(part for part in (season or span, _days(reader, one.days), times) if part)
        return Said(text, reader.s(one.season).lang if one.season else None)

    return tuple(line(one) for one in rows)


def has_page(edition: Edition, code: str | None) -> bool:
    """Whether what the place of this division code offers has pages of its own: in townships and villages of this county."""
    place = edition.places.get(code or "")
    return place is not None and place.tier in TIERS and not place.partner


def too_many(offerings: list[Offering]) -> bool:
    """Whether the places of a guide have a page of their own."""
    return len(offerings) > SHOWN + 2


def places(reader: Reader, offerings: list[Offering], rest: Said | None = None, slug: str | None = None) -> Section:
    """The section of the places: role, windows, address, telephone, hours; and what only a place has.

    With `rest`, a link, the first few stand here where there are too many, deciding and receiving ones first. With `slug`, the
    guide's address, each name leads to what the place offers.
    """
    t = reader.t
    key, title = "places", t("办理地点和时间", "Places and hours")
    if not offerings:
        return section(key, title)
    ordered = sorted(offerings, key=lambda one: min(list(Role).index(role) for role in one.roles))
    more = None
    if rest and too_many(offerings):
        ordered = ordered[:SHOWN]
        number = len(offerings) - SHOWN
        more = texts([Said(t(f"另有{number}个办理点，看全部地址和时间", f"{number} more places with address and hours"),
                           href=rest.href)])
    columns = (t("办理点", "Place"), t("可以办什么", "What it does"), t("地址和电话", "Address and telephone"),
               t("工作时间", "Hours"))
    table = Table(t("办理地点", "Places"), columns, tuple(_place(reader, one, slug) for one in ordered))
    told = tuple(Entry(called(reader, one), (), rows) for one in ordered if (rows := codes_and_note(reader, one)))
    listed = section("codes", t("办理点的编码和说明", "Codes and notes of the places"), Entries(told) if told else None)
    local = [section(
        f"place-{number}",
        t(f"{called(reader, one)}另需的材料", f"Also asked for at {called(reader, one)}"),
        documents_table(reader, one.documents),
    ) for number, one in enumerate(ordered, 1)]
    return section(key, title, table, more, sections=(*local, replace(listed, folds=True, opened=False)))


def first_place(reader: Reader, offerings: list[Offering], rest: str) -> tuple[Said, ...]:
    """Where to go, in a line or two: the first window of the first place that decides or receives; `rest` is the link
    to the others."""
    for wanted in (Role.DECIDES, Role.RECEIVES):
        for offering in offerings:
            if wanted in offering.roles:
                name = called(reader, offering)
                lines = [value for each in _windows(reader, offering)[:1] for value in each]
                more = len(offerings) - 1
                if more:
                    lines.append(Said(reader.t(f"另有{more}个办理点", f"and {more} more places"), href=rest))
                return (name, *lines)
    return ()


def codes(reader: Reader, offering: Offering) -> tuple[Row, ...]:
    """Body and codes of an offering: what a reader seldom needs."""
    t, s = reader.t, reader.s
    rows = (
        row(t("实施主体", "Body"), s(offering.body), code(offering.body_code) if offering.body_code else None),
        row(t("实施编码", "Implementation code"),
            code(offering.implementation_code) if offering.implementation_code else None),
        row(t("业务办理项编码", "Business item code"), code(offering.business_code) if offering.business_code else None),
        row(t("本地编码", "Local code"), code(offering.local_code) if offering.local_code else None),
        row(t("区划代码", "Division code"), code(offering.place) if offering.place else None),
        row(t("进驻政务大厅", "In the service hall"), reader.yes(offering.in_hall)),
    )
    return tuple(one for one in rows if one)


def codes_and_note(reader: Reader, offering: Offering) -> tuple[Row, ...]:
    note = row(reader.t("说明", "Note"), reader.s(offering.note))
    return (*codes(reader, offering), *((note,) if note else ()))


def _place(reader: Reader, offering: Offering, slug: str | None) -> tuple[Cell, ...]:
    name = called(reader, offering)
    if slug and has_page(reader.edition, offering.place):
        name = replace(name, href=addresses.offering(slug, offering.place, reader.locale))
    return (
        Cell((name,)),
        Cell(tuple(reader.s(role.text) for role in offering.roles)),
        Cell(where(reader, offering)),
        Cell(opening(reader, offering)),
    )


def opening(reader: Reader, offering: Offering) -> tuple[Said, ...]:
    """When its windows are open, each hour told once; where they say nothing, when the place is."""
    known = reader.edition.places.get(offering.place or "")
    own = [line for window in offering.windows for line in _window_hours(reader, window)]
    return tuple(dict.fromkeys(own or (hours(reader, known.hours) if known else ())))


def where(reader: Reader, offering: Offering) -> tuple[Said, ...]:
    """Window, address, telephone and the way there, of all its windows."""
    return tuple(value for lines in _windows(reader, offering) for value in lines)


def windows(reader: Reader, offering: Offering) -> tuple[Row, ...]:
    """Window, address, way there, telephone and hours, each as a row; what its windows leave out, the place has. Of several
    windows each has its row."""
    t, s, known = reader.t, reader.s, reader.edition.places[offering.place]
    own = offering.windows or [Window()]
    if len(own) > 1:
        groups = tuple((s(window.name) or Said(t(f"窗口{number}", f"Window {number}")), (*(value for value in (
            s(window.address), s(window.directions), telephone(window.telephone)) if value), *_window_hours(reader, window)))
            for number, window in enumerate(own, 1))
        rows = (Row(t("窗口", "Windows"), groups=groups), row(t("地址", "Address"), s(known.address)),
                row(t("电话", "Telephone"), telephone(known.telephone)), row(t("工作时间", "Hours"), *hours(reader, known.hours)))
    else:
        only = own[0]
        opening = _window_hours(reader, only)
        rows = (row(t("窗口", "Window"), s(only.name)), row(t("地址", "Address"), s(only.address or known.address)),
                row(t("怎么走", "How to get there"), s(only.directions)),
                row(t("电话", "Telephone"), telephone(only.telephone or known.telephone)),
                row(t("工作时间", "Hours"), *(opening or hours(reader, known.hours))))
    return tuple(one for one in rows if one)


def _window_hours(reader: Reader, window: Window) -> tuple[Said, ...]:
    note = reader.s(window.hours_note)
    return hours(reader, window.hours) + ((note,) if note else ())


def _windows(reader: Reader, offering: Offering) -> list[tuple[Said, ...]]:
    """For each window its name, address, telephone and the way there; for a place without any, the place's own."""
    s = reader.s
    if offering.windows:
        return [tuple(value for value in (
            s(window.name), s(window.address), telephone(window.telephone), s(window.directions),
        ) if value) for window in offering.windows]
    known = reader.edition.places.get(offering.place or "")
    if not known:
        return []
    return [tuple(value for value in (s(known.address), telephone(known.telephone)) if value)]


def telephone(number: str | None) -> Said | None:
    """A number that a phone can dial by a touch."""
    dialled = "".join(sign for sign in number or "" if sign.isdigit() or sign == "+")
    return code(number, f"tel:{dialled}" if len(dialled) >= 5 else None) if number else None


def called(reader: Reader, offering: Offering) -> Said:
    """What the offering, or else the county, calls its place."""
    known = reader.edition.places.get(offering.place or "")
    name = offering.place_name or (known and (known.centre or known.name))
    return reader.s(name) or code(offering.place or reader.t("本机关", "This office"))


def _days(reader: Reader, days: list[int]) -> str:
    english = reader.t("", "en")
    runs: list[list[int]] = []
    for one in sorted(set(days)):
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    names = [name[1] if english else f"周{name[0]}" for name in DAYS]
    parts = [names[run[0] - 1] if len(run) == 1 else
             f"{names[run[0] - 1]}{'–' if english else '至'}{names[run[-1] - 1]}" for run in runs]
    return (", " if english else "、").join(parts)


