"""Cases for tests: a sample guide in force, an application that was submitted for it, and the officers who act on it."""
import os
from datetime import datetime, timedelta

from sqlalchemy import select

from portal import keys
from portal.actions import answers as answering
from portal.actions import guides, intake, vouchers
from portal.actions.acting import Acting
from portal.config import load
from portal.models.applications import Application, ApplicationState
from portal.models.cases import Case, CaseStage
from portal.models.guides import RevisionState
from portal.models.people import Staff
from portal.models.vouchers import Voucher
from portal.queries import guides as published
from portal.rules.guide.document import GuideFile
from tests.conftest import NOW
from tests.samples import sample as sample

RESTAURANT = {"place_size": "small", "has_sign": True, "legal_name": "林小满", "legal_id": "11010519491231002X"}


def in_force(db, file: GuideFile, slug: str, now: datetime = NOW):
    """The item of the guide, which is published, or put in force as an import from elsewhere may be: without lint."""
    revision, _ = guides.draft(db, file, slug, now)
    try:
        guides.publish(db, revision, now)
    except guides.NotPublishable:
        revision.state, revision.published_at = RevisionState.PUBLISHED, now
        db.flush()
    return revision.item


def acting(db, ring, username: str | None = None, now: datetime = NOW) -> Acting:
    """What acts are done with; `ring` is the fixture's path."""
    staff = db.scalar(select(Staff).where(Staff.username == username)) if username else None
    return Acting(db, keys.load(ring, demo=True), load({"BANSHI_DEMO": "1"}), now, staff)


def submitted(db, ring, file: GuideFile, answers: dict, *, slug: str = "item", place_id: int | None = None,
              now: datetime = NOW, pin: str | None = None) -> Case:
    """A case of the guide, just submitted with these answers, at a place of the guide or at the root."""
    item = published.item(db, slug) or in_force(db, file, slug, now)
    revision = published.in_force(db, item.id)
    act, key = acting(db, ring, now=now), keys.new_data_key()
    application = Application(
        item=item, guide_revision=revision, wrapped_key=act.ring.wrap(key), created_at=now, changed_at=now,
        state=ApplicationState.DRAFT, expires_at=now + timedelta(days=30),
        offering_revision=published.offering_at(db, item.id, [place_id]) if place_id else None)
    db.add(application)
    db.flush()
    answering.write(application, key, {"answers": answers, "documents": {}})
    application.state, application.submitted_at = ApplicationState.SUBMITTED, now
    return intake.open_case(act, application, os.urandom(32), ["申请表"], pin=pin)


def stage(case: Case, key: str) -> CaseStage:
    return next(row for row in case.stages if row.key == key)


def states(case: Case) -> dict[str, str]:
    return {row.key: row.state for row in case.stages}


def facts(db, act, case, kind):
    """What the only voucher of that kind says."""
    row = db.scalars(select(Voucher).where(Voucher.case_id == case.id, Voucher.kind == kind)).one()
    return vouchers.facts_of(row, answering.data_key(case.application, act.ring))
