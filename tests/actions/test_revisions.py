"""A revision on its way, on both databases: five pairs of hands, remarks, two at once, going live by the clock, withdrawal."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from portal.actions import guides, importing, revisions
from portal.models.editing import GuideEdit, GuideStep
from portal.models.guides import GuideRevision, Offering, RevisionState
from portal.models.outbox import OutboxRow
from portal.models.people import StaffRole
from portal.queries import guides as asking
from portal.queries import revisions as way
from portal.queries import search
from portal.rules.workflow import Stop
from tests.actions.cases import sample
from tests.actions.revisions import (
    APPROVER,
    CHECKER,
    EDITOR,
    FOOD,
    HANDS,
    LEGAL,
    PUBLISHER,
    broken,
    drafted,
    moving,
    walked,
)
from tests.actions.test_guides import changed, strange
from tests.conftest import NOW


def test_five_hands_bring_a_draft_to_the_public(db):
    revision = drafted(db)
    stood = [revisions.send_on(moving(db, username), revision) for username in HANDS[:4]]
    assert stood == [Stop.LEGALITY, Stop.FACTS, Stop.APPROVAL, Stop.RELEASE]
    revisions.publish(moving(db, PUBLISHER), revision)
    assert revision.state == RevisionState.PUBLISHED and revision.published_at == NOW
    names = db.scalars(select(GuideStep.staff_id).where(GuideStep.revision_id == revision.id).order_by(GuideStep.id)).all()
    assert len(set(names)) == 5
    assert db.scalar(select(func.count()).select_from(OutboxRow)) == 1


def test_a_stage_of_nobody_in_the_directory_is_told_before_it_is_sent_on(db):
    revision = drafted(db, strange(sample(FOOD), "青禾县市场监管局"))
    found = way.sheet(db, moving(db, EDITOR).who, revision, NOW).findings
    assert [one.rule for one in found if one.level == "error"] == ["L-STAGE-16"]
    with pytest.raises(revisions.NotHere):
        revisions.send_on(moving(db, EDITOR), revision)


@pytest.mark.parametrize("at", list(Stop)[:5])
def test_nobody_else_moves_it(db, at):
    revision = walked(db, drafted(db), at)
    before = (revision.state, revision.version)
    hers = HANDS[[Stop.DRAFT, Stop.LEGALITY, Stop.FACTS, Stop.APPROVAL, Stop.RELEASE].index(at)]
    for username in {*HANDS, "admin", "jiandu", "shichang.head", "gongan.head"} - {hers}:
        for do in (revisions.send_on, revisions.publish, lambda act, one: revisions.send_back(act, one, "理由"),
                   lambda act, one: revisions.schedule(act, one, NOW + timedelta(days=1))):
            with pytest.raises(revisions.NotHere):
                do(moving(db, username), revision)
    assert (revision.state, revision.version) == before


def test_the_checker_of_another_department_does_not_confirm(db):
    revision = walked(db, drafted(db), Stop.FACTS)
    with pytest.raises(revisions.NotHere, match="不在这个部门"):
        revisions.send_on(moving(db, "gongan.head"), revision)


def test_who_wrote_on_it_examines_it_in_no_role_and_nobody_examines_twice(db):
    revision = drafted(db)
    legal, checker = moving(db, LEGAL), moving(db, CHECKER)
    db.add(GuideEdit(revision_id=revision.id, section="item", digest="x", staff_id=legal.staff.id, at=NOW))
    db.add(StaffRole(staff_id=checker.staff.id, role="approver"))
    db.flush()
    db.expire(checker.staff)
    revisions.send_on(moving(db, EDITOR), revision)
    with pytest.raises(revisions.NotHere, match="自己写过"):
        revisions.send_on(moving(db, LEGAL), revision)
    db.execute(GuideEdit.__table__.delete())
    revisions.send_on(moving(db, LEGAL), revision)
    revisions.send_on(moving(db, CHECKER), revision)
    with pytest.raises(revisions.NotHere, match="已经审过一道"):
        revisions.send_on(moving(db, CHECKER), revision)
    assert revisions.send_on(moving(db, APPROVER), revision) is Stop.RELEASE


def test_sending_back_needs_words_and_starts_from_the_beginning(db):
    revision = walked(db, drafted(db), Stop.APPROVAL)
    with pytest.raises(revisions.NoWords):
        revisions.send_back(moving(db, APPROVER), revision, "  ")
    revisions.send_back(moving(db, APPROVER), revision, "依据写的是旧法")
    assert revision.state == RevisionState.DRAFT
    assert way.steps(db, revision.id)[-1].state == "draft"
    assert walked(db, revision).state == RevisionState.APPROVED


def test_lint_errors_stop_every_step_towards_the_public(db):
    revision = drafted(db, broken(sample(FOOD)))
    with pytest.raises(revisions.NotHere, match="错误"):
        revisions.send_on(moving(db, EDITOR), revision)
    assert revision.state == RevisionState.DRAFT


def test_an_owner_that_is_not_in_the_directory_stops_it_too(db):
    revision = drafted(db, changed(sample(FOOD), department="沙洲镇人民政府"))
    with pytest.raises(revisions.NotHere, match="部门名录"):
        revisions.send_on(moving(db, EDITOR), revision)


def test_an_open_remark_holds_it_until_it_is_settled(db):
    revision = walked(db, drafted(db), Stop.LEGALITY)
    row = revisions.remark(moving(db, LEGAL), revision, "/guide/legal_basis/1", "缺施行日期")
    with pytest.raises(revisions.NotHere, match="1条意见"):
        revisions.send_on(moving(db, LEGAL), revision)
    with pytest.raises(revisions.NotHere):
        revisions.settle(moving(db, EDITOR), revision, row)
    revisions.send_back(moving(db, LEGAL), revision, "见意见")
    revisions.settle(moving(db, EDITOR), revision, row)
    assert row.settled_by_id == moving(db, EDITOR).staff.id
    revisions.settle(moving(db, "gongan.head"), revision, row)
    assert revisions.send_on(moving(db, EDITOR), revision) is Stop.LEGALITY


def test_remarks_are_for_those_on_the_way(db):
    revision = drafted(db)
    with pytest.raises(revisions.NotHere):
        revisions.remark(moving(db, "shichang.window"), revision, "/guide/item", "不对")
    with pytest.raises(revisions.NoWords):
        revisions.remark(moving(db, LEGAL), revision, "/guide/item", "")


@pytest.mark.parametrize("at", [Stop.DRAFT, Stop.FACTS])
def test_of_two_at_once_the_second_is_told(database, at):
    """Also where the first confirmed the facts, which leaves the state as it is."""
    with database.writing() as db:
        revision_id = walked(db, drafted(db), at).id
        db.commit()
    with database.writing() as first:
        mine = first.get_one(GuideRevision, revision_id)
        seen = mine.version
        revisions.send_on(moving(first, EDITOR if at is Stop.DRAFT else CHECKER), mine)
        first.commit()
    with database.writing() as second:
        late = second.get_one(GuideRevision, revision_id)
        assert late.version == seen + 1
        second.connection().exec_driver_sql(f"UPDATE guide_revision SET version = version + 1 WHERE id = {revision_id}")
        with pytest.raises(StaleDataError):
            revisions.send_on(moving(second, LEGAL if at is Stop.DRAFT else APPROVER), late)


def test_a_scheduled_one_goes_live_when_its_time_comes(db):
    revision = walked(db, drafted(db))
    with pytest.raises(revisions.PastTime):
        revisions.schedule(moving(db, PUBLISHER), revision, NOW)
    revisions.schedule(moving(db, PUBLISHER), revision, NOW + timedelta(hours=1))
    assert revisions.due(db, NOW) == []
    assert revisions.due(db, NOW + timedelta(days=3)) == [revision.id]
    assert revisions.go_live(db, revision, NOW + timedelta(days=3))
    assert revision.state == RevisionState.PUBLISHED and revisions.due(db, NOW + timedelta(days=3)) == []


def test_a_scheduled_one_that_lint_stops_falls_back_with_the_reason(db):
    revision = walked(db, drafted(db))
    revisions.schedule(moving(db, PUBLISHER), revision, NOW + timedelta(hours=1))
    revision.document = {**revision.document, "guide": {**revision.document["guide"], "legal_basis": []}}
    assert not revisions.go_live(db, revision, NOW + timedelta(hours=2))
    assert revision.state == RevisionState.APPROVED and revision.goes_live_at is None
    assert db.scalars(select(GuideStep).order_by(GuideStep.id)).all()[-1].words.startswith("到点没有公布")


def test_a_scheduled_one_is_put_off_or_taken_back(db):
    revision = walked(db, drafted(db))
    revisions.schedule(moving(db, PUBLISHER), revision, NOW + timedelta(hours=1))
    revisions.schedule(moving(db, PUBLISHER), revision, NOW + timedelta(hours=5))
    assert revision.goes_live_at == NOW + timedelta(hours=5)
    revisions.send_back(moving(db, PUBLISHER), revision, "改期")
    assert revision.state == RevisionState.DRAFT and revision.goes_live_at is None


def test_withdrawing_takes_it_from_search_and_places_and_owes_the_site(db):
    revision = walked(db, drafted(db))
    revisions.publish(moving(db, PUBLISHER), revision)
    assert search.find(db, "食品经营")
    with pytest.raises(revisions.NoWords):
        revisions.withdraw(moving(db, PUBLISHER), revision, "")
    revisions.withdraw(moving(db, PUBLISHER), revision, "事项取消")
    assert revision.state == RevisionState.WITHDRAWN and revision.ended_at == NOW
    assert search.find(db, "食品经营") == [] and asking.published(db) == [] and asking.in_force(db, revision.item_id) is None
    assert not db.scalar(select(func.count()).where(~Offering.withdrawn))
    assert db.scalar(select(func.count()).select_from(OutboxRow)) == 2


def test_a_revision_in_force_is_revised_in_a_new_one(db):
    first = walked(db, drafted(db))
    revisions.publish(moving(db, PUBLISHER), first)
    fresh = revisions.revise(moving(db, EDITOR), first)
    assert (fresh.number, fresh.state, fresh.document) == (2, RevisionState.DRAFT, first.document)
    with pytest.raises(revisions.NotHere, match="接着改那一版"):
        revisions.revise(moving(db, EDITOR), first)
    walked(db, fresh)
    revisions.publish(moving(db, PUBLISHER, NOW + timedelta(days=1)), fresh)
    assert first.state == RevisionState.SUPERSEDED


def test_a_withdrawn_guide_comes_back_by_a_new_draft_of_the_same_words(db):
    revision = walked(db, drafted(db))
    revisions.publish(moving(db, PUBLISHER), revision)
    revisions.withdraw(moving(db, PUBLISHER), revision, "误发")
    again, added = guides.draft(db, sample(FOOD), FOOD, NOW)
    assert added and again.number == 2
    revisions.publish(moving(db, PUBLISHER), walked(db, again))
    assert asking.published(db)[0].number == 2 and search.find(db, "食品经营")


@pytest.mark.parametrize("at", [Stop.LEGALITY, Stop.APPROVAL, Stop.RELEASE])
def test_a_file_for_an_item_on_its_way_is_told_so_and_changes_nothing(db, at):
    revision = walked(db, drafted(db), at)
    before = revision.digest
    with pytest.raises(guides.OnItsWay, match="正在工作台上办理"):
        guides.draft(db, changed(sample(FOOD), local_code="X1"), FOOD, NOW)
    with pytest.raises(guides.OnItsWay):
        importing.keep(db, changed(sample(FOOD), local_code="X1"), "other.yaml", NOW)
    assert guides.draft(db, sample(FOOD), FOOD, NOW) == (revision, False)
    assert revision.digest == before


def test_a_file_does_not_write_over_what_was_edited_at_the_desk(db):
    revision = drafted(db)
    db.add(GuideEdit(revision_id=revision.id, section="item", digest="x", staff_id=moving(db, EDITOR).staff.id, at=NOW))
    db.flush()
    with pytest.raises(guides.OnItsWay):
        guides.draft(db, changed(sample(FOOD), local_code="X1"), FOOD, NOW)
