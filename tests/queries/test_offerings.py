"""What the desk asks of places and their offerings, on both engines."""
from sqlalchemy import select

from portal.actions import offerings as acting
from portal.models.guides import Item, ItemLife
from portal.models.people import Staff
from portal.queries import offerings as asking
from portal.rules.guide.codes import Role
from portal.rules.permissions import Officer
from tests.actions.cases import sample
from tests.conftest import NOW, publish_file

COUNTY, TOWN, VILLAGE = "990421000000", "990421101000", "990421101202"
EDITOR, KEEPER = Officer(1, 1, COUNTY, frozenset({"editor"})), Officer(2, 1, TOWN, frozenset({"keeper"}))


def test_places_with_what_they_offer_and_could_take_up(db):
    food = sample("food-business-licence")
    publish_file(db, food.model_copy(update={"offerings": food.offerings[:1]}), "food")
    publish_file(db, sample("senior-allowance"), "senior")
    rows, total = asking.kept(db, KEEPER)
    assert (total, [row.place.code[:9] for row in rows]) == (5, ["990421101"] * 5) and rows[0].offered == 1
    assert asking.kept(db, EDITOR)[1] == 52 and len(asking.kept(db, EDITOR, page=2)[0]) == 12
    assert {row.place.name for row in asking.kept(db, EDITOR, "古岭")[0]} == {"古岭村"} and asking.kept(db, KEEPER, "%")[1] == 0
    town = asking.place(db, KEEPER, TOWN)
    assert asking.place(db, KEEPER, COUNTY) is None and asking.root(db, EDITOR).code == COUNTY
    assert [row.slug for row in asking.free(db, town.id)[0]] == ["food"] and asking.free(db, None)[1] == 2
    assert [row.slug for row in asking.offered(db, town.id)[0]] == ["senior"] and asking.offered(db, town.id, "食品") == ([], 0)
    staff, item = db.scalar(select(Staff)), db.scalar(select(Item).where(Item.slug == "food"))
    acting.adopt(db, staff, asking.adoptable(db, ["food", "senior", "nothing"])[:1], [town.id], [Role.RECEIVES], NOW)
    (mine,), total = asking.offered(db, town.id, "食品")
    assert (total, mine.number, mine.by, mine.content.roles) == (1, 1, staff, [Role.RECEIVES])
    assert [has for _, has in asking.below(db, KEEPER, TOWN, item.id)] == [True, False, False, False, False]
    assert len(asking.below(db, EDITOR, COUNTY, item.id)) == 52 and asking.below(db, KEEPER, "990421102000", item.id) == []
    item.life, item.life_reason = ItemLife.SUSPENDED, "暂停"
    db.flush()
    assert asking.adoptable(db, ["food"]) == [] and asking.free(db, None)[1] == 1
