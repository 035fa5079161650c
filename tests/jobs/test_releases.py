"""Going live by the clock: what is due is published, also after a stop, and one that fails holds up nobody."""
from datetime import timedelta

from sqlalchemy import select

from portal.actions import revisions
from portal.jobs import releases
from portal.models.editing import GuideStep
from portal.models.guides import GuideRevision
from portal.models.outbox import OutboxRow
from tests.actions.revisions import FOOD, PUBLISHER, drafted, moving, walked
from tests.conftest import NOW


def scheduled(tools, slug: str = FOOD, hours: int = 1) -> int:
    with tools.database.writing() as db:
        revision = walked(db, drafted(db, slug=slug))
        revisions.schedule(moving(db, PUBLISHER), revision, NOW + timedelta(hours=hours))
        db.commit()
        return revision.id


def look(tools, revision_id: int) -> GuideRevision:
    with tools.database.reading() as db:
        return db.get_one(GuideRevision, revision_id)


def test_nothing_goes_live_before_its_time(tools):
    revision_id = scheduled(tools)
    assert releases.release(tools, NOW + timedelta(minutes=59)) == 0
    assert look(tools, revision_id).state == "scheduled"


def test_what_fell_due_while_nothing_ran_goes_live_once(tools):
    late = NOW + timedelta(days=4)
    revision_id = scheduled(tools)
    assert releases.release(tools, late) == 1 and releases.release(tools, late) == 0
    found = look(tools, revision_id)
    assert found.state == "published" and found.published_at == late
    with tools.database.reading() as db:
        assert len(db.scalars(select(OutboxRow)).all()) == 1
        last = db.scalars(select(GuideStep).order_by(GuideStep.id)).all()[-1]
    assert last.state == "published" and last.staff_id is None


def test_one_that_fails_is_told_and_holds_up_nobody(tools, monkeypatch):
    first, second = scheduled(tools, hours=1), scheduled(tools, "small-catering-registration", hours=2)
    real = revisions.go_live

    def fails(db, revision, now):
        if revision.id == first:
            raise RuntimeError("the disk is gone")
        return real(db, revision, now)

    monkeypatch.setattr(revisions, "go_live", fails)
    assert releases.release(tools, NOW + timedelta(days=1)) == 1
    assert look(tools, first).state == "scheduled" and look(tools, second).state == "published"
    monkeypatch.undo()
    assert releases.release(tools, NOW + timedelta(days=1)) == 1


def test_one_that_lint_stops_falls_back_to_the_publisher(tools):
    revision_id = scheduled(tools)
    with tools.database.writing() as db:
        revision = db.get_one(GuideRevision, revision_id)
        revision.document = {**revision.document, "guide": {**revision.document["guide"], "legal_basis": []}}
        db.commit()
    assert releases.release(tools, NOW + timedelta(days=1)) == 0
    assert look(tools, revision_id).state == "approved"
