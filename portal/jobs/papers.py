"""jobs: the papers that acts owe. A voucher is printed from its stored facts; again is no harm, the first print counts."""
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from pdfs import engine
from portal.jobs import Tools
from portal.publishing import vouchers


def make_ready(tools: Tools) -> None:
    """Loads the press before somebody waits for a paper. Where it cannot print, each paper says so in its own row."""
    with suppress(engine.PressProblem):
        engine.make_ready()


def print_vouchers(tools: Tools, payloads: list[dict[str, Any]]) -> None:
    """Prints each voucher that nobody printed yet, and keeps it. Raises KeyProblem, StorageProblem, PressProblem."""
    for payload in payloads:
        vouchers.issued(tools.database, tools.keys, tools.storage, payload["voucher_id"], datetime.now(UTC))
