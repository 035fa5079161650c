"""queries: what answers a query: guides in force, names first, and the items of the catalogue that have no guide yet.

Where nothing has all its words, what it may have meant is named (`queries.near`), else the guides that have the most of them.
"""
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.models.search import Synonym
from portal.queries import found as lines
from portal.queries import near as nearly
from portal.queries import ranking
from portal.queries.found import Bare, Found
from portal.queries.ranking import Span
from portal.rules import search, synonyms

PAGE = 20
LISTED = 5
"""So many items without a guide stand beside the guides that were found; a page of their own has them all."""
FEW = 1
"""Where no more than this is found, and not by its name, what sounds or looks like the query is offered too."""
_SYNONYMS = select(Synonym.word, Synonym.means).where(bindparam("query").contains(Synonym.word))


@dataclass(frozen=True)
class Answer:
    """A page of what was found. `whole` says whether each has all that was asked for; else they have the most of it.
    `replaced` are words of people's and the offices' words that were asked for in their stead. `near` are the words that
    may have been meant, with what they find: it stands apart, because it is not what was asked for."""

    found: list[Found]
    total: int
    whole: bool = True
    listed: tuple[Bare, ...] = ()
    listed_total: int = 0
    replaced: tuple[tuple[str, str], ...] = ()
    near: tuple[tuple[str, list[Found], tuple[Bare, ...]], ...] = ()

    @property
    def missed(self) -> bool:
        """Whether nothing was found that has all that was asked for."""
        return not self.whole or not (self.total or self.listed_total)

    @property
    def led_to(self) -> str | None:
        """What stands there instead of what was missed: the words that are near, or the first item that sounds so or has some
        of the words; None where there is nothing."""
        words, guides, others = self.near[0] if self.near else ("", self.found, ())
        first = next((one.name if isinstance(one, Bare) else one.name.zh for one in (*guides, *others)), None)
        return words or first


def find(db: Session, query: str, limit: int = PAGE) -> list[Found]:
    """The first of the guides that answer the query; at most `limit`. An empty query finds nothing."""
    return answer(db, query, limit=limit).found


def answer(db: Session, query: str, *, limit: int = PAGE, page: int = 1, only_listed: bool = False, at: Sequence[str] = ()) -> Answer:
    """A page of the items that have a term of every group of the query, or of one of its readings with synonyms; where there
    is none, what is near, and else the guides that have the most of the groups, and a third at the least. `only_listed` pages
    through the items without a guide. `at` are the division codes of a place and of those above it, for `Found.here`."""
    said = [one for one in synonyms.readings(query, _synonyms(db, query)) if search.asked(one[0])]
    if not said:
        return Answer([], 0)
    readings = [search.asked(one) for one, _ in said]
    many = ranking.counts(db, set().union(*(group for reading in readings for group in reading)))
    known = [ranking.known(reading, many) for reading in readings]
    whole = [at for at, reading in enumerate(readings) if len(known[at]) == len(reading)]
    span = Span(0, 0, limit, (page - 1) * limit) if only_listed else Span(limit, (page - 1) * limit, LISTED if page == 1 else 0)
    rows = ranking.best(db, [known[at] for at in whole], span) if whole else []
    replaced = tuple(dict.fromkeys(pair for at in whole for pair in said[at][1])) if rows else ()
    if not rows and page > 1:
        first = answer(db, query, limit=limit, only_listed=only_listed)
        if first.whole:
            return Answer([], first.total, listed_total=first.listed_total)
    near = nearly.near(db, query, many) if page == 1 and not _enough(query, rows) else []
    if rows or near:
        return _told(db, rows, _others(near, rows), replaced, at)
    best = max(known, key=len)
    rows = ranking.best(db, [best], Span(limit, (page - 1) * limit), least=-(-len(readings[known.index(best)]) // 3)) if best and len(readings[0]) > 1 else []
    return Answer(lines.found(db, rows, at), rows[0].total if rows else 0, not rows)


def _synonyms(db: Session, query: str) -> list[tuple[str, list[str]]]:
    return [(row.word, row.means) for row in db.execute(_SYNONYMS, {"query": "".join(filter(str.isalnum, search.fold(query)))})]


def _enough(query: str, rows: Sequence) -> bool:
    """Whether what was found leaves no doubt that it was meant: there is more than a little, or its name has all that was typed."""
    typed = search.joined_run(search.fold(query))
    return len(rows) > FEW or bool(typed and any(typed in search.joined_run(search.fold(row.name)) for row in rows))


def _others(near: list[nearly.Meant], rows: Sequence) -> list[nearly.Meant]:
    """What is near without what was found."""
    have = {row.id for row in rows}
    left = [(words, [row for row in meant if row.id not in have]) for words, meant in near]
    return [one for one in left if one[1]]


def _told(db: Session, rows: Sequence, near: list[nearly.Meant], replaced: tuple[tuple[str, str], ...], at: Sequence[str]) -> Answer:
    every = [*rows, *(row for _, meant in near for row in meant)]
    found = {row.id: one for row, one in zip([row for row in every if row.guided], lines.found(db, [row for row in every if row.guided], at), strict=True)}
    bare = lines.bare(db, [row for row in every if not row.guided])

    def of(some: Sequence) -> tuple[list[Found], tuple[Bare, ...]]:
        return [found[row.id] for row in some if row.guided], tuple(bare[row.id] for row in some if not row.guided)

    guides, listed = of(rows)
    totals = {row.guided: row.total for row in rows}
    return Answer(guides, totals.get(True, 0), True, listed, totals.get(False, 0), replaced, tuple((words, *of(meant)) for words, meant in near))
