"""The life of an item: whatever is proposed and decided in whatever order, its columns never contradict its state."""
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.models.people import StaffRoleName
from portal.rules import item_words, items
from portal.rules.guide.codes import Tier
from portal.rules.guide.text import Text
from portal.rules.item_words import RUNNING, Change, Successor
from portal.rules.items import BY_CHANGE, LIVES, OPEN, TABLE, WAITING, Life, Other, Plan, ProposalState, Standing, Step
from portal.rules.permissions import Officer

COUNTY, TOWNSHIP, DAY = "990421000000", "990421101000", date(2026, 3, 2)


def officer(staff_id: int = 1, *roles: str, department: int | None = 7, division: str = COUNTY) -> Officer:
    return Officer(staff_id, department, division, frozenset(roles))


def plan(target: Life, since: date = DAY, **more) -> Plan:
    """A proposal that has all that its change needs."""
    own = {"body": "平川市商务局", "tier": items.TIERS[target][0]} if target in items.TIERS else {}
    own |= {"successor": Other(99, Life.IN_FORCE)} if target is Life.MERGED else {}
    return replace(Plan(target, since, "上位法修改", "某省人民政府令第1号"), **(own | more))


def test_every_change_stands_once_and_every_life_has_a_way_in_and_out():
    assert len(BY_CHANGE) == len(TABLE)
    assert {row.target for row in TABLE} == set(Life) == set(LIVES)
    assert all(items.changes(life) for life in Life)
    assert {role.value for role in StaffRoleName} >= items.PROPOSERS | items.DECIDERS


@pytest.mark.parametrize("target", list(Life))
def test_what_a_change_needs_is_asked_for_and_what_it_cannot_have_is_refused(target):
    it = Standing(1, Life.SUSPENDED)
    assert items.faults(plan(target), it, DAY) == {}
    for name in items.needed(target) - {"since"}:
        assert set(items.faults(replace(plan(target), **{name: None}), it, DAY)) == {name}
    given_all = {"until": DAY, "body": "某局", "tier": Tier.TOWNSHIP, "successor": Other(99, Life.IN_FORCE)}
    for name in given_all.keys() - items.wanted(target):
        assert set(items.faults(replace(plan(target), **{name: given_all[name]}), it, DAY)) == {name}


def test_days_follow_each_other_and_successors_are_open():
    later = Standing(1, Life.IN_FORCE, since=DAY)
    assert set(items.faults(plan(Life.CANCELLED, DAY - timedelta(days=1)), later, DAY)) == {"since"}
    assert set(items.faults(plan(Life.SUSPENDED, DAY, until=DAY - timedelta(days=1)), later, DAY)) == {"until"}
    assert set(items.faults(plan(Life.HANDED_DOWN, tier=Tier.CITY), later, DAY)) == {"tier"}
    assert set(items.faults(plan(Life.TAKEN_OVER, tier=Tier.VILLAGE), later, DAY)) == {"tier"}
    for other in (Other(1, Life.IN_FORCE), Other(99, Life.CANCELLED), Other(99, Life.SUSPENDED)):
        assert set(items.faults(plan(Life.MERGED, successor=other), later, DAY)) == {"successor"}


def test_a_day_that_a_slip_of_the_keyboard_made_is_refused():
    it = Standing(1, Life.IN_FORCE)
    for day in (date.min, date(226, 3, 2), date(2206, 3, 2), date.max):
        assert items.faults(plan(Life.CANCELLED, day), it, DAY) == {"since": items.FAR}
        assert "until" in items.faults(plan(Life.SUSPENDED, until=day), it, DAY)
    assert items.faults(plan(Life.CANCELLED, date(2019, 1, 1)), it, DAY) == {}


def test_one_proposes_and_another_decides():
    it = Standing(1, Life.IN_FORCE, department_id=7)
    assert items.why_not_propose(Life.SUSPENDED, officer(1, "editor"), it) is None
    assert items.why_not_propose(Life.SUSPENDED, officer(1, "checker"), it) is None
    for who in (officer(1, "checker", department=8), officer(1, "publisher"), officer(1, "editor", division=TOWNSHIP)):
        assert items.why_not_propose(Life.SUSPENDED, who, it)
    waits = replace(it, waiting=ProposalState.PROPOSED, proposed_by=1)
    assert items.why_not_propose(Life.CANCELLED, officer(1, "editor"), waits)
    assert items.why_not(Step.APPROVE, officer(2, "approver"), waits) is None
    assert items.why_not(Step.REFUSE, officer(2, "publisher"), replace(waits, waiting=ProposalState.APPROVED)) is None
    assert items.why_not(Step.TAKE_BACK, officer(1, "editor"), waits) is None
    for step, who in ((Step.APPROVE, officer(1, "editor", "approver")), (Step.APPROVE, officer(2, "editor")), (Step.REFUSE, officer(2, "editor")),
                      (Step.TAKE_BACK, officer(2, "approver")), (Step.APPROVE, officer(2, "approver", division=TOWNSHIP))):
        assert items.why_not(step, who, waits)
    assert all(items.why_not(step, officer(2, "approver"), it) for step in Step)


