"""rules/masking: nothing that identifies is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.masking import masked_id, masked_name, masked_phone


@pytest.mark.parametrize(
    ("mask", "plain", "shown"),
    [
        (masked_id, "11010519491231002X", "110***********002X"),
        (masked_id, "E12345678", "*******78"),
        (masked_id, "1234", "****"),
        (masked_id, "", ""),
        (masked_name, "张三", "张*"),
        (masked_name, "欧阳娜娜", "欧***"),
        (masked_name, "张", "*"),
        (masked_name, "买买提·艾力", "买**·**"),
        (masked_name, "Mary Ann", "M*** ***"),
        (masked_phone, "138 0013 8000", "138****8000"),
        (masked_phone, "0600-2345678", "0600-*****78"),
        (masked_phone, "12345", "***45"),
        (masked_phone, "家里电话", "****"),
    ],
)
def test_masks(mask, plain, shown):
    assert mask(plain) == shown


@given(st.from_regex(r"[1-9]\d{16}[\dX]", fullmatch=True))
def test_no_date_of_birth_is_left(number):
    assert masked_id(number)[3:14] == "*" * 11 and len(masked_id(number)) == 18


@given(st.text(max_size=30))
def test_any_text_can_be_masked(text):
    for mask in (masked_id, masked_name, masked_phone):
        assert isinstance(mask(text), str)
