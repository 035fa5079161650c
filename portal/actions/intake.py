"""actions: a submitted application becomes a case, with its number, its tracking code and its receipt."""
from collections.abc import Sequence

from sqlalchemy import select

from portal.actions import answers as answering
from portal.actions import parties, record, registers, vouchers
from portal.actions.acting import Acting, heading, move
from portal.models.applications import Application
from portal.models.cases import Case, CaseParty, CaseStage, CaseState, PartyRole, StageState
from portal.models.places import Department
from portal.models.vouchers import VoucherKind
from portal.queries import calendars, clock, guides
from portal.rules import codes, deadlines, papers, permissions, stages, tracking
from portal.rules.guide.document import Guide, Variant
from portal.rules.transitions import Act


class NoDepartment(ValueError):
    """The guide's department is not in the directory, so nobody could handle the case."""


class NoVariant(ValueError):
    """The answers choose no variant of the guide."""


def open_case(act: Acting, application: Application, random: bytes, documents: Sequence[str], filer: str | None = None,
              pin: str | None = None) -> Case:
    """Makes the one case of an application that was just submitted, with its receipt.

    `random` are bytes for the tracking code, `documents` the names of what came with it, `filer` who filed for
    the applicant, `pin` what the receipt tells her to act with; it is in the paper's sealed facts alone. Raises NoVariant or NoDepartment: nothing was changed.
    """
    guide, key = guides.guide_of(application.guide_revision), answering.data_key(application, act.ring)
    answers = answering.read(application, key)["answers"]
    variant = guide.variant_for(answers)
    if variant is None:
        raise NoVariant(guide.item.name.zh)
    with act.db.no_autoflush:  # each flush looks through all there is, and the gate is held meanwhile
        handling = {guide.item.department, *(stage.department or "" for stage in variant.stages)}
        departments = {one.name: one for one in act.db.scalars(select(Department).where(Department.name.in_(handling)))}
        lead = departments.get(guide.item.department)
        if lead is None:
            raise NoDepartment(guide.item.department)
        calendar = calendars.calendar(act.db)
        party = parties.add(act.db, parties.named(guide, answers), act.ring, act.now)
        answer_by = deadlines.acceptance_decided_by(act.today, calendar)
        case = Case(
            number=_number(act, application, lead), tracking_code=tracking.tracking_code(random), application=application,
            item_id=application.item_id, guide_revision=application.guide_revision,
            offering_revision=application.offering_revision, variant_key=variant.key, department=lead,
            place_id=_place_id(act, application), state=CaseState.SUBMITTED, submitted_at=act.now, arrived_on=act.today,
            acceptance_due_on=answer_by.date)
        case.parties = [CaseParty(party=party, role=PartyRole.APPLICANT)]
        case.stages = _rows(guide, variant, lead, departments)
        moved = move(act, case, variant, stages.begin(variant, answers).states, calendar)
        act.db.add(case)
        record.write(act.db, case, Act.SUBMIT, act.now, staff_id=act.staff_id,
                     revision=application.guide_revision_id, variant=variant.key, **moved)
        due = clock.if_accepted(guide, variant, act.today, calendar).due
        vouchers.issue(act.db, case, VoucherKind.RECEIPT, papers.receipt(
            heading(act, case), guide, variant, documents=documents, decided_by=answer_by.date, decided_provisional=answer_by.provisional,
            due_if_today=due.date, provisional=due.provisional,
            ask=[contact.telephone for contact in guide.enquiries if contact.telephone], filer=filer, pin=pin), key, act.now)
    return case


def _rows(guide: Guide, variant: Variant, lead: Department, departments: dict[str, Department]) -> list[CaseStage]:
    """The stages' rows, all waiting. A partner office, which has no desk here, leaves its stage to the owner;
    any other name is in the directory, or the guide would not be in force."""
    return [
        CaseStage(position=position, key=stage.key, state=StageState.WAITING, round=0,
                  department=departments.get(stage.department or guide.item.department, lead),
                  desk=permissions.desk_of(stage, guide.item.handling))
        for position, stage in enumerate(variant.stages)
    ]


def _number(act: Acting, application: Application, lead: Department) -> str:
    offering = application.offering_revision
    code = offering.implementation_code if offering else None
    if not code:
        code = f"{lead.credit_code or '0' * 18}4{(application.item.code or '').rjust(12, '0')[-12:]}"
    code = codes.implementation_code(code)
    sequence = registers.take(act.db, f"case:{code.code[:31]}:{act.today:%m%d}", act.today.year)
    return codes.case_number(code, act.today, sequence)


def _place_id(act: Acting, application: Application) -> int | None:
    if application.offering_revision is not None:
        return application.offering_revision.offering.place_id
    return act.authority.id
