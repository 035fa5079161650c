"""actions: the outbox: work that an act owes, and work that something greater has just done."""
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from portal.models.outbox import OutboxRow, Topic


def owe(db: Session, topic: Topic, payload: dict[str, int], now: datetime) -> None:
    """Writes down, in the transaction of the act, what a job will do. `payload` names rows that are stored already."""
    db.connection().execute(insert(OutboxRow), {"topic": topic, "payload": payload, "created_at": now, "attempts": 0})


def last(db: Session, topic: Topic) -> int:
    """The number of the topic's newest row; 0 where there is none."""
    return db.scalar(select(func.max(OutboxRow.id)).where(OutboxRow.topic == topic)) or 0


def cross_out(db: Session, topic: Topic, until: int, now: datetime) -> None:
    """The topic's rows up to this number are done: a whole publication does what every single one asked for."""
    db.execute(update(OutboxRow).where(OutboxRow.topic == topic, OutboxRow.id <= until, OutboxRow.done_at.is_(None))
               .values(done_at=now, failure=None))
