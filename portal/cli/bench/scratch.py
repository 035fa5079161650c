"""cli/bench: a scratch installation with the sample county, in a folder of its own, gone when the bench is over."""
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from portal import config, keys, migrations
from portal.actions import calendars, guides, places
from portal.db import Database
from portal.rules.calendar_seed import SOURCE, seed
from portal.rules.guide import yaml
from portal.sample.county import county, guide_files

PASSWORD = "bench-only"
PUBLIC_URL = "http://localhost:8000"


@contextmanager
def installation(slugs: frozenset[str] | None = None) -> Iterator[config.Config]:
    """Settings of an installation with the sample county and its guides in force, or those of the addresses."""
    with tempfile.TemporaryDirectory(prefix="banshi-bench-") as folder:
        settings = config.load({
            "BANSHI_DATA": folder, "BANSHI_DEMO": "1", "BANSHI_PUBLIC_URL": PUBLIC_URL})
        keys.create(Path(settings.keys), demo=True)
        database = Database(settings.database)
        migrations.migrate(database)
        now = datetime.now(UTC)
        with database.writing() as db:
            places.settle(db, county())
            places.hire(db, county(), lambda: PASSWORD)
            calendars.keep(db, seed(), SOURCE)
            for file in guide_files():
                slug = file.name.removesuffix(".yaml")
                if slugs is None or slug in slugs:
                    revision, _ = guides.draft(db, yaml.load(file.read_text("utf-8")), slug, now)
                    guides.publish(db, revision, now)
            db.commit()
        database.dispose()
        yield settings
