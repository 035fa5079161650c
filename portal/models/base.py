"""models: what all tables share: names of constraints, the types of time and JSON, and how a closed list is stored."""
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import JSON, BindParameter, CheckConstraint, DateTime, LargeBinary, MetaData, String, literal
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator):
    """A time in UTC; a naive one is refused, because nobody knows what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
When = Annotated[datetime, mapped_column(Moment)]
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
"""Ciphertext made by `portal.keys.seal`; its context is «table.column:id of the owner»."""


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = {dict[str, Any]: Json, list[Any]: Json, str: String, datetime: Moment}


def written_out(value: StrEnum) -> BindParameter[str]:
    """A word of a closed list, written out in the statement: SQLite knows an index of some rows by that alone."""
    return literal(value.value, literal_execute=True)


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """A named constraint that holds the column to the list."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")
