"""queries: the county's list of words, and the searches that found nothing."""
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.models.people import Staff
from portal.models.readers import SearchMiss
from portal.models.search import Synonym

PAGE = 50


def synonyms(db: Session) -> Sequence[tuple[Synonym, Staff | None]]:
    """Every row of the list with who wrote it last, by its word."""
    return db.execute(select(Synonym, Staff).outerjoin(Staff, Synonym.changed_by_id == Staff.id).order_by(Synonym.word)).all()


def synonym(db: Session, word_id: int) -> Synonym | None:
    return db.get(Synonym, word_id)


def missed(db: Session, page: int = 1) -> tuple[Sequence[SearchMiss], int, int]:
    """A page of the searches that found nothing and were not put aside, the most frequent first; how many there are, and how
    many of them were led on to something else."""
    open_ = SearchMiss.dismissed_on.is_(None)
    rows = db.scalars(select(SearchMiss).where(open_).order_by(SearchMiss.times.desc(), SearchMiss.last_on.desc(), SearchMiss.words)
                      .limit(PAGE).offset((page - 1) * PAGE)).all()
    total, led = db.execute(select(func.count(), func.count(SearchMiss.led_to)).where(open_)).one()
    return rows, total, led


def miss(db: Session, words: str) -> SearchMiss | None:
    return db.get(SearchMiss, words)
