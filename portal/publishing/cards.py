"""publishing: cards. What lists, indexes, places and the open data say of a guide, as small plain values.

A county has more guides than a process should hold parsed. A card is made once when a revision or an offering comes
into force, knows nothing of the county around it, and is all that stays of the guide when its own pages are drawn.
`marks` are digests: two cards with the same mark say the same in that list, so that a list is compared without being drawn.
"""
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from portal.publishing.said import yuan
from portal.publishing.themes import named
from portal.rules import conditions
from portal.rules.guide.codes import Audience, Listed, Necessity, Role, Tier
from portal.rules.guide.document import Guide, GuideFile, Variant
from portal.rules.guide.documents import Document
from portal.rules.guide.item import Fee
from portal.rules.guide.offering import Offering
from portal.rules.guide.text import Text

ZH, EN = "zh-Hans", "en"
Pair = tuple[str, str]
"""Words in Chinese and in English; the Chinese twice where there is no English."""
Cell = str | Pair
"""A code, number or address, which is the same in every language, or words."""
Row = tuple[Cell, ...]


class Pane(NamedTuple):
    """A window of an offering."""

    name: Text | None
    address: Text | None
    telephone: str | None


class Offer(NamedTuple):
    """An offering: place by division code, roles from the strongest on."""

    place: str | None
    roles: tuple[Role, ...]
    implementation_code: str | None
    windows: tuple[Pane, ...]
    mark: bytes


