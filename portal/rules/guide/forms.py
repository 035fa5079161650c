"""rules/guide: the form that people fill in, section by section; checked answers are the facts of conditions."""
from typing import Annotated

from pydantic import Field as Of
from pydantic import model_validator

from portal.rules.conditions import Condition
from portal.rules.guide.codes import FieldType
from portal.rules.guide.text import Key, Model, Text, repeated

CHOOSING = {FieldType.CHOICE, FieldType.CHOICES}


class Option(Model):
    value: Key
    label: Text


class Field(Model):
    key: Key
    label: Text
    type: FieldType = FieldType.TEXT
    required: bool = True
    help: Text | None = None
    example: Text | None = None
    """What stands in the filled sample; never a real person's."""
    options: list[Option] = []
    when: Condition | None = None
    minimum: int | None = None
    """The least number, or the least length of a text."""
    maximum: int | None = None

    @model_validator(mode="after")
    def _options_fit(self):
        if (self.type in CHOOSING) != bool(self.options):
            raise ValueError("field_options")
        if twice := repeated(option.value for option in self.options):
            raise ValueError("key_twice", twice)
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("field_bounds")
        return self


class Section(Model):
    key: Key
    title: Text
    help: Text | None = None
    fields: Annotated[list[Field], Of(min_length=1)]
