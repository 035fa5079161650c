"""A process that accepts by the clock is killed by SIGKILL at every one of its writes: the old state or the new, and nothing lost."""
import os
import signal

from sqlalchemy import event, func, select

from portal.db import Database
from portal.jobs import Tools, intake
from portal.models.cases import Case, CaseState, Event, Notice
from portal.models.outbox import OutboxRow
from portal.models.vouchers import Voucher, VoucherKind
from portal.queries import record
from portal.rules.calendar import day_starts
from tests.actions.cases import RESTAURANT, sample, submitted
from tests.conftest import NOW

LATE = day_starts(NOW.date().replace(day=13))


def killed_at(tools: Tools, number: int) -> bool:
    """Accepts in a process of its own, which kills itself before its write of that number; whether it came so far."""
    child = os.fork()
    if child == 0:
        database, left = Database(tools.database.url.render_as_string(hide_password=False)), [number]

        def count(*_args) -> None:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

        @event.listens_for(database.engine, "before_cursor_execute")
        def _write(_connection, _cursor, statement, *_rest) -> None:
            if statement.split()[0] in ("INSERT", "UPDATE", "DELETE"):
                count()

        event.listen(database.engine, "commit", count)
        try:
            intake.deem(Tools(tools.config, database, tools.keys, tools.storage), LATE)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def stands(tools: Tools, case_id: int) -> tuple:
    """State, events, vouchers of acceptance, notices, and what is owed to the printer."""
    with tools.database.reading() as db:
        case = db.get_one(Case, case_id)
        assert record.broken_at(db, case) is None
        papers = select(func.count()).select_from(Voucher).where(Voucher.case_id == case_id, Voucher.kind == VoucherKind.ACCEPTANCE)
        kinds = db.scalars(select(Event.kind).where(Event.case_id == case_id).order_by(Event.seq)).all()
        return (case.state, kinds, db.scalar(papers), db.scalar(select(func.count()).select_from(Notice)),
                db.scalar(select(func.count()).select_from(OutboxRow)))


def test_killed_at_every_write_and_begun_again(tools, ring):
    with tools.database.writing() as db:
        case_id = submitted(db, ring, sample("open-restaurant"), RESTAURANT).id
        db.commit()
    old = stands(tools, case_id)
    tools.database.dispose()
    number = 0
    while killed_at(tools, number := number + 1):
        assert stands(tools, case_id) == old, f"killed at write {number}"
        tools.database.dispose()
    assert number > 10, "the act has many writes"
    new = (CaseState.ACCEPTED, ["submit", "deem"], 1, 1, old[4] + 1)
    assert stands(tools, case_id) == new
    assert intake.deem(tools, LATE) == 0 and stands(tools, case_id) == new
