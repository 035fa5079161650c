"""queries: the life of items: how each stands and came to it, what waits for whom, and how many cases run."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, lazyload

from portal.models.applications import Application, ApplicationState
from portal.models.cases import Case
from portal.models.guides import (
    GuideRevision,
    Item,
    ItemChange,
    ItemLife,
    ItemProposal,
    Offering,
    OfferingRevision,
    RevisionState,
)
from portal.models.people import Staff
from portal.models.places import Place, PlaceTier
from portal.queries.shelf import visible
from portal.rules import item_words, items
from portal.rules.guide.codes import Role, Tier
from portal.rules.guide.text import Text
from portal.rules.item_words import Change, Successor
from portal.rules.items import OPEN, WAITING, Other, ProposalState, Standing, Step
from portal.rules.permissions import Officer

TAKING = {Role.DECIDES, Role.RECEIVES}
_Next = aliased(Item, name="next_item")
_Old = aliased(Item, name="old_item")


@dataclass(frozen=True)
class Told:
    """A change in the public log: of which item, and when it was written down."""

    change_id: int
    slug: str
    name: Text
    at: datetime
    change: Change


@dataclass(frozen=True)
class Proposed:
    """A proposal with the words that it would become, and who had a hand in it."""

    row: ItemProposal
    change: Change
    by: Staff
    decided_by: Staff | None


@dataclass(frozen=True)
class Sheet:
    """An item as its page at the desk shows it. `seen` changes with every change and proposal."""

    item: Item
    who: Officer
    standing: Standing
    change: Change | None
    log: list[Told]
    proposals: list[Proposed]
    revisions: Sequence[GuideRevision]
    offered: list[tuple[str, int]]
    running: dict[str, int]
    drafts: int

    @property
    def waiting(self) -> Proposed | None:
        return next((one for one in self.proposals if one.row.state in WAITING), None)

    @property
    def offers(self) -> list[tuple[items.Row, Text | None]]:
        """The changes that may be proposed, each with the reason why she may not."""
        return [(row, items.why_not_propose(row.target, self.who, self.standing)) for row in items.changes(self.standing.life)]

    @property
    def steps(self) -> list[tuple[Step, Text | None]]:
        """What can be done with the proposal that waits, each with the reason why she may not."""
        return [(step, items.why_not(step, self.who, self.standing)) for step in Step] if self.waiting else []

    @property
    def seen(self) -> str:
        newest = self.proposals[0].row if self.proposals else None
        return f"{self.log[0].change_id if self.log else 0}.{newest.id if newest else 0}.{newest.version if newest else 0}"


def one(db: Session, who: Officer, slug: str, *, to_act: bool = False) -> Item | None:
    """The item with its department; None where it is not on this person's shelf. `to_act` holds the row: all that changes
    an item's life takes it first, so that of two at once the second sees what the first did."""
    if to_act:
        db.execute(select(Item.id).where(Item.slug == slug).with_for_update())
    return db.scalar(select(Item).options(joinedload(Item.department)).where(Item.slug == slug, visible(who))
                     .execution_options(populate_existing=to_act))


def by_code_or_slug(db: Session, named: str) -> Item | None:
    """The item of that basic code, or else of that address."""
    return db.scalar(select(Item).where(Item.code == named)) or db.scalar(select(Item).where(Item.slug == named))


def standing(db: Session, item: Item) -> Standing:
    """The item as the rules see it."""
    return _standing(item, db.scalar(select(ItemProposal).where(ItemProposal.item_id == item.id, ItemProposal.state.in_(WAITING))))


def other(item: Item | None) -> Other | None:
    return Other(item.id, ItemLife(item.life)) if item is not None else None


