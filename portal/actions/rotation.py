"""actions: data keys come under the current master key. Nothing that is sealed is touched."""
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.keys import KeyRing
from portal.models.applications import Application
from portal.models.people import Party
from portal.models.readers import Report

BATCH = 500


def rewrap(db: Session, ring: KeyRing) -> int:
    """Wraps every data key anew that an older master key wraps, and returns how many. Again is no harm.

    The rows' versions stay as they are: who is filling in a form is not disturbed. Raises KeyProblem where a master key is missing.
    """
    return sum(_rewrap(db, ring, owner.__table__) for owner in (Application, Party, Report))


def _rewrap(db: Session, ring: KeyRing, table) -> int:
    done = last = 0
    while rows := db.execute(
        select(table.c.id, table.c.wrapped_key).where(table.c.id > last, table.c.wrapped_key.is_not(None))
        .order_by(table.c.id).limit(BATCH)
    ).all():
        last = rows[-1].id
        for row in rows:
            if not ring.is_current(row.wrapped_key):
                db.execute(update(table).where(table.c.id == row.id).values(wrapped_key=ring.rewrap(row.wrapped_key)))
                done += 1
    return done
