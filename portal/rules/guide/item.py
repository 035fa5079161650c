"""rules/guide: the item that the guide describes, its legal basis, fees and results."""
from datetime import date
from typing import Annotated

from pydantic import Field

from portal.rules.conditions import Condition
from portal.rules.guide.codes import (
    Audience,
    BodyNature,
    Checked,
    HandlingKind,
    ItemKind,
    PowerSource,
    ResultKind,
    ReviewMode,
    Tier,
)
from portal.rules.guide.limits import Limit
from portal.rules.guide.text import Code, Key, Model, Text

Fen = Annotated[int, Field(ge=0)]


class Item(Model):
    code: Code | None = None
    """The national basic code, 12 digits."""
    local_code: Code | None = None
    name: Text
    aliases: list[Text] = []
    """Words that people use (日常用语)."""
    kind: ItemKind | None = None
    tiers: list[Tier] = []
    handling: HandlingKind | None = None
    review_mode: ReviewMode | None = None
    department: str | None = None
    """The department that owns the item, by its name in the directory (实施主体)."""
    department_code: Code | None = None
    unit: Text | None = None
    """The section of the department that handles it (责任科室)."""
    body_nature: BodyNature | None = None
    power_source: PowerSource | None = None
    delegated_by: Text | None = None
    accepting_body: Text | None = None
    deciding_body: Text | None = None
    joint_bodies: list[str] = []
    audiences: list[Audience] = []
    person_themes: list[Text] = []
    organisation_themes: list[Text] = []
    life_events: list[Text] = []
    quantity_limit: Text | None = None
    investment_project: bool | None = None
    annual_check: bool | None = None
    credit_supervised: bool | None = None
    takes_effect: date | None = None
    cancelled_on: date | None = None


class Basis(Model):
    """A law, regulation or rule, and the articles of it that the item stands on."""

    law: Text
    number: Text | None = None
    """The number of the decree or document (依据文号)."""
    articles: Text | None = None
    issued_by: Text | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    content: Text | None = None
    url: str | None = None
    state: Checked = Checked.NOT_CHECKED
    checked_on: date | None = None
    source: Text | None = None
    """Where the text was found when it was checked."""


class Fee(Model):
    key: Key
    name: Text
    standard: Text | None = None
    fen: Fen | None = None
    """The amount where it is one number, in fen."""
    basis: Text | None = None
    charged_by: Text | None = None
    kind: Text | None = None
    may_be_reduced: bool | None = None
    reduction: Text | None = None
    ways_to_pay: list[Text] = []
    when: Condition | None = None
    remark: Text | None = None


class Result(Model):
    key: Key
    name: Text
    kind: ResultKind = ResultKind.OTHER
    kind_note: Text | None = None
    """The kind in the office's words, where the list has none for it."""
    limit: Limit | None = None
    """Its own limit, where results differ in it."""
    validity: Text | None = None
    sample: Text | None = None
    refusal: bool = False
    """The paper that a refused applicant gets (审批不通过结果)."""
    e_certificate: bool = False
