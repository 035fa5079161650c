"""rules/record: what chains the events of a case to each other, and the seals over all events to each other."""
import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime


def start(number: str) -> str:
    """What the first event of the case of that number is chained to."""
    return hashlib.sha256(number.encode()).hexdigest()


def digest(previous: str, number: str, seq: int, kind: str, at: datetime, staff_id: int | None, facts: dict) -> str:
    """What chains an event to the one before it."""
    row = [previous, number, seq, str(kind), at.astimezone(UTC).isoformat(), staff_id, facts]
    return hashlib.sha256(json.dumps(row, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def seal(previous: str, digests: Iterable[str]) -> str:
    """The digest of a seal: over the seal before, and all events since then in the order of their ids."""
    found = hashlib.sha256(previous.encode())
    for one in digests:
        found.update(one.encode())
    return found.hexdigest()