def sheet(db: Session, who: Officer, item: Item) -> Sheet:
    """All that the page of an item shows."""
    told, proposed = log(db, [item.id]), proposals(db, item.id)
    waits = next((one.row for one in proposed if one.row.state in WAITING), None)
    return Sheet(
        item, who, _standing(item, waits), told[0].change if told else change(db, item), told, proposed,
        db.scalars(select(GuideRevision).where(GuideRevision.item_id == item.id).order_by(GuideRevision.number.desc())).all(),
        [(row[0], row[1]) for row in db.execute(
            select(Place.tier, func.count()).join(Offering, Offering.place_id == Place.id)
            .where(Offering.item_id == item.id, ~Offering.withdrawn).group_by(Place.tier).order_by(func.min(Place.code)))],
        {row[0]: row[1] for row in db.execute(select(Case.state, func.count()).where(
            Case.item_id == item.id, Case.state.in_(item_words.RUNNING)).group_by(Case.state))},
        db.scalar(select(func.count()).where(Application.item_id == item.id, Application.state == ApplicationState.DRAFT)) or 0)


def change(db: Session, item: Item) -> Change | None:
    """How the item came to stand as it does, in words, and where it leads in the end; None where it never changed."""
    found = log(db, [item.id], latest=True)
    if item.life in OPEN:
        return found[0].change if found else None
    said = found[0].change if found else Change(ItemLife(item.life), item.life_since or date.max, Text(zh=item.life_reason), until=item.life_until)
    if item.successor_id is None:
        return said
    end, first = end_of(db, item), _named_as(db, item.successor_id)
    if end == item.successor_id:
        return replace(said, successor=first)
    return replace(said, successor=_named_as(db, end) if end else None, into=first.name)


def log(db: Session, item_ids: Iterable[int] | None = None, *, latest: bool = False, limit: int | None = None) -> list[Told]:
    """The changes of these items, or of all, newest first; `latest` gives only the last of each item."""
    asked = _LOG if item_ids is None else _LOG.where(ItemChange.item_id.in_(list(item_ids)))
    if latest:
        asked = asked.where(ItemChange.id.in_(select(func.max(ItemChange.id)).group_by(ItemChange.item_id)))
    return [Told(row.ItemChange.id, row.slug, _text(row.called, row.name), row.ItemChange.at, _change(row))
            for row in db.execute(asked.order_by(ItemChange.at.desc(), ItemChange.id.desc()).limit(limit))]


def proposals(db: Session, item_id: int) -> list[Proposed]:
    """All that was ever proposed for the item, newest first."""
    return _proposals(db, ItemProposal.item_id == item_id)


def waiting(db: Session, who: Officer) -> list[tuple[Item, Proposed]]:
    """The proposals that wait, for somebody or for their day, oldest first."""
    found = _proposals(db, ItemProposal.state.in_(WAITING))
    whose = {item.id: item for item in db.scalars(select(Item).where(Item.id.in_([one.row.item_id for one in found]), visible(who)))}
    return [(whose[one.row.item_id], one) for one in reversed(found) if one.row.item_id in whose]


def not_open(db: Session, who: Officer) -> list[Told]:
    """The items that are not in force as they were, with their last change, newest first."""
    ids = db.scalars(select(Item.id).where(Item.life != ItemLife.IN_FORCE, visible(who)))
    return log(db, ids, latest=True)


def open_below(db: Session, item_id: int) -> bool:
    """Whether places below the county take the item in."""
    rows = db.scalars(
        select(OfferingRevision.roles).join(Offering, OfferingRevision.offering_id == Offering.id).join(Place, Offering.place_id == Place.id)
        .where(Offering.item_id == item_id, ~Offering.withdrawn, OfferingRevision.ended_at.is_(None), Place.tier != PlaceTier.COUNTY))
    return any(TAKING & set(roles) for roles in rows)


def closed(db: Session, item: Item) -> item_words.Closed | None:
    """That nobody can apply for the item now, in words; None where applications are taken in."""
    if item.life in OPEN:
        return None
    return item_words.closed(change(db, item), below=item.life == ItemLife.HANDED_DOWN and open_below(db, item.id))


