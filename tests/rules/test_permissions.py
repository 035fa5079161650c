"""Who sees a case and who may act on it: by department, division and desk, and by nothing else."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.guide.codes import HandlingKind, StageKind
from portal.rules.guide.stages import Stage
from portal.rules.permissions import (
    DESKS,
    Desk,
    Officer,
    Part,
    Subject,
    desk_of,
    may,
    may_finish,
    prefix,
    roles_at,
    sees,
)
from portal.rules.transitions import Act

COUNTY, TOWNSHIP, OTHER, VILLAGE = "990421000000", "990421101000", "990421102000", "990421101201"
OWNER, EXAMINER, STRANGER, TOWNS = 1, 2, 3, 4


def officer(department, *roles, division=COUNTY) -> Officer:
    return Officer(7, department, division, frozenset(roles))


def subject(*parts, department=OWNER, division=COUNTY) -> Subject:
    return Subject(department, division, tuple(Part(*part) for part in parts))


CASE = subject((OWNER, "accept", "done"), (EXAMINER, "review", "open"), (STRANGER, "review", "waiting"),
               (OWNER, "decide", "waiting"), (OWNER, "counter", "waiting"))


def test_the_owner_and_whoever_has_a_stage_in_hand_see_it():
    assert sees(officer(OWNER, "window"), CASE) and sees(officer(EXAMINER, "reviewer"), CASE)
    assert not sees(officer(STRANGER, "reviewer"), CASE), "a stage that waits shows nothing yet"
    assert not sees(officer(None, "reviewer"), CASE) and not sees(officer(99, "head"), CASE)


def test_a_department_behind_its_stage_still_sees_it_and_one_cancelled_does_not():
    assert sees(officer(EXAMINER, "reviewer"), subject((EXAMINER, "review", "done")))
    assert not sees(officer(EXAMINER, "reviewer"), subject((EXAMINER, "review", "cancelled")))


@pytest.mark.parametrize("role", ["supervisor", "admin"])
def test_watchers_see_their_division_and_do_nothing(role):
    watcher = officer(99, role)
    assert sees(watcher, CASE) and not any(may(watcher, act, CASE) for act in Act)
    assert not sees(officer(99, role, division=OTHER), CASE)
    assert not any(may_finish(watcher, CASE, part) for part in CASE.parts)


@pytest.mark.parametrize("role", ["editor", "legal", "helper"])
def test_who_has_no_desk_sees_no_case(role):
    assert not sees(officer(OWNER, role), CASE)


@pytest.mark.parametrize("division,seen", [(COUNTY, True), (TOWNSHIP, True), (VILLAGE, True), (OTHER, False)])
def test_a_division_bounds_what_is_seen(division, seen):
    case = subject((TOWNS, "accept", "open"), division=VILLAGE)
    assert sees(officer(TOWNS, "window", division=division), case) is seen


def test_a_township_does_not_see_the_countys_cases():
    assert not sees(officer(OWNER, "window", division=TOWNSHIP), CASE)


def test_acceptance_belongs_to_the_accepting_stages_department():
    case = subject((TOWNS, "accept", "open"), (OWNER, "decide", "waiting"), division=TOWNSHIP)
    assert may(officer(TOWNS, "window", division=TOWNSHIP), Act.ACCEPT, case)
    assert not may(officer(OWNER, "window"), Act.ACCEPT, case)
    assert may(officer(OWNER, "window"), Act.ACCEPT, subject((OWNER, "decide", "waiting")))


@pytest.mark.parametrize("act", [Act.ACCEPT, Act.CORRECT, Act.REFUSE, Act.RENEW_PIN])
def test_intake_takes_a_window(act):
    case = subject((OWNER, "accept", "open"))
    assert may(officer(OWNER, "window"), act, case)
    assert not may(officer(OWNER, "reviewer", "head"), act, case)


def test_an_extension_is_asked_for_by_the_lead_department_and_approved_by_its_head():
    case = subject((TOWNS, "review", "open"))
    assert may(officer(OWNER, "reviewer"), Act.ASK_EXTENSION, case) and may(officer(OWNER, "head"), Act.EXTEND, case)
    assert not may(officer(OWNER, "window"), Act.ASK_EXTENSION, case)
    for act in (Act.EXTEND, Act.REFUSE_EXTENSION):
        assert not may(officer(OWNER, "reviewer"), act, case) and not may(officer(TOWNS, "head"), act, case)


def test_delivery_takes_the_owner_or_a_counter_of_the_case():
    case = subject((TOWNS, "counter", "done"), division=TOWNSHIP)
    for one in (officer(OWNER, "window"), officer(OWNER, "reviewer"), officer(TOWNS, "window", division=TOWNSHIP)):
        assert may(one, Act.DELIVER, case)
    assert not may(officer(OWNER, "head"), Act.DELIVER, case)


@pytest.mark.parametrize("kind,handling,desk", [
    (StageKind.ACCEPT, HandlingKind.COMMITTED, Desk.ACCEPT),
    (StageKind.EXAMINE, HandlingKind.COMMITTED, Desk.REVIEW),
    (StageKind.DECIDE, HandlingKind.COMMITTED, Desk.DECIDE),
    (StageKind.DECIDE, None, Desk.DECIDE),
    (StageKind.DECIDE, HandlingKind.INSTANT, Desk.AT_ONCE),
    (StageKind.CERTIFY, HandlingKind.COMMITTED, Desk.COUNTER),
])
def test_each_stage_has_its_desk(kind, handling, desk):
    assert desk_of(Stage(key="s", name="环节", kind=kind), handling) is desk


def test_every_desk_has_somebody():
    assert all(roles_at(desk) for desk in Desk) and roles_at(Desk.DECIDE) == ["head"]


PARTS = st.lists(st.builds(Part, st.sampled_from([1, 2, 3]), st.sampled_from(list(Desk)),
                           st.sampled_from(["waiting", "open", "done", "skipped", "cancelled"])), max_size=5).map(tuple)
CASES = st.builds(Subject, st.sampled_from([1, 2, 3]), st.sampled_from([COUNTY, TOWNSHIP, OTHER, VILLAGE]), PARTS)
OFFICERS = st.builds(Officer, st.just(7), st.sampled_from([1, 2, 3, None]), st.sampled_from([COUNTY, TOWNSHIP, OTHER, VILLAGE]),
                     st.frozensets(st.sampled_from([*DESKS, "supervisor", "admin", "editor", "legal", "helper"])))


@given(OFFICERS, CASES)
def test_nobody_acts_on_what_does_not_exist_for_her(one, case):
    acts = any(may(one, act, case) for act in Act) or any(may_finish(one, case, part) for part in case.parts)
    assert not acts or sees(one, case)
    assert not sees(one, case) or case.division.startswith(prefix(one.division))


@given(CASES)
def test_somebody_can_finish_every_open_stage(case):
    for part in case.parts:
        if part.state == "open":
            assert any(may_finish(officer(part.department_id, role), case, part) for role in DESKS)
