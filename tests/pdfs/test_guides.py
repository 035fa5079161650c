"""Guides and forms on paper: tagged, named, in their language, with bookmarks, vector charts, and small."""
from io import BytesIO

import pytest
from pypdf import PdfReader

from pdfs import blanks, guides
from portal.publishing import guide_page, paper_forms
from tests.publishing.editions import URL, edition, published, sample_edition


def text_of(reader: PdfReader) -> str:
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace(" ", "")


@pytest.fixture(scope="module", params=["zh-Hans", "en"])
def printed(request):
    view = guide_page.facts(published(), edition(), request.param, whole=True)
    pdf = guides.render(view)
    return view, pdf, PdfReader(BytesIO(pdf))


def test_it_is_tagged_and_has_title_language_and_bookmarks(printed):
    view, _, reader = printed
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"] and root["/Lang"] == view.lang
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == view.title.text
    assert b"pdfuaid" in root["/Metadata"].get_data()
    title, below = reader.outline
    names = [one.title for one in below if not isinstance(one, list)]
    assert title.title == view.title.text
    assert names[0] == view.words.summary and names[-1] == view.sections[-1].title.text


def test_it_has_a_title_block_pages_numbers_and_its_revision(printed):
    view, _, reader = printed
    first, last = (reader.pages[at].extract_text() for at in (0, -1))
    assert view.edition in first and view.address in first and view.address.startswith(URL)
    number = len(reader.pages)
    assert (f"Page {number} of {number}" if view.lang == "en" else f"第 {number} 页，共 {number} 页") in last
    assert view.title.text[:8] in last and view.edition in last


def test_charts_are_vector_and_have_words_instead(printed):
    _, _, reader = printed
    images = [one for page in reader.pages for one in page.images]
    assert not images, "no picture of points: neither chart nor QR code"
    assert b"/Alt" in b"".join(repr(one).encode() for one in _structure(reader))


def test_it_is_small_for_its_pages_and_the_same_each_time(printed):
    view, pdf, reader = printed
    assert 2 * len(pdf) / max(2, len(reader.pages)) <= 100 * 1024
    assert guides.render(view) == pdf


def test_no_character_is_missing():
    guide = sample_edition("food-business-licence").guides[0]
    view = guide_page.facts(guide, sample_edition("food-business-licence"), "zh-Hans", whole=True)
    said = text_of(PdfReader(BytesIO(guides.render(view))))
    for part in (view.title.text, "一看就懂", "食品经营许可证", "申请材料"):
        assert part in said


def test_a_form_has_room_to_write_and_its_sample_the_examples():
    blank = text_of(PdfReader(BytesIO(blanks.render(paper_forms.form(published(), edition(), filled=False)))))
    filled = text_of(PdfReader(BytesIO(blanks.render(paper_forms.form(published(), edition(), filled=True)))))
    examples = [one.example.zh.replace(" ", "") for section in published().file.guide.form for one in section.fields if one.example]
    assert examples and "表格免费" in blank and "签名" in blank
    assert all(example in filled.replace("☑", "") for example in examples if len(example) > 3)
    assert not any(example in blank for example in examples if len(example) > 3)


def test_a_form_asks_what_the_guide_asks_in_both_languages():
    form = paper_forms.form(published(), edition(), filled=False)
    said = text_of(PdfReader(BytesIO(blanks.render(form))))
    for section in form["sections"]:
        for field in section["fields"]:
            assert field["label"][0].replace(" ", "") in said
            assert field["label"][1].replace(" ", "") in said


def _structure(reader: PdfReader):
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, dict):
            yield {key: value for key, value in one.items() if key in ("/S", "/Alt")}
            kids = one.get("/K", [])
            waiting += kids if isinstance(kids, list) else [kids]
