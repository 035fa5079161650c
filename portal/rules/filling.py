"""rules: how an application is filled in: what is asked, what counts, what is missing, what a newer guide changes.

A question is asked where its condition holds by the answers that count; the answer of a question that is not asked
does not count, whatever was typed before.
"""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.rules.conditions import holds
from portal.rules.guide.codes import DocumentKind, Necessity, Trust
from portal.rules.guide.document import Guide, Variant
from portal.rules.guide.documents import Document
from portal.rules.guide.forms import Field
from portal.rules.guide.text import Text

SITUATION, DOCUMENTS = "your-situation", "the-documents"
"""Pages that are no section of a form; no key of a section has a hyphen."""
SITUATION_TITLE = Text(zh="办理情形", en="Your situation")
UPLOAD, WINDOW, COMMIT, LATER, NONE, FORM = "upload", "window", "commit", "later", "none", "form"
"""How a document is given: by files, at the window, as a commitment, later, not at all, or as the form itself."""

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """One small page of the form; `key` is also the last part of its address."""

    key: str
    title: Text
    help: Text | None
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Missing:
    """What keeps an application from being sent: where it is asked, and what it is called."""

    page: str
    key: str
    label: Text


@dataclass(frozen=True)
class Difference:
    """What a newer guide asks and no longer asks, by name; `changed` are answers that no longer fit."""

    new: tuple[Text, ...]
    gone: tuple[Text, ...]
    changed: tuple[Text, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed)


def counting(guide: Guide, answers: Answers) -> dict[str, Any]:
    """The answers of the questions that are asked: the facts of all conditions."""
    fields = [field for field in guide.all_fields() if field.key in answers]
    found: dict[str, Any] = {}
    for _ in range(len(fields) + 1):
        now = {field.key: answers[field.key] for field in fields if holds(field.when, found)}
        if now == found:
            break
        found = now
    return found


def asked(fields: Sequence[Field], facts: Answers) -> list[Field]:
    """Those of the fields that are asked, by the answers that count."""
    return [field for field in fields if holds(field.when, facts)]


def pages(guide: Guide, facts: Answers) -> list[Page]:
    """The pages with questions, in order; a section in which nothing is asked is no page."""
    every = [Page(SITUATION, SITUATION_TITLE, None, tuple(guide.situations))]
    every += [Page(section.key, section.title, section.help, tuple(section.fields)) for section in guide.form]
    return [page for page in every if asked(page.fields, facts)]


def documents(variant: Variant, local: Sequence[Document], facts: Answers) -> list[Document]:
    """The documents that the facts ask for: the variant's, then those that only the chosen place asks for."""
    known = {document.key for document in variant.documents}
    every = [*variant.documents, *(document for document in local if document.key not in known)]
    return [document for document in every if holds(document.when, facts)]


def the_form(guide: Guide, variant: Variant) -> str | None:
    """The key of the document that filling in the form makes: the first application form that is no signed commitment."""
    if not guide.form:
        return None
    forms = [row for row in variant.documents if row.kind is DocumentKind.FORM and row.trust is not Trust.D]
    return forms[0].key if forms else None


def ways(document: Document, is_the_form: bool = False) -> list[str]:
    """How a document may be given, the usual way first; none where the office gets it itself."""
    if document.exempt:
        return []
    if is_the_form:
        return [FORM]
    found = [UPLOAD, WINDOW]
    if document.commitment:
        found.append(COMMIT)
    if document.necessity is Necessity.LATER:
        found.append(LATER)
    if document.necessity is Necessity.OPTIONAL:
        found.append(NONE)
    return found


def way_of(document: Document, is_the_form: bool, chosen: str | None, files: int) -> str | None:
    """How the document is given as things stand; None where that is still open."""
    allowed = ways(document, is_the_form)
    if FORM in allowed:
        return FORM
    if files and UPLOAD in allowed:
        return UPLOAD
    if chosen in allowed and chosen != UPLOAD:
        return chosen
    return NONE if NONE in allowed else None


def missing(guide: Guide, facts: Answers, asked_documents: Sequence[Document], given: Mapping[str, str | None]) -> list[Missing]:
    """Every required answer and every document that is still open, in the order of the pages."""
    found = [Missing(page.key, field.key, field.label) for page in pages(guide, facts)
             for field in asked(page.fields, facts) if field.required and field.key not in facts]
    return found + [Missing(DOCUMENTS, document.key, document.name) for document in asked_documents
                    if not document.exempt and given.get(document.key) is None]


def difference(before: Guide, after: Guide, answers: Answers, local: Sequence[Document] = ()) -> Difference:
    """What changes for a person who began under `before` and sends under `after`."""
    old_facts, new_facts = counting(before, answers), counting(after, carried(before, after, answers))
    old, new = _asked_for(before, old_facts, local), _asked_for(after, new_facts, local)
    stayed = {field.key: field for field in after.all_fields()}
    return Difference(
        new=tuple(label for key, label in new.items() if key not in old),
        gone=tuple(label for key, label in old.items() if key not in new),
        changed=tuple(field.label for field in before.all_fields()
                      if field.key in old_facts and field.key in stayed and not _fits(field, stayed[field.key], old_facts[field.key])))


def carried(before: Guide, after: Guide, answers: Answers) -> dict[str, Any]:
    """The answers that the newer guide still knows, and whose options it still offers."""
    old = {field.key: field for field in before.all_fields()}
    return {field.key: answers[field.key] for field in after.all_fields()
            if field.key in answers and field.key in old and _fits(old[field.key], field, answers[field.key])}


def _fits(before: Field, after: Field, value: Any) -> bool:
    if before.type is not after.type:
        return False
    known: Collection[str] = {option.value for option in after.options}
    return not known or all(one in known for one in (value if isinstance(value, list) else [value]))


def _asked_for(guide: Guide, facts: Answers, local: Sequence[Document]) -> dict[tuple[str, str], Text]:
    variant = guide.variant_for(facts)
    found = {("field", field.key): field.label for field in asked(list(guide.all_fields()), facts)}
    if variant is not None:
        found |= {("document", row.key): row.name for row in documents(variant, local, facts) if not row.exempt}
    return found
