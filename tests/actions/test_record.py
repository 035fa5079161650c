"""The record: chains are whole, a change anywhere is named, seals bind them all, and nothing personal is in it."""
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from portal.actions import cases, handling, record
from portal.models.cases import Event, Seal
from portal.models.vouchers import Voucher
from portal.queries.record import Broken, broken, broken_at
from tests.actions.cases import RESTAURANT, acting, sample, stage, submitted
from tests.conftest import NOW


@pytest.fixture
def case(db, ring):
    case = submitted(db, ring, sample("open-restaurant"), RESTAURANT)
    act = acting(db, ring, "shichang.window")
    cases.accept(act, case)
    handling.finish(act, case, stage(case, "food_examine"), "passed", opinion="林小满的材料齐全")
    db.flush()
    return case


def change(db, seq: int, **values) -> None:
    db.execute(update(Event).where(Event.seq == seq).values(**values))


def test_a_whole_chain(db, case):
    assert broken_at(db, case) is None and list(broken(db)) == []


@pytest.mark.parametrize("values", [
    {"kind": "refuse"}, {"staff_id": None}, {"at": NOW + timedelta(seconds=1)}, {"facts": {"due": "2026-12-31"}},
    {"digest": "0" * 64},
])
def test_the_first_changed_event_is_named(db, case, values):
    change(db, 2, **values)
    db.expire_all()
    assert broken_at(db, case) == 2
    assert list(broken(db)) == [Broken(case.number, 2)]


def test_a_missing_event_is_named(db, case):
    db.execute(text("DELETE FROM event WHERE seq = 2"))
    db.expire_all()
    assert broken_at(db, case) == 2


def test_a_case_without_any_event_is_broken(db, case):
    db.execute(text("DELETE FROM event"))
    assert broken_at(db, case) == 1


def test_the_record_holds_nothing_personal(db, case):
    words = "".join(str(row) for row in db.execute(select(Event.kind, Event.facts)))
    assert "林" not in words and "11010519491231002X" not in words
    assert b"\xe6\x9e\x97" not in db.scalars(select(Voucher.facts_sealed)).first()


def test_an_events_version_tells_who_comes_second(db, case):
    before = case.version
    record.write(db, case, "renew_pin", NOW)
    db.flush()
    assert case.version == before + 1


def test_seals_bind_all_chains(db, ring, case):
    first = record.seal(db, NOW)
    assert first is not None and record.seal(db, NOW) is None
    cases.withdraw(acting(db, ring, "shichang.window"), case)
    second = record.seal(db, NOW)
    assert second.previous == first.digest and list(broken(db)) == []


def test_a_chain_that_was_forged_whole_breaks_its_seal(db, case):
    record.seal(db, NOW)
    db.execute(text("DELETE FROM event WHERE seq = 3"))
    db.expire_all()
    assert broken_at(db, case) is None, "the chain alone does not tell that its end was cut off"
    assert list(broken(db)) == [Broken(None, 1)]


def test_a_changed_seal_is_named(db, case):
    record.seal(db, NOW)
    db.execute(update(Seal).values(previous="other"))
    db.expire_all()
    assert list(broken(db)) == [Broken(None, 1)]
