"""The table of acts: every state is owned, reachable and left; whoever comes at the wrong time reads why."""
from portal.models.cases import CaseState
from portal.rules.transitions import BY_ACT, STATES, TABLE, Act, allowed, manual, why_not


def test_every_act_stands_once_and_every_state_is_told():
    assert [row.act for row in TABLE] == list(Act)
    assert set(STATES) == {state.value for state in CaseState}
    assert {state for row in TABLE for state in row.sources | row.targets} <= set(STATES)


def test_every_state_can_be_reached_and_left():
    reached, grown = set(BY_ACT[Act.SUBMIT].targets), True
    while grown:
        new = {target for row in TABLE if row.sources & reached for target in row.targets}
        grown = not new <= reached
        reached |= new
    assert reached == set(STATES)
    for state in set(STATES) - {"closed"}:
        assert any(allowed(row.act, state) and row.targets - {state} for row in TABLE)


def test_nothing_is_done_to_a_closed_case_but_to_tell_its_owner_and_let_her_in():
    """A refusal closes, and is told afterwards."""
    assert [act for act in Act if allowed(act, "closed")] == [Act.SERVE, Act.RENEW_PIN]


def test_why_not_says_the_state_and_the_act():
    said = why_not(Act.CORRECT, "accepted")
    assert "办理中" in said.zh and "补正" in said.zh and "Being handled" in said.en


def test_the_manual_has_a_row_for_every_act():
    assert len(manual().splitlines()) == len(TABLE) + 2
    assert all(row.name.zh in manual() and row.rule.zh in manual() for row in TABLE)
