"""queries: the items whose names are near to a query that finds nothing: of the same sounds, or with one sign wrong."""
from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal.queries import ranking
from portal.queries.ranking import Span
from portal.rules import nearness, search

CANDIDATES = 30
"""So many names with most of the characters are compared with the query, sign by sign."""
MOST = 20
MOST_SPELLINGS = 3
Meant = tuple[str, Sequence]
"""The words that the query may have meant, and the rows of the items that have them."""


def near(db: Session, query: str, many: dict[str, int]) -> list[Meant]:
    """What the query may have meant, with the rows of `ranking`, the likeliest first, at most `MOST` rows; empty where
    nothing is near. `many` are the counts of the query's own terms."""
    if nearness.letters(query):
        return _respelt(db, query, many)
    if not nearness.forms(query):
        return []
    return _grouped(query, _heard(db, query), sounding=True) or _grouped(query, ranking.having_most(db, nearness.pieces(query), CANDIDATES))


def _heard(db: Session, query: str) -> Sequence:
    groups = nearness.heard(query)
    if not groups:
        return []
    many = ranking.counts(db, set().union(*groups))
    known = ranking.known(groups, many)
    return ranking.best(db, [known], Span(MOST, listed=MOST)) if len(known) == len(groups) else []


def _grouped(query: str, rows: Sequence, sounding: bool = False) -> list[Meant]:
    """The rows whose names are near, by the words that are meant: the same sounds first, the longest words first. What is
    `sounding` like the query in another name than its first is near too, by words that are not said."""
    found: dict[tuple[int, int, str], list] = {}
    for row in rows:
        meant = nearness.near(query, row.name) or (nearness.Near("", 0) if sounding else None)
        if meant:
            found.setdefault((meant.distance, -len(meant.words), meant.words), []).append(row)
    ordered = sorted(found, key=lambda key: key[:2])
    said, left = [], MOST
    for key in ordered:
        if key[0] == ordered[0][0] and left > 0:
            said.append((key[2], found[key][:left]))
            left -= len(found[key])
    return said


def _respelt(db: Session, query: str, many: dict[str, int]) -> list[Meant]:
    """One letter of a word that nothing is found by is changed; the other words stay as they are."""
    spellings = []
    for word in nearness.letters(query):
        if not all(group & many.keys() for group in search.asked(word)):
            spellings += [(word, one, pairs) for one, pairs in nearness.respelt(word).items()]
    there = ranking.counts(db, {term for _, one, pairs in spellings for term in (one, *pairs)})
    number = {one: there.get(one) or min((there.get(pair, 0) for pair in pairs), default=0) for _, one, pairs in spellings}
    good = sorted(((word, one) for word, one, _ in spellings if number[one]), key=lambda row: (-len(row[1]), -number[row[1]], row[1]))[:MOST_SPELLINGS]
    if not good:
        return []
    readings = [search.asked(search.fold(query).replace(word, one, 1)) for word, one in good]
    many = ranking.counts(db, set().union(*(group for reading in readings for group in reading)))
    whole = [(one, known) for (_, one), reading in zip(good, readings, strict=True)
             if len(known := ranking.known(reading, many)) == len(reading)]
    rows = ranking.best(db, [known for _, known in whole], Span(MOST, listed=MOST)) if whole else []
    return [(" / ".join(one for one, _ in whole), rows)] if rows else []
