"""cli: the database of an earlier release becomes one of this release, and search finds by this release's words."""
import os

import click

from portal import config, migrations
from portal.actions import indexing
from portal.cli.steps import said_plainly, step
from portal.db import Database


@click.command()
def migrate() -> None:
    """建立或升级数据库，重建搜索索引 Make the database, or bring it to this release, and make the search index anew.

    再运行一次无害，网站运行时也可以。Again is no harm, also while the site is being served.
    """
    with said_plainly():
        settings = config.load(os.environ)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = Database(settings.database)
    with step("升级数据库", "Migrating the database"):
        migrations.migrate(database)
    with step("重建搜索索引", "Making the search index anew"):
        _index(database)
    database.dispose()


def _index(database: Database) -> None:
    """Lot by lot, so that nobody who writes meanwhile waits for all of it."""
    with database.reading() as db:
        lots = indexing.lots(db)
    for lot in lots:
        with database.writing() as db:
            indexing.anew(db, lot)
            db.commit()
