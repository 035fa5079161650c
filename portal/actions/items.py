"""actions: an item's life changes: proposed by one, decided by another, in effect on its day; who has a case is told.

What becomes of it stands in `rules.items`. A change that takes effect is one stroke: the log, the item, the record of
every case that runs, what its parties are owed to be told, and the pages that say something else now.
"""
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from portal import keys
from portal.actions import answers, outbox, record
from portal.actions.applications import LASTS
from portal.models.applications import Application, ApplicationState
from portal.models.cases import Case, CaseParty, PartyRole
from portal.models.guides import Item, ItemChange, ItemLife, ItemProposal
from portal.models.messages import Message, MessageState
from portal.models.outbox import Topic
from portal.models.people import Staff
from portal.queries import items as asking
from portal.rules import item_words, items
from portal.rules.calendar import SHANGHAI, legal_day
from portal.rules.guide.codes import Tier
from portal.rules.guide.text import Text
from portal.rules.items import Plan, ProposalState, Step
from portal.rules.permissions import Officer
from portal.rules.problems import Problem

EVENT = "item_changed"
"""The kind of the event in the record of a case."""
SMS, TRACKER = "sms", "tracker"
"""How a party is told: on the telephone that was given, else by the tracker alone, which says the same."""
TOLD = {PartyRole.APPLICANT, PartyRole.AGENT, PartyRole.HELPER, PartyRole.GUARDIAN}


class NotHere(Problem):
    """The step is not hers, or not now; nothing was changed."""


class NoWords(Problem):
    """A refusal needs reasons."""


class Unfit(Problem):
    """The proposal does not fit; `faults` are sentences by field."""

    def __init__(self, faults: dict[str, Text]):
        first = next(iter(faults.values()))
        super().__init__("item.unfit", first.zh, first.said("en"))
        self.faults = faults


@dataclass(frozen=True)
class Changing:
    """What a step is made with: the session, the keys, the moment, the person and what the rules know of her."""

    db: Session
    ring: keys.KeyRing
    now: datetime
    staff: Staff
    who: Officer


@dataclass(frozen=True)
class English:
    """The same words in English, where somebody wrote them."""

    reason: str | None = None
    basis: str | None = None
    body: str | None = None


def propose(act: Changing, item: Item, plan: Plan, english: English = English()) -> ItemProposal:
    """Writes a change down for somebody else to decide. The item's row is held. Raises NotHere, Unfit."""
    it = asking.standing(act.db, item)
    _refuse(items.why_not_propose(plan.target, act.who, it))
    faults = items.faults(plan, it, legal_day(act.now))
    if faults:
        raise Unfit(faults)
    row = ItemProposal(
        item_id=item.id, life=plan.target, since=plan.since, until=plan.until, reason=plan.reason, reason_en=english.reason,
        basis=plan.basis, basis_en=english.basis, body=plan.body, body_en=english.body if plan.body else None, tier=plan.tier,
        successor_id=plan.successor.item_id if plan.successor else None, state=ProposalState.PROPOSED, proposed_by_id=act.staff.id,
        proposed_at=act.now)
    act.db.add(row)
    act.db.flush()
    return row


def approve(act: Changing, item: Item, row: ItemProposal) -> None:
    """Decides for the change, which holds at once where its day has come. Raises NotHere, and Unfit where it no longer fits."""
    it = _checked(act, item, row, Step.APPROVE)
    faults = items.faults(_plan(act.db, row), it, legal_day(act.now))
    if faults:
        raise Unfit(faults)
    _decide(act, row, ProposalState.APPROVED)
    if items.takes_effect(row.since, legal_day(act.now)):
        _take_effect(act.db, act.ring, item, row, act.now)


def refuse(act: Changing, item: Item, row: ItemProposal, words: str) -> None:
    """Decides against the change, also after it was approved and before its day, with reasons. Raises NotHere, NoWords."""
    _checked(act, item, row, Step.REFUSE)
    if not words.strip():
        raise NoWords("item.no_words", "请写明理由。", "Say why.")
    row.words = words.strip()
    _decide(act, row, ProposalState.REFUSED)


def take_back(act: Changing, item: Item, row: ItemProposal) -> None:
    """Whoever proposed it thinks better of it. Raises NotHere."""
    _checked(act, item, row, Step.TAKE_BACK)
    row.state = ProposalState.TAKEN_BACK
    act.db.flush()


def turn(db: Session, ring: keys.KeyRing, item_id: int, now: datetime) -> bool:
    """What the clock does with an item: an approved change whose day has come takes effect, a suspension that is over ends.

    A change that no longer fits does not take effect, and its proposal says why. Whether anything was changed is the answer.
    """
    item = db.scalar(select(Item).where(Item.id == item_id).with_for_update().execution_options(populate_existing=True))
    today = legal_day(now)
    row = db.scalar(select(ItemProposal).where(ItemProposal.item_id == item_id, ItemProposal.state == ProposalState.APPROVED,
                                               ItemProposal.since <= today))
    if row is not None:
        return _on_its_day(db, ring, item, row, now)
    if items.over(ItemLife(item.life), item.life_until, today):
        _enter(db, ring, item, item_words.Change(ItemLife.IN_FORCE, item.life_until + timedelta(days=1), item_words.EXPIRED), None, now)
        return True
    return False


