"""jobs: the calendar changed: the dates of all open cases follow, each in a transaction of its own, found from the facts."""
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal import logs
from portal.actions import recounting
from portal.actions.acting import Acting, NotNow
from portal.jobs import Tools
from portal.models.cases import Case
from portal.queries import calendars, clock

log = logs.get()


FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
"""How long a case that failed waits until it is tried again: twice as long each time."""


@dataclass
class Rest:
    """What one look leaves to the next: the cases that failed by these digests of years, and from when they are tried again."""

    years: dict[int, str] = field(default_factory=dict)
    cases: list[int] = field(default_factory=list)
    wait: timedelta = FIRST_WAIT
    since: datetime | None = None

    def left(self, years: dict[int, str], failed: list[int], now: datetime) -> None:
        """Keeps what failed at this look."""
        again = bool(self.cases) and self.years == years
        self.wait = min(self.wait * 2, LONGEST_WAIT) if again else FIRST_WAIT
        self.years, self.cases, self.since = years, failed, now + self.wait


def follow(tools: Tools, now: datetime, rest: Rest | None = None) -> int:
    """Computes the dates of open cases anew where a year of the calendar changed since; how many moved.

    Stopped at any moment it begins again and moves nothing twice: a year counts as followed once no case failed. With the
    `rest` of looks before, what failed by the same calendar is tried alone, and ever less often.
    """
    rest = rest or Rest()
    with tools.database.reading() as db:
        years = calendars.not_recounted(db)
        first = calendars.never_recounted(db)
        again = bool(rest.cases) and rest.years == years
        cases = rest.cases if again else clock.running(db) if years else []
    if not years or (again and now < rest.since):
        return 0
    moved, failed = 0, []
    for case_id in cases:
        try:
            moved += _one(tools, case_id, now, not first)
        except Exception as error:  # whatever it is, the others follow, and the next look tries it again
            failed.append(case_id)
            log.error("calendar.failed", case=case_id, problem=type(error).__name__.lower(), exc_info=error)
    if not failed:
        with tools.database.writing() as db:
            for year, digest in years.items():
                recounting.follows(Acting(db, tools.keys, tools.config, now), year, digest)
            db.commit()
    rest.left(years, failed, now)
    log.info("calendar.followed", count=moved)
    return moved


def _one(tools: Tools, case_id: int, now: datetime, calendar_moved: bool) -> bool:
    with tools.database.writing() as db:
        case = db.get(Case, case_id, with_for_update={"of": Case})
        try:
            moved = recounting.recount(Acting(db, tools.keys, tools.config, now), case, calendar_moved=calendar_moved)
        except NotNow:  # closed meanwhile
            return False
        db.commit()
        return moved
