"""An item's life on both engines: proposed, decided, in effect; cases, parties and drafts are told, pages are owed."""
import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import keys
from portal.actions import answers, items, record
from portal.actions.items import Changing, NotHere, Unfit
from portal.models.applications import Application, ApplicationState
from portal.models.cases import Case, Event
from portal.models.guides import GuideRevision, Item, ItemChange, ItemProposal
from portal.models.messages import Message, MessageState
from portal.models.outbox import OutboxRow, Topic
from portal.models.people import Staff
from portal.queries import cases, notices
from portal.queries import items as asking
from portal.rules.calendar import legal_day
from portal.rules.guide.codes import Tier
from portal.rules.items import Life, Other, Plan, ProposalState
from tests.actions.cases import RESTAURANT, in_force, sample, submitted
from tests.conftest import NOW

OPEN, FOOD, TODAY = "open-restaurant", "food-business-licence", legal_day(NOW)


@pytest.fixture
def changing(db, ring):
    def of(username: str, now=NOW) -> Changing:
        staff = db.scalar(select(Staff).where(Staff.username == username))
        return Changing(db, keys.load(ring, demo=True), now, staff, cases.officer(staff))
    return of


def plan(target: Life, since: date = TODAY, **more) -> Plan:
    return Plan(target, since, "上位法修改", "某省人民政府令第1号", **more)


def change(db, changing, item: Item, wanted: Plan, now=NOW) -> ItemProposal:
    row = items.propose(changing("bianji", now), item, wanted)
    items.approve(changing("shending", now), item, row)
    return row


def owed(db, topic: Topic) -> list[dict]:
    return [row.payload for row in db.scalars(select(OutboxRow).where(OutboxRow.topic == topic).order_by(OutboxRow.id))]


def test_a_suspension_takes_effect_and_everybody_is_told(db, ring, changing):
    case = submitted(db, ring, sample(OPEN), RESTAURANT | {"contact_phone": "13800005555"}, slug=OPEN)
    before = case.version
    row = change(db, changing, case.item, plan(Life.SUSPENDED, until=TODAY + timedelta(days=9)))
    item = case.item
    assert (item.life, item.life_since, item.life_until, item.life_reason) == (Life.SUSPENDED, TODAY, TODAY + timedelta(days=9), "上位法修改")
    made = db.get_one(ItemChange, row.change_id)
    assert row.state == ProposalState.IN_EFFECT and (made.life, made.basis, made.since) == (Life.SUSPENDED, "某省人民政府令第1号", TODAY)
    event = db.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.seq.desc())).first()
    assert event.kind == items.EVENT and event.facts == {"change": made.id, "life": "suspended"} and case.version == before + 1
    message = db.scalars(select(Message).where(Message.event_id == event.id)).one()
    said = items.text_of(message, answers.data_key(case.application, keys.load(ring, demo=True)))
    assert "暂停办理" in said and "第三十二条" in said and message.state == MessageState.WAITING and message.channel == items.SMS
    assert said.encode() not in message.text_sealed and owed(db, Topic.SEND_MESSAGE) == [{"message_id": message.id}]
    assert {"item_id": item.id} in owed(db, Topic.PUBLISH_GUIDE)
    assert record.seal(db, NOW) is not None


def test_who_gave_no_telephone_is_told_by_the_tracker(db, ring, changing):
    case = submitted(db, ring, sample(OPEN), RESTAURANT, slug=OPEN)
    change(db, changing, case.item, plan(Life.CANCELLED))
    message = db.scalars(select(Message)).one()
    assert (message.channel, message.state, message.sent_at) == (items.TRACKER, MessageState.SENT, NOW) and not owed(db, Topic.SEND_MESSAGE)


def test_a_merged_item_leads_to_its_successor_and_both_pages_are_owed(db, ring, changing):
    old, new = in_force(db, sample(OPEN), OPEN), in_force(db, sample(FOOD), FOOD)
    change(db, changing, old, plan(Life.MERGED, successor=Other(new.id, Life.IN_FORCE)))
    assert old.successor_id == new.id
    assert [one["item_id"] for one in owed(db, Topic.PUBLISH_GUIDE)][-2:] == [old.id, new.id]
    change(db, changing, old, plan(Life.IN_FORCE))
    assert (old.life, old.life_reason, old.successor_id, old.life_until) == (Life.IN_FORCE, None, None, None)
    assert [one["item_id"] for one in owed(db, Topic.PUBLISH_GUIDE)][-2:] == [old.id, new.id]
    change(db, changing, new, plan(Life.CANCELLED))
    with pytest.raises(Unfit, match="open"):
        items.propose(changing("bianji"), old, plan(Life.MERGED, successor=Other(new.id, Life(new.life))))


