"""The way of a revision: nothing skips a step, nobody examines what she wrote, or twice, and whoever may not reads why."""
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.models.guides import RevisionState
from portal.models.people import StaffRoleName
from portal.rules import workflow
from portal.rules.permissions import Officer
from portal.rules.workflow import BY_MOVE, EXAMINED, STOPS, TABLE, WAY, Move, Past, Standing, Stop

OWNER, OTHER = 7, 8
PATH = [Stop.DRAFT, Stop.LEGALITY, Stop.FACTS, Stop.APPROVAL, Stop.RELEASE]


def officer(staff_id: int = 1, *roles: str, department: int = OWNER) -> Officer:
    return Officer(staff_id, department, "990421000000", frozenset(roles))


def standing(at: Stop, **more) -> Standing:
    return Standing(at, OWNER, **more)


def test_the_states_are_those_of_the_tables():
    assert {state.value for state in RevisionState} == set(workflow.STATES)
    assert set(STOPS) == set(Stop)
    assert {row.role for row in TABLE} == set(workflow.ROLES) <= {role.value for role in StaffRoleName}


def test_a_move_stands_once_for_each_stop_and_every_stop_is_reached():
    assert len(BY_MOVE) == len(TABLE)
    assert {row.target for row in TABLE} | {Stop.SUPERSEDED} == set(Stop)
    assert all(workflow.moves(at) for at in Stop)


@pytest.mark.parametrize("at", list(Stop))
@pytest.mark.parametrize("role", list(StaffRoleName))
def test_from_every_stop_every_role_makes_the_next_step_or_none(at, role):
    """The steps towards the public, one by one: whoever comes with one role can take the one that is hers."""
    for move in Move:
        if workflow.why_not(move, officer(1, role), standing(at)) is None:
            row = BY_MOVE[move, at]
            assert row.role == role
            if row.target in PATH and move is Move.SEND_ON:
                assert PATH.index(row.target) == PATH.index(at) + 1
            if row.target in (Stop.PUBLISHED, Stop.SCHEDULED):
                assert at in (Stop.RELEASE, Stop.SCHEDULED)
            if row.target is Stop.DRAFT:
                assert move in (Move.SEND_BACK, Move.REVISE)


STAFF = st.builds(
    officer, st.integers(1, 6), department=st.sampled_from([OWNER, OTHER]),
).flatmap(lambda one: st.frozensets(st.sampled_from([role.value for role in StaffRoleName]), max_size=11)
          .map(lambda roles: replace(one, roles=roles)))
TRIED = st.lists(st.tuples(STAFF, st.sampled_from(list(Move)), st.booleans()), max_size=60)
ALL = frozenset(role.value for role in StaffRoleName)


@given(TRIED)
def test_nothing_skips_a_step_whoever_tries_whatever(tried):
    _walk(tried)


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from([Move.SEND_ON, Move.SEND_ON, Move.SEND_ON, Move.SEND_BACK, Move.PUBLISH]),
                          st.booleans()), max_size=40))
def test_nothing_skips_a_step_where_everybody_has_every_role(tried):
    _walk([(Officer(staff, OWNER, "990421000000", ALL), move, edits) for staff, move, edits in tried])


def _walk(tried):
    """Goes the way as the actions do, and looks at every arrival by itself."""
    state, past, edits, trail = "draft", [], set(), [Stop.DRAFT]
    for who, move, edit in tried:
        at = workflow.stop(state, past)
        if at is Stop.DRAFT and edit and "editor" in who.roles:
            edits.add(who.staff_id)
        it = standing(at, writers=workflow.writers(past, edits), examiners=workflow.examiners(past))
        if move is Move.REVISE or workflow.why_not(move, who, it) is not None:
            continue
        target = BY_MOVE[move, at].target
        state = "fact_check" if target is Stop.APPROVAL else target.value
        past.append(Past(state, who.staff_id))
        assert workflow.stop(state, past) is target
        trail.append(target)
        if target in (Stop.PUBLISHED, Stop.SCHEDULED):
            _came_rightly(trail, past, edits)


def _came_rightly(trail, past, edits):
    start = max(at for at, one in enumerate(trail) if one is Stop.DRAFT)
    assert trail[start:start + 5] == PATH
    sender, *hands = [step.staff_id for step in past[start:start + 4]]
    assert len(set(hands)) == 3
    assert not set(hands) & (edits | {sender})


@pytest.mark.parametrize(("more", "said"), [
    ({"writers": frozenset({1})}, "您自己写过"), ({"examiners": frozenset({1})}, "已经审过一道"),
    ({"errors": 2}, "2处错误"), ({"remarks": 1}, "1条意见"),
])
def test_whoever_may_not_reads_why(more, said):
    found = workflow.why_not(Move.SEND_ON, officer(1, "legal"), standing(Stop.LEGALITY, **more))
    assert said in found.zh and found.en


def test_the_facts_are_checked_by_the_department_that_owns_the_item():
    assert workflow.why_not(Move.SEND_ON, officer(1, "checker"), standing(Stop.FACTS)) is None
    assert "不在这个部门" in workflow.why_not(Move.SEND_ON, officer(1, "checker", department=OTHER), standing(Stop.FACTS)).zh
    unknown = Standing(Stop.DRAFT, None)
    assert "部门名录" in workflow.why_not(Move.SEND_ON, officer(1, "editor"), unknown).zh


def test_the_wrong_moment_and_the_wrong_role_have_their_sentences():
    assert "草稿" in workflow.why_not(Move.PUBLISH, officer(1, "publisher"), standing(Stop.DRAFT)).zh
    assert "法制人员" in workflow.why_not(Move.SEND_ON, officer(1, "publisher"), standing(Stop.LEGALITY)).zh
    assert "接着改那一版" in workflow.why_not(Move.REVISE, officer(1, "editor"), standing(Stop.PUBLISHED, other=True)).zh


def test_who_examines_may_always_send_back():
    for at in EXAMINED:
        row = BY_MOVE[Move.SEND_BACK, at]
        it = standing(at, errors=3, remarks=2, examiners=frozenset({1}))
        assert workflow.why_not(Move.SEND_BACK, officer(1, row.role), it) is None


def test_a_text_that_was_sent_back_is_examined_anew():
    past = [Past("legal_review", 1), Past("fact_check", 2), Past("fact_check", 3), Past("draft", 4), Past("legal_review", 1)]
    assert workflow.examiners(past) == frozenset() and workflow.writers(past, [9]) == {1, 9}
    assert workflow.examiners(past[:3]) == {2, 3}


def test_remarks_are_made_on_the_way_and_settled_by_who_made_or_heeded_them():
    assert all(workflow.may_remark(officer(1, "checker"), at) for at in WAY)
    assert not workflow.may_remark(officer(1, "window"), Stop.DRAFT)
    assert not workflow.may_remark(officer(1, "legal"), Stop.PUBLISHED)
    assert workflow.may_settle(officer(1, "legal"), Stop.FACTS, 1) and not workflow.may_settle(officer(2, "legal"), Stop.FACTS, 1)
    assert workflow.may_settle(officer(2, "editor"), Stop.DRAFT, 1) and not workflow.may_settle(officer(2, "editor"), Stop.FACTS, 1)
