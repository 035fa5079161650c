"""queries: guides as editors need them: who saved which section and when, what was remarked on it, the names of departments."""
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.models.editing import GuideEdit, GuideRemark
from portal.models.people import Staff
from portal.models.places import Department
from portal.rules.guide.text import Text


def last_edits(db: Session, revision_id: int) -> dict[str, GuideEdit]:
    """The last save of each section of the revision, by the part's key."""
    last = select(func.max(GuideEdit.id)).where(GuideEdit.revision_id == revision_id).group_by(GuideEdit.section)
    rows = db.scalars(select(GuideEdit).where(GuideEdit.id.in_(last)).options(joinedload(GuideEdit.staff).lazyload(Staff.roles)))
    return {row.section: row for row in rows}


def edits_since(db: Session, revision_id: int, section: str, digest: str) -> list[GuideEdit]:
    """The saves of a section after it had that digest, oldest first; all of them where it never was saved with it."""
    rows = list(db.scalars(select(GuideEdit).where(GuideEdit.revision_id == revision_id, GuideEdit.section == section)
                           .options(joinedload(GuideEdit.staff).lazyload(Staff.roles)).order_by(GuideEdit.id)))
    seen = max((number + 1 for number, row in enumerate(rows) if row.digest == digest), default=0)
    return rows[seen:]


def remarks(db: Session, revision_id: int) -> list[GuideRemark]:
    """The remarks on the revision that nobody settled yet, oldest first."""
    return list(db.scalars(select(GuideRemark).where(GuideRemark.revision_id == revision_id, GuideRemark.settled_at.is_(None))
                           .options(joinedload(GuideRemark.made_by).lazyload(Staff.roles)).order_by(GuideRemark.id)))


def departments(db: Session) -> dict[str, Text]:
    """The names of the directory's departments in both languages, by the name that guides use."""
    return {name: Text(zh=name, en=english) for name, english in db.execute(select(Department.name, Department.name_en).order_by(Department.id))}
