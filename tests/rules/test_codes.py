"""rules/codes: implementation codes and official case numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.codes import CodeProblem, case_number, implementation_code

GOOD = "91110000600037341L" + "4" + "000123456789"
PROVISIONAL = "TE4400000000001190" + "5" + "442100000001"


def test_a_code_comes_apart():
    code = implementation_code(f"{GOOD[:18].lower()} {GOOD[18:]}01")
    assert (code.body, code.tier, code.basic, code.business) == ("91110000600037341L", "4", "000123456789", "01")
    assert code.warning is None and implementation_code(GOOD).business == ""


def test_a_provisional_code_is_told_and_not_refused():
    code = implementation_code(PROVISIONAL)
    assert code.code == PROVISIONAL and "临时" in code.warning.zh and "provisional" in code.warning.en


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "length"),
        (GOOD[:30], "length"),
        (GOOD + "0", "length"),
        (GOOD[:18] + "7" + GOOD[19:], "characters"),
        (GOOD[:30] + "号", "characters"),
    ],
)
def test_a_code_of_another_make_is_refused(typed, code):
    with pytest.raises(CodeProblem) as caught:
        implementation_code(typed)
    assert caught.value.code == f"implementation_code.{code}" and caught.value.text.en


@given(st.dates(date(2000, 1, 1), date(2199, 12, 31)), st.integers(1, 9999), st.sampled_from(["", "01"]))
def test_a_case_number_has_43_characters_and_says_its_day(day, sequence, business):
    number = case_number(implementation_code(GOOD + business), day, sequence)
    assert len(number) == 43 and number[:31] == GOOD
    assert number[31:39] == day.isoformat().replace("-", "") and int(number[39:]) == sequence


@pytest.mark.parametrize("sequence", [0, -1, 10000])
def test_there_is_no_number_beyond_the_day_s_last(sequence):
    with pytest.raises(CodeProblem):
        case_number(implementation_code(GOOD), date(2026, 11, 22), sequence)
