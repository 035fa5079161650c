"""rules/offerings: what a township or village may say of a guide: who keeps which places, what stands in a place's own hands,
and what becomes of it when the county's text comes in a new revision.

One text serves the county. A place adds its role, its windows with hours and telephones, a note, and documents where a rule
allows them; it changes nothing of the text itself.
"""
from typing import Any

from portal.rules.guide.codes import Role
from portal.rules.guide.document import GuideFile
from portal.rules.guide.merging import merged
from portal.rules.guide.offering import Offering
from portal.rules.guide.sections import digest
from portal.rules.lint import ERROR, Finding, lint
from portal.rules.permissions import COUNTY, KEEPER, Officer, prefix

COUNTY_KEEPERS = frozenset({"editor", "admin"})
PLACE_KEEPERS = frozenset({KEEPER, "head", "admin"})
OWN = ("roles", "windows", "note", "documents", "implementation_code")
"""The elements of an offering that its place keeps at the desk; the others come with the guide."""
TOWNSHIP, VILLAGE = 9, 12
"""So many digits tell a township, a village."""
USUAL = {TOWNSHIP: (Role.RECEIVES, Role.ADVISES), VILLAGE: (Role.ADVISES, Role.FILES_FOR_PEOPLE)}
"""What townships and villages mostly do for the county: what is ticked when they take up a guide."""


def of_county(who: Officer) -> bool:
    """Whether she works for the whole county, and not for one township or village."""
    return len(prefix(who.division)) == COUNTY


def keeper(who: Officer) -> bool:
    """Whether she keeps the offerings of any place."""
    return bool(who.roles & (COUNTY_KEEPERS if of_county(who) else PLACE_KEEPERS))


def keeps(who: Officer, division: str) -> bool:
    """Whether she may say what the place of this code offers: her own township or village, and those below it; the county's
    editors all of them. What the county's hall offers stands in the guide itself."""
    return keeper(who) and division.startswith(prefix(who.division)) and len(prefix(division)) != COUNTY


def usual(division: str) -> tuple[Role, ...]:
    """The roles that such a place mostly has."""
    return USUAL[VILLAGE if len(prefix(division)) == VILLAGE else TOWNSHIP]


def own(offering: Offering) -> dict[str, Any]:
    """What the place keeps of its offering, as plain values."""
    plain = offering.model_dump(mode="json")
    return {name: plain[name] for name in OWN}


def changed(offering: Offering, values: dict[str, Any]) -> Offering:
    """The offering with the place's own as these plain values say. Raises pydantic's ValidationError."""
    plain = offering.model_dump(mode="json") | {name: value for name, value in values.items() if name in OWN}
    return Offering.model_validate({name: value for name, value in plain.items() if value is not None})


def faults(file: GuideFile, offering: Offering) -> list[Finding]:
    """What lint says against the offering of this guide: the errors, for which it cannot be kept."""
    alone = file.model_copy(update={"offerings": [offering]})
    return [one for one in lint(alone) if one.level == ERROR and one.at.startswith("/offerings/0")]


def carried(before: Offering | None, there: Offering | None, after: Offering | None) -> Offering | None:
    """A place's offering after a new revision of the text. `before` and `after` are what the earlier and the new revision's
    own document say of it, `there` what the place offers now. None: it does not offer the guide.

    What the text leaves as it was stays as the place has it. What the text says anew is taken from it, element by element,
    and what only the place changed is kept.
    """
    if after is None:
        return there if before is None else None
    if before == after or there is None:
        return there if before == after else after
    blank = Offering().model_dump(mode="json") | {"roles": None}
    together = merged(*(blank if one is None else one.model_dump(mode="json") for one in (before, there, after)))
    return Offering.model_validate({name: value for name, value in together.items() if value is not None})


def fingerprint(offering: Offering) -> str:
    """SHA-256 of an offering's content: the same words, the same revision."""
    return digest(content(offering))


def content(offering: Offering) -> dict[str, Any]:
    """The offering as it is stored."""
    return offering.model_dump(mode="json", exclude_defaults=True)
