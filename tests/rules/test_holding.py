"""Since which revision a part of a guide reads as it does."""
from datetime import date

from portal.rules.guide.holding import Past, since

DAYS = [date(2026, month, 1) for month in (1, 2, 3, 4)]


def past(*summaries: str | None) -> list[Past]:
    """Published revisions, oldest first in the call, newest first as the rule wants them."""
    rows = [Past(number * 10, number, DAYS[number - 1], {"guide": {"summary": said, "scope": "x"}}) for number, said in enumerate(summaries, 1)]
    return rows[::-1]


def held(now: str | None, *summaries: str | None):
    return since({"guide": {"summary": now, "scope": "x"}}, ["/guide/summary"], past(*summaries)).get("/guide/summary")


def test_a_part_holds_since_the_first_in_a_row_that_reads_the_same():
    found = held("b", "a", "b", "b")
    assert (found.held.number, found.held.day, found.before.number) == (2, DAYS[1], 1)
    assert held("a", "a", "b", "a").held.number == 3
    assert held("a", "a", "a") .before is None


def test_what_a_draft_changes_is_said_with_the_revision_that_it_differs_from():
    found = held("c", "a", "b")
    assert found.held is None and found.before.number == 2
    assert held("a") is None
    assert held(None, None).held.number == 1 and held(None, "a").held is None
