"""queries: workbooks that somebody handed in: how far each is worked off, and what becomes of the guides in it."""
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from portal.models.importing import ImportRow, ImportRun, RunState, Would
from portal.rules.guide.text import Text

PAGE = 50
AT_WORK = (RunState.CHECKING, RunState.IMPORTING)
ORDER = (Would.WRONG, Would.ON_ITS_WAY, Would.TAKEN, Would.NEW, Would.CHANGED, Would.SAME)
"""What asks for somebody's attention first."""


@dataclass(frozen=True)
class Row:
    """A guide of the file: what its import would come to or came to, and what was told of its cells."""

    place: int
    title: str | None
    code: str | None
    at: str | None
    would: Would
    kept: Would | None
    revision_id: int | None
    errors: list[str]
    cells: list[dict[str, Any]]
    busy: Text | None

    @property
    def came(self) -> Would:
        return self.kept or self.would


@dataclass(frozen=True)
class Run:
    """A run with its counts, and the guides of one page of it. `done` counts those that the present step has behind it."""

    id: int
    name: str
    state: RunState
    failure: Text | None
    created_at: datetime
    total: int | None
    noted: int
    done: int
    counts: dict[Would, int]
    rows: list[Row]
    shown: int

    @property
    def at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def importable(self) -> int:
        """How many guides a press would bring in."""
        return self.counts.get(Would.NEW, 0) + self.counts.get(Would.CHANGED, 0)


def waiting(db: Session) -> list[tuple[int, RunState]]:
    """The runs that the worker has to do with, oldest first."""
    rows = db.execute(select(ImportRun.id, ImportRun.state).where(ImportRun.state.in_(AT_WORK)).order_by(ImportRun.id))
    return [(row.id, RunState(row.state)) for row in rows]


def content(db: Session, run_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of a run's file."""
    run = db.scalar(select(ImportRun).where(ImportRun.id == run_id).options(undefer(ImportRun.content)))
    return (run.name, run.content) if run is not None else None


def runs(db: Session, staff_id: int) -> list[ImportRun]:
    """The runs of a person, newest first."""
    return list(db.scalars(select(ImportRun).where(ImportRun.staff_id == staff_id).order_by(ImportRun.id.desc()).limit(PAGE)))


def run(db: Session, staff_id: int, run_id: int, *, show: str = "", page: int = 1) -> Run | None:
    """A person's run with one page of its guides; None where it is not hers."""
    found = db.scalar(select(ImportRun).where(ImportRun.id == run_id, ImportRun.staff_id == staff_id))
    if found is None:
        return None
    came = func.coalesce(ImportRow.kept, ImportRow.would)
    counted = db.execute(select(came.label("came"), func.count().label("n"), func.count(ImportRow.kept).label("kept"))
                         .where(ImportRow.run_id == run_id).group_by(came)).all()
    counts = {Would(row.came): row.n for row in counted}
    asked = select(ImportRow).where(ImportRow.run_id == run_id)
    if show in list(Would):
        asked = asked.where(came == show)
    rows = [] if found.state in AT_WORK else db.scalars(asked.order_by(ImportRow.place).limit(PAGE).offset((page - 1) * PAGE)).all()
    noted, wrong = sum(counts.values()), counts.get(Would.WRONG, 0)
    done = noted if found.state == RunState.CHECKING else sum(row.kept for row in counted) + wrong
    failure = Text(**found.failure) if found.failure else None
    return Run(found.id, found.name, RunState(found.state), failure, found.created_at, found.total, noted, done, counts,
               [_row(row) for row in rows], counts.get(show, 0) if show in list(Would) else noted)


def told(db: Session, run_id: int) -> list[Row]:
    """Every guide of a run, for the report as a file."""
    return [_row(row) for row in db.scalars(select(ImportRow).where(ImportRow.run_id == run_id).order_by(ImportRow.place))]


def _row(row: ImportRow) -> Row:
    report = row.report
    busy = Text(**report["busy"]) if report.get("busy") else None
    return Row(row.place, row.title, row.code, report.get("at"), Would(row.would), Would(row.kept) if row.kept else None, row.revision_id,
               report.get("errors", []), report.get("cells", []), busy)
