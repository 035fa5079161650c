"""queries: the clock of a case, from its facts: when it was accepted, what its guide promises, and when the clock stood."""
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from portal.models.cases import Case, CaseState, Event
from portal.rules import deadlines
from portal.rules.calendar import Calendar, legal_day
from portal.rules.deadlines import Due, Stop
from portal.rules.guide.document import Variant
from portal.rules.guide.limits import Limit


class Clock(NamedTuple):
    """By when the decision is promised, and by when it is owed by law."""

    due: Due
    owed: date


def clock(variant: Variant, accepted_on: date, calendar: Calendar, stops: Sequence[Stop] = ()) -> Clock:
    """The clock of a case accepted on that day. A guide without any limit has the law's (article 42)."""
    by_law = Limit(amount=deadlines.LICENCE_DAYS)
    due = limit_from(variant.promise or variant.statutory or by_law, accepted_on, calendar, stops)
    owed = limit_from(variant.owed or by_law, accepted_on, calendar, stops)
    return Clock(due, owed.date)


def limit_from(limit: Limit, start: date, calendar: Calendar, stops: Sequence[Stop] = ()) -> Due:
    """The last day of a guide's limit that starts on a day."""
    return deadlines.due(start, limit.amount or 0, limit.unit, calendar, stops)


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
            Case.state == literal_column("'submitted'"), Case.arrived_on < today - timedelta(days=deadlines.CORRECTION_DAYS))
        .order_by(Case.id)).all()
    last = {day: deadlines.acceptance_decided_by(day, calendar).date for day in {row.arrived_on for row in rows}}
    return [row.id for row in rows if last[row.arrived_on] < today or last[row.arrived_on] != row.acceptance_due_on]


def accepted_since(case: Case, today: date) -> date:
    """From which day the clock runs if the case is accepted today."""
    return deadlines.accepted_from(case.arrived_on, case.acceptance_due_on, today) if untold(case, today) else today


def on(at: datetime, facts: Mapping[str, Any]) -> date:
    """The legal day to which an event belongs: what follows from days that passed (`on`) may be put on record later."""
    return date.fromisoformat(facts["on"]) if "on" in facts else legal_day(at)


def stops(db: Session, case: Case, variant: Variant, today: date) -> list[Stop]:
    """The spans in which the clock stood (article 45): from the opening of an uncounted stage until it was left, or
    until today. They are read from the record, so that a stage that was led back to keeps its earlier spans."""
    reasons = {stage.key: str(stage.stop_reason) for stage in variant.stages if not stage.counted}
    if not reasons:
        return []
    found: list[Stop] = []
    since: dict[str, date] = {}
    for at, facts in db.execute(select(Event.at, Event.facts).where(Event.case_id == case.id).order_by(Event.seq)):
        day = on(at, facts)
        for key in facts.get("left", ()):
            if key in since:
                found.append(Stop(since.pop(key), day, reasons[key]))
        since |= {key: day for key in facts.get("opened", ()) if key in reasons}
    return found + [Stop(first, max(first, today), reasons[key]) for key, first in since.items()]
