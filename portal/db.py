"""db: engines and sessions on SQLite and PostgreSQL, and the one fair gate that SQLite's writers pass.

SQLite allows one writer. A plain `BEGIN` that upgrades to a write fails under others at once, and the busy
timeout is unfair, so writing transactions take a gate (a queue among threads, `flock` among processes) and
begin IMMEDIATE. Reads never wait. On PostgreSQL the gate does not exist.
"""
import fcntl
import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session


class Gate:
    """First come, first served among the threads of a process; `flock` on a file among processes."""

    def __init__(self, path: Path | None):
        self._path, self._file = path, None
        self._mutex, self._queue, self._busy = threading.Lock(), deque(), False

    def enter(self) -> None:
        turn = threading.Event()
        with self._mutex:
            if self._busy:
                self._queue.append(turn)
            else:
                self._busy = True
                turn.set()
        turn.wait()
        try:
            self._lock()
        except BaseException:  # the next one has her turn, and the same error or none
            self._pass_on()
            raise

    def leave(self) -> None:
        try:
            if self._file is not None:
                fcntl.flock(self._file, fcntl.LOCK_UN)
        finally:
            self._pass_on()

    def _lock(self) -> None:
        if self._path is None:
            return
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def _pass_on(self) -> None:
        with self._mutex:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._busy = False


class Database:
    """The two doors: `reading()` and `writing()`. Neither commits; the outermost caller does, once."""

    def __init__(self, url: str):
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        if self.sqlite:
            self._engine = create_engine(self.url, pool_size=16, connect_args={"timeout": 30, "check_same_thread": False})
            _tame(self._engine, Gate(_lock_path(self.url.database)))
        else:
            self._engine = create_engine(self.url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
        self._writer = self._engine.execution_options(writes=True)

    @property
    def engine(self) -> Engine:
        """For migrations and for the inspection of tables."""
        return self._engine

    def session(self, *, writes: bool) -> Session:
        """A session that the caller closes; one that writes holds the gate from its first statement to its end."""
        return Session(self._writer if writes else self._engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self.session(writes=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self.session(writes=True) as session:
            yield session

    def dispose(self) -> None:
        self._engine.dispose()


def _lock_path(database: str | None) -> Path | None:
    return Path(f"{database}.gate") if database and database != ":memory:" else None


def _tame(engine: Engine, gate: Gate) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection, record):
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection):
        if connection.get_execution_options().get("writes"):
            gate.enter()
            connection.info["gate"] = True
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "checkin")
    def _checkin(connection, record):
        # After the commit or rollback is done, not before: `commit` events fire too early.
        if record.info.pop("gate", False):
            gate.leave()
