"""cli/bench: search against a LIKE scan of the names, in the sample county and among as many items as a large county has."""
import hashlib
import random
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from portal.cli.bench.figures import Figure, at_most_times, exactly, interleaved, median, one_core, p95
from portal.config import Config
from portal.db import Database
from portal.models.guides import GuideRevision, Item, ItemLife, RevisionState
from portal.queries import search as searching
from portal.rules import search

LARGE = 13_519
"""The pages of a real county that the design was measured with."""
QUERIES = 150
RECALLED = 200
"""Of so many names every word is asked for."""
GUIDES = None


def measure(settings: Config) -> list[Figure]:
    database = Database(settings.database)
    with tempfile.TemporaryDirectory(prefix="banshi-bench-search-") as folder, one_core():
        figures = [*_compared(database, "sample"), _recall(database)]
        large = _copy(database, Path(folder) / "large.sqlite")
        _grow(large)
        figures += _compared(large, f"{LARGE} items")
        large.dispose()
    database.dispose()
    return figures


def large(database: Database, folder: Path) -> list[Figure]:
    """Median, p95 and recall among as many items as a large county has, of which the database has some."""
    grown = _copy(database, folder / "large.sqlite")
    _grow(grown)
    figures = [*_compared(grown, f"{LARGE} items", middle=True), _recall(grown, RECALLED)]
    grown.dispose()
    return figures


def _copy(database: Database, path: Path) -> Database:
    """Another database with the same rows, so that what is measured next finds the sample county as it was."""
    with closing(sqlite3.connect(database.url.database)) as connection:
        connection.execute("VACUUM INTO ?", [str(path)])
    return Database(f"sqlite:///{path}")


def _compared(database: Database, size: str, *, middle: bool = False) -> list[Figure]:
    with database.reading() as db:
        words = _words(db, QUERIES)
        ours, theirs = [], []
        for word in words:
            a, b = interleaved(lambda word=word: searching.find(db, word), lambda word=word: _scan(db, word), 1)
            ours, theirs = ours + a, theirs + b
    found = [at_most_times(f"search p95, {size}", p95(ours), "ms", 0.5, p95(theirs), or_limit=20)]
    return [at_most_times(f"search p50, {size}", median(ours), "ms", 0.5, median(theirs), or_limit=20), *found] if middle else found


def _recall(database: Database, some: int | None = None) -> Figure:
    """The share of all two-character words of all names, or of some, that find their item."""
    asked = hits = 0
    with database.reading() as db:
        named = db.execute(select(Item.slug, Item.name).order_by(Item.slug)).all()
        for slug, name in named[::max(1, len(named) // some)] if some else named:
            for start in range(len(name) - 1):
                word = name[start:start + 2]
                if search.asked(word) and word.isalnum():
                    asked += 1
                    hits += any(found.slug == slug for found in searching.find(db, word, limit=10_000))
    of = f", {asked} words of {some} names among {len(named)}" if some else ""
    return exactly(f"search recall of two-character words{of}", hits / asked, "share", 1)


def _scan(db: Session, word: str) -> list:
    return db.execute(select(Item.slug, Item.name).where(Item.name.like(f"%{word}%")).limit(30)).all()


def _words(db: Session, number: int) -> list[str]:
    names = db.scalars(select(Item.name).order_by(func.length(Item.name), Item.slug)).all()
    dice = random.Random(7)
    words = []
    while len(words) < number:
        name = dice.choice(names)
        start = dice.randrange(max(1, len(name) - 4))
        words.append(name[start:start + dice.choice((2, 2, 3, 4))])
    return words


def _grow(database: Database) -> None:
    """Items whose names are made from pieces of the sample's names, each with the terms that a guide of that name has."""
    now, dice = datetime.now(UTC), random.Random(11)
    with database.writing() as db:
        names = db.scalars(select(Item.name)).all()
        slim = db.scalars(select(GuideRevision.document).limit(1)).one()["guide"]
        first = db.scalar(select(func.max(Item.id))) + 1
        items, revisions, rows = [], [], []
        for number in range(first, first + LARGE - len(names)):
            name = _name(names, dice)
            items.append({"id": number, "slug": f"x{number}", "name": name, "life": ItemLife.IN_FORCE, "retention_class": "-"})
            item = {"name": name, "code": f"{number:012d}", "department": slim["item"]["department"]}
            document = {"guide": {"item": item, "summary": slim["summary"], "variants": slim["variants"][:1]}}
            revisions.append({
                "item_id": number, "number": 1, "state": RevisionState.PUBLISHED, "document": document,
                "digest": hashlib.sha256(name.encode()).hexdigest(), "created_at": now, "published_at": now})
            rows += ((term, number, search.NAME) for term in search.grams(name) | search.sounds(name))
        db.execute(insert(Item), items)
        db.execute(insert(GuideRevision), revisions)
        db.connection().connection.cursor().executemany("INSERT INTO search_term VALUES (?, ?, ?)", sorted(rows))
        db.commit()


def _name(names: Sequence[str], dice: random.Random) -> str:
    """Three pieces of three names: as common in their pairs of characters as real names are, and all different."""
    pieces = []
    for _ in range(3):
        name = dice.choice(names)
        start = dice.randrange(max(1, len(name) - 3))
        pieces.append(name[start:start + dice.choice((2, 3, 4))])
    return "".join(pieces)
