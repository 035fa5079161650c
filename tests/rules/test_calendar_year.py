"""One year's notice: lines and files are read or refused with their line, written back the same, compared day by day."""
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.calendar import CalendarProblem, SpecialDay
from portal.rules.calendar_seed import seed
from portal.rules.calendar_year import calendar_of, compare, doubts, of_year, read, written
from portal.rules.guide.text import Text

LINES = """# 2027年
2027-01-01 休 元旦

2027-01-02，班，元旦
2026-12-27 班
2027-10-01 off 国庆节"""


def test_lines_are_read_with_their_words():
    found = read(LINES, 2027)
    assert {day: special.working for day, special in found.items()} == {
        date(2027, 1, 1): False, date(2027, 1, 2): True, date(2026, 12, 27): True, date(2027, 10, 1): False}
    assert found[date(2027, 1, 1)].name.zh == "元旦" and found[date(2026, 12, 27)].name.zh == "调整"


@pytest.mark.parametrize(("text", "said"), [
    ("2027-01-01 元旦", "第 1 行"), ("\n2027-13-01 休", "第 2 行"), ("2025-01-01 休", "第 1 行"), ("2027-1-1 休", "第 1 行"),
    ("2027-01-01 休\n2027-01-01 班", "第 2 行"), ("{", "JSON"), ("\n".join(["2027-01-01 休"] * 367), "366"),
    ('{"year": 2027, "days": [{}]}', "2027"), ("[3]", "第1份")])
def test_what_cannot_be_read_is_refused_with_its_place(text, said):
    with pytest.raises(CalendarProblem) as caught:
        read(text, 2027)
    assert said in caught.value.text.zh and caught.value.text.en


def test_a_list_gives_its_year_alone():
    lists = [{"year": year, "days": [{"name": "元旦", "date": f"{year}-01-01", "isOffDay": True}]} for year in (2026, 2027)]
    assert set(read(json.dumps(lists), 2027)) == {date(2027, 1, 1)}


@given(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.booleans(), max_size=80))
def test_what_is_written_is_read_the_same(days):
    kept = {day: SpecialDay(on, Text(zh="节")) for day, on in days.items()}
    assert read(written(kept.items()), 2026) == kept


def test_two_sources_are_compared_day_by_day():
    mine = of_year(seed().days.items(), 2026)
    del mine[date(2026, 10, 5)]
    assert mine.pop(date(2026, 9, 20)).working
    found = compare(2026, calendar_of(mine, {2026}), seed())
    assert [(one.day, one.here, one.there) for one in found] == [(date(2026, 9, 20), False, True), (date(2026, 10, 5), True, False)]
    assert compare(2026, seed(), seed()) == []


def test_what_a_notice_hardly_says_is_told():
    days = {date(2027, 1, 4): SpecialDay(True, Text(zh="元旦"))}
    assert [("10月1日" in one.zh, "2027-01-04" in one.zh) for one in doubts(2027, days, True)] == [(True, False), (False, True)]
    assert doubts(2026, of_year(seed().days.items(), 2026), True) == []


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_the_published_lists_agree_with_the_seed(year):
    folder = os.environ.get("BANSHI_MATERIAL")
    if not folder:
        pytest.skip("BANSHI_MATERIAL names no folder of real material")
    days = read(Path(folder, "calendar", f"holiday-cn-{year}.json").read_text("utf-8"), year)
    assert compare(year, calendar_of(days, {year}), seed()) == [] and doubts(year, of_year(days.items(), year), True) == []
