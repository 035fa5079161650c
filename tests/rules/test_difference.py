"""What differs between two revisions: every change is found, said in words, and rows keep their identity when they move."""
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.guide import yaml
from portal.rules.guide.difference import Kind, difference, spans
from portal.rules.guide.document import GuideFile
from portal.rules.guide.outline import called, chain, exists, outline
from tests.samples import SLUGS, sample

FOOD = yaml.plain(sample("food-business-licence"))


def edited(change) -> list:
    document = json.loads(json.dumps(FOOD))
    change(document["guide"], document)
    return difference(GuideFile.model_validate(FOOD), GuideFile.model_validate(document))


@pytest.mark.parametrize("name", sorted(SLUGS)[::8])
def test_a_guide_does_not_differ_from_itself(name):
    file = sample(name)
    assert difference(file, file) == []


def test_a_word_that_changed_is_said_with_its_place():
    def change(guide, _):
        guide["variants"][0]["stages"][1]["limit"]["amount"] = 3
    [found] = edited(change)
    assert found.kind is Kind.CHANGED and found.where.zh == "情形“新办” › 环节“审查” › 时限"
    assert (found.before.zh, found.after.zh, found.after.en) == ("1个工作日", "3个工作日", "3 working days")
    assert found.at == "/guide/variants/0/stages/1/limit" and found.where.en


def test_the_english_beside_the_chinese_is_an_element_of_its_own():
    def change(guide, _):
        guide["item"]["name"]["en"] = "Licence for food"
    [found] = edited(change)
    assert found.where.zh.endswith("（英文）") and found.after.zh == "Licence for food"


def test_a_row_is_known_by_its_key_when_its_name_changes():
    def change(guide, _):
        guide["variants"][0]["documents"][2]["name"] = "平面图"
    found = edited(change)
    assert {one.kind for one in found} == {Kind.CHANGED, Kind.REMOVED} and all("平面图" in one.where.zh or "平面布局图" in one.where.zh for one in found)


def test_a_new_row_is_one_change_with_all_its_lines():
    def change(guide, _):
        guide["variants"][0]["documents"].insert(1, {"key": "lease", "name": "租赁合同", "originals": 1})
    [found] = edited(change)
    assert found.kind is Kind.ADDED and found.where.zh == "情形“新办” › 材料“租赁合同”"
    assert {line.label.zh: line.value.zh for line in found.lines} == {"材料名称": "租赁合同", "原件份数": "1"}


def test_a_row_that_is_gone_is_removed_and_the_others_did_not_move():
    def change(guide, _):
        del guide["conditions"][0]
    [found] = edited(change)
    assert found.kind is Kind.REMOVED and found.lines[0].value.zh.startswith("已取得营业执照")


def test_only_the_row_that_moved_is_said_to_have_moved():
    def change(guide, _):
        rows = guide["variants"][0]["documents"]
        rows.append(rows.pop(0))
    [found] = edited(change)
    assert found.kind is Kind.MOVED and "申请书" in found.where.zh
    assert (found.before.zh, found.after.zh) == ("第1位", "第8位")


def test_a_line_of_text_that_was_reworded_is_a_change_and_not_two():
    def change(guide, _):
        guide["frequent_errors"][1] = "申请人的名称与营业执照上的名称不一致。"
    found, english = edited(change)
    assert english.kind is Kind.REMOVED and english.before.zh.startswith("The name differs")
    assert found.kind is Kind.CHANGED and found.before.zh == "申请人与营业执照上的名称不一致。"


def test_a_place_that_gets_a_window_says_so():
    def change(_, document):
        document["offerings"][1]["note"] = "赶集日加开一个窗口"
    [found] = edited(change)
    assert found.kind is Kind.ADDED and "云岭镇便民服务中心" in found.where.zh and found.after.zh.startswith("赶集日")


NAMES = st.lists(st.sampled_from("甲乙丙丁戊己庚"), unique=True, min_size=1, max_size=7)


@given(NAMES, NAMES)
def test_what_came_went_and_moved_explains_the_new_order(before, after):
    def guide(names):
        rows = [{"key": f"k{ord(name)}", "name": name} for name in names]
        return GuideFile.model_validate({"guide": {"item": {"name": "试"}, "variants": [{"documents": rows}]}})
    found = difference(guide(before), guide(after))
    kinds = {kind: {one.where.zh[-2] for one in found if one.kind is kind} for kind in Kind}
    assert kinds[Kind.ADDED] == set(after) - set(before) and kinds[Kind.REMOVED] == set(before) - set(after)
    stayed = [name for name in before if name in after and name not in kinds[Kind.MOVED]]
    assert stayed == [name for name in after if name in stayed]
    assert not kinds[Kind.CHANGED]
    assert (found == []) == (before == after)


@given(st.text("甲乙ab 1", max_size=30), st.text("甲乙ab 1", max_size=30))
def test_the_marks_in_a_text_lead_from_one_to_the_other(before, after):
    marked = spans(before, after)
    assert "".join(one.text for one in marked if one.kind != Kind.ADDED) == before
    assert "".join(one.text for one in marked if one.kind != Kind.REMOVED) == after


def test_a_very_long_text_is_shown_whole():
    assert [one.kind for one in spans("甲" * 5000, "甲" * 5001)] == [Kind.REMOVED, Kind.ADDED]


@pytest.mark.parametrize("name", sorted(SLUGS)[::8])
def test_every_place_of_the_tree_leads_to_itself(name):
    root = outline(sample(name))
    places = [node.at for node in root.every()]
    assert len(places) == len(set(places))
    for node in root.every():
        if node.at not in ("", "/guide"):
            assert chain(root, node.at)[-1].at == node.at and exists(root, node.at)


def test_what_is_missing_is_said_where_it_belongs():
    root = outline(GuideFile.model_validate(FOOD))
    assert called(chain(root, "/guide/variants/0/documents/1/remark")).zh == "情形“新办” › 材料“营业执照”"
    assert called(chain(root, "/nowhere")).zh == "整份指南"
    assert called(chain(root, "/guide/variants")).zh == "情形"
