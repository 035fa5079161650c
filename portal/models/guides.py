"""models: items, the immutable revisions of their guides, and offerings with revisions of their own."""
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, one_of
from portal.models.places import Department, Place


class ItemLife(StrEnum):
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    HANDED_DOWN = "handed_down"
    TAKEN_OVER = "taken_over"


class RevisionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Item(Base):
    """`slug` is its address: the basic code, or a short name where an imported item has none."""

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
    retention_class: Mapped[str] = mapped_column(default="ordinary")
    department: Mapped[Department | None] = relationship()


class GuideRevision(Base):
    """`document` is `rules.guide.yaml.plain` of the file it came in: guide, unplaced text, and the offerings it brought. It is
    large, and mostly parsed already: it is fetched when asked for."""

    __tablename__ = "guide_revision"
    __table_args__ = (
        one_of("state", RevisionState),
        UniqueConstraint("item_id", "number"),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_has_date"),
        CheckConstraint("(state IN ('draft', 'published')) = (ended_at IS NULL)", name="ended_has_date"),
        Index("uq_guide_revision_in_force", "item_id", unique=True,
              sqlite_where=text("state = 'published'"), postgresql_where=text("state = 'published'")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default=RevisionState.DRAFT)
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    digest: Mapped[str]
    source: Mapped[str | None]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    item: Mapped[Item] = relationship()


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
