"""What places offer: taken up, changed, withdrawn; a revision of its own each time, and none for nothing."""
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.actions import guides, offerings
from portal.models.editing import OfferingAct, OfferingStep
from portal.models.guides import GuideRevision, Item, Offering, OfferingRevision
from portal.models.outbox import OutboxRow
from portal.models.people import Staff
from portal.models.places import Place
from portal.queries import guides as published
from portal.queries import offerings as asking
from portal.rules import offerings as rules
from portal.rules.guide.codes import Role
from portal.rules.guide.document import GuideFile
from tests.actions.cases import sample
from tests.conftest import NOW, publish_file

TOWN, VILLAGE = "990421101000", "990421101202"
SLUG = "food-business-licence"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def file() -> GuideFile:
    """A guide that only the county's hall offers."""
    one = sample(SLUG)
    return one.model_copy(update={"offerings": one.offerings[:1]})


@pytest.fixture
def item(db, file) -> Item:
    publish_file(db, file, SLUG)
    return db.scalar(select(Item).where(Item.slug == SLUG))


@pytest.fixture
def staff(db) -> Staff:
    return db.scalar(select(Staff).where(Staff.username == "bianji"))


def place(db, code: str) -> Place:
    return db.scalar(select(Place).where(Place.code == code))


def adopt(db, staff, item, *codes: str, roles=(Role.RECEIVES,), now=NOW) -> int:
    return offerings.adopt(db, staff, [item.id], [place(db, code).id for code in codes], roles, now)


def here(db, code: str = VILLAGE) -> asking.One:
    return asking.one(db, place(db, code).id, SLUG)


def owed(db) -> int:
    return db.scalar(select(func.count()).select_from(OutboxRow))


def offered(db) -> dict[str, object]:
    return {one.place: one for one in published.published(db, [SLUG])[0].file.offerings}


def test_one_guide_for_many_places_is_one_row_of_the_outbox(db, item, staff):
    before = owed(db)
    assert adopt(db, staff, item, TOWN, VILLAGE) == 2 and owed(db) == before + 1
    assert offered(db)[VILLAGE].roles == [Role.RECEIVES]
    assert adopt(db, staff, item, TOWN, VILLAGE, roles=[Role.ADVISES]) == 0 and owed(db) == before + 1, "who offers it stays as she is"
    assert [(step.act, step.staff.username, step.revision.number) for step in asking.steps(db, here(db).offering.id)] == [("adopted", "bianji", 1)]


def test_a_change_is_a_revision_of_its_own_and_nothing_changed_is_none(db, item, staff):
    adopt(db, staff, item, VILLAGE)
    one = here(db)
    seen = rules.own(one.content)
    assert not offerings.change(db, staff, one.offering, seen, seen, LATER)
    window = {"name": {"zh": "便民窗口"}, "telephone": "0680-5559999"}
    assert offerings.change(db, staff, one.offering, seen | {"windows": [window], "note": {"zh": "周三下村"}}, seen, LATER)
    now = here(db)
    assert (now.revision.number, now.content.windows[0].telephone, now.content.note.zh) == (2, "0680-5559999", "周三下村")
    assert one.revision.ended_at == LATER and one.revision.content == {"place": VILLAGE, "roles": ["receives"]}
    assert offered(db)[VILLAGE] == now.content and [step.act for step in asking.steps(db, now.offering.id)] == ["changed", "adopted"]


def test_of_two_editors_the_second_is_told_and_loses_nothing(db, item, staff):
    adopt(db, staff, item, VILLAGE)
    one = here(db)
    seen = rules.own(one.content)
    offerings.change(db, staff, one.offering, seen | {"note": {"zh": "别人写的"}}, seen, LATER)
    with pytest.raises(offerings.Overtaken) as told:
        offerings.change(db, staff, one.offering, seen | {"roles": ["advises"]}, seen, LATER)
    assert [step.act for step in told.value.steps] == ["changed"]
    assert told.value.together["roles"] == ["advises"] and told.value.together["note"] == told.value.stored["note"]
    assert here(db).revision.number == 2
    with pytest.raises(offerings.Overtaken):
        offerings.withdraw(db, staff, one.offering, 1, LATER)
    assert offerings.change(db, staff, one.offering, told.value.together, told.value.stored, LATER)


