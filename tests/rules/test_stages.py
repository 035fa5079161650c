"""Whatever the graph and whatever officers choose: no case is stuck, no join opens early, back opens what follows again."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules import stages
from portal.rules.guide.codes import End, Leads
from portal.rules.guide.document import Variant
from portal.rules.stages import CANCELLED, DONE, OPEN, PASSED, SKIPPED, WAITING, NoSuchMove, Step
from tests.rules.graphs import FIELD, variants

LINE = Variant.model_validate({"stages": [
    {"key": "accept", "name": "受理", "kind": "accept"},
    {"key": "a", "name": "甲", "waits_for": ["accept"], "outcomes": [
        {"key": "ok", "name": "通过"}, {"key": "no", "name": "不予", "leads": "end", "end": "refused"}]},
    {"key": "b", "name": "乙", "waits_for": ["accept"], "when": {"field": FIELD, "value": True}},
    {"key": "join", "name": "决定", "kind": "decide", "waits_for": ["a", "b"], "outcomes": [
        {"key": "grant", "name": "准予"}, {"key": "back", "name": "退回", "leads": "back", "to": "a"}]},
    {"key": "hand", "name": "送达", "kind": "deliver", "waits_for": ["join"]}]})


def opened(states: dict[str, str]) -> set[str]:
    return {key for key, state in states.items() if state == OPEN}


def holds_together(variant: Variant, states: dict[str, str]) -> None:
    """What is true after every act on an accepted case."""
    for stage in variant.stages:
        ready = all(stages.is_past(variant, states, before) for before in stage.waits_for)
        if states[stage.key] == OPEN:
            assert ready, f"{stage.key} opened early"
        if states[stage.key] == WAITING:
            assert not ready, f"{stage.key} could open and does not"


@given(variants(), st.booleans(), st.data())
def test_a_case_can_always_move_until_it_is_decided_and_done(variant, answer, data):
    submitted = stages.begin(variant, {FIELD: answer}).states
    assert opened(submitted) <= {stage.key for stage in variant.stages if stage.kind in stages.INTAKE}
    states, decided, led_back = stages.accept(variant, submitted).states, False, 0
    while True:
        holds_together(variant, states)
        decided = decided or stages.decided(variant, states)
        if not opened(states):
            break
        key = data.draw(st.sampled_from(sorted(opened(states))))
        choices = stages.choices(variant.stage(key), decided)
        # Nobody leads a case back for ever; after some rounds the test stops doing so.
        forward = [one for one in choices if one.leads is not Leads.BACK or led_back < 6]
        outcome = data.draw(st.sampled_from(forward))
        led_back += outcome.leads is Leads.BACK
        before, states = states, (step := stages.finish(variant, states, key, outcome)).states
        assert {one for one in before if before[one] == SKIPPED} == {one for one in states if states[one] == SKIPPED}
        if step.end is not None:
            assert step.finished and not decided
            return
    assert decided and set(states.values()) <= {DONE, SKIPPED}


@given(variants(), st.booleans(), st.data())
def test_back_opens_again_exactly_what_follows(variant, answer, data):
    states = stages.accept(variant, stages.begin(variant, {FIELD: answer}).states).states
    for _ in range(12):
        if not opened(states):
            return
        key = data.draw(st.sampled_from(sorted(opened(states))))
        outcome = data.draw(st.sampled_from([one for one in stages.choices(variant.stage(key), False)
                                             if one.leads is not Leads.END] or [None]))
        if outcome is None:
            return
        after = stages.finish(variant, states, key, outcome).states
        if outcome.leads is Leads.BACK:
            again = {outcome.to, *stages.descendants(variant, outcome.to)}
            assert key in again
            for one in again:
                assert after[one] in {WAITING, OPEN, SKIPPED}
            assert {one: after[one] for one in after if one not in again} == {
                one: states[one] for one in states if one not in again}
            assert states[outcome.to] == SKIPPED or after[outcome.to] == OPEN
        states = after


@given(variants(), st.booleans())
def test_cancelling_leaves_nothing_to_do(variant, answer):
    states = stages.begin(variant, {FIELD: answer}).states
    step = stages.cancel(states)
    assert step.finished and all(step.states[key] == state for key, state in states.items() if state in PASSED)


def test_papers_are_received_by_being_sent():
    variant = Variant.model_validate({"stages": [
        {"key": "receive", "name": "收件", "kind": "receive"},
        {"key": "accept", "name": "受理", "kind": "accept", "waits_for": ["receive"]},
        {"key": "decide", "name": "决定", "kind": "decide", "waits_for": ["accept"]}]})
    assert stages.begin(variant, {}).states == {"receive": DONE, "accept": OPEN, "decide": WAITING}


def test_the_join_waits_only_for_what_runs():
    for answer, needed in ((True, {"a", "b"}), (False, {"a"})):
        states = stages.accept(LINE, stages.begin(LINE, {FIELD: answer}).states).states
        assert opened(states) == needed
        for key in sorted(needed):
            assert states["join"] == WAITING
            states = stages.finish(LINE, states, key, stages.way_on(LINE.stage(key))).states
        assert states["join"] == OPEN


def test_what_follows_a_skipped_stage_still_waits_for_what_came_before_it():
    either = [{"field": FIELD, "value": True}, {"not": {"field": FIELD, "value": True}}]
    variant = Variant.model_validate({"stages": [
        {"key": "accept", "name": "受理", "kind": "accept"},
        {"key": "a", "name": "甲", "waits_for": ["accept"], "when": either[0]},
        {"key": "b", "name": "乙", "waits_for": ["a"], "when": either[1]},
        {"key": "decide", "name": "决定", "kind": "decide", "waits_for": ["b"]}]})
    for answer, runs in ((True, "a"), (False, "b")):
        states = stages.accept(variant, stages.begin(variant, {FIELD: answer}).states).states
        assert opened(states) == {runs} and states["decide"] == WAITING
        states = stages.finish(variant, states, runs, stages.way_on(variant.stage(runs))).states
        assert opened(states) == {"decide"}


def test_an_end_cancels_what_has_not_run():
    states = stages.accept(LINE, stages.begin(LINE, {FIELD: True}).states).states
    step = stages.finish(LINE, states, "a", stages.choice(LINE.stage("a"), "no", False))
    assert step == Step({"accept": DONE, "a": DONE, "b": CANCELLED, "join": CANCELLED, "hand": CANCELLED}, End.REFUSED)


def test_what_is_decided_is_neither_led_back_nor_decided_otherwise():
    assert [one.key for one in stages.choices(LINE.stage("join"), False)] == ["grant", "back"]
    assert [one.key for one in stages.choices(LINE.stage("join"), True)] == ["grant"]
    with pytest.raises(NoSuchMove):
        stages.choice(LINE.stage("join"), "back", True)


def test_only_an_open_stage_is_finished():
    states = stages.begin(LINE, {}).states
    with pytest.raises(NoSuchMove):
        stages.finish(LINE, states, "join", stages.way_on(LINE.stage("join")))
