"""queries: what a line of the results says of what was found: limit, fee and where it is done; or where to ask."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel
from sqlalchemy import String, bindparam, cast, func, select
from sqlalchemy.orm import Session

from portal.models.catalogue import CatalogueEntry
from portal.models.guides import GuideRevision, Item, Offering, OfferingRevision
from portal.models.places import Department, Place, PlaceTier
from portal.rules.guide.codes import Role
from portal.rules.guide.limits import Limit, longest
from portal.rules.guide.text import Text
from portal.rules.items import LIVES, OPEN, Life

_DOCUMENTS = select(GuideRevision.digest, cast(GuideRevision.document, String).label("document")).where(GuideRevision.id.in_(bindparam("revisions", expanding=True)))
"""Whole and unread: the databases take longer to find the parts of a document than `_Document` takes, which reads past the rest."""
_TIERS = select(Offering.item_id, Place.tier, func.count()).join(Offering.place).where(
    Offering.item_id.in_(bindparam("items", expanding=True)), ~Offering.withdrawn).group_by(Offering.item_id, Place.tier)
_HERE = (select(Offering.item_id, Place.code, Place.tier, Place.name, Place.name_en, Place.centre, Place.centre_en, OfferingRevision.roles)
         .join(Offering.place).join(OfferingRevision, (OfferingRevision.offering_id == Offering.id) & OfferingRevision.ended_at.is_(None))
         .where(Offering.item_id.in_(bindparam("items", expanding=True)), ~Offering.withdrawn, Place.code.in_(bindparam("codes", expanding=True))))
_BARE = (select(CatalogueEntry.item_id, CatalogueEntry.name, CatalogueEntry.department, CatalogueEntry.link, Department.name.label("owner"), Department.name_en,
                Department.telephone)
         .join(Item, CatalogueEntry.item_id == Item.id).outerjoin(Department, Item.department_id == Department.id)
         .where(CatalogueEntry.item_id.in_(bindparam("items", expanding=True))).order_by(CatalogueEntry.position.desc()))
DOING = {Role.DECIDES, Role.RECEIVES, Role.FILES_FOR_PEOPLE}
"""In these roles a place does it; one that hands out or advises is named only where none does."""
_NEAREST = (PlaceTier.VILLAGE, PlaceTier.TOWNSHIP, PlaceTier.COUNTY)


@dataclass(frozen=True)
class Here:
    """A place that offers the item, and what is done there."""

    code: str
    tier: str
    name: Text
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Found:
    """What a line of the results says of a guide. `free` is None where the guide does not say, or its situations differ;
    `fen` is the fee where there is one. `tiers` says at how many places of each tier it is done. `here` is the nearest place
    to the chosen one where it is done; `own` the chosen one itself, where it offers the item and is another."""

    slug: str
    name: Text
    department: Text | None
    summary: Text | None
    promise: Limit | None
    free: bool | None = None
    fen: int | None = None
    tiers: Mapping[str, int] = field(default_factory=dict)
    here: Here | None = None
    own: Here | None = None
    changed: Text | None = None
    """That its item is not open: suspended, cancelled, merged; its page says the rest."""

    @property
    def place(self) -> str | None:
        """The code of the place whose page of the guide a reader is led to; None where that is the guide's own."""
        offers = self.own or self.here
        return offers.code if offers and offers.tier != PlaceTier.COUNTY else None


class _Item(BaseModel):
    name: Text
    department: str | None = None


class _Fee(BaseModel):
    fen: int | None = None


class _Result(BaseModel):
    limit: Limit | None = None


class _Situation(BaseModel):
    free: bool | None = None
    fees: tuple[_Fee, ...] = ()
    promised: Limit | None = None
    results: tuple[_Result, ...] = ()


class _Guide(BaseModel):
    item: _Item
    summary: Text | None = None
    variants: tuple[_Situation, ...]


class _Document(BaseModel):
    """What of a stored document a line is made of."""

    guide: _Guide


@dataclass(frozen=True)
class _Line:
    """What a line takes out of the guide's document."""

    name: Text
    department: str | None
    summary: Text | None
    promise: Limit | None
    free: bool | None
    fen: int | None