def test_what_no_rule_allows_is_refused(db, item, staff):
    adopt(db, staff, item, VILLAGE)
    one = here(db)
    seen = rules.own(one.content)
    paper = {"key": "local", "name": {"zh": "村里的证明"}, "necessity": "required"}
    with pytest.raises(offerings.Refused) as told:
        offerings.change(db, staff, one.offering, seen | {"documents": [paper]}, seen, LATER)
    assert {finding.rule for finding in told.value.findings} >= {"L-DOC-12"} and here(db).revision.number == 1


def test_withdrawn_and_taken_up_again_as_it_was(db, item, staff):
    adopt(db, staff, item, VILLAGE)
    one = here(db)
    seen = rules.own(one.content)
    offerings.change(db, staff, one.offering, seen | {"note": {"zh": "周三下村"}}, seen, LATER)
    assert offerings.withdraw(db, staff, one.offering, 2, LATER) and not offerings.withdraw(db, staff, one.offering, 2, LATER)
    assert VILLAGE not in offered(db)
    with pytest.raises(offerings.NotOffered):
        offerings.change(db, staff, one.offering, seen, seen, LATER)
    assert [row.slug for row in asking.free(db, one.offering.place_id)[0] if row.before] == [SLUG]
    adopt(db, staff, item, VILLAGE, now=LATER)
    assert offered(db)[VILLAGE].note.zh == "周三下村" and here(db).revision.number == 2, "the same words need no new revision"
    assert [step.act for step in asking.steps(db, one.offering.id)] == ["adopted", "withdrawn", "changed", "adopted"]


def again(db, file: GuideFile, **more) -> GuideRevision:
    """The next revision of the guide's text."""
    changed = file.guide.model_copy(update={"scope": file.guide.summary, "aliases": ()})
    revision, added = guides.draft(db, GuideFile(guide=changed, offerings=more.get("offerings", file.offerings)), SLUG, LATER)
    assert added
    guides.publish(db, revision, LATER)
    return revision


def test_a_new_text_leaves_to_the_places_what_they_do(db, item, staff, file):
    adopt(db, staff, item, VILLAGE)
    again(db, file)
    assert VILLAGE in offered(db) and here(db).revision.number == 1


def test_a_text_takes_away_what_it_brought_and_changes_what_it_says_anew(db, staff):
    whole = sample("senior-allowance")
    publish_file(db, whole, SLUG)
    one, other = here(db, TOWN), here(db, VILLAGE)
    seen = rules.own(one.content)
    offerings.change(db, staff, one.offering, seen | {"note": {"zh": "周三下村"}}, seen, LATER)
    offerings.withdraw(db, staff, other.offering, 1, LATER)
    gone = whole.offerings[-1].place
    kept = [each.model_copy(update={"local_code": "Z9"}) if each.place == TOWN else each for each in whole.offerings[:-1]]
    again(db, whole, offerings=kept)
    now = offered(db)
    assert now[TOWN].note.zh == "周三下村" and now[TOWN].local_code == "Z9"
    assert VILLAGE not in now and gone not in now
    last = db.scalar(select(OfferingStep).join(Offering).join(Place).where(Place.code == gone))
    assert (last.act, last.staff_id) == (OfferingAct.WITHDRAWN, None)
    assert db.scalar(select(func.count()).select_from(OfferingRevision).where(OfferingRevision.ended_at.is_(None))) == len(whole.offerings)


def test_two_who_take_up_the_same_at_once_make_one(database, file):
    with database.writing() as db:
        publish_file(db, file, SLUG)
        db.commit()

    def press(_) -> int:
        with database.writing() as db:
            staff = db.scalar(select(Staff).where(Staff.username == "bianji"))
            item = db.scalar(select(Item).where(Item.slug == SLUG))
            made = adopt(db, staff, item, TOWN, VILLAGE)
            db.commit()
            return made

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == [0, 0, 0, 2]
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(OfferingRevision)) == 3
