"""jobs: the outbox is drained. Each topic has a line of its own, so that a slow paper keeps no page waiting.

A row is crossed out after its work; a crash in between does the work again, so every handler bears being called twice.
What fails is tried again, later each time, for ever: what an act owes is never dropped.
"""
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select, update

from portal import logs
from portal.jobs import Tools, papers, sites
from portal.models.outbox import OutboxRow, Topic
from portal.publishing.publications import Held
from portal.rules.problems import Problem

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=6)
LOOKED_AT = 500

log = logs.get()


class Line(NamedTuple):
    """A topic, what does its work, how many rows that takes at once, what is made ready before the first, and which rows go
    first and each by itself, by what their payload has."""

    topic: Topic
    handle: Callable[[Tools, list[dict[str, Any]]], None]
    at_once: int = 1
    make_ready: Callable[[Tools], None] = lambda tools: None
    first: str = ""


LINES = [
    Line(Topic.PRINT_VOUCHER, papers.print_vouchers, make_ready=papers.make_ready),
    Line(Topic.PUBLISH_GUIDE, sites.publish_guides, LOOKED_AT, sites.make_ready, first=sites.BACK),
]


def drain(tools: Tools, line: Line, now: datetime) -> int:
    """Does the work of the rows that are due, oldest first; the number that was done. A failure is kept with its row,
    and the next rows follow."""
    done = 0
    for batch in _batches(line, _due(tools, line.topic, now)):
        try:
            line.handle(tools, [payload for _, payload in batch])
        except Held:  # nothing failed: the rows wait for the publication that shows them all
            break
        except Exception as error:  # whatever it is, the row stays and the others are not held up
            _failed(tools, batch, error)
        else:
            _cross_out(tools, batch)
            done += len(batch)
    return done


def waits_until(created_at: datetime, attempts: int) -> datetime:
    """When a row is tried again after so many failures: 5 seconds after it was written, then 10, 20 and so on."""
    return created_at + min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT * attempts) if attempts else created_at


def _batches(line: Line, rows: list[tuple[int, dict[str, Any]]]) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    yield from ([row] for row in rows if line.first in row[1])
    others = [row for row in rows if line.first not in row[1]]
    yield from (others[at:at + line.at_once] for at in range(0, len(others), line.at_once))


def _due(tools: Tools, topic: Topic, now: datetime) -> list[tuple[int, dict[str, Any]]]:
    with tools.database.reading() as db:
        rows = db.execute(
            select(OutboxRow.id, OutboxRow.payload, OutboxRow.created_at, OutboxRow.attempts)
            .where(OutboxRow.topic == topic, OutboxRow.done_at.is_(None))
            .order_by(OutboxRow.attempts, OutboxRow.id).limit(LOOKED_AT)).all()
    return [(row.id, row.payload) for row in rows if waits_until(row.created_at, row.attempts) <= now]


def _cross_out(tools: Tools, batch: list[tuple[int, dict[str, Any]]]) -> None:
    with tools.database.writing() as db:
        db.execute(update(OutboxRow).where(OutboxRow.id.in_([row_id for row_id, _ in batch]))
                   .values(done_at=datetime.now(UTC), failure=None))
        db.commit()


def _failed(tools: Tools, batch: list[tuple[int, dict[str, Any]]], error: Exception) -> None:
    """Keeps the code of a Problem, or the type of the error: never its words, which may quote what somebody typed."""
    said = error.code if isinstance(error, Problem) else type(error).__name__
    log.error("outbox.failed", outbox=batch[0][0], count=len(batch), problem=said.lower(), exc_info=error)
    with tools.database.writing() as db:
        db.execute(update(OutboxRow).where(OutboxRow.id.in_([row_id for row_id, _ in batch]))
                   .values(attempts=OutboxRow.attempts + 1, failure=said))
        db.commit()
