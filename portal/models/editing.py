"""models: work on guides: who edited which section, who sent a revision on, the remarks tied to its elements, and who changed
what a place offers of it."""
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, one_of
from portal.models.guides import GuideRevision, Offering, OfferingRevision, RevisionState
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


class OfferingAct(StrEnum):
    ADOPTED = "adopted"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


class OfferingStep(Base):
    """What somebody did with a place's offering; `revision_id` is the one in force afterwards, or to the end. Without staff a
    new revision of the guide's own text did it."""

    __tablename__ = "offering_step"
    __table_args__ = (one_of("act", OfferingAct),)
    id: Mapped[int] = mapped_column(primary_key=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("offering_revision.id"))
    act: Mapped[str]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]
    offering: Mapped[Offering] = relationship()
    revision: Mapped[OfferingRevision] = relationship()
    staff: Mapped[Staff | None] = relationship()
