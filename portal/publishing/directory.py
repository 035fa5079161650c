"""publishing: the directory of places and telephones in print: the county's places, then each township with its villages. Places that
are open at the same hours say so by a letter, which stands for those hours at the head."""
from typing import Any

from portal.publishing import addresses, lists
from portal.publishing.edition import Edition, PlaceFacts
from portal.publishing.guide_page import sample_notice
from portal.publishing.guide_variant import Reader
from portal.publishing.offices import hours
from portal.publishing.said import page_lang
from portal.rules.guide.codes import Tier

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def directory(edition: Edition, locale: str) -> dict[str, Any]:
    """The values of `pdfs.directories`: `groups` are headings with rows of name, telephone, address and letter, `hours` the letters
    with their hours in lines."""
    reader = Reader(locale, None, edition)
    t = reader.t
    rows = lists.in_order(edition)
    letters: dict[tuple[str, ...], str] = {}

    def line(place: PlaceFacts) -> tuple[str, str, str, str]:
        told = tuple(str(one) for one in hours(reader, place.hours))
        letter = letters.setdefault(told, _letter(len(letters))) if told else ""
        return ((place.centre or place.name).said(locale), place.telephone or "", place.address.said(locale) if place.address else "", letter)

    ours = [(code, one) for code, one in rows if not one.partner]
    townships = {code for code, one in ours if one.tier is Tier.TOWNSHIP}
    groups = [(edition.authority.said(locale), [line(one) for code, one in ours if not {code, one.parent} & townships])]
    for code, township in ours:
        if code in townships:
            groups.append((township.name.said(locale), [line(one) for at, one in ours if code in (at, one.parent)]))
    groups.append((t("其他地方的办理机关", "Offices elsewhere"), [line(one) for _, one in rows if one.partner]))
    return {
        "lang": page_lang(locale),
        "authority": edition.authority.said(locale),
        "title": t("办理点和电话", "Places and telephones"),
        "lead": t(f"共{len(rows)}处", f"{len(rows)} places"),
        "telephone": edition.telephone,
        "complaints": edition.complaints,
        "sample": sample_notice(edition, locale) if edition.sample else None,
        "address": edition.public_url + addresses.page("places", locale),
        "columns": (t("办理点", "Place"), t("电话", "Telephone"), t("地址", "Address"), t("时间", "Hours")),
        "groups": [{"title": title, "rows": held} for title, held in groups if held],
        "hours": [(letter, list(told)) for told, letter in letters.items()],
        "words": {"hours": t("工作时间", "Hours"), "complaints": t("投诉电话：", "Complaints: "), "telephone": t("咨询电话：", "Enquiries: "),
                  "qr": t("扫码看每处办什么、怎么去", "Scan for what each does and how to get there")},
    }


def _letter(number: int) -> str:
    return LETTERS[number % 26] * (number // 26 + 1)
