"""models: the catalogue, what departments say they handle, whether or not it has a guide here."""
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base
from portal.models.guides import Item


class CatalogueEntry(Base):
    """A row of the list, as it was given. Its item is that of the guide where one has its code, else one of its own; several
    rows may share an item, because one guide can cover several business items."""

    __tablename__ = "catalogue_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    """By what the row is known again when the list is loaded another time (`rules.catalogue.keys`)."""
    position: Mapped[int] = mapped_column(index=True)
    department: Mapped[str]
    main_item: Mapped[str | None]
    """The heading under which the list has it (主项)."""
    name: Mapped[str]
    basic_code: Mapped[str | None]
    implementation_code: Mapped[str | None]
    source_code: Mapped[str | None]
    """The code of the register that the list was taken from."""
    kind: Mapped[str | None]
    link: Mapped[str | None]
    """Where the item is described elsewhere."""
    more: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What else the list said of it, by the list's own headings."""
    item: Mapped[Item] = relationship()
