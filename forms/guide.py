"""forms: one section of a guide as it is edited: from the document to fields, from what was typed back to the document."""
import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter, ValidationError
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from forms import guide_conditions, guide_drawn, guide_links, guide_rows, guide_values
from forms.base import Base
from forms.guide_conditions import Question, Questions
from forms.guide_drawn import Around, Control
from forms.guide_fields import Field, fields_of
from portal.rules import conditions
from portal.rules.guide import sections
from portal.rules.guide.document import Guide, GuideFile
from portal.rules.guide.mistakes import Mistake, mistakes
from portal.rules.guide.text import Text
from portal.rules.guide.written import checked

CONDITION = TypeAdapter(conditions.Condition)


class Seen(Base):
    """What the section was when it was shown: `before` its content as JSON; `knowing` where the editor was told of another's."""

    before = HiddenField()

    def values(self) -> sections.Values | None:
        """The content as shown; None where the field does not hold it."""
        try:
            value = json.loads(self.before.data or "")
        except ValueError:
            return None
        return value if isinstance(value, dict) else None


class SectionForm:
    """The fields of one part of a guide. `typed` is by the name of the field in the form, as `guide_values` has it."""

    def __init__(self, file: GuideFile, part: sections.Part, typed: dict[str, Any]):
        self.file, self.part, self.typed = file, part, typed
        self.fields = named_fields(part)
        self.wrong: list[Mistake] = []
        self.told: list[Text] = []
        """What a button changed beside its own row."""
        taken = {field.key for field in file.guide.all_fields()}
        for name, field in self.fields.items():
            guide_rows.key_rows(field, typed[name], taken)

    @cached_property
    def document(self) -> dict[str, Any]:
        """The whole guide as it is stored."""
        return self.file.model_dump(mode="json")

    @classmethod
    def of(cls, file: GuideFile, part: sections.Part, values: sections.Values | None = None) -> "SectionForm":
        """The section as the document has it, or with other values."""
        held = values if values is not None else sections.taken(file.model_dump(mode="json"), part)
        return cls(file, part, {name: guide_values.shown(field, held.get(field.path)) for name, field in named_fields(part).items()})

    @classmethod
    def sent(cls, file: GuideFile, part: sections.Part, form: MultiDict) -> "SectionForm":
        """What was typed. Raises ValueError for a form that no page of ours sends."""
        return cls(file, part, {name: guide_values.read(field, form, name) for name, field in named_fields(part).items()})

    def act(self, button: str) -> str:
        """Does what a button of a row or a condition says; returns the name of the field to go on at. Raises LookupError
        or ValueError where it names nothing here."""
        self.told = guide_links.removed(self.fields, self.typed, button)
        return guide_rows.act(self.fields, self.typed, button, self.questions)

    def values(self) -> sections.Values:
        """The content of the section as plain values; the schema has not looked at them yet."""
        questions = self.questions
        return {field.path: guide_values.plain(field, self.typed[name], questions) for name, field in self.fields.items()}

    def whole(self) -> GuideFile | None:
        """The guide with this section as typed; None where the schema does not take it, `wrong` then says why."""
        try:
            file = GuideFile.model_validate(sections.put(self.document, self.part, self.values()))
            return checked(file, [sections.pointer(self.part, field.path) for field in self.fields.values()])
        except ValidationError as error:
            self.wrong = mistakes(error, names(self.file.guide))
            self.open_rows(one.at for one in self.wrong)
            return None

    @property
    def questions(self) -> Questions:
        """All questions of the guide; where this section asks them, as they are typed."""
        found = {field.key: Question(field.label, field.type, tuple((one.value, one.label) for one in field.options))
                 for field in self.file.guide.all_fields()}
        for name, field in self.fields.items():
            if name == "situations":
                found |= _asked(field, self.typed[name])
            elif name == "form":
                inner = next(one for one in field.of if one.name == "fields")
                for row in self.typed[name]:
                    rows = row["fields"]["fields"] if row["open"] else guide_values.shown(inner, row["plain"].get("fields"))
                    found |= _asked(inner, rows)
        return found

    def draw(self, findings: Iterable[tuple[str, Any]] = (), remarks: Iterable[tuple[str, Any]] = ()) -> tuple[list[Control], list[Text]]:
        """The controls in the order of the page with what is wrong beside them, and the mistakes that stand beside none."""
        around = Around(self.questions, self._rows())
        controls = [guide_drawn.draw(field, self.typed[name], name, sections.pointer(self.part, field.path), around)
                    for name, field in self.fields.items()]
        self._say_conditions(controls, around.questions)
        return controls, guide_drawn.place(controls, ((one.at, one.said) for one in self.wrong), findings, remarks)

    def open_rows(self, places: Iterable[str]) -> None:
        """Unfolds the rows in which these places (JSON Pointers) are."""
        for at in places:
            for name, field in self.fields.items():
                _unfold(field, self.typed[name], sections.pointer(self.part, field.path), at)

    def _rows(self) -> dict[str, list[tuple[str, Text]]]:
        """What references may name: the stages as typed where they are typed here, else as the document has them."""
        if self.part.index is None:
            return {}
        variant = self.file.guide.variants[self.part.index]
        found = {"results": [(one.key, one.name) for one in variant.results], "stages": [(one.key, one.name) for one in variant.stages]}
        if "variants_stages" in self.typed:
            field = self.fields["variants_stages"]
            typed = [(_plain_key(row), guide_drawn.named(field, row)) for row in self.typed["variants_stages"]]
            found["stages"] = [(key, name) for key, name in typed if key and name]
        return found

    def _say_conditions(self, controls: list[Control], questions: Questions) -> None:
        labels = {key: one.label for key, one in questions.items()}
        options = {(key, value): words for key, one in questions.items() for value, words in one.options}
        for control in (inner for one in controls for inner in one.walk() if inner.kind == "condition" and inner.value):
            control.sentence = sentence(control.value, questions, labels, options)


