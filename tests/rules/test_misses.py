"""Of searches that found nothing words are kept, and nothing that names a person."""
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules import misses


@pytest.mark.parametrize(("query", "kept"), [
    ("  下岗证 ", "下岗证"), ("ETC　办理", "etc 办理"), ("60岁 优待证", "60岁 优待证"),
    ("张三 13800000000", None), ("110105 19491231 002X", None), ("0680-5550100", None), ("1 2 3 4 某某", None), ("证", None), ("长" * 31, None), ("12 3", None),
    ("我叫张三", None), ("a@example.cn", None), ("<script>", None), ("张三女士", None), ("", None), ("二\x00三", None), ("１２３４人", None),
])
def test_what_is_kept(query, kept):
    assert misses.kept(query) == kept


@given(st.text(max_size=40) | st.from_regex(r"[一-龥]{2,3} ?1[3-9]\d{9}", fullmatch=True))
def test_no_long_number_is_ever_kept(query):
    kept = misses.kept(query)
    assert kept is None or (not re.search(r"\d{4}", kept) and kept == misses.kept(kept))
