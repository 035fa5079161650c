"""queries: a case as the tracker shows it to whoever has its code: no name, no answer, no officer's word is read here."""
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.models.cases import Case, CaseStage, CaseState, Notice, NoticeKind, StageState
from portal.models.places import Department, Place
from portal.models.vouchers import Voucher, VoucherKind
from portal.queries import calendars, clock, guides
from portal.rules import progress
from portal.rules.calendar import legal_day
from portal.rules.deadlines import Due
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.text import Text

MARKS = {StageState.DONE: "done", StageState.OPEN: "current", StageState.WAITING: "waiting", StageState.SKIPPED: "skipped",
         StageState.CANCELLED: "skipped"}


@dataclass(frozen=True)
class Tracked:
    """All that the page says. `marks` is the state of every stage, for the flowchart and the list beside it."""

    case: Case
    guide: Guide
    variant: Variant
    progress: progress.Progress
    marks: dict[str, str]
    owner: Text
    due: Due | None
    papers: list[Voucher]
    departments: dict[str, Text]


def by_code(db: Session, code: str) -> Case | None:
    """The case of a tracking code in its stored form, with its guide, its place and its stages."""
    return db.scalar(_whole().where(Case.tracking_code == code))


def case_of(db: Session, application_id: int) -> Case | None:
    """The case that an application became."""
    return db.scalar(_whole().where(Case.application_id == application_id))


def receipt(db: Session, case_id: int) -> Voucher | None:
    return db.scalar(select(Voucher).where(Voucher.case_id == case_id, Voucher.kind == VoucherKind.RECEIPT).limit(1))


def tracked(db: Session, case: Case, today: date) -> Tracked:
    """The case in sentences, marks and dates; `today` is the legal day."""
    guide = guides.guide_of(case.guide_revision)
    variant = guide.variant(case.variant_key)
    due = due_of(db, case, variant, today) if case.state == CaseState.ACCEPTED else None
    papers = db.scalars(select(Voucher).where(Voucher.case_id == case.id, Voucher.copy_of_id.is_(None)).order_by(Voucher.id))
    departments = {row.department.name: name_of(row.department) for row in case.stages}
    return Tracked(case, guide, variant, progress.progress(_standing(db, case, guide, variant, due, today)),
                   {row.key: MARKS[row.state] for row in case.stages}, name_of(case.department), due, list(papers), departments)


def due_of(db: Session, case: Case, variant: Variant, today: date) -> Due:
    """The last day of the promise, from the facts, with its proof."""
    stops = clock.stops(db, case, variant, today)
    return clock.clock(variant, case.accepted_on, calendars.calendar(db), stops).due


def due_if_accepted(db: Session, case: Case) -> Due:
    """The last day of the promise if the case were accepted on the day its papers arrived."""
    variant = guides.guide_of(case.guide_revision).variant(case.variant_key)
    return clock.clock(variant, case.arrived_on, calendars.calendar(db)).due


def correction(db: Session, case_id: int) -> Notice | None:
    """The one-time notice that is still open."""
    return db.scalar(select(Notice).where(Notice.case_id == case_id, Notice.kind == NoticeKind.CORRECTION,
                                          Notice.answered_at.is_(None)).order_by(Notice.id.desc()).limit(1))


def names_in(guide: Guide, variant: Variant) -> dict[str, Text]:
    """What documents and sections are called, by their key."""
    return {section.key: section.title for section in guide.form} | {row.key: row.name for row in variant.documents}


def _standing(db: Session, case: Case, guide: Guide, variant: Variant, due: Due | None, today: date) -> progress.Standing:
    stages = {stage.key: stage for stage in variant.stages}
    wanted = []
    if case.state == CaseState.CORRECTION and (notice := correction(db, case.id)) is not None:
        names = names_in(guide, variant)
        wanted = [(names.get(paper, Text(zh=paper)), problem) for paper, problem in notice.content["papers"]]
    place = Text(zh=case.place.centre or case.place.name, en=case.place.centre_en or case.place.name_en)
    return progress.Standing(
        state=case.state, decision=case.decision, today=today, arrived_on=case.arrived_on,
        acceptance_due_on=case.acceptance_due_on, department=name_of(case.department), place=place,
        accepted_on=case.accepted_on, due_on=due.date if due else case.due_on,
        provisional=due.provisional if due else case.due_provisional, delivery_due_on=case.delivery_due_on,
        closed_on=legal_day(case.closed_at) if case.closed_at else None, wanted=wanted,
        doing=[progress.Doing(stages[row.key].name, name_of(row.department), stages[row.key].counted)
               for row in case.stages if row.state == StageState.OPEN],
        ways=[way.text for way in guide.delivery])


def name_of(department: Department) -> Text:
    """What a department is called."""
    return Text(zh=department.name, en=department.name_en)


def _whole():
    return select(Case).options(
        joinedload(Case.guide_revision), joinedload(Case.department), joinedload(Case.place).load_only(
            Place.name, Place.name_en, Place.centre, Place.centre_en, Place.address, Place.telephone),
        selectinload(Case.stages).joinedload(CaseStage.department))
