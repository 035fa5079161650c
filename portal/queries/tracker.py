"""queries: a case as the tracker shows it to whoever has its code: no name, no answer, no officer's word is read here."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.models.cases import Case, CaseStage, CaseState, Notice, NoticeKind, StageState
from portal.models.guides import GuideRevision, Item, ItemLife, OfferingRevision
from portal.models.places import Department, Place
from portal.models.sessions import Throttle
from portal.models.vouchers import Voucher, VoucherKind
from portal.queries import applications, calendars, clock, guides, items, serving
from portal.rules import item_words, progress, stopping
from portal.rules.calendar import legal_day
from portal.rules.deadlines import Due
from portal.rules.guide.codes import End
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.text import Text
from portal.rules.serving import remedies_until

MARKS = {StageState.DONE: "done", StageState.OPEN: "current", StageState.WAITING: "waiting", StageState.SKIPPED: "skipped",
         StageState.CANCELLED: "skipped"}
DECISIONS = (NoticeKind.DECISION, NoticeKind.REFUSAL_TO_ACCEPT)

_ROW = (
    select(Case.id, Case.application_id, Case.tracking_code, Case.state, Case.decision, Case.variant_key, Case.arrived_on,
           Case.acceptance_due_on, Case.accepted_on, Case.deemed_on, Case.due_on, Case.due_provisional, Case.delivery_due_on, Case.closed_at,
           Case.extended_by, Case.due_before, Case.due_moved, Case.guide_revision_id, GuideRevision.digest, Department.name.label("department"),
           Department.name_en.label("department_en"), Place.name.label("place"), Place.name_en.label("place_en"), Place.centre,
           Place.centre_en, Item.id.label("item_id"), Item.life)
    .join(GuideRevision, Case.guide_revision_id == GuideRevision.id).join(Department, Case.department_id == Department.id)
    .join(Place, Case.place_id == Place.id).join(Item, Case.item_id == Item.id))
_GLANCE = select(
    Case.id, Case.version, Case.application_id,
    select(Throttle.count).where(Throttle.bucket == bindparam("bucket"), Throttle.starts_at == bindparam("starts_at"))
    .scalar_subquery().label("misses")).where(Case.tracking_code == bindparam("code"))
_STAGES = (select(CaseStage.key, CaseStage.state, Department.name, Department.name_en)
           .join(Department, CaseStage.department_id == Department.id).order_by(CaseStage.position))
_PAPERS = select(Voucher.id, Voucher.kind, Voucher.issued_at).where(Voucher.copy_of_id.is_(None)).order_by(Voucher.id)


@dataclass(frozen=True)
class Tracked:
    """All that the page says. `marks` is the state of every stage, for the flowchart and the list beside it; `papers`
    have id, kind and issued_at."""

    case: Row
    guide: Guide
    variant: Variant
    progress: progress.Progress
    marks: dict[str, str]
    owner: Text
    due: Due | None
    papers: Sequence[Row]
    departments: dict[str, Text]
    changed: tuple[Text, Text] | None
    """What happened to the item since, and what holds for this case."""


def by_code(db: Session, code: str) -> Case | None:
    """The case of a tracking code in its stored form, with its guide, its place and its stages."""
    return db.scalar(_whole().where(Case.tracking_code == code))


def glance(db: Session, code: str, bucket: str, starts_at: datetime) -> Row | None:
    """Whether there is a case of that code, at which version, and how often that address has missed since `starts_at`."""
    return db.execute(_GLANCE, {"code": code, "bucket": bucket, "starts_at": starts_at}).first()


def row_of(db: Session, code: str) -> Row | None:
    """What the page needs of the case of a tracking code, in one statement: this is the page that most people ask for."""
    return db.execute(_ROW.where(Case.tracking_code == code)).first()


def case_of(db: Session, application_id: int) -> Case | None:
    """The case that an application became."""
    return db.scalar(_whole().where(Case.application_id == application_id))


def state_held(db: Session, case_id: int) -> str:
    """The state of the case, which nobody else changes until this transaction is over."""
    return db.scalar(select(Case.state).where(Case.id == case_id).with_for_update())


def receipt(db: Session, case_id: int) -> Voucher | None:
    return db.scalar(select(Voucher).where(Voucher.case_id == case_id, Voucher.kind == VoucherKind.RECEIPT).limit(1))


def tracked(db: Session, case: Row, today: date) -> Tracked:
    """The case of `row_of` in sentences, marks and dates; `today` is the legal day."""
    guide = guides.many(db, {case.guide_revision_id: case.digest})[case.guide_revision_id]
    variant = guide.variant(case.variant_key)
    rows = db.execute(_STAGES.where(CaseStage.case_id == case.id)).all()
    names = {row.name: Text(zh=row.name, en=row.name_en) for row in rows}
    due = due_of(db, case, guide, variant, today) if case.state == CaseState.ACCEPTED else None
    stages = {stage.key: stage for stage in variant.stages}
    stands = due is not None and (today == case.accepted_on or any(day.date == today and day.why == "stopped" for day in due.proof))
    doing = [progress.Doing(stages[row.key].name, names[row.name], not (stands and stopping.stops_clock(stages[row.key], guide.item.kind))) for row in rows
             if row.state == StageState.OPEN]
    owner = Text(zh=case.department, en=case.department_en)
    notice = correction(db, case.id) if case.state == CaseState.CORRECTION else None
    told = serving.told_on(db, case.id, DECISIONS) if case.decision in (End.REFUSED, End.NOT_ACCEPTED) else None
    standing = progress.Standing(
        state=case.state, decision=case.decision, today=today, arrived_on=case.arrived_on,
        acceptance_due_on=case.acceptance_due_on, department=owner,
        place=Text(zh=case.centre or case.place, en=case.centre_en or case.place_en),
        accepted_on=case.accepted_on, deemed=case.deemed_on is not None, due_on=due.date if due else case.due_on,
        due_until=due.until if due else None,
        provisional=due.provisional if due else case.due_provisional, due_before=case.due_before, due_moved=case.due_moved, delivery_due_on=case.delivery_due_on,
        closed_on=legal_day(case.closed_at) if case.closed_at else None, wanted=_wanted(db, case, guide, variant, notice),
        answer_by=notice.answer_by if notice else None, answer_days=notice.answer_days if notice else None, told_on=told,
        until=remedies_until(told, calendars.calendar(db)) if told else {},
        doing=doing, ways=[way.text for way in guide.delivery])
    return Tracked(case, guide, variant, progress.progress(standing), {row.key: MARKS[row.state] for row in rows}, owner, due,
                   db.execute(_PAPERS.where(Voucher.case_id == case.id)).all(), names,
                   held(db, case.item_id, case.life, case.state, case.arrived_on))


def held(db: Session, item_id: int, life: str, state: str, arrived_on: date) -> tuple[Text, Text] | None:
    """What happened to the item of a case, and what holds for the case; None where it goes on as it would anyway."""
    change = None if life == ItemLife.IN_FORCE else items.change(db, db.get_one(Item, item_id))
    holds = item_words.holds(change, state, arrived_on) if change else None
    return (item_words.sentence(change), holds) if holds else None


def due_of(db: Session, case: Case | Row, guide: Guide, variant: Variant, today: date) -> Due:
    """The last day of the promise, from the facts, with its proof."""
    return clock.of(db, case, guide, variant, calendars.calendar(db), today).due


def due_if_accepted(db: Session, case: Case) -> Due:
    """The last day of the promise if the case were accepted on the day its papers arrived."""
    guide = guides.guide_of(case.guide_revision)
    return clock.if_accepted(guide, guide.variant(case.variant_key), case.arrived_on, calendars.calendar(db)).due


def correction(db: Session, case_id: int) -> Notice | None:
    """The one-time notice that is still open."""
    return db.scalar(select(Notice).where(Notice.case_id == case_id, Notice.kind == NoticeKind.CORRECTION,
                                          Notice.answered_at.is_(None)).order_by(Notice.id.desc()).limit(1))


def names_in(guide: Guide, variant: Variant, offering: OfferingRevision | None) -> dict[str, Text]:
    """What documents and sections are called, by their key: those of the guide, and those of the place alone."""
    documents = [*applications.local_documents(offering), *variant.documents]
    return {section.key: section.title for section in guide.form} | {row.key: row.name for row in documents}


def _wanted(db: Session, case: Row, guide: Guide, variant: Variant, notice: Notice | None) -> list[tuple[Text, str]]:
    if notice is None:
        return []
    names = names_in(guide, variant, db.scalar(
        select(OfferingRevision).join(Case, Case.offering_revision_id == OfferingRevision.id).where(Case.id == case.id)))
    return [(names.get(paper, Text(zh=paper)), problem) for paper, problem in notice.content["papers"]]


def name_of(department: Department) -> Text:
    """What a department is called."""
    return Text(zh=department.name, en=department.name_en)


def _whole():
    return select(Case).options(
        joinedload(Case.guide_revision), joinedload(Case.department), joinedload(Case.place).load_only(
            Place.name, Place.name_en, Place.centre, Place.centre_en, Place.address, Place.telephone),
        selectinload(Case.stages).joinedload(CaseStage.department))
