"""models: parties, the accounts they sign in with, mandates between them, and staff with their roles.

Personal columns are sealed under the party's own data key; `*_blind` are HMAC indexes for equality.
"""
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, Sealed, one_of
from portal.models.places import Department, Place


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


class Assurance(StrEnum):
    CODE_ONLY = "code_only"
    TELEPHONE = "telephone"
    IDENTITY = "identity"


class StaffRoleName(StrEnum):
    WINDOW = "window"
    REVIEWER = "reviewer"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    LEGAL = "legal"
    CHECKER = "checker"
    APPROVER = "approver"
    PUBLISHER = "publisher"
    ADMIN = "admin"
    HELPER = "helper"


class Party(Base):
    """`number` is the resident ID or the credit code. Erasing destroys `wrapped_key`, and with it all the rest."""

    __tablename__ = "party"
    __table_args__ = (
        one_of("kind", PartyKind),
        CheckConstraint("(wrapped_key IS NULL) = (erased_at IS NOT NULL)", name="erased_without_key"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    wrapped_key: Mapped[Sealed | None]
    name_sealed: Mapped[Sealed | None]
    number_sealed: Mapped[Sealed | None]
    number_blind: Mapped[str | None] = mapped_column(index=True)
    telephone_sealed: Mapped[Sealed | None]
    telephone_blind: Mapped[str | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class Account(Base):
    __tablename__ = "account"
    __table_args__ = (one_of("assurance", Assurance),)
    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    assurance: Mapped[str]
    subject: Mapped[str | None] = mapped_column(unique=True)
    """The identity platform's name for the person, as a blind index."""
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    party: Mapped[Party] = relationship()


class Mandate(Base):
    """Who acts for whom, in what, until when, on what evidence."""

    __tablename__ = "mandate"
    __table_args__ = (CheckConstraint("giver_id <> holder_id", name="two_parties"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    scope: Mapped[str]
    evidence_sealed: Mapped[Sealed | None]
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Staff(Base):
    """A person at a desk; the department and the place bound what she may see."""

    __tablename__ = "staff"
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    password_hash: Mapped[str]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    active: Mapped[bool] = mapped_column(default=True)
    department: Mapped[Department | None] = relationship()
    place: Mapped[Place] = relationship()
    roles: Mapped[list["StaffRole"]] = relationship(lazy="selectin")


class StaffRole(Base):
    __tablename__ = "staff_role"
    __table_args__ = (one_of("role", StaffRoleName), UniqueConstraint("staff_id", "role"))
    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    role: Mapped[str]