KEPT = 3000
_kept: dict[str, _Line] = {}
"""What was read of documents, by digest: so many are kept."""


@dataclass(frozen=True)
class Bare:
    """An item that has no guide yet, and whom to ask; the office's own telephone where there is one."""

    name: str
    department: Text
    telephone: str | None


def found(db: Session, rows: Sequence, at: Sequence[str] = ()) -> list[Found]:
    """The lines of these rows of `ranking`. The documents are long: what is shown of them is read for the lines alone, not
    carried through the sorting."""
    if not rows:
        return []
    items = [row.id for row in rows]
    told = _told(db, {row.digest: row.revision for row in rows})
    tiers: dict[int, dict[str, int]] = {}
    for item_id, tier, number in db.execute(_TIERS, {"items": items}):
        tiers.setdefault(item_id, {})[tier] = number
    here = _here(db, items, at) if at else {}
    return [_line(row, told[row.digest], tiers.get(row.id, {}), *here.get(row.id, (None, None))) for row in rows]


def bare(db: Session, rows: Sequence) -> dict[int, Bare]:
    """The lines of the items without a guide, by item."""
    if not rows:
        return {}
    told = {row.item_id: row for row in db.execute(_BARE, {"items": [row.id for row in rows]})}
    made = {}
    for row in rows:
        entry = told.get(row.id)
        name = entry.department if entry else row.department or ""
        department = Text(zh=name, en=row.name_en if name == row.department else None) if name else None
        made[row.id] = Bare(entry.name if entry else row.name, department, entry.telephone if entry else None)
    return made


def _here(db: Session, items: list[int], codes: Sequence[str]) -> dict[int, tuple[Here, Here | None]]:
    """Of each item the nearest place where it is done, and the chosen one, which is the first of the codes."""
    nearest: dict[int, Here] = {}
    own: dict[int, Here] = {}
    rows = db.execute(_HERE, {"items": items, "codes": list(codes)}).all()
    for row in sorted(rows, key=lambda row: (not DOING & set(row.roles), _NEAREST.index(row.tier))):
        name = Text(zh=row.centre, en=row.centre_en) if row.centre else Text(zh=row.name, en=row.name_en)
        one = Here(row.code, row.tier, name, tuple(Role(one) for one in row.roles))
        if nearest.setdefault(row.item_id, one) is not one and row.code == codes[0]:
            own[row.item_id] = one
    return {item_id: (one, own.get(item_id)) for item_id, one in nearest.items()}


def _told(db: Session, revisions: Mapping[str, int]) -> dict[str, _Line]:
    """What the documents say, by digest, of the revisions of these digests. They do not
    change, so what was read of them is kept; several threads come here."""
    global _kept
    kept = _kept
    found = {digest: kept[digest] for digest in revisions.keys() & kept.keys()}
    new = [number for digest, number in revisions.items() if digest not in found]
    read = {row.digest: _read(row.document) for row in db.execute(_DOCUMENTS, {"revisions": new})} if new else {}
    if read:
        _kept = (kept if len(kept) + len(read) <= KEPT else {}) | read
    return found | read


def _read(document: str) -> _Line:
    guide = _Document.model_validate_json(document).guide
    first = guide.variants[0]
    promise = first.promised or longest(result.limit for result in first.results if result.limit)
    return _Line(guide.item.name, guide.item.department, guide.summary, promise, *_fee(guide.variants))


def _line(row, told: _Line, tiers: Mapping[str, int], here: Here | None, own: Here | None) -> Found:
    department = Text(zh=told.department, en=row.name_en if row.department == told.department else None) if told.department else None
    return Found(row.slug, told.name, department, told.summary, told.promise, told.free, told.fen, tiers, here, own,
                 None if row.life in OPEN else LIVES[Life(row.life)])


def _fee(variants: Sequence[_Situation]) -> tuple[bool | None, int | None]:
    """Whether it is free, by `free` and `fees` of each situation; and the amount where every one has the same."""
    if all(one.free for one in variants):
        return True, None
    if any(one.free or (one.free is None and not one.fees) for one in variants):
        return None, None
    amounts = {fee.fen for one in variants for fee in one.fees}
    return False, amounts.pop() if len(amounts) == 1 else None
