"""What every release left behind is taken over by this one: migrated, read, opened, printed, its record whole."""
import tarfile
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from portal import create_app, migrations
from portal.actions import answers as answering
from portal.config import load
from portal.db import Database
from portal.models.applications import Application, UploadedFile
from portal.models.cases import Case, CaseState
from portal.models.vouchers import Voucher
from portal.publishing import vouchers
from portal.queries import record
from tests.conftest import NOW
from tests.inspector import Inspector

RELEASES = sorted(Path(__file__).parent.glob("*.tar.xz"))


@pytest.fixture(params=RELEASES, ids=lambda file: file.name.removesuffix(".tar.xz"))
def taken_over(request, tmp_path):
    """The application on the migrated installation of a release."""
    with tarfile.open(request.param) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Debian's Python 3.11.2 has none
        archive.extractall(tmp_path)
    config = load({"BANSHI_DATA": str(tmp_path / "instance"), "BANSHI_DEMO": "1"})
    Path(config.keys).chmod(0o600)
    database = Database(config.database)
    migrations.migrate(database)
    assert migrations.differences(database.engine) == []
    database.dispose()
    app = create_app(config)
    yield app
    app.extensions["banshi"].database.dispose()


def test_there_is_a_release():
    assert RELEASES


def test_cases_in_every_state_live_on(taken_over):
    parts = taken_over.extensions["banshi"]
    with parts.database.reading() as db:
        cases = db.scalars(select(Case)).all()
        assert Counter(case.state for case in cases).keys() == set(CaseState)
        for case in cases:
            assert answering.read(case.application, answering.data_key(case.application, parts.keys))["answers"]
            page = Inspector(taken_over).get(f"/track/{case.tracking_code}")
            assert page.h1
        assert list(record.broken(db)) == []
        assert db.scalars(select(Application).where(Application.state == "draft")).one()


def test_files_and_vouchers_open(taken_over):
    parts = taken_over.extensions["banshi"]
    with parts.database.reading() as db:
        assert db.scalars(select(UploadedFile)).all()
        numbers = db.scalars(select(Voucher.id).where(Voucher.storage_key.is_not(None))).all()
    assert len(numbers) >= 5
    for number in numbers:
        assert vouchers.issued(parts.database, parts.keys, parts.storage, number, NOW).startswith(b"%PDF")
