"""actions: counts attempts in the database, so that all workers and machines count together."""
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.models.sessions import Throttle


def attempt(db: Session, bucket: str, limit: int, span: timedelta, now: datetime) -> bool:
    """Counts one attempt; False where `limit` attempts lie in the current span already. The caller commits
    also when it refuses. `bucket` is a keyed digest (`web.address_bucket`, or of a code)."""
    since = starts_at(span, now)
    mine = select(Throttle).where(Throttle.bucket == bucket, Throttle.starts_at == since).with_for_update()
    row = db.scalar(mine)
    if row is None:
        db.execute(delete(Throttle).where(Throttle.starts_at < now - timedelta(days=2)))
        # Of two that try at once on PostgreSQL, the second finds the row of the first and waits for it.
        insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
        db.execute(insert(Throttle).values(bucket=bucket, starts_at=since, count=0).on_conflict_do_nothing())
        row = db.scalars(mine).one()
    if row.count >= limit:
        return False
    row.count += 1
    return True


def exhausted(db: Session, bucket: str, limit: int, span: timedelta, now: datetime) -> bool:
    """Whether `limit` attempts lie in the current span already; counts nothing, so that a page may ask."""
    count = db.scalar(select(Throttle.count).where(Throttle.bucket == bucket, Throttle.starts_at == starts_at(span, now)))
    return (count or 0) >= limit


def forget(db: Session, bucket: str) -> None:
    """After a success: the attempts before it do not count against the next."""
    db.execute(delete(Throttle).where(Throttle.bucket == bucket))


def starts_at(span: timedelta, now: datetime) -> datetime:
    """When the current span began."""
    seconds = int(span.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, now.tzinfo)
