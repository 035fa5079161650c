"""A case on its graph: parallel stages in any order, a join that waits, the decision, the delivery; and two at once."""
import itertools
import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from portal.actions import answers as answering
from portal.actions import cases, handling, vouchers
from portal.actions.acting import NotNow
from portal.models.cases import Case, CaseState
from portal.models.people import Staff
from portal.models.vouchers import Voucher
from portal.queries import calendars, clock, record
from portal.queries import cases as asking
from portal.rules.guide import yaml
from portal.rules.guide.codes import DeliveryWay, End
from portal.rules.guide.document import GuideFile
from portal.rules.stages import NoSuchMove
from tests.actions.cases import RESTAURANT, acting, in_force, sample, stage, states, submitted
from tests.conftest import NOW

SIDE_BY_SIDE = ["food_examine", "health_examine", "sign_examine", "fire_examine"]
PASSED = {"food_site": "fit", "decide": "grant", "certify": "done", "deliver": "done"}


def guide(**changes) -> GuideFile:
    """The smallest guide that has a stage outside the clock: accept, test, decide, deliver."""
    plain = yaml.plain(sample("unemployment-registration"))
    variant = plain["guide"]["variants"][0]
    accept, decide, deliver = variant["stages"]
    test = {"key": "test", "name": "检测", "kind": "special", "counted": False, "stop_reason": "test",
            "stop_basis": "示例办法第三条", "waits_for": ["accept"],
            "outcomes": [{"key": "fit", "name": "合格"}, {"key": "again", "name": "重来", "leads": "back", "to": "accept"}]}
    variant["stages"] = [accept, test, {**decide, "waits_for": ["test"]}, deliver]
    variant["promised"] = variant["statutory"] = {"amount": 5, "unit": "workday"}
    plain["guide"]["item"] |= {"handling": "committed", "review_mode": "review_first"} | changes
    return GuideFile.model_validate(plain)


@pytest.fixture
def officer(db, ring):
    return acting(db, ring, "shichang.head")


@pytest.fixture
def case(db, ring):
    case = submitted(db, ring, sample("open-restaurant"), RESTAURANT)
    cases.accept(acting(db, ring, "shichang.window"), case)
    return case


def second(db) -> int:
    return db.scalars(select(Staff.id).where(Staff.username == "shichang.review")).one()


def finish(act, case, key, outcome=None, **more):
    if key == "food_site":
        more.setdefault("second_officer_id", second(act.db))
    handling.finish(act, case, stage(case, key), outcome or PASSED.get(key, "passed"), **more)


@pytest.mark.parametrize("order", list(itertools.permutations(SIDE_BY_SIDE[1:])))
def test_side_by_side_in_any_order_and_the_join_waits(db, case, officer, order):
    for key in order:
        finish(officer, case, key)
        assert stage(case, "decide").state == "waiting"
    finish(officer, case, "food_examine")
    assert (stage(case, "food_site").state, stage(case, "decide").state) == ("open", "waiting")
    finish(officer, case, "food_site")
    assert stage(case, "decide").state == "open"


def test_from_acceptance_to_delivery(db, case, officer):
    for key in [*SIDE_BY_SIDE, "food_site", "decide"]:
        finish(officer, case, key)
    assert (case.state, case.decision, case.delivery_due_on) == (CaseState.DECIDED, End.GRANTED, date(2026, 3, 16))
    with pytest.raises(NotNow):
        handling.deliver(officer, case, DeliveryWay.MAIL)
    finish(officer, case, "certify")
    finish(officer, case, "deliver", way=DeliveryWay.MAIL)
    assert case.state == CaseState.CLOSED and case.delivered_at == NOW
    issued = db.scalars(select(Voucher).where(Voucher.case_id == case.id).order_by(Voucher.id)).all()
    assert [row.kind for row in issued] == ["receipt", "acceptance", "decision_grant", "delivery"]
    said = vouchers.facts_of(issued[-1], answering.data_key(case.application, officer.ring))
    assert ["送达方式", "邮寄送达"] in said["rows"] and "食品经营许可证" in said["listed"]["lines"]
    assert record.broken_at(db, case) is None


