"""rules: the shape of a county file: which places, departments and staff an installation has.

Decides nothing about services; it refuses a file whose references do not meet.
"""
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from portal.rules import synonyms
from portal.rules.guide.codes import Tier
from portal.rules.guide.offering import Hours, there_is
from portal.rules.guide.text import Model, Text

DivisionCode = Annotated[str, StringConstraints(pattern=r"^\d{12}$")]
CreditCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-HJ-NP-RTUWXY]{18}$")]
StaffRole = Literal["window", "reviewer", "head", "supervisor", "editor", "legal", "checker", "approver", "publisher", "admin",
                    "helper"]


class Authority(Model):
    name: Text
    government: Text
    division: DivisionCode
    credit_code: CreditCode
    telephone: str
    complaints: str
    notice: Text | None = None
    """What every page of an invented county says."""


class Division(Model):
    code: DivisionCode
    name: Text
    tier: Tier
    parent: DivisionCode | None = None


class Place(Model):
    """A hall, a township centre or a village station, one in each division."""

    division: DivisionCode
    name: Text
    kind: Literal["hall", "centre", "station"]
    address: Text
    telephone: str
    hours: str
    """The name of a timetable in `County.hours`."""


class CounterWindow(Model):
    number: int
    name: Text
    telephone: str | None = None


class Department(Model):
    number: int
    key: Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
    name: Text
    short: str
    role: Literal["handles", "supervision", "townships"] = "handles"
    """`townships` stands for the government of whichever township a case belongs to; its staff are limited by division."""
    credit_code: CreditCode
    telephone: str
    complaints: str
    address: Text
    hours: str
    windows: list[CounterWindow]


class Staff(Model):
    username: Annotated[str, StringConstraints(pattern=r"^[a-z]+(\.[a-z]+)?$")]
    name: Text
    department: str
    division: DivisionCode
    roles: Annotated[list[StaffRole], Field(min_length=1)]
    """window accepts, reviewer handles stages, head decides, supervisor watches limits, editor keeps guides,
    admin keeps accounts, helper files for people."""


class County(Model):
    sample: bool = False
    """An invented county: every page says so."""
    authority: Authority
    hours: dict[str, list[Hours]]
    divisions: list[Division]
    places: list[Place]
    departments: list[Department]
    staff: list[Staff]
    synonyms: dict[str, list[str]] = {}
    """What people say, and the words that guides use for it: the beginning of the list that editors keep."""

    @model_validator(mode="after")
    def _references_meet(self):
        codes = {division.code for division in self.divisions}
        names = {department.name.zh for department in self.departments}
        parents = {division.parent for division in self.divisions if division.parent}
        named = parents | {place.division for place in self.places} | {person.division for person in self.staff}
        if not named <= codes or self.authority.division not in codes:
            raise ValueError("division_unknown")
        if not {person.department for person in self.staff} <= names:
            raise ValueError("department_unknown")
        if not {one.hours for one in (*self.places, *self.departments)} <= set(self.hours):
            raise ValueError("hours_unknown")
        if not all(there_is(day) for rows in self.hours.values() for one in rows for day in (one.since, one.until) if day):
            raise ValueError("day_unknown")
        if any(word != synonyms.word(word) or synonyms.faults(word, means) for word, means in self.synonyms.items()):
            raise ValueError("synonym_unfit")
        return self


def government(township: str) -> str:
    """What the government of a township is called: a town's is a people's government, a sub-district's an office of the
    county's (Organic Law of Local People's Congresses and Governments, article 85)."""
    if township.endswith(("人民政府", "办事处", "管理委员会")):
        return township
    return f"{township}办事处" if township.endswith("街道") else f"{township}人民政府"
