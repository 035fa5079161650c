"""queries: the clock of a case, from its facts: when it was accepted, what its guide promises, and when the clock stood."""
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from portal.models.base import written_out
from portal.models.cases import Case, CaseState, Event
from portal.models.extensions import Extension, ExtensionState
from portal.rules import clocks, deadlines, stopping
from portal.rules.calendar import Calendar, day_starts, legal_day
from portal.rules.deadlines import Stop
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.offering import Hours, Offering
from portal.rules.transitions import Act


def untold(case: Case, today: date) -> bool:
    """Whether the days for deciding acceptance have passed without a word, so that the case counts as accepted since its
    papers arrived (article 32). While the applicant corrects, she was told."""
    return case.state == CaseState.SUBMITTED and today > case.acceptance_due_on


def waiting(db: Session, today: date, calendar: Calendar) -> list[int]:
    """The cases that wait for an answer to their papers and of which something is to be done on the legal day `today`: the
    days for it have passed, or their last day is another one by the calendar as it is now. They are found from the
    facts, so that nothing is lost while nobody looked."""
    rows = db.execute(
        select(Case.id, Case.arrived_on, Case.acceptance_due_on).where(
            Case.state == written_out(CaseState.SUBMITTED), Case.arrived_on < today - timedelta(days=deadlines.CORRECTION_DAYS))
        .order_by(Case.id)).all()
    last = {day: deadlines.acceptance_decided_by(day, calendar).date for day in {row.arrived_on for row in rows}}
    return [row.id for row in rows if last[row.arrived_on] < today or last[row.arrived_on] != row.acceptance_due_on]


def accepted_since(case: Case, today: date) -> date:
    """From which day the clock runs if the case is accepted today."""
    return deadlines.accepted_from(case.arrived_on, case.acceptance_due_on, today) if untold(case, today) else today


def on(at: datetime, facts: Mapping[str, Any]) -> date:
    """The legal day to which an event belongs: what follows from days that passed (`on`) may be put on record later."""
    return date.fromisoformat(facts["on"]) if "on" in facts else legal_day(at)


def of(db: Session, case: Case | Row, guide: Guide, variant: Variant, calendar: Calendar, today: date | None,
       late: bool | None = None) -> clocks.Clock:
    """The clocks of an accepted case, with their proof; without `today` a stop that lasts still is left out, as in the
    columns that the acts keep. `late` as in `rules.clocks`; not told, it is what the extension's row says."""
    if late is None:
        late = case.extended_by > 0 and extended_late(db, case.id)
    return clocks.clock(guide, variant, case.accepted_on, calendar, stops(db, case, guide, variant, calendar, today),
                        case.extended_by, office(db, db.get_one(Case, case.id), variant) if clocks.in_hours(variant) else None, late)


def extended_late(db: Session, case_id: int) -> bool:
    """Whether the extension of the case was approved when the promised day had passed."""
    row = db.execute(select(Extension.due_before, Extension.decided_at).where(
        Extension.case_id == case_id, Extension.state == ExtensionState.APPROVED)).first()
    return row is not None and legal_day(row.decided_at) > row.due_before


def if_accepted(guide: Guide, variant: Variant, day: date, calendar: Calendar) -> clocks.Clock:
    """The clocks of a case that would be accepted on that day; hours by whole working days, as their moment is not known."""
    return clocks.clock(guide, variant, day, calendar)


def stops(db: Session, case: Case | Row, guide: Guide, variant: Variant, calendar: Calendar, today: date | None) -> list[Stop]:
    """The spans in which the clock stood (article 45), read from the record (`rules.stopping`)."""
    stages = stopping.stopping(guide, variant)
    if not stages:
        return []
    rows = db.execute(select(Event.at, Event.facts).where(Event.case_id == case.id).order_by(Event.seq))
    moves = [stopping.Move(on(at, facts), facts.get("opened", ()), facts.get("left", ())) for at, facts in rows]
    return stopping.spans(stages, moves, calendar, today)


def office(db: Session, case: Case, variant: Variant, now: datetime | None = None) -> clocks.Office | None:
    """From which moment the hours of the case run and when its place is open; None where no limit is one of hours. `now` is
    the moment of acceptance where the record does not say it yet."""
    if not clocks.in_hours(variant):
        return None
    moment = now or db.scalar(
        select(Event.at).where(Event.case_id == case.id, Event.kind.in_((Act.ACCEPT, Act.DEEM))).order_by(Event.seq).limit(1))
    began = next((at for at in (moment, case.submitted_at) if at and legal_day(at) == case.accepted_on), None)
    return clocks.Office(began or day_starts(case.accepted_on), opening_hours(case))


def opening_hours(case: Case) -> list[Hours]:
    """When the office that handles the case is open: as the offering's windows say, else as its place does; where neither
    does, hours are eight to a working day."""
    offering = Offering.model_validate(case.offering_revision.content) if case.offering_revision else None
    windows = [hours for window in offering.windows for hours in window.hours] if offering else []
    return windows or [Hours.model_validate(row) for row in (case.place.hours if case.place else ())]


def running(db: Session) -> list[int]:
    """The cases that are not closed, oldest first."""
    return list(db.scalars(select(Case.id).where(Case.state != written_out(CaseState.CLOSED)).order_by(Case.id)))