def test_what_was_merged_into_an_item_that_was_then_cancelled_is_not_said_to_be_merged_elsewhere(db, changing):
    old, new, other = (in_force(db, sample(slug), slug) for slug in (OPEN, FOOD, "senior-allowance"))
    change(db, changing, old, plan(Life.MERGED, successor=Other(new.id, Life.IN_FORCE)))
    assert {one.slug: one.leads_to for one in notices.notices(db, {FOOD, other.slug})} == {OPEN: FOOD}
    change(db, changing, new, plan(Life.CANCELLED, successor=Other(other.id, Life.IN_FORCE)))
    assert {one.slug: one.leads_to for one in notices.notices(db, {other.slug})} == {OPEN: None, FOOD: None}
    assert notices.notes(db, {other.slug}) == {}
    change(db, changing, new, plan(Life.IN_FORCE))
    change(db, changing, new, plan(Life.MERGED, successor=Other(other.id, Life.IN_FORCE)))
    assert {one.slug: one.leads_to for one in notices.notices(db, {other.slug})} == {OPEN: other.slug, FOOD: other.slug}
    assert len(notices.notes(db, {other.slug})[other.slug]) == 2


def test_who_wants_to_apply_is_led_to_the_end_and_not_to_what_changed_in_turn(db, changing):
    old, new, other = (in_force(db, sample(slug), slug) for slug in (OPEN, FOOD, "senior-allowance"))
    change(db, changing, old, plan(Life.MERGED, successor=Other(new.id, Life.IN_FORCE)))
    assert asking.closed(db, old).change.successor.slug == FOOD and "请按那份指南办理" in asking.closed(db, old).said.zh
    for life in (Life.MERGED, Life.CANCELLED):
        change(db, changing, new, plan(life, successor=Other(other.id, Life.IN_FORCE)))
        closed = asking.closed(db, old)
        assert closed.change.successor.slug == other.slug and closed.change.successor.name.en, life
        assert new.name in closed.said.zh and f"现在请按“{other.name}”的指南办理" in closed.said.zh and "请按那份指南" not in closed.said.zh
        change(db, changing, new, plan(Life.IN_FORCE))
    change(db, changing, new, plan(Life.CANCELLED))
    closed = asking.closed(db, old)
    assert closed.change.successor is None and new.name in closed.said.zh and "现在也不能办理" in closed.said.zh


def test_a_later_day_waits_for_the_clock_and_a_suspension_ends_by_it(db, ring, changing):
    item = in_force(db, sample(OPEN), OPEN)
    row = change(db, changing, item, plan(Life.SUSPENDED, TODAY + timedelta(days=2), until=TODAY + timedelta(days=4)))
    assert (item.life, row.state) == (Life.IN_FORCE, ProposalState.APPROVED) and not asking.due(db, TODAY)
    ring_ = keys.load(ring, demo=True)
    assert not items.turn(db, ring_, item.id, NOW + timedelta(days=1))
    for days, life in ((2, Life.SUSPENDED), (4, Life.SUSPENDED), (5, Life.IN_FORCE)):
        now = NOW + timedelta(days=days)
        assert items.turn(db, ring_, item.id, now) == (item.id in asking.due(db, legal_day(now)) or item.life == life) or days == 4
        assert item.life == life and not asking.due(db, legal_day(now))
    assert [one.change.life for one in asking.log(db, [item.id])] == [Life.IN_FORCE, Life.SUSPENDED]
    assert item.life_since == TODAY + timedelta(days=5) and asking.change(db, item).reason.en


def test_what_was_approved_and_no_longer_fits_does_not_take_effect_and_says_why(db, ring, changing):
    old, new = in_force(db, sample(OPEN), OPEN), in_force(db, sample(FOOD), FOOD)
    row = change(db, changing, old, plan(Life.MERGED, TODAY + timedelta(days=2), successor=Other(new.id, Life.IN_FORCE)))
    change(db, changing, new, plan(Life.CANCELLED))
    assert not items.turn(db, keys.load(ring, demo=True), old.id, NOW + timedelta(days=2))
    assert row.state == ProposalState.FAILED and row.words and old.life == Life.IN_FORCE and not asking.due(db, TODAY + timedelta(days=9))


