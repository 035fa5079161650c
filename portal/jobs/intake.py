"""jobs: acceptance by the clock. What is due is found from the facts, so that whoever slept through some nights misses nothing."""
from datetime import datetime

from portal import logs
from portal.actions import cases
from portal.actions.acting import Acting, NotNow
from portal.jobs import Tools
from portal.models.cases import Case
from portal.queries import calendars, clock
from portal.rules.calendar import legal_day

log = logs.get()


def deem(tools: Tools, now: datetime) -> int:
    """Accepts every case whose days for an answer have passed without a word, each by itself; how many.

    Of two at once, or with an officer, the second finds it done; stopped in between, the next run goes on. One that
    fails holds up nobody and is tried again.
    """
    with tools.database.reading() as db:
        waiting = clock.waiting(db, legal_day(now), calendars.calendar(db))
    done = 0
    for case_id in waiting:
        try:
            done += _deem(tools, case_id, now)
        except NotNow:  # somebody was faster
            continue
        except Exception as error:  # whatever it is, the others are due as well
            log.error("case.not_deemed", case=case_id, problem=type(error).__name__.lower(), exc_info=error)
    if done:
        log.info("cases.deemed", job="deem", count=done)
    return done


def _deem(tools: Tools, case_id: int, now: datetime) -> bool:
    with tools.database.writing() as db:
        case = db.get_one(Case, case_id, with_for_update={"of": Case})
        accepted = cases.deem(Acting(db, tools.keys, tools.config, now), case)
        db.commit()
    return accepted