def test_an_instant_item_is_done_in_three_acts(db, ring):
    case = submitted(db, ring, sample("unemployment-registration"), {"applicant_name": "林小满", "was_employed": False})
    act = acting(db, ring, "renshe.window")
    cases.accept(act, case)
    assert case.due_on == case.accepted_on == date(2026, 3, 2)
    assert stage(case, "decide").desk == "at_once"
    handling.finish(act, case, stage(case, "decide"), "grant")
    handling.finish(act, case, stage(case, "deliver"), "done")
    assert case.state == CaseState.CLOSED


def test_a_refusal_needs_reasons_and_states_remedies(db, case, officer):
    for key in [*SIDE_BY_SIDE, "food_site"]:
        finish(officer, case, key)
    with pytest.raises(handling.NoReasons):
        finish(officer, case, "decide", "refuse")
    finish(officer, case, "decide", "refuse", opinion="场所油烟直排居民楼")
    assert (case.state, case.decision) == (CaseState.DECIDED, End.REFUSED)
    assert {stage(case, "certify").state, stage(case, "deliver").state} == {"cancelled"}
    paper = db.scalars(select(Voucher).where(Voucher.kind == "decision_refuse")).one()
    said = vouchers.facts_of(paper, answering.data_key(case.application, officer.ring))
    assert "场所油烟直排居民楼" in said["paragraphs"][0] and len(said["remedies"]) >= 2
    handling.deliver(officer, case, DeliveryWay.PICK_UP)
    assert case.state == CaseState.CLOSED


def test_a_check_of_substance_takes_two(case, officer):
    finish(officer, case, "food_examine")
    for alone in (None, officer.staff.id):
        with pytest.raises(handling.NoSecondOfficer):
            finish(officer, case, "food_site", second_officer_id=alone)


def test_led_back_with_a_reason_everything_after_it_opens_again(db, case, officer):
    finish(officer, case, "fire_examine")
    with pytest.raises(handling.NoReasons):
        finish(officer, case, "health_examine", "returned")
    finish(officer, case, "health_examine", "returned", opinion="健康证明过期")
    assert {key for key, state in states(case).items() if state == "open"} == {"accept"}
    with pytest.raises(NoSuchMove):  # what was accepted can no longer be not accepted
        finish(officer, case, "accept", "not_accepted")
    finish(officer, case, "accept", "accepted")
    assert {key for key, state in states(case).items() if state == "open"} == set(SIDE_BY_SIDE)
    assert stage(case, "health_examine").round == 2 and case.due_on == date(2026, 3, 12)
    finish(officer, case, "health_examine", opinion="已换发")
    key = answering.data_key(case.application, officer.ring)
    assert [(row["round"], row["text"]) for row in handling.opinions(stage(case, "health_examine"), key)] == [
        (1, "健康证明过期"), (2, "已换发")]


def test_a_stage_that_is_not_open_cannot_be_finished(case, officer):
    with pytest.raises(NotNow):
        finish(officer, case, "decide")
    finish(officer, case, "fire_examine")
    with pytest.raises(NotNow):
        finish(officer, case, "fire_examine")
    with pytest.raises(NoSuchMove):
        finish(officer, case, "food_examine", "no_such_outcome")


def test_days_of_a_stage_outside_the_clock_do_not_count(db, ring):
    act = acting(db, ring, "renshe.head")
    case = submitted(db, ring, guide(), {"applicant_name": "林小满"})
    cases.accept(act, case)
    assert case.due_on == date(2026, 3, 9)
    act.now = NOW + timedelta(days=3)  # Monday to Thursday: four days stood, of which the first would not have counted
    handling.finish(act, case, stage(case, "test"), "fit")
    assert (case.due_on, case.owed_on) == (date(2026, 3, 12), date(2026, 3, 12))


def test_days_that_stood_stay_so_when_the_case_is_led_back(db, ring):
    act = acting(db, ring, "renshe.head")
    case = submitted(db, ring, guide(), {"applicant_name": "林小满"})
    cases.accept(act, case)
    act.now = NOW + timedelta(days=2)
    handling.finish(act, case, stage(case, "test"), "again", opinion="样品破损")
    act.now = NOW + timedelta(days=7)
    handling.finish(act, case, stage(case, "accept"), "accepted")
    act.now = NOW + timedelta(days=8)
    handling.finish(act, case, stage(case, "test"), "fit")
    found = clock.stops(db, case, *handling.of(case), calendars.calendar(db), act.today)
    assert [stop[:2] for stop in found] == [
        (date(2026, 3, 2), date(2026, 3, 4)), (date(2026, 3, 9), date(2026, 3, 10))]
    assert case.due_on == date(2026, 3, 13)  # counted: 5, 6, 11, 12, 13 March


