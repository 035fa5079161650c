"""Makes the installation that a release leaves behind: cases in every state, files, printed vouchers, keys.

Run once a release, with its version: `python -m tests.releases.make 0.1.0`. What it writes stays in the repository
for ever, and every later release must be able to take it over.
"""
import shutil
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from portal import create_app, keys, migrations
from portal.actions import calendars, cases, guides, handling, places
from portal.config import Config, load
from portal.db import Database
from portal.models.vouchers import Voucher
from portal.publishing import vouchers
from portal.rules import stages
from portal.rules.calendar_seed import seed
from portal.rules.guide import yaml
from portal.rules.guide.codes import DeliveryWay, Leads
from portal.sample.county import county, guide_files
from tests.inspector import Inspector
from tests.views import walks

HERE = Path(__file__).parent
PASSWORD = "a password of the fixture"


def settled(folder: Path) -> Config:
    """A new installation with the sample county and the guide of the walks."""
    config = load({"BANSHI_DATA": str(folder), "BANSHI_DEMO": "1"})
    keys.create(Path(config.keys), demo=True)
    database = Database(config.database)
    migrations.migrate(database)
    with database.writing() as db:
        places.settle(db, county())
        places.hire(db, county(), lambda: PASSWORD)
        calendars.keep(db, seed(), "chinesecalendar")
        file = next(yaml.load(file.read_text("utf-8")) for file in guide_files() if file.name == f"{walks.FOOD}.yaml")
        revision, _ = guides.draft(db, file, walks.FOOD, datetime.now(UTC))
        guides.publish(db, revision, datetime.now(UTC))
        db.commit()
    database.dispose()
    return config


def accepted(act, case) -> None:
    cases.accept(act, case)


def decided(act, case) -> None:
    """Every open stage by the first outcome that leads on, until the decision is made."""
    cases.accept(act, case)
    while case.decision is None:
        row = next(row for row in case.stages if row.state == stages.OPEN)
        stage = cases.of(case)[1].stage(row.key)
        outcome = next(outcome for outcome in stage.ways_out if outcome.leads is Leads.ON)
        handling.finish(act, case, row, outcome.key, opinion="符合条件", second_officer_id=act.staff.id + 1)


def closed(act, case) -> None:
    decided(act, case)
    while any(row.state == stages.OPEN for row in case.stages):
        row = next(row for row in case.stages if row.state == stages.OPEN)
        handling.finish(act, case, row, cases.of(case)[1].stage(row.key).ways_out[0].key)
    if case.closed_at is None:
        handling.deliver(act, case, DeliveryWay.PICK_UP)


def refused(act, case) -> None:
    cases.refuse(act, case, "不属于本机关职权范围", "青禾县住房和城乡建设局")


def corrected(act, case) -> None:
    cases.ask_correction(act, case, [cases.Wanted("layout", "wrong", "请标明比例尺")])


def live(config: Config) -> None:
    """A draft with a photo, a case in each state, and one printed voucher of each kind."""
    app = create_app(config)
    client = Inspector(app)
    walks.upload(client, walks.fill(client, walks.begin(client)), "layout")
    for act in (None, corrected, accepted, decided, closed, refused):
        client = Inspector(app)
        code, _ = walks.codes(walks.receipt(client))
        if act:
            walks.officially(app, act, code, "shichang.head")
    parts = app.extensions["banshi"]
    with parts.database.reading() as db:
        numbers = db.scalars(select(func.min(Voucher.id)).group_by(Voucher.kind)).all()
    for number in numbers:
        vouchers.issued(parts.database, parts.keys, parts.storage, number, datetime.now(UTC))
    with parts.database.reading() as db:
        db.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    parts.database.dispose()


def main(version: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "instance"
        folder.mkdir()
        live(settled(folder))
        for extra in ("translations", "site"):
            shutil.rmtree(folder / extra, ignore_errors=True)
        with tarfile.open(HERE / f"{version}.tar.xz", "w:xz") as archive:
            archive.add(folder, "instance", filter=_anonymous)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


if __name__ == "__main__":
    main(sys.argv[1])
