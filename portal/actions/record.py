"""actions: the record of a case: a hash chain of events, each written in the same stroke as its act, and sealed nightly."""
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.models.cases import Case, Event, Seal
from portal.rules import record


def write(db: Session, case: Case, kind: str, now: datetime, *, staff_id: int | None = None, **facts: Any) -> Event:
    """Appends an event. `facts` are ids, codes, days and salted digests: never a person's words or data.

    Every event but the first raises the version of the case, so that of two acts at once one is told
    (`StaleDataError`), also where they changed different rows of it.
    """
    last = _last(db, case) if case.id is not None else None
    seq, previous = (last.seq + 1, last.digest) if last else (1, record.start(case.number))
    if last:
        flag_modified(case, "state")
    event = Event(case=case, seq=seq, kind=str(kind), at=now, staff_id=staff_id, facts=facts, previous=previous,
                  digest=record.digest(previous, case.number, seq, kind, now, staff_id, facts))
    db.add(event)
    return event


def _last(db: Session, case: Case) -> Row | None:
    db.flush()
    return db.execute(select(Event.seq, Event.digest).where(Event.case_id == case.id)
                      .order_by(Event.seq.desc()).limit(1)).first()


def seal(db: Session, now: datetime) -> Seal | None:
    """Seals all chains: one digest over every event since the last seal, chained to it. None where there is none."""
    if db.get_bind().dialect.name == "postgresql":
        # An event of an open transaction may have a lower id than one that is committed already: wait for it.
        db.execute(text("LOCK TABLE event IN SHARE MODE"))
    before = db.scalar(select(Seal).order_by(Seal.id.desc()).limit(1))
    after, previous = (before.last_event_id, before.digest) if before else (0, "")
    last = db.scalar(select(func.max(Event.id)).where(Event.id > after))
    if last is None:
        return None
    digests = db.scalars(select(Event.digest).where(Event.id > after, Event.id <= last).order_by(Event.id))
    row = Seal(at=now, last_event_id=last, previous=previous, digest=record.seal(previous, digests))
    db.add(row)
    return row
