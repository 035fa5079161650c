"""An extension: asked for by one, approved by another, once, in time; the dates move, the notice says so and is owed."""
import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from portal.actions import answers as answering
from portal.actions import cases, extensions, recounting, vouchers
from portal.actions.acting import NotNow
from portal.models.cases import Case, Notice, NoticeKind, Service
from portal.models.extensions import Extension, ExtensionState
from portal.models.vouchers import Voucher, VoucherKind
from portal.queries import calendars, clock, desk, record, tracker
from portal.queries import cases as asking
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from tests.actions.cases import RESTAURANT, acting, sample, submitted
from tests.conftest import NOW

FOOD = {"matter": "new", "legal_name": "林小满", "legal_id": "11010519491231002X"}
LATER = NOW + timedelta(days=2)


def guide(**changes) -> GuideFile:
    plain = yaml.plain(sample("food-business-licence"))
    plain["guide"]["item"].update(changes)
    return GuideFile.model_validate(plain)


@pytest.fixture
def case(db, ring):
    made = submitted(db, ring, guide(), FOOD)
    cases.accept(acting(db, ring, "shichang.window"), made)
    return made


@pytest.fixture
def reviewer(db, ring):
    return acting(db, ring, "shichang.review", LATER)


@pytest.fixture
def head(db, ring):
    return acting(db, ring, "shichang.head", LATER)


def facts(act, case):
    row = act.db.scalars(select(Voucher).where(Voucher.case_id == case.id, Voucher.kind == VoucherKind.EXTENSION)).one()
    return vouchers.facts_of(row, answering.data_key(case.application, act.ring))


def test_an_approved_extension_moves_both_days_and_is_told(db, case, reviewer, head):
    assert (case.due_on, case.owed_on) == (date(2026, 3, 9), date(2026, 3, 30))
    row = extensions.ask(reviewer, case, 5, "现场核查遇到停电，须另行约定")
    assert (row.state, case.due_on) == (ExtensionState.ASKED, date(2026, 3, 9))
    extensions.approve(head, case, row)
    assert (case.due_on, case.owed_on, case.extended_by) == (date(2026, 3, 16), date(2026, 4, 7), 5)
    assert (row.due_before, row.due_on, row.decided_by_id) == (date(2026, 3, 9), date(2026, 3, 16), head.staff.id)
    said = facts(head, case)
    text = "".join(said["paragraphs"])
    assert "停电" in text and "2026年3月16日" in text and head.staff.name in text and "延字" in said["voucher_number"]
    notice = db.scalars(select(Notice).where(Notice.case_id == case.id, Notice.kind == NoticeKind.EXTENSION)).one()
    assert db.scalars(select(Service.state).where(Service.notice_id == notice.id)).one() == "due"
    assert [event.kind for event in record.events(db, case.id)][-2:] == ["ask_extension", "extend"]
    assert list(record.broken(db)) == []


def test_the_words_are_sealed_and_in_no_event(db, case, reviewer, head):
    row = extensions.ask(reviewer, case, 3, "林小满家中有事")
    extensions.refuse(head, case, row, "理由不充分")
    key = answering.data_key(case.application, head.ring)
    assert extensions.words(row, key) == {"reason": "林小满家中有事", "basis": "", "why": "理由不充分"}
    assert not any("林小满" in str(event.facts) for event in record.events(db, case.id))
    assert extensions.ask(reviewer, case, 3, "补充了说明").state == ExtensionState.ASKED
    assert case.due_on == date(2026, 3, 9)


def test_the_proof_says_which_days_are_the_extension_s(db, case, reviewer, head):
    extensions.approve(head, case, extensions.ask(reviewer, case, 2, "须另行约定"))
    due = tracker.due_of(db, case, *extensions.of(case), head.today)
    assert [day.date.day for day in due.proof if day.why == "extended"] == [10, 11]
    said = tracker.tracked(db, tracker.row_of(db, case.tracking_code), head.today).progress
    assert "延长了一次（原定2026年3月9日）" in said.sentence.zh and "2026年3月11日" in said.by.zh


@pytest.mark.parametrize("days", [0, -1, 11])
def test_no_more_than_the_law_allows(case, reviewer, days):
    with pytest.raises(extensions.Unfounded):
        extensions.ask(reviewer, case, days, "理由")


def test_it_needs_its_reason(case, reviewer):
    with pytest.raises(extensions.Unfounded):
        extensions.ask(reviewer, case, 5, "  ")


def test_once_only_also_while_one_waits(case, reviewer, head):
    row = extensions.ask(reviewer, case, 5, "理由")
    with pytest.raises(extensions.NotAllowed, match="等负责人"):
        extensions.ask(reviewer, case, 5, "又一个理由")
    extensions.approve(head, case, row)
    with pytest.raises(extensions.NotAllowed, match="只能延长一次"):
        extensions.ask(reviewer, case, 5, "又一个理由")
    with pytest.raises(extensions.NotAllowed):
        extensions.approve(head, case, row)


def test_who_asks_does_not_approve_and_a_reviewer_never(db, ring, case, reviewer, head):
    row = extensions.ask(head, case, 5, "理由")
    for act in (head, reviewer, acting(db, ring, "weijian.head", LATER)):
        with pytest.raises(extensions.NotAllowed):
            extensions.approve(act, case, row)
    with pytest.raises(extensions.NotAllowed):
        extensions.ask(acting(db, ring, "shichang.window", LATER), case, 5, "理由")


