"""actions: counts attempts in the database, so that all workers and machines count together.

What counts is what failed. An attempt is counted before its slow work, so that many at once cannot slip through, and
taken back where it went well. A bucket is a keyed digest: of a caller's network (`web.address_bucket`), of what is
tried, or of both. Behind one address stands a whole hall, or a telephone company, so its own limit is large; what is
tried has a small limit for each address and a large one for all, so that nobody shuts its owner out from one place.
"""
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.models.sessions import Throttle


class Limit(NamedTuple):
    """At most `most` in each span of a bucket."""

    bucket: str
    most: int
    span: timedelta


def attempts(db: Session, limits: Sequence[Limit], now: datetime) -> bool:
    """Counts one attempt in every bucket; False, and nothing is counted, where one is full: who is refused at a narrow
    bucket does not fill the wide ones. Name them from narrow to wide. The caller commits."""
    rows = []
    for limit in limits:
        row = _row(db, limit.bucket, starts_at(limit.span, now), now)
        if row.count >= limit.most:
            return False
        rows.append(row)
    for row in rows:
        row.count += 1
    return True


def attempt(db: Session, bucket: str, limit: int, span: timedelta, now: datetime) -> bool:
    """Counts one attempt; False where `limit` attempts lie in the current span already. The caller commits."""
    return attempts(db, [Limit(bucket, limit, span)], now)


def take_back(db: Session, limits: Sequence[Limit], now: datetime) -> None:
    """The attempt that was counted went well. One counted in a span that has ended since stays there."""
    for limit in limits:
        db.execute(update(Throttle).where(Throttle.bucket == limit.bucket, Throttle.starts_at == starts_at(limit.span, now),
                                          Throttle.count > 0).values(count=Throttle.count - 1))


def exhausted(db: Session, bucket: str, limit: int, span: timedelta, now: datetime) -> bool:
    """Whether `limit` attempts lie in the current span already; counts nothing, so that a page may ask."""
    count = db.scalar(select(Throttle.count).where(Throttle.bucket == bucket, Throttle.starts_at == starts_at(span, now)))
    return (count or 0) >= limit


def starts_at(span: timedelta, now: datetime) -> datetime:
    """When the current span began."""
    seconds = int(span.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, now.tzinfo)


def _row(db: Session, bucket: str, since: datetime, now: datetime) -> Throttle:
    mine = select(Throttle).where(Throttle.bucket == bucket, Throttle.starts_at == since).with_for_update().execution_options(populate_existing=True)
    row = db.scalar(mine)
    if row is None:
        db.execute(delete(Throttle).where(Throttle.starts_at < now - timedelta(days=2)))
        # Of two that try at once on PostgreSQL, the second finds the row of the first and waits for it.
        insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
        db.execute(insert(Throttle).values(bucket=bucket, starts_at=since, count=0).on_conflict_do_nothing())
        row = db.scalars(mine).one()
    return row
