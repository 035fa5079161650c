"""models: applications: draft, answers and files of one filer for one applicant, under one data key."""
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, Sealed, one_of
from portal.models.guides import GuideRevision, Item, OfferingRevision


class ApplicationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ERASED = "erased"


class Filer(StrEnum):
    APPLICANT = "applicant"
    WINDOW = "window"
    HELPER = "helper"


class Application(Base):
    """`answers_sealed` holds JSON: `{"answers": {field: value}, "documents": {document: how}}`."""

    __tablename__ = "application"
    __table_args__ = (
        one_of("state", ApplicationState),
        one_of("filer", Filer),
        CheckConstraint("(state = 'erased') = (wrapped_key IS NULL)", name="erased_without_key"),
        CheckConstraint("state <> 'submitted' OR submitted_at IS NOT NULL", name="submitted_has_date"),
        CheckConstraint("state <> 'draft' OR expires_at IS NOT NULL", name="draft_expires"),
        CheckConstraint("(filer = 'applicant') = (filed_by_id IS NULL)", name="helper_is_named"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    guide_revision_id: Mapped[int] = mapped_column(ForeignKey("guide_revision.id"))
    offering_revision_id: Mapped[int | None] = mapped_column(ForeignKey("offering_revision.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[str] = mapped_column(default=ApplicationState.DRAFT)
    filer: Mapped[str] = mapped_column(default=Filer.APPLICANT)
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    locale: Mapped[str] = mapped_column(default="zh-Hans")
    wrapped_key: Mapped[Sealed | None]
    answers_sealed: Mapped[Sealed | None]
    resume_digest: Mapped[str | None] = mapped_column(unique=True)
    """Keyed digest of the code that resumes the draft."""
    pin_hash: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    item: Mapped[Item] = relationship()
    guide_revision: Mapped[GuideRevision] = relationship()
    offering_revision: Mapped[OfferingRevision | None] = relationship()
    files: Mapped[list["UploadedFile"]] = relationship(order_by="UploadedFile.id")
    __mapper_args__ = {"version_id_col": version}


class UploadedFile(Base):
    """The bytes lie in storage under `storage_key`, sealed with the application's data key."""

    __tablename__ = "uploaded_file"
    __table_args__ = (CheckConstraint("size > 0", name="not_empty"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    document_key: Mapped[str]
    storage_key: Mapped[str] = mapped_column(unique=True)
    name_sealed: Mapped[Sealed]
    media_type: Mapped[str]
    size: Mapped[int]
    digest: Mapped[str]
    """Keyed digest of the cleaned bytes, salted by the application's key."""
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
