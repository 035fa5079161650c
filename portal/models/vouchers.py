"""models: vouchers as issued, and the registers that number them without a gap."""
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, Sealed, one_of
from portal.models.cases import Case


class VoucherKind(StrEnum):
    RECEIPT = "receipt"
    ACCEPTANCE = "acceptance"
    CORRECTION = "correction"
    REFUSAL_TO_ACCEPT = "refusal_to_accept"
    DECISION_GRANT = "decision_grant"
    DECISION_REFUSE = "decision_refuse"
    DELIVERY = "delivery"
    EXTENSION = "extension"


class Register(Base):
    """A counter a name and year; taken with the row locked, in the transaction of the act."""

    __tablename__ = "register"
    name: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Voucher(Base):
    """The act stores number and facts; a job prints from those alone, and the first stored bytes are the issue."""

    __tablename__ = "voucher"
    __table_args__ = (
        one_of("kind", VoucherKind),
        CheckConstraint("(storage_key IS NULL) = (digest IS NULL)", name="printed_has_digest"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    facts_sealed: Mapped[Sealed | None]
    issued_at: Mapped[datetime]
    storage_key: Mapped[str | None] = mapped_column(unique=True)
    digest: Mapped[str | None]
    printed_at: Mapped[datetime | None]
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"))
    case: Mapped[Case] = relationship()
