"""models: server-side sessions, revocable, and the counters that throttle guessing."""
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base
from portal.models.people import Staff


class WebSession(Base):
    """The cookie holds a random token, this row its SHA-256. A session belongs to staff, to an account, or to
    the person who fills in one application."""

    __tablename__ = "web_session"
    __table_args__ = (CheckConstraint("staff_id IS NULL OR account_id IS NULL", name="one_owner"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    csrf: Mapped[str]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Ids only: `applications`, those that this session may fill in or act on."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    staff: Mapped[Staff | None] = relationship()


class Throttle(Base):
    """How often something was tried in one window of time. `bucket` is a keyed digest, never an address."""

    __tablename__ = "throttle"
    bucket: Mapped[str] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
