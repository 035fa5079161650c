"""queries: what an item asks of an applicant, where it can be handed in, and an application as it stands."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.models.applications import Application, ApplicationState, UploadedFile
from portal.models.guides import Item, ItemLife, Offering, OfferingRevision
from portal.models.places import Department, Place, PlaceTier
from portal.models.vouchers import Voucher
from portal.queries import guides
from portal.rules import filling
from portal.rules.guide import offering as shapes
from portal.rules.guide.codes import Role
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.documents import Document
from portal.rules.guide.text import Text
from portal.rules.permissions import prefix

TAKING = {Role.DECIDES, Role.RECEIVES}


@dataclass(frozen=True)
class Where:
    """A place that takes the item in. `revision_id` is the offering's revision in force, `code` the place's division code."""

    revision_id: int
    name: Text
    documents: list[Document]
    """What is asked for here alone."""
    code: str


@dataclass(frozen=True)
class Filled:
    """An application as it stands: what counts, which variant that is, which documents, and how each is given."""

    guide: Guide
    content: dict[str, Any]
    facts: dict[str, Any]
    variant: Variant | None
    documents: list[Document]
    files: dict[str, list[UploadedFile]]
    given: dict[str, str | None]
    form_key: str | None

    @property
    def pages(self) -> list[filling.Page]:
        return filling.pages(self.guide, self.facts)

    @property
    def missing(self) -> list[filling.Missing]:
        return filling.missing(self.guide, self.facts, self.documents, self.given)

    def page(self, key: str) -> filling.Page | None:
        """The page of that key, if anything is asked on it."""
        return next((page for page in self.pages if page.key == key), None)

    def document(self, key: str) -> Document | None:
        return next((document for document in self.documents if document.key == key), None)


def where(db: Session, item_id: int, guide: Guide) -> list[Where]:
    """The places that take the item in, by their code: those that decide it and those that receive it for them.

    Where a township handles a stage, a case has to lie in a township: the county's hall is not among them. Nor is it
    where the item was handed down.
    """
    rows = db.execute(
        select(OfferingRevision.id, OfferingRevision.roles, OfferingRevision.content, Place.code, Place.tier, Place.name,
               Place.name_en, Place.centre, Place.centre_en)
        .join(Offering, OfferingRevision.offering_id == Offering.id).join(Place, Offering.place_id == Place.id)
        .where(Offering.item_id == item_id, ~Offering.withdrawn, OfferingRevision.ended_at.is_(None))
        .order_by(Place.code)).all()
    if _by_townships(db, guide) or db.scalar(select(Item.life).where(Item.id == item_id)) == ItemLife.HANDED_DOWN:
        rows = [row for row in rows if row.tier != PlaceTier.COUNTY]
    taken = [row for row in rows if TAKING & set(row.roles)]
    found = []
    for row in taken:
        shape = shapes.Offering.model_validate(row.content)
        found.append(Where(row.id, shape.place_name or _centre(row), shape.documents, row.code))
    return found


def nearest(places: Sequence[Where], code: str) -> Where | None:
    """The place of this division code, or the nearest above it, among those that take the item in."""
    around = [one for one in places if code.startswith(prefix(one.code))]
    return max(around, key=lambda one: len(prefix(one.code)), default=None)


def _centre(place: Place | Row) -> Text:
    return Text(zh=place.centre or place.name, en=place.centre_en or place.name_en)


def _by_townships(db: Session, guide: Guide) -> bool:
    handling = {guide.item.department, *(stage.department for variant in guide.variants for stage in variant.stages)}
    return bool(handling & set(db.scalars(select(Department.name).where(Department.of_townships))))


def place_of(offering: OfferingRevision | None) -> Text | None:
    """Where the application is handed in, as the guide calls the place."""
    if offering is None:
        return None
    return shapes.Offering.model_validate(offering.content).place_name or _centre(offering.offering.place)


def divisions(db: Session) -> dict[str, Text]:
    """Townships and villages by their code, a village after its township and named with it."""
    found: dict[str, Text] = {}
    above: dict[int, Text] = {}
    rows = db.execute(select(Place.id, Place.code, Place.name, Place.name_en, Place.parent_id, Place.tier)
                      .where(~Place.partner, Place.tier != PlaceTier.COUNTY).order_by(Place.code))
    for row in rows:
        name = Text(zh=row.name, en=row.name_en)
        if row.tier == PlaceTier.TOWNSHIP:
            above[row.id] = found[row.code] = name
        else:
            over = above.get(row.parent_id)
            both = f"{row.name_en}, {over.en}" if over and over.en and row.name_en else None
            found[row.code] = Text(zh=f"{over.zh} {row.name}" if over else row.name, en=both)
    return found


def application(db: Session, application_id: int, now: datetime) -> Application | None:
    """The application with its guide and its place; None where there is none, it is erased, or a draft past its day."""
    alive = or_(Application.state == ApplicationState.SUBMITTED, draft_at(now))
    row = db.scalar(
        select(Application).where(Application.id == application_id, alive)
        .options(joinedload(Application.item), joinedload(Application.guide_revision),
                 joinedload(Application.offering_revision).joinedload(OfferingRevision.offering).joinedload(Offering.place)))
    return row


def draft_at(now: datetime) -> ColumnElement[bool]:
    """Whether an application is a draft that is still kept at that moment."""
    return and_(Application.state == ApplicationState.DRAFT, Application.expires_at > now)


def expired(db: Session, now: datetime) -> list[int]:
    """The drafts whose day has passed and that nobody erased yet."""
    return list(db.scalars(select(Application.id).where(
        Application.state == ApplicationState.DRAFT, Application.expires_at <= now).order_by(Application.id)))


def unnamed(db: Session, places: Sequence[str]) -> set[str]:
    """Those of the names in the store that no voucher has, and no file that is in use."""
    named = select(UploadedFile.storage_key).join(Application).where(
        UploadedFile.storage_key.in_(places), UploadedFile.removed_at.is_(None), Application.state != ApplicationState.ERASED)
    return set(places) - set(db.scalars(named.union(select(Voucher.storage_key).where(Voucher.storage_key.in_(places)))))


def drafts(db: Session, application_ids: Sequence[int], item_id: int, now: datetime) -> list[Application]:
    """Those of the applications that are drafts of the item, the last one first."""
    return list(db.scalars(select(Application).where(
        Application.id.in_(application_ids), Application.item_id == item_id, draft_at(now))
        .order_by(Application.changed_at.desc())))


def files(db: Session, application_id: int) -> dict[str, list[UploadedFile]]:
    """The files of an application that were not removed, by their document."""
    found: dict[str, list[UploadedFile]] = {}
    for file in db.scalars(select(UploadedFile).where(
            UploadedFile.application_id == application_id, UploadedFile.removed_at.is_(None)).order_by(UploadedFile.id)):
        found.setdefault(file.document_key, []).append(file)
    return found


def offering(db: Session, item_id: int, revision_id: int) -> OfferingRevision | None:
    """The offering of the item by its revision in force."""
    return db.scalar(
        select(OfferingRevision).join(OfferingRevision.offering).options(contains_eager(OfferingRevision.offering))
        .where(OfferingRevision.id == revision_id, Offering.item_id == item_id, OfferingRevision.ended_at.is_(None)))


def offering_now(db: Session, offering: OfferingRevision) -> OfferingRevision | None:
    """The same place's offering as it is in force now; None where the place no longer takes the item in."""
    handed_down = (Item.life == ItemLife.HANDED_DOWN) & (Place.tier == PlaceTier.COUNTY)
    row = db.scalar(
        select(OfferingRevision).join(OfferingRevision.offering).join(Item).join(Place).options(contains_eager(OfferingRevision.offering))
        .where(OfferingRevision.offering_id == offering.offering_id, OfferingRevision.ended_at.is_(None), ~Offering.withdrawn, ~handed_down))
    return row if row is not None and TAKING & set(row.roles) else None


def filled(application: Application, content: dict[str, Any], rows: dict[str, list[UploadedFile]]) -> Filled:
    """What the application asks and has, by the guide it is pinned to."""
    guide = guides.guide_of(application.guide_revision)
    facts = filling.counting(guide, content["answers"])
    variant = guide.variant_for(facts)
    asked, form_key = [], None
    if variant is not None:
        asked = filling.documents(variant, local_documents(application.offering_revision), facts)
        form_key = filling.the_form(guide, variant)
    chosen = content["documents"]
    given = {document.key: filling.way_of(document, document.key == form_key, chosen.get(document.key),
                                          len(rows.get(document.key, ()))) for document in asked}
    return Filled(guide, content, facts, variant, asked, rows, given, form_key)


def local_documents(offering: OfferingRevision | None) -> list[Document]:
    """The documents that the place asks for beside the guide's."""
    return shapes.Offering.model_validate(offering.content).documents if offering is not None else []
