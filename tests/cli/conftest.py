"""An installation of the sample county for commands that are typed in a test."""
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal import migrations
from portal.db import Database


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """An SQLite file whose tables were made by the migrations, once: to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "banshi.sqlite"
    database = Database(f"sqlite:///{path}")
    migrations.migrate(database)
    database.dispose()
    return path


@pytest.fixture
def call(request, tmp_path, settled):
    """Types the module's `COMMAND` with these words, in an installation of this test alone at `tmp_path`."""
    shutil.copy(settled, tmp_path / "banshi.sqlite")
    env = {"BANSHI_DATA": str(tmp_path), "BANSHI_PUBLIC_URL": "https://banshi.example.cn", "BANSHI_DATABASE": None}
    return lambda *words: CliRunner().invoke(request.module.COMMAND, [*map(str, words)], env=env)
