"""actions: what a place offers of the county's guides: taken up, changed, withdrawn at the desk, and brought along by a guide's text.

A revision of an offering is never changed: the old one ends, a new one stands, and running cases keep the one that they are
pinned to. The same content makes no revision. The public site is told by the outbox, once a guide.
"""
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.actions import outbox
from portal.models.editing import OfferingAct, OfferingStep
from portal.models.guides import Item, Offering, OfferingRevision
from portal.models.outbox import Topic
from portal.models.people import Staff
from portal.models.places import Place
from portal.queries import guides
from portal.queries import offerings as asking
from portal.rules import offerings as rules
from portal.rules.guide import offering as shapes
from portal.rules.guide.codes import Role
from portal.rules.guide.document import GuideFile
from portal.rules.guide.merging import merged
from portal.rules.guide.sections import Values
from portal.rules.lint import Finding
from portal.rules.problems import Problem


class NotOffered(Problem):
    """The place does not offer the guide any more; nothing was written."""

    def __init__(self):
        super().__init__("offering.gone", "这个办理点已经不办这一项，所以没有保存。您填的都在下面，可以复制；要接着办，请先重新采用。",
                         "The place does not offer this guide any more, so nothing was saved. What you typed is below, to be copied; "
                         "take the guide up again to go on.")


class Refused(ValueError):
    """Lint finds errors in what the place says; `findings` are they."""

    def __init__(self, findings: list[Finding]):
        super().__init__(f"{len(findings)} lint errors")
        self.findings = findings


class Overtaken(Problem):
    """Somebody else changed the offering meanwhile; nothing was written. `steps` are what was done since, `stored` is the place's
    own as it is now, `together` the same with what the later editor changed."""

    def __init__(self, steps: list[OfferingStep], stored: Values, together: Values):
        super().__init__("offering.overtaken", "您编辑的时候，别人也改了这一项，所以这次没有保存。",
                         "While you were editing, somebody else changed this offering, so it was not saved this time.")
        self.steps, self.stored, self.together = steps, stored, together


def adopt(db: Session, staff: Staff, item_ids: Collection[int], place_ids: Collection[int], roles: Iterable[Role], now: datetime) -> int:
    """Each of the places takes up each of the items, in these roles; gives how many offerings that made. What a place offers
    already stays as it is; what it once offered comes back as it was, in the roles chosen now."""
    chosen, made = [str(role) for role in Role if role in frozenset(roles)], 0
    codes = dict(db.execute(select(Place.id, Place.code).where(Place.id.in_(place_ids))).all())
    for item_id in _held(db, item_ids):
        added = _adopt(db, staff, item_id, codes, chosen, now)
        if added:
            outbox.owe(db, Topic.PUBLISH_GUIDE, {"item_id": item_id}, now)
        made += added
    return made


def _adopt(db: Session, staff: Staff, item_id: int, codes: dict[int, str], roles: list[str], now: datetime) -> int:
    """The places, by id with their codes, take up one item; in few statements, for there may be hundreds."""
    have = {row.place_id: row for row in db.scalars(select(Offering).where(Offering.item_id == item_id, Offering.place_id.in_(codes)))}
    taking = [have.get(place_id) or Offering(item_id=item_id, place_id=place_id) for place_id in sorted(codes)
              if place_id not in have or have[place_id].withdrawn]
    db.add_all(taking)
    for offering in taking:
        offering.withdrawn = False
    db.flush()
    latest = _latest(db, [row.id for row in taking])
    standing = {}
    for offering in taking:
        current = latest.get(offering.id)
        plain = {**current.content, "roles": roles} if current is not None else {"place": codes[offering.place_id], "roles": roles}
        shape = shapes.Offering.model_validate(plain)
        if current is not None and current.digest == rules.fingerprint(shape):
            standing[offering.id] = current
            continue
        if current is not None:
            current.ended_at = now
        standing[offering.id] = _revision(offering, current, shape, now)
    db.flush()  # the old ones end before the new ones stand: one in force at a time
    db.add_all(standing.values())
    db.flush()
    db.add_all(OfferingStep(offering_id=offering_id, revision_id=revision.id, act=OfferingAct.ADOPTED, staff_id=staff.id, at=now)
               for offering_id, revision in standing.items())
    db.flush()
    return len(taking)


def change(db: Session, staff: Staff, offering: Offering, values: Values, before: Values, now: datetime) -> bool:
    """Says anew what is the place's own; `before` is that as the editor was shown it. Returns whether anything changed.

    Raises NotOffered, Overtaken, Refused, and pydantic's ValidationError where the schema does not take the values.
    """
    _held(db, [offering.item_id])
    db.refresh(offering)
    if offering.withdrawn:
        raise NotOffered
    current = _latest(db, [offering.id])[offering.id]
    there = shapes.Offering.model_validate(current.content)
    made = rules.changed(there, values)
    if made == there:
        return False
    stored = rules.own(there)
    if before != stored:
        raise Overtaken(asking.steps_since(db, offering.id, before), stored, merged(before, stored, rules.own(made)))
    found = rules.faults(GuideFile(guide=guides.guide_of(guides.in_force(db, offering.item_id))), made)
    if found:
        raise Refused(found)
    revision = _stand(db, offering, current, made, now)
    db.add(OfferingStep(offering_id=offering.id, revision_id=revision.id, act=OfferingAct.CHANGED, staff_id=staff.id, at=now))
    outbox.owe(db, Topic.PUBLISH_GUIDE, {"item_id": offering.item_id}, now)
    db.flush()
    return True