def end_of(db: Session, item: Item) -> int | None:
    """The open item to which this one leads in the end, over others that changed in turn; None where there is none."""
    successors: dict[int, int | None] = {}
    lives: dict[int, ItemLife] = {}
    at: int | None = item.id
    while at is not None and at not in successors:
        row = db.execute(select(Item.successor_id, Item.life).where(Item.id == at)).one()
        successors[at], lives[at] = row.successor_id, ItemLife(row.life)
        at = row.successor_id
    return items.end(item.id, successors, lives)


def due(db: Session, today: date) -> list[int]:
    """The items with an approved change whose day has come, or a suspension that is over."""
    change = exists().where(ItemProposal.item_id == Item.id, ItemProposal.state == ProposalState.APPROVED, ItemProposal.since <= today)
    over = (Item.life == ItemLife.SUSPENDED) & (Item.life_until < today)
    return list(db.scalars(select(Item.id).where(or_(change, over)).order_by(Item.id)))


def _named(item: type[Item]):
    """What the guide in force calls an item, in both languages; NULL where it has none."""
    return (select(GuideRevision.document["guide"]["item"]["name"])
            .where(GuideRevision.item_id == item.id, GuideRevision.state == RevisionState.PUBLISHED).correlate(item).scalar_subquery())


_NEXT = (_Next.slug.label("next_slug"), _Next.name.label("next_name"), _named(_Next).label("next_called"))
_LOG = (select(ItemChange, ItemProposal, _Old.slug, _Old.name, _named(_Old).label("called"), *_NEXT)
        .join(_Old, ItemChange.item_id == _Old.id).outerjoin(ItemProposal, ItemProposal.change_id == ItemChange.id)
        .outerjoin(_Next, ItemChange.successor_id == _Next.id))


def _standing(item: Item, waits: ItemProposal | None) -> Standing:
    return Standing(item.id, ItemLife(item.life), item.life_since, item.department_id,
                    ProposalState(waits.state) if waits else None, waits.proposed_by_id if waits else None)


def _proposals(db: Session, *conditions) -> list[Proposed]:
    """Proposals, newest first."""
    rows = db.execute(select(ItemProposal, *_NEXT).outerjoin(_Next, ItemProposal.successor_id == _Next.id)
                      .where(*conditions).order_by(ItemProposal.id.desc())).all()
    numbers = {number for row in rows for number in (row.ItemProposal.proposed_by_id, row.ItemProposal.decided_by_id) if number}
    staff = {one.id: one for one in db.scalars(select(Staff).options(lazyload(Staff.roles)).where(Staff.id.in_(numbers)))} if numbers else {}
    return [Proposed(row.ItemProposal, _words(row.ItemProposal, row), staff[row.ItemProposal.proposed_by_id],
                     staff.get(row.ItemProposal.decided_by_id)) for row in rows]


def _change(row: Row) -> Change:
    if row.ItemProposal is not None:
        return _words(row.ItemProposal, row)
    made = row.ItemChange
    reason = item_words.EXPIRED if made.reason == item_words.EXPIRED.zh else Text(zh=made.reason)
    return Change(ItemLife(made.life), made.since, reason, Text(zh=made.basis) if made.basis else None, successor=_successor(row))


def _words(said: ItemProposal, row: Row) -> Change:
    return Change(ItemLife(said.life), said.since, Text(zh=said.reason, en=said.reason_en), Text(zh=said.basis, en=said.basis_en),
                  said.until, Text(zh=said.body, en=said.body_en) if said.body else None, Tier(said.tier) if said.tier else None, _successor(row))


def _successor(row: Row) -> Successor | None:
    """The item that is led to, as its guide calls it."""
    return Successor(row.next_slug, _text(row.next_called, row.next_name)) if row.next_slug else None


def _named_as(db: Session, item_id: int) -> Successor:
    return _successor(db.execute(select(*_NEXT).where(_Next.id == item_id)).one())


def _text(called: dict | str | None, name: str) -> Text:
    return Text.model_validate(called) if called else Text(zh=name)
