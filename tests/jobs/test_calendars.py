"""A year end that was not announced yet: dates are provisional, and follow the notice when it comes, once, told on the tracker."""
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select, update

from portal.actions import calendars as keeping
from portal.actions import cases, handling, recounting
from portal.jobs import calendars
from portal.models.calendars import CalendarYear
from portal.models.cases import Case, Event
from portal.queries import calendars as asking
from portal.queries import record, tracker
from portal.rules.calendar import SpecialDay
from portal.rules.guide.codes import End
from portal.rules.guide.text import Text
from tests.actions.cases import RESTAURANT, acting, sample, stage, submitted
from tests.queries.test_clock import ANSWERS, guide

YEAR_END = datetime(2026, 12, 25, 1, 0, tzinfo=UTC)  # a Friday
NEW_YEAR = {day: SpecialDay(False, Text(zh="元旦")) for day in (date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3))}
NOTICE = NEW_YEAR | {date(2027, 10, 1): SpecialDay(False, Text(zh="国庆节")), date(2027, 1, 10): SpecialDay(True, Text(zh="元旦"))}


def made(tools, ring, state: str, slug: str) -> int:
    with tools.database.writing() as db:
        act = acting(db, ring, "shichang.window", YEAR_END)
        case = submitted(db, ring, sample("open-restaurant"), RESTAURANT, slug=slug, now=YEAR_END)
        if state != "submitted":
            cases.accept(act, case)
        if state == "closed":
            cases.withdraw(act, case)
        db.commit()
        return case.id


def announced(tools, days=NOTICE, year=2027, official=True) -> None:
    with tools.database.writing() as db:
        keeping.change(db, None, year, days, official, "国办发明电〔2026〕9号", "公布了", YEAR_END)
        db.commit()


def seen(tools, case_id: int):
    with tools.database.reading() as db:
        case = db.get_one(Case, case_id)
        assert list(record.broken(db)) == []
        return case, db.scalar(select(func.count()).select_from(Event).where(Event.case_id == case_id, Event.kind == "recount"))


def test_a_year_end_that_is_not_announced_yet(tools, ring):
    waiting, accepted, closed = (made(tools, ring, state, "one") for state in ("submitted", "accepted", "closed"))
    case, _ = seen(tools, accepted)
    assert (case.due_on, case.due_provisional) == (date(2027, 1, 6), True)
    assert seen(tools, waiting)[0].acceptance_due_on == date(2027, 1, 1)  # without the notice a Friday like any other
    assert calendars.follow(tools, YEAR_END) == 0  # as begun
    announced(tools)
    assert calendars.follow(tools, YEAR_END + timedelta(hours=1)) == 2
    case, events = seen(tools, accepted)
    assert (case.due_on, case.due_provisional, case.due_before, events) == (date(2027, 1, 7), False, date(2027, 1, 6), 1)
    assert case.owed_on > case.due_on
    assert seen(tools, waiting)[0].acceptance_due_on == date(2027, 1, 4) and seen(tools, closed)[1] == 0
    with tools.database.reading() as db:
        found = tracker.tracked(db, tracker.row_of(db, case.tracking_code), date(2026, 12, 28))
        assert "放假安排有变，办结日期重新计算过（原定2027年1月6日）" in found.progress.sentence.zh
        assert "暂定" not in found.progress.by.zh and asking.not_recounted(db) == {}


def test_again_moves_nothing_and_writes_nothing(tools, ring):
    accepted = made(tools, ring, "accepted", "one")
    announced(tools)
    assert calendars.follow(tools, YEAR_END) == 1 and calendars.follow(tools, YEAR_END) == 0
    with tools.database.writing() as db:
        for row in db.scalars(select(CalendarYear)):
            row.recounted = ""
        db.commit()
    assert calendars.follow(tools, YEAR_END) == 0 and seen(tools, accepted)[1] == 1


def test_an_edit_moves_the_dates_back(tools, ring):
    accepted = made(tools, ring, "accepted", "one")
    announced(tools)
    calendars.follow(tools, YEAR_END)
    announced(tools, {day: special for day, special in NOTICE.items() if day != date(2027, 1, 1)})
    assert calendars.follow(tools, YEAR_END) == 1
    case, events = seen(tools, accepted)
    assert (case.due_on, case.due_before, events) == (date(2027, 1, 6), date(2027, 1, 7), 2)


def test_a_date_that_stays_is_provisional_no_more(tools, ring):
    accepted = made(tools, ring, "accepted", "one")
    announced(tools, {date(2027, 10, 1): SpecialDay(False, Text(zh="国庆节"))})
    assert calendars.follow(tools, YEAR_END) == 1
    case, events = seen(tools, accepted)
    assert (case.due_on, case.due_provisional, case.due_moved, events) == (date(2027, 1, 6), False, None, 1)


