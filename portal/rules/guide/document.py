"""rules/guide: the guide itself, and the file that carries it with its offerings.

Elements after GB/T 36114-2018 and the national item tables; which surface shows which is in `surfaces`.
Whether a guide may be *published* is lint's to say: a draft may lack nearly everything.
"""
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field as Of
from pydantic import model_validator

from portal.rules.conditions import Condition, fields, holds
from portal.rules.guide.codes import CrossKind, DeliveryWay, OnlineDepth, Way
from portal.rules.guide.contacts import Contact, Question, Remedy
from portal.rules.guide.documents import Document
from portal.rules.guide.forms import Field, Section
from portal.rules.guide.item import Basis, Fee, Item, Result
from portal.rules.guide.limits import Limit, NotCounted, longest
from portal.rules.guide.offering import Offering
from portal.rules.guide.stages import Stage
from portal.rules.guide.text import Key, Model, Text, repeated


class Variant(Model):
    """A situation of the applicant with its own documents, stages, limits, fees and results."""

    key: Key = "standard"
    name: Text = Text(zh="一般情形", en="Standard case")
    when: Condition | None = None
    note: Text | None = None
    documents: list[Document] = []
    stages: list[Stage] = []
    statutory: Limit | None = None
    promised: Limit | None = None
    not_counted: list[NotCounted] = []
    fees: list[Fee] = []
    free: bool | None = None
    """True: no fee. False: there is one. Empty: the source does not say."""
    fee_note: Text | None = None
    results: list[Result] = []

    @model_validator(mode="after")
    def _keys_fit(self):
        for rows in (self.documents, self.stages, self.fees, self.results):
            if twice := repeated(row.key for row in rows):
                raise ValueError("key_twice", twice)
        known = {stage.key for stage in self.stages}
        for stage in self.stages:
            named = {*stage.waits_for, *(outcome.to for outcome in stage.outcomes if outcome.to)}
            if unknown := named - known:
                raise ValueError("stage_unknown", min(unknown))
            if unknown := set(stage.produces) - {result.key for result in self.results}:
                raise ValueError("result_unknown", min(unknown))
        return self

    @property
    def promise(self) -> Limit | None:
        """What a person is promised: the promised limit, else the longest limit of the results."""
        return self.promised or longest(result.limit for result in self.results if result.limit)

    @property
    def owed(self) -> Limit | None:
        """What is owed at the latest: the statutory limit, else the promise."""
        return self.statutory or self.promise

    def stage(self, key: str) -> Stage:
        """The stage of that key; KeyError where there is none."""
        for stage in self.stages:
            if stage.key == key:
                return stage
        raise KeyError(key)


class CrossRegion(Model):
    """Where else the item can be applied for (通办)."""

    kind: CrossKind
    regions: list[Text] = []
    form: Text | None = None


class Visits(Model):
    times: Annotated[int, Of(ge=0, le=99)]
    reason: Text | None = None


class Access(Model):
    """The ways to apply, and what they offer."""

    ways: list[Way] = []
    online_depth: OnlineDepth | None = None
    visits: Visits | None = None
    online_url: str | None = None
    mobile_url: str | None = None
    online: bool | None = None
    appointment: bool | None = None
    appointment_note: Text | None = None
    appointment_url: str | None = None
    express: bool | None = None
    pay_online: bool | None = None
    terminal: bool | None = None
    approval_form: Text | None = None
    """The service form in the office's words (审批服务形式)."""
    business_system: Text | None = None
    cross_region: list[CrossRegion] = []


class Provenance(Model):
    """Where the guide's content was taken from, and who checked it last."""

    source: Text | None = None
    url: str | None = None
    imported_from: str | None = None
    checked_on: date | None = None
    checked_by: Text | None = None
    review_due: date | None = None
    sample: bool = False
    """A sample, not an office's guide: every page says so."""


class Extra(Model):
    """A field of a source system that has a meaning there alone, kept under its name so that nothing is lost."""

    name: str
    value: str


class Guide(Model):
    schema_version: Literal[1] = 1
    item: Item
    summary: Text | None = None
    scope: Text | None = None
    legal_basis: list[Basis] = []
    conditions: list[Text] = []
    prohibitions: list[Text] = []
    situations: list[Field] = []
    """Questions whose answers choose the variant."""
    variants: Annotated[list[Variant], Of(min_length=1)]
    form: list[Section] = []
    procedure_offline: Text | None = None
    procedure_online: Text | None = None
    access: Access = Access()
    commitment_offered: bool | None = None
    """Whether notify-and-commit is offered for the item (告知承诺制)."""
    commitment_text: Text | None = None
    intermediary: Text | None = None
    delivery: list[DeliveryWay] = []
    delivery_note: Text | None = None
    enquiries: list[Contact] = []
    complaints: list[Contact] = []
    follow_up: Text | None = None
    """Where to look up how far a case is."""
    remedies: list[Remedy] = []
    rights: list[Text] = []
    duties: list[Text] = []
    questions: list[Question] = []
    frequent_errors: list[Text] = []
    provenance: Provenance = Provenance()
    none_stated: list[str] = []
    """Elements, by their national label, of which the source says in so many words that there are none (无)."""
    extras: list[Extra] = []

    @model_validator(mode="after")
    def _keys_fit(self):
        keys = [field.key for field in self.all_fields()]
        variants = [variant.key for variant in self.variants]
        sections = [section.key for section in self.form]
        for row in (keys, variants, sections):
            if twice := repeated(row):
                raise ValueError("key_twice", twice)
        for condition in self.all_conditions():
            if unknown := set(fields(condition)) - set(keys):
                raise ValueError("condition_field_unknown", min(unknown))
        return self

    def all_fields(self) -> Iterator[Field]:
        """Every question: first those that choose the variant, then the form's."""
        yield from self.situations
        for section in self.form:
            yield from section.fields

    def all_conditions(self) -> Iterator[Condition]:
        for field in self.all_fields():
            if field.when:
                yield field.when
        for variant in self.variants:
            for part in (variant, *variant.documents, *variant.stages, *variant.fees):
                if part.when:
                    yield part.when

    def variant(self, key: str) -> Variant:
        """The variant of that key; KeyError where there is none."""
        for variant in self.variants:
            if variant.key == key:
                return variant
        raise KeyError(key)

    def variant_for(self, answers: Mapping[str, Any]) -> Variant | None:
        """The first variant whose condition the answers meet; None where they meet none."""
        return next((variant for variant in self.variants if holds(variant.when, answers)), None)

    def labels(self) -> dict[str, Text]:
        """What each question is called: the words of a condition's sentence."""
        return {field.key: field.label for field in self.all_fields()}

    def option_labels(self) -> dict[tuple[str, str], Text]:
        """What each option of a choice is called, by (question, value)."""
        return {(field.key, option.value): option.label for field in self.all_fields() for option in field.options}


class GuideFile(Model):
    """What one YAML file holds: the guide, its offerings, and text that an import could not place."""

    guide: Guide
    offerings: list[Offering] = []
    unplaced: list[str] = []
