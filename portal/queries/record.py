"""queries: the record: what happened in a case, and whether every chain and every seal is whole."""
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.models.cases import Case, Event, Seal
from portal.models.people import Staff
from portal.rules import record

AT_A_TIME = 2000


class Broken(NamedTuple):
    """The first link that does not hold: of a case's chain (`case`, the number of the event), or of the seals."""

    case: str | None
    link: int


def events(db: Session, case_id: int) -> list[Event]:
    """The record of a case, oldest first, with who acted."""
    return list(db.scalars(select(Event).options(joinedload(Event.staff).lazyload(Staff.roles)).where(Event.case_id == case_id).order_by(Event.seq)))


def broken_at(db: Session, case: Case) -> int | None:
    """The number of the first event that does not follow from the one before it; None where the chain is whole."""
    previous = record.start(case.number)
    expected = 1
    for event in db.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.seq)):
        if event.seq != expected or event.previous != previous or event.digest != _digest(previous, case.number, event):
            return expected
        previous, expected = event.digest, expected + 1
    return None if expected > 1 else 1


def broken(db: Session) -> Iterator[Broken]:
    """The first broken link of every case whose chain is broken, then of the seals. The tables are streamed."""
    numbers = select(Case).order_by(Case.id).execution_options(yield_per=AT_A_TIME)
    for case in db.scalars(numbers):
        link = broken_at(db, case)
        if link is not None:
            yield Broken(case.number, link)
    yield from _broken_seals(db)


def counts(db: Session) -> tuple[int, int, int]:
    """How many cases, events and seals there are."""
    return tuple(db.scalar(select(func.count()).select_from(table)) for table in (Case, Event, Seal))


def _broken_seals(db: Session) -> Iterator[Broken]:
    after, previous = 0, ""
    for number, seal in enumerate(db.scalars(select(Seal).order_by(Seal.id)).all(), 1):
        digests = db.scalars(select(Event.digest).where(Event.id > after, Event.id <= seal.last_event_id).order_by(Event.id))
        if seal.previous != previous or seal.digest != record.seal(previous, digests):
            yield Broken(None, number)
            return
        after, previous = seal.last_event_id, seal.digest


def _digest(previous: str, number: str, event: Event) -> str:
    return record.digest(previous, number, event.seq, event.kind, event.at, event.staff_id, event.facts)
