"""forms: what a place offers: its own part of an offering, with fields from the schema as in a guide; which guides it takes up,
in which roles; which of the places below take one up.
"""
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict
from wtforms import SelectMultipleField
from wtforms import ValidationError as Wrong

from forms import guide_drawn, guide_rows, guide_values
from forms.base import Base
from forms.guide import names
from forms.guide_conditions import Question, Questions
from forms.guide_drawn import Around, Control
from forms.guide_fields import Field, fields_of
from portal.rules import offerings as rules
from portal.rules.guide import sections
from portal.rules.guide.codes import Role
from portal.rules.guide.document import Guide, GuideFile
from portal.rules.guide.mistakes import Mistake, mistakes
from portal.rules.guide.offering import Hours, Offering
from portal.rules.guide.text import Text
from portal.rules.guide.written import checked
from portal.rules.lint import Finding

HERE = "/offerings/0"
HOURS = "hours"
"""The button that fills in the place's own hours, to be changed."""


class OfferingForm:
    """What the place keeps of an offering. `typed` is by the name of the element, as `guide_values` has it."""

    def __init__(self, guide: Guide, offering: Offering, typed: dict[str, Any]):
        self.guide, self.offering, self.typed = guide, offering, typed
        self.wrong: list[Mistake] = []
        for name, field in _fields().items():
            guide_rows.key_rows(field, typed[name], set())

    @classmethod
    def of(cls, guide: Guide, offering: Offering, values: sections.Values | None = None) -> "OfferingForm":
        """The offering as it is stored, or with other values; a place without a window finds one to fill in."""
        held = rules.own(offering) if values is None else values
        typed = {name: guide_values.shown(field, held.get(name)) for name, field in _fields().items()}
        if not typed["windows"]:
            typed["windows"].append(guide_values.added(_fields()["windows"]))
        return cls(guide, offering, typed)

    @classmethod
    def sent(cls, guide: Guide, offering: Offering, form: MultiDict) -> "OfferingForm":
        """What was typed. Raises ValueError for a form that no page of ours sends."""
        return cls(guide, offering, {name: guide_values.read(field, form, name) for name, field in _fields().items()})

    def act(self, button: str, hours: list[Any]) -> str:
        """Does what the button of a row says, or fills `hours`, the place's own, into the last window; returns the name of the
        field to go on at. Raises LookupError or ValueError where it names nothing here."""
        if button != HOURS:
            return guide_rows.act(_fields(), self.typed, button, self._questions)
        rows, field = self.typed["windows"], _fields()["windows"]
        if not rows:
            rows.append(guide_values.added(field))
        row = rows[-1] = rows[-1] if rows[-1]["open"] else guide_values.opened(field, rows[-1]["plain"])
        inner = next(one for one in field.of if one.name == "hours")
        row["fields"]["hours"] = guide_values.shown(inner, [Hours.model_validate(one).model_dump(mode="json") for one in hours])
        return f"windows-{len(rows) - 1}"

    def values(self) -> sections.Values:
        """The place's own as plain values; the schema has not looked at them yet."""
        questions = self._questions
        return {name: guide_values.plain(field, self.typed[name], questions) for name, field in _fields().items()}

    def whole(self) -> Offering | None:
        """The offering as typed; None where the schema does not take it, `wrong` then says why."""
        plain = self.offering.model_dump(mode="json") | self.values()
        plain = {name: value for name, value in plain.items() if value is not None}
        try:
            file = GuideFile.model_validate({"guide": self.guide.model_dump(mode="json"), "offerings": [plain]})
            return checked(file, [HERE]).offerings[0]
        except ValidationError as error:
            self.wrong = mistakes(error, names(self.guide))
            return None

    def draw(self, findings: list[Finding]) -> tuple[list[Control], list[Text]]:
        """The controls in the order of the page with what is wrong beside them, and the mistakes that stand beside none."""
        around = Around(self._questions, {})
        controls = [guide_drawn.draw(field, self.typed[name], name, f"{HERE}/{name}", around) for name, field in _fields().items()]
        return controls, guide_drawn.place(controls, ((one.at, one.said) for one in self.wrong), ((one.at, one) for one in findings))

    @property
    def _questions(self) -> Questions:
        return {field.key: Question(field.label, field.type, tuple((one.value, one.label) for one in field.options))
                for field in self.guide.all_fields()}


class InRoles(Base):
    """In which roles a guide is taken up, and what: guides by their address, or places by their division code."""

    roles = SelectMultipleField(_l("在这里做什么"), validate_choice=False)
    chosen = SelectMultipleField(_l("采用哪些"), validate_choice=False)

    kinds = tuple((role.value, role.text) for role in Role)

    def validate_roles(self, field) -> None:
        if not set(field.data) & {value for value, words in self.kinds}:
            raise Wrong(_("请至少选一种：这里受理、代办，还是只咨询。"))

    def validate_chosen(self, field) -> None:
        if not field.data:
            raise Wrong(_("请至少勾选一项，再按“采用所选”。"))

    @property
    def given(self) -> list[Role]:
        return [role for role in Role if role.value in self.roles.data]


def _fields() -> dict[str, Field]:
    every = {field.name: field for field in fields_of(sections.BY_KEY["offerings"])[0].of}
    return {name: every[name] for name in rules.OWN}
