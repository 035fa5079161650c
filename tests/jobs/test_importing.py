"""The worker on workbooks: what dies in the middle goes on, two workers do nothing twice, what cannot be read is given up."""
import pytest
from sqlalchemy import func, select

from portal.actions import workbooks as acting
from portal.jobs import importing
from portal.models.guides import GuideRevision
from portal.models.importing import ImportRow, ImportRun
from portal.models.people import Staff
from tests.conftest import NOW

ROWS = 50


@pytest.fixture
def handed_in(tools) -> int:
    return hand_in(tools, "\n".join(["事项名称,基本编码", *(f"第{number}项,9903{number:08}" for number in range(ROWS))]).encode())


def hand_in(tools, content: bytes, name: str = "表.csv") -> int:
    with tools.database.writing() as db:
        staff = db.scalar(select(Staff).where(Staff.username == "bianji"))
        run = acting.take_in(db, staff, name, content, NOW)
        db.commit()
        return run.id


def count(tools, model) -> int:
    with tools.database.reading() as db:
        return db.scalar(select(func.count()).select_from(model))


def state(tools, run_id: int) -> ImportRun:
    with tools.database.reading() as db:
        return db.get_one(ImportRun, run_id)


def work(tools) -> int:
    return importing.work(tools, lambda: NOW)


def start(tools, run_id: int) -> bool:
    with tools.database.writing() as db:
        done = acting.start(db, run_id, NOW)
        db.commit()
        return done


def dies_after(monkeypatch, name: str, times: int) -> None:
    """The act dies in the middle of its work, as a killed process does: nothing of its lot is committed."""
    real, calls = getattr(acting, name), []

    def dying(*given):
        calls.append(1)
        found = real(*given)
        if len(calls) > times:
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(acting, name, dying)


@pytest.mark.parametrize("times", [3, 25])
def test_a_check_that_died_goes_on_without_doubling(tools, handed_in, monkeypatch, times):
    with monkeypatch.context() as patch:
        dies_after(patch, "_noted", times)
        with pytest.raises(KeyboardInterrupt):
            work(tools)
    assert count(tools, ImportRow) == times // importing.LOT * importing.LOT
    assert work(tools) == 1 and count(tools, ImportRow) == ROWS and state(tools, handed_in).state == "checked"


@pytest.mark.parametrize("times", [3, 25])
def test_an_import_that_died_goes_on_without_doubling(tools, handed_in, monkeypatch, times):
    work(tools)
    assert start(tools, handed_in) and not start(tools, handed_in)
    with monkeypatch.context() as patch:
        dies_after(patch, "_import", times)
        with pytest.raises(KeyboardInterrupt):
            work(tools)
    assert count(tools, GuideRevision) == times // importing.LOT * importing.LOT
    assert work(tools) == 1 and count(tools, GuideRevision) == ROWS and state(tools, handed_in).state == "done"
    assert work(tools) == 0 and count(tools, GuideRevision) == ROWS


def test_a_second_worker_notes_nothing_that_the_first_has_noted(tools, handed_in):
    with tools.database.writing() as db:
        assert acting.begin(db, handed_in, NOW) == 0
        db.commit()
    total, rows = importing.read("表.csv", "\n".join(["事项名称,基本编码", "甲,990400000001"]).encode(), tools.config.data)
    lot = list(rows)
    for expected in (True, False):
        with tools.database.writing() as db:
            assert acting.note(db, handed_in, 0, lot, total, NOW) is expected
            db.commit()
    assert count(tools, ImportRow) == 1


def test_a_file_that_kills_its_reader_is_given_up(tools, handed_in, monkeypatch):
    def dying(*given):
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "read", dying)
    for _ in range(acting.MAX_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            work(tools)
    assert work(tools) == 0
    found = state(tools, handed_in)
    assert found.state == "failed" and "拆成几个" in found.failure["zh"] and found.failure["en"]


def test_one_run_that_fails_holds_up_no_other(tools, monkeypatch):
    first, second = hand_in(tools, b"PK\x03\x04", "坏.xlsx"), hand_in(tools, "事项名称\n好的事项\n".encode())
    assert work(tools) == 2
    assert (state(tools, first).state, state(tools, second).state) == ("failed", "checked")


def test_the_same_item_twice_in_a_file_is_imported_once(tools):
    run_id = hand_in(tools, "事项名称,基本编码,实施编码,承诺办结时限\n甲,990400000001,A1,5个工作日\n甲,990400000001,A2,9个工作日\n".encode())
    work(tools)
    start(tools, run_id)
    work(tools)
    with tools.database.reading() as db:
        assert [row.kept for row in db.scalars(select(ImportRow).order_by(ImportRow.place))] == ["new", "taken"]
    assert count(tools, GuideRevision) == 1


def test_old_files_go_when_a_new_one_comes(tools, handed_in):
    work(tools)
    with tools.database.writing() as db:
        staff = db.scalar(select(Staff).where(Staff.username == "bianji"))
        acting.take_in(db, staff, "新.csv", b"x", NOW + acting.LASTS * 2)
        db.commit()
    assert count(tools, ImportRun) == 1 and count(tools, ImportRow) == 0
