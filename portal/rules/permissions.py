"""rules/permissions: *who may*. Pure facts about an officer and a case in, an answer out.

An officer sees a case of her division when her department owns it, accepts it, or has a stage of it in hand or behind
it; supervisors and administrators see every case of their division. Seeing comes before doing: what one may not see
does not exist. Each stage belongs to one desk (`desk_of`), and each role works at certain desks.
"""
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.rules.guide.codes import HandlingKind, StageKind
from portal.rules.guide.stages import Stage
from portal.rules.stages import DONE, OPEN
from portal.rules.transitions import Act


class Desk(StrEnum):
    """Where a stage is worked off. *accept* is the window before acceptance and whenever a case is led back there."""

    ACCEPT = "accept"
    REVIEW = "review"
    DECIDE = "decide"
    COUNTER = "counter"
    """The window again: fees, certificates, handing over."""
    AT_ONCE = "at_once"
    """The decision of an instant item, made where it is accepted."""


DESKS = {
    "window": frozenset({Desk.ACCEPT, Desk.COUNTER, Desk.AT_ONCE}),
    "reviewer": frozenset({Desk.REVIEW, Desk.COUNTER, Desk.AT_ONCE}),
    "head": frozenset({Desk.REVIEW, Desk.DECIDE, Desk.AT_ONCE}),
}
"""The desks of each role; a role that is not here only watches, or has no part in cases."""
SERVES = frozenset({Desk.ACCEPT, Desk.COUNTER})
"""Where notices are told: at the window that asked for something, and where results are handed over."""
EXTENDING = {
    Act.ASK_EXTENSION: frozenset({Desk.REVIEW, Desk.DECIDE}),
    Act.EXTEND: frozenset({Desk.DECIDE}),
    Act.REFUSE_EXTENSION: frozenset({Desk.DECIDE}),
}
"""The desks of the lead department that ask for an extension, and that decide on it."""
WATCHERS = frozenset({"supervisor", "admin"})
KEEPER = "keeper"
"""What an editor of a township or village is."""
COUNTY = 6
"""So many digits begin the codes of all places of a county."""


@dataclass(frozen=True)
class Officer:
    staff_id: int
    department_id: int | None
    division: str
    """The code of her place, whose trailing zeros leave the tier's prefix."""
    roles: frozenset[str]

    @property
    def desks(self) -> frozenset[Desk]:
        return frozenset().union(*(DESKS.get(role, ()) for role in self.roles))


@dataclass(frozen=True)
class Part:
    """A stage as permissions see it: whose it is, at which desk, in which state."""

    department_id: int
    desk: str
    state: str


@dataclass(frozen=True)
class Subject:
    """A case as permissions see it."""

    department_id: int
    division: str
    parts: tuple[Part, ...]

    @property
    def accepting(self) -> frozenset[int]:
        """The departments that decide on acceptance: those of the accepting stages, else the owner."""
        return self._departments(Desk.ACCEPT) or frozenset({self.department_id})

    @property
    def delivering(self) -> frozenset[int]:
        """The departments that hand over: those with a counter in the case, and the owner."""
        return self._departments(Desk.COUNTER) | {self.department_id}

    def _departments(self, desk: Desk) -> frozenset[int]:
        return frozenset(part.department_id for part in self.parts if part.desk == desk)


def desk_of(stage: Stage, handling: HandlingKind | None) -> Desk:
    """Which desk a stage is for. A decision is made by a head, that of an instant item where it is accepted
    (Administrative Licensing Law, articles 34 and 38)."""
    if stage.kind in (StageKind.RECEIVE, StageKind.ACCEPT):
        return Desk.ACCEPT
    if stage.kind in (StageKind.PAY, StageKind.CERTIFY, StageKind.DELIVER):
        return Desk.COUNTER
    if stage.kind is StageKind.DECIDE:
        return Desk.AT_ONCE if handling is HandlingKind.INSTANT else Desk.DECIDE
    return Desk.REVIEW


def prefix(division: str) -> str:
    """What the codes of all places in the division begin with: 6 digits of a county, 9 of a township, 12 of a village."""
    if division.endswith("000000"):
        return division[:6]
    return division[:9] if division.endswith("000") else division


def acting_roles(roles: Iterable[str], division: str) -> frozenset[str]:
    """The roles as they count: who is an editor in a township or village keeps what it offers, and writes no text of the county's."""
    held = frozenset(roles)
    if "editor" in held and len(prefix(division)) > COUNTY:
        held = held - {"editor"} | {KEEPER}
    return held


def sees(officer: Officer, case: Subject) -> bool:
    """Whether the case exists for the officer."""
    if not case.division.startswith(prefix(officer.division)):
        return False
    if officer.roles & WATCHERS:
        return True
    working = {part.department_id for part in case.parts if part.state in (OPEN, DONE)}
    return bool(officer.desks) and officer.department_id in {case.department_id} | case.accepting | working


def may(officer: Officer, act: Act, case: Subject) -> bool:
    """Whether the officer may do an act of intake, service, extension or delivery: her department has it to do, and her role
    fits."""
    if act in EXTENDING:
        return sees(officer, case) and officer.department_id == case.department_id and bool(officer.desks & EXTENDING[act])
    if act is Act.SERVE:
        return sees(officer, case) and officer.department_id in case.accepting | case.delivering and bool(SERVES & officer.desks)
    counter = act is Act.DELIVER
    departments, desk = (case.delivering, Desk.COUNTER) if counter else (case.accepting, Desk.ACCEPT)
    return sees(officer, case) and officer.department_id in departments and desk in officer.desks


def may_finish(officer: Officer, case: Subject, part: Part) -> bool:
    """Whether she may finish a stage: it is her department's, and she works at its desk."""
    return sees(officer, case) and officer.department_id == part.department_id and part.desk in officer.desks


def roles_at(desk: Desk | str) -> list[str]:
    """The roles that work at a desk, for the sentence that says who may."""
    return [role for role, desks in DESKS.items() if desk in desks]


