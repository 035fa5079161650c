"""cli/bench: eight people submit at once, against bare transactions of the same rows through the same gate.

Each is one durable transaction; the bare ones are plain statements of the same library, without objects or rules. What is slow by intent (the hash of the PIN) is made beforehand, as the view does.
"""
import gc
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from secrets import token_bytes, token_hex

from sqlalchemy import ColumnElement, Table, false, func, insert, select, text

from portal import keys
from portal.actions import answers as answering
from portal.actions import applications
from portal.actions.acting import Acting
from portal.cli.bench.figures import Figure, at_least_share, at_most, exactly, median, one_core
from portal.cli.bench.walk import FIRST, REST, SLUG
from portal.config import Config
from portal.db import Database
from portal.models import Base
from portal.models.applications import Application
from portal.models.cases import Case
from portal.models.vouchers import Register
from portal.queries import guides
from portal.rules import tracking

WRITERS, EACH, ROUNDS = 8, 6, 3
HOW = {"layout": "window", "rules": "later", "health": "later", "id_card": "window"}
Row = dict[str, object]
COUNT = text("INSERT INTO register (name, year, last) VALUES (:name, 1, 1) "
             "ON CONFLICT (name, year) DO UPDATE SET last = last + 1 RETURNING last")
GUIDES = frozenset({SLUG})


def measure(settings: Config) -> list[Figure]:
    database, ring = Database(settings.database), keys.load(settings.keys, demo=True)
    try:
        with one_core():
            figures = _round(settings, database, ring, "one core")
        return [*figures, *_round(settings, database, ring, "all cores")[:2], *_whole(database)]
    finally:
        database.dispose()


def _round(settings: Config, database: Database, ring: keys.KeyRing, cores: str) -> list[Figure]:
    _submit_all(settings, database, ring, 1)
    rows = _rows_of_one(settings, database, ring)
    gc.collect()
    gc.freeze()  # as the server's processes do after their start
    ours, theirs, waits, bare_waits, errors = [], [], [], [], 0
    for _ in range(ROUNDS):
        rate, waited, failed = _submit_all(settings, database, ring, EACH)
        ours, waits, errors = [*ours, rate], [*waits, *waited], errors + failed
        rate, waited, _ = _together(lambda: _bare(database, rows), EACH)
        theirs, bare_waits = [*theirs, rate], [*bare_waits, *waited]
    return [
        at_least_share(f"submissions of {WRITERS} writers, {cores}", median(ours), "a second", 0.5, median(theirs)),
        at_most(f"submissions, longest wait, {cores}", max(waits), "ms", 150, max(bare_waits)),
        exactly("submissions that failed", errors, "submissions", 0),
    ]


def _submit_all(settings: Config, database: Database, ring: keys.KeyRing, each: int) -> tuple[float, list[float], int]:
    """Drafts are filled in first; then all writers send theirs at once."""
    drafts = _drafts(settings, database, ring, WRITERS * each)
    return _together(lambda: _submit(settings, database, ring, drafts.pop()), each)


def _together(work: Callable[[], None], each: int) -> tuple[float, list[float], int]:
    """Every writer does the work `each` times: how many a second, what each one waited, how many failed."""
    waits: list[float] = []
    failed: list[Exception] = []
    start = threading.Barrier(WRITERS + 1)

    def writer() -> None:
        start.wait()
        for _ in range(each):
            begun = time.perf_counter()
            try:
                work()
            except Exception as error:  # whatever it is, it counts
                failed.append(error)
            waits.append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=writer) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return WRITERS * each / (time.perf_counter() - begun), waits, len(failed)


def _drafts(settings: Config, database: Database, ring: keys.KeyRing, number: int) -> list[int]:
    answers = {key.removeprefix("a-"): value for page in (FIRST, *REST) for key, value in page.items()}
    answers |= {"area": 85, "staff_number": 6, "online_orders": False}
    with database.writing() as db:
        act = Acting(db, ring, settings, datetime.now(UTC))
        item = guides.item(db, SLUG)
        revision = guides.in_force(db, item.id)
        found = []
        for _ in range(number):
            draft = applications.start(act, revision, None, "zh-Hans", token_bytes(tracking.RANDOM_BYTES))
            key = answering.data_key(draft, ring)
            answering.write(draft, key, {**answering.read(draft, key), "answers": answers, "documents": HOW})
            found.append(draft)
        db.commit()
        return [draft.id for draft in found]


def _submit(settings: Config, database: Database, ring: keys.KeyRing, application_id: int) -> Case:
    with database.writing() as db:
        case = applications.submit(Acting(db, ring, settings, datetime.now(UTC)), db.get_one(Application, application_id),
                                   token_bytes(tracking.RANDOM_BYTES), "123456", "made beforehand")
        db.commit()
        return case


def _rows_of_one(settings: Config, database: Database, ring: keys.KeyRing) -> list[tuple[Table, Row]]:
    """Every row that one submission adds, in an order in which they can stand."""
    before = _highest(database)
    _submit(settings, database, ring, _drafts(settings, database, ring, 1)[0])
    with database.reading() as db:
        return [(table, dict(row._mapping)) for table in Base.metadata.sorted_tables
                for row in db.execute(select(table).where(_is_new(table, before)))]


def _is_new(table: Table, before: dict[str, int]) -> ColumnElement[bool]:
    """Rows with a number of their own, and the stages, which have their case's."""
    if "id" in table.c:
        return table.c.id > before[table.name]
    return table.c.case_id > before["case"] if "case_id" in table.c else false()


def _highest(database: Database) -> dict[str, int]:
    with database.reading() as db:
        return {table.name: db.scalar(select(func.max(table.c.id))) or 0
                for table in Base.metadata.sorted_tables if "id" in table.c}


def _bare(database: Database, rows: list[tuple[Table, Row]]) -> None:
    """The same rows as plain inserts in one transaction, with new keys, and two registers counted on."""
    with database.writing() as db:
        connection = db.connection()
        new: dict[tuple[str, object], int] = {}
        for name in ("bare:case", "bare:receipt"):
            connection.execute(COUNT, {"name": name})
        for table, row in rows:
            values = {name: value for name, value in row.items() if name != "id"}
            for column in table.c:
                target = next(iter(column.foreign_keys), None)
                if target is not None and column.name in values:
                    values[column.name] = new.get((target.column.table.name, values[column.name]), values[column.name])
                if _is_alone(column, table) and isinstance(values.get(column.name), str):
                    values[column.name] = token_hex(len(values[column.name]) // 2 + 1)
            new[table.name, row.get("id")] = connection.execute(insert(table), values).inserted_primary_key[0]
        db.commit()


def _is_alone(column, table: Table) -> bool:
    """Whether no two rows may share the value."""
    return column.unique or any(list(index.columns) == [column] and index.unique for index in table.indexes)


def _whole(database: Database) -> list[Figure]:
    """Nothing twice, no number left out."""
    with database.reading() as db:
        real = select(Case.number).where(func.length(Case.number) == 43)
        numbers = db.scalars(real).all()
        registers = {name: last for name, last in db.execute(select(Register.name, Register.last)).all() if name.startswith("case:")}
    ends = sorted(int(number[-4:]) for number in numbers if number.isascii())
    return [
        exactly("case numbers given twice", len(numbers) - len(set(numbers)), "numbers", 0),
        exactly("numbers left out of the register", 0 if ends == list(range(1, len(ends) + 1)) and registers else 1, "numbers", 0),
    ]
