"""The flowchart: legible on a phone, the same twice, safe to print into a page, and there as a list too."""
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.publishing import drawing, flowchart
from portal.publishing.wrapping import width, wrap
from portal.rules.guide.document import Variant
from tests.publishing.editions import sample_edition
from tests.rules.guides import DEPARTMENT, good_file

PHONE = 328
"""What is left for the picture on a phone of 360 px."""
SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def smallest_type(root: ElementTree.Element) -> float:
    """The size of the smallest type on a phone, in px."""
    wide = float(root.get("viewBox").split()[2])
    sizes = [float(one.get("font-size")) for one in root.iter() if one.get("font-size")]
    return min(sizes) * min(1, PHONE / wide)


def variant(*stages: dict) -> Variant:
    return Variant.model_validate({"stages": list(stages)})


def parallel(number: int) -> Variant:
    side = [{"key": f"s{at}", "name": f"第{at}个部门的审查", "waits_for": ["accept"], "limit": {"amount": 3}} for at in range(number)]
    return variant({"key": "accept", "name": "受理"}, *side,
                   {"key": "decide", "name": "决定", "waits_for": [one["key"] for one in side]})


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_every_chart_of_the_sample_county_is_legible_on_a_phone(locale):
    for guide in sample_edition().guides:
        for one in guide.file.guide.variants:
            root = parsed(flowchart.draw(one, locale, owner=guide.file.guide.item.department))
            assert smallest_type(root) >= 11.95, (guide.slug, one.key)


@pytest.mark.parametrize("number", range(1, 8))
def test_stages_side_by_side_stay_legible_and_on_top_of_the_join(number):
    root = parsed(flowchart.draw(parallel(number), "zh-Hans"))
    assert smallest_type(root) >= 11.95
    high = {one.get("id"): float(re.search(r",(-?\d+)\)", one.get("transform"))[1]) for one in root.iter(f"{SVG}g") if one.get("id")}
    assert all(high["f-accept"] < high[f"f-s{at}"] < high["f-decide"] for at in range(number))


def test_three_departments_stand_side_by_side():
    root = parsed(flowchart.draw(parallel(3), "zh-Hans"))
    rows = {re.search(r",(-?\d+)\)", one.get("transform"))[1] for one in root.iter(f"{SVG}g") if re.match(r"f-s\d", one.get("id", ""))}
    assert len(rows) == 1


def test_every_node_and_line_has_a_class_and_ids_are_unique():
    one = good_file().guide.variants[0]
    text = flowchart.draw(one, "zh-Hans", {"accept": "done", one.stages[1].key: "current"}, DEPARTMENT, "x")
    root = parsed(text)
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(set(ids)) == len(ids) and all(each.startswith("x-") for each in ids)
    assert {f"x-{stage.key}" for stage in one.stages} <= set(ids)
    drawn = {each.get("id"): each.get("class", "") for each in root.iter(f"{SVG}g")}
    assert "is-done" in drawn["x-accept"] and "is-current" in drawn[f"x-{one.stages[1].key}"]
    lines = [each for each in root.iter(f"{SVG}path") if each.get("d") and each.get("class")]
    assert len(lines) >= len(one.stages) and all("way" in each.get("class") for each in lines)


def test_it_names_itself_and_needs_no_style_of_the_page():
    text = flowchart.draw(good_file().guide.variants[0], "zh-Hans")
    root = parsed(text)
    assert root.get("role") == "img" and root.find(f"{SVG}title").text and root.get("aria-labelledby") == "f-title"
    assert not re.search(r"<style|style=|<script|\son\w+=|href", text)


def test_the_same_variant_gives_the_same_bytes():
    def fresh() -> str:
        drawing.drawn.cache_clear()
        return flowchart.draw(good_file().guide.variants[0], "en")

    assert fresh() == fresh()


def test_texts_are_escaped():
    text = flowchart.draw(variant({"key": "a", "name": "<script>alert(1)</script>&"}), "zh-Hans")
    assert "<script" not in text and parsed(text) is not None


def test_marks_are_said_in_words_too():
    one = good_file().guide.variants[0]
    keys = [stage.key for stage in one.stages]
    marks = dict(zip(keys, ("done", "current", "skipped"), strict=False)) | dict.fromkeys(keys[3:], "waiting")
    text = "".join(parsed(flowchart.draw(one, "zh-Hans", marks)).itertext())
    for words in ("已完成", "正在办理", "不需要办理", "尚未开始"):
        assert words in text
    said = flowchart.steps(one, "en", marks)
    assert [step.mark for step in said] == [marks[key] for key in keys]
    assert said[1].mark_text.text.endswith("Now here")


def test_the_list_says_what_the_picture_shows():
    guide = good_file().guide
    one = guide.variants[0]
    said = flowchart.steps(one, "zh-Hans", {}, guide.item.department, guide.labels(), guide.option_labels())
    assert [step.key for step in said] == [stage.key for stage in one.stages]
    assert all(step.department for step in said)
    assert [len(step.waits_for) for step in flowchart.steps(parallel(3), "en")][-1] == 3, "the join says what it waits for"
    for step, stage in zip(said, one.stages, strict=True):
        assert [str(text).partition("（")[0] for text in step.outcomes] == [out.name.zh for out in stage.outcomes]


KEYS = [f"s{at}" for at in range(7)]


@st.composite
def graphs(draw) -> Variant:
    """Any stages that wait for earlier ones, with outcomes that lead on, back or out."""
    words = st.text(st.sampled_from("审查受理现场核查 review of papers，（甲）"), min_size=1, max_size=24).filter(str.strip)
    rows = []
    for at in range(draw(st.integers(1, len(KEYS)))):
        outcomes = [{"key": "on", "name": draw(words)}]
        if draw(st.booleans()):
            outcomes.append({"key": "end", "name": draw(words), "leads": "end", "end": draw(st.sampled_from(["refused", "not_accepted"]))})
        if at and draw(st.booleans()):
            outcomes.append({"key": "back", "name": draw(words), "leads": "back", "to": draw(st.sampled_from(KEYS[:at]))})
        waits = draw(st.lists(st.sampled_from(KEYS[:at]), unique=True)) if at else []
        rows.append({"key": KEYS[at], "name": draw(words), "waits_for": waits, "outcomes": outcomes,
                     "counted": draw(st.booleans()), "stop_reason": "test", "limit": {"amount": 5}})
        if rows[-1]["counted"]:
            del rows[-1]["stop_reason"]
    return variant(*rows)


@settings(max_examples=25, deadline=None)
@given(graphs())
def test_any_graph_is_drawn_whole(one):
    root = parsed(flowchart.draw(one, "zh-Hans"))
    drawn = {each.get("id") for each in root.iter(f"{SVG}g")}
    assert {f"f-{stage.key}" for stage in one.stages} <= drawn
    assert len(flowchart.steps(one, "zh-Hans")) == len(one.stages)


@given(st.text(max_size=80), st.integers(60, 200))
def test_wrapping_loses_nothing_and_stays_in_its_room(text, room):
    lines = wrap(text, 13, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, 13) <= room * 1.1 + 13 or len(line) < 3 for line in lines)