def named_fields(part: sections.Part) -> dict[str, Field]:
    """The fields of a section by their names in its form."""
    return {field.path.replace(".", "_"): field for field in fields_of(part.section)}


def names(guide: Guide) -> dict[str, Text]:
    """What the rows that others refer to are called, by their keys."""
    found = guide.labels()
    for variant in guide.variants:
        found |= {row.key: row.name for rows in (variant.stages, variant.results) for row in rows}
    return found


def sentence(node: Any, questions: Questions, labels: dict[str, Text], options: dict[tuple[str, Any], Text]) -> Text | None:
    """The condition in words; None where it is not complete yet."""
    try:
        return conditions.sentence(CONDITION.validate_python(guide_conditions.plain(node, questions)), labels, options)
    except ValidationError:
        return None


def _asked(field: Field, rows: list[dict[str, Any]]) -> dict[str, Question]:
    """The questions of typed rows that have a key and words."""
    found = {}
    options = next(one for one in field.of if one.name == "options")
    for row in rows:
        key, label = _plain_key(row), guide_drawn.named(field, row)
        if not key or not label:
            continue
        held = row["fields"]["options"] if row["open"] else guide_values.shown(options, row["plain"].get("options"))
        pairs = ((_plain_key(one, "value"), guide_drawn.named(options, one)) for one in held)
        kind = row["fields"]["type"] if row["open"] else row["plain"].get("type", "text")
        found[key] = Question(label, kind, tuple((value, words) for value, words in pairs if value and words))
    return found


def _plain_key(row: dict[str, Any], name: str = "key") -> str:
    return (row["fields"] if row["open"] else row["plain"]).get(name) or ""


def _unfold(field: Field, typed: Any, at: str, place: str) -> None:
    if not (place == at or place.startswith(f"{at}/")):
        return
    if field.kind == "group":
        for one in field.of:
            _unfold(one, typed[one.name], f"{at}/{one.name}", place)
    if field.kind != "rows":
        return
    number = 0
    for index, row in enumerate(typed):
        here = f"{at}/{number}"
        number += not guide_values.blank_row(field, row)
        if place == here or place.startswith(f"{here}/"):
            row = typed[index] = row if row["open"] else guide_values.opened(field, row["plain"])
            for one in field.of:
                _unfold(one, row["fields"][one.name], f"{here}/{one.name}", place)