ROLES = st.frozensets(st.sampled_from(["editor", "checker", "approver", "publisher", "admin", "window"]))
WHO = st.builds(lambda number, roles, township: Officer(number, 7, TOWNSHIP if township else COUNTY, roles), st.integers(1, 4), ROLES, st.booleans())
PLANS = st.builds(
    Plan, st.sampled_from(list(Life)), st.dates(DAY, DAY + timedelta(days=40)), st.sampled_from(["", "上位法修改"]), st.sampled_from(["", "某令"]),
    st.none() | st.dates(DAY, DAY + timedelta(days=60)), st.none() | st.just("某局"), st.none() | st.sampled_from(list(Tier)),
    st.none() | st.builds(Other, st.integers(1, 3), st.sampled_from(list(Life))))
ACTS = st.lists(st.tuples(WHO, st.one_of(PLANS, st.sampled_from(list(Step)), st.integers(1, 30))), max_size=25)


@settings(suppress_health_check=[HealthCheck.too_slow])  # an act has many parts to draw
@given(ACTS)
def test_no_sequence_of_acts_gives_a_state_that_its_columns_contradict(acts):
    """Goes on as the actions do, with the item's and the proposal's columns, and looks at them after every act."""
    today, it, held, decided_by, row = DAY, Standing(1, Life.IN_FORCE, department_id=7), None, None, None
    for who, act in acts:
        if isinstance(act, Plan):
            if items.why_not_propose(act.target, who, it) is None and not items.faults(act, it, today):
                held, decided_by = act, None
                it = replace(it, waiting=ProposalState.PROPOSED, proposed_by=who.staff_id)
        elif isinstance(act, int):
            today += timedelta(days=act)
        elif items.why_not(act, who, it) is None:
            decided_by = who.staff_id
            it = replace(it, waiting=ProposalState.APPROVED if act is Step.APPROVE else None, proposed_by=it.proposed_by if act is Step.APPROVE else None)
        if it.waiting is ProposalState.APPROVED and items.takes_effect(held.since, today):
            assert decided_by != it.proposed_by
            if (it.life, held.target) in BY_CHANGE and not items.faults(held, it, held.since):
                row, it = held, replace(it, life=held.target, since=held.since)
            it = replace(it, waiting=None, proposed_by=None)
        if row and items.over(it.life, row.until, today):
            it, row = replace(it, life=Life.IN_FORCE, since=row.until + timedelta(days=1)), None
        _fits(it, row, today)


def _fits(it: Standing, row: Plan | None, today: date) -> None:
    assert (it.waiting in WAITING) == (it.proposed_by is not None)
    assert it.since is None or it.since <= today
    if row is not None:
        assert it.life is row.target and row.reason and row.basis
        assert row.until is None or (it.life is Life.SUSPENDED and row.until >= max(row.since, today))
        assert (row.tier is not None and row.body is not None) == (it.life in items.TIERS)
        assert row.successor is None or (row.successor.item_id != it.item_id and it.life in items.SUCCESSOR_MAY)
        assert it.life is not Life.MERGED or row.successor is not None
    else:
        assert it.life is Life.IN_FORCE


@given(st.dictionaries(st.integers(1, 6), st.none() | st.integers(1, 6)), st.dictionaries(st.integers(1, 6), st.sampled_from(list(Life))))
def test_the_end_of_a_row_of_successors_is_open_or_there_is_none(successors, lives):
    found = items.end(1, successors, lives)
    assert found is None or (found != 1 and lives[found] in OPEN)


CHANGES = [Change(life, DAY, Text(zh="因由", en="Reason"), Text(zh="依据"), DAY if life is Life.SUSPENDED else None,
                  Text(zh="商务局", en="Commerce Bureau"), items.TIERS.get(life, (None,))[0], Successor("x", Text(zh="新事项", en="New"))) for life in Life]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.life.value)
def test_every_change_is_said_in_both_languages(change):
    said = [item_words.heading(change.life), item_words.sentence(change), item_words.drafts(change)]
    said += [one.said for one in [item_words.closed(change)] if one]
    said += [item_words.told(change, state, DAY) for state in RUNNING]
    assert all(one.zh and one.en for one in said if one is not None)
    assert (item_words.closed(change) is None) == (change.life in OPEN)
    assert item_words.closed(change, below=True) is None or change.life is not Life.HANDED_DOWN


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.life.value)
def test_who_has_a_case_is_told_what_holds_by_law(change):
    before = DAY - timedelta(days=1)
    for state in RUNNING:
        said = item_words.holds(change, state, before)
        assert (said is None) == (change.life is Life.IN_FORCE)
        assert said is None or ("法第" in said.zh and "Law, art" in said.en)
    assert item_words.holds(change, "closed", before) is None
