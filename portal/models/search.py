"""models: the search index, one row a term and guide: character pairs, single characters, pinyin and initials."""
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class SearchTerm(Base):
    """`weight` is 3 for a term of the name, 2 of an alias, 1 of the summary."""

    __tablename__ = "search_term"
    __table_args__ = {"sqlite_with_rowid": False}  # the rows lie in the key's order, so that a term is one stretch
    term: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    weight: Mapped[int]
