"""queries: one revision of a guide: where it stands, who took which step, remarks, findings, and what may be done or why not."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, lazyload, undefer

from portal.models.editing import GuideEdit, GuideRemark, GuideStep
from portal.models.guides import GuideRevision, Item
from portal.models.people import Staff
from portal.models.places import Department
from portal.queries import places
from portal.queries.shelf import visible
from portal.rules import workflow
from portal.rules.calendar import legal_day
from portal.rules.guide import holding
from portal.rules.guide.document import GuideFile
from portal.rules.guide.holding import Since
from portal.rules.guide.outline import Node, called, chain, outline
from portal.rules.guide.text import Text
from portal.rules.lint import ERROR, Finding, lint
from portal.rules.permissions import Officer
from portal.rules.workflow import ON_ITS_WAY, Move, Past, Standing, Stop


@dataclass(frozen=True)
class Offer:
    """A move, what its button says, and why it may not be made, if so."""

    row: workflow.Row
    why_not: Text | None


@dataclass(frozen=True)
class Sheet:
    """One revision as its page shows it. `others` are all revisions of its item, newest first, this one among them."""

    revision: GuideRevision
    who: Officer
    standing: Standing
    steps: Sequence[GuideStep]
    remarks: Sequence[GuideRemark]
    findings: list[Finding]
    others: Sequence[GuideRevision]
    editors: Sequence[tuple[Staff, datetime]]

    @property
    def at(self) -> Stop:
        return self.standing.at

    @cached_property
    def file(self) -> GuideFile:
        return GuideFile.model_validate(self.revision.document)

    @cached_property
    def tree(self) -> Node:
        return outline(self.file)

    @property
    def offers(self) -> list[Offer]:
        """What can be done with it where it stands, each with the reason why she may not."""
        return [Offer(row, workflow.why_not(row.move, self.who, self.standing)) for row in workflow.moves(self.at)]

    def may(self, move: Move) -> bool:
        return workflow.why_not(move, self.who, self.standing) is None

    @property
    def may_remark(self) -> bool:
        return workflow.may_remark(self.who, self.at)

    def may_settle(self, remark: GuideRemark) -> bool:
        return remark.settled_at is None and workflow.may_settle(self.who, self.at, remark.made_by_id)

    def place(self, at: str) -> tuple[str, Text]:
        """The nearest element there is to a place, and the place in words."""
        nodes = chain(self.tree, at)
        return nodes[-1].at if nodes else "", called(nodes)


def one(db: Session, who: Officer, revision_id: int, *, to_act: bool = False) -> GuideRevision | None:
    """The revision with its document and item; None where it is not on this person's shelf. `to_act` holds the row."""
    asked = select(GuideRevision).join(Item).where(GuideRevision.id == revision_id, visible(who)).options(
        undefer(GuideRevision.document), joinedload(GuideRevision.item).joinedload(Item.department))
    if to_act:
        db.execute(select(GuideRevision.id).where(GuideRevision.id == revision_id).with_for_update())
    return db.scalar(asked)


def published(db: Session, slug: str, number: int) -> GuideRevision | None:
    """The revision of that number, if it was ever published: for everybody."""
    return db.scalar(select(GuideRevision).join(Item).where(
        Item.slug == slug, GuideRevision.number == number, GuideRevision.published_at.is_not(None))
        .options(undefer(GuideRevision.document), joinedload(GuideRevision.item)))


def ever_published(db: Session, item_id: int) -> Sequence[GuideRevision]:
    """All revisions of the item that were published, newest first."""
    return db.scalars(select(GuideRevision).where(GuideRevision.item_id == item_id, GuideRevision.published_at.is_not(None))
                      .order_by(GuideRevision.number.desc())).all()


def since(db: Session, sheet: "Sheet") -> dict[str, Since]:
    """For every section of the revision since when it holds, by its place."""
    rows = db.execute(select(GuideRevision.id, GuideRevision.number, GuideRevision.published_at, GuideRevision.document).where(
        GuideRevision.item_id == sheet.revision.item_id, GuideRevision.published_at.is_not(None), GuideRevision.number <= sheet.revision.number)
        .order_by(GuideRevision.number.desc()))
    places = [node.at for group in sheet.tree.children for node in (group.children if group.at == "/guide" else [group])]
    return holding.since(sheet.revision.document, places, [holding.Past(row.id, row.number, legal_day(row.published_at), row.document) for row in rows])


def sheet(db: Session, who: Officer, revision: GuideRevision, now: datetime) -> Sheet:
    """All that the page of a revision shows."""
    findings = lint(GuideFile.model_validate(revision.document), legal_day(now), places.directory(db))
    taken = db.scalars(select(GuideStep).options(joinedload(GuideStep.staff).lazyload(Staff.roles))
                       .where(GuideStep.revision_id == revision.id).order_by(GuideStep.id)).all()
    remarks = db.scalars(select(GuideRemark).options(joinedload(GuideRemark.made_by).lazyload(Staff.roles))
                         .where(GuideRemark.revision_id == revision.id)
                         .order_by(GuideRemark.settled_at.is_not(None), GuideRemark.id)).all()
    others = db.scalars(select(GuideRevision).where(GuideRevision.item_id == revision.item_id).order_by(GuideRevision.number.desc())).all()
    editors = db.execute(select(Staff, func.max(GuideEdit.at)).options(lazyload(Staff.roles)).join(GuideEdit, GuideEdit.staff_id == Staff.id)
                         .where(GuideEdit.revision_id == revision.id).group_by(Staff.id).order_by(func.max(GuideEdit.at))).all()
    it = _standing(db, revision, findings, [Past(step.state, step.staff_id) for step in taken], [person.id for person, _ in editors],
                   sum(row.settled_at is None for row in remarks),
                   any(row.id != revision.id and row.state in ON_ITS_WAY for row in others))
    return Sheet(revision, who, it, taken, remarks, findings, others, [(row[0], row[1]) for row in editors])


def standing(db: Session, revision: GuideRevision, findings: Sequence[Finding]) -> Standing:
    """The revision as the rules see it, with its steps, its editors and open remarks; `findings` are lint's."""
    edits = db.scalars(select(GuideEdit.staff_id).where(GuideEdit.revision_id == revision.id).distinct()).all()
    remarks = db.scalar(select(func.count()).where(GuideRemark.revision_id == revision.id, GuideRemark.settled_at.is_(None)))
    other = db.scalar(select(GuideRevision.id).where(
        GuideRevision.item_id == revision.item_id, GuideRevision.id != revision.id, GuideRevision.state.in_(ON_ITS_WAY)))
    return _standing(db, revision, findings, steps(db, revision.id), edits, remarks, other is not None)


def steps(db: Session, revision_id: int) -> list[Past]:
    """The steps that were taken, oldest first."""
    rows = db.execute(select(GuideStep.state, GuideStep.staff_id).where(GuideStep.revision_id == revision_id).order_by(GuideStep.id))
    return [Past(*row) for row in rows]


def _standing(db: Session, revision: GuideRevision, findings: Sequence[Finding], past: Sequence[Past], edits: Sequence[int],
              remarks: int, other: bool) -> Standing:
    name = revision.document["guide"]["item"].get("department")
    return Standing(
        at=workflow.stop(revision.state, past), department_id=db.scalar(select(Department.id).where(Department.name == name)),
        writers=workflow.writers(past, edits), examiners=workflow.examiners(past),
        errors=sum(finding.level == ERROR for finding in findings), remarks=remarks, other=other)