def test_a_case_keeps_the_guide_it_was_filed_under(db, ring):
    act = acting(db, ring, "shichang.window")
    old = submitted(db, ring, sample("open-restaurant"), RESTAURANT)
    plain = yaml.plain(sample("open-restaurant"))
    variant = plain["guide"]["variants"][0]
    variant["promised"] = {"amount": 3, "unit": "workday"}
    variant["stages"] = [row for row in variant["stages"] if row["key"] != "sign_examine"]
    for row in variant["stages"]:
        row["waits_for"] = [key for key in row.get("waits_for", []) if key != "sign_examine"]
        row["limit"] = {"unit": "on_the_spot"}
    in_force(db, GuideFile.model_validate(plain), "item")
    new = submitted(db, ring, sample("open-restaurant"), RESTAURANT)
    cases.accept(act, old)
    cases.accept(act, new)
    assert (old.due_on, new.due_on) == (date(2026, 3, 12), date(2026, 3, 5))
    assert "sign_examine" in states(old) and "sign_examine" not in states(new)


def test_a_guide_of_acceptance_alone_is_decided_with_it(db, ring):
    plain = yaml.plain(guide())
    plain["guide"]["variants"][0]["stages"] = plain["guide"]["variants"][0]["stages"][:1]
    case = submitted(db, ring, GuideFile.model_validate(plain), {"applicant_name": "林小满"})
    act = acting(db, ring, "renshe.window")
    cases.accept(act, case)
    assert (case.state, case.decision) == (CaseState.DECIDED, End.GRANTED)
    handling.deliver(act, case, DeliveryWay.ON_THE_SPOT)
    assert case.state == CaseState.CLOSED


def test_of_two_at_once_the_second_is_told(database, ring):
    with database.writing() as db:
        case_id = submitted(db, ring, sample("open-restaurant"), RESTAURANT).id
        cases.accept(acting(db, ring, "shichang.window"), db.get(Case, case_id))
        db.commit()
    with database.reading() as late:  # has the case in hand, as it was
        case = late.get(Case, case_id)
        act = acting(late, ring, "shichang.head")
        held = (list(case.stages), list(case.parties), case.application, handling.of(case))
        late.commit()  # and lets go of the database, not of what it read
        with database.writing() as first:
            finish(acting(first, ring, "shichang.head"), first.get(Case, case_id), "fire_examine")
            first.commit()
        with pytest.raises((StaleDataError, NotNow)):
            finish(act, case, "health_examine")
            late.commit()
        late.rollback()
        assert held
    with database.reading() as after:
        assert states(after.get(Case, case_id))["health_examine"] == "open"
        assert record.broken_at(after, after.get(Case, case_id)) is None


def test_three_officers_at_once_and_the_join_opens_once(database, ring):
    with database.writing() as db:
        case_id = submitted(db, ring, sample("open-restaurant"), RESTAURANT).id
        cases.accept(acting(db, ring, "shichang.window"), db.get(Case, case_id))
        db.commit()
    start, failed = threading.Barrier(3), []

    def work(username: str, key: str) -> None:
        try:
            start.wait(60)
            with database.writing() as db:
                act = acting(db, ring, username)
                case = asking.one(db, asking.officer(act.staff), case_id, to_act=True)
                finish(act, case, key)
                db.commit()
        except Exception as error:
            failed.append(error)

    stages = (("weijian.window", "health_examine"), ("zhujian.window", "sign_examine"), ("zhujian.head", "fire_examine"))
    threads = [threading.Thread(target=work, args=row) for row in stages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with database.writing() as db:
        case = db.get(Case, case_id)
        finish(acting(db, ring, "shichang.head"), case, "food_examine")
        finish(acting(db, ring, "shichang.head"), case, "food_site")
        assert stage(case, "decide").state == "open" and stage(case, "decide").round == 1
        assert record.broken_at(db, case) is None
