"""rules/guide: the documents of a variant, as the national table of materials has them, and what Banshi adds."""
from typing import Annotated

from pydantic import Field, model_validator

from portal.rules.conditions import Condition
from portal.rules.guide.codes import DocumentKind, Medium, Necessity, Source, Trust
from portal.rules.guide.text import Code, Key, Model, Text

Copies = Annotated[int, Field(ge=0, le=99)]


class Agency(Model):
    """A paid intermediary that a document needs (中介服务)."""

    name: Text
    code: Code | None = None


class Document(Model):
    key: Key
    name: Text
    kind: DocumentKind = DocumentKind.OTHER
    necessity: Necessity | None = None
    source: Source | None = None
    source_note: Text | None = None
    originals: Copies | None = None
    photocopies: Copies | None = None
    copies_note: Text | None = None
    """The number in the office's words, where it does not tell originals from photocopies."""
    medium: Medium | None = None
    paper_format: Text | None = None
    trust: Trust = Trust.C
    main: bool = False
    """A main document may never be owed (容缺)."""
    exempt: bool = False
    """Never asked for: the office gets it itself (免提交)."""
    exempt_note: Text | None = None
    commitment: bool = False
    """A signed commitment may stand in its place (告知承诺)."""
    when: Condition | None = None
    when_note: Text | None = None
    requirements: Text | None = None
    how_to_fill: Text | None = None
    basis: Text | None = None
    blank_form: Text | None = None
    filled_sample: Text | None = None
    e_certificate: bool = False
    agency: Agency | None = None
    remark: Text | None = None

    @property
    def copies(self) -> int:
        """Sheets of either kind that are asked for."""
        return (self.originals or 0) + (self.photocopies or 0)

    @model_validator(mode="after")
    def _main_is_not_owed(self):
        if self.main and self.necessity is Necessity.LATER:
            raise ValueError("main_document_later")
        return self
