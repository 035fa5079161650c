"""rules/lint: the stages of a variant as a graph: who waits for whom, what can be reached, where it ends."""
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from portal.rules.guide.codes import End, Leads
from portal.rules.guide.stages import Stage


def cycle(stages: Iterable[Stage]) -> list[str]:
    """The keys of stages that wait for each other in a circle, each before the one that waits for it, the first
    one again at the end; empty without one."""
    try:
        in_order(stages)
    except CycleError as error:
        return error.args[1]
    return []


def in_order(stages: Iterable[Stage]) -> list[str]:
    """The keys of the stages, each after all that it waits for. Raises graphlib.CycleError where that cannot be."""
    return list(TopologicalSorter({stage.key: stage.waits_for for stage in stages}).static_order())


def ancestors(stages: Iterable[Stage]) -> dict[str, set[str]]:
    """For each stage, the keys of all stages that are done before it opens. Cycles do no harm."""
    waits = {stage.key: set(stage.waits_for) for stage in stages}
    before = {}
    for key in waits:
        found, ahead = set(), list(waits[key])
        while ahead:
            one = ahead.pop()
            if one not in found:
                found.add(one)
                ahead.extend(waits[one])
        before[key] = found
    return before


def leads_on(stage: Stage) -> bool:
    return any(outcome.leads is Leads.ON for outcome in stage.ways_out)


def openable(stages: Iterable[Stage]) -> set[str]:
    """The keys of stages that can open: all they wait for can open and leads on."""
    rows = {stage.key: stage for stage in stages}
    found: set[str] = set()
    grown = True
    while grown:
        grown = False
        for key, stage in rows.items():
            if key not in found and all(one in found and leads_on(rows[one]) for one in stage.waits_for):
                found.add(key)
                grown = True
    return found


def last(stages: Iterable[Stage]) -> set[str]:
    """The keys of stages that no other waits for: a case that leads on from all of them is finished."""
    stages = list(stages)
    return {stage.key for stage in stages} - {one for stage in stages for one in stage.waits_for}


def can_be_granted(stages: Iterable[Stage]) -> bool:
    """Whether some way ends well: a stage that ends the case as granted, or a last one that leads on."""
    stages = list(stages)
    reached, final = openable(stages), last(stages)
    return any(
        outcome.end in (End.GRANTED, End.NOT_NEEDED) or (outcome.leads is Leads.ON and stage.key in final)
        for stage in stages
        if stage.key in reached
        for outcome in stage.ways_out
    )
