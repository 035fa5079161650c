"""actions: one section of a draft is saved. Lint does not stand in the way of a draft; another editor's save does, once."""
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy.orm import Session

from portal.actions.guides import digest_of
from portal.models.editing import GuideEdit
from portal.models.guides import GuideRevision, RevisionState
from portal.models.people import Staff
from portal.queries import editing
from portal.rules.guide import sections, yaml
from portal.rules.guide.difference import Change, difference
from portal.rules.guide.document import GuideFile
from portal.rules.guide.merging import merged
from portal.rules.problems import Problem


class NoDraft(Problem):
    """The revision is no draft any more."""


class Overtaken(Problem):
    """Somebody else saved the section meanwhile; nothing was written. `edits` are her saves, `changes` what she changed,
    `stored` the section as it is now, `together` the same with what the later editor changed and she did not."""

    def __init__(self, edits: list[GuideEdit], changes: list[Change], yours: list[Change], stored: sections.Values, together: sections.Values):
        super().__init__("editing.overtaken", "您编辑的时候，别人也保存了这一节，所以这次没有保存。",
                         "While you were editing, somebody else saved this section, so it was not saved this time.")
        self.edits, self.changes, self.yours, self.stored, self.together = edits, changes, yours, stored, together


def save(db: Session, staff: Staff, revision: GuideRevision, part: sections.Part, values: sections.Values,
         before: sections.Values, now: datetime) -> bool:
    """Writes the section into the draft, whose row the caller holds; `before` is the section as the editor was shown it.
    Returns whether anything changed.

    Raises NoDraft, Overtaken, and pydantic's ValidationError where the schema does not take the values.
    """
    if revision.state != RevisionState.DRAFT:
        raise NoDraft("editing.no_draft", "这一版已经不是草稿，不能再改，所以没有保存。您填的都在下面，可以复制。",
                      "This revision is no draft any more, so nothing was saved. What you typed is below, to be copied.")
    file = GuideFile.model_validate(revision.document)
    document = file.model_dump(mode="json")
    stored = sections.taken(document, part)
    made = GuideFile.model_validate(sections.put(document, part, values))
    if made == file:
        return False
    if sections.digest(before) != sections.digest(stored):
        raise _overtaken(db, revision, part, file, before, stored, made)
    revision.document = yaml.plain(made)
    revision.digest = digest_of(revision.document)
    kept = sections.taken(made.model_dump(mode="json"), part)
    db.add(GuideEdit(revision_id=revision.id, section=part.key, digest=sections.digest(kept), staff_id=staff.id, at=now))
    db.flush()
    return True


def _overtaken(db: Session, revision: GuideRevision, part: sections.Part, file: GuideFile, before: sections.Values,
               stored: sections.Values, made: GuideFile) -> Overtaken:
    document = file.model_dump(mode="json")
    mine = sections.taken(made.model_dump(mode="json"), part)
    together = merged(before, stored, mine)
    edits = editing.edits_since(db, revision.id, part.key, sections.digest(before))
    return Overtaken(edits, _changes(document, part, before, stored), _changes(document, part, stored, together), stored, together)


def _changes(document: dict, part: sections.Part, before: sections.Values, after: sections.Values) -> list[Change]:
    """What differs between two contents of the section; empty where one of them is not a whole guide's any more."""
    try:
        return difference(*(GuideFile.model_validate(sections.put(document, part, one)) for one in (before, after)))
    except ValidationError:
        return []
