"""publishing: lists that are given away and printed: guides, what a place or a tier offers, fees, documents, places.

Each is one value, a table of plain words in both languages made of cards, whatever is made of it: page, CSV, JSON, XLSX.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from portal.publishing import addresses
from portal.publishing.cards import EN, ZH, Card, Cell, Offer, Pair, joined, pair, word, words
from portal.publishing.edition import Edition, PlaceFacts
from portal.publishing.guide_variant import Reader
from portal.publishing.offices import hours

Offered = tuple[Card, Offer]
KEPT = 8192
"""So many rows are kept as they are: of a list of everything mostly one changes."""


@dataclass(frozen=True)
class Listing:
    """`name` is its path below `/data/`, without what follows the dot; a column has its name for machines and for people."""

    name: str
    title: Pair
    columns: tuple[tuple[str, Pair], ...]
    rows: tuple[tuple[Cell, ...], ...]


GUIDES = (
    ("slug", ("地址名", "Slug")), ("code", ("基本编码", "Basic code")), ("name", ("事项名称", "Name")), ("kind", ("事项类型", "Kind")),
    ("department", ("实施主体", "Department")), ("audience", ("服务对象", "Audience")), ("handling", ("办件类型", "Handling")),
    ("promised_limit", ("承诺期限", "Promised limit")), ("fee", ("收费", "Fee")), ("tiers", ("行使层级", "Tiers")), ("address", ("指南网址", "Address")),
    ("revision", ("版本", "Revision")), ("published", ("发布日期", "Published")),
)
OFFERINGS = (
    ("code", ("基本编码", "Basic code")), ("name", ("事项名称", "Name")), ("roles", ("在此处", "Here")), ("department", ("实施主体", "Department")),
    ("promised_limit", ("承诺期限", "Promised limit")), ("fee", ("收费", "Fee")), ("window", ("窗口", "Window")), ("telephone", ("电话", "Telephone")),
    ("implementation_code", ("实施编码", "Implementation code")), ("address", ("指南网址", "Address")),
)
FEES = (
    ("department", ("实施主体", "Department")), ("name", ("事项名称", "Name")), ("fee", ("收费项目", "Fee")), ("when", ("何种情形", "When")), ("standard", ("收费标准", "Standard")),
    ("basis", ("收费依据", "Legal basis")), ("charged_by", ("收费主体", "Charged by")), ("kind", ("收费性质", "Kind of fee")),
    ("reduction", ("减免", "Reduction")), ("code", ("基本编码", "Basic code")), ("address", ("指南网址", "Address")),
)
DOCUMENTS = (
    ("department", ("实施主体", "Department")), ("name", ("事项名称", "Name")), ("document", ("材料名称", "Document")), ("when", ("何种情形", "When")),
    ("note", ("说明", "Note")), ("code", ("基本编码", "Basic code")), ("address", ("指南网址", "Address")),
)
PLACES = (
    ("code", ("区划代码", "Division code")), ("tier", ("层级", "Tier")), ("name", ("地方", "Place")), ("centre", ("办理点", "Service point")),
    ("above", ("所属", "Belongs to")), ("address", ("地址", "Address")), ("telephone", ("电话", "Telephone")), ("hours", ("工作时间", "Hours")),
    ("page", ("网址", "Page")),
)


def guides(edition: Edition, chosen: Iterable[Card], name: str = "guides", title: Pair = ("办事指南", "Service guides")) -> Listing:
    """One row a guide."""
    return Listing(name, title, GUIDES, tuple(_guide(one, department(edition, one), edition.public_url) for one in chosen))


def offerings(edition: Edition, code: str, offered: Iterable[Offered]) -> Listing:
    """What the place of this division code offers, one row an offering."""
    place = edition.places[code]
    rows = tuple(
        (card.code, pair(card.name), words(offer.roles), department(edition, card), card.limit, card.fee,
         joined(pair(one.name) for one in offer.windows),
         "、".join(dict.fromkeys(one.telephone for one in offer.windows if one.telephone)) or place.telephone or "",
         offer.implementation_code or "", page_of(edition, card.slug))
        for card, offer in offered)
    called = pair(place.centre or place.name)
    return Listing(f"places/{code}", (f"{called[0]}服务事项清单", f"Services at {called[1]}"), OFFERINGS, rows)


def fees(edition: Edition, chosen: Iterable[Card]) -> Listing:
    """Every fee with its legal basis: one row a fee of a guide, however many variants have it."""
    return Listing("fees", ("收费一览表", "Fee schedule"), FEES, tuple(_rows(edition, chosen, "fees")))


def never_asked(edition: Edition, chosen: Iterable[Card]) -> Listing:
    """The documents that no applicant brings, because the office gets them itself (免提交)."""
    return Listing("documents-not-asked", ("免提交材料清单", "Documents never asked for"), DOCUMENTS, tuple(_rows(edition, chosen, "never_asked")))


def may_follow(edition: Edition, chosen: Iterable[Card]) -> Listing:
    """The documents that may be brought after the application was accepted (容缺后补)."""
    return Listing("documents-may-follow", ("容缺后补材料清单", "Documents that may follow"), DOCUMENTS, tuple(_rows(edition, chosen, "may_follow")))


def places(edition: Edition) -> Listing:
    """The directory of places and telephones, every place after the one above it."""
    return Listing("places", ("办理点名录", "Directory of places"), PLACES, tuple(
        (code, word(one.tier), pair(one.name), pair(one.centre or one.name), pair(edition.places[one.parent].name) if one.parent in edition.places else "",
         pair(one.address), one.telephone or "", opening(edition, one),
         (edition.public_url + addresses.place(code, ZH), edition.public_url + addresses.place(code, EN)))
        for code, one in in_order(edition)))


def in_order(edition: Edition) -> list[tuple[str, PlaceFacts]]:
    """The places by division code, which puts each before those below it; offices elsewhere last."""
    return sorted(edition.places.items(), key=lambda row: (row[1].partner, row[0]))


def at_places(edition: Edition) -> dict[str, list[Offered]]:
    """What each known place offers, by division code, in the order of the guides."""
    found: dict[str, list[Offered]] = {code: [] for code in edition.places}
    for card in edition.cards:
        for offer in card.offers:
            if offer.place in found:
                found[offer.place].append((card, offer))
    return found


def opening(edition: Edition, place: PlaceFacts) -> Pair:
    """The opening hours in words."""
    zh, en = (hours(Reader(locale, None, edition), place.hours) for locale in (ZH, EN))
    return "；".join(map(str, zh)), "; ".join(map(str, en))


def page_of(edition: Edition, slug: str) -> Pair:
    """A guide's address in both languages."""
    return _page(edition.public_url, slug)


def department(edition: Edition, card: Card) -> Pair:
    return pair(edition.department(card.department)) if card.department else ("", "")


@lru_cache(maxsize=KEPT)
def _guide(card: Card, department: Pair, public_url: str) -> tuple[Cell, ...]:
    return (card.slug, card.code, pair(card.name), card.kind, department, words(card.audiences), card.handling, card.limit, card.fee,
            words(card.tiers), _page(public_url, card.slug), str(card.revision), card.published.isoformat())


def _rows(edition: Edition, chosen: Iterable[Card], of: str) -> Iterable[tuple[Cell, ...]]:
    """The rows of the cards in a list of fees or documents."""
    for card in chosen:
        if getattr(card, of):
            yield from _parts(card, of, department(edition, card), edition.public_url)


@lru_cache(maxsize=KEPT)
def _parts(card: Card, of: str, department: Pair, public_url: str) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a card in such a list, with the columns that all rows of a guide share."""
    return tuple((department, pair(card.name), *row, card.code, _page(public_url, card.slug)) for row in getattr(card, of))


def _page(public_url: str, slug: str) -> Pair:
    return public_url + addresses.guide(slug, ZH), public_url + addresses.guide(slug, EN)
