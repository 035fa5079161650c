"""actions: the rows of the search index of an item: of its guide in force, and of the rows of the catalogue that are joined to it."""
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select, union
from sqlalchemy.orm import Session

from portal.models.catalogue import CatalogueEntry
from portal.models.guides import GuideRevision, RevisionState
from portal.models.search import SearchTerm
from portal.rules import search
from portal.rules.guide.document import Guide, GuideFile

AT_ONCE = 200
"""So many items are written in one statement."""


def index(db: Session, item_id: int, guide: Guide | None) -> None:
    """Brings the item's rows into line; `guide` is the one in force, or None."""
    _write(db, [item_id], {item_id: guide} if guide else {})


def lots(db: Session) -> list[list[int]]:
    """All items that search finds or should find, so many together as are written at once."""
    ids = sorted(db.scalars(union(select(SearchTerm.item_id), select(CatalogueEntry.item_id),
                                  select(GuideRevision.item_id).where(GuideRevision.state == RevisionState.PUBLISHED))))
    return [ids[start:start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


def anew(db: Session, item_ids: Sequence[int]) -> None:
    """Makes the rows of these items anew from what is stored, by the terms of this release."""
    rows = db.execute(select(GuideRevision.item_id, GuideRevision.document)
                      .where(GuideRevision.item_id.in_(item_ids), GuideRevision.state == RevisionState.PUBLISHED))
    _write(db, item_ids, {row.item_id: GuideFile.model_validate(row.document).guide for row in rows})


def _write(db: Session, item_ids: Sequence[int], guides: Mapping[int, Guide]) -> None:
    terms = {item_id: [search.terms(guides[item_id])] if item_id in guides else [] for item_id in item_ids}
    for row in db.execute(select(CatalogueEntry.item_id, CatalogueEntry.name, CatalogueEntry.main_item, CatalogueEntry.key)
                          .where(CatalogueEntry.item_id.in_(item_ids))):
        terms[row.item_id].append(search.listed(row.name, row.main_item, row.key, known=row.item_id in guides))
    keep(db, {item_id: search.joined(*found) for item_id, found in terms.items()})


def keep(db: Session, terms: Mapping[int, Mapping[str, int]]) -> None:
    """Replaces the rows of these items by these terms with their weights."""
    ids = sorted(terms)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start:start + AT_ONCE]
        db.execute(delete(SearchTerm).where(SearchTerm.item_id.in_(some)))
        rows = sorted((term, item_id, weight) for item_id in some for term, weight in terms[item_id].items())  # as they lie in the table
        if rows:
            db.execute(insert(SearchTerm.__table__), [dict(zip(("term", "item_id", "weight"), row, strict=True)) for row in rows])
