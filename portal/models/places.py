"""models: places of the one division tree, their windows, and the departments."""
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, one_of


class PlaceTier(StrEnum):
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Place(Base):
    """A node of the tree with its service centre; a partner office elsewhere is a place marked *partner*."""

    __tablename__ = "place"
    __table_args__ = (
        one_of("tier", PlaceTier),
        CheckConstraint("(tier = 'county') = (parent_id IS NULL) OR partner", name="root_is_county"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    tier: Mapped[str]
    partner: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str]
    name_en: Mapped[str | None]
    centre: Mapped[str | None]
    centre_en: Mapped[str | None]
    address: Mapped[str | None]
    telephone: Mapped[str | None]
    hours: Mapped[list[Any]] = mapped_column(default=list)
    """Rows of `rules.guide.offering.Hours`."""
    notice: Mapped[str | None]
    """On the root: what every page says, where the county is a sample."""
    notice_en: Mapped[str | None]
    parent: Mapped["Place | None"] = relationship(remote_side=[id])


class Department(Base):
    __tablename__ = "department"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str | None]
    credit_code: Mapped[str | None] = mapped_column(unique=True)
    telephone: Mapped[str | None]
    complaint_telephone: Mapped[str | None]
    of_townships: Mapped[bool] = mapped_column(default=False)
    """It stands for the government of whichever township a case lies in, so such a case lies in one."""


class Window(Base):
    __tablename__ = "window"
    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    name: Mapped[str]
    name_en: Mapped[str | None]
    telephone: Mapped[str | None]
    hours: Mapped[list[Any]] = mapped_column(default=list)
