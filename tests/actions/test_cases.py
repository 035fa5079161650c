"""A case before its stages: accepted with its due date, corrected once and for all, refused in writing, withdrawn."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.actions import answers as answering
from portal.actions import cases, handling, parties
from portal.actions.acting import NotNow
from portal.actions.cases import Wanted
from portal.models.cases import CaseState, Event, Notice
from portal.models.outbox import OutboxRow, Topic
from portal.models.vouchers import VoucherKind
from portal.queries import record, tracker
from portal.rules.guide import yaml
from portal.rules.guide.codes import End
from portal.rules.guide.document import GuideFile
from tests.actions.cases import RESTAURANT, facts, sample, states, submitted
from tests.conftest import NOW


def test_a_submitted_case_waits_for_its_window(db, case, window):
    assert case.state == CaseState.SUBMITTED
    assert states(case) == {key: "open" if key == "accept" else "waiting" for key in states(case)}
    assert case.acceptance_due_on == date(2026, 3, 9)
    receipt = facts(db, window, case, VoucherKind.RECEIPT)
    assert receipt["case_number"] == case.number and "2026年3月9日" in "".join(receipt["paragraphs"])
    assert db.scalars(select(OutboxRow.topic).where(OutboxRow.topic == Topic.PRINT_VOUCHER)).all()


def test_acceptance_starts_the_clock_and_opens_the_parallel_stages(db, case, window):
    cases.accept(window, case)
    assert (case.state, case.accepted_on, case.due_on, case.owed_on) == (
        "accepted", date(2026, 3, 2), date(2026, 3, 12), date(2026, 5, 8))
    opened = {key for key, state in states(case).items() if state == "open"}
    assert opened == {"food_examine", "health_examine", "sign_examine", "fire_examine"}
    assert "2026年3月12日" in "".join(facts(db, window, case, VoucherKind.ACCEPTANCE)["paragraphs"])
    accepted = next(row for row in case.stages if row.key == "accept")
    assert (accepted.outcome, accepted.officer_id) == ("accepted", window.staff.id)


def test_the_promise_may_stand_in_the_results(db, ring, window):
    plain = yaml.plain(sample("open-restaurant"))
    for variant in plain["guide"]["variants"]:
        variant.pop("promised")
        variant["results"][0]["limit"], variant["results"][1]["limit"] = {"amount": 3}, {"amount": 4}
    case = submitted(db, ring, GuideFile.model_validate(plain), RESTAURANT)
    assert "2026年3月6日" in str(facts(db, window, case, VoucherKind.RECEIPT)["rows"])
    cases.accept(window, case)
    assert (case.due_on, case.owed_on) == (date(2026, 3, 6), date(2026, 5, 8))
    assert tracker.due_if_accepted(db, case).date == date(2026, 3, 6)


def test_what_was_accepted_is_not_accepted_again(case, window):
    cases.accept(window, case)
    with pytest.raises(NotNow) as said:
        cases.accept(window, case)
    assert "办理中" in said.value.text.zh


LAST, PASSED = date(2026, 3, 9), timedelta(days=8)
"""The last day for deciding acceptance of what was submitted on 2 March, and how long after NOW it has just passed."""


def test_on_the_last_day_acceptance_starts_that_day(case, window):
    window.now = NOW + PASSED - timedelta(days=1)
    cases.accept(window, case)
    assert (case.accepted_on, case.due_on) == (LAST, date(2026, 3, 19))


def test_accepted_too_late_the_clock_runs_from_the_day_the_papers_arrived(db, case, window):
    window.now = NOW + PASSED
    cases.accept(window, case)
    assert (case.state, case.accepted_on, case.due_on, case.owed_on) == (
        "accepted", date(2026, 3, 2), date(2026, 3, 12), date(2026, 5, 8))
    paper = facts(db, window, case, VoucherKind.ACCEPTANCE)
    assert ["受理日期", "2026年3月2日"] in paper["rows"] and ["办结期限", "2026年3月12日"] in paper["rows"]
    assert "即为受理" in paper["paragraphs"][0] and paper["date"] == "2026-03-10"
    assert tracker.due_of(db, case, *handling.of(case), window.today).date == date(2026, 3, 12)
    assert {key for key, state in states(case).items() if state == "open"} >= {"food_examine", "fire_examine"}


def test_a_correction_that_comes_too_late_is_refused_and_acceptance_stays_open(db, case, window):
    window.now = NOW + PASSED
    with pytest.raises(cases.Untold) as said:
        cases.ask_correction(window, case, [Wanted("layout", "wrong", "请标出疏散通道")])
    assert "不能再要求补正" in said.value.text.zh and "can no longer be asked for" in said.value.text.en
    assert case.state == CaseState.SUBMITTED and not cases.told_before(db, case)
    cases.accept(window, case)
    assert case.state == CaseState.ACCEPTED


def test_too_late_only_what_is_no_matter_of_the_papers_may_still_be_refused(db, ring, window):
    window.now = NOW + PASSED
    plain, elsewhere, needless = (submitted(db, ring, sample("open-restaurant"), RESTAURANT) for _ in range(3))
    with pytest.raises(cases.Untold):
        cases.refuse(window, plain, "不符合受理条件")
    cases.refuse(window, elsewhere, "经营场所不在本县", "邻县市场监督管理局")
    cases.refuse(window, needless, "不需要许可", end=End.NOT_NEEDED)
    assert [one.state for one in (plain, elsewhere, needless)] == ["submitted", "closed", "closed"]


def test_who_was_told_in_time_and_brings_the_papers_later_is_accepted_that_day(case, window):
    cases.ask_correction(window, case, [Wanted("layout", "wrong", "请标出疏散通道")])
    window.now = NOW + PASSED
    cases.accept(window, case)
    assert (case.accepted_on, case.due_on) == (date(2026, 3, 10), date(2026, 3, 20))


def test_corrected_papers_that_nobody_answers_count_from_the_day_they_came(case, window):
    cases.ask_correction(window, case, [Wanted("layout", "wrong", "请标出疏散通道")])
    window.now = NOW + timedelta(days=2)
    cases.resubmit(window, case)
    window.now = NOW + timedelta(days=10)
    cases.accept(window, case)
    assert case.accepted_on == date(2026, 3, 4)


def test_a_stage_whose_condition_fails_does_not_run(db, ring, window):
    case = submitted(db, ring, sample("open-restaurant"), {**RESTAURANT, "has_sign": False})
    cases.accept(window, case)
    assert states(case)["sign_examine"] == "skipped"


def test_a_correction_is_asked_for_once_and_a_second_needs_a_reason(db, case, window):
    wanted = [Wanted("layout", "wrong", "请标出疏散通道")]
    notice = cases.ask_correction(window, case, wanted)
    assert case.state == CaseState.CORRECTION
    key = answering.data_key(case.application, window.ring)
    assert cases.wanted_by(notice, key) == wanted
    said = facts(db, window, case, VoucherKind.CORRECTION)["listed"]["lines"]
    assert said == ["经营场所平面布局图和设备清单：不符合要求：请标出疏散通道"]
    window.now = NOW + timedelta(days=2)
    cases.resubmit(window, case)
    assert (case.state, case.arrived_on, case.acceptance_due_on) == ("submitted", date(2026, 3, 4), date(2026, 3, 11))
    assert db.get(Notice, notice.id).answered_at is not None
    with pytest.raises(ValueError, match="reason"):
        cases.ask_correction(window, case, wanted)
    cases.ask_correction(window, case, wanted, "补交的图仍缺比例尺")
    assert case.state == CaseState.CORRECTION


def test_a_correction_names_something(case, window):
    with pytest.raises(ValueError, match="names"):
        cases.ask_correction(window, case, [])


def test_corrected_answers_change_what_runs(db, case, window):
    cases.ask_correction(window, case, [Wanted("layout", "wrong", "不设招牌请改表")])
    key = answering.data_key(case.application, window.ring)
    answering.write(case.application, key, {"answers": {**RESTAURANT, "has_sign": False}, "documents": {}})
    cases.resubmit(window, case)
    assert states(case)["sign_examine"] == "skipped"


def test_corrected_answers_forget_what_is_no_longer_asked_and_name_whom_they_name(db, case, window):
    cases.ask_correction(window, case, [Wanted("layout", "wrong", "姓名和招牌请改")])
    key = answering.data_key(case.application, window.ring)
    changed = {**RESTAURANT, "has_sign": False, "sign_size": "large", "legal_name": "林大满"}
    answering.write(case.application, key, {"answers": changed, "documents": {}, "corrected": {"notice": 1, "papers": {}}})
    cases.resubmit(window, case)
    kept = answering.read(case.application, key)
    assert "sign_size" not in kept["answers"] and "corrected" not in kept and kept["answers"]["legal_name"] == "林大满"
    assert parties.name_of(case.parties[0].party, window.ring) == "林大满"


def test_a_refusal_to_accept_is_written_with_reason_body_and_remedies(db, case, window):
    cases.refuse(window, case, "经营场所不在本县", "邻县市场监督管理局")
    assert (case.state, case.decision) == (CaseState.CLOSED, End.NOT_ACCEPTED)
    assert set(states(case).values()) == {"cancelled"}
    paper = facts(db, window, case, VoucherKind.REFUSAL_TO_ACCEPT)
    assert "经营场所不在本县" in paper["paragraphs"][0] and "邻县" in paper["paragraphs"][1]
    assert any("行政复议" in line for line in paper["remedies"]) and any("行政诉讼" in line for line in paper["remedies"])


def test_a_refusal_needs_a_reason_and_changes_nothing_without(case, window):
    with pytest.raises(ValueError, match="reason"):
        cases.refuse(window, case, "  ")
    assert case.state == CaseState.SUBMITTED


def test_a_withdrawn_case_ends(db, case, window):
    cases.accept(window, case)
    cases.withdraw(window, case)
    assert (case.state, case.decision) == (CaseState.CLOSED, End.WITHDRAWN)
    assert "open" not in states(case).values()
    with pytest.raises(NotNow):
        cases.withdraw(window, case)


def test_a_renewed_pin_is_stored_as_a_hash(case, window):
    cases.renew_pin(window, case, "a hash")
    assert case.application.pin_hash == "a hash"


def test_every_act_leaves_its_event(db, case, window):
    cases.ask_correction(window, case, [Wanted("layout", "missing", "补交")])
    cases.resubmit(window, case)
    cases.accept(window, case)
    db.flush()
    assert [event.kind for event in record.events(db, case.id)] == ["submit", "correct", "resubmit", "accept"]
    assert not db.scalars(select(Event).where(Event.case_id != case.id)).all()
    assert record.broken_at(db, case) is None


def test_papers_are_addressed_to_the_organisation_that_applies():
    guide = sample("food-business-licence").guide
    found = parties.named(guide, {"org_name": "青溪小馆", "legal_name": "李青溪", "legal_id": "990421198505122011"})
    assert found == {"kind": "organisation", "name": "青溪小馆"}
    assert parties.named(guide, {"legal_name": "李青溪"})["name"] == "李青溪"
