"""jobs: what nobody needs any more: drafts past their day, readers' reports long answered, and stored files that no row speaks of.

Both may be stopped at any moment and done twice: a draft is erased in one transaction before its files go, and files
that are left behind then are found by the sweep.
"""
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from portal import logs
from portal.actions import applications, reports
from portal.jobs import Tools
from portal.queries import applications as asking

AGE = timedelta(days=1)
"""A file gets its row within minutes of being stored; whatever has none after a day was left behind by a crash."""
AT_ONCE = 500

log = logs.get()


def erase(tools: Tools, now: datetime) -> int:
    """Erases the drafts that were not filled in for thirty days; how many. Raises StorageProblem where files cannot be
    deleted: their rows are gone already, and the sweep deletes them."""
    with tools.database.reading() as db:
        late = asking.expired(db, now)
    done = 0
    for application_id in late:
        with tools.database.writing() as db:
            places = applications.erase(db, application_id, now)
            db.commit()
        if places is not None:
            done += 1
            for place in places:
                tools.storage.delete(place)
    log.info("drafts.erased", job="erase", count=done)
    return done


def erase_reports(tools: Tools, now: datetime) -> int:
    """Erases what readers wrote, half a year after it was answered; how many."""
    with tools.database.writing() as db:
        done = reports.erase(db, now)
        db.commit()
    log.info("reports.erased", job="erase_reports", count=done)
    return done


def sweep(tools: Tools, now: datetime) -> int:
    """Deletes stored files older than a day that no file in use and no voucher names; how many. Raises StorageProblem."""
    done = 0
    for places in _batches(tools.storage.names(before=now - AGE)):
        with tools.database.reading() as db:
            left = asking.unnamed(db, places)
        for place in sorted(left):
            tools.storage.delete(place)
        done += len(left)
    log.info("files.swept", job="sweep", count=done)
    return done


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    names = iter(names)
    while batch := list(islice(names, AT_ONCE)):
        yield batch
