"""actions: the catalogue is brought into line with a list, all of it or nothing; and a guide is begun from one of its rows."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from portal.actions import guides, indexing, outbox
from portal.actions.importing import slug_of
from portal.models.catalogue import CatalogueEntry
from portal.models.editing import GuideStep
from portal.models.guides import GuideRevision, Item, Offering, OfferingRevision, RevisionState
from portal.models.outbox import Topic
from portal.models.people import Staff
from portal.models.places import Department
from portal.queries.catalogue import FIELDS
from portal.rules import search
from portal.rules.catalogue.entries import Entry, keys
from portal.rules.guide import yaml
from portal.rules.guide.document import Guide, GuideFile, Provenance, Variant
from portal.rules.guide.item import Item as Shape

_LOCAL = GuideRevision.document["guide"]["item"]["local_code"].as_string()


@dataclass
class Loaded:
    """What a list changed: numbers of rows; `joined` are those whose item has a guide, or a draft, here; `gone` are the rows
    that the list does not have any more, which stay."""

    new: int = 0
    changed: int = 0
    same: int = 0
    joined: int = 0
    gone: list[Entry] = field(default_factory=list)
    dropped: int = 0


def load(db: Session, entries: Sequence[Entry], *, drop_gone: bool = False) -> Loaded:
    """Brings the catalogue into line with the list; the same list twice changes nothing. Rows are known by `keys`, else by
    department and name where those are the only ones of theirs. With `drop_gone` what the list has no more is taken out."""
    told, wanted = Loaded(), keys(entries)
    kept = {row.key: row for row in db.scalars(select(CatalogueEntry).options(joinedload(CatalogueEntry.item)).order_by(CatalogueEntry.position))}
    rows = [kept.pop(key, None) for key in wanted]
    _by_name(entries, rows, kept)
    joining = _Joining(db)
    written: list[CatalogueEntry] = []
    for position, (key, entry, row) in enumerate(zip(wanted, entries, rows, strict=True)):
        if row is None:
            row = CatalogueEntry(key=key, item=joining.item(entry), **_values(entry))
            db.add(row)
            told.new += 1
        elif row.key != key or _values(row) != _values(entry):
            for name, value in {"key": key, **_values(entry)}.items():
                setattr(row, name, value)
            told.changed += 1
        else:
            told.same += 1
            row.position = position
            continue
        row.position = position
        written.append(row)
    db.flush()
    touched = {row.item_id for row in written}
    told.gone = [Entry(**_values(row)) for row in kept.values()]
    for position, row in enumerate(kept.values(), len(entries)):
        row.position = position
    if drop_gone:
        told.dropped, left = len(kept), {row.item_id for row in kept.values()}
        db.execute(delete(CatalogueEntry).where(CatalogueEntry.id.in_([row.id for row in kept.values()])))
        touched |= _forget(db, left)
    told.joined = _index(db, touched, joining.guided)
    return told


def tell_site(db: Session, now: datetime) -> None:
    """The site's pages of the catalogue are owed, and no guide: the whole list is compared."""
    outbox.owe(db, Topic.PUBLISH_GUIDE, {"lists": 1}, now)


def begin(db: Session, staff: Staff, row: CatalogueEntry, now: datetime) -> tuple[GuideRevision, bool]:
    """A draft with what the row says of its item; where somebody began one already, that one. Returns whether it is new."""
    latest = db.scalar(select(GuideRevision).where(GuideRevision.item_id == row.item_id).order_by(GuideRevision.number.desc()).limit(1))
    if latest is not None:
        return latest, False
    owner = row.item.department.name if row.item.department else row.department
    document = yaml.plain(_file(Entry(**_values(row)), owner))
    revision = GuideRevision(item_id=row.item_id, number=1, state=RevisionState.DRAFT, document=document,
                             digest=guides.digest_of(document), created_at=now)
    db.add(revision)
    db.flush()
    _begun(db, staff, revision, now)
    return revision, True


def begin_named(db: Session, staff: Staff, name: str, now: datetime) -> GuideRevision:
    """A draft of an item that is in no list, by its name alone; the same name again leads to what was begun then."""
    file = GuideFile(guide=Guide(item=Shape(name=name), variants=[Variant()]))
    slug = slug_of(file)
    begun = db.scalar(select(GuideRevision).join(Item).where(Item.slug == slug).order_by(GuideRevision.number.desc()).limit(1))
    if begun is not None:
        return begun
    revision, _ = guides.draft(db, file, slug, now)
    _begun(db, staff, revision, now)
    return revision


def _begun(db: Session, staff: Staff, revision: GuideRevision, now: datetime) -> None:
    db.add(GuideStep(revision_id=revision.id, state=RevisionState.DRAFT, staff_id=staff.id, at=now))
    db.flush()


