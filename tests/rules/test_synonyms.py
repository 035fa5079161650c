"""What people say becomes what offices say: the readings of a query, and which rows the list takes."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules import synonyms

LIST = [("低保", ["最低生活保障"]), ("下岗证", ["失业登记", "就业创业证"]), ("保", ["保险"])]


def said(query: str) -> list[str]:
    return [one for one, _ in synonyms.readings(query, LIST)]


def test_a_query_is_read_with_each_word_of_the_offices():
    assert said("办低保") == ["办低保", "最低生活保障"]
    assert said("下岗证") == ["下岗证", "失业登记", "就业创业证"]
    assert synonyms.readings("下岗证和低保", LIST)[1] == ("失业登记 最低生活保障", (("下岗证", "失业登记"), ("低保", "最低生活保障")))
    assert said("孩子低保") == ["孩子低保", "孩子 最低生活保障"]
    assert said("没有的词") == ["没有的词"]


@given(st.text(max_size=40), st.lists(st.tuples(st.text(min_size=1, max_size=4), st.lists(st.text(max_size=5), max_size=4)), max_size=5))
def test_the_query_itself_comes_first_and_there_are_few(query, rows):
    found = synonyms.readings(query, rows)
    assert found[0] == (query, ()) and len(found) <= synonyms.MOST_READINGS


def test_words_are_kept_folded_and_each_once():
    assert synonyms.word(" 营业 执照ＡＢ ") == "营业执照ab"
    assert synonyms.meanings("失业登记\n失业登记、就业创业证；\n") == ["失业登记", "就业创业证"]


@pytest.mark.parametrize(("people", "offices", "field"), [
    ("证", ["许可"], "word"), ("a%b", ["许可"], "word"), ("", ["许可"], "word"), ("长" * 21, ["许可"], "word"), ("低保", [], "means"),
    ("低保", ["低保"], "means"), ("低保", ["长" * 21], "means"), ("低保", [f"保障{number}" for number in range(7)], "means"), ("低保", ["_"], "means"),
])
def test_a_row_that_would_not_work_is_refused(people, offices, field):
    assert list(synonyms.faults(people, offices)) == [field]
    assert not synonyms.faults("低保", ["最低生活保障"])
