"""queries: which guides in force answer a query, names first."""
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from portal.models.guides import GuideRevision, Item, ItemLife, RevisionState
from portal.models.search import SearchTerm
from portal.rules import search
from portal.rules.guide import item as shapes
from portal.rules.guide.document import Variant
from portal.rules.guide.limits import Limit
from portal.rules.guide.text import Text


@dataclass(frozen=True)
class Found:
    """What a line of the results says of a guide."""

    slug: str
    item: shapes.Item
    summary: Text | None
    promise: Limit | None


def find(db: Session, query: str, limit: int = 30) -> list[Found]:
    """The guides that have a term of every group of the query; at most `limit`. An empty query finds nothing."""
    groups = search.asked(query)
    if not groups:
        return []
    every = set().union(*groups)
    many = dict(db.execute(select(SearchTerm.term, func.count()).where(SearchTerm.term.in_(every))
                           .group_by(SearchTerm.term)).all())
    rarest = min(groups, key=lambda group: sum(many.get(term, 0) for term in group))
    if not any(term in many for term in rarest):
        return []
    hits = select(SearchTerm.item_id, func.sum(SearchTerm.weight).label("score")).where(
        SearchTerm.term.in_(every)).group_by(SearchTerm.item_id)
    if len(groups) > 1:
        hits = hits.where(SearchTerm.item_id.in_(select(SearchTerm.item_id).where(SearchTerm.term.in_(rarest))))
        for group in groups:
            hits = hits.having(func.max(case((SearchTerm.term.in_(group), 1), else_=0)) == 1)
    hits = hits.subquery()
    # The documents are long: they are fetched for the lines that are shown, not carried through the sorting.
    best = db.execute(
        select(Item.id, Item.slug).join(hits, hits.c.item_id == Item.id).where(Item.life == ItemLife.IN_FORCE)
        .order_by(hits.c.score.desc(), func.length(Item.name), Item.slug).limit(limit)).all()
    guide = GuideRevision.document["guide"]
    lines = {row[0]: row[1:] for row in db.execute(
        select(GuideRevision.item_id, guide["item"], guide["summary"], guide["variants"][0]["promised"],
               guide["variants"][0]["results"])
        .where(GuideRevision.state == RevisionState.PUBLISHED, GuideRevision.item_id.in_([row.id for row in best])))}
    return [_found(row.slug, *lines[row.id]) for row in best if row.id in lines]


def _found(slug: str, item: dict, summary: dict | str | None, promised: dict | None, results: list | None) -> Found:
    promise = Variant.model_validate({"promised": promised, "results": results or []}).promise
    return Found(slug, shapes.Item.model_validate(item), Text.model_validate(summary) if summary else None, promise)
