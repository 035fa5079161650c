"""rules/tracking: every wrong character and every swap is found, and no code is likelier than another."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.tracking import (
    ALPHABET,
    RANDOM_BYTES,
    RESUME,
    TRACKING,
    TrackingProblem,
    pin,
    read_pin,
    read_resume_code,
    read_tracking_code,
    resume_code,
    shown,
    tracking_code,
)

RANDOM = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)
KINDS = st.sampled_from([(tracking_code, read_tracking_code, TRACKING), (resume_code, read_resume_code, RESUME)])


def problem(read, typed):
    with pytest.raises(TrackingProblem) as caught:
        read(typed)
    assert caught.value.text.zh and caught.value.text.en
    return caught.value.code


def test_a_code_has_forty_random_bits_and_no_look_alikes():
    assert len(ALPHABET) ** (TRACKING - 1) >= 2**40
    assert len(set(ALPHABET)) == 23 and not set(ALPHABET) & set("0O1ILQZSGBUAE")


@given(RANDOM, KINDS)
def test_a_code_is_read_however_it_is_typed(random, kind):
    make, read, length = kind
    code = make(random)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in shown(code))
    assert len(code) == length and len(code) < len(shown(code))
    for typed in (code, shown(code), shown(code).lower(), wide, " ".join(code), shown(code).replace("-", "—")):
        assert read(typed) == code


@given(RANDOM, KINDS)
def test_every_single_wrong_character_is_found(random, kind):
    make, read, length = kind
    code = make(random)
    for place in range(length):
        for one in set(ALPHABET) - {code[place]}:
            assert problem(read, code[:place] + one + code[place + 1 :]).endswith(".check")


@given(RANDOM, KINDS)
def test_every_swap_of_two_is_found_of_neighbours_and_of_any_others(random, kind):
    make, read, length = kind
    code = make(random)
    for one, other in combinations(range(length), 2):
        if code[one] != code[other]:
            swapped = list(code)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            assert problem(read, "".join(swapped)).endswith(".check")


def test_each_mistake_has_its_own_sentence():
    code = tracking_code(b"\x07" * RANDOM_BYTES)
    assert problem(read_tracking_code, code[:-1]) == "tracking.length"
    assert problem(read_tracking_code, "") == "tracking.length"
    assert problem(read_tracking_code, code[:-1] + "Z") == "tracking.character"
    assert problem(read_tracking_code, code[:-1] + "中") == "tracking.character"
    assert problem(read_resume_code, code) == "resume.length"
    with pytest.raises(TrackingProblem, match="是不是“2”"):
        read_tracking_code("Z")


def test_too_little_randomness_is_a_programmer_s_error():
    for make in (tracking_code, resume_code, pin):
        with pytest.raises(ValueError, match="random bytes"):
            make(b"\0" * (RANDOM_BYTES - 1))


@given(RANDOM)
def test_a_pin_has_six_digits_and_is_no_obvious_one(random):
    number = pin(random)
    assert len(number) == 6 and number.isdigit()
    assert len(set(number)) > 1 and number not in "01234567890" and number not in "09876543210"
    assert read_pin(f" {number[:3]} {number[3:]}") == number


def test_the_pins_are_all_others_each_once():
    low, high = (
        {pin(number.to_bytes(RANDOM_BYTES)) for number in span} for span in (range(3000), range(996978, 999978))
    )
    assert len(low) == len(high) == 3000 and max(high) == "999998" and min(low) == "000001"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦"])
def test_what_is_no_pin_is_told(typed):
    assert problem(read_pin, typed) == "pin.length"
