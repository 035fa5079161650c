"""queries: which guides in force answer a query, names first."""
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.models.guides import GuideRevision, Item, ItemLife, RevisionState
from portal.models.search import SearchTerm
from portal.queries.guides import parsed
from portal.rules import search
from portal.rules.guide.document import Guide


@dataclass(frozen=True)
class Found:
    slug: str
    guide: Guide


def find(db: Session, query: str, limit: int = 30) -> list[Found]:
    """The guides that have a term of every group of the query; at most `limit`. An empty query finds nothing."""
    groups = search.asked(query)
    if not groups:
        return []
    ids = None
    for group in groups:
        hit = select(SearchTerm.item_id).where(SearchTerm.term.in_(group))
        ids = hit if ids is None else ids.where(SearchTerm.item_id.in_(hit))
    every = set().union(*groups)
    score = (
        select(SearchTerm.item_id, func.sum(SearchTerm.weight).label("score"))
        .where(SearchTerm.item_id.in_(ids), SearchTerm.term.in_(every))
        .group_by(SearchTerm.item_id).subquery())
    rows = db.execute(
        select(Item.slug, GuideRevision.digest, GuideRevision.document)
        .join(score, score.c.item_id == Item.id)
        .join(GuideRevision, GuideRevision.item_id == Item.id)
        .where(GuideRevision.state == RevisionState.PUBLISHED, Item.life == ItemLife.IN_FORCE)
        .order_by(score.c.score.desc(), func.length(Item.name), Item.slug).limit(limit))
    return [Found(slug, parsed(digest, document)) for slug, digest, document in rows]
