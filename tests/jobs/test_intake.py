"""Acceptance by the clock: exactly what was due, each once, with the right dates, however long the scheduler slept."""
import json
import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal.actions import answers as answering
from portal.actions import cases, vouchers
from portal.actions.cases import Wanted
from portal.jobs import Tools, intake, worker
from portal.models.calendars import CalendarDay, CalendarYear
from portal.models.cases import Case, CaseState, Event
from portal.models.vouchers import Voucher, VoucherKind
from portal.queries import record
from portal.rules.calendar import day_starts
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from tests.actions.cases import RESTAURANT, acting, sample, stage, submitted

NOON = timedelta(hours=12)
BEFORE, EVE, HOLIDAYS_OVER = date(2026, 4, 22), date(2026, 4, 30), date(2026, 5, 6)
"""Five working days before the last one before the holidays of May, that one, and the first one after: 1 to 5 May are days off."""


def file_on(tools: Tools, ring, *days: date) -> list[int]:
    with tools.database.writing() as db:
        made = [submitted(db, ring, sample("open-restaurant"), RESTAURANT, now=day_starts(day) + NOON).id for day in days]
        db.commit()
    return made


def read(tools: Tools, case_id: int) -> tuple[Case, list[Event], list[Voucher]]:
    with tools.database.reading() as db:
        case = db.get_one(Case, case_id)
        assert case.stages and case.application and record.broken_at(db, case) is None
        found = db.scalars(select(Voucher).where(Voucher.case_id == case_id, Voucher.kind == VoucherKind.ACCEPTANCE)).all()
        return case, record.events(db, case_id), list(found)


def test_a_scheduler_that_slept_over_a_holiday_accepts_what_was_due_each_once_with_the_right_dates(tools, ring):
    """Days off count for nothing, the days on which nobody looked for as much as any other."""
    due, on_the_eve, not_yet = file_on(tools, ring, BEFORE - timedelta(days=1), BEFORE + timedelta(days=1), BEFORE + timedelta(days=2))
    assert intake.deem(tools, day_starts(EVE) - timedelta(minutes=1)) == 1
    assert read(tools, due)[0].deemed_on == date(2026, 4, 29)
    assert intake.deem(tools, day_starts(EVE) + NOON) == 0
    assert [intake.deem(tools, day_starts(HOLIDAYS_OVER) + NOON) for _ in range(2)] == [1, 0]
    case, events, papers = read(tools, on_the_eve)
    assert (case.state, case.arrived_on, case.accepted_on, case.deemed_on) == (
        CaseState.ACCEPTED, date(2026, 4, 23), date(2026, 4, 23), date(2026, 5, 1))
    assert [event.kind for event in events] == ["submit", "deem"] and len(papers) == 1
    assert events[1].staff_id is None and events[1].facts["since"] == "2026-04-23" and events[1].facts["on"] == "2026-05-01"
    assert read(tools, not_yet)[0].state == CaseState.SUBMITTED
    assert intake.deem(tools, day_starts(HOLIDAYS_OVER) + timedelta(days=1, minutes=5)) == 1
    assert read(tools, not_yet)[0].deemed_on == date(2026, 5, 7)


def test_the_stages_open_when_the_law_opened_them_not_when_somebody_looked(tools, ring):
    in_time, asleep = file_on(tools, ring, date(2026, 3, 2), date(2026, 3, 2))
    with tools.database.writing() as db:
        cases.deem(acting(db, ring, now=day_starts(date(2026, 3, 10))), db.get_one(Case, in_time))
        db.commit()
    intake.deem(tools, day_starts(date(2026, 3, 13)) + NOON)
    one, other = read(tools, in_time)[0], read(tools, asleep)[0]
    assert [(row.key, row.state, row.opened_at, row.due_on) for row in one.stages] == [
        (row.key, row.state, row.opened_at, row.due_on) for row in other.stages]
    assert (one.due_on, one.owed_on, one.deemed_on) == (other.due_on, other.owed_on, other.deemed_on)
    assert stage(other, "food_examine").opened_at == day_starts(date(2026, 3, 10)) and stage(other, "accept").officer_id is None


def test_the_voucher_says_how_it_came_about(tools, ring):
    (case_id,) = file_on(tools, ring, date(2026, 3, 2))
    intake.deem(tools, day_starts(date(2026, 3, 12)))
    case, _, (paper,) = read(tools, case_id)
    said = vouchers.facts_of(paper, answering.data_key(case.application, tools.keys))
    assert "五个工作日内没有告知需要补正的内容，自收到申请材料之日起即为受理" in said["paragraphs"][0]
    assert ["受理日期", "2026年3月2日"] in said["rows"] and said["date"] == "2026-03-12"


def test_whoever_was_told_or_answered_in_time_is_not_accepted_by_the_clock(tools, ring):
    told, accepted, withdrawn = file_on(tools, ring, *[date(2026, 3, 2)] * 3)
    with tools.database.writing() as db:
        act = acting(db, ring, "shichang.window", day_starts(date(2026, 3, 9)))
        cases.ask_correction(act, db.get_one(Case, told), [Wanted("layout", "wrong", "标出通道")])
        cases.accept(act, db.get_one(Case, accepted))
        cases.withdraw(act, db.get_one(Case, withdrawn))
        db.commit()
    assert intake.deem(tools, day_starts(date(2026, 4, 1))) == 0


