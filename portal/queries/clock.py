"""queries: the clock of a case, from its facts: when it was accepted, what its guide promises, and when the clock stood."""
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
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


def accepted_since(case: Case, today: date) -> date:
    """From which day the clock runs if the case is accepted today."""
    return deadlines.accepted_from(case.arrived_on, case.acceptance_due_on, today) if untold(case, today) else today


def stops(db: Session, case: Case, variant: Variant, today: date) -> list[Stop]:
    """The spans in which the clock stood (article 45): from the opening of an uncounted stage until it was left, or
    until today. They are read from the record, so that a stage that was led back to keeps its earlier spans."""
    reasons = {stage.key: str(stage.stop_reason) for stage in variant.stages if not stage.counted}
    if not reasons:
        return []
    found: list[Stop] = []
    since: dict[str, date] = {}
    for at, facts in db.execute(select(Event.at, Event.facts).where(Event.case_id == case.id).order_by(Event.seq)):
        for key in facts.get("left", ()):
            if key in since:
                found.append(Stop(since.pop(key), legal_day(at), reasons[key]))
        since |= {key: legal_day(at) for key in facts.get("opened", ()) if key in reasons}
    return found + [Stop(first, max(first, today), reasons[key]) for key, first in since.items()]
