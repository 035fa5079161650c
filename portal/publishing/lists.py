"""publishing: lists that are given away and printed: guides, what a place or a tier offers, fees, documents, places.

Each is one value, a table of plain words in both languages, whatever is made of it: page, CSV, JSON, XLSX.
"""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.publishing import addresses
from portal.publishing.edition import Edition, PlaceFacts, PublishedGuide
from portal.publishing.guide_variant import Reader
from portal.publishing.offices import hours
from portal.publishing.said import yuan
from portal.rules import conditions
from portal.rules.guide.codes import Listed, Necessity, Role
from portal.rules.guide.document import Variant
from portal.rules.guide.documents import Document
from portal.rules.guide.item import Fee
from portal.rules.guide.offering import Offering
from portal.rules.guide.text import Text

ZH, EN = "zh-Hans", "en"
Pair = tuple[str, str]
"""Words in Chinese and in English; the Chinese twice where there is no English."""
Cell = str | Pair
"""A code, number or address, which is the same in every language, or words."""
Offered = tuple[PublishedGuide, Offering]


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


def guides(edition: Edition, chosen: Iterable[PublishedGuide], name: str = "guides", title: Pair = ("办事指南", "Service guides")) -> Listing:
    """One row a guide."""
    return Listing(name, title, GUIDES, tuple(
        (one.slug, _item(one).code or "", pair(_item(one).name), _word(_item(one).kind), _department(edition, one),
         _words(_item(one).audiences), _word(_item(one).handling), limit(one), fee(one), _words(_item(one).tiers), page_of(edition, one),
         str(one.revision), one.published.isoformat())
        for one in chosen))


def offerings(edition: Edition, code: str, offered: Iterable[Offered]) -> Listing:
    """What the place of this division code offers, one row an offering."""
    place = edition.places[code]
    rows = tuple(
        (_item(guide).code or "", pair(_item(guide).name), _words(sorted(offering.roles, key=list(Role).index)), _department(edition, guide), limit(guide),
         fee(guide), joined(pair(one.name) for one in offering.windows),
         "、".join(dict.fromkeys(one.telephone for one in offering.windows if one.telephone)) or place.telephone or "",
         offering.implementation_code or "", page_of(edition, guide))
        for guide, offering in offered)
    called = pair(place.centre or place.name)
    return Listing(f"places/{code}", (f"{called[0]}服务事项清单", f"Services at {called[1]}"), OFFERINGS, rows)


def fees(edition: Edition, chosen: Iterable[PublishedGuide]) -> Listing:
    """Every fee with its legal basis: one row a fee of a guide, however many variants have it."""
    rows = []
    for guide in chosen:
        around = (_department(edition, guide), pair(_item(guide).name))
        found: dict[tuple[Cell, ...], list[Pair]] = {}
        for variant in guide.file.guide.variants:
            for one in variant.fees:
                found.setdefault((pair(one.name), *_fee_cells(one)), []).append(_when(guide, variant, one))
        rows += [(*around, told[0], _all_of(whens), *told[1:], _item(guide).code or "", page_of(edition, guide)) for told, whens in found.items()]
    return Listing("fees", ("收费一览表", "Fee schedule"), FEES, tuple(rows))


def never_asked(edition: Edition, chosen: Iterable[PublishedGuide]) -> Listing:
    """The documents that no applicant brings, because the office gets them itself (免提交)."""
    return Listing("documents-not-asked", ("免提交材料清单", "Documents never asked for"), DOCUMENTS,
                   tuple(_documents(edition, chosen, lambda one: one.exempt, lambda one: one.exempt_note)))


def may_follow(edition: Edition, chosen: Iterable[PublishedGuide]) -> Listing:
    """The documents that may be brought after the application was accepted (容缺后补)."""
    return Listing("documents-may-follow", ("容缺后补材料清单", "Documents that may follow"), DOCUMENTS,
                   tuple(_documents(edition, chosen, lambda one: one.necessity is Necessity.LATER and not one.exempt,
                                    lambda one: one.requirements or one.remark)))


def places(edition: Edition) -> Listing:
    """The directory of places and telephones, every place after the one above it."""
    return Listing("places", ("办理点名录", "Directory of places"), PLACES, tuple(
        (code, _word(one.tier), pair(one.name), pair(one.centre or one.name), pair(edition.places[one.parent].name) if one.parent in edition.places else "",
         pair(one.address), one.telephone or "", opening(edition, one),
         (edition.public_url + addresses.place(code, ZH), edition.public_url + addresses.place(code, EN)))
        for code, one in in_order(edition)))


