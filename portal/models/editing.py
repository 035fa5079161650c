"""models: work on guides: who edited which section, who sent a revision on, and the remarks tied to its elements."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, one_of
from portal.models.guides import GuideRevision, RevisionState
from portal.models.people import Staff


class GuideEdit(Base):
    """A section of a draft was saved. `digest` is the section's afterwards: who saves over another one is told of her."""

    __tablename__ = "guide_edit"
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("guide_revision.id", ondelete="CASCADE"), index=True)
    section: Mapped[str]
    digest: Mapped[str]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    staff: Mapped[Staff] = relationship()


class GuideStep(Base):
    """A revision was sent on or back, by whom, and with which words."""

    __tablename__ = "guide_step"
    __table_args__ = (one_of("state", RevisionState),)
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("guide_revision.id", ondelete="CASCADE"), index=True)
    state: Mapped[str]
    """The state that the revision came to."""
    words: Mapped[str | None]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    revision: Mapped[GuideRevision] = relationship()
    staff: Mapped[Staff | None] = relationship()


class GuideRemark(Base):
    """What somebody remarked on one element of a revision; `at_path` is a JSON Pointer into the document."""

    __tablename__ = "guide_remark"
    __table_args__ = (CheckConstraint("(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_by_somebody"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("guide_revision.id", ondelete="CASCADE"), index=True)
    at_path: Mapped[str]
    words: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    settled_at: Mapped[datetime | None]
    made_by: Mapped[Staff] = relationship(foreign_keys=made_by_id)
