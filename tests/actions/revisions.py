"""Guides on their way for tests: a draft in the database, and the five pairs of hands of the sample county."""
from datetime import datetime

from sqlalchemy import select

from portal.actions import guides, revisions
from portal.models.guides import GuideRevision
from portal.models.people import Staff
from portal.queries import cases
from portal.queries import revisions as asking
from portal.rules import workflow
from portal.rules.guide.document import GuideFile
from portal.rules.workflow import WAY, Stop
from tests.actions.cases import sample
from tests.conftest import NOW

EDITOR, LEGAL, CHECKER, APPROVER, PUBLISHER = HANDS = ("bianji", "fazhi", "shichang.check", "shending", "fabu")
FOOD = "food-business-licence"


def moving(db, username: str, now: datetime = NOW) -> revisions.Moving:
    staff = db.scalar(select(Staff).where(Staff.username == username))
    return revisions.Moving(db, now, staff, cases.officer(staff))


def drafted(db, file: GuideFile | None = None, slug: str = FOOD) -> GuideRevision:
    """A draft of a sample guide of the market bureau."""
    return guides.draft(db, file or sample(slug), slug, NOW, f"{slug}.yaml")[0]


def broken(file: GuideFile) -> GuideFile:
    """The guide without its legal basis, which lint calls an error."""
    return file.model_copy(update={"guide": file.guide.model_copy(update={"legal_basis": []})})


def walked(db, revision: GuideRevision, until: Stop = Stop.RELEASE) -> GuideRevision:
    """Sends the revision on by the hands that do so, until it stands there."""
    for _ in HANDS:
        at = workflow.stop(revision.state, asking.steps(db, revision.id))
        if at is until:
            return revision
        revisions.send_on(moving(db, HANDS[WAY.index(at)]), revision)
    raise AssertionError(f"it never came to {until}")
