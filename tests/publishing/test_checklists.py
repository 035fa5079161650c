"""The checklist of a guide: a page for each situation, a box for each document that is to be brought."""
from io import BytesIO

import pytest
from pypdf import PdfReader

from pdfs import checklists as printing
from portal.publishing import addresses, checklists
from tests.printed import words
from tests.publishing.editions import URL, sample_edition


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_each_situation_has_its_page_with_its_documents(locale):
    around = sample_edition("food-business-licence")
    guide = around.guides[0]
    pdf = printing.render(checklists.checklist(guide, around, locale))
    variants = guide.file.guide.variants
    assert len(PdfReader(BytesIO(pdf)).pages) == len(variants) == 3
    for number, variant in enumerate(variants, 1):
        said = words_of_page(pdf, number)
        brought = [one for one in variant.documents if not one.exempt]
        assert said.count("□") == len(brought)
        for document in brought:
            assert document.name.said(locale).replace(" ", "") in said
        assert variant.name.said(locale).replace(" ", "") in said
        assert URL + addresses.variant(guide.slug, variant.key, locale) in said
        for telephone in (*guide.file.guide.enquiries, *guide.file.guide.complaints):
            assert telephone.telephone.replace(" ", "") in said


def test_a_guide_with_one_situation_is_one_page_and_leads_to_the_guide():
    around = sample_edition("temporary-assistance")
    guide = around.guides[0]
    made = checklists.checklist(guide, around, "zh-Hans")
    assert [one.name for one in made.lists] == [None] * len(made.lists) or len(made.lists) > 1
    assert made.lists[0].address.startswith(f"{URL}/guides/")
    root = PdfReader(BytesIO(printing.render(made))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "zh-Hans"


def words_of_page(pdf: bytes, number: int) -> str:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_page(PdfReader(BytesIO(pdf)).pages[number - 1])
    out = BytesIO()
    writer.write(out)
    return words(out.getvalue())
