"""The clock of a case from its facts: hours by its place's own, stops by the law alone and no longer than was told."""
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.actions import answers as answering
from portal.actions import cases, vouchers
from portal.actions.acting import of
from portal.models.cases import Case
from portal.models.vouchers import Voucher, VoucherKind
from portal.queries import calendars, clock, desk, tracker
from portal.queries import cases as officers
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from tests.actions.cases import acting, sample, submitted
from tests.conftest import NOW

ANSWERS = {"applicant_name": "林小满", "was_employed": False}
HOURS = [{"season": None, "since": None, "until": None, "days": [1, 2, 3, 4, 5],
          "spans": [{"opens": "09:00", "closes": "12:00"}, {"opens": "13:30", "closes": "17:30"}]}]
LATE = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)  # half past four on a Monday in Shanghai


def guide(promised, *, kind="public_service", stop=None, not_counted=()) -> GuideFile:
    plain = yaml.plain(sample("unemployment-registration"))
    variant = plain["guide"]["variants"][0]
    accept, decide, deliver = variant["stages"]
    test = [{"key": "test", "name": "检测", "kind": "special", "counted": False, "stop_reason": "test", "waits_for": ["accept"]} | stop] if stop is not None else []
    variant["stages"] = [accept, *test, {**decide, "waits_for": ["test" if test else "accept"]}, deliver]
    variant["promised"] = variant["statutory"] = promised
    variant["not_counted"] = list(not_counted)
    plain["guide"]["item"] |= {"handling": "committed", "review_mode": "review_first", "kind": kind}
    return GuideFile.model_validate(plain)


def accepted(db, ring, file, now=NOW) -> Case:
    case = submitted(db, ring, file, ANSWERS, now=now)
    case.place.hours = HOURS
    cases.accept(acting(db, ring, "renshe.window", now), case)
    db.flush()
    return case


def now_of(db, case, today):
    return clock.of(db, case, *of(case), calendars.calendar(db), today)


def test_hours_run_while_the_place_is_open_from_the_moment_of_acceptance(db, ring):
    case = accepted(db, ring, guide({"amount": 3, "unit": "hour"}), LATE)
    found = now_of(db, case, date(2026, 3, 2)).due
    assert (case.due_on, found.date, found.until) == (date(2026, 3, 3), date(2026, 3, 3), "11:00")
    early = accepted(db, ring, guide({"amount": 3, "unit": "hour"}), datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    assert (early.due_on, now_of(db, early, early.accepted_on).due.until) == (date(2026, 3, 2), "12:00")
    by = tracker.tracked(db, tracker.row_of(db, case.tracking_code), date(2026, 3, 2)).progress.by
    assert (by.zh, by.en) == ("2026年3月3日 11:00", "3 March 2026 11:00")
    paper = db.scalars(select(Voucher).where(Voucher.case_id == case.id, Voucher.kind == VoucherKind.ACCEPTANCE)).one()
    act = acting(db, ring)
    said = vouchers.facts_of(paper, answering.data_key(case.application, act.ring))
    assert ["办结期限", "2026年3月3日 11:00"] in said["rows"] and "2026年3月3日 11:00前作出决定" in said["paragraphs"][1]


def test_without_hours_eight_are_a_working_day(db, ring):
    case = accepted(db, ring, guide({"amount": 12, "unit": "hour"}))
    case.place.hours = []
    assert now_of(db, case, None).due.date == date(2026, 3, 4)


@pytest.mark.parametrize(("kind", "stop", "stops"), [
    ("licence", {}, True), ("licence", {"stop_reason": "other"}, False), ("licence", {"stop_reason": "rule", "stop_basis": "《某某办法》第三条"}, False),
    ("confirmation", {}, False), ("confirmation", {"stop_basis": "《某某办法》第三条"}, True)])
def test_only_what_the_law_lets_stand_stands_and_is_told(db, ring, kind, stop, stops):
    case = accepted(db, ring, guide({"amount": 5, "unit": "workday"}, kind=kind, stop=stop))
    week = date(2026, 3, 9)
    assert now_of(db, case, week).due.date == (date(2026, 3, 16) if stops else date(2026, 3, 9))
    assert now_of(db, case, None).due.date == case.due_on == date(2026, 3, 9)
    said = tracker.tracked(db, tracker.row_of(db, case.tracking_code), week).progress.sentence.zh
    assert ("依法不计入办理期限" in said) is stops


def test_a_stop_is_over_when_the_time_that_was_told_is(db, ring):
    case = accepted(db, ring, guide({"amount": 5, "unit": "workday"}, kind="licence", stop={"limit": {"amount": 2, "unit": "workday"}}))
    assert now_of(db, case, date(2026, 3, 20)).due.date == date(2026, 3, 11)
    for today, stands in ((3, True), (4, True), (5, False)):
        said = tracker.tracked(db, tracker.row_of(db, case.tracking_code), date(2026, 3, today)).progress.sentence.zh
        assert ("依法不计入办理期限" in said) is stands
        rows = desk.queue(db, officers.officer(acting(db, ring, "renshe.head").staff), date(2026, 3, today), scope=desk.DEPARTMENT).rows
        assert [row.stopped for row in rows if row.id == case.id] == [stands]
    assert case.accepted_on + timedelta(days=2) == date(2026, 3, 4)
