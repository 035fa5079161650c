"""models: items, the immutable revisions of their guides, and offerings with revisions of their own."""
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, one_of
from portal.models.places import Department, Place
from portal.rules.items import Life as ItemLife
from portal.rules.items import ProposalState


class RevisionState(StrEnum):
    DRAFT = "draft"
    LEGAL_REVIEW = "legal_review"
    FACT_CHECK = "fact_check"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


ON_ITS_WAY = "state IN ('draft', 'legal_review', 'fact_check', 'approved', 'scheduled')"


class Item(Base):
    """`slug` is its address: the basic code, or a short name where an imported item has none. `successor_id` is the item
    that people are led to when this one is no more; how it came about is in `ItemChange`."""

    __tablename__ = "item"
    __table_args__ = (
        one_of("life", ItemLife),
        CheckConstraint("life = 'in_force' OR life_reason IS NOT NULL", name="end_has_reason"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"), index=True)
    life: Mapped[str] = mapped_column(default=ItemLife.IN_FORCE)
    life_since: Mapped[date | None]
    life_reason: Mapped[str | None]
    life_until: Mapped[date | None]
    """The last day of a suspension, where it is known."""
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    retention_class: Mapped[str] = mapped_column(default="ordinary")
    department: Mapped[Department | None] = relationship()


class ItemChange(Base):
    """One change in an item's life, with the legal basis that it rests on: the public log of changes. What else was said of
    it stands in its proposal; one that the clock made, or a release before proposals, has none."""

    __tablename__ = "item_change"
    __table_args__ = (one_of("life", ItemLife),)
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    life: Mapped[str]
    since: Mapped[date]
    reason: Mapped[str]
    basis: Mapped[str | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime]


class ItemProposal(Base):
    """A change that somebody proposed, and what became of it. `body` is the office that handles the item now, of an item
    taken over the one that did before; `words` are those of who refused it, or why it did not take effect."""

    __tablename__ = "item_proposal"
    __table_args__ = (
        one_of("life", ItemLife),
        one_of("state", ProposalState),
        CheckConstraint("until IS NULL OR (life = 'suspended' AND until >= since)", name="until_fits"),
        CheckConstraint("life NOT IN ('handed_down', 'taken_over') OR (body IS NOT NULL AND tier IS NOT NULL)", name="moved_has_body"),
        CheckConstraint("life <> 'merged' OR successor_id IS NOT NULL", name="merged_has_successor"),
        CheckConstraint("successor_id IS NULL OR (successor_id <> item_id AND life IN ('merged', 'cancelled', 'handed_down'))",
                        name="successor_fits"),
        CheckConstraint("(state IN ('proposed', 'taken_back')) = (decided_by_id IS NULL)", name="decided_by_somebody"),
        CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name="decided_has_date"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("state NOT IN ('refused', 'failed') OR words IS NOT NULL", name="refused_has_reason"),
        CheckConstraint("(state = 'in_effect') = (change_id IS NOT NULL)", name="in_effect_has_change"),
        Index("uq_item_proposal_waiting", "item_id", unique=True,
              sqlite_where=text("state IN ('proposed', 'approved')"), postgresql_where=text("state IN ('proposed', 'approved')")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    life: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str]
    reason_en: Mapped[str | None]
    basis: Mapped[str]
    basis_en: Mapped[str | None]
    body: Mapped[str | None]
    body_en: Mapped[str | None]
    tier: Mapped[str | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    state: Mapped[str] = mapped_column(default=ProposalState.PROPOSED)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    words: Mapped[str | None]
    change_id: Mapped[int | None] = mapped_column(ForeignKey("item_change.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class GuideRevision(Base):
    """`document` is `rules.guide.yaml.plain` of the file it came in: guide, unplaced text, and the offerings it brought. It is
    large, and mostly parsed already: it is fetched when asked for.

    Of an item one revision is in force at a time, and one on its way there: from draft to scheduled.
    """

    __tablename__ = "guide_revision"
    __table_args__ = (
        one_of("state", RevisionState),
        UniqueConstraint("item_id", "number"),
        CheckConstraint("(state IN ('published', 'superseded', 'withdrawn')) = (published_at IS NOT NULL)", name="published_has_date"),
        CheckConstraint("(state IN ('superseded', 'withdrawn')) = (ended_at IS NOT NULL)", name="ended_has_date"),
        CheckConstraint("state <> 'scheduled' OR goes_live_at IS NOT NULL", name="scheduled_has_date"),
        Index("uq_guide_revision_in_force", "item_id", unique=True,
              sqlite_where=text("state = 'published'"), postgresql_where=text("state = 'published'")),
        Index("ix_guide_revision_shown", "item_id", "digest",
              sqlite_where=text("state = 'published'"), postgresql_where=text("state = 'published'")),
        Index("ix_guide_revision_withdrawn", "ended_at",
              sqlite_where=text("state = 'withdrawn'"), postgresql_where=text("state = 'withdrawn'")),
        Index("uq_guide_revision_on_its_way", "item_id", unique=True, sqlite_where=text(ON_ITS_WAY), postgresql_where=text(ON_ITS_WAY)),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default=RevisionState.DRAFT)
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    digest: Mapped[str]
    source: Mapped[str | None]
    created_at: Mapped[datetime]
    goes_live_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    item: Mapped[Item] = relationship()
    __mapper_args__ = {"version_id_col": version}


class Offering(Base):
    __tablename__ = "offering"
    __table_args__ = (UniqueConstraint("item_id", "place_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    item: Mapped[Item] = relationship()
    place: Mapped[Place] = relationship()


class OfferingRevision(Base):
    """`content` is one `rules.guide.offering.Offering`; `roles` repeats its roles so that SQL can ask."""

    __tablename__ = "offering_revision"
    __table_args__ = (
        UniqueConstraint("offering_id", "number"),
        Index("uq_offering_revision_in_force", "offering_id", unique=True,
              sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"))
    number: Mapped[int]
    roles: Mapped[list[Any]]
    implementation_code: Mapped[str | None] = mapped_column(index=True)
    content: Mapped[dict[str, Any]]
    digest: Mapped[str]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    offering: Mapped[Offering] = relationship()
