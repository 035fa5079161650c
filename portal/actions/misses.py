"""actions: searches that found nothing are counted for the editors, who put them aside. The table stays small."""
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.models.readers import SearchMiss

MOST = 500
"""So many words are kept: of more, those that were asked least and longest ago go."""
AGE = timedelta(days=180)


def count(db: Session, words: Mapping[str, int], today: date, led: Mapping[str, str | None] | None = None) -> None:
    """Adds these to the counts; words as `rules.misses.kept` gives them, `led` what was offered instead of each."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    for one, times in sorted(words.items()):  # in one order, so that two who count do not wait for each other in a ring
        told = {"last_on": today, "led_to": (led or {}).get(one)}
        row = insert(SearchMiss).values(words=one, times=times, **told)
        db.execute(row.on_conflict_do_update(index_elements=["words"], set_={"times": SearchMiss.times + times, **told}))
    db.execute(delete(SearchMiss).where(SearchMiss.last_on < today - AGE))
    over = db.scalar(select(func.count()).select_from(SearchMiss)) - MOST
    if over > 0:
        least = select(SearchMiss.words).order_by(SearchMiss.times, SearchMiss.last_on, SearchMiss.words).limit(over)
        db.execute(delete(SearchMiss).where(SearchMiss.words.in_(list(db.scalars(least)))))


def dismiss(db: Session, words: str, today: date) -> None:
    """Puts the words aside: they are counted on, and not shown. Again is no harm."""
    db.execute(update(SearchMiss).where(SearchMiss.words == words).values(dismissed_on=today))


def forget(db: Session, words: str) -> None:
    """Takes the words off the list, because they find something now."""
    db.execute(delete(SearchMiss).where(SearchMiss.words == words))
