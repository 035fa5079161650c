"""jobs: workbooks that editors handed in: read and checked, then imported, some guides at a time, each lot in one transaction.

Stopped at any moment, it goes on after the last lot: what is noted or imported is not done again.
"""
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from pathlib import Path

from portal import logs
from portal.actions import workbooks as acting
from portal.jobs import Tools
from portal.models.importing import RunState
from portal.queries import importing as asking
from portal.rules.importing import sources
from portal.rules.importing.sheets import reading
from portal.uploads import workbooks

LOT = 20

log = logs.get()


def work(tools: Tools, now: Callable[[], datetime], stopped: Callable[[], bool] = lambda: False) -> int:
    """Does what is to be done for the runs that wait, until `stopped`; how many were finished."""
    with tools.database.reading() as db:
        waiting = asking.waiting(db)
    done = 0
    for run_id, state in waiting:
        try:
            done += (_check if state is RunState.CHECKING else _import)(tools, run_id, now, stopped)
        except Exception as error:  # whatever it is, it is tried again, and the other runs are not held up
            log.error("import.failed", run=run_id, problem=type(error).__name__.lower(), exc_info=error)
    return done


def _check(tools: Tools, run_id: int, now: Callable[[], datetime], stopped: Callable[[], bool]) -> bool:
    """Reads the file and notes what would become of each guide; whether it was finished."""
    with tools.database.writing() as db:
        noted = acting.begin(db, run_id, now())
        db.commit()
    with tools.database.reading() as db:
        found = asking.content(db, run_id)
    if noted is None or found is None:
        return False
    name, content = found
    try:
        total, rows = read(name, content, tools.config.data)
    except sources.Refused as refused:
        busy = refused.code == "import.busy"
        with tools.database.writing() as db:
            acting.not_now(db, run_id) if busy else acting.fail(db, run_id, refused.text, now())
            db.commit()
        return not busy
    rows = islice(rows, noted, None)
    while lot := list(islice(rows, LOT)):
        with tools.database.writing() as db:
            if not acting.note(db, run_id, noted, lot, total, now()):
                return False
            db.commit()
        noted += len(lot)
        if stopped():
            return False
    with tools.database.writing() as db:
        acting.checked(db, run_id, now())
        db.commit()
    log.info("import.checked", run=run_id, count=noted)
    return True


def read(name: str, content: bytes, folder: Path):
    """How many drafts the file holds, and one after the other. Raises Refused."""
    return reading.each(name, workbooks.read(name, content, folder), Path(name).stem)


def _import(tools: Tools, run_id: int, now: Callable[[], datetime], stopped: Callable[[], bool]) -> bool:
    while not stopped():
        with tools.database.writing() as db:
            count = acting.import_some(db, run_id, LOT, now())
            db.commit()
        if count < LOT:
            log.info("import.done", run=run_id)
            return True
    return False