def test_who_waits_still_is_judged_by_the_calendar_as_it_is_and_who_was_accepted_stays_so(tools, ring):
    waiting, deemed = (made(tools, ring, "submitted", "one") for _ in range(2))
    late = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)  # their days passed on 1 January by the calendar as it was
    with tools.database.writing() as db:
        assert cases.deem(acting(db, ring, now=late), db.get_one(Case, deemed))
        db.commit()
    announced(tools)
    calendars.follow(tools, late)
    assert seen(tools, waiting)[0].acceptance_due_on == date(2027, 1, 4)
    case, _ = seen(tools, deemed)
    assert (case.state, case.accepted_on, case.due_on) == ("accepted", date(2026, 12, 25), date(2027, 1, 7))


def test_delivery_and_open_stages_follow_too(tools, ring):
    accepted = made(tools, ring, "accepted", "one")
    announced(tools)
    calendars.follow(tools, YEAR_END)
    case = seen(tools, accepted)[0]
    with tools.database.reading() as db:
        case = db.get_one(Case, accepted)
        assert stage(case, "food_examine").due_on == date(2026, 12, 28)
        assert stage(case, "food_site").due_on is None
    with tools.database.writing() as db:
        act = acting(db, ring, "shichang.head", YEAR_END)
        case = db.get_one(Case, accepted)
        handling.decide(act, case, End.GRANTED, "", handling.answering.data_key(case.application, act.ring))
        assert case.delivery_due_on == date(2027, 1, 10)
        db.commit()
    announced(tools, NEW_YEAR)
    assert calendars.follow(tools, YEAR_END) == 1 and seen(tools, accepted)[0].delivery_due_on == date(2027, 1, 11)


def test_one_that_fails_holds_up_nobody_and_is_tried_again(tools, ring, monkeypatch):
    bad, good = (made(tools, ring, "accepted", "one") for _ in range(2))
    announced(tools)
    real = recounting.recount

    def recount(act, case, **more):
        if case.id == bad:
            raise RuntimeError
        return real(act, case, **more)
    monkeypatch.setattr(recounting, "recount", recount)
    assert calendars.follow(tools, YEAR_END) == 1 and seen(tools, good)[0].due_on == date(2027, 1, 7)
    monkeypatch.undo()
    assert calendars.follow(tools, YEAR_END) == 1 and seen(tools, bad)[0].due_on == date(2027, 1, 7)


def test_one_that_fails_for_ever_is_tried_alone_and_ever_less_often(tools, ring, monkeypatch):
    bad, _ = (made(tools, ring, "accepted", "one") for _ in range(2))
    announced(tools)
    tried, real = [], recounting.recount

    def recount(act, case, **more):
        tried.append(case.id)
        if case.id == bad:
            raise RuntimeError
        return real(act, case, **more)
    monkeypatch.setattr(recounting, "recount", recount)
    rest = calendars.Rest()
    for seconds in range(0, 3600, 5):
        calendars.follow(tools, YEAR_END + timedelta(seconds=seconds), rest)
    assert len(tried) - tried.count(bad) == 1 and 2 < tried.count(bad) < 12
    announced(tools, NEW_YEAR)  # another change is no repetition: all follow it at once
    tried.clear()
    calendars.follow(tools, YEAR_END + timedelta(hours=1), rest)
    assert len(tried) == 2
    monkeypatch.undo()
    assert calendars.follow(tools, YEAR_END + timedelta(days=1), rest) == 1 and seen(tools, bad)[0].due_on == date(2027, 1, 7)


def test_the_first_look_after_an_upgrade_blames_no_holiday(tools, ring):
    """Columns of an earlier release held other days; what brings them to the facts is no change of the calendar."""
    accepted = made(tools, ring, "accepted", "one")
    with tools.database.writing() as db:
        db.execute(update(CalendarYear).values(recounted=""))
        db.execute(update(Case).where(Case.id == accepted).values(due_on=date(2027, 2, 1)))
        db.commit()
    assert calendars.follow(tools, YEAR_END) == 1
    case, events = seen(tools, accepted)
    assert (case.due_on, case.due_before, case.due_moved, events) == (date(2027, 1, 6), None, None, 1)
    announced(tools)
    assert calendars.follow(tools, YEAR_END) == 1 and seen(tools, accepted)[0].due_before == date(2027, 1, 6)


def test_while_a_stop_lasts_no_day_is_named_that_nobody_was_shown(tools, ring):
    file = guide({"amount": 5, "unit": "workday"}, kind="licence", stop={})
    with tools.database.writing() as db:
        case = submitted(db, ring, file, ANSWERS, now=YEAR_END)
        cases.accept(acting(db, ring, "renshe.window", YEAR_END), case)
        accepted, code = case.id, case.tracking_code
        db.commit()
    assert calendars.follow(tools, YEAR_END) == 0
    announced(tools)
    assert calendars.follow(tools, YEAR_END + timedelta(days=4)) == 1
    case, _ = seen(tools, accepted)
    assert (case.due_before, case.due_moved) == (None, "calendar")
    with tools.database.reading() as db:
        said = tracker.tracked(db, tracker.row_of(db, code), date(2026, 12, 29)).progress.sentence
    assert "放假安排有变，办结日期重新计算过。" in said.zh and "原定" not in said.zh and "computed anew." in said.en
