"""actions: what every act on a case is done with, and what all of them share: the moment, the stages' rows, the heading."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy.orm import Session

from portal import keys
from portal.actions import parties
from portal.config import Config
from portal.models.cases import Case, PartyRole, StageState
from portal.models.people import Staff
from portal.queries import bodies, clock, guides, places
from portal.rules import clocks, papers, stages, tracking
from portal.rules.calendar import Calendar, legal_day
from portal.rules.guide.codes import Unit
from portal.rules.guide.document import Guide, Variant
from portal.rules.problems import Problem
from portal.rules.transitions import Act, allowed, why_not


class NotNow(Problem):
    """The act does not fit the state of the case, mostly because somebody was faster; nothing was changed."""


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

    @cached_property
    def authority(self) -> places.Authority:
        return places.authority(self.db, self.config.authority)

    @property
    def staff_id(self) -> int | None:
        return self.staff.id if self.staff else None


def check(case: Case, act: Act) -> None:
    """Raises NotNow where the table of transitions does not allow the act."""
    if not allowed(act, case.state):
        said = why_not(act, case.state)
        raise NotNow("case.not_now", said.zh, said.en)


def of(case: Case) -> tuple[Guide, Variant]:
    """The guide and the variant that the case is pinned to."""
    guide = guides.guide_of(case.guide_revision)
    return guide, guide.variant(case.variant_key)


def states_of(case: Case) -> stages.States:
    return {stage.key: stage.state for stage in case.stages}


def move(act: Acting, case: Case, variant: Variant, states: stages.States, calendar: Calendar,
         outcomes: Mapping[str, str] = {}) -> dict[str, list[str]]:
    """Brings the stages' rows to these states: an opened one gets its round and its own due date, one that is done the
    outcome of `outcomes`, or the one that leads on.

    Returns what the event says of it: the keys of the stages that opened, and of those that are open no more. The
    clock's stops are read from there.
    """
    opened, left = [], []
    for row in case.stages:
        state, before = states[row.key], row.state
        if state == before:
            continue
        row.state, row.outcome, row.finished_at = state, None, None
        stage = variant.stage(row.key)
        if state == StageState.OPEN:
            opened.append(row.key)
            row.round, row.opened_at = row.round + 1, act.now
            row.officer_id = row.second_officer_id = None
            row.due_on = clocks.of_limit(stage.limit, act.today, calendar, office=clocks.Office(act.now, clock.opening_hours(case))
                                         if stage.limit.unit is Unit.HOUR else None).date if stage.limit else None
        elif state == StageState.DONE:
            row.outcome, row.finished_at = outcomes.get(row.key) or stages.way_on(stage).key, act.now
            row.opened_at, row.officer_id = row.opened_at or act.now, act.staff_id
        if before == StageState.OPEN:
            left.append(row.key)
    return {name: keys for name, keys in (("opened", opened), ("left", left)) if keys}


def heading(act: Acting, case: Case) -> papers.Heading:
    body = bodies.issuing(act.db, case)
    applicant = next((row.party for row in case.parties if row.role == PartyRole.APPLICANT), None)
    return papers.Heading(
        case_number=case.number, tracking_code=tracking.shown(case.tracking_code),
        applicant=parties.name_of(applicant, act.ring) if applicant else "", issuing_body=body.name, register=body.register,
        address=f"{act.config.public_url}/track/{tracking.shown(case.tracking_code)}", day=act.today,
        sample=act.authority.notice is not None or guides.guide_of(case.guide_revision).provenance.sample)