class _Joining:
    """Finds the item of a row: that of a guide with one of its codes, else one of its own."""

    def __init__(self, db: Session):
        self.db = db
        self.departments = {row.name: row.id for row in db.execute(select(Department.name, Department.id))}
        items = db.execute(select(Item.id, Item.code, Item.slug)).all()
        self.slugs = {row.slug for row in items}
        self.taken = {row.code for row in items if row.code}
        self.guided = set(db.scalars(select(GuideRevision.item_id).distinct()))
        self.codes = {row.code: row.id for row in items if row.code and row.id in self.guided}
        local = db.execute(select(_LOCAL, GuideRevision.item_id).where(_LOCAL.is_not(None)).order_by(GuideRevision.number))
        offered = db.execute(select(OfferingRevision.implementation_code, Offering.item_id).join(OfferingRevision.offering).where(
            OfferingRevision.ended_at.is_(None), OfferingRevision.implementation_code.is_not(None)))
        self.codes.update((row[0], row[1]) for found in (local, offered) for row in found)

    def item(self, entry: Entry) -> Item:
        known = next((self.codes[code] for code in entry.codes if code in self.codes), None)
        if known is not None:
            return self.db.get_one(Item, known)
        basic = entry.basic if entry.basic not in self.taken else None
        item = Item(slug=self._slug(entry, basic), code=basic, name=entry.name, department_id=self._department(entry.department))
        self.db.add(item)
        if basic:
            self.taken.add(basic)
        return item

    def _slug(self, entry: Entry, basic: str | None) -> str:
        shape = Shape(name=entry.name, code=basic, department=entry.department)
        slug = named = slug_of(GuideFile(guide=Guide(item=shape, variants=[Variant()])))
        number = 1
        while slug in self.slugs:
            number += 1
            slug = f"{named}-{number}"
        self.slugs.add(slug)
        return slug

    def _department(self, name: str) -> int | None:
        """The department of that name; else the only one whose name ends in it, as 市场监督管理局 ends the county's."""
        if name in self.departments:
            return self.departments[name]
        found = [one for full, one in self.departments.items() if full.endswith(name)]
        return found[0] if len(found) == 1 and len(name) > 3 else None


def _values(row: Entry | CatalogueEntry) -> dict:
    return {name: getattr(row, name) if name != "more" else dict(row.more) for name in FIELDS}


def _by_name(entries: Sequence[Entry], rows: list[CatalogueEntry | None], kept: dict[str, CatalogueEntry]) -> None:
    """A row that got another code, or a first one, is still the same where no other has its department and name."""
    def named(row: Entry | CatalogueEntry) -> tuple[str, str]:
        return row.department, row.name

    many = Counter(map(named, entries))
    left: dict[tuple[str, str], list[CatalogueEntry]] = {}
    for row in kept.values():
        left.setdefault(named(row), []).append(row)
    for at, entry in enumerate(entries):
        found = left.get(named(entry), ())
        if rows[at] is None and many[named(entry)] == len(found) == 1:
            rows[at] = kept.pop(found[0].key)


def _forget(db: Session, item_ids: set[int]) -> set[int]:
    """Deletes the items that only the catalogue had; returns those that stay."""
    held = set(db.scalars(select(GuideRevision.item_id).where(GuideRevision.item_id.in_(item_ids))))
    held |= set(db.scalars(select(CatalogueEntry.item_id).where(CatalogueEntry.item_id.in_(item_ids))))
    indexing.keep(db, {item_id: {} for item_id in item_ids - held})
    db.execute(delete(Item).where(Item.id.in_(item_ids - held)))
    return held


def _index(db: Session, item_ids: set[int], guided: set[int]) -> int:
    """Brings names and search rows of the items into line; returns how many rows of the catalogue share an item with a guide."""
    for item_id in item_ids & guided:
        document = db.scalar(select(GuideRevision.document).where(GuideRevision.item_id == item_id, GuideRevision.state == RevisionState.PUBLISHED))
        indexing.index(db, item_id, GuideFile.model_validate(document).guide if document else None)
    terms: dict[int, dict[str, int]] = {}
    for row in db.scalars(select(CatalogueEntry).where(CatalogueEntry.item_id.in_(item_ids - guided)).options(joinedload(CatalogueEntry.item))):
        if row.item_id not in terms:
            row.item.name = row.name
        terms[row.item_id] = search.joined(terms.get(row.item_id, {}), search.listed(row.name, row.main_item, row.key, known=False))
    indexing.keep(db, terms)
    db.flush()
    return sum(1 for item_id in db.scalars(select(CatalogueEntry.item_id)) if item_id in guided)


def _file(entry: Entry, department: str) -> GuideFile:
    """The guide as far as the row tells it."""
    basic = entry.basic
    local = next((code for code in (entry.implementation_code, entry.code) if code and code != basic), None)
    shape = Shape(name=entry.name, code=basic, local_code=local, kind=entry.item_kind, department=department)
    return GuideFile(guide=Guide(item=shape, variants=[Variant()], provenance=Provenance(url=entry.address)))
