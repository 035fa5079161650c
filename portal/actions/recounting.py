"""actions: the dates of a case are computed anew when the calendar changed: on its record, and told on the tracker."""
from datetime import date, datetime

from sqlalchemy import select, update

from portal.actions import record
from portal.actions.acting import Acting, check, of
from portal.models.calendars import CalendarYear
from portal.models.cases import Case, CaseState, DueMoved, Notice, Service, ServiceState, StageState
from portal.queries import calendars, clock
from portal.rules import clocks, deadlines, serving
from portal.rules.calendar import Calendar, legal_day
from portal.rules.guide.codes import Unit
from portal.rules.guide.stages import Stage
from portal.rules.transitions import Act

Dates = dict[str, date | bool | None]


def recount(act: Acting, case: Case, *, calendar_moved: bool = True) -> bool:
    """Brings the dates of an open case to the calendar as it is; True where one moved, or is provisional no more. Again
    changes nothing. Raises NotNow for a closed case.

    Stops that last still are left out, as by every act. What was put on record stays: a case that was accepted by the clock
    is accepted, and one that waits still is judged by the calendar as it is now. The tracker says why the day moved, and names
    the day before where that was shown: while a stop lasts the column is another one. Without `calendar_moved` no
    holiday is blamed: columns of an earlier release are brought to the facts.
    """
    check(case, Act.RECOUNT)
    before = _dates(case)
    calendar = calendars.calendar(act.db)
    _set(act, case, calendar)
    answers = _answers(act, case, calendar)
    after = _dates(case)
    moved = {name: [_said(before[name]), _said(value)] for name, value in after.items() if value != before[name]} | answers
    if not moved:
        return False
    if calendar_moved and case.state == CaseState.ACCEPTED and "due_on" in moved:
        today = clock.of(act.db, case, *of(case), calendar, act.today).due.date
        case.due_before, case.due_moved = before["due_on"] if today == case.due_on else None, DueMoved.CALENDAR
    record.write(act.db, case, Act.RECOUNT, act.now, moved=moved)
    return True


def follows(act: Acting, year: int, digest: str) -> None:
    """The dates of all open cases follow this calendar of the year now; a newer one is left to the next look."""
    act.db.execute(update(CalendarYear).where(CalendarYear.year == year, CalendarYear.digest == digest).values(recounted=digest))


def _set(act: Acting, case: Case, calendar: Calendar) -> None:
    if case.state == CaseState.SUBMITTED:
        case.acceptance_due_on = deadlines.acceptance_decided_by(case.arrived_on, calendar).date
    elif case.state == CaseState.ACCEPTED:
        now = clock.of(act.db, case, *of(case), calendar, None)
        case.due_on, case.due_provisional, case.owed_on = now.due.date, now.due.provisional, now.owed.date
    elif case.state == CaseState.DECIDED:
        case.delivery_due_on = clocks.delivery(legal_day(case.decided_at), calendar).date
    stages = {stage.key: stage for stage in of(case)[1].stages}
    for row in case.stages:
        if row.state == StageState.OPEN and row.due_on is not None:
            row.due_on = _stage_due(case, stages[row.key], row.opened_at, calendar)


def _stage_due(case: Case, stage: Stage, opened: datetime, calendar: Calendar) -> date:
    office = clocks.Office(opened, clock.opening_hours(case)) if stage.limit.unit is Unit.HOUR else None
    return clocks.of_limit(stage.limit, legal_day(opened), calendar, office=office).date


def _answers(act: Acting, case: Case, calendar: Calendar) -> dict[str, list[str | None]]:
    """The days by which notices are answered that the party was told of; returns those that moved."""
    moved = {}
    rows = act.db.execute(select(Notice, Service.served_on).join(Service, Service.notice_id == Notice.id).where(
        Notice.case_id == case.id, Notice.answer_by.is_not(None), Notice.answered_at.is_(None), Service.state == ServiceState.SERVED))
    for notice, served_on in rows.all():
        day = serving.answer_by(served_on, notice.answer_days, calendar)
        if day != notice.answer_by:
            moved[f"notice:{notice.id}"] = [str(notice.answer_by), str(day)]
            notice.answer_by = day
    return moved


def _dates(case: Case) -> Dates:
    columns = ("acceptance_due_on", "due_on", "owed_on", "due_provisional", "delivery_due_on")
    return {name: getattr(case, name) for name in columns} | {f"stage:{row.key}": row.due_on for row in case.stages}


def _said(value: date | bool | None) -> str | None:
    return None if value is None else str(value)
