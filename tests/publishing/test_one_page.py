"""A guide on one side of one sheet, however long it is; what is left out is named, with the address of all."""
from io import BytesIO

import pytest
from pypdf import PdfReader

from pdfs import onepages
from portal.publishing import guide_page, one_page
from portal.rules.guide.document import GuideFile
from tests.printed import words
from tests.publishing.editions import edition, published, sample_edition
from tests.rules.guides import good_guide

FULL = "https://banshi.example.cn/"


def printed(view) -> bytes:
    return onepages.render(one_page.one_page(view))


@pytest.mark.parametrize(("name", "locale"), [("senior-allowance", "zh-Hans"), ("open-restaurant", "zh-Hans"), ("food-business-licence", "en")])
def test_one_sheet_with_the_summary_and_the_address_of_all(name, locale):
    around = sample_edition(name)
    view = guide_page.facts(around.guides[0], around, locale, whole=True)
    pdf = printed(view)
    page, = PdfReader(BytesIO(pdf)).pages
    said = words(pdf)
    assert (round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4)) == (210, 297)
    assert "".join(view.address.split()) in said and len(pdf) <= 100 * 1024
    for row in view.summary:
        assert row.label.replace(" ", "") in said
    tries = one_page.one_page(view)
    for part in tries[0].parts:
        title = str(part.title).replace(" ", "")
        assert title in said, "printed, or named as left out"


def test_a_guide_that_is_far_too_long_is_shortened_and_says_so():
    plain = good_guide()
    plain["guide"]["summary"] = "这一段很长。" * 400
    plain["guide"]["conditions"] = [f"第{number}个条件，" + "说得很细" * 30 for number in range(80)]
    plain["guide"]["scope"] = "适用范围" * 500
    view = guide_page.facts(published(GuideFile.model_validate(plain)), edition(), "zh-Hans", whole=True)
    pdf = printed(view)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    said = words(pdf)
    assert "一张纸放不下，这里没有印：" in said and "申请条件" in said and "较长的文字和清单只印了开头" in said
    assert "说得很细" not in said and "…" in said and view.address.replace(" ", "") in said


def test_no_type_is_smaller_than_nine_points():
    around = sample_edition("food-business-licence")
    sizes = set()

    def seen(text, cm, tm, font, size):
        if text.strip():
            sizes.add(round(abs(size * tm[3] * cm[3]), 1))

    for page in PdfReader(BytesIO(printed(guide_page.facts(around.guides[0], around, "zh-Hans", whole=True)))).pages:
        page.extract_text(visitor_text=seen)
    assert min(sizes) >= 8.9, sizes