class Marks(NamedTuple):
    """Digests of all that pages beside the guide say of it, of what a line of a list says, of a row of all guides, and of the
    rows in the lists of fees and documents."""

    shown: bytes
    line: bytes
    row: bytes
    fees: bytes
    never_asked: bytes
    may_follow: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A card is known by itself, not by what it says: so what is made of it is quickly found again. `sort` is the name in pinyin, `promise` the limit where all variants promise the same, `limit` all of them; rows of
    fees and documents lack the columns that every list of a guide has. `key` is what the card was made from."""

    slug: str
    revision: int
    published: date
    code: str
    name: Text
    sort: str
    kind: Pair
    handling: Pair
    department: str | None
    audiences: tuple[Audience, ...]
    tiers: tuple[Tier, ...]
    themes: tuple[Text, ...]
    limit: Pair
    promise: Pair | None
    fee: Pair
    free: bool
    fees: tuple[Row, ...]
    never_asked: tuple[Row, ...]
    may_follow: tuple[Row, ...]
    offers: tuple[Offer, ...]
    marks: Marks
    key: str


def card(slug: str, file: GuideFile, revision: int, published: date, key: str | None = None) -> Card:
    """The card of a guide; without `key`, one is made of the whole file."""
    guide, item = file.guide, file.guide.item
    name, sort = item.name, pinyin(item.name.zh)
    limits = tuple(dict.fromkeys((one.promise.said(ZH), one.promise.said(EN)) for one in guide.variants if one.promise))
    fees, never = tuple(_fees(guide)), tuple(_documents(guide, lambda one: one.exempt, lambda one: one.exempt_note))
    follow = tuple(_documents(guide, lambda one: one.necessity is Necessity.LATER and not one.exempt,
                              lambda one: one.requirements or one.remark))
    themes = tuple(named(one) for one in dict.fromkeys((*item.person_themes, *item.organisation_themes)))
    shown = (slug, item.code, name, word(item.kind), word(item.handling), item.department, item.audiences, item.tiers, themes, limits, fee(guide))
    around = mark(slug, item.code, name, item.department)
    offers = tuple(_offer(one) for one in file.offerings)
    marks = mark(shown), mark(shown, revision, published), *(mark(around, rows) if rows else b"" for rows in (fees, never, follow))
    return Card(
        slug=slug, revision=revision, published=published, code=item.code or "", name=name, sort=sort, kind=word(item.kind),
        handling=word(item.handling), department=item.department, audiences=tuple(item.audiences), tiers=tuple(item.tiers), themes=themes,
        limit=joined(limits), promise=limits[0] if len(limits) == 1 else None, fee=fee(guide),
        free=all(one.free for one in guide.variants), fees=fees, never_asked=never, may_follow=follow,
        offers=offers,
        marks=Marks(mark(shown, fees, never, follow, [one.mark for one in offers]), *marks),
        key=key or mark(revision, published, file.model_dump_json()).hex(),
    )


def mark(*told: object) -> bytes:
    """A digest of what is told, the same in every process."""
    return hashlib.blake2b(repr(told).encode(), digest_size=12).digest()


@cache
def pinyin(text: str) -> str:
    """A name as an address and as a key to sort by: `公安局` is `gong-an-ju`."""
    # Loaded late: its dictionaries take 55 MB, which who hands guides to other processes need not hold while they draw.
    from pypinyin import lazy_pinyin

    parts = "-".join(lazy_pinyin(text)).lower()
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in parts)
    return "-".join(part for part in kept.split("-") if part)


def fee(guide: Guide) -> Pair:
    """At a glance: free, the amount where there is one fee, or that there are fees."""
    variants = guide.variants
    amounts = {one.fen for variant in variants for one in variant.fees}
    if all(variant.free for variant in variants):
        return "不收费", "free"
    if any(variant.free for variant in variants):
        return "部分情形收费", "fee in some cases"
    if len(amounts) == 1 and (only := amounts.pop()) is not None:
        return yuan(only, ZH), yuan(only, EN)
    return ("收费", "fee") if amounts or any(variant.free is False for variant in variants) else ("", "")


def pair(text: Text | None) -> Pair:
    return (text.zh, text.en or text.zh) if text else ("", "")


def joined(pairs: Iterable[Pair]) -> Pair:
    """Several things in a row, each once."""
    found = [one for one in dict.fromkeys(pairs) if one[0]]
    return "；".join(zh for zh, _ in found), "; ".join(en for _, en in found)


def word(value: Listed | None) -> Pair:
    return pair(value.text) if value else ("", "")


def words(values: Iterable[Listed]) -> Pair:
    found = [one.text for one in values]
    return "、".join(one.zh for one in found), ", ".join(one.en for one in found)


def _offer(one: Offering) -> Offer:
    windows = tuple(Pane(each.name, each.address, each.telephone) for each in one.windows)
    roles = tuple(sorted(set(one.roles), key=list(Role).index))
    return Offer(one.place, roles, one.implementation_code, windows, mark(one.place, roles, one.implementation_code, windows))


def _fees(guide: Guide) -> Iterator[Row]:
    """One row a fee, however many variants have it."""
    found: dict[Row, list[Pair]] = {}
    for variant in guide.variants:
        for one in variant.fees:
            found.setdefault((pair(one.name), *_fee_cells(one)), []).append(_when(guide, variant, one))
    for told, whens in found.items():
        yield (told[0], _all_of(whens), *told[1:])


def _documents(guide: Guide, wanted, note) -> Iterator[Row]:
    found: dict[tuple[Pair, Pair], list[Pair]] = {}
    for variant in guide.variants:
        for one in variant.documents:
            if wanted(one):
                found.setdefault((pair(one.name), pair(note(one))), []).append(_when(guide, variant, one))
    for (name, said), whens in found.items():
        yield name, _all_of(whens), said


def _fee_cells(one: Fee) -> Row:
    standard = pair(one.standard) if one.standard else (yuan(one.fen, ZH), yuan(one.fen, EN)) if one.fen is not None else ("", "")
    reduction = pair(one.reduction) if one.reduction else {True: ("可以减免", "May be reduced"), False: ("不减免", "Not reduced")}.get(one.may_be_reduced, ("", ""))
    return standard, pair(one.basis), pair(one.charged_by), pair(one.kind), reduction


def _when(guide: Guide, variant: Variant, part: Fee | Document) -> Pair:
    """When a part of a variant is asked for: the variant, where there are several, and the condition of its own."""
    of_variant = pair(variant.name) if len(guide.variants) > 1 else ("", "")
    own = pair(conditions.sentence(part.when, guide.labels(), guide.option_labels())) if part.when else ("", "")
    if of_variant[0] and own[0]:
        return f"{of_variant[0]}：{own[0]}", f"{of_variant[1]}: {own[1]}"
    return own if own[0] else of_variant


def _all_of(whens: list[Pair]) -> Pair:
    """In which situations; nothing where it is in every one of an only variant."""
    return joined(whens) if all(one[0] for one in whens) else ("", "")
