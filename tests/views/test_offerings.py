"""The desk of places: a township takes up a guide of the county in two presses, states its own, and nobody else's place."""
import pytest
from sqlalchemy import select

from portal.actions import offerings as acting
from portal.models.guides import Offering, OfferingRevision
from portal.models.people import Staff
from portal.models.places import Place
from portal.publishing import guide_page, pages
from portal.queries import editions
from portal.queries import offerings as asking
from portal.rules import offerings as rules
from portal.rules.guide.document import GuideFile
from tests.actions.cases import sample
from tests.conftest import NOW, publish_file
from tests.views.officers import at_desk

TOWN, VILLAGE, ELSEWHERE = "990421101000", "990421101202", "990421102000"
SLUG = "food-business-licence"


@pytest.fixture
def guide(app):
    """A guide that only the county's hall offers."""
    with app.extensions["banshi"].database.writing() as db:
        file = sample(SLUG)
        publish_file(db, GuideFile(guide=file.guide, offerings=file.offerings[:1]), SLUG)
        db.commit()


def stored(app, code: str) -> asking.One | None:
    with app.extensions["banshi"].database.reading() as db:
        found = asking.one(db, db.scalar(select(Place.id).where(Place.code == code)), SLUG)
        if found is not None:
            assert found.content and found.guide.digest
        return found


@pytest.fixture
def keeper(app, guide):
    return at_desk(app, "yunling.editor")


def adopted(app, keeper, code: str = TOWN):
    """The page of the offering, which was just taken up."""
    keeper.submit(keeper.get(f"/desk/places/{code}/adopt").form('name="roles"').press(SLUG))
    return keeper.get(f"/desk/places/{code}/offerings/{SLUG}")


def test_a_guide_is_taken_up_in_two_presses(app, keeper):
    page = keeper.get(f"/desk/places/{TOWN}")
    assert "还没有办任何一项" in page.text
    page = keeper.get(next(address for words, address in page.links().items() if words == "采用别的指南"))
    page = keeper.submit(page.form('name="roles"').press(SLUG))
    assert "已采用 1 项" in page.text and "受理" in page.text and "舒" not in page.text
    assert [role.value for role in stored(app, TOWN).content.roles] == ["receives", "advises"]


def test_a_window_with_its_hours_is_stated_without_scripts(app, keeper):
    page = adopted(app, keeper)
    form = page.form('name="before"').set(**{"windows-0-name": "二号窗口", "windows-0-telephone": "0680-5559999"})
    page = keeper.submit(form.press("hours"))
    form = page.form('name="before"').set(**{"windows-0-hours-0-spans-0-opens": "09:00", "note": "周三下午下村"})
    page = keeper.submit(form.press("save"))
    assert "已保存" in page.text and "郑" not in page.text
    now = stored(app, TOWN).content
    assert (now.windows[0].name.zh, now.windows[0].telephone, now.note.zh) == ("二号窗口", "0680-5559999", "周三下午下村")
    assert [one.spans[0].opens for one in now.windows[0].hours] == ["09:00", "08:30"] and len(now.windows[0].hours) == 2
    page = keeper.submit(page.form('name="before"').press("save"))
    assert stored(app, TOWN).revision.number == 2, "the same content is no revision"
    assert page.text.count("第 2 版") == 1 and page.text.count("第 1 版") == 1


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(app, keeper):
    page = adopted(app, keeper)
    form = page.form('name="before"').set(note="不会丢")
    form.data["roles"] = []
    page = keeper.submit(form.press("save"), status=422)
    assert "不会丢" in page.html and "处需要改" in page.text
    page = keeper.submit(page.form('name="before"').press("add:documents"))
    form = page.form('name="before"').set(**{"documents-0-name": "村里的证明", "roles": "receives"})
    page = keeper.submit(form.press("save"), status=422)
    assert "村里的证明" in page.html and "写明依据" in page.text and stored(app, TOWN).revision.number == 1


def test_a_day_that_its_month_does_not_have_is_refused_and_one_of_an_earlier_release_is_still_read(app, keeper):
    page = keeper.submit(adopted(app, keeper).form('name="before"').press("hours"))
    page = keeper.submit(page.form('name="before"').set(**{"windows-0-hours-0-since": "02-30"}).press("save"), status=422)
    assert "02-30" in page.html and "这一天不存在" in page.text and stored(app, TOWN).revision.number == 1
    with app.extensions["banshi"].database.writing() as db:
        hours = [{"since": "02-30", "until": "12-31", "spans": [{"opens": "08:30", "closes": "12:00"}]}]
        place = db.scalar(select(Place).where(Place.code == TOWN))
        row = db.get_one(OfferingRevision, stored(app, TOWN).revision.id)
        row.content, place.hours = {**row.content, "windows": [{"name": "一号窗口", "hours": hours}]}, hours
        db.commit()
    with app.extensions["banshi"].database.reading() as db:
        edition = editions.edition(db, app.extensions["banshi"].config, [SLUG])
    [guide] = edition.guides
    assert next(one for one in guide.file.offerings if one.place == TOWN).windows[0].hours[0].since == "02-30"
    assert pages.body("guide", page=guide_page.facts(guide, edition, "zh-Hans"), preview=None)
    page = keeper.get(f"/desk/places/{TOWN}/offerings/{SLUG}")
    page = keeper.submit(page.form('name="before"').set(note="周三下村").press("save"), status=422)
    assert "这一天不存在" in page.text and "周三下村" in page.html


