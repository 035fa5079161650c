"""The catalogue on the site: every item in the order of its list, with its guide or with whom to ask."""
from dataclasses import replace

from portal.publishing import catalogue_list
from portal.publishing.beside import Beside
from portal.publishing.edition import CatalogueRow
from portal.rules.guide.text import Text
from tests.publishing.editions import edition

CIVIL, FOREST = Text(zh="县民政局", en="Civil Affairs Bureau"), Text(zh="县林业局")
ROWS = (CatalogueRow("高龄津贴", CIVIL, "养老", slug="senior"), CatalogueRow("护理补贴", CIVIL, "养老", telephone="0680-5550123"),
        CatalogueRow("采伐", FOREST, "未分类", link="https://example.cn/1"), CatalogueRow("高龄津贴", CIVIL, "其他"))


def county(rows=ROWS):
    return replace(edition(), catalogue=rows)


def test_departments_lead_to_their_items_in_the_order_of_the_list():
    first, civil, forest = catalogue_list.pages(county(), "zh-Hans")
    assert "共4项，其中3项" in first.lead and [(group.title.text, group.count) for group in first.parts[0].groups] == [("县民政局", 3), ("县林业局", 1)]
    assert [group.title.href for group in first.parts[0].groups] == [f"/{civil.name}/", f"/{forest.name}/"]
    assert [(part.title and part.title.text, [line.title.text for line in part.lines]) for part in civil.parts] == [("养老", ["高龄津贴", "护理补贴"]), (None, ["高龄津贴"])]
    assert civil.parts[0].lines[0].title.href == "/guides/senior/" and civil.parts[0].lines[1].title.href is None
    assert forest.parts[0].lines[0].facts[1].href == "https://example.cn/1"


def test_whom_to_ask_is_the_department_else_the_county():
    _, civil, forest = catalogue_list.pages(county((ROWS[1], ROWS[2])), "zh-Hans")
    assert "0680-5550123" in civil.lead and edition().telephone in forest.lead
    english = list(catalogue_list.pages(county(), "en"))
    assert english[1].title.text == "Civil Affairs Bureau" and english[2].title.lang == "zh-Hans" and "ring" in english[2].lead
    assert english[1].parts[0].lines[1].title.lang == "zh-Hans"


def test_a_large_department_has_several_pages_that_name_each_other():
    rows = tuple(replace(ROWS[1], name=f"事项{number}") for number in range(catalogue_list.LINES + 5))
    _, one, two = catalogue_list.pages(county(rows), "zh-Hans")
    assert "第1页，共2页" in one.title.text and two.name == f"{one.name}/2" and len(two.parts[0].lines) == 5
    assert [(group.title.href, group.count) for group in one.parts[-1].groups] == [(f"/{two.name}/", 5)]


def test_the_site_has_the_pages_and_without_a_catalogue_none():
    assert list(catalogue_list.pages(edition(), "zh-Hans")) == []
    planned = {page.name: page for page in Beside(county()).pages()}
    drawn = {page.name for page in catalogue_list.pages(county(), "zh-Hans")}
    assert drawn == {name for name in planned if name.startswith("catalogue")}
    assert all(planned[name].draw("zh-Hans").name == name for name in drawn)
    overview = planned["lists"].draw("zh-Hans")
    assert "/catalogue/" in [group.title.href for part in overview.parts for group in part.groups]
    fewer = {page.name: page.mark for page in Beside(county(ROWS[:3])).pages()}
    assert fewer["catalogue"] != planned["catalogue"].mark
