"""The queue: what is due first stands first, each officer sees what is hers, and nothing personal is on it."""
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.actions import cases, handling
from portal.models.cases import Case
from portal.models.people import Staff
from portal.models.places import Place
from portal.queries import cases as asking
from portal.queries import desk
from portal.rules import permissions
from portal.rules.calendar import legal_day
from tests.actions.cases import stage
from tests.conftest import NOW
from tests.views.officers import at_desk, do, file_case

TODAY = legal_day(NOW)


def to_decision(act, case):
    cases.accept(act, case)
    for key in ("food_examine", "health_examine", "sign_examine", "fire_examine"):
        handling.finish(act, case, stage(case, key), "passed")
    handling.finish(act, case, stage(case, "food_site"), "fit", second_officer_id=2)


@pytest.fixture
def filed(app, ring):
    """One case waiting, one accepted, one with its stages done but the decision, one decided and refused."""
    ids = [file_case(app, ring, now=NOW - timedelta(days=day)) for day in (0, 3, 4, 5)]
    do(app, ring, "shichang.window", ids[1], cases.accept)
    do(app, ring, "shichang.head", ids[2], to_decision)
    do(app, ring, "shichang.head", ids[3], lambda act, case: (
        to_decision(act, case), handling.finish(act, case, stage(case, "decide"), "refuse", opinion="不符合条件")))
    return ids


def queue(app, username, **asked):
    with app.extensions["banshi"].database.reading() as db:
        who = asking.officer(db.scalars(select(Staff).where(Staff.username == username)).one())
        return desk.queue(db, who, TODAY, **{"scope": desk.scopes(who)[0], **asked})


def ids(app, username, **asked):
    return [row.id for row in queue(app, username, **asked).rows]


def test_each_officer_has_what_is_hers_to_do(app, filed):
    waiting, accepted, deciding, refused = filed
    assert ids(app, "shichang.window") == [waiting, refused]
    assert ids(app, "shichang.review") == [accepted, refused]
    assert ids(app, "shichang.head") == [accepted, deciding, refused]
    assert ids(app, "weijian.window") == [accepted]
    assert ids(app, "gongan.head") == []
    assert sorted(ids(app, "jiandu")) == sorted(filed)


def test_who_has_no_queue_is_led_on_to_the_guides(app, filed):
    page = at_desk(app, "bianji").get("/desk")
    assert "没有队列" in page.text and 'class="btn btn--primary" href="/desk/guides"' in page.html


def test_the_departments_queue_has_its_own_cases_and_open_stages(app, filed):
    assert sorted(ids(app, "shichang.window", scope=desk.DEPARTMENT)) == sorted(filed)
    assert ids(app, "zhujian.window", scope=desk.DEPARTMENT) == [filed[1]]


def test_what_is_due_first_stands_first(app, filed):
    rows = queue(app, "jiandu").rows
    days = [row.deadline for row in rows]
    assert days == sorted(days)
    assert [row.left for row in rows] == sorted(row.left for row in rows)


def test_a_state_can_be_picked_and_closed_cases_are_out_of_the_way(app, ring, filed):
    assert ids(app, "jiandu", state="decided") == [filed[3]]
    do(app, ring, "shichang.window", filed[0], lambda act, case: cases.refuse(act, case, "不属于本机关"))
    assert filed[0] not in ids(app, "jiandu") and ids(app, "jiandu", state="closed") == [filed[0]]


def test_a_case_is_found_by_the_end_of_its_number_or_its_code(app, filed):
    with app.extensions["banshi"].database.reading() as db:
        case = db.get_one(Case, filed[0])
    for query in (case.number, desk.short(case.number), case.tracking_code, case.tracking_code.lower()):
        assert ids(app, "shichang.window", query=query) == [filed[0]]
        assert ids(app, "gongan.head", query=query) == []
    assert ids(app, "shichang.window", query="%") == []


def test_the_page_tells_the_next_act_and_the_days_in_words(app, ring, filed):
    text = at_desk(app, "shichang.window").get("/desk?scope=department").text
    assert "决定是否受理" in text and "待受理" in text and "已超期" in text
    assert "林**" in text and "林小满" not in text and "11010519491231002X" not in text


def test_the_page_keeps_to_its_statements_and_its_size(app, ring, statements):
    for number in range(33):
        file_case(app, ring, now=datetime.now(UTC) - timedelta(days=number))
    window = at_desk(app, "shichang.window")
    window.get("/desk")
    with statements() as said:
        page = window.get("/desk")
    assert len(said) <= 12, "\n".join(said)
    assert len(page.all("tr")) == desk.PAGE + 1 and "共 33 件" in page.text
    second = window.get(page.links()["下一页"])
    assert len(second.all("tr")) == 4 and "上一页" in second.links()


def test_who_has_no_desk_reads_why(app):
    assert "您的岗位不办理办件" in at_desk(app, "bianji").get("/desk").text


def test_a_strange_filter_is_no_error(app, filed):
    window = at_desk(app, "shichang.window")
    for address in ("/desk?scope=division", "/desk?state=x&page=-3", "/desk?page=99", "/desk?q=%00%25_'"):
        window.get(address)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(department=st.one_of(st.none(), st.integers(1, 14)), place=st.integers(1, 53),
       roles=st.frozensets(st.sampled_from(["window", "reviewer", "head", "supervisor", "admin", "editor", "helper"])))
def test_the_database_and_the_rule_agree_on_who_sees_what(app, filed, department, place, roles):
    with app.extensions["banshi"].database.reading() as db:
        who = permissions.Officer(1, department, db.get_one(Place, place).code, roles)
        asked = select(Case).join(Place, Case.place_id == Place.id)
        every = db.scalars(asked).all()
        told = {case.id for case in db.scalars(asked.where(asking.visible(who)))}
        assert told == {case.id for case in every if permissions.sees(who, asking.subject(case))}
        to_do = {case.id for case in db.scalars(asked.where(asking.visible(who), asking.to_do(who)))}
        offered = {case.id for case in every if permissions.sees(who, asking.subject(case)) and any(
            offer.why_not is None and offer.act in ("accept", "finish", "deliver")
            for offer in asking.offers(who, case, NOW.date(), owed=False))}  # telling (送达文书) has a queue of its own
        assert to_do == {one for one in offered if db.get_one(Case, one).state != "correction"}
