"""queries: which guides in force answer a query, names first; where none has all its words, those that have most."""
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, case, func, literal, select
from sqlalchemy.orm import Session

from portal.models.guides import GuideRevision, Item, ItemLife, RevisionState
from portal.models.places import Department
from portal.models.search import SearchTerm
from portal.rules import search
from portal.rules.guide import item as shapes
from portal.rules.guide.document import Variant
from portal.rules.guide.limits import Limit
from portal.rules.guide.text import Text

PAGE = 30
_MANY = select(SearchTerm.term, func.count()).where(SearchTerm.term.in_(bindparam("terms", expanding=True))).group_by(SearchTerm.term)
_GUIDE = GuideRevision.document["guide"]
_LINES = select(GuideRevision.item_id, _GUIDE["item"], _GUIDE["summary"], _GUIDE["variants"][0]["promised"],
                _GUIDE["variants"][0]["results"]).where(
    GuideRevision.state == RevisionState.PUBLISHED, GuideRevision.item_id.in_(bindparam("items", expanding=True)))


@dataclass(frozen=True)
class Found:
    """What a line of the results says of a guide."""

    slug: str
    item: shapes.Item
    department: Text | None
    summary: Text | None
    promise: Limit | None


@dataclass(frozen=True)
class Answer:
    """A page of what was found. `whole` says whether each has all that was asked for; else they have the most of it."""

    found: list[Found]
    total: int
    whole: bool = True


def find(db: Session, query: str, limit: int = PAGE) -> list[Found]:
    """The first of the guides that answer the query; at most `limit`. An empty query finds nothing."""
    return answer(db, query, limit=limit).found


def answer(db: Session, query: str, *, limit: int = PAGE, page: int = 1) -> Answer:
    """A page of the guides that have a term of every group of the query; where there is none, of those that have the most
    of the groups, and a third at the least."""
    groups = search.asked(query)
    if not groups:
        return Answer([], 0)
    many = dict(db.execute(_MANY, {"terms": sorted(set().union(*groups))}).all())
    known = [group & many.keys() for group in groups if group & many.keys()]
    # The rarest group stands first: the statement begins with its guides.
    known.sort(key=lambda group: sum(many[term] for term in group))
    at = {"limit": limit, "offset": (page - 1) * limit}
    best = _best(db, known, at) if known and len(known) == len(groups) else []
    whole = bool(best)
    if not best and page > 1 and (first := answer(db, query, limit=limit)).whole:
        return Answer([], first.total)
    if known and not best and len(groups) > 1:
        best = _best(db, known, at, least=-(-len(groups) // 3))
    return Answer(_lines(db, best), best[0].total if best else 0, whole or not best)


def _best(db: Session, groups: Sequence[set[str]], at: dict[str, int], least: int | None = None) -> Sequence:
    sets = {f"group{number}": sorted(group) for number, group in enumerate(groups)}
    return db.execute(_ranked(len(groups), least is None), {
        **at, **sets, "every": sorted(set().union(*groups)), **({} if least is None else {"least": least})}).all()


@cache
def _ranked(number: int, whole: bool) -> Select:
    """The statement for so many groups: the guides that have all of them, or at least `least` of them. It is made once,
    because to make it takes longer than to run it."""
    def has(group: int) -> ColumnElement[int]:
        return func.max(case((SearchTerm.term.in_(bindparam(f"group{group}", expanding=True)), 1), else_=0))

    share = sum((has(group) for group in range(number)), literal(0))
    hits = select(SearchTerm.item_id, func.sum(SearchTerm.weight).label("score"), share.label("share")).where(
        SearchTerm.term.in_(bindparam("every", expanding=True))).group_by(SearchTerm.item_id)
    if whole and number > 1:
        rarest = select(SearchTerm.item_id).where(SearchTerm.term.in_(bindparam("group0", expanding=True)))
        hits = hits.where(SearchTerm.item_id.in_(rarest)).having(share == number)
    elif not whole:
        hits = hits.having(share >= bindparam("least"))
    hits = hits.subquery()
    return (
        select(Item.id, Item.slug, Department.name, Department.name_en, func.count().over().label("total"))
        .join(hits, hits.c.item_id == Item.id).outerjoin(Department, Item.department_id == Department.id)
        .where(Item.life == ItemLife.IN_FORCE)
        .order_by(hits.c.share.desc(), hits.c.score.desc(), func.length(Item.name), Item.slug)
        .limit(bindparam("limit")).offset(bindparam("offset")))


def _lines(db: Session, best: Sequence) -> list[Found]:
    """The documents are long: they are read for the lines that are shown, not carried through the sorting."""
    lines = {row[0]: row[1:] for row in db.execute(_LINES, {"items": [row.id for row in best]})} if best else {}
    return [_found(row, *lines[row.id]) for row in best if row.id in lines]


def _found(row, item: dict, summary: dict | str | None, promised: dict | None, results: list | None) -> Found:
    shape = shapes.Item.model_validate(item)
    known = row.name == shape.department
    department = Text(zh=shape.department, en=row.name_en if known else None) if shape.department else None
    promise = Variant.model_validate({"promised": promised, "results": results or []}).promise
    return Found(row.slug, shape, department, Text.model_validate(summary) if summary else None, promise)
