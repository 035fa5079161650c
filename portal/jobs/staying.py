"""jobs: every guide in force is looked at once a night, some at a time, so that nobody who writes waits long."""
from datetime import datetime

from portal import logs
from portal.actions import staying
from portal.jobs import Tools

AT_ONCE = 50

log = logs.get()


def look(tools: Tools, now: datetime) -> int:
    """Looks at all guides in force; how many. Stopped in between, the next run goes on."""
    done = 0
    while True:
        with tools.database.writing() as db:
            some = staying.look(db, now, AT_ONCE)
            db.commit()
        done += some
        if not some:
            log.info("guides.looked", job="look", count=done)
            return done
