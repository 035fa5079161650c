"""By the clock: the chains are sealed at night, once however often it is called."""
from datetime import datetime

from sqlalchemy import func, select

from portal.jobs import nightly
from portal.models.cases import Seal
from tests.actions.cases import RESTAURANT, sample, submitted


def test_the_record_is_sealed_once(tools, ring):
    nightly.seal(tools)
    with tools.database.writing() as db:
        submitted(db, ring, sample("open-restaurant"), RESTAURANT)
        db.commit()
    for _ in range(2):
        nightly.seal(tools)
    with tools.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Seal)) == 1


def test_the_timetable_wakes_each_after_two_at_night_in_shanghai_and_the_clock_every_hour(tools):
    huey = nightly.timetable(tools)
    woken = {minute: [task.name for task in huey.read_periodic(datetime(2026, 3, 2, 18, minute))] for minute in range(60)}
    assert {minute: names for minute, names in woken.items() if names} == {
        5: ["deem"], 10: ["seal"], 20: ["erase"], 30: ["erase_reports"], 40: ["sweep"], 50: ["look"]}
    assert [task.name for task in huey.read_periodic(datetime(2026, 3, 2, 19, 0))] == ["links"]
    assert huey.read_periodic(datetime(2026, 3, 2, 19, 20)) == []
    just_after_midnight = datetime(2026, 3, 2, 16, 5)
    assert [task.name for task in huey.read_periodic(just_after_midnight)] == ["deem"]
