"""Notices are told: each has its service, what failed is owed again, and what runs from being told starts that day."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.actions import answers as answering
from portal.actions import cases, handling, serving
from portal.actions.acting import NotNow
from portal.actions.cases import Wanted
from portal.models.cases import Notice, NoticeKind, Service, ServiceState
from portal.models.vouchers import Voucher, VoucherKind
from portal.queries import cases as officers
from portal.queries import desk, record
from portal.queries import serving as asking
from portal.rules.guide.codes import DeliveryWay, End
from portal.rules.serving import BY_DELIVERY, Failure, ServingProblem, Way
from tests.actions.cases import RESTAURANT, acting, facts, sample, submitted
from tests.conftest import NOW

WANTED = [Wanted("layout", "wrong", "请标出疏散通道")]
TODAY = date(2026, 3, 2)


def owed(db, case) -> list[tuple[Notice, Service]]:
    db.flush()
    return [tuple(row) for row in asking.owed(db, case.id)]


def test_every_notice_is_owed_to_the_applicant_with_its_voucher(db, ring, window):
    accepted, corrected, refused, decided = (submitted(db, ring, sample("open-restaurant"), RESTAURANT) for _ in range(4))
    cases.accept(window, accepted)
    cases.ask_correction(window, corrected, WANTED)
    cases.refuse(window, refused, "不属于本县", "邻县市场监督管理局")
    cases.accept(window, decided)
    handling.decide(window, decided, End.REFUSED, "不符合条件", answering.data_key(decided.application, window.ring))
    said = {"acceptance": VoucherKind.ACCEPTANCE, "correction": VoucherKind.CORRECTION, "refusal_to_accept": VoucherKind.REFUSAL_TO_ACCEPT,
            "decision": VoucherKind.DECISION_REFUSE}
    found = [(notice.kind, service.party_id == case.parties[0].party_id, db.get(Voucher, notice.voucher_id).kind)
             for case in (accepted, corrected, refused, decided) for notice, service in owed(db, case)]
    assert found == [(kind, True, said[kind]) for kind in ("acceptance", "correction", "refusal_to_accept", "acceptance", "decision")]


def test_the_time_to_correct_starts_when_it_is_told(db, case, window):
    notice = cases.ask_correction(window, case, WANTED, days=10)
    assert "收到本告知书之日起10个工作日内补正" in "".join(facts(db, window, case, VoucherKind.CORRECTION)["paragraphs"])
    ((_, service),) = owed(db, case)
    assert notice.answer_by is None
    window.now = NOW + timedelta(days=3)
    serving.served(window, case, service, Way.MAIL, date(2026, 3, 4), words="挂号信 1234")
    assert (service.state, service.served_on, notice.answer_by) == (ServiceState.SERVED, date(2026, 3, 4), date(2026, 3, 18))
    key = answering.data_key(case.application, window.ring)
    assert serving.words_of(service, key) == {"receiver": "", "words": "挂号信 1234"}
    event = record.events(db, case.id)[-1]
    assert event.kind == "serve" and event.facts["told"] == "2026-03-04" and "1234" not in str(event.facts)


def test_what_failed_is_owed_again_and_opens_other_ways(db, case, window):
    notice = cases.ask_correction(window, case, WANTED, days=5)
    ((_, first),) = owed(db, case)
    with pytest.raises(ServingProblem):
        serving.served(window, case, first, Way.ANNOUNCEMENT, TODAY, words="县政府公告栏")
    with pytest.raises(ServingProblem):
        serving.served(window, case, first, Way.LEFT, TODAY, words="见证人甲")
    serving.failed(window, case, first, Way.WINDOW, TODAY, Failure.REFUSED, "当面拒签")
    ((_, second),) = owed(db, case)
    assert (first.state, first.failure, second.state) == ("failed", "refused", "due") and notice.answer_by is None
    serving.served(window, case, second, Way.ANNOUNCEMENT, TODAY, words="县政府公告栏")
    assert (second.served_on, notice.answer_by) == (date(2026, 4, 1), date(2026, 4, 9))
    assert owed(db, case) == []


@pytest.mark.parametrize(("way", "failure"), [
    (Way.ELECTRONIC, Failure.UNDELIVERED), (Way.ELECTRONIC, Failure.MOVED), (Way.ANNOUNCEMENT, Failure.ABSENT), (Way.MAIL, Failure.UNDELIVERED)])
def test_what_did_not_try_her_hand_or_her_address_opens_no_announcement(db, case, window, way, failure):
    cases.ask_correction(window, case, WANTED, days=5)
    ((_, first),) = owed(db, case)
    serving.failed(window, case, first, way, TODAY, failure)
    ((_, second),) = owed(db, case)
    with pytest.raises(ServingProblem, match="没有送到"):
        serving.served(window, case, second, Way.ANNOUNCEMENT, TODAY, words="县政府公告栏")
    serving.failed(window, case, second, Way.MAIL, TODAY, Failure.RETURNED)
    ((_, third),) = owed(db, case)
    serving.served(window, case, third, Way.ANNOUNCEMENT, TODAY, words="县政府公告栏")


def test_electronically_only_by_consent_which_is_remembered(db, case, window):
    cases.ask_correction(window, case, WANTED)
    ((_, service),) = owed(db, case)
    with pytest.raises(ServingProblem):
        serving.served(window, case, service, Way.ELECTRONIC, TODAY)
    serving.served(window, case, service, Way.ELECTRONIC, TODAY, consents=True)
    assert case.parties[0].consented_on == TODAY
    cases.accept(window, case)
    ((_, service),) = owed(db, case)
    serving.served(window, case, service, Way.ELECTRONIC, TODAY)
    assert service.served_on == TODAY


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 3)])
def test_nobody_is_told_before_the_paper_is_made_or_tomorrow(db, case, window, day):
    cases.accept(window, case)
    ((_, service),) = owed(db, case)
    for tell in (lambda: serving.served(window, case, service, Way.WINDOW, day),
                 lambda: serving.failed(window, case, service, Way.WINDOW, day, Failure.ABSENT)):
        with pytest.raises(ServingProblem):
            tell()
    assert service.state == ServiceState.DUE


def test_who_answers_was_told(db, ring, window):
    online, brought = (submitted(db, ring, sample("open-restaurant"), RESTAURANT) for _ in range(2))
    for case in (online, brought):
        cases.ask_correction(window, case, WANTED)
    window.now = NOW + timedelta(days=2)
    cases.resubmit(acting(db, ring, now=window.now), online)
    cases.accept(window, brought)
    told = [(service.channel, service.served_on, service.evidence) for case in (online, brought)
            for notice, service in asking.tries(db, case.id) if notice.kind == NoticeKind.CORRECTION]
    assert told == [("electronic", date(2026, 3, 4), "answered"), ("window", date(2026, 3, 4), "answered")]
    assert owed(db, online) == [] and [notice.kind for notice, _ in owed(db, brought)] == ["acceptance"]


@pytest.mark.parametrize("end", ["withdrawn", "refused"])
def test_what_no_longer_matters_is_not_owed(db, case, window, end):
    cases.ask_correction(window, case, WANTED)
    if end == "withdrawn":
        cases.withdraw(window, case)
    else:
        cases.refuse(window, case, "不属于本县", "邻县市场监督管理局")
    assert [notice.kind for notice, _ in owed(db, case)] == ([] if end == "withdrawn" else ["refusal_to_accept"])


def test_the_queue_of_what_is_to_be_told_knows_closed_cases(db, case, window):
    who = officers.officer(window.staff)
    cases.refuse(window, case, "不属于本县", "邻县市场监督管理局")
    ((_, service),) = owed(db, case)
    assert [row.id for row in desk.queue(db, who, TODAY, scope=desk.TELL).rows] == [case.id]
    serving.served(window, case, service, Way.WINDOW, TODAY)
    db.flush()
    assert desk.queue(db, who, TODAY, scope=desk.TELL).rows == []


def test_a_letter_without_its_number_is_no_evidence(db, case, window):
    cases.accept(window, case)
    ((_, service),) = owed(db, case)
    with pytest.raises(ServingProblem):
        serving.served(window, case, service, Way.MAIL, TODAY, words="  ")
    assert service.state == ServiceState.DUE


def test_of_two_who_record_it_the_second_is_told(db, ring, case, window):
    cases.accept(window, case)
    ((_, service),) = owed(db, case)
    serving.served(window, case, service, Way.WINDOW, TODAY)
    with pytest.raises(NotNow):
        serving.failed(window, case, service, Way.WINDOW, TODAY, Failure.ABSENT)
    with pytest.raises(NotNow):
        serving.served(window, submitted(db, ring, sample("open-restaurant"), RESTAURANT), service, Way.WINDOW, TODAY)
    assert [event.kind for event in record.events(db, case.id)] == ["submit", "accept", "serve"] and record.broken_at(db, case) is None


def refused(db, window, case) -> None:
    cases.accept(window, case)
    handling.decide(window, case, End.REFUSED, "油烟直排", answering.data_key(case.application, window.ring))
    for row in case.stages:
        row.state, row.outcome, row.finished_at = "skipped", None, None


def test_a_decision_is_told_when_its_result_is_handed_over_and_the_record_names_the_last_days(db, case, window):
    refused(db, window, case)
    handling.deliver(window, case, DeliveryWay.PICK_UP)
    assert owed(db, case) == [] and asking.told_on(db, case.id, [NoticeKind.DECISION]) == TODAY
    paper = facts(db, window, case, VoucherKind.DELIVERY)
    rows = paper["rows"]
    assert paper["listed"]["lines"] == ["不予行政许可决定书", "受理通知书"]
    assert ["申请行政复议不迟于", "2026年5月6日"] in rows and ["提起行政诉讼不迟于", "2026年9月2日"] in rows
    assert [event.kind for event in record.events(db, case.id)][-2:] == ["serve", "deliver"]


@pytest.mark.parametrize("way", [DeliveryWay.MAIL, DeliveryWay.ELECTRONIC, DeliveryWay.VILLAGE])
def test_a_letter_on_its_way_what_the_village_hands_on_and_who_did_not_agree_are_not_told_yet(db, case, window, way):
    refused(db, window, case)
    handling.deliver(window, case, way)
    assert len(owed(db, case)) == 2 and asking.told_on(db, case.id, [NoticeKind.DECISION]) is None
    assert "不迟于" not in str(facts(db, window, case, VoucherKind.DELIVERY)["rows"])
    service = next(service for notice, service in owed(db, case) if notice.kind == NoticeKind.DECISION)
    assert service.channel == BY_DELIVERY[way]
    serving.served(window, case, service, Way.MAIL, TODAY, words="回执 77")
    assert asking.told_on(db, case.id, [NoticeKind.DECISION]) == TODAY


def test_what_is_put_right_on_the_spot_stops_nothing_and_stays_on_record(db, case, window):
    before = case.acceptance_due_on
    cases.put_right(window, case, [Wanted("layout", "wrong", "当场换了标有通道的图")])
    assert (case.state, case.acceptance_due_on) == ("submitted", before) and owed(db, case) == []
    row = db.scalars(select(cases.SpotCorrection)).one()
    key = answering.data_key(case.application, window.ring)
    assert cases.righted_by(row, key) == [Wanted("layout", "wrong", "当场换了标有通道的图")]
    event = record.events(db, case.id)[-1]
    assert (event.kind, event.staff_id) == ("put_right", window.staff.id) and "通道" not in str(event.facts)
    assert not cases.told_before(db, case)  # it was no notice: the one that may come is the first
    with pytest.raises(ValueError, match="named"):
        cases.put_right(window, case, [])
    cases.accept(window, case)
    with pytest.raises(NotNow):
        cases.put_right(window, case, WANTED)
