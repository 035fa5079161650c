"""The outbox: what acts owe is done once and bears being done twice; a failure is kept, waits, and holds nobody up."""
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.jobs import outbox, worker
from portal.models.outbox import OutboxRow, Topic
from portal.models.vouchers import Voucher
from portal.rules.problems import Problem
from tests.actions.cases import RESTAURANT, sample, submitted
from tests.conftest import NOW

PRINTING = outbox.LINES[0]


@pytest.fixture
def voucher_id(tools, ring):
    with tools.database.writing() as db:
        case = submitted(db, ring, sample("open-restaurant"), RESTAURANT)
        db.commit()
        return db.scalars(select(Voucher.id).where(Voucher.case_id == case.id)).one()


def rows(tools, topic=Topic.PRINT_VOUCHER):
    with tools.database.reading() as db:
        return db.scalars(select(OutboxRow).where(OutboxRow.topic == topic).order_by(OutboxRow.id)).all()


def test_a_voucher_is_printed_and_crossed_out(tools, voucher_id):
    assert outbox.drain(tools, PRINTING, NOW) == 1
    with tools.database.reading() as db:
        voucher = db.get_one(Voucher, voucher_id)
    assert voucher.printed_at is not None and rows(tools)[0].done_at is not None
    assert outbox.drain(tools, PRINTING, NOW) == 0


def test_a_crash_after_the_work_does_it_again_to_the_same_bytes(tools, voucher_id):
    payload = {"voucher_id": voucher_id}
    PRINTING.handle(tools, [payload])
    with tools.database.reading() as db:
        first = db.get_one(Voucher, voucher_id)
    assert outbox.drain(tools, PRINTING, NOW) == 1
    with tools.database.reading() as db:
        again = db.get_one(Voucher, voucher_id)
    assert (again.storage_key, again.digest) == (first.storage_key, first.digest)
    assert len(list(tools.storage.names())) == 1


def test_a_failure_is_kept_without_words_waits_longer_and_holds_nobody_up(tools, voucher_id):
    seen = []

    def handle(tools, payloads):
        seen.append(payloads)
        if payloads[0].get("voucher_id") == voucher_id:
            raise ValueError("林小满")

    with tools.database.writing() as db:
        db.add(OutboxRow(topic=Topic.PRINT_VOUCHER, payload={"voucher_id": 0}, created_at=NOW))
        db.commit()
    line = outbox.Line(Topic.PRINT_VOUCHER, handle)
    assert outbox.drain(tools, line, NOW) == 1
    failed, done = rows(tools)
    assert (failed.attempts, failed.failure, failed.done_at) == (1, "ValueError", None) and done.done_at is not None
    assert outbox.drain(tools, line, NOW + timedelta(seconds=4)) == 0 and len(seen) == 2
    outbox.drain(tools, line, NOW + timedelta(seconds=5))
    assert rows(tools)[0].attempts == 2


def test_a_problem_is_kept_by_its_code(tools, voucher_id):
    def handle(tools, payloads):
        raise Problem("storage.down", "暂时无法存取文件", "Files cannot be stored")

    outbox.drain(tools, outbox.Line(Topic.PRINT_VOUCHER, handle), NOW)
    assert rows(tools)[0].failure == "storage.down"


def test_rows_are_taken_together_where_a_line_says_so(tools, voucher_id):
    taken = []
    with tools.database.writing() as db:
        db.add_all(OutboxRow(topic=Topic.SEND_MESSAGE, payload={"message_id": number}, created_at=NOW) for number in range(5))
        db.commit()
    line = outbox.Line(Topic.SEND_MESSAGE, lambda tools, payloads: taken.append(len(payloads)), at_once=3)
    assert outbox.drain(tools, line, NOW) == 5 and taken == [3, 2]
    assert rows(tools)[0].done_at is None


def test_waits_grow_and_end():
    waits = [outbox.waits_until(NOW, attempts) - NOW for attempts in range(0, 30)]
    assert waits[:4] == [timedelta(0), timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert waits == sorted(waits) and waits[-1] - waits[-2] <= outbox.LONGEST_WAIT


def test_a_line_that_fails_goes_on(tools, monkeypatch):
    """A full disk, say: the thread that prints must not end unseen while the worker lives on."""
    stop, calls = threading.Event(), []

    def drain(tools, line, now):
        calls.append(line)
        if len(calls) == 1:
            raise OSError("no space left")
        stop.set()
        return 1

    monkeypatch.setattr(outbox, "drain", drain)
    worker._keep_draining(tools, outbox.LINES[0], stop)
    assert len(calls) == 2


def test_the_worker_drains_and_stops(tools, voucher_id):
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(tools, stop))
    thread.start()
    until = datetime.now(UTC) + timedelta(seconds=60)
    while rows(tools)[0].done_at is None and datetime.now(UTC) < until:
        time.sleep(0.1)
    stop.set()
    thread.join(30)
    assert not thread.is_alive() and rows(tools)[0].done_at is not None