def _on_its_day(db: Session, ring: keys.KeyRing, item: Item, row: ItemProposal, now: datetime) -> bool:
    it, plan = asking.standing(db, item), _plan(db, row)
    faults = items.faults(plan, it, row.since)
    if (it.life, plan.target) not in items.BY_CHANGE:
        faults["since"] = Text(zh=f"事项那时是“{items.LIVES[it.life].zh}”。", en=f"The item was “{items.LIVES[it.life].en}” then.")
    if faults:
        row.state, row.words = ProposalState.FAILED, " ".join(f"{one.zh} {one.said('en')}" for one in faults.values())
        db.flush()
        return False
    _take_effect(db, ring, item, row, now)
    return True


def _take_effect(db: Session, ring: keys.KeyRing, item: Item, row: ItemProposal, now: datetime) -> None:
    change = next(one.change for one in asking.proposals(db, item.id) if one.row.id == row.id)
    made = _enter(db, ring, item, change, row, now)
    row.state, row.change_id = ProposalState.IN_EFFECT, made.id
    db.flush()


def _enter(db: Session, ring: keys.KeyRing, item: Item, change: item_words.Change, row: ItemProposal | None, now: datetime) -> ItemChange:
    """Writes the change into the log and the item, tells who has a case, and owes the pages that say something else now."""
    before, successor_id = item.successor_id, row.successor_id if row else None
    made = ItemChange(item_id=item.id, life=change.life, since=change.since, reason=change.reason.zh,
                      basis=change.basis.zh if change.basis else None, successor_id=successor_id,
                      staff_id=row.proposed_by_id if row else None, at=now)
    db.add(made)
    item.life, item.life_since, item.successor_id = change.life, change.since, successor_id
    item.life_reason = None if change.life is ItemLife.IN_FORCE else change.reason.zh
    item.life_until = change.until
    db.flush()
    _tell(db, ring, item, change, made, now)
    if change.until:
        _keep_drafts(db, item, change)
    for item_id in dict.fromkeys(one for one in (item.id, before, successor_id) if one):
        outbox.owe(db, Topic.PUBLISH_GUIDE, {"item_id": item_id}, now)
    return made


def _tell(db: Session, ring: keys.KeyRing, item: Item, change: item_words.Change, made: ItemChange, now: datetime) -> None:
    """An event for each case that runs, and a message owed to each of its parties. The cases are held, in one order."""
    db.execute(select(Case.id).where(Case.item_id == item.id, Case.state.in_(item_words.RUNNING)).order_by(Case.id).with_for_update())
    cases = db.scalars(
        select(Case).where(Case.item_id == item.id, Case.state.in_(item_words.RUNNING)).order_by(Case.id)
        .options(joinedload(Case.application), selectinload(Case.parties).joinedload(CaseParty.party))
        .execution_options(populate_existing=True)).unique().all()
    events = [record.write(db, case, EVENT, now, change=made.id, life=str(change.life)) for case in cases]
    db.flush()
    messages: list[tuple[Message, Case]] = []
    for case, event in zip(cases, events, strict=True):
        for party in {one.party_id: one.party for one in case.parties if one.role in TOLD}.values():
            channel = SMS if party.telephone_sealed is not None else TRACKER
            sent = now if channel == TRACKER else None
            message = Message(event_id=event.id, party_id=party.id, channel=channel, created_at=now, sent_at=sent,
                              state=MessageState.SENT if sent else MessageState.WAITING)
            db.add(message)
            messages.append((message, case))
    db.flush()
    for message, case in messages:
        said = item_words.told(change, case.state, case.arrived_on).said(case.application.locale)
        message.text_sealed = keys.seal(answers.data_key(case.application, ring), said, f"message.text:{message.id}")
        if message.state == MessageState.WAITING:
            outbox.owe(db, Topic.SEND_MESSAGE, {"message_id": message.id}, now)
    db.flush()


def text_of(message: Message, key: keys.DataKey) -> str:
    """What a message about a case says; `key` is its application's."""
    return keys.open_text(key, message.text_sealed, f"message.text:{message.id}")


def _keep_drafts(db: Session, item: Item, change: item_words.Change) -> None:
    """Drafts outlive a suspension whose end is known by as long as a draft is kept."""
    ends = datetime.combine(change.until, time.max, SHANGHAI) + LASTS
    db.execute(update(Application).where(Application.item_id == item.id, Application.state == ApplicationState.DRAFT,
                                         Application.expires_at < ends).values(expires_at=ends))


def _checked(act: Changing, item: Item, row: ItemProposal, step: Step) -> items.Standing:
    it = asking.standing(act.db, item)
    if row.state not in items.WAITING:
        _refuse(Text(zh="这项变动已经办过，或者已经收回。", en="This proposal was dealt with already, or taken back."))
    _refuse(items.why_not(step, act.who, it))
    return it


def _refuse(said: Text | None) -> None:
    if said is not None:
        raise NotHere("item.not_here", said.zh, said.said("en"))


def _decide(act: Changing, row: ItemProposal, state: ProposalState) -> None:
    row.state, row.decided_by_id, row.decided_at = state, act.staff.id, act.now
    flag_modified(row, "state")
    act.db.flush()


def _plan(db: Session, row: ItemProposal) -> Plan:
    to = db.get(Item, row.successor_id, populate_existing=True) if row.successor_id else None
    return Plan(ItemLife(row.life), row.since, row.reason, row.basis, row.until, row.body, Tier(row.tier) if row.tier else None,
                asking.other(to))
