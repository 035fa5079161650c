"""queries: the catalogue in the order of the list, which of its rows have a guide, and which item a guide belongs to."""
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.models.catalogue import CatalogueEntry
from portal.models.guides import GuideRevision, Item, RevisionState
from portal.models.places import Department
from portal.queries.guides import SHOWN
from portal.rules.catalogue.entries import Entry
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text

PAGE = 30
FIELDS = ("department", "name", "main_item", "basic_code", "implementation_code", "source_code", "kind", "link", "more")
_GUIDED = exists().where(GuideRevision.item_id == CatalogueEntry.item_id)
IN_FORCE = exists().where(GuideRevision.item_id == CatalogueEntry.item_id, GuideRevision.state == RevisionState.PUBLISHED)


@dataclass(frozen=True)
class Listed:
    """A row of the catalogue; `slug` is the guide's address where one is in force, `telephone` the department's."""

    id: int
    entry: Entry
    slug: str | None
    department: Text
    telephone: str | None


def item_of(db: Session, file: GuideFile, slug: str) -> Item | None:
    """The item that a guide is of: by its basic code, else by any of its codes in the catalogue, else by `slug`."""
    item = file.guide.item
    codes = {code for code in (item.code, item.local_code, *(one.implementation_code for one in file.offerings)) if code}
    found = db.scalar(select(Item).where(Item.code == item.code)) if item.code else None
    if found is None and codes:
        found = db.scalar(select(Item).join(CatalogueEntry, CatalogueEntry.item_id == Item.id).where(or_(
            CatalogueEntry.key.in_([f"code {code}" for code in codes]), CatalogueEntry.basic_code.in_(codes),
            CatalogueEntry.implementation_code.in_(codes), CatalogueEntry.source_code.in_(codes)))
            .order_by(CatalogueEntry.position).limit(1))
    return found if found is not None else db.scalar(select(Item).where(Item.slug == slug))


def entries(db: Session) -> list[Entry]:
    """Every row, in the order of the list."""
    rows = db.execute(select(*(getattr(CatalogueEntry, name) for name in FIELDS)).order_by(CatalogueEntry.position))
    return [Entry(**row._mapping) for row in rows]


def listed(db: Session) -> list[Listed]:
    """Every row whose item is in force, in the order of the list, with its guide where there is one."""
    return _rows(db.execute(_asked().where(Item.life.in_(SHOWN)).order_by(CatalogueEntry.position)))


@dataclass(frozen=True)
class Missing:
    """A page of the rows that nobody writes a guide for yet."""

    rows: list[Listed]
    total: int


def missing(db: Session, *, query: str = "", department: str = "", page: int = 1) -> Missing:
    """The rows without a guide, in the order of the list: `query` is a part of the name or of a code."""
    where = [~_GUIDED, Item.life.in_(SHOWN)]
    if department:
        where.append(CatalogueEntry.department == department)
    if query:
        where.append(_says(query))
    asked = _asked().add_columns(func.count().over().label("total")).where(and_(*where)).order_by(CatalogueEntry.position)
    rows = db.execute(asked.limit(PAGE).offset((page - 1) * PAGE)).all()
    return Missing(_rows(rows), rows[0].total if rows else 0)


def departments(db: Session) -> Sequence[str]:
    """The departments that have rows without a guide, as the list orders them."""
    return db.scalars(select(CatalogueEntry.department).where(~_GUIDED).group_by(CatalogueEntry.department)
                      .order_by(func.min(CatalogueEntry.position))).all()


def one(db: Session, entry_id: int) -> CatalogueEntry | None:
    """The row, held for the act that follows."""
    return db.scalar(select(CatalogueEntry).where(CatalogueEntry.id == entry_id).with_for_update())


def _says(query: str) -> ColumnElement[bool]:
    return or_(CatalogueEntry.name.contains(query, autoescape=True), CatalogueEntry.key.contains(query, autoescape=True),
               CatalogueEntry.basic_code.startswith(query, autoescape=True))


def _asked():
    entry = (getattr(CatalogueEntry, name) for name in FIELDS)
    return (select(CatalogueEntry.id, *entry, Item.slug, IN_FORCE.label("guided"), Department.name.label("owner"), Department.name_en,
                   Department.telephone)
            .join(Item, CatalogueEntry.item_id == Item.id).outerjoin(Department, Item.department_id == Department.id))


def _rows(rows) -> list[Listed]:
    found = []
    for row in rows:
        entry = Entry(**{name: getattr(row, name) for name in FIELDS})
        department = Text(zh=entry.department, en=row.name_en if row.owner == entry.department else None)
        found.append(Listed(row.id, entry, row.slug if row.guided else None, department, row.telephone))
    return found
