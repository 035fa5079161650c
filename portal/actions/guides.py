"""actions: guides come in as drafts, and the draft that lint passes is published as an immutable revision."""
import hashlib
import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.actions import indexing, offerings, outbox
from portal.models.catalogue import CatalogueEntry
from portal.models.editing import GuideEdit, GuideStep
from portal.models.guides import GuideRevision, Item, RevisionState
from portal.models.outbox import Topic
from portal.models.places import Department
from portal.queries import catalogue, places
from portal.rules.guide import offering as shapes
from portal.rules.guide import yaml
from portal.rules.guide.document import Guide, GuideFile
from portal.rules.lint import Finding, lint
from portal.rules.problems import Problem
from portal.rules.workflow import ON_ITS_WAY, STOPS, Stop


class OnItsWay(Problem):
    """The item has a revision that people work on at the desk; it stays as it is."""


class NotPublishable(ValueError):
    """Lint found errors; `findings` are they."""

    def __init__(self, findings: list[Finding]):
        super().__init__(f"{len(findings)} lint errors")
        self.findings = findings


def draft(db: Session, file: GuideFile, slug: str, now: datetime, source: str | None = None) -> tuple[GuideRevision, bool]:
    """Keeps the file as a draft of its item, which is made where it is new. The same content twice changes nothing.

    The item is known by its basic code, else by `slug`. Returns the revision and whether it was added. Raises OnItsWay
    where people work on other words for the item: what they wrote or examined is never written over from a file.
    """
    document = yaml.plain(file)
    digest = digest_of(document)
    item = _item(db, file, slug)
    latest = db.scalar(select(GuideRevision).where(GuideRevision.item_id == item.id)
                       .order_by(GuideRevision.number.desc()).limit(1))
    if latest is not None and latest.digest == digest and latest.state != RevisionState.WITHDRAWN:
        return latest, False
    if latest is not None and (busy := at_work(db, item, latest)):
        raise busy
    if latest is not None and latest.state == RevisionState.DRAFT:
        latest.document, latest.digest, latest.source = document, digest, source
        return latest, True
    number = (latest.number if latest else 0) + 1
    revision = GuideRevision(item=item, number=number, state=RevisionState.DRAFT, document=document,
                             digest=digest, source=source, created_at=now)
    db.add(revision)
    db.flush()
    return revision, True


def at_work(db: Session, item: Item, latest: GuideRevision) -> OnItsWay | None:
    """Why the item's newest revision must not be written over, if people work on it."""
    if latest.state not in ON_ITS_WAY or (latest.state == RevisionState.DRAFT and not _worked_on(db, latest)):
        return None
    at = STOPS[Stop(latest.state)]
    return OnItsWay("guide.on_its_way", f"“{item.name}”第{latest.number}版正在工作台上办理（{at.zh}），没有覆盖它。请在工作台改那一版，或先把它丢弃。",
                    f"Revision {latest.number} of “{item.name}” is worked on at the desk ({at.en}); it was not written over. "
                    "Change that revision at the desk, or drop it first.")


def publish(db: Session, revision: GuideRevision, now: datetime) -> None:
    """Puts the draft in force: the one before is superseded, offerings and search follow, the site is told by the outbox.
    One that is in force stays as it is.

    Raises NotPublishable where lint finds an error (Administrative Licensing Law, article 30, among its rules), or a stage
    belongs to a department that the directory does not know.
    """
    if revision.state == RevisionState.PUBLISHED:
        return
    file = GuideFile.model_validate(revision.document)
    errors = [finding for finding in lint(file, directory=places.directory(db)) if finding.level == "error"]
    if errors:
        raise NotPublishable(errors)
    before = db.scalar(select(GuideRevision).where(
        GuideRevision.item_id == revision.item_id, GuideRevision.state == RevisionState.PUBLISHED))
    if before is not None:
        before.state, before.ended_at = RevisionState.SUPERSEDED, now
        db.flush()
    told = _told(db, revision)
    revision.state, revision.published_at = RevisionState.PUBLISHED, now
    item = revision.item
    item.name = file.guide.item.name.zh
    item.department_id = _department_id(db, file.guide)
    offerings.bring(db, item, file.offerings, told, now)
    indexing.index(db, item.id, file.guide)
    outbox.owe(db, Topic.PUBLISH_GUIDE, {"item_id": item.id}, now)
    db.flush()


def drop(db: Session, revision: GuideRevision) -> None:
    """Throws a draft away, and its item where that never had another revision and is not in the catalogue. Raises ValueError
    for what was in force."""
    if revision.state != RevisionState.DRAFT:
        raise ValueError("only a draft can be dropped")
    item = revision.item
    db.delete(revision)
    db.flush()
    if not any(db.scalar(select(row.id).where(row.item_id == item.id).limit(1)) for row in (GuideRevision, CatalogueEntry)):
        db.delete(item)


def _worked_on(db: Session, revision: GuideRevision) -> bool:
    """Whether somebody wrote on the revision or moved it at the desk."""
    return any(db.scalar(select(row.id).where(row.revision_id == revision.id).limit(1)) is not None for row in (GuideEdit, GuideStep))


def digest_of(document: dict) -> str:
    """SHA-256 of the canonical JSON of a stored document."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _item(db: Session, file: GuideFile, slug: str) -> Item:
    guide = file.guide
    item = catalogue.item_of(db, file, slug)
    if item is None:
        item = Item(slug=slug, code=guide.item.code, name=guide.item.name.zh, department_id=_department_id(db, guide))
        db.add(item)
        db.flush()
    elif item.code is None and guide.item.code:
        item.code = guide.item.code
    return item


def _department_id(db: Session, guide: Guide) -> int | None:
    return db.scalar(select(Department.id).where(Department.name == guide.item.department))


def _told(db: Session, revision: GuideRevision) -> list[shapes.Offering]:
    """What the text that was in force last said of places."""
    document = db.scalar(select(GuideRevision.document).where(
        GuideRevision.item_id == revision.item_id, GuideRevision.id != revision.id, GuideRevision.published_at.is_not(None))
        .order_by(GuideRevision.number.desc()).limit(1))
    return [shapes.Offering.model_validate(one) for one in (document or {}).get("offerings", [])]
