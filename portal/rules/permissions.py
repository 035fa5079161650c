"""rules/permissions: *who may*. Pure facts about an officer and a case in, an answer out.

An officer sees a case when her department owns it or one of its stages, and it lies in her division; supervisors
and administrators see every case of their division. Seeing comes before doing: what one may not see does not exist.
"""
from dataclasses import dataclass

from portal.rules.transitions import Act


@dataclass(frozen=True)
class Officer:
    staff_id: int
    department_id: int | None
    division: str
    """The code of her place, whose trailing zeros leave the tier's prefix."""
    roles: frozenset[str]


@dataclass(frozen=True)
class Subject:
    """A case as permissions see it. `stages` are the departments of its stages."""

    department_id: int
    division: str
    stages: frozenset[int]


WATCHERS = frozenset({"supervisor", "admin"})
ACTORS = {
    Act.ACCEPT: frozenset({"window"}),
    Act.CORRECT: frozenset({"window"}),
    Act.REFUSE: frozenset({"window"}),
    Act.DELIVER: frozenset({"window", "reviewer"}),
}
DECIDERS, HANDLERS = frozenset({"head"}), frozenset({"reviewer", "head"})


def prefix(division: str) -> str:
    """What the codes of all places in the division begin with: 6 digits of a county, 9 of a township, 12 of a village."""
    if division.endswith("000000"):
        return division[:6]
    return division[:9] if division.endswith("000") else division


def sees(officer: Officer, case: Subject) -> bool:
    """Whether the case exists for the officer."""
    if not case.division.startswith(prefix(officer.division)):
        return False
    return bool(officer.roles & WATCHERS) or officer.department_id in {case.department_id, *case.stages}


def may(officer: Officer, act: Act, case: Subject) -> bool:
    """Whether the officer may do an act of intake or delivery: her department owns the case, and her role fits."""
    return sees(officer, case) and officer.department_id == case.department_id and bool(officer.roles & ACTORS[act])


def may_finish(officer: Officer, case: Subject, stage_department_id: int, deciding: bool) -> bool:
    """Whether she may finish a stage: it is her department's; a decision takes a head (article 38), other stages
    a reviewer or a head."""
    fits = bool(officer.roles & (DECIDERS if deciding else HANDLERS))
    return sees(officer, case) and officer.department_id == stage_department_id and fits
