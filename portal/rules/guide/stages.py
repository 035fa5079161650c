"""rules/guide: the stages of a variant, an edge-labelled graph, and what they produce.

A stage opens when every stage that it waits for is done or does not run. Its outcome leads on, back to
an earlier stage, or to an end. Stages that wait for the same one run side by side; one that waits
for several is a join.
"""
from typing import Annotated

from pydantic import Field, model_validator

from portal.rules.conditions import Condition
from portal.rules.guide.codes import End, Leads, StageKind, StopReason
from portal.rules.guide.limits import Limit
from portal.rules.guide.text import Key, Model, Text, repeated


class Outcome(Model):
    key: Key
    name: Text
    leads: Leads = Leads.ON
    to: Key | None = None
    """The earlier stage that a *back* leads to."""
    end: End | None = None

    @model_validator(mode="after")
    def _fits(self):
        if (self.leads is Leads.BACK) != (self.to is not None):
            raise ValueError("outcome_back_without_stage")
        if (self.leads is Leads.END) != (self.end is not None):
            raise ValueError("outcome_end_without_kind")
        return self


DONE = Outcome(key="done", name=Text(zh="完成", en="Done"))


class Stage(Model):
    key: Key
    name: Text
    kind: StageKind = StageKind.OTHER
    department: str | None = None
    """The name of the department in the directory; empty means the one that owns the item."""
    post: Text | None = None
    limit: Limit | None = None
    counted: bool = True
    stop_reason: StopReason | None = None
    stop_basis: Text | None = None
    waits_for: list[Key] = []
    when: Condition | None = None
    standard: Text | None = None
    """What is checked (审查标准)."""
    note: Text | None = None
    result: Text | None = None
    """What comes of it, in the office's words (办理结果)."""
    officers: Annotated[int, Field(ge=1, le=9)] = 1
    """Two for a check of substance (Administrative Licensing Law, article 34)."""
    outcomes: list[Outcome] = []
    produces: list[Key] = []

    @model_validator(mode="after")
    def _stop_has_reason(self):
        if self.counted and self.stop_reason is not None:
            raise ValueError("stop_reason_on_counted")
        if not self.counted and self.stop_reason is None:
            raise ValueError("stop_without_reason")
        if self.stop_reason is StopReason.RULE and self.stop_basis is None:
            raise ValueError("stop_without_rule")
        if twice := repeated(outcome.key for outcome in self.outcomes):
            raise ValueError("key_twice", twice)
        return self

    @property
    def ways_out(self) -> list[Outcome]:
        """The outcomes an officer can choose; a stage that names none is simply done."""
        return self.outcomes or [DONE]
