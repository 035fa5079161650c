"""actions: counts attempts in the database, so that all workers and machines count together."""
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.models.sessions import Throttle


def attempt(db: Session, bucket: str, limit: int, span: timedelta, now: datetime) -> bool:
    """Counts one attempt; False where `limit` attempts lie in the current span already. The caller commits
    also when it refuses. `bucket` is a keyed digest (`web.address_bucket`, or of a code)."""
    starts_at = _starts_at(span, now)
    row = db.scalar(select(Throttle).where(Throttle.bucket == bucket, Throttle.starts_at == starts_at).with_for_update())
    if row is None:
        db.execute(delete(Throttle).where(Throttle.starts_at < now - timedelta(days=2)))
        row = Throttle(bucket=bucket, starts_at=starts_at, count=0)
        db.add(row)
    if row.count >= limit:
        return False
    row.count += 1
    return True


def exhausted(db: Session, bucket: str, limit: int, span: timedelta, now: datetime) -> bool:
    """Whether `limit` attempts lie in the current span already; counts nothing, so that a page may ask."""
    count = db.scalar(select(Throttle.count).where(Throttle.bucket == bucket, Throttle.starts_at == _starts_at(span, now)))
    return (count or 0) >= limit


def forget(db: Session, bucket: str) -> None:
    """After a success: the attempts before it do not count against the next."""
    db.execute(delete(Throttle).where(Throttle.bucket == bucket))


def _starts_at(span: timedelta, now: datetime) -> datetime:
    seconds = int(span.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, now.tzinfo)
