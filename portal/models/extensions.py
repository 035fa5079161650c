"""models: extensions of cases: asked for by an officer, approved or refused by a head of the body (art. 42)."""
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, Sealed, one_of
from portal.models.cases import Case
from portal.models.people import Staff


class ExtensionState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


_STANDING = text("state <> 'refused'")


class Extension(Base):
    """`days` are working days. `words_sealed` holds the reason, the government's approval of a joint case, and why it was
    refused; `due_before` and `due_on` are the day that the tracker showed before and after, the lawful one after
    where the promised one had passed."""

    __tablename__ = "extension"
    __table_args__ = (
        one_of("state", ExtensionState),
        CheckConstraint("days > 0", name="has_days"),
        CheckConstraint("(state = 'asked') = (decided_by_id IS NULL)", name="decided_by_somebody"),
        CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name="decided_has_date"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name="four_eyes"),
        CheckConstraint("(state = 'approved') = (due_on IS NOT NULL)", name="approved_has_date"),
        Index("uq_extension_standing", "case_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    days: Mapped[int]
    state: Mapped[str] = mapped_column(default=ExtensionState.ASKED)
    words_sealed: Mapped[Sealed | None]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    due_before: Mapped[date]
    due_on: Mapped[date | None]
    case: Mapped[Case] = relationship()
    asked_by: Mapped[Staff] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Staff | None] = relationship(foreign_keys=[decided_by_id])
