"""models: what keeps guides right: checks that changed nothing, what a look at a guide found, links that were asked, laws
that changed."""
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class GuideCheck(Base):
    """Somebody of the owning department looked at the guide in force and found that it holds."""

    __tablename__ = "guide_check"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("guide_revision.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    checked_on: Mapped[date]
    words: Mapped[str | None]
    made_at: Mapped[datetime]


class GuideLook(Base):
    """The revision of an item that was looked at last, on which legal day, and what its document says of its own checks."""

    __tablename__ = "guide_look"
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("guide_revision.id"))
    looked_on: Mapped[date]
    checked_on: Mapped[date | None]
    review_due: Mapped[date | None]


class GuideFinding(Base):
    """What a look found: `kind` is one of `rules.staying.Kind`; `subject` the law or the address of the web that it is about,
    `element` its JSON Pointer. A law or a link that is merely named has no words."""

    __tablename__ = "guide_finding"
    __table_args__ = (Index("ix_guide_finding_kind_subject", "kind", "subject"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    subject: Mapped[str | None]
    element: Mapped[str]
    words: Mapped[str | None]
    words_en: Mapped[str | None]


class LinkState(Base):
    """What an address of the web answered last, and how often in a row it failed."""

    __tablename__ = "link_state"
    url: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    answer: Mapped[str]
    """The number of the answer, or a word of `rules.staying.FAULTS`."""
    failures: Mapped[int]


class LawMark(Base):
    """A law that an editor marked as changed: every guide that stands on it is to be checked since then."""

    __tablename__ = "law_mark"
    __table_args__ = (CheckConstraint("law <> ''", name="has_law"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    law: Mapped[str] = mapped_column(index=True)
    changed_on: Mapped[date]
    words: Mapped[str | None]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
