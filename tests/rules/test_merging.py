"""Two versions of a section brought together: what one changed is kept, where both changed it the later one's stands."""
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.guide.merging import merged

ROWS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2)).map(lambda held: [{"key": key, "n": value} for key, value in held.items()])


def rows(text: str) -> list[dict]:
    return [{"key": word[0], "n": word[1:]} for word in text.split()]


def test_each_keeps_what_only_she_changed():
    before = {"a": 1, "b": 2, "rows": rows("x1 y1")}
    assert merged(before, {**before, "a": 5}, {**before, "b": 6}) == {"a": 5, "b": 6, "rows": rows("x1 y1")}
    assert merged(before["rows"], rows("x2 y1"), rows("x1 y3")) == rows("x2 y3")


def test_where_both_changed_it_the_later_one_stands():
    assert merged({"a": 1}, {"a": 2}, {"a": 3}) == {"a": 3}
    assert merged(["甲"], ["乙"], ["丙"]) == ["丙"]


def test_rows_that_came_and_went():
    assert merged(rows("a1 b1"), rows("a1 n1 b1"), rows("a1 b2 m1")) == rows("a1 n1 b2 m1")
    assert merged(rows("a1 b1"), rows("b1"), rows("a1 b2")) == rows("b2")
    assert merged(rows("a1 b1"), rows("b1"), rows("a2 b1")) == rows("a2 b1")
    assert merged(rows("a1 b1"), rows("b1 a1"), rows("a1 b1 c1")) == rows("a1 b1 c1")


@given(ROWS, ROWS)
def test_who_changed_nothing_takes_all(before, theirs):
    assert merged(before, theirs, before) == theirs
    assert merged(before, before, theirs) == theirs


@given(ROWS, ROWS, ROWS)
def test_no_row_stands_twice_and_none_is_made_up(before, theirs, mine):
    keys = [row["key"] for row in merged(before, theirs, mine)]
    assert len(keys) == len(set(keys))
    assert set(keys) <= {row["key"] for row in theirs + mine}
    new = {row["key"] for row in theirs + mine} - {row["key"] for row in before}
    assert new <= set(keys)
