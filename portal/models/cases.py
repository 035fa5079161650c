"""models: cases, their stages, parties, notices with their service, and the chained record."""
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.applications import Application
from portal.models.base import Base, Sealed, one_of
from portal.models.guides import GuideRevision, Item, OfferingRevision
from portal.models.people import Party, Staff
from portal.models.places import Department, Place
from portal.rules.permissions import Desk


class CaseState(StrEnum):
    SUBMITTED = "submitted"
    CORRECTION = "correction"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    CLOSED = "closed"


class DueMoved(StrEnum):
    EXTENSION = "extension"
    CALENDAR = "calendar"


class StageState(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class PartyRole(StrEnum):
    APPLICANT = "applicant"
    AGENT = "agent"
    HELPER = "helper"
    GUARDIAN = "guardian"
    INTERESTED = "interested"


class NoticeKind(StrEnum):
    CORRECTION = "correction"
    REFUSAL_TO_ACCEPT = "refusal_to_accept"
    ACCEPTANCE = "acceptance"
    DECISION = "decision"
    STOP = "stop"
    EXTENSION = "extension"


class ServiceState(StrEnum):
    DUE = "due"
    SERVED = "served"
    FAILED = "failed"


class Case(Base):
    """One item, pinned to guide and offering revision, one number, one clock.

    `decision` is an `End`; `decided` means that the decision is made and its delivery is owed, `closed` that
    nothing more is. `due_on` is the last day for the decision by the promise, `owed_on` the last lawful one, and
    `delivery_due_on` the last day for handing it over. `deemed_on` is the day since which a case counts as accepted
    because nothing was told in time; `accepted_on` is then the day on which its papers arrived (article 32).
    """

    __tablename__ = "case"
    __table_args__ = (
        one_of("state", CaseState),
        CheckConstraint("state <> 'accepted' OR (accepted_on IS NOT NULL AND decision IS NULL)", name="accepted_fits"),
        CheckConstraint("state NOT IN ('submitted', 'correction') OR (accepted_on IS NULL AND decision IS NULL)",
                        name="intake_fits"),
        CheckConstraint("state <> 'decided' OR (decision IS NOT NULL AND decided_at IS NOT NULL "
                        "AND delivery_due_on IS NOT NULL)", name="decided_fits"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_date"),
        CheckConstraint("state <> 'closed' OR decision IS NOT NULL", name="closed_has_end"),
        CheckConstraint("(accepted_on IS NULL) = (due_on IS NULL)", name="due_from_acceptance"),
        Index("ix_case_queue", "department_id", "state", "due_on"),
        Index("ix_case_waiting", "arrived_on", sqlite_where=text("state = 'submitted'"), postgresql_where=text("state = 'submitted'")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    tracking_code: Mapped[str] = mapped_column(unique=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    guide_revision_id: Mapped[int] = mapped_column(ForeignKey("guide_revision.id"))
    offering_revision_id: Mapped[int | None] = mapped_column(ForeignKey("offering_revision.id"))
    variant_key: Mapped[str]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    state: Mapped[str] = mapped_column(default=CaseState.SUBMITTED)
    decision: Mapped[str | None]
    submitted_at: Mapped[datetime]
    arrived_on: Mapped[date]
    """The legal day on which the papers arrived, or arrived complete."""
    acceptance_due_on: Mapped[date]
    accepted_on: Mapped[date | None]
    deemed_on: Mapped[date | None]
    due_on: Mapped[date | None]
    owed_on: Mapped[date | None]
    due_provisional: Mapped[bool] = mapped_column(default=False)
    extended_by: Mapped[int] = mapped_column(default=0, server_default="0")
    """Working days of the extension that was approved."""
    due_before: Mapped[date | None]
    """The day that was told before the last one moved, and by what: a value of `DueMoved`."""
    due_moved: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    delivery_due_on: Mapped[date | None]
    delivered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    legal_hold: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    application: Mapped[Application] = relationship()
    item: Mapped[Item] = relationship()
    guide_revision: Mapped[GuideRevision] = relationship()
    offering_revision: Mapped[OfferingRevision | None] = relationship()
    department: Mapped[Department] = relationship()
    place: Mapped[Place] = relationship()
    stages: Mapped[list["CaseStage"]] = relationship(order_by="CaseStage.position", back_populates="case")
    parties: Mapped[list["CaseParty"]] = relationship()
    __mapper_args__ = {"version_id_col": version}


class CaseStage(Base):
    """One stage of one case, for one desk of one department. `round` counts how often it was opened; a stage led back
    to is opened again."""

    __tablename__ = "case_stage"
    __table_args__ = (
        one_of("state", StageState),
        one_of("desk", Desk),
        CheckConstraint("(state = 'done') = (outcome IS NOT NULL)", name="done_has_outcome"),
        CheckConstraint("(state = 'done') = (finished_at IS NOT NULL)", name="done_has_date"),
        CheckConstraint("state NOT IN ('open', 'done') OR opened_at IS NOT NULL", name="open_has_date"),
        Index("ix_case_stage_queue", "department_id", "state", "desk"),
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    state: Mapped[str] = mapped_column(default=StageState.WAITING)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    desk: Mapped[str]
    round: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    second_officer_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    opinion_sealed: Mapped[Sealed | None]
    case: Mapped[Case] = relationship(back_populates="stages")
    department: Mapped[Department] = relationship()


class CaseParty(Base):
    __tablename__ = "case_party"
    __table_args__ = (one_of("role", PartyRole), UniqueConstraint("case_id", "party_id", "role"))
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    role: Mapped[str]
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    consented_on: Mapped[date | None]
    """Since when the party agrees to be told electronically."""
    party: Mapped[Party] = relationship()


class Notice(Base):
    """What the office tells, with the voucher that says it. `content` holds codes and keys of the guide; what officers wrote is
    sealed. `answer_days` are the working days that the party has to answer, from being told; `answer_by` is set by then."""

    __tablename__ = "notice"
    __table_args__ = (one_of("kind", NoticeKind),)
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str]
    content: Mapped[dict[str, Any]]
    words_sealed: Mapped[Sealed | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    answer_days: Mapped[int | None]
    answer_by: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("voucher.id"))


class Service(Base):
    """One try to tell a notice: to whom, how (`channel`, a `rules.serving.Way`), when, with what evidence, or failed and why.

    `served_on` is the legal day on which the party counts as told, `served_at` and `recorded_at` when that, or the failure,
    was put on record. `evidence` and `failure` are codes; what the officer wrote is sealed. What failed is owed again.
    """

    __tablename__ = "service"
    __table_args__ = (
        one_of("state", ServiceState),
        CheckConstraint("(state = 'served') = (served_at IS NOT NULL)", name="served_has_date"),
        Index("ix_service_owed", "notice_id", sqlite_where=text("state = 'due'"), postgresql_where=text("state = 'due'")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    channel: Mapped[str]
    state: Mapped[str] = mapped_column(default=ServiceState.DUE)
    served_at: Mapped[datetime | None]
    served_on: Mapped[date | None]
    evidence: Mapped[str | None]
    failure: Mapped[str | None]
    words_sealed: Mapped[Sealed | None]
    recorded_at: Mapped[datetime | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class SpotCorrection(Base):
    """What officer and applicant put right at once (article 32): `papers` are [key, code of the problem]; words are sealed."""

    __tablename__ = "spot_correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    papers: Mapped[list[Any]]
    words_sealed: Mapped[Sealed | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Event(Base):
    """The record of a case, a hash chain. `facts` holds ids and salted digests, no personal text."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    seq: Mapped[int]
    kind: Mapped[str]
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    facts: Mapped[dict[str, Any]]
    previous: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    case: Mapped[Case] = relationship()
    staff: Mapped[Staff | None] = relationship()


class Seal(Base):
    """The heads of all chains at one moment, chained themselves: `previous` is the digest of the seal before."""

    __tablename__ = "seal"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    last_event_id: Mapped[int]
    previous: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
