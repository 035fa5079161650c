"""models: what readers tell the editors: a report that something in a guide is wrong, and searches that found nothing."""
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, Sealed


class Report(Base):
    """`element` is the place in the guide as `rules.guide.elements` names it. Words and contact are sealed under the
    report's own key, because people write about themselves. Whoever made it reads the answer by its number and the code,
    of which only a keyed digest is kept."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("(wrapped_key IS NULL) = (erased_at IS NOT NULL)", name="erased_without_key"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered_has_words"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("guide_revision.id"), index=True)
    element: Mapped[str | None]
    wrapped_key: Mapped[Sealed | None]
    words_sealed: Mapped[Sealed | None]
    contact_sealed: Mapped[Sealed | None]
    made_at: Mapped[datetime]
    code_digest: Mapped[str | None] = mapped_column(index=True)
    answer: Mapped[str | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    answered_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class SearchMiss(Base):
    """Words that found no guide that has them, and how often. Numbers are left out before they come here. `led_to` is what was
    offered instead the last time: words of the guides that are near, or a guide that has some of them. What an editor has put
    aside stays, so that it does not come up again."""

    __tablename__ = "search_miss"
    words: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
    last_on: Mapped[date]
    led_to: Mapped[str | None]
    dismissed_on: Mapped[date | None]
