"""rules/stages: how a case moves on its guide's graph. Facts in, the next state of every stage out.

A stage is *waiting*, *open*, *done*, *skipped* (its condition does not hold) or *cancelled* (the case ended first).
A skipped stage counts as done for those that wait for it, so a join waits only for what runs.
"""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.rules.conditions import holds
from portal.rules.guide.codes import End, Leads, StageKind
from portal.rules.guide.document import Variant
from portal.rules.guide.stages import Outcome, Stage

INTAKE = frozenset({StageKind.RECEIVE, StageKind.ACCEPT})
WAITING, OPEN, DONE, SKIPPED, CANCELLED = "waiting", "open", "done", "skipped", "cancelled"
PASSED = frozenset({DONE, SKIPPED})

States = dict[str, str]


@dataclass(frozen=True)
class Step:
    """What one outcome does: the states after it, the stages it opened, and the end it leads to, if any."""

    states: States
    opened: tuple[str, ...]
    end: End | None = None
    finished: bool = False
    """Every stage is past: nothing is left to do."""


class NoSuchMove(ValueError):
    """The stage is not open, or has no such outcome."""


def intake(variant: Variant) -> list[Stage]:
    """The stages that acceptance itself works off: receiving and accepting, before which no other stage opens."""
    return [stage for stage in variant.stages if stage.kind in INTAKE]


def begin(variant: Variant, answers: Mapping[str, Any]) -> States:
    """The states at submission: what does not run is skipped, the first intake stages are open, the rest waits."""
    states = {stage.key: WAITING if holds(stage.when, answers) else SKIPPED for stage in variant.stages}
    _open(variant, states, only={stage.key for stage in intake(variant)})
    return states


def accept(variant: Variant, states: Mapping[str, str]) -> Step:
    """Acceptance: all intake stages are done, and everything that waited for them alone opens."""
    after = dict(states)
    for stage in intake(variant):
        if after[stage.key] != SKIPPED:
            after[stage.key] = DONE
    return _step(variant, after)


def finish(variant: Variant, states: Mapping[str, str], key: str, outcome_key: str) -> Step:
    """Finishes an open stage by one of its outcomes. Raises NoSuchMove."""
    stage, outcome = variant.stage(key), outcome_of(variant.stage(key), outcome_key)
    if states.get(key) != OPEN:
        raise NoSuchMove(f"{key} is {states.get(key)}")
    after = dict(states)
    after[stage.key] = DONE
    if outcome.leads is Leads.END:
        cancelled = {other: CANCELLED for other, state in after.items() if state in (OPEN, WAITING)}
        return Step({**after, **cancelled}, (), outcome.end, finished=True)
    if outcome.leads is Leads.BACK:
        for other in {outcome.to, *descendants(variant, outcome.to)}:
            if after[other] != SKIPPED:
                after[other] = WAITING
    return _step(variant, after)


def outcome_of(stage: Stage, key: str) -> Outcome:
    """The stage's outcome of that key. Raises NoSuchMove."""
    for outcome in stage.ways_out:
        if outcome.key == key:
            return outcome
    raise NoSuchMove(f"{stage.key} has no outcome {key}")


def descendants(variant: Variant, key: str) -> set[str]:
    """Every stage that waits for this one, directly or through others."""
    found: set[str] = set()
    fresh = {key}
    while fresh:
        fresh = {stage.key for stage in variant.stages if fresh & set(stage.waits_for)} - found
        found |= fresh
    return found


def decided(variant: Variant, states: Mapping[str, str]) -> bool:
    """Whether the decision is made: every deciding stage that runs is done; without one, when every stage is past."""
    deciding = [stage.key for stage in variant.stages if stage.kind is StageKind.DECIDE and states[stage.key] != SKIPPED]
    if deciding:
        return all(states[key] == DONE for key in deciding)
    return all(states[stage.key] in PASSED for stage in variant.stages if stage.kind not in
               {StageKind.CERTIFY, StageKind.DELIVER})


def _step(variant: Variant, states: States) -> Step:
    opened = _open(variant, states)
    return Step(states, opened, finished=all(state in PASSED for state in states.values()))


def _open(variant: Variant, states: States, only: Iterable[str] | None = None) -> tuple[str, ...]:
    opened = []
    for stage in variant.stages:
        allowed = only is None or stage.key in only
        if allowed and states[stage.key] == WAITING and all(states[before] in PASSED for before in stage.waits_for):
            states[stage.key] = OPEN
            opened.append(stage.key)
    return tuple(opened)
