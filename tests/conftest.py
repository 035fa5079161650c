"""Fixtures of the house: a database on either engine, a small county in it, the application, an inspecting client."""
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings
from sqlalchemy import event

from portal import create_app, keys
from portal.actions import accounts, calendars, places
from portal.config import Config, load
from portal.db import Database
from portal.models import Base
from portal.rules.calendar_seed import seed
from portal.sample.county import county
from tests.counties import NOW as NOW
from tests.counties import Counties, put_in_force
from tests.counties import publish_file as publish_file
from tests.engines import ENGINES, Kept, Postgres
from tests.inspector import Inspector

PASSWORD = "correct horse"


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
def counties(settled, tmp_path_factory) -> Counties:
    """The same with guides in force."""
    return Counties(settled, tmp_path_factory.mktemp("counties"))


@pytest.fixture(scope="session", autouse=True)
def quick_hashes():
    """Passwords and PINs by Argon2 with the least that it takes; the house's own hasher is given to the test that looks at it."""
    real = accounts._hasher
    least = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    accounts._hasher = lambda: least
    yield real()
    accounts._hasher = real


settings.register_profile("house", deadline=None)  # no test is timed: a machine may be busy with something else
settings.load_profile("house")
gc.disable()


def pytest_collection_finish():
    """What stands after the collection stands to the end, so that the garbage collector need not walk it again and again."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


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


@pytest.fixture(scope="session")
def kept(request, tmp_path_factory) -> Iterator[Callable[..., Kept]]:
    """The settled database of an engine that tests take in turns; `kept(engine, slugs)` has these sample guides in force."""
    made: dict[tuple[str, tuple[str, ...]], Kept] = {}

    def of(engine: str, slugs: tuple[str, ...] = ()) -> Kept:
        if (engine, slugs) not in made:
            on = _on_sqlite if engine == "sqlite" else _on_postgres
            made[engine, slugs] = Kept(*on(request, tmp_path_factory.mktemp("kept"), slugs, len(made)))
        return made[engine, slugs]

    yield of
    for one in made.values():
        one.database.dispose()


def _on_sqlite(request, folder: Path, slugs: tuple[str, ...], number: int) -> tuple[str, Callable[[], None]]:
    template = request.getfixturevalue("counties").of(slugs) if slugs else request.getfixturevalue("settled")

    def lay() -> None:
        for file in folder.glob("banshi.sqlite*"):
            file.unlink()
        shutil.copy(template, folder / "banshi.sqlite")
    return f"sqlite:///{folder}/banshi.sqlite", lay


def _on_postgres(request, folder: Path, slugs: tuple[str, ...], number: int) -> tuple[str, Callable[[], None]]:
    postgres, template = request.getfixturevalue("postgres"), "settled"
    if slugs:
        template = f"settled_{number}"
        database = postgres.fresh(template, "settled")
        put_in_force(database, slugs)
        database.dispose()
    return postgres.server.get_uri(f"one_{number}"), lambda: postgres.lay(f"one_{number}", template)


@pytest.fixture(params=ENGINES)
def database(request, kept) -> Iterator[Database]:
    """A settled database on each engine."""
    with kept(request.param).lent() as database:
        yield database


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
def engine() -> str:
    """The database under the application; `@pytest.mark.parametrize("engine", ENGINES)` takes both."""
    return "sqlite"


@pytest.fixture(scope="session")
def applications(request, tmp_path_factory, ring) -> Iterator[Callable[[str], Flask]]:
    """The application on an engine, made once: each test finds its folder and its database as they were at the beginning."""
    made: dict[str, Flask] = {}

    def of(engine: str) -> Flask:
        if engine not in made:
            settings = {"BANSHI_DATA": str(tmp_path_factory.mktemp("installed")), "BANSHI_DEMO": "1", "BANSHI_KEYS": str(ring)}
            if engine != "sqlite":
                settings["BANSHI_DATABASE"] = request.getfixturevalue("postgres").server.get_uri("portal")
            made[engine] = create_app(load(settings))
            made[engine].testing = True
        return made[engine]

    yield of


@pytest.fixture
def beginning(settled) -> Path:
    """The folder of data with which a test begins."""
    return settled.parent


@pytest.fixture
def config(request, engine, applications, beginning) -> Config:
    """Settings of a fresh installation with the sample county."""
    config = applications(engine).extensions["banshi"].config
    for file in config.data.iterdir():
        if file.name not in ("translations", "banshi.sqlite.gate"):  # the application has them open
            shutil.rmtree(file) if file.is_dir() and not file.is_symlink() else file.unlink()
    shutil.copytree(beginning, config.data, dirs_exist_ok=True)
    if engine != "sqlite":
        request.getfixturevalue("postgres").lay("portal", "settled")
    return config


@pytest.fixture
def app(config, engine, applications, counties):
    app = applications(engine)
    app.config["COUNTIES"] = counties
    made_with = set(app.extensions)
    yield app
    for kept in set(app.extensions) - made_with:  # pages that it keeps are of this test's cases
        del app.extensions[kept]
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
def published(app, counties):
    """Puts sample guides in force, by the names of their files: `published("senior-allowance")`."""
    def put(*slugs: str) -> None:
        database, wanted = app.extensions["banshi"].database, tuple(sorted(slugs))
        if not counties.lay(database, wanted):
            put_in_force(database, wanted)
    return put


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
