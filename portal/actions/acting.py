"""actions: what every act on a case is done with, and what all of them share: state, stages, clock, heading of a paper."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal import keys
from portal.actions import parties
from portal.config import Config
from portal.models.cases import Case, PartyRole, StageState
from portal.models.people import Staff
from portal.queries import guides, places
from portal.rules import deadlines, papers, stages, tracking
from portal.rules.calendar import Calendar, legal_day
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.limits import Limit
from portal.rules.transitions import Act, allowed


class NotNow(ValueError):
    """The act does not fit the state of the case; nothing was changed."""

    def __init__(self, act: Act, state: str):
        super().__init__(f"{act} in {state}")
        self.act, self.state = act, state


@dataclass
class Acting:
    """What every act is done with: the session, the key ring, the settings, the moment, and the officer if any."""

    db: Session
    ring: keys.KeyRing
    config: Config
    now: datetime
    staff: Staff | None = None

    @property
    def today(self) -> date:
        return legal_day(self.now)


def check(case: Case, act: Act) -> None:
    if not allowed(act, case.state):
        raise NotNow(act, case.state)


def of(case: Case) -> tuple[Guide, Variant]:
    """The guide and the variant that the case is pinned to."""
    guide = guides.guide_of(case.guide_revision)
    return guide, guide.variant(case.variant_key)


def states_of(case: Case) -> stages.States:
    return {stage.key: stage.state for stage in case.stages}


def put(act: Acting, case: Case, variant: Variant, states: stages.States, calendar: Calendar, outcome: str = "done") -> None:
    """Brings the stages' rows to these states: opened ones get their round and their own due date."""
    for row in case.stages:
        state = states[row.key]
        if state == row.state:
            continue
        row.outcome = row.finished_at = None
        if state == StageState.OPEN:
            row.round, row.opened_at = row.round + 1, act.now
            row.officer_id = row.second_officer_id = None
            due = due_on(variant.stage(row.key).limit, act.today, calendar)
            row.due_on = due.date if due else None
        elif state == StageState.DONE:
            row.outcome, row.finished_at = outcome, act.now
            row.opened_at = row.opened_at or act.now
            row.officer_id = row.officer_id or (act.staff.id if act.staff else None)
        row.state = state


def due_on(limit: Limit | None, start: date, calendar: Calendar, stops: Sequence[deadlines.Stop] = ()) -> deadlines.Due | None:
    """The last day of a guide's limit that starts on a day; None where there is no limit."""
    if limit is None:
        return None
    return deadlines.due(start, limit.amount or 0, limit.unit, calendar, stops)


def heading(act: Acting, case: Case) -> papers.Heading:
    applicant = next((row.party for row in case.parties if row.role == PartyRole.APPLICANT), None)
    authority = places.authority(act.db, act.config.authority)
    return papers.Heading(
        case_number=case.number, tracking_code=tracking.shown(case.tracking_code),
        applicant=parties.name_of(applicant, act.ring) if applicant else "", issuing_body=case.department.name,
        address=f"{act.config.public_url}/track/{tracking.shown(case.tracking_code)}", day=act.today,
        sample=authority.notice is not None)