def test_nobody_decides_alone_and_nobody_decides_twice(db, changing):
    item = in_force(db, sample(OPEN), OPEN)
    row = items.propose(changing("bianji"), item, plan(Life.CANCELLED))
    for username in ("bianji", "fazhi"):
        with pytest.raises(NotHere):
            items.approve(changing(username), item, row)
    with pytest.raises(NotHere, match="already"):
        items.propose(changing("bianji"), item, plan(Life.SUSPENDED))
    items.approve(changing("fabu"), item, row)
    with pytest.raises(NotHere, match="already"):
        items.approve(changing("shending"), item, row)
    with pytest.raises(items.NotHere):
        items.take_back(changing("bianji"), item, row)
    assert len(asking.log(db, [item.id])) == 1


def test_a_proposal_is_refused_with_words_or_taken_back(db, changing):
    item = in_force(db, sample(OPEN), OPEN)
    row = items.propose(changing("bianji"), item, plan(Life.CANCELLED))
    with pytest.raises(items.NoWords):
        items.refuse(changing("shending"), item, row, " ")
    items.refuse(changing("shending"), item, row, "依据没有公布")
    assert (row.state, row.words, item.life) == (ProposalState.REFUSED, "依据没有公布", Life.IN_FORCE)
    row = items.propose(changing("bianji"), item, plan(Life.CANCELLED))
    items.take_back(changing("bianji"), item, row)
    assert row.state == ProposalState.TAKEN_BACK and asking.standing(db, item).waiting is None
    later = change(db, changing, item, plan(Life.CANCELLED, TODAY + timedelta(days=3)))
    items.refuse(changing("fabu"), item, later, "省里推迟了")
    assert later.state == ProposalState.REFUSED and not asking.due(db, TODAY + timedelta(days=9))


@pytest.mark.parametrize("wrong", [
    {"decided_by_id": 1}, {"state": ProposalState.IN_EFFECT}, {"life": Life.MERGED}, {"life": Life.HANDED_DOWN}, {"until": TODAY},
    {"state": ProposalState.FAILED}])
def test_a_proposal_that_contradicts_itself_cannot_be_stored(db, changing, wrong):
    item = in_force(db, sample(OPEN), OPEN)
    row = items.propose(changing("bianji"), item, plan(Life.CANCELLED))
    for name, value in wrong.items():
        setattr(row, name, row.proposed_by_id if value == 1 else value)
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


def test_drafts_outlive_a_suspension_whose_end_is_known(db, ring, changing):
    item = in_force(db, sample(OPEN), OPEN)
    revision = db.scalar(select(GuideRevision).where(GuideRevision.item_id == item.id))
    draft = Application(item=item, guide_revision=revision, wrapped_key=b"x", created_at=NOW, changed_at=NOW,
                        state=ApplicationState.DRAFT, expires_at=NOW + timedelta(days=30))
    db.add(draft)
    db.flush()
    change(db, changing, item, plan(Life.SUSPENDED, until=TODAY + timedelta(days=60)))
    db.refresh(draft)
    assert legal_day(draft.expires_at) == TODAY + timedelta(days=90)


def test_a_closed_case_is_left_alone(db, ring, changing):
    case = submitted(db, ring, sample(OPEN), RESTAURANT, slug=OPEN)
    case.state, case.decision, case.closed_at = "closed", "withdrawn", NOW
    change(db, changing, case.item, plan(Life.HANDED_DOWN, body="各乡镇人民政府", tier=Tier.TOWNSHIP))
    assert not db.scalars(select(Message)).all() and db.get_one(Case, case.id).state == "closed"


def test_of_two_at_once_the_second_is_told(database, ring):
    """Each in a session of its own: the second waits for the item's row, or for the gate, and finds what the first did."""
    def act(db, username: str) -> Changing:
        staff = db.scalar(select(Staff).where(Staff.username == username))
        return Changing(db, keys.load(ring, demo=True), NOW, staff, cases.officer(staff))

    with database.writing() as db:
        in_force(db, sample(OPEN), OPEN)
        db.commit()
    begun, told = threading.Event(), []

    def second() -> None:
        begun.set()
        with database.writing() as db:
            one = act(db, "bianji")
            try:
                items.propose(one, asking.one(db, one.who, OPEN, to_act=True), plan(Life.CANCELLED))
                db.commit()
            except NotHere as problem:
                told.append(problem.text.zh)

    other = threading.Thread(target=second)
    with database.writing() as db:
        one = act(db, "bianji")
        item = asking.one(db, one.who, OPEN, to_act=True)
        other.start()
        begun.wait(10)
        items.propose(one, item, plan(Life.SUSPENDED))
        db.commit()
    other.join(30)
    assert told and "已有一项变动" in told[0]
