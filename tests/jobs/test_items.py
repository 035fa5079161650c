"""Items by the clock: an approved change on its day, the end of a suspension, also after a stop; one that fails holds up nobody."""
from datetime import timedelta

from sqlalchemy import select

from portal.actions import items as acts
from portal.actions.items import Changing
from portal.jobs import items
from portal.models.guides import Item
from portal.models.people import Staff
from portal.queries import cases
from portal.rules.calendar import legal_day
from portal.rules.items import Life, Plan
from tests.actions.cases import in_force, sample
from tests.conftest import NOW

TODAY = legal_day(NOW)


def planned(tools, slug: str, plan: Plan) -> int:
    with tools.database.writing() as db:
        item = in_force(db, sample(slug), slug)
        staff = {name: db.scalar(select(Staff).where(Staff.username == name)) for name in ("bianji", "shending")}
        act = {name: Changing(db, tools.keys, NOW, one, cases.officer(one)) for name, one in staff.items()}
        acts.approve(act["shending"], item, acts.propose(act["bianji"], item, plan))
        db.commit()
        return item.id


def life(tools, item_id: int) -> str:
    with tools.database.reading() as db:
        return db.get_one(Item, item_id).life


def test_a_change_comes_on_its_day_in_shanghai_and_a_suspension_ends(tools):
    item_id = planned(tools, "open-restaurant", Plan(Life.SUSPENDED, TODAY + timedelta(days=1), "原因", "依据", until=TODAY + timedelta(days=2)))
    midnight = NOW.replace(hour=16, minute=0)
    assert items.turn(tools, midnight - timedelta(minutes=1)) == 0 and life(tools, item_id) == Life.IN_FORCE
    assert items.turn(tools, midnight) == 1 and items.turn(tools, midnight) == 0 and life(tools, item_id) == Life.SUSPENDED
    assert items.turn(tools, midnight + timedelta(days=1, hours=23)) == 0
    assert items.turn(tools, midnight + timedelta(days=2)) == 1 and life(tools, item_id) == Life.IN_FORCE


def test_after_a_stop_both_are_done_and_one_that_fails_holds_up_nobody(tools, monkeypatch):
    plan = Plan(Life.SUSPENDED, TODAY + timedelta(days=1), "原因", "依据", until=TODAY + timedelta(days=2))
    bad, good = planned(tools, "open-restaurant", plan), planned(tools, "food-business-licence", plan)
    real, late = acts.turn, NOW + timedelta(days=9)

    def turn(db, ring, item_id, now):
        if item_id == bad:
            raise RuntimeError("no")
        return real(db, ring, item_id, now)
    monkeypatch.setattr(acts, "turn", turn)
    assert items.turn(tools, late) == 1 and items.turn(tools, late) == 1 and items.turn(tools, late) == 0
    assert life(tools, good) == life(tools, bad) == Life.IN_FORCE
    monkeypatch.setattr(acts, "turn", real)
    assert items.turn(tools, late) == 1 and life(tools, bad) == Life.SUSPENDED
