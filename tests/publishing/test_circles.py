"""A draft whose stages wait for each other in a circle is drawn all the same, and does not end the process."""
import pytest

from portal.publishing.flowchart import draw
from portal.rules.guide.document import Variant
from tests.rules.guides import good_guide


def stages(**waits):
    rows = good_guide()["guide"]["variants"][1]["stages"]
    return Variant.model_validate({"stages": [row | {"waits_for": waits.get(row["key"], row["waits_for"]), "produces": []} for row in rows]})


@pytest.mark.parametrize("waits", [
    {"accept": ["accept"]},
    {"accept": ["decide"]},
    {"accept": ["deliver"], "traffic": ["site_check"], "site_check": ["traffic"]},
])  # fmt: skip
def test_a_circle_is_drawn_without_the_lines_that_lead_backwards(waits):
    assert draw(stages(**waits), "zh-Hans").count("受理") >= 1
