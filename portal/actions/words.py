"""actions: the county's list of words is kept by its editors, and begun with the county file."""
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.actions import misses
from portal.models.people import Staff
from portal.models.search import Synonym
from portal.queries import search
from portal.rules.problems import Problem


class FindsNothing(Problem):
    """None of the offices' words finds anything, so that the row would be of no use."""


class Overtaken(Problem):
    """Somebody else changed the row, or wrote one for the same word, meanwhile. `row` is it."""

    def __init__(self, row: Synonym):
        super().__init__("word.overtaken", f"“{row.word}”刚由别人改过或写过，所以没有保存。下面是现在的内容，请在它上面改。",
                         f"Somebody else has just changed or written “{row.word}”, so nothing was saved. Below is how it stands; change that.")
        self.row = row


def keep(db: Session, staff: Staff, people: str, offices: Sequence[str], version: int | None, now: datetime) -> bool:
    """Writes the row of a word that people say; `version` is that of the row that was changed, None for a new one. The
    same again changes nothing. Returns whether anything was written. Raises FindsNothing, Overtaken."""
    if not any(_finds(db, one) for one in offices):
        raise FindsNothing("word.finds_nothing", "这些词在指南里什么也查不到，请写指南名称或俗称里有的词。",
                           "None of these words finds a guide; write words that stand in the names of guides.")
    row = db.scalar(select(Synonym).where(Synonym.word == people).with_for_update())
    if row is not None and row.means == list(offices):
        return False
    if row is not None and row.version != version:
        raise Overtaken(row)
    if row is None:
        row = Synonym(word=people)
        db.add(row)
    row.means, row.changed_by_id, row.changed_at = list(offices), staff.id, now
    misses.forget(db, people)
    db.flush()
    return True


def remove(db: Session, word_id: int) -> None:
    """Takes the row off the list. Again is no harm."""
    row = db.get(Synonym, word_id)
    if row is not None:
        db.delete(row)


def begin(db: Session, words: Mapping[str, Sequence[str]], now: datetime) -> int:
    """Writes the rows of words that have none yet: what editors wrote is never written over. Returns how many."""
    known = set(db.scalars(select(Synonym.word)))
    fresh = [Synonym(word=word, means=list(means), changed_at=now) for word, means in words.items() if word not in known]
    db.add_all(fresh)
    db.flush()
    return len(fresh)


def _finds(db: Session, words: str) -> bool:
    found = search.answer(db, words, limit=1)
    return found.whole and bool(found.total or found.listed_total)