def test_the_days_run_anew_when_corrected_papers_arrive(tools, ring):
    (case_id,) = file_on(tools, ring, date(2026, 3, 2))
    with tools.database.writing() as db:
        case = db.get_one(Case, case_id)
        cases.ask_correction(acting(db, ring, "shichang.window", day_starts(date(2026, 3, 4))), case, [Wanted("layout", "wrong", "通道")])
        cases.resubmit(acting(db, ring, now=day_starts(date(2026, 3, 20))), case)
        db.commit()
    assert intake.deem(tools, day_starts(date(2026, 3, 27)) + NOON) == 0
    assert intake.deem(tools, day_starts(date(2026, 3, 28))) == 1
    assert read(tools, case_id)[0].accepted_on == date(2026, 3, 20)


def test_a_calendar_that_changed_since_moves_the_last_day(tools, ring):
    (case_id,) = file_on(tools, ring, date(2026, 3, 2))
    with tools.database.writing() as db:
        db.add(CalendarDay(day=date(2026, 3, 9), year=2026, working=False, name="停电"))
        db.execute(update(CalendarYear).where(CalendarYear.year == 2026).values(digest="changed"))
        db.commit()
    assert intake.deem(tools, day_starts(date(2026, 3, 10)) + NOON) == 0
    case, events, _ = read(tools, case_id)
    assert case.acceptance_due_on == date(2026, 3, 10)
    assert [event.kind for event in events] == ["submit", "recount"]
    assert events[-1].facts["moved"]["acceptance_due_on"] == ["2026-03-09", "2026-03-10"]
    assert intake.deem(tools, day_starts(date(2026, 3, 11))) == 1


def test_a_worker_that_starts_catches_up_at_once(tools, ring):
    (case_id,) = file_on(tools, ring, date(2026, 3, 2))
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(tools, stop))
    thread.start()
    until = datetime.now(UTC) + timedelta(seconds=60)
    while read(tools, case_id)[0].state == CaseState.SUBMITTED and datetime.now(UTC) < until:
        time.sleep(0.1)
    stop.set()
    thread.join(30)
    assert not thread.is_alive() and read(tools, case_id)[0].state == CaseState.ACCEPTED


def test_two_workers_at_once_make_one(tools, ring):
    made = file_on(tools, ring, *[date(2026, 3, 2)] * 3)
    started, done = threading.Barrier(2), []

    def work():
        started.wait()
        done.append(intake.deem(tools, day_starts(date(2026, 3, 11))))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 3
    for case_id in made:
        _, events, papers = read(tools, case_id)
        assert [event.kind for event in events] == ["submit", "deem"] and len(papers) == 1


def test_stopped_in_the_middle_the_next_run_goes_on(tools, ring, monkeypatch):
    """Killed at any write of the second case, the first is whole, the second untouched, and the next run makes the rest."""
    first, second = file_on(tools, ring, *[date(2026, 3, 2)] * 2)
    real, told = vouchers.issue, []

    def dies(*args, **more):
        told.append(args)
        if len(told) == 2:
            raise KeyboardInterrupt
        return real(*args, **more)

    monkeypatch.setattr(vouchers, "issue", dies)
    with pytest.raises(KeyboardInterrupt):
        intake.deem(tools, day_starts(date(2026, 3, 10)))
    assert [read(tools, one)[0].state for one in (first, second)] == [CaseState.ACCEPTED, CaseState.SUBMITTED]
    assert intake.deem(tools, day_starts(date(2026, 3, 10))) == 1
    assert all(len(read(tools, one)[2]) == 1 for one in (first, second))


def test_one_that_fails_holds_up_nobody(tools, ring, monkeypatch):
    first, second = file_on(tools, ring, *[date(2026, 3, 2)] * 2)
    real = cases.deem

    def fails(act, case):
        if case.id == first:
            raise RuntimeError
        return real(act, case)

    monkeypatch.setattr(cases, "deem", fails)
    assert intake.deem(tools, day_starts(date(2026, 3, 10))) == 1
    assert read(tools, second)[0].state == CaseState.ACCEPTED


def test_silence_accepts_but_never_grants(tools, ring):
    """Where acceptance alone decides, the accepting stage stays open: a person finishes it."""
    plain = yaml.plain(sample("unemployment-registration"))
    variant = plain["guide"]["variants"][0]
    accept, _, deliver = variant["stages"]
    variant["stages"] = [accept, {**deliver, "waits_for": ["accept"]}]
    with tools.database.writing() as db:
        case_id = submitted(db, ring, GuideFile.model_validate(plain), {}, now=day_starts(date(2026, 3, 2))).id
        db.commit()
    assert intake.deem(tools, day_starts(date(2026, 3, 10))) == 1
    case = read(tools, case_id)[0]
    assert (case.state, case.decision, stage(case, accept["key"]).state) == (CaseState.ACCEPTED, None, "open")


def test_the_record_holds_no_words(tools, ring):
    (case_id,) = file_on(tools, ring, date(2026, 3, 2))
    intake.deem(tools, day_starts(date(2026, 3, 10)))
    assert "林小满" not in json.dumps([event.facts for event in read(tools, case_id)[1]], ensure_ascii=False)
