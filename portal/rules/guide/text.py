"""rules/guide: a text in Chinese that may carry English beside it.

Where the English is missing the Chinese stands, and says so by its language tag. In YAML a text
without English is a plain string, so that files stay readable.
"""
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_serializer, model_validator

ZH, EN = "zh-Hans", "en"
Kind = TypeVar("Kind")


class Model(BaseModel):
    """The base of every part of the document: immutable, and a misspelt element is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=True)


class Text(Model):
    zh: Annotated[str, StringConstraints(min_length=1)]
    en: Annotated[str, StringConstraints(min_length=1)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"zh": value} if isinstance(value, str) else value

    @model_serializer
    def _to_plain(self) -> Any:
        return self.zh if self.en is None else {"zh": self.zh, "en": self.en}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema, handler):
        plain = {"type": "string", "minLength": 1}
        both = {
            "type": "object",
            "properties": {"zh": plain, "en": {"anyOf": [plain, {"type": "null"}]}},
            "required": ["zh"],
            "additionalProperties": False,
        }
        return {"anyOf": [plain, both], "title": "Text"}

    def said(self, locale: str) -> str:
        """The text in the reader's language (`zh-Hans` or `en`); Chinese where there is no English."""
        return self.en if locale.startswith("en") and self.en else self.zh

    def lang(self, locale: str) -> str:
        """The language of what `said` returns, for the `lang` attribute."""
        return EN if locale.startswith("en") and self.en else ZH

    def __str__(self) -> str:
        return self.zh


def _from_number(value: Any) -> Any:
    # YAML reads 0123 and 12 as numbers; a code is never one, and its zeros would be gone already.
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise ValueError("code_is_number")
    return value


Code = Annotated[str, BeforeValidator(_from_number), StringConstraints(min_length=1, max_length=64)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


def repeated(keys: Iterable[str]) -> str | None:
    """The first key that stands twice; None where each stands once."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None


def every(kind: type[Kind], value: Any, at: str = "") -> Iterator[tuple[str, Kind]]:
    """Every value of that kind in a part of the document, with its JSON Pointer below `at`."""
    if isinstance(value, kind):
        yield at, value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from every(kind, getattr(value, name), f"{at}/{name}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from every(kind, one, f"{at}/{number}")
