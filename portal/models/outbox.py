"""models: the transactional outbox: work that an act owes, written with the act, done by a job, found again after a crash."""
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, one_of


class Topic(StrEnum):
    PUBLISH_GUIDE = "publish_guide"
    PRINT_VOUCHER = "print_voucher"
    SEND_MESSAGE = "send_message"


class OutboxRow(Base):
    __tablename__ = "outbox"
    __table_args__ = (one_of("topic", Topic), Index("ix_outbox_open", "done_at", "id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    payload: Mapped[dict[str, Any]]
    """Ids only."""
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None]
    done_at: Mapped[datetime | None]
