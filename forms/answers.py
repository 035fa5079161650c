"""forms: the questions of a guide as a form. Each field reads what was typed by its type and keeps it either way."""
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field as FormField
from wtforms import ValidationError
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from forms.base import Base
from portal.rules import answers
from portal.rules.guide.codes import FieldType
from portal.rules.guide.forms import Field
from portal.rules.guide.text import Text
from portal.rules.problems import Problem

RADIOS = 6
"""Up to so many options stand open; more are a list to choose from."""
KEPT = 20_000
"""Characters of one field that are kept although they are too many to be taken."""
PREFIX = "a-"
ONE_LINE = {FieldType.NUMBER: "decimal", FieldType.MONEY: "decimal", FieldType.TELEPHONE: "tel"}
FILLED_BY_BROWSER = {FieldType.NAME: "name", FieldType.ORGANISATION_NAME: "organization", FieldType.TELEPHONE: "tel", FieldType.ADDRESS: "street-address"}


class Answer(FormField):
    """One question. `typed` is what stands in it, `data` the value where that can stand, `drawn` how it is drawn:
    `line`, `area`, `day`, `radio`, `boxes` or `select`."""

    def __init__(self, spec: Field, locale: str, today: date, divisions: Mapping[str, Text], **rest):
        super().__init__(spec.label.said(locale), **rest)
        self.spec, self.locale, self.today, self.divisions = spec, locale, today, divisions
        self.typed: list[str] = []
        self.steers = False
        """Another question of the page hangs on this one."""

    @property
    def drawn(self) -> str:
        kind = self.spec.type
        if kind is FieldType.CHOICE:
            return "radio" if len(self.spec.options) <= RADIOS else "select"
        return {FieldType.LONG_TEXT: "area", FieldType.CHOICES: "boxes", FieldType.YES_NO: "radio",
                FieldType.DIVISION: "select", FieldType.DATE: "day"}.get(kind, "line")

    @property
    def options(self) -> list[tuple[str, Text]]:
        if self.spec.type is FieldType.YES_NO:
            return [("true", Text(zh="是", en="Yes")), ("false", Text(zh="否", en="No"))]
        if self.spec.type is FieldType.DIVISION:
            return list(self.divisions.items())
        return [(option.value, option.label) for option in self.spec.options]

    @property
    def input_type(self) -> str:
        """A browser's own calendar shows nothing where the text is no day, so such a text gets a plain line."""
        if self.drawn != "day":
            return "tel" if self.spec.type is FieldType.TELEPHONE else "text"
        return "date" if self.data is not None or not self.typed else "text"

    @property
    def shown(self) -> str:
        """What stands in a line: the day in the browser's form, else just what was typed."""
        if self.input_type == "date":
            return self.data or ""
        return self.typed[0] if self.typed else ""

    @property
    def longest(self) -> int:
        return answers.longest(self.spec)

    @property
    def bounds(self) -> str:
        """What the guide says of the least and the most, in words; empty where it says nothing."""
        least, most = self.spec.minimum, self.spec.maximum
        if self.spec.type in (FieldType.NUMBER, FieldType.MONEY):
            said = [_("不小于 %(n)s", n=least) if least is not None else "", _("不大于 %(n)s", n=most) if most is not None else ""]
        elif self.spec.type in answers.WRITTEN:
            said = [_("至少 %(n)d 个字", n=least) if least else "", _("最多 %(n)d 个字", n=most) if most is not None else ""]
        else:
            return ""
        return (", " if self.locale == "en" else "，").join(filter(None, said))

    @property
    def inputmode(self) -> str | None:
        return ONE_LINE.get(self.spec.type)

    def process_data(self, value: Any) -> None:
        self.data, self.typed = value, answers.typed_of(self.spec, value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.typed = [one[:KEPT] for one in map(answers.kept, valuelist) if one.strip()]
        try:
            self.data = answers.read(self.spec, self.typed, self.today, self.divisions)
        except Problem as problem:
            self.data = None
            raise ValueError(problem.text.said(self.locale)) from problem

    def pre_validate(self, form: BaseForm) -> None:
        if self.spec.required and self.data is None and not self.process_errors:
            chosen = self.drawn in ("radio", "boxes", "select")
            raise ValidationError(_("请选择一项。") if chosen else _("请填写这一项。"))


class Questions(BaseForm):
    """The questions of one page. Their names begin with `a-`, so that no key of a guide meets a name of ours."""

    errors_at = Base.errors_at

    @property
    def filled_by_browser(self) -> dict[str, str]:
        """What the browser may offer, by the key of the question: only the first of a kind is the reader's own."""
        first = {field.spec.type: field.short_name for field in reversed(list(self))}
        return {key: FILLED_BY_BROWSER[kind] for kind, key in first.items() if kind in FILLED_BY_BROWSER}

    def values(self) -> dict[str, Any]:
        """The answers that can stand, by the key of the question."""
        return {field.short_name: field.data for field in self if field.data is not None and not field.process_errors}

    def typed(self) -> dict[str, list[str]]:
        """What was typed where it cannot stand, kept so that nothing is lost."""
        return {field.short_name: field.typed for field in self if field.process_errors and field.typed}


def questions(fields: Sequence[Field], locale: str, today: date, *, sent: MultiDict | None = None,
              values: Mapping[str, Any] = {}, typed: Mapping[str, list[str]] = {},
              divisions: Mapping[str, Text] = {}, steering: Sequence[str] = ()) -> Questions:
    """The form of a page: as it was sent, else as it is stored. `steering` are the keys on which others hang.

    Where `typed` has something that could not stand, the field shows it with its sentence.
    """
    form = Questions({field.key: _unbound(field, locale, today, divisions) for field in fields}, prefix=PREFIX, meta=DefaultMeta())
    stored = MultiDict([(PREFIX + key, one) for key, row in typed.items() for one in row])
    for field in fields:
        if sent is None and field.key not in typed:
            form[field.key].process(None, values.get(field.key))
        else:
            form[field.key].process(sent if sent is not None else stored)
        if sent is None:
            form[field.key].errors = list(form[field.key].process_errors)
        form[field.key].steers = field.key in steering
    return form


def _unbound(field: Field, locale: str, today: date, divisions: Mapping[str, Text]):
    return Answer(field, locale, today, divisions)
