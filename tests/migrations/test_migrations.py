"""Migrations make the tables that the models describe, on both engines, and a second run finds nothing to do."""
import pytest

from portal import migrations
from portal.db import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/empty.sqlite")
    else:
        database = request.getfixturevalue("postgres").fresh("empty")
    yield database
    database.dispose()


def test_migrations_make_what_the_models_describe(empty):
    assert migrations.migrate(empty)
    assert migrations.differences(empty.engine) == []
    assert migrations.revision(empty.engine) == migrations.newest()
    assert not migrations.migrate(empty)
