"""jobs: items whose life changes by the clock: an approved change on its day, the end of a suspension. Looked at as often as
guides that go live; what fell due while nothing ran comes first."""
from datetime import datetime

from portal import logs
from portal.actions import items
from portal.jobs import Tools
from portal.queries import items as asking
from portal.rules.calendar import legal_day

log = logs.get()


def turn(tools: Tools, now: datetime) -> int:
    """Does what is due, each item by itself; how many changed. One that fails is tried again and holds up nobody."""
    with tools.database.reading() as db:
        due = asking.due(db, legal_day(now))
    done = 0
    for item_id in due:
        try:
            with tools.database.writing() as db:
                changed = items.turn(db, tools.keys, item_id, now)
                db.commit()
        except Exception as error:  # whatever it is, it is tried again, and the others are not held up
            log.error("item.failed", item=item_id, problem=type(error).__name__.lower(), exc_info=error)
        else:
            done += changed
            log.info("item.changed" if changed else "item.unchanged", item=item_id)
    return done
