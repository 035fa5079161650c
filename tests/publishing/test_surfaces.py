"""What stands on page, flowchart and paper in Chinese stands there in English too, wherever the guide has English."""
import re
from html import unescape

import pytest

from pdfs import guides
from portal.publishing import flowchart, guide_page, pages
from portal.rules.guide.document import GuideFile
from portal.rules.guide.elements import ELEMENTS, Surface
from tests.publishing.editions import edition, published
from tests.rules.guides import good_file
from tests.rules.planting import planted


def page(file: GuideFile) -> str:
    return pages.guide_body(guide_page.facts(published(file), edition(), "en"))


def paper(file: GuideFile) -> str:
    view = guide_page.facts(published(file), edition(), "en", whole=True)
    return guides.html(view)


def chart(file: GuideFile) -> str:
    guide = file.guide
    said = [flowchart.draw(one, "en", owner=guide.item.department) for one in guide.variants]
    said += [repr(flowchart.steps(one, "en", owner=guide.item.department, labels=guide.labels(), options=guide.option_labels()))
             for one in guide.variants]
    return " ".join(said)


SURFACES = {Surface.PAGE: page, Surface.PDF: paper, Surface.FLOWCHART: chart}


def seen(markup: str) -> str:
    """What a reader sees: without tags, and without the line breaks of a chart's boxes."""
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", str(markup)))).lower()


@pytest.mark.parametrize("surface", list(SURFACES))
def test_what_is_planted_is_found(surface):
    draw = SURFACES[surface]
    before, missing = seen(draw(good_file())), []
    for row in ELEMENTS:
        if row.owed(surface):
            plant = planted(row.path)
            after = seen(draw(plant.file))
            if after == before or re.sub(r"\s+", "", plant.en).lower() not in after:
                missing.append(row.path)
    assert not missing
