"""migrations: how a database of an earlier release becomes one of this release, and whether it is one."""
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from portal.db import Database
from portal.models import Base


def migrate(database: Database) -> bool:
    """Brings the database to the newest revision, in one transaction a step; True where anything was done.

    Safe to run by two at once: the second waits at the gate of the first and then finds nothing to do.
    """
    before = revision(database.engine)
    config = _config()
    with database.writing() as session:
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "head")
        session.commit()
    return revision(database.engine) != before


def revision(engine: Engine) -> str | None:
    """The revision that the database is at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The revision of this release."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def differences(engine: Engine) -> list:
    """What the database's tables lack against the models: empty when they agree."""
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "portal:migrations")
    return config
