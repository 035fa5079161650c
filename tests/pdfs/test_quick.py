"""What is worked out once comes to the same paper as WeasyPrint alone; lines of a chart stand where they stood, each whole."""
import re
from io import BytesIO

import pytest
import weasyprint
from pypdf import PdfReader

from pdfs import blanks, checklists, engine, guides, quick
from pdfs.pictures import svg
from portal.publishing import checklists as lists
from portal.publishing import guide_page, paper_forms
from tests.publishing.editions import edition, published


def guide(locale: str) -> bytes:
    """The guide without its charts."""
    view = guide_page.facts(published(), edition(), locale, whole=True)
    return engine.pdf(re.sub(r'<img class="chart[^>]*>', "", guides.html(view)), guides.sheets(view.lang))


PAPERS = {
    "guide": lambda: guide("zh-Hans"),
    "guide in English": lambda: guide("en"),
    "form": lambda: blanks.render(paper_forms.form(published(), edition(), filled=False)),
    "filled form": lambda: blanks.render(paper_forms.form(published(), edition(), filled=True)),
    "checklist": lambda: checklists.render(lists.checklist(published(), edition(), "zh-Hans")),
}


@pytest.fixture(autouse=True)
def used():
    quick.use()


def test_it_is_held_against_the_version_that_is_used():
    assert weasyprint.__version__ == quick.VERSION, "hold pdfs/quick.py against the new WeasyPrint, then say so there"


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_has_the_same_bytes_as_without_it(name):
    ours = PAPERS[name]()
    with quick.as_it_comes():
        theirs = PAPERS[name]()
    assert ours == theirs and PAPERS[name]() == ours


def test_another_version_works_as_it_comes(monkeypatch):
    monkeypatch.setattr(weasyprint, "__version__", "0")
    assert quick._changes.__wrapped__() == ()


def test_a_line_of_a_chart_is_one_text_in_its_place():
    found = {}
    for anchor in ("start", "middle", "end"):
        picture = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" width="200" height="60"><g text-anchor="{anchor}" font-size="15">'
                   '<text fill="#14466b"><tspan x="100" y="20">提交申请</tspan><tspan x="100" y="40">当场办结</tspan></text></g></svg>')
        page = PdfReader(BytesIO(engine.pdf(f'<html lang="zh-Hans"><title>图</title><img alt="图" src="{svg(picture)}">'))).pages[0]
        assert "提交申请" in page.extract_text() and "当场办结" in page.extract_text()
        found[anchor] = next(matrix for text, matrix in _placed(page) if "提交申请" in text)
    left, middle, right = (found[anchor] for anchor in ("start", "middle", "end"))
    assert left[5] == middle[5] == right[5]
    assert left[4] - middle[4] == pytest.approx(middle[4] - right[4]) == pytest.approx(2 * 15, rel=0.05), "half of four letters"


def _placed(page) -> list[tuple[str, list[float]]]:
    found = []
    page.extract_text(visitor_text=lambda text, current, matrix, font, size: found.append((text, matrix)))
    return found


@pytest.mark.parametrize("name", PAPERS)
def test_the_templates_are_as_strict_as_xml(name, monkeypatch):
    engine.make_ready()
    monkeypatch.setattr("tinyhtml5.parser.HTMLParser", None)
    assert PAPERS[name]().startswith(b"%PDF")