def test_of_two_editors_the_second_is_told(app, keeper):
    page = adopted(app, keeper)
    with app.extensions["banshi"].database.writing() as db:
        one = asking.one(db, db.scalar(select(Place.id).where(Place.code == TOWN)), SLUG)
        seen = rules.own(one.content)
        staff = db.scalar(select(Staff).where(Staff.username == "bianji"))
        acting.change(db, staff, one.offering, seen | {"note": {"zh": "县里写的"}}, seen, NOW)
        db.commit()
    form = page.form('name="before"').set(**{"windows-0-telephone": "0680-5559999"})
    page = keeper.submit(form.press("save"), status=409)
    assert "刚刚有别人改过" in page.text and "舒雅" in page.text and "县里写的" in page.html and "0680-5559999" in page.html
    keeper.submit(page.form('name="before"').press("save"))
    now = stored(app, TOWN).content
    assert now.note.zh == "县里写的" and now.windows[0].telephone == "0680-5559999"


def test_withdrawing_asks_first(app, keeper):
    page = adopted(app, keeper)
    page = keeper.submit(page.form("/withdraw"), status=422)
    assert "请先勾选" in page.text and not stored(app, TOWN).offering.withdrawn
    page = keeper.submit(page.form("/withdraw").set(sure="1"))
    assert "已撤下" in page.text and stored(app, TOWN).offering.withdrawn
    assert "以前办过" in keeper.get(f"/desk/places/{TOWN}/adopt").text
    keeper.get(f"/desk/places/{TOWN}/offerings/{SLUG}")


def test_one_guide_for_all_villages_below(app, keeper):
    page = keeper.get(f"/desk/places/{TOWN}/below/{SLUG}")
    page = keeper.submit(page.form('name="roles"').press("个都采用"))
    assert "5 个办理点已采用" in page.text and "都已经采用" in page.text
    assert stored(app, VILLAGE).content.roles and stored(app, ELSEWHERE) is None
    assert len(keeper.get("/desk/places").all("tr")) == 6


def test_some_places_and_what_is_missing_is_said(app, keeper):
    page = keeper.get(f"/desk/places/{TOWN}/below/{SLUG}")
    page = keeper.submit(page.form('name="roles"'), status=422)
    assert "请至少勾选一项" in page.text
    form = page.form('name="roles"').set(chosen=VILLAGE)
    keeper.submit(form)
    assert stored(app, VILLAGE) is not None and stored(app, TOWN) is None


def test_a_village_keeps_itself_and_nobody_keeps_a_neighbour(app, guide):
    village = at_desk(app, "guling.editor")
    assert village.get("/desk/places").url.endswith(VILLAGE)
    for path in ("", "/adopt", f"/offerings/{SLUG}", f"/below/{SLUG}"):
        village.get(f"/desk/places/{TOWN}{path}", status=404)
    for path in ("", "/adopt"):
        at_desk(app, "qingxi.head").get(f"/desk/places/{TOWN}{path}", status=404)
    at_desk(app, "yunling.window").get("/desk/places", status=404)
    county = at_desk(app, "bianji")
    assert "共 52 个办理点" in county.get("/desk/places").text
    county.get("/desk/places/990421000000", status=404)
    county.get("/desk/places/990421000000/below")


def test_a_keeper_of_a_township_writes_no_text_of_the_county(app, keeper):
    from portal.models.guides import GuideRevision

    with app.extensions["banshi"].database.reading() as db:
        number = db.scalar(select(GuideRevision.id))
    keeper.get(f"/desk/guides/{number}/edit", status=404)


def test_pages_ask_the_database_little(app, keeper, statements):
    adopted(app, keeper)
    for path in ("/desk/places", f"/desk/places/{TOWN}", f"/desk/places/{TOWN}/adopt", f"/desk/places/{TOWN}/offerings/{SLUG}",
                 f"/desk/places/{TOWN}/below/{SLUG}"):
        with statements() as sent:
            keeper.get(path)
        assert len(sent) <= 12, (path, len(sent))


def test_running_cases_stay_with_the_revision_that_they_began_under(app, keeper):
    adopted(app, keeper)
    first = stored(app, TOWN).revision.id
    page = keeper.get(f"/desk/places/{TOWN}/offerings/{SLUG}")
    keeper.submit(page.form('name="before"').set(note="新的说明").press("save"))
    with app.extensions["banshi"].database.reading() as db:
        old = db.get_one(OfferingRevision, first)
        assert "note" not in old.content and old.ended_at is not None
        assert db.get_one(Offering, old.offering_id).withdrawn is False