def withdraw(db: Session, staff: Staff, offering: Offering, seen: int, now: datetime) -> bool:
    """The place offers the guide no more; `seen` is the number of the revision that the editor was shown. Running cases go on.
    Returns whether it did until now. Raises Overtaken."""
    _held(db, [offering.item_id])
    db.refresh(offering)
    if offering.withdrawn:
        return False
    current = _latest(db, [offering.id])[offering.id]
    if current.number != seen:
        stored = rules.own(shapes.Offering.model_validate(current.content))
        raise Overtaken(asking.steps(db, offering.id)[:1], stored, stored)
    offering.withdrawn = True
    db.add(OfferingStep(offering_id=offering.id, revision_id=current.id, act=OfferingAct.WITHDRAWN, staff_id=staff.id, at=now))
    outbox.owe(db, Topic.PUBLISH_GUIDE, {"item_id": offering.item_id}, now)
    db.flush()
    return True


def bring(db: Session, item: Item, wanted: list[shapes.Offering], told: list[shapes.Offering], now: datetime) -> None:
    """A guide's text comes with offerings (`wanted`); `told` are those of the text before it. What the text leaves as it was
    stays as its place has it. One whose place is not in the tree stays in the text alone."""
    _held(db, [item.id])
    ids = dict(db.execute(select(Place.code, Place.id)).all())
    after, before = ({ids[shape.place]: shape for shape in shapes_ if shape.place in ids} for shapes_ in (wanted, told))
    have = {row.place_id: row for row in db.scalars(select(Offering).where(Offering.item_id == item.id))}
    for place_id in after.keys() - have.keys():
        have[place_id] = Offering(item_id=item.id, place_id=place_id)
        db.add(have[place_id])
    db.flush()
    latest = _latest(db, [row.id for row in have.values()])
    fresh = []
    for place_id in sorted(after.keys() | before.keys() & have.keys()):
        offering, new = have[place_id], None
        current = latest.get(offering.id)
        there = shapes.Offering.model_validate(current.content) if current is not None and not offering.withdrawn else None
        if current is not None and offering.withdrawn and place_id in before and place_id in after:
            continue  # the place withdrew what the text goes on to say
        new = rules.carried(before.get(place_id), there, after.get(place_id)) if current is not None else after[place_id]
        fresh += _follow(db, offering, current, new, now)
    db.flush()  # the old ones end before the new ones stand: one in force at a time
    db.add_all(fresh)
    db.flush()


def _follow(db: Session, offering: Offering, current: OfferingRevision | None, new: shapes.Offering | None,
            now: datetime) -> Iterable[OfferingRevision]:
    """Ends, withdraws or brings back the offering as the text has it; gives the revision that it needs, if any."""
    was_withdrawn, offering.withdrawn = offering.withdrawn, new is None
    if current is not None and (new is None) != was_withdrawn:
        act = OfferingAct.WITHDRAWN if new is None else OfferingAct.ADOPTED
        db.add(OfferingStep(offering_id=offering.id, revision_id=current.id, act=act, at=now))
    if new is None or (current is not None and current.digest == rules.fingerprint(new)):
        return
    if current is not None:
        current.ended_at = now
    yield _revision(offering, current, new, now)


def _stand(db: Session, offering: Offering, current: OfferingRevision | None, shape: shapes.Offering, now: datetime) -> OfferingRevision:
    """The revision that says this: the present one where it does, else a new one."""
    if current is not None and current.digest == rules.fingerprint(shape):
        return current
    if current is not None:
        current.ended_at = now
        db.flush()
    revision = _revision(offering, current, shape, now)
    db.add(revision)
    db.flush()
    return revision


def _revision(offering: Offering, current: OfferingRevision | None, shape: shapes.Offering, now: datetime) -> OfferingRevision:
    content: dict[str, Any] = rules.content(shape)
    return OfferingRevision(
        offering_id=offering.id, number=current.number + 1 if current else 1, roles=[str(role) for role in shape.roles],
        implementation_code=shape.implementation_code, content=content, digest=rules.fingerprint(shape), created_at=now)


def _latest(db: Session, offering_ids: Collection[int]) -> dict[int, OfferingRevision]:
    """The revision in force of each of the offerings; each has had one since its first, withdrawn or not."""
    rows = db.scalars(select(OfferingRevision).where(OfferingRevision.offering_id.in_(offering_ids), OfferingRevision.ended_at.is_(None)))
    return {row.offering_id: row for row in rows}


def _held(db: Session, item_ids: Collection[int]) -> list[int]:
    """The items, held to the end of the transaction: who changes their offerings does so one after another."""
    return list(db.scalars(select(Item.id).where(Item.id.in_(item_ids)).order_by(Item.id).with_for_update()))
