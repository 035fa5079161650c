"""rules/stages: how a case moves on its guide's graph. Facts in, the next state of every stage out.

A stage is *waiting*, *open*, *done*, *skipped* (its condition does not hold) or *cancelled* (the case ended first).
A skipped stage is past as soon as all that it waits for is past: a join waits only for what runs, and what follows a
skipped stage still waits for what came before that one.
"""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from portal.rules.conditions import holds
from portal.rules.guide.codes import End, Leads, StageKind
from portal.rules.guide.document import Variant
from portal.rules.guide.stages import DONE as SIMPLY_DONE
from portal.rules.guide.stages import Outcome, Stage

INTAKE = frozenset({StageKind.RECEIVE, StageKind.ACCEPT})
AFTER_DECISION = frozenset({StageKind.CERTIFY, StageKind.DELIVER})
WAITING, OPEN, DONE, SKIPPED, CANCELLED = "waiting", "open", "done", "skipped", "cancelled"
PASSED = frozenset({DONE, SKIPPED})
"""What has nothing left to do of its own."""

States = dict[str, str]


@dataclass(frozen=True)
class Step:
    """What one act does to the graph: the states after it, and the end it leads to, if any."""

    states: States
    end: End | None = None

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return not {OPEN, WAITING} & set(self.states.values())


class NoSuchMove(ValueError):
    """The stage is not open, or has no such outcome now."""


def begin(variant: Variant, answers: Mapping[str, Any]) -> Step:
    """The states at submission: what does not run is skipped, the papers are received by having been sent, the stage
    that accepts is open, the rest waits."""
    states = {stage.key: WAITING if holds(stage.when, answers) else SKIPPED for stage in variant.stages}
    receiving = {stage.key for stage in variant.stages if stage.kind is StageKind.RECEIVE}
    while received := _open(variant, states, receiving):
        states.update(dict.fromkeys(received, DONE))
    _open(variant, states, {stage.key for stage in variant.stages if stage.kind is StageKind.ACCEPT})
    return Step(states)


def accept(variant: Variant, states: Mapping[str, str]) -> Step:
    """Acceptance: all intake stages are done, and everything that waited for them alone opens."""
    after = dict(states)
    for stage in variant.stages:
        if stage.kind in INTAKE and after[stage.key] != SKIPPED:
            after[stage.key] = DONE
    _open(variant, after)
    return Step(after)


def finish(variant: Variant, states: Mapping[str, str], key: str, outcome: Outcome) -> Step:
    """Finishes an open stage by one of its outcomes (`choices`). Raises NoSuchMove."""
    if states.get(key) != OPEN:
        raise NoSuchMove(f"{key} is {states.get(key)}")
    after = {**states, key: DONE}
    if outcome.leads is Leads.END:
        cancelled = {other: CANCELLED for other, state in after.items() if state in (OPEN, WAITING)}
        return Step({**after, **cancelled}, outcome.end)
    if outcome.leads is Leads.BACK:
        for other in {outcome.to, *descendants(variant, outcome.to)}:
            if after[other] != SKIPPED:
                after[other] = WAITING
    _open(variant, after)
    return Step(after)


def cancel(states: Mapping[str, str]) -> Step:
    """The case ends outside its graph (refused at intake, withdrawn): what has not run never will."""
    return Step({key: CANCELLED if state in (OPEN, WAITING) else state for key, state in states.items()})


def choices(stage: Stage, is_decided: bool) -> list[Outcome]:
    """The outcomes that an officer may choose of a stage of an accepted case.

    What was accepted can no longer be not accepted (article 32 has its own act for that); what is decided can
    neither be decided otherwise nor led back. A stage that loses all its outcomes so is simply done.
    """
    left = [outcome for outcome in stage.ways_out if outcome.end not in (End.NOT_ACCEPTED, End.WITHDRAWN)]
    if is_decided:
        left = [outcome for outcome in left if outcome.leads is Leads.ON]
    return left or [SIMPLY_DONE]


def choice(stage: Stage, key: str, is_decided: bool) -> Outcome:
    """The outcome of that key among the choices. Raises NoSuchMove."""
    for outcome in choices(stage, is_decided):
        if outcome.key == key:
            return outcome
    raise NoSuchMove(f"{stage.key} has no outcome {key}")


def way_on(stage: Stage) -> Outcome:
    """The outcome by which a stage is passed where nobody chooses: the first that leads on."""
    return next((outcome for outcome in stage.ways_out if outcome.leads is Leads.ON), SIMPLY_DONE)


def descendants(variant: Variant, key: str) -> set[str]:
    """Every stage that waits for this one, directly or through others."""
    found: set[str] = set()
    fresh = {key}
    while fresh:
        fresh = {stage.key for stage in variant.stages if fresh & set(stage.waits_for)} - found
        found |= fresh
    return found


def is_past(variant: Variant, states: Mapping[str, str], key: str) -> bool:
    """Whether those that wait for the stage need wait no more: it is done, or does not run and what it waits for is past."""
    seen, ahead = set(), [key]
    while ahead:
        key = ahead.pop()
        if states[key] == SKIPPED and key not in seen:
            seen.add(key)
            ahead += variant.stage(key).waits_for
        elif states[key] not in PASSED:
            return False
    return True


def decided(variant: Variant, states: Mapping[str, str]) -> bool:
    """Whether the decision is made: every deciding stage that runs is done; without one, when all stages are past but
    those that only carry a decision out."""
    deciding = [stage.key for stage in variant.stages if stage.kind is StageKind.DECIDE and states[stage.key] != SKIPPED]
    if deciding:
        return all(states[key] == DONE for key in deciding)
    return all(states[stage.key] in PASSED for stage in variant.stages if stage.kind not in AFTER_DECISION)


def _open(variant: Variant, states: States, only: Collection[str] | None = None) -> list[str]:
    """Opens, in place, what waits for nothing any more; returns the keys."""
    ready = [
        stage.key for stage in variant.stages
        if (only is None or stage.key in only) and states[stage.key] == WAITING
        and all(is_past(variant, states, before) for before in stage.waits_for)
    ]
    states.update(dict.fromkeys(ready, OPEN))
    return ready
