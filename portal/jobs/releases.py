"""jobs: guides that go live at a set time. Looked at every few seconds, so that what fell due while nothing ran comes first."""
from datetime import datetime

from sqlalchemy.orm import joinedload, undefer

from portal import logs
from portal.actions import revisions
from portal.jobs import Tools
from portal.models.guides import GuideRevision

log = logs.get()


def release(tools: Tools, now: datetime) -> int:
    """Publishes what is due, each by itself; how many went live. One that lint stops falls back and holds up nobody.

    Whether a revision is still due is asked again behind the gate: a publisher may have been faster, or have sent it back.
    """
    with tools.database.reading() as db:
        waiting = revisions.due(db, now)
    done = 0
    for revision_id in waiting:
        try:
            live = _release(tools, revision_id, now)
        except Exception as error:  # whatever it is, it is tried again, and the others are not held up
            log.error("release.failed", revision=revision_id, problem=type(error).__name__.lower(), exc_info=error)
        else:
            done += live
            log.info("release.done" if live else "release.stopped", revision=revision_id)
    return done


def _release(tools: Tools, revision_id: int, now: datetime) -> bool:
    with tools.database.writing() as db:
        if revision_id not in revisions.due(db, now):
            return False
        whole = [undefer(GuideRevision.document), joinedload(GuideRevision.item)]
        live = revisions.go_live(db, db.get_one(GuideRevision, revision_id, options=whole), now)
        db.commit()
        return live
