"""`audit verify` tells that the record is whole, or names the first broken link and ends with 1."""
import pytest
from click.testing import CliRunner
from sqlalchemy import update

from portal.cli.group import main
from portal.db import Database
from portal.models.cases import Event
from tests.actions.cases import RESTAURANT, sample, submitted


@pytest.fixture
def run(config, ring):
    database = Database(config.database)
    with database.writing() as db:
        submitted(db, ring, sample("open-restaurant"), RESTAURANT)
        db.commit()

    def verify():
        environment = {"BANSHI_DATA": str(config.data), "BANSHI_DEMO": "1", "BANSHI_KEYS": str(ring)}
        return CliRunner().invoke(main, ["audit", "verify"], env=environment)

    yield database, verify
    database.dispose()


def test_a_whole_record(run):
    answer = run[1]()
    assert answer.exit_code == 0 and "1 cases, 1 events" in answer.output


def test_a_broken_one_is_named(run):
    database, verify = run
    with database.writing() as db:
        db.execute(update(Event).values(kind="accept"))
        db.commit()
    answer = verify()
    assert answer.exit_code == 1 and "第 1 环断裂" in answer.output and "link 1 is broken" in answer.output
