"""rules/identities: good numbers pass however they are typed, wrong ones are told what is wrong."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.rules.identities import IdentityProblem, credit_code, resident_id

TODAY = date(2026, 11, 22)
DIGITS = "0123456789"


def checked(body: str) -> str:
    """An independent MOD 11-2: append what makes the pure system's remainder one."""
    remainder = 0
    for digit in body:
        remainder = (remainder + int(digit)) * 2 % 11
    return body + "0123456789X"[(12 - remainder) % 11]


@st.composite
def numbers(draw):
    place = draw(st.integers(100000, 999999))
    born = draw(st.dates(date(1900, 1, 1), TODAY))
    return checked(f"{place}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}")


def code_of(call, *arguments):
    with pytest.raises(IdentityProblem) as caught:
        call(*arguments)
    assert caught.value.text.zh and caught.value.text.en
    return caught.value.code


def test_the_standard_s_own_examples_pass():
    assert resident_id("11010519491231002X", TODAY).born == date(1949, 12, 31)
    assert resident_id("440524188001010014", date(1990, 1, 1)).number == "440524188001010014"


def test_places_of_hong_kong_macao_taiwan_and_of_foreigners_pass():
    for place in ("810000", "820000", "830000", "911100"):
        assert resident_id(checked(f"{place}19900101123"), TODAY)


@given(numbers())
def test_every_good_number_passes_however_it_is_typed(number):
    wide = "".join(chr(ord(one) + 0xFEE0) for one in number.lower())
    grouped = f" {number[:6]} {number[6:14]}－{number[14:]} "
    assert resident_id(wide, TODAY).number == resident_id(grouped, TODAY).number == number
    assert number not in repr(resident_id(number, TODAY))


@given(numbers(), st.integers(0, 17), st.sampled_from(DIGITS))
def test_every_wrong_digit_is_refused(number, place, digit):
    assume(number[place] != digit)
    code_of(resident_id, number[:place] + digit + number[place + 1 :], TODAY)


@given(numbers(), st.integers(0, 16))
def test_every_swap_of_neighbours_is_refused(number, place):
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    code_of(resident_id, swapped, TODAY)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "resident_id.length"),
        ("110105491231002", "resident_id.length"),
        ("1101051949123100２XX", "resident_id.length"),
        ("11010519491231002Y", "resident_id.characters"),
        ("1101051949123100张X", "resident_id.characters"),
        ("٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧", "resident_id.characters"),
        ("110105194912310021", "resident_id.check"),
        (checked("11010519490230002"), "resident_id.birth"),
        (checked("11010520261123002"), "resident_id.birth"),
        (checked("11010518901123002"), "resident_id.birth"),
        (checked("11010500000000002"), "resident_id.birth"),
    ],
)
def test_a_bad_number_is_told_what_is_wrong(typed, code):
    assert code_of(resident_id, typed, TODAY) == code


def test_age_in_full_years():
    born = resident_id(checked("11010520081123002"), TODAY)
    assert (born.age_on(date(2026, 11, 22)), born.age_on(date(2026, 11, 23))) == (17, 18)
    leap = resident_id(checked("11010520120229002"), TODAY)
    assert (leap.age_on(date(2026, 2, 28)), leap.age_on(date(2026, 3, 1))) == (13, 14)


ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def signed(body: str) -> str:
    total = sum(ALPHABET.index(one) * pow(3, place, 31) for place, one in enumerate(body))
    return body + ALPHABET[-total % 31]


@st.composite
def codes(draw):
    kind = draw(st.sampled_from(["11", "12", "91", "92", "93", "N2", "G1", "Y1", "54"]))
    return signed(
        kind + draw(st.text(DIGITS, min_size=6, max_size=6)) + draw(st.text(ALPHABET, min_size=9, max_size=9))
    )


@given(codes())
def test_every_good_credit_code_passes_however_it_is_typed(code):
    assert credit_code(code) == credit_code(f" {code[:8].lower()}-{code[8:]}　") == code


@given(codes(), st.integers(8, 17), st.sampled_from(ALPHABET))
def test_every_wrong_character_of_a_credit_code_is_refused(code, place, character):
    assume(code[place] != character)
    assert code_of(credit_code, code[:place] + character + code[place + 1 :]) == "credit_code.check"


def test_other_bad_credit_codes_are_told_what_is_wrong():
    assert code_of(credit_code, "91110000600037341") == "credit_code.length"
    assert code_of(credit_code, "9111000060003734IL") == "credit_code.characters"
    assert code_of(credit_code, "911100A0600037341L") == "credit_code.characters"
