"""Posters: one A3 sheet whatever a place handles, with everything on it, large where there is room."""
import re
import subprocess
from io import BytesIO

import pytest
from pypdf import PdfReader

from pdfs import posters as printing
from portal.publishing import lists, posters
from tests.printed import words
from tests.publishing.editions import sample_edition

VILLAGE, TOWNSHIP, COUNTY = "990421105202", "990421101000", "990421000000"


def values(code: str, locale: str = "zh-Hans") -> dict:
    return posters.poster(sample_edition(), code, lists.at_places(sample_edition())[code], locale)


def largest(pdf: bytes, text: str) -> float:
    """The height of the line that has the text, in points."""
    told = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    rows = re.findall(r'yMin="([\d.]+)"[^>]*yMax="([\d.]+)">([^<]+)<', told)
    return max(float(bottom) - float(top) for top, bottom, said in rows if text in said)


@pytest.mark.parametrize(("code", "locale"), [(VILLAGE, "zh-Hans"), (VILLAGE, "en"), (TOWNSHIP, "zh-Hans"), (COUNTY, "zh-Hans"), (COUNTY, "en")])
def test_one_sheet_of_a3_with_everything_that_is_done_there(code, locale):
    poster = values(code, locale)
    pdf = printing.render(poster)
    page, = PdfReader(BytesIO(pdf)).pages
    assert (round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4)) == (297, 420)
    said = words(pdf)
    offered = lists.at_places(sample_edition())[code]
    assert len(offered) == sum(len(theme["lines"]) for group in poster["groups"] for theme in group["themes"])
    for card, _ in offered:
        assert card.name.said(locale).replace(" ", "") in said
    for text in (poster["title"], poster["telephone"], poster["where"], *poster["hours"]):
        assert text.replace(" ", "") in said


def test_a_villages_poster_reads_from_a_metre_and_its_telephone_from_further():
    pdf = printing.render(values(VILLAGE))
    assert largest(pdf, "临时救助") >= 20 and largest(pdf, values(VILLAGE)["telephone"]) >= 32


def test_it_is_tagged_named_and_the_same_each_time():
    poster = values(VILLAGE)
    pdf = printing.render(poster)
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata.title == poster["title"] and reader.trailer["/Root"]["/Lang"] == "zh-Hans"
    assert printing.render(poster) == pdf


def test_a_place_with_more_than_a_sheet_holds_names_its_departments():
    poster = values(COUNTY)
    group, = poster["groups"][:1]
    many = {**poster, "groups": [{"title": group["title"], "themes": [{"title": "主题", "lines": [(f"第{number}个事项", "当场办结")
                                                                                       for number in range(900)]}]}]}
    pdf = printing.render(many)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1 and "青禾县民政局" in words(pdf) and "第1个事项" not in words(pdf)


def test_a_place_with_nothing_has_a_poster_too():
    poster = posters.poster(sample_edition(), VILLAGE, [], "zh-Hans")
    assert len(PdfReader(BytesIO(printing.render(poster))).pages) == 1
