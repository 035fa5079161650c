"""queries: everything that the page of one case shows an officer, read in few statements."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from portal.models.applications import UploadedFile
from portal.models.cases import Case, CaseState, Event, Notice, Service, ServiceState, SpotCorrection
from portal.models.messages import Message
from portal.models.vouchers import Voucher
from portal.queries import applications, calendars, cases, clock, guides, record, serving
from portal.rules.clocks import Clock
from portal.rules.deadlines import Due, acceptance_decided_by, workdays_left
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.text import Text
from portal.rules.permissions import Officer


@dataclass(frozen=True)
class Folder:
    """A case as its officer has it before her. `due` is the day that counts now with its proof, `if_today` the due date
    if it were accepted today; `staff` names all who acted, `colleagues` those who may be the second officer."""

    case: Case
    guide: Guide
    variant: Variant
    offers: list[cases.Offer]
    events: list[Event]
    vouchers: list[Voucher]
    files: dict[str, list[UploadedFile]]
    clock: Clock | None
    """The clocks of a case that is accepted and not decided."""
    due: Due | None
    left: int | None
    if_today: Due | None
    staff: Mapping[int, Text]
    colleagues: Mapping[int, Text]
    tries: Sequence[Row[tuple[Notice, Service]]]
    """Every try to tell a notice, oldest first."""
    untold: bool
    """Whether the days for deciding acceptance passed without a word: the case counts as accepted (article 32)."""


def folder(db: Session, who: Officer, case: Case, today: date) -> Folder:
    """The folder of a case that the officer sees; `today` is the legal day."""
    guide = guides.guide_of(case.guide_revision)
    variant, calendar = guide.variant(case.variant_key), calendars.calendar(db)
    events, tries = record.events(db, case.id), serving.tries(db, case.id)
    offers = cases.offers(who, case, today, owed=any(service.state == ServiceState.DUE for _, service in tries))
    now = clock.of(db, case, guide, variant, calendar, today) if case.state == CaseState.ACCEPTED else None
    due = acceptance_decided_by(case.arrived_on, calendar) if case.state == CaseState.SUBMITTED else now and now.due
    last = due.date if due else case.delivery_due_on if case.state == CaseState.DECIDED else None
    intake = case.state in (CaseState.SUBMITTED, CaseState.CORRECTION)
    second = any(offer.stage and variant.stage(offer.stage.key).officers > 1 for offer in offers if offer.why_not is None)
    acted = {event.staff_id: Text(zh=event.staff.name, en=event.staff.name_en) for event in events if event.staff}
    others = {row.second_officer_id for row in case.stages if row.second_officer_id} - set(acted)
    return Folder(
        case, guide, variant, offers, events,
        list(db.scalars(select(Voucher).where(Voucher.case_id == case.id, Voucher.copy_of_id.is_(None)).order_by(Voucher.id))),
        applications.files(db, case.application_id), now, due, workdays_left(today, last, calendar) if last else None,
        clock.if_accepted(guide, variant, clock.accepted_since(case, today), calendar).due if intake else None,
        acted | cases.names(db, others), cases.colleagues(db, who) if second else {},
        tries, clock.untold(case, today))


def messages(db: Session, event_ids: Sequence[int]) -> Sequence[Message]:
    """The messages that these events owe, newest first."""
    return db.scalars(select(Message).where(Message.event_id.in_(event_ids)).order_by(Message.id.desc())).all()


def spots(db: Session, case_id: int) -> Sequence[SpotCorrection]:
    """What was put right on the spot, oldest first."""
    return db.scalars(select(SpotCorrection).where(SpotCorrection.case_id == case_id).order_by(SpotCorrection.id)).all()
