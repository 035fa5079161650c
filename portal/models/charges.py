"""models: charges of a case, in fen."""
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, one_of


class ChargeState(StrEnum):
    DUE = "due"
    PAID = "paid"
    WAIVED = "waived"
    REFUNDED = "refunded"


class Charge(Base):
    __tablename__ = "charge"
    __table_args__ = (
        one_of("state", ChargeState),
        CheckConstraint("fen >= 0", name="not_negative"),
        CheckConstraint("state NOT IN ('paid', 'refunded') OR reference IS NOT NULL", name="paid_has_reference"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    fee_key: Mapped[str]
    fen: Mapped[int]
    state: Mapped[str] = mapped_column(default=ChargeState.DUE)
    reference: Mapped[str | None]
    changed_at: Mapped[datetime]
