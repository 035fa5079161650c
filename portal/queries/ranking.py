"""queries: the items that have the terms asked for, the best first: those with a guide, and apart from them those without.

A query has one or several readings, each a list of groups of terms; an item answers a reading when it has one term of every
group of it. The statements are made once for each shape, because to make them takes longer than to run them.
"""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from portal.models.base import written_out
from portal.models.guides import GuideRevision, Item, RevisionState
from portal.models.places import Department
from portal.models.search import SearchTerm
from portal.rules.items import OPEN

Reading = list[set[str]]
_MANY = select(SearchTerm.term, func.count()).where(SearchTerm.term.in_(bindparam("terms", expanding=True))).group_by(SearchTerm.term)
_PUBLISHED = written_out(RevisionState.PUBLISHED)
_GUIDED = exists().where(GuideRevision.item_id == Item.id, GuideRevision.state == _PUBLISHED).correlate(Item)
_SHOWN = or_(Item.life.in_(OPEN), _GUIDED)


@dataclass(frozen=True)
class Span:
    """Which of the best are wanted: of those with a guide, and of those without."""

    limit: int
    offset: int = 0
    listed: int = 0
    listed_offset: int = 0


def counts(db: Session, terms: set[str]) -> dict[str, int]:
    """How many items have each of these terms, of those that any has."""
    return dict(db.execute(_MANY, {"terms": sorted(terms)}).all()) if terms else {}


def known(reading: Reading, many: Mapping[str, int]) -> Reading:
    """The groups of the reading that any item has, the rarest first: the statement begins with its items."""
    found = [group & many.keys() for group in reading if group & many.keys()]
    return sorted(found, key=lambda group: sum(many[term] for term in group))


def best(db: Session, readings: Sequence[Reading], span: Span, least: int | None = None) -> Sequence:
    """The items that have all groups of one of the readings, those of the first reading first; with `least`, those that have
    so many groups of the only one. Rows have id, slug, name, department, name_en, guided, revision, digest, total
    (of its kind)."""
    every = sorted(set().union(*(group for reading in readings for group in reading)))
    if len(readings) == 1 and all(len(group) == 1 for group in readings[0]):
        narrowed = least is None and len(every) > 1
        terms = {"every": every, "least": least or len(every)} | ({"rarest": min(readings[0][0])} if narrowed else {})
        return db.execute(_counted(narrowed), _of(span) | terms).all()
    sets = {f"group{at}_{number}": sorted(group) for at, reading in enumerate(readings) for number, group in enumerate(reading)}
    shape = tuple(len(reading) for reading in readings)
    return db.execute(_ranked(shape, least is None), {**_of(span), **sets, "every": every, **({} if least is None else {"least": least})}).all()


def having_most(db: Session, terms: set[str], limit: int) -> Sequence:
    """The items that have most of these terms in a name, pairs counting twice; rows as those of `best`."""
    return db.execute(_MOST, {"terms": sorted(terms), "most": limit}).all()


def _of(span: Span) -> dict[str, int]:
    return {"limit": span.limit, "offset": span.offset, "listed": span.listed, "listed_offset": span.listed_offset}


@cache
def _ranked(shape: tuple[int, ...], whole: bool) -> Select:
    """The statement for readings of so many groups each."""
    def has(reading: int, group: int) -> ColumnElement[int]:
        return func.max(case((SearchTerm.term.in_(bindparam(f"group{reading}_{group}", expanding=True)), 1), else_=0))

    shares = [sum((has(at, group) for group in range(number)), literal(0)) for at, number in enumerate(shape)]
    first = case((shares[0] == shape[0], shape[0]), else_=0) if len(shape) > 1 else shares[0]
    hits = select(SearchTerm.item_id, func.sum(SearchTerm.weight).label("score"), first.label("share")).where(
        SearchTerm.term.in_(bindparam("every", expanding=True))).group_by(SearchTerm.item_id)
    if not whole:
        hits = hits.having(shares[0] >= bindparam("least"))
    elif shape != (1,):
        rarest = [SearchTerm.term.in_(bindparam(f"group{at}_0", expanding=True)) for at in range(len(shape))]
        hits = hits.where(SearchTerm.item_id.in_(select(SearchTerm.item_id).where(or_(*rarest))))
        hits = hits.having(or_(*(share == number for share, number in zip(shares, shape, strict=True))))
    return _wanted(hits)


@cache
def _counted(narrowed: bool) -> Select:
    """The statement for a reading whose groups are one term each: an item has as many of them as it has rows. Where it is to
    have all of several (`narrowed`), only the items of the rarest are looked at."""
    share = func.count()
    hits = select(SearchTerm.item_id, func.sum(SearchTerm.weight).label("score"), share.label("share")).where(
        SearchTerm.term.in_(bindparam("every", expanding=True))).group_by(SearchTerm.item_id).having(share >= bindparam("least"))
    if narrowed:
        hits = hits.where(SearchTerm.item_id.in_(select(SearchTerm.item_id).where(SearchTerm.term == bindparam("rarest"))))
    return _wanted(hits)


def _wanted(hits: Select) -> Select:
    """The rows of the span, of all that were hit, with what a line begins with. A common word hits thousands: the order of all
    is found from the items and the index of what is in force alone, and only the rows of the span are read whole, because what
    stands behind a long document in a row is dear to read."""
    hits = hits.subquery()
    seen = (select(hits.c.item_id, hits.c.share, hits.c.score, Item.life.not_in(OPEN).label("closed"), func.length(Item.name).label("length"),
                   Item.slug, _GUIDED.label("guided"))
            .join(Item, hits.c.item_id == Item.id).where(_SHOWN).cte("seen"))
    first = union_all(_first(seen, seen.c.guided, "limit", "offset"), _first(seen, ~seen.c.guided, "listed", "listed_offset")).subquery()
    return _items(first.c.total).join(first, first.c.item_id == Item.id).order_by(*_order(first))


def _first(seen: CTE, kind: ColumnElement[bool], limit: str, offset: str) -> Select:
    """The rows of one kind that are wanted, each with how many there are of it."""
    total = select(func.count()).select_from(seen).where(kind).scalar_subquery()
    return select(select(seen, total.label("total")).where(kind).order_by(*_order(seen)).limit(bindparam(limit)).offset(bindparam(offset)).subquery())


def _order(rows: FromClause) -> tuple[ColumnElement, ...]:
    """The most groups first, open items before those that changed, then by where the words stand, the shorter name first."""
    return rows.c.share.desc(), rows.c.closed, rows.c.score.desc(), rows.c.length, rows.c.slug


def _items(*more: ColumnElement) -> Select:
    guided = GuideRevision.id.is_not(None).label("guided")
    return (select(Item.id, Item.slug, Item.name, Department.name.label("department"), Department.name_en, guided, GuideRevision.id.label("revision"),
                   GuideRevision.digest, Item.life, *more)
            .outerjoin(GuideRevision, and_(GuideRevision.item_id == Item.id, GuideRevision.state == _PUBLISHED))
            .outerjoin(Department, Item.department_id == Department.id))


_SHARE = (select(SearchTerm.item_id, func.sum(func.length(SearchTerm.term)).label("share"))
          .where(SearchTerm.term.in_(bindparam("terms", expanding=True)), SearchTerm.weight > 1).group_by(SearchTerm.item_id)
          .order_by(func.sum(func.length(SearchTerm.term)).desc(), SearchTerm.item_id).limit(bindparam("most")).subquery())
_MOST = _items().join(_SHARE, _SHARE.c.item_id == Item.id).where(_SHOWN).order_by(_SHARE.c.share.desc(), Item.id)