def in_order(edition: Edition) -> list[tuple[str, PlaceFacts]]:
    """The places by division code, which puts each before those below it; offices elsewhere last."""
    return sorted(edition.places.items(), key=lambda row: (row[1].partner, row[0]))


def at_places(edition: Edition) -> dict[str, list[Offered]]:
    """What each known place offers, by division code, in the order of the guides."""
    found: dict[str, list[Offered]] = {code: [] for code in edition.places}
    for guide in edition.guides:
        for offering in guide.file.offerings:
            if offering.place in found:
                found[offering.place].append((guide, offering))
    return found


def limit(guide: PublishedGuide) -> Pair:
    """What is promised, for each variant that promises something else."""
    found = dict.fromkeys((one.promise.said(ZH), one.promise.said(EN)) for one in guide.file.guide.variants if one.promise)
    return joined(found)


def fee(guide: PublishedGuide) -> Pair:
    """At a glance: free, the amount where there is one fee, or that there are fees."""
    variants = guide.file.guide.variants
    amounts = {one.fen for variant in variants for one in variant.fees}
    if all(variant.free for variant in variants):
        return "不收费", "free"
    if any(variant.free for variant in variants):
        return "部分情形收费", "fee in some cases"
    if len(amounts) == 1 and (only := amounts.pop()) is not None:
        return yuan(only, ZH), yuan(only, EN)
    return ("收费", "fee") if amounts or any(variant.free is False for variant in variants) else ("", "")


def opening(edition: Edition, place: PlaceFacts) -> Pair:
    """The opening hours in words."""
    zh, en = (hours(Reader(locale, None, edition), place.hours) for locale in (ZH, EN))
    return "；".join(map(str, zh)), "; ".join(map(str, en))


def page_of(edition: Edition, guide: PublishedGuide) -> Pair:
    """The guide's address in both languages."""
    return (edition.public_url + addresses.guide(guide.slug, ZH), edition.public_url + addresses.guide(guide.slug, EN))


def pair(text: Text | None) -> Pair:
    return (text.zh, text.en or text.zh) if text else ("", "")


def joined(pairs: Iterable[Pair]) -> Pair:
    """Several things in a row, each once."""
    found = [one for one in dict.fromkeys(pairs) if one[0]]
    return "；".join(zh for zh, _ in found), "; ".join(en for _, en in found)


def _documents(edition: Edition, chosen: Iterable[PublishedGuide], wanted, note) -> Iterator[tuple[Cell, ...]]:
    for guide in chosen:
        found: dict[tuple[Pair, Pair], list[Pair]] = {}
        for variant in guide.file.guide.variants:
            for one in variant.documents:
                if wanted(one):
                    found.setdefault((pair(one.name), pair(note(one))), []).append(_when(guide, variant, one))
        for (name, said), whens in found.items():
            yield (_department(edition, guide), pair(_item(guide).name), name, _all_of(whens), said, _item(guide).code or "", page_of(edition, guide))


def _fee_cells(one: Fee) -> tuple[Cell, ...]:
    standard = pair(one.standard) if one.standard else (yuan(one.fen, ZH), yuan(one.fen, EN)) if one.fen is not None else ("", "")
    reduction = pair(one.reduction) if one.reduction else {True: ("可以减免", "May be reduced"), False: ("不减免", "Not reduced")}.get(one.may_be_reduced, ("", ""))
    return standard, pair(one.basis), pair(one.charged_by), pair(one.kind), reduction


def _when(guide: PublishedGuide, variant: Variant, part: Fee | Document) -> Pair:
    """When a part of a variant is asked for: the variant, where there are several, and the condition of its own."""
    document = guide.file.guide
    of_variant = pair(variant.name) if len(document.variants) > 1 else ("", "")
    own = pair(conditions.sentence(part.when, document.labels(), document.option_labels())) if part.when else ("", "")
    if of_variant[0] and own[0]:
        return f"{of_variant[0]}：{own[0]}", f"{of_variant[1]}: {own[1]}"
    return own if own[0] else of_variant


def _all_of(whens: list[Pair]) -> Pair:
    """In which situations; nothing where it is in every one of an only variant."""
    return joined(whens) if all(one[0] for one in whens) else ("", "")


def _item(guide: PublishedGuide):
    return guide.file.guide.item


def _department(edition: Edition, guide: PublishedGuide) -> Pair:
    name = _item(guide).department
    return pair(edition.department(name)) if name else ("", "")


def _word(value: Listed | None) -> Pair:
    return pair(value.text) if value else ("", "")


def _words(values: Iterable[Listed]) -> Pair:
    found = [one.text for one in values]
    return "、".join(one.zh for one in found), ", ".join(one.en for one in found)
