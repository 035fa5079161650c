"""actions: workbooks that editors hand in: taken in once, checked, then imported guide by guide. The worker goes on where it stopped.

Every step asks again under the run's lock what is still to be done, so that neither a second press nor a second worker does
anything twice.
"""
import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session, undefer

from portal.actions import guides, importing
from portal.models.importing import ImportRow, ImportRun, RunState, Would
from portal.models.people import Staff
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from portal.rules.importing.sources import Imported

LASTS = timedelta(days=30)
"""So long a file is kept that nobody touched."""
PRESSED_TWICE = timedelta(minutes=1)
MAX_ATTEMPTS = 5
LONGEST_NAME = 200


def take_in(db: Session, staff: Staff, name: str, content: bytes, now: datetime) -> ImportRun:
    """Keeps the file for the worker to check. The same file again, while it waits or is checked, is the same run."""
    db.execute(delete(ImportRun).where(ImportRun.moved_at < now - LASTS))
    digest = hashlib.sha256(content).hexdigest()
    fresh = or_(ImportRun.state.in_((RunState.CHECKING, RunState.IMPORTING)),
                and_(ImportRun.state == RunState.CHECKED, ImportRun.created_at > now - PRESSED_TWICE))
    known = db.scalar(select(ImportRun).where(ImportRun.staff_id == staff.id, ImportRun.digest == digest, fresh).limit(1))
    if known is not None:
        return known
    run = ImportRun(staff_id=staff.id, name=name[-LONGEST_NAME:], digest=digest, content=content, state=RunState.CHECKING, attempts=0,
                    created_at=now, moved_at=now)
    db.add(run)
    db.flush()
    return run


def start(db: Session, run_id: int, now: datetime) -> bool:
    """Lets a checked run be imported; False where it was let before, or is not checked."""
    return db.execute(update(ImportRun).where(ImportRun.id == run_id, ImportRun.state == RunState.CHECKED)
                      .values(state=RunState.IMPORTING, moved_at=now)).rowcount == 1


def drop(db: Session, run_id: int) -> bool:
    """Throws a run away; False where it is being imported just now. What was imported stays."""
    db.execute(delete(ImportRow).where(ImportRow.run_id == run_id, ImportRow.run_id.in_(
        select(ImportRun.id).where(ImportRun.id == run_id, ImportRun.state != RunState.IMPORTING))))
    return db.execute(delete(ImportRun).where(ImportRun.id == run_id, ImportRun.state != RunState.IMPORTING)).rowcount == 1


def begin(db: Session, run_id: int, now: datetime) -> int | None:
    """Counts a try at reading the file; how many guides are noted already, None where there is nothing to be read."""
    run = _locked(db, run_id, RunState.CHECKING)
    if run is None:
        return None
    if run.attempts >= MAX_ATTEMPTS:
        fail(db, run_id, Text(zh="这个文件读了几次都没有读完，已经停下。没有导入任何内容。请拆成几个较小的文件再试。",
                              en="The file was begun several times and never finished; it was given up. Nothing was imported. Split it and try again."), now)
        return None
    run.attempts += 1
    return db.scalar(select(func.count()).where(ImportRow.run_id == run_id))


def not_now(db: Session, run_id: int) -> None:
    """The try that was counted could not be made: others are reading."""
    db.execute(update(ImportRun).where(ImportRun.id == run_id, ImportRun.attempts > 0).values(attempts=ImportRun.attempts - 1))


def fail(db: Session, run_id: int, why: Text, now: datetime) -> None:
    """Says why a file cannot be read at all."""
    db.execute(update(ImportRun).where(ImportRun.id == run_id, ImportRun.state == RunState.CHECKING)
               .values(state=RunState.FAILED, failure={"zh": why.zh, "en": why.said("en")}, moved_at=now))


def note(db: Session, run_id: int, since: int, rows: Iterable[Imported], total: int, now: datetime) -> bool:
    """Notes what would become of the guides from this place on; False where somebody else noted them, or the run is gone."""
    run = _locked(db, run_id, RunState.CHECKING)
    if run is None or db.scalar(select(func.count()).where(ImportRow.run_id == run_id)) != since:
        return False
    for place, row in enumerate(rows, since):
        db.add(_noted(db, run, place, row))
        db.flush()
    run.total, run.attempts, run.moved_at = total, 0, now
    return True


def checked(db: Session, run_id: int, now: datetime) -> None:
    """The whole file is noted."""
    db.execute(update(ImportRun).where(ImportRun.id == run_id, ImportRun.state == RunState.CHECKING)
               .values(state=RunState.CHECKED, moved_at=now))


def import_some(db: Session, run_id: int, most: int, now: datetime) -> int:
    """Imports the next guides of a run, each whole or not at all; how many. With the last one the run is done."""
    run = _locked(db, run_id, RunState.IMPORTING)
    if run is None:
        return 0
    rows = db.scalars(select(ImportRow).where(ImportRow.run_id == run_id, ImportRow.kept.is_(None), ImportRow.would != Would.WRONG)
                      .order_by(ImportRow.place).limit(most).options(undefer(ImportRow.document))).all()
    for row in rows:
        _import(db, run, row, now)
    run.moved_at = now
    if len(rows) < most:
        run.state = RunState.DONE
    db.flush()
    return len(rows)


def _locked(db: Session, run_id: int, state: RunState) -> ImportRun | None:
    return db.scalar(select(ImportRun).where(ImportRun.id == run_id, ImportRun.state == state).with_for_update()
                     .execution_options(populate_existing=True))


def _noted(db: Session, run: ImportRun, place: int, row: Imported) -> ImportRow:
    report = row.report.plain()
    found = ImportRow(run_id=run.id, place=place, title=row.report.title, code=row.report.code, report=report, would=Would.WRONG)
    if row.file is None:
        return found
    document = yaml.plain(row.file)
    found.document, found.digest, found.slug = document, guides.digest_of(document), importing.slug_of(row.file)
    above = db.execute(select(ImportRow.digest, ImportRow.report).where(
        ImportRow.run_id == run.id, ImportRow.slug == found.slug, ImportRow.digest != found.digest).limit(1)).first()
    if above is not None:
        found.would = Would.TAKEN
        return found
    would, busy = importing.would(db, row.file, found.slug, found.digest, run.name)
    found.would = would
    if busy is not None:
        found.report = report | {"busy": {"zh": busy.text.zh, "en": busy.text.said("en")}}
    return found


def _import(db: Session, run: ImportRun, row: ImportRow, now: datetime) -> None:
    above = db.scalar(select(ImportRow.id).where(
        ImportRow.run_id == run.id, ImportRow.slug == row.slug, ImportRow.place < row.place, ImportRow.digest != row.digest).limit(1))
    if above is not None:
        row.kept = Would.TAKEN
        return
    file = GuideFile.model_validate(row.document)
    try:
        row.kept = Would(importing.keep(db, file, run.name, now).value)
    except guides.OnItsWay as problem:
        row.kept = Would.ON_ITS_WAY
        row.report = row.report | {"busy": {"zh": problem.text.zh, "en": problem.text.said("en")}}
        return
    row.revision_id = importing.newest(db, file, row.slug)
