"""views: searches that found nothing are told to the editors without making the reader wait: a page that is asked for by GET
writes nothing itself. What was missed is gathered, and written by a thread some seconds later, many at once."""
import threading
from collections import Counter

from flask import current_app

from portal import logs, web
from portal.actions import misses as acting
from portal.db import Database
from portal.rules import misses
from portal.rules.calendar import legal_day

PAUSE = 3.0
"""Seconds between a search and the writing of it, in which others are gathered."""
MOST = 60
"""So many different words are gathered; who floods the search fills no more."""

log = logs.get()


class Gathered:
    """What was missed since it was last written."""

    def __init__(self, database: Database):
        self._database, self._lock = database, threading.Lock()
        self._words: Counter[str] = Counter()
        self._led: dict[str, str | None] = {}

    def add(self, words: str, led_to: str | None) -> bool:
        """Whether these are the first since it was last written, so that somebody must write them."""
        with self._lock:
            first = not self._words
            if words in self._words or len(self._words) < MOST:
                self._words[words] += 1
                self._led[words] = led_to
            return first

    def write(self) -> None:
        """Writes what was gathered. Where the database cannot be written now it is lost: it is a hint to editors, no record."""
        with self._lock:
            words, self._words = self._words, Counter()
            led, self._led = self._led, {}
        if not words:
            return
        try:
            with self._database.writing() as db:
                acting.count(db, words, legal_day(web.now()), led)
                db.commit()
        except Exception as error:  # a reader's page never fails for it, and neither does the thread
            log.error("search.missed", problem=type(error).__name__.lower(), exc_info=error)


def tell(query: str, led_to: str | None) -> None:
    """Tells the editors that the query found nothing, and what was offered instead, where its words may be kept."""
    words = misses.kept(query)
    if words is None:
        return
    gathered = current_app.extensions.setdefault("banshi_missed", Gathered(web.parts().database))
    if gathered.add(words, led_to) and not current_app.testing:
        timer = threading.Timer(PAUSE, gathered.write)
        timer.daemon = True
        timer.start()
