"""rules/telephones: shapes of numbers, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.telephones import TelephoneProblem, telephone


@pytest.mark.parametrize(
    ("typed", "kind", "shown"),
    [
        ("13800138000", "mobile", "13800138000"),
        ("+86 138-0013-8000", "mobile", "13800138000"),
        ("１３８００１３８０００", "mobile", "13800138000"),
        ("0086 13800138000", "mobile", "13800138000"),
        ("0600-2345678", "landline", "0600-2345678"),
        ("（0600）23456789", "landline", "0600-23456789"),
        ("0600—2345678", "landline", "0600-2345678"),
        ("010 62345678", "landline", "010-62345678"),
        ("+86 10 6234 5678", "landline", "010-62345678"),
        ("+86 600 2345678", "landline", "0600-2345678"),
        ("0600-2345678转801", "landline", "0600-2345678转801"),
        ("0600-2345678-801", "landline", "0600-2345678转801"),
        ("0600-2345678 ext. 801", "landline", "0600-2345678转801"),
        ("400-800-1234", "service", "4008001234"),
        ("12345", "short", "12345"),
        ("110", "short", "110"),
        ("95588", "short", "95588"),
    ],
)
def test_numbers_as_people_write_them(typed, kind, shown):
    found = telephone(typed)
    assert (found.kind, str(found)) == (kind, shown)
    assert telephone(str(found)) == found


@pytest.mark.parametrize("typed", ["2345678", "62345678"])
def test_a_landline_without_its_area_code_is_told_so(typed):
    with pytest.raises(TelephoneProblem) as caught:
        telephone(typed)
    assert caught.value.code == "telephone.area"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "电话",
        "1380013800",
        "138001380000",
        "12800138000",
        "0600-1345678",
        "0600-2345678、2345679",
        "٠١٢",
        "1" * 400,
    ],
)
def test_what_is_no_number_is_told_so(typed):
    with pytest.raises(TelephoneProblem) as caught:
        telephone(typed)
    assert caught.value.code == "telephone.shape" and caught.value.text.en


@given(st.text(max_size=60))
def test_no_text_breaks_it(typed):
    try:
        assert telephone(typed).number
    except TelephoneProblem as problem:
        assert problem.text.zh