def test_after_the_lawful_day_it_is_too_late_to_ask_and_to_approve(db, ring, case, reviewer):
    """Article 42 extends the time of the law; a promise that ends before it takes no right away."""
    last, past = (acting(db, ring, "shichang.head", NOW + timedelta(days=days)) for days in (28, 29))
    assert (last.today, past.today) == (case.owed_on, case.owed_on + timedelta(days=1))
    row = extensions.ask(reviewer, case, 5, "理由")
    with pytest.raises(extensions.NotAllowed, match="已过"):
        extensions.approve(past, case, row)
    extensions.refuse(past, case, row, "期限已过")
    with pytest.raises(extensions.NotAllowed, match="已过"):
        extensions.ask(past, case, 5, "理由")
    again = extensions.ask(acting(db, ring, "shichang.review", last.now), case, 5, "理由")
    extensions.approve(last, case, again)
    assert case.extended_by == 5


def test_after_the_promised_day_the_lawful_one_is_extended_and_told(db, ring, case):
    day = NOW + timedelta(days=8)
    reviewer, head = (acting(db, ring, f"shichang.{role}", day) for role in ("review", "head"))
    assert reviewer.today > case.due_on
    row = extensions.ask(reviewer, case, 5, "理由")
    extensions.approve(head, case, row)
    assert (case.due_on, case.owed_on, row.due_before, row.due_on) == (date(2026, 4, 7), date(2026, 4, 7), date(2026, 3, 9), date(2026, 4, 7))
    text = "".join(facts(head, case)["paragraphs"])
    assert "不能在2026年3月30日前作出决定" in text and "将在2026年4月7日前作出决定" in text
    db.flush()
    assert clock.of(db, case, *extensions.of(case), calendars.calendar(db), head.today).due.date == case.due_on
    said = tracker.tracked(db, tracker.row_of(db, case.tracking_code), head.today).progress
    assert "2026年4月7日" in said.by.zh and "原定2026年3月9日" in said.sentence.zh and "超过承诺" not in said.yours.zh
    recounting.recount(head, case)
    assert case.due_on == date(2026, 4, 7)


def test_a_joint_case_has_fifteen_days_and_needs_the_government(db, ring, reviewer, head):
    made = submitted(db, ring, sample("open-restaurant"), RESTAURANT, slug="open-restaurant")
    cases.accept(acting(db, ring, "shichang.window"), made)
    row = extensions.ask(reviewer, made, 15, "理由")
    with pytest.raises(extensions.Unfounded, match="人民政府"):
        extensions.approve(head, made, row)
    extensions.approve(head, made, row, "副县长李某，青政批〔2026〕3号")
    assert "青政批〔2026〕3号" in "".join(facts(head, made)["paragraphs"])


def test_what_is_no_licence_cites_its_rule(db, ring, reviewer):
    made = submitted(db, ring, guide(kind="confirmation"), FOOD, slug="other")
    cases.accept(acting(db, ring, "shichang.window"), made)
    with pytest.raises(extensions.Unfounded, match="依据"):
        extensions.ask(reviewer, made, 5, "理由")
    assert extensions.ask(reviewer, made, 5, "理由", "《某某办法》第十条").days == 5


def test_the_head_finds_it_in_her_queue_and_who_asked_does_not(db, case, reviewer, head):
    extensions.ask(reviewer, case, 5, "理由")
    db.flush()

    def waits(act):
        rows = desk.queue(db, asking.officer(act.staff), act.today, scope=desk.MINE).rows
        return [row.extension for row in rows if row.id == case.id]
    assert waits(head) == [True] and waits(reviewer) == [False]


def test_the_clock_without_the_extension_is_the_guide_s(db, case, reviewer, head):
    extensions.approve(head, case, extensions.ask(reviewer, case, 10, "理由"))
    guide_, variant = extensions.of(case)
    plain = clock.if_accepted(guide_, variant, case.accepted_on, tracker.calendars.calendar(db))
    assert plain.due.date == date(2026, 3, 9) and case.due_on == date(2026, 3, 23)


def test_of_two_heads_at_once_one_decides_and_one_notice_is_issued(database, ring):
    with database.writing() as db:
        made = submitted(db, ring, guide(), FOOD)
        cases.accept(acting(db, ring, "shichang.window"), made)
        extensions.ask(acting(db, ring, "shichang.review", LATER), made, 5, "理由")
        db.commit()
        number = made.id
    said, ready = [], threading.Barrier(2)

    def approve():
        with database.writing() as db:
            ready.wait()
            try:
                case = db.get_one(Case, number, with_for_update={"of": Case})
                row = db.scalars(select(Extension).where(Extension.case_id == number)).one()
                extensions.approve(acting(db, ring, "shichang.head", LATER), case, row)
                db.commit()
                said.append("done")
            except (NotNow, StaleDataError):
                db.rollback()
                said.append("told")
    threads = [threading.Thread(target=approve) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["done", "told"]
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Voucher).where(Voucher.case_id == number, Voucher.kind == VoucherKind.EXTENSION)) == 1
        assert list(record.broken(db)) == [] and db.get_one(Case, number).due_on == date(2026, 3, 16)
