"""actions: guides come in as drafts, and the draft that lint passes is published as an immutable revision."""
import hashlib
import json
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.models.guides import GuideRevision, Item, Offering, OfferingRevision, RevisionState
from portal.models.outbox import OutboxRow, Topic
from portal.models.places import Department, Place
from portal.models.search import SearchTerm
from portal.rules import search
from portal.rules.guide import offering as shapes
from portal.rules.guide import yaml
from portal.rules.guide.document import Guide, GuideFile
from portal.rules.lint import Finding, lint


class NotPublishable(ValueError):
    """Lint found errors; `findings` are they."""

    def __init__(self, findings: list[Finding]):
        super().__init__(f"{len(findings)} lint errors")
        self.findings = findings


def draft(db: Session, file: GuideFile, slug: str, now: datetime, source: str | None = None) -> tuple[GuideRevision, bool]:
    """Keeps the file as a draft of its item, which is made where it is new. The same content twice changes nothing.

    The item is known by its basic code, else by `slug`. Returns the revision and whether it was added.
    """
    document = yaml.plain(file)
    digest = digest_of(document)
    item = _item(db, file.guide, slug)
    latest = db.scalar(select(GuideRevision).where(GuideRevision.item_id == item.id)
                       .order_by(GuideRevision.number.desc()).limit(1))
    if latest is not None and latest.digest == digest:
        return latest, False
    if latest is not None and latest.state == RevisionState.DRAFT:
        latest.document, latest.digest, latest.source = document, digest, source
        return latest, True
    number = (latest.number if latest else 0) + 1
    revision = GuideRevision(item=item, number=number, state=RevisionState.DRAFT, document=document,
                             digest=digest, source=source, created_at=now)
    db.add(revision)
    db.flush()
    return revision, True


def publish(db: Session, revision: GuideRevision, now: datetime) -> None:
    """Puts the draft in force: the one before is superseded, offerings and search follow, the site is told by the outbox.

    Raises NotPublishable where lint finds an error (Administrative Licensing Law, article 30, among its rules).
    """
    file = GuideFile.model_validate(revision.document)
    errors = [finding for finding in lint(file) if finding.level == "error"]
    if errors:
        raise NotPublishable(errors)
    before = db.scalar(select(GuideRevision).where(
        GuideRevision.item_id == revision.item_id, GuideRevision.state == RevisionState.PUBLISHED))
    if before is not None:
        before.state, before.ended_at = RevisionState.SUPERSEDED, now
        db.flush()
    revision.state, revision.published_at = RevisionState.PUBLISHED, now
    item = revision.item
    item.name = file.guide.item.name.zh
    item.department_id = _department_id(db, file.guide)
    _offer(db, item, file.offerings, now)
    _index(db, item.id, file.guide)
    db.add(OutboxRow(topic=Topic.PUBLISH_GUIDE, payload={"item_id": item.id}, created_at=now))
    db.flush()


def digest_of(document: dict) -> str:
    """SHA-256 of the canonical JSON of a stored document."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _item(db: Session, guide: Guide, slug: str) -> Item:
    code = guide.item.code
    item = db.scalar(select(Item).where(Item.code == code)) if code else None
    if item is None:
        item = db.scalar(select(Item).where(Item.slug == slug))
    if item is None:
        item = Item(slug=slug, code=code, name=guide.item.name.zh, department_id=_department_id(db, guide))
        db.add(item)
        db.flush()
    return item


def _department_id(db: Session, guide: Guide) -> int | None:
    return db.scalar(select(Department.id).where(Department.name == guide.item.department))


def _offer(db: Session, item: Item, wanted: list[shapes.Offering], now: datetime) -> None:
    """Brings the offerings into line; one whose place is not in the tree stays in the revision's document alone."""
    ids = dict(db.execute(select(Place.code, Place.id)).all())
    have = {row.place_id: row for row in db.scalars(select(Offering).where(Offering.item_id == item.id))}
    open_revisions = {
        row.offering_id: row for row in db.scalars(
            select(OfferingRevision).join(Offering).where(Offering.item_id == item.id, OfferingRevision.ended_at.is_(None)))
    }
    seen = set()
    for shape in wanted:
        place_id = ids.get(shape.place)
        if place_id is None:
            continue
        seen.add(place_id)
        offering = have.get(place_id)
        if offering is None:
            offering = Offering(item=item, place_id=place_id)
            db.add(offering)
            db.flush()
        offering.withdrawn = False
        _revise(db, offering, open_revisions.get(offering.id), shape, now)
    for place_id, offering in have.items():
        if place_id not in seen:
            offering.withdrawn = True


def _revise(db: Session, offering: Offering, current: OfferingRevision | None, shape: shapes.Offering, now: datetime) -> None:
    content = shape.model_dump(mode="json", exclude_defaults=True)
    digest = digest_of(content)
    if current is not None and current.digest == digest:
        return
    number = (db.scalar(select(func.max(OfferingRevision.number)).where(OfferingRevision.offering_id == offering.id)) or 0) + 1
    if current is not None:
        current.ended_at = now
        db.flush()
    db.add(OfferingRevision(
        offering=offering, number=number, roles=[str(role) for role in shape.roles],
        implementation_code=shape.implementation_code, content=content, digest=digest, created_at=now))


def _index(db: Session, item_id: int, guide: Guide) -> None:
    db.execute(delete(SearchTerm).where(SearchTerm.item_id == item_id))
    db.add_all(SearchTerm(term=term, item_id=item_id, weight=weight) for term, weight in search.terms(guide).items())
