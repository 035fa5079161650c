"""jobs: the calendar changed: the dates of all open cases follow, each in a transaction of its own, found from the facts."""
from datetime import datetime

from portal import logs
from portal.actions import recounting
from portal.actions.acting import Acting, NotNow
from portal.jobs import Tools
from portal.models.cases import Case
from portal.queries import calendars, clock

log = logs.get()


def follow(tools: Tools, now: datetime) -> int:
    """Computes the dates of open cases anew where a year of the calendar changed since; how many moved.

    Stopped at any moment it begins again and moves nothing twice: a year counts as followed once no case failed.
    """
    with tools.database.reading() as db:
        years = calendars.not_recounted(db)
        cases = clock.running(db) if years else []
    if not years:
        return 0
    moved, failed = 0, 0
    for case_id in cases:
        try:
            moved += _one(tools, case_id, now)
        except Exception as error:  # whatever it is, the others follow, and the next look tries it again
            failed += 1
            log.error("calendar.failed", case=case_id, problem=type(error).__name__.lower(), exc_info=error)
    if not failed:
        with tools.database.writing() as db:
            for year, digest in years.items():
                recounting.follows(Acting(db, tools.keys, tools.config, now), year, digest)
            db.commit()
    log.info("calendar.followed", count=moved)
    return moved


def _one(tools: Tools, case_id: int, now: datetime) -> bool:
    with tools.database.writing() as db:
        case = db.get(Case, case_id, with_for_update={"of": Case})
        try:
            moved = recounting.recount(Acting(db, tools.keys, tools.config, now), case)
        except NotNow:  # closed meanwhile
            return False
        db.commit()
        return moved
