"""models: workbooks of guides that editors hand in: the file, how far it is worked off, and what becomes of each guide in it."""
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, one_of
from portal.models.people import Staff


class RunState(StrEnum):
    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    DONE = "done"
    FAILED = "failed"


class Would(StrEnum):
    """What the dry run says of a guide, and what its import came to."""

    WRONG = "wrong"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    TAKEN = "taken"
    """Another draft of the same item stands there, from another file or further up in this one."""
    ON_ITS_WAY = "on_its_way"
    """People work on the item's guide at the desk."""


class ImportRun(Base):
    """A file that somebody handed in. `total` is known once it was read; `failure` is a sentence in both languages."""

    __tablename__ = "import_run"
    __table_args__ = (
        one_of("state", RunState),
        CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failed_says_why"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Mapped[str]
    digest: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[str] = mapped_column(default=RunState.CHECKING, index=True)
    total: Mapped[int | None]
    attempts: Mapped[int] = mapped_column(default=0)
    """How often its reading was begun without one more row to show for it."""
    failure: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    staff: Mapped[Staff] = relationship()


class ImportRow(Base):
    """One guide of a file, or the mistakes in its stead. `document` is `rules.guide.yaml.plain` of the guide, None where it is
    wrong; `kept` says what its import came to, None while it was not imported."""

    __tablename__ = "import_row"
    __table_args__ = (
        one_of("would", Would), one_of("kept", Would), UniqueConstraint("run_id", "place"),
        CheckConstraint("(would = 'wrong') = (document IS NULL)", name="wrong_has_no_guide"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    title: Mapped[str | None]
    code: Mapped[str | None]
    slug: Mapped[str | None]
    digest: Mapped[str | None]
    would: Mapped[str]
    report: Mapped[dict[str, Any]]
    document: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    kept: Mapped[str | None]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("guide_revision.id", ondelete="SET NULL"))
