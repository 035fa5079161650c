"""actions: the rows of the search index of an item: of its guide in force, and of the rows of the catalogue that are joined to it."""
from collections.abc import Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from portal.models.catalogue import CatalogueEntry
from portal.models.search import SearchTerm
from portal.rules import search
from portal.rules.guide.document import Guide

AT_ONCE = 400
"""So many items are written in one statement."""


def index(db: Session, item_id: int, guide: Guide | None) -> None:
    """Brings the item's rows into line; `guide` is the one in force, or None."""
    listed = db.execute(select(CatalogueEntry.name, CatalogueEntry.main_item, CatalogueEntry.key)
                        .where(CatalogueEntry.item_id == item_id)).all()
    terms = search.terms(guide) if guide else {}
    keep(db, {item_id: search.joined(terms, *(search.listed(row.name, row.main_item, row.key, known=guide is not None) for row in listed))})


def keep(db: Session, terms: Mapping[int, Mapping[str, int]]) -> None:
    """Replaces the rows of these items by these terms with their weights."""
    ids = sorted(terms)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start:start + AT_ONCE]
        db.execute(delete(SearchTerm).where(SearchTerm.item_id.in_(some)))
        rows = sorted((term, item_id, weight) for item_id in some for term, weight in terms[item_id].items())  # as they lie in the table
        if rows:
            db.execute(insert(SearchTerm), [dict(zip(("term", "item_id", "weight"), row, strict=True)) for row in rows])
