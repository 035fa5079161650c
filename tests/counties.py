"""Databases of the sample county with sample guides in force: each is made once in a process, and laid where a test begins."""
import filecmp
import shutil
from datetime import UTC, datetime
from pathlib import Path

from portal.actions import guides
from portal.db import Database
from portal.rules.guide.document import GuideFile
from tests.samples import sample

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""A Monday, nine in the morning in Shanghai: what tests take for now unless they say otherwise."""


class Counties:
    """`settled` is the SQLite file with which tests begin; what is made of it lies in `folder`."""

    def __init__(self, settled: Path, folder: Path):
        self.settled, self.folder = settled, folder
        self.made: dict[tuple[str, ...], Path] = {}

    def lay(self, database: Database, slugs: tuple[str, ...]) -> bool:
        """Puts the guides in force in a database in which nothing was done yet. False where it is on another engine, in
        use, or has something more in it."""
        if not database.sqlite:
            return False
        database.dispose()
        path = Path(database.url.database)
        if path.with_name(f"{path.name}-wal").exists() or not filecmp.cmp(path, self.settled, shallow=False):
            return False
        shutil.copy(self.of(slugs), path)
        return True

    def of(self, slugs: tuple[str, ...]) -> Path:
        """The file with these guides in force."""
        if slugs not in self.made:
            path = self.folder / f"{len(self.made)}.sqlite"
            shutil.copy(self.settled, path)
            database = Database(f"sqlite:///{path}")
            put_in_force(database, slugs)
            with database.reading() as session:
                session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            database.dispose()
            self.made[slugs] = path
        return self.made[slugs]


def put_in_force(database: Database, slugs: tuple[str, ...]) -> None:
    """Drafts these sample guides and publishes them, in this order."""
    with database.writing() as session:
        for slug in slugs:
            publish_file(session, sample(slug), slug)
        session.commit()


def publish_file(session, file: GuideFile, slug: str) -> None:
    """Drafts a guide file and puts it in force."""
    revision, _ = guides.draft(session, file, slug, NOW)
    guides.publish(session, revision, NOW)
