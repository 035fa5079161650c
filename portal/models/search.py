"""models: the search index, one row a term and item: character pairs, single characters, pinyin and initials; and the
words that people use for what offices call otherwise."""
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class SearchTerm(Base):
    """`weight` is 3 for a term of the name, 2 of an alias, 1 of the summary."""

    __tablename__ = "search_term"
    __table_args__ = {"sqlite_with_rowid": False}  # the rows lie in the key's order, so that a term is one stretch
    term: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    weight: Mapped[int]


class Synonym(Base):
    """`word` is what people type, `means` the words that offices use for it: a search for the one asks for the others too."""

    __tablename__ = "synonym"
    __table_args__ = (CheckConstraint("word <> ''", name="has_word"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(unique=True)
    means: Mapped[list[Any]]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
