"""db: the gate lets writers through one by one and in turn; readers never wait."""
import threading

import pytest
from sqlalchemy import text

from portal.db import Database, Gate


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/t.sqlite")
    with database.writing() as session:
        session.execute(text("CREATE TABLE t (n INTEGER)"))
        session.commit()
    yield database
    database.dispose()


def test_many_writers_lose_nothing(database):
    def add():
        for _ in range(20):
            with database.writing() as session:
                n = session.scalar(text("SELECT coalesce(max(n), 0) FROM t"))
                session.execute(text("INSERT INTO t VALUES (:n)"), {"n": n + 1})
                session.commit()

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.scalars(text("SELECT n FROM t ORDER BY n")).all() == list(range(1, 161))


def test_a_failed_writer_opens_the_gate(database):
    with pytest.raises(RuntimeError), database.writing() as session:
        session.execute(text("INSERT INTO t VALUES (1)"))
        raise RuntimeError
    with database.writing() as session:
        assert session.scalar(text("SELECT count(*) FROM t")) == 0


def test_a_gate_that_cannot_be_locked_fails_each_writer_and_then_none(tmp_path):
    """The file belongs to somebody else for a while: nobody waits for ever, and afterwards all goes on."""
    path = tmp_path / "gate"
    path.mkdir()
    gate = Gate(path)
    for _ in range(2):
        with pytest.raises(OSError):
            gate.enter()
    path.rmdir()
    gate.enter()
    gate.leave()


def test_a_reader_does_not_wait_for_a_writer(database):
    with database.writing() as writer:
        writer.execute(text("INSERT INTO t VALUES (1)"))
        with database.reading() as reader:
            assert reader.scalar(text("SELECT count(*) FROM t")) == 0


def test_sqlite_is_durable_and_checks_references(database):
    with database.reading() as session:
        assert session.scalar(text("PRAGMA synchronous")) == 2
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
