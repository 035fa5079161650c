"""cli: the database of an earlier release becomes one of this release."""
import os

import click

from portal import config, migrations
from portal.cli.steps import said_plainly, step
from portal.db import Database


@click.command()
def migrate() -> None:
    """建立或升级数据库 Make the database, or bring it to this release. 再运行一次无害。Again is no harm."""
    with said_plainly():
        settings = config.load(os.environ)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = Database(settings.database)
    with step("升级数据库", "Migrating the database"):
        migrations.migrate(database)
    database.dispose()
