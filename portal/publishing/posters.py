"""publishing: what the poster of a place says: everything that is done there by role and theme, with limit and fee, where it
is, when it is open, its telephone, and the address of its page as a picture for phones."""
from typing import Any

from portal.publishing import addresses
from portal.publishing.edition import Edition
from portal.publishing.guide_page import sample_notice
from portal.publishing.guide_variant import Reader
from portal.publishing.lists import Offered
from portal.publishing.offices import hours
from portal.publishing.place_page import departments
from portal.publishing.said import english, page_lang
from portal.publishing.tables import said
from portal.rules.guide.codes import Role
from portal.rules.guide.text import Text

STRONGEST = (
    ({Role.DECIDES}, Text(zh="在这里办结", en="Decided here")),
    ({Role.RECEIVES}, Text(zh="在这里受理，交材料", en="Papers are handed in here")),
    ({Role.HANDS_OUT, Role.ADVISES, Role.FILES_FOR_PEOPLE}, Text(zh="在这里咨询、领取，由工作人员帮您办", en="Advice, collection, and help with filing")),
)
"""What a place does, for who reads a wall: by the strongest of its roles."""
LONG = {True: 24, False: 11}
"""A name of more characters is set smaller, in English and in Chinese."""
MANY, FEW = 40, 3
"""Of more items, a theme with fewer than that many stands with the others that have few: headings take the room of type."""
OTHER = Text(zh="其他", en="Other")


def poster(edition: Edition, code: str, offered: list[Offered], locale: str) -> dict[str, Any]:
    """The values of `pdfs.posters` for the place of this division code. KeyError where there is none."""
    reader, place = Reader(locale, None, edition), edition.places[code]
    t = reader.t
    return {
        "lang": page_lang(locale),
        "authority": edition.authority.said(locale),
        "title": (place.centre or place.name).said(locale),
        "long": LONG[english(locale)],
        "heading": t(f"在这里可以办的{len(offered)}件事", f"{len(offered)} services at this place"),
        "groups": _by_role(offered, locale),
        "fewer": _by_department(edition, offered, locale),
        "telephone": place.telephone,
        "where": place.address.said(locale) if place.address else None,
        "hours": [str(line) for line in hours(reader, place.hours)],
        "complaints": edition.complaints,
        "address": edition.public_url + addresses.place(code, locale),
        "sample": sample_notice(edition, locale) if edition.sample else None,
        "words": {
            "telephone": t("电话", "Telephone"), "address": t("地址：", "Address: "), "complaints": t("投诉电话：", "Complaints: "),
            "qr": t("扫码看每件事怎么办、带什么", "Scan for how each is done and what to bring"),
            "help": t("不会上网没关系，请工作人员帮您办。", "No phone, no internet? The staff here will help you."),
        },
    }


def _by_role(offered: list[Offered], locale: str) -> list[dict[str, Any]]:
    groups, left = [], sorted(offered, key=lambda one: (one[0].sort, one[0].slug))
    for strong, title in STRONGEST:
        themes: dict[str, list[tuple[str, str]]] = {}
        for one in left:
            if strong & set(one[1].roles):
                themes.setdefault(_theme(one).said(locale), []).append(_line(one, locale))
        left = [one for one in left if not strong & set(one[1].roles)]
        if len(offered) > MANY:
            themes = _gathered(themes, OTHER.said(locale))
        ordered = sorted(themes.items(), key=lambda row: (row[0] == OTHER.said(locale), -len(row[1]), row[0]))
        if ordered:
            groups.append({"title": title.said(locale), "themes": [{"title": name, "lines": lines} for name, lines in ordered]})
    return groups


def _gathered(themes: dict[str, list[tuple[str, str]]], other: str) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, lines in themes.items():
        found.setdefault(name if len(lines) >= FEW else other, []).extend(lines)
    return found


def _by_department(edition: Edition, offered: list[Offered], locale: str) -> list[dict[str, Any]]:
    count = "{} services" if english(locale) else "{}项"
    lines = [(said(text, locale), count.format(len(chosen))) for text, _, chosen in departments(edition, offered)]
    return [{"title": "By department" if english(locale) else "各部门办理", "themes": [{"title": "", "lines": lines}]}]


def _theme(one: Offered) -> Text:
    return next(iter(one[0].themes), OTHER)


def _line(one: Offered, locale: str) -> tuple[str, str]:
    told = said(one[0].limit, locale), said(one[0].fee, locale)
    return one[0].name.said(locale), (" · " if english(locale) else "　").join(text for text in told if text)
