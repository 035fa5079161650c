"""actions: the record of a case: a hash chain of events, each written in the same stroke as its act."""
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models.cases import Case, Event


def write(db: Session, case: Case, kind: str, now: datetime, *, staff_id: int | None = None, **facts: Any) -> Event:
    """Appends an event. `facts` are ids, codes, days and salted digests: never a person's words or data."""
    db.flush()
    last = db.execute(select(Event.seq, Event.digest).where(Event.case_id == case.id)
                      .order_by(Event.seq.desc()).limit(1)).first()
    seq, previous = (last.seq + 1, last.digest) if last else (1, hashlib.sha256(case.number.encode()).hexdigest())
    event = Event(case_id=case.id, seq=seq, kind=kind, at=now, staff_id=staff_id, facts=facts, previous=previous,
                  digest=digest(previous, case.number, seq, kind, now, staff_id, facts))
    db.add(event)
    return event


def digest(previous: str, number: str, seq: int, kind: str, at: datetime, staff_id: int | None, facts: dict) -> str:
    """What chains an event to the one before it."""
    row = [previous, number, seq, kind, at.astimezone(UTC).isoformat(), staff_id, facts]
    return hashlib.sha256(json.dumps(row, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def broken_at(db: Session, case: Case) -> int | None:
    """The number of the first event that does not follow from the one before it; None where the chain is whole."""
    previous = hashlib.sha256(case.number.encode()).hexdigest()
    for expected, event in enumerate(db.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.seq)), 1):
        whole = digest(previous, case.number, event.seq, event.kind, event.at, event.staff_id, event.facts)
        if event.seq != expected or event.previous != previous or event.digest != whole:
            return expected
        previous = event.digest
    return None
