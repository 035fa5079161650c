"""rules/importing: guides in JSON of other systems: in a server's answer, in groups and lists, as strings, under national column names."""
import json

import pytest

from portal.rules.guide.codes import Unit
from portal.rules.importing import sources

ITEM = {"事项名称": "船具登记", "实施主体": "青禾县渔业局", "受理条件": ["有船", "有泊位"], "承诺办结时限": "3个工作日", "收费": "不收费"}


def read(value, name: str = "x.json") -> list[sources.Imported]:
    return sources.read(name, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), "x")


def one(value):
    (found,) = read(value)
    assert found.report.errors == []
    return found.report, found.file


@pytest.mark.parametrize("value", [
    {"code": 200, "data": ITEM}, {"data": {"item": ITEM}}, {"result": json.dumps(ITEM)}, [ITEM], {"rows": [ITEM], "total": 1},
    {"data": {"list": [{"fields": ITEM}]}}, {"基本信息": {name: ITEM[name] for name in ("事项名称", "实施主体", "承诺办结时限")}, "其余": {
        "受理条件": ITEM["受理条件"], "收费": "不收费"}},
])
def test_what_stands_around_a_guide_is_looked_through(value):
    report, file = one(value)
    assert {"事项名称", "实施主体", "受理条件", "承诺办结时限", "收费"} <= set(report.found)
    assert [row.zh for row in file.guide.conditions] == ["有船", "有泊位"] and file.guide.variants[0].promised.amount == 3


def test_several_guides_in_an_answer_share_what_stands_beside_them():
    found = read({"实施主体": "青禾县渔业局", "页码": 1, "data": [{"事项名称": "甲登记", "办件类型": "即办件"}, {"事项名称": "乙登记", "实施主体": "青禾县农业局"}]})
    assert [row.file.guide.item.department for row in found] == ["青禾县渔业局", "青禾县农业局"]
    assert all("页码：1" in row.report.unplaced for row in found)


def test_a_group_about_somebody_else_is_no_part_of_the_guide():
    report, file = one(ITEM | {"测绘单位": {"名称": "某测绘队", "联系电话": "0999-5550099"}})
    assert file.guide.enquiries == [] and report.unplaced == ["测绘单位：名称：某测绘队；联系电话：0999-5550099"]


def test_a_title_that_says_another_thing_than_the_name_is_kept():
    _, file = one({"title": "船具登记", "fields": ITEM})
    assert file.guide.extras == []
    _, file = one({"title": "渔船用具", "fields": ITEM})
    assert [(row.name, row.value) for row in file.guide.extras] == [("标题", "渔船用具")]
    assert one({"data": {"title": "船具登记", "办件类型": "即办件"}})[0].title == "船具登记"


def test_tables_as_strings_and_markup_in_values():
    rows = [{"材料名称": "申请表", "原件": "1", "复印件": "２"}]
    report, file = one(ITEM | {"申请材料": json.dumps(rows), "受理条件": "<p>1.有船；</p><p>2.有<b>泊位</b>。</p>"})
    document = file.guide.variants[0].documents[0]
    assert (document.name.zh, document.originals, document.photocopies) == ("申请表", 1, 2) and "申请材料/原件" in report.found
    assert [row.zh for row in file.guide.conditions] == ["有船；", "有泊位。"]
    assert one(ITEM | {"备注": "见[2]", "适用范围": "[3]"})[1].guide.scope.zh == "[3]"


def test_national_tables_with_their_column_names():
    report, file = one({"up_task_general_basic": {"task_name": "船具登记", "promise_day": 5, "promise_type": "1", "TaskType": "行政许可"},
                        "up_task_general_material": [{"material_name": "申请表", "is_need": "3", "page_num": 2, "source_type": "10", "remark": "手写"}],
                        "up_task_general_questions": [{"question": "多久？", "answer": "五天。", "order_num": 1}]})
    document = file.guide.variants[0].documents[0]
    assert (document.necessity, document.source, document.copies_note.zh, document.remark.zh) == ("later", "applicant", "2", "手写")
    assert file.guide.item.kind == "licence" and file.guide.variants[0].promised.amount == 5 and file.guide.questions[0].answer.zh == "五天。"
    assert "申请材料" in report.found and report.unplaced == []


@pytest.mark.parametrize("value", [{"材料列表": [{"材料名称": "申请表", "必要性": "必要"}]}, {"1": {"材料名称": "申请表", "必要性": "必要"}},
                                   {"材料名称": "申请表", "必要性": "必要"}])
def test_rows_one_level_further_in(value):
    report, file = one(ITEM | {"申请材料": value})
    assert [(row.name.zh, row.necessity) for row in file.guide.variants[0].documents] == [("申请表", "required")] and "申请材料" in report.found


def test_documents_by_situation_carry_it_as_their_condition():
    _, file = one(ITEM | {"申请材料": {"首次": [{"材料名称": "申请表"}], "遗失": [{"材料名称": "声明"}]}})
    assert [(row.name.zh, row.when_note.zh) for row in file.guide.variants[0].documents] == [("申请表", "首次"), ("声明", "遗失")]


def test_a_shape_without_a_place_is_not_found():
    report, file = one(ITEM | {"申请材料": {"甲": "见附件", "张数": "三"}, "审批结果": {"甲": "乙"}})
    assert file.guide.variants[0].documents == [] == file.guide.variants[0].results
    assert {"申请材料", "审批结果"} <= set(report.missing) and "申请材料：甲：见附件；张数：三" in report.unplaced


def test_a_result_a_limit_and_contacts_in_fields_of_their_own():
    _, file = one(ITEM | {"审批结果": {"名称": "船具证", "类型": "证照", "有效期": "5年"}, "法定办结时限": {"数值": 20, "单位": "自然日"},
                          "咨询投诉": {"咨询电话": "0999-5550011", "投诉电话": "0999-5550012"}})
    variant = file.guide.variants[0]
    assert (variant.results[0].name.zh, variant.results[0].validity.zh) == ("船具证", "5年")
    assert (variant.statutory.amount, variant.statutory.unit) == (20, Unit.DAY)
    assert [row.telephone for row in (*file.guide.enquiries, *file.guide.complaints)] == ["0999-5550011", "0999-5550012"]


def test_stages_of_a_table_stand_beside_a_chain_of_more_names():
    report, file = one(ITEM | {"办理流程": "流程概要：申请 → 受理 → 审查 → 决定 → 送达", "steps": [
        {"步骤": "受理", "时限": "1个工作日", "审批人": "窗口"}, {"步骤": "决定", "时限": "2个工作日"}]})
    stages = file.guide.variants[0].stages
    assert [(row.name.zh, int(row.limit.amount)) for row in stages] == [("受理", 1), ("决定", 2)] and stages[0].post.zh == "窗口"
    assert "办理环节" in report.found and report.unplaced == []


def test_brackets_behind_a_name_in_other_words_of_the_lists():
    report, file = one(ITEM | {"materials": [{"序号": 1, "材料名称": "申请表（申请人自备，纸质/电子）", "必要性": "必需"},
                                             {"序号": 2, "材料名称": "证明（死亡的提供）（政府部门核发，电子）", "必要性": "必需"}]})
    form, proof = file.guide.variants[0].documents
    assert (form.name.zh, form.medium, proof.name.zh, proof.medium, proof.when_note.zh) == ("申请表", "either", "证明", "electronic", "死亡的提供")
    assert "申请材料/材料名称" in report.found


def test_half_a_character_and_numbers_that_are_none():
    (found,) = sources.read("x.json", json.dumps(ITEM | {"适用范围": "甲\ud800乙"}).encode(), "x")
    report, file = found.report, found.file
    assert file.guide.scope.zh == "甲?乙" and json.dumps([report.plain()], ensure_ascii=False).encode()
    (found,) = sources.read("x.json", b'{"fields": {"a": NaN}}', "x")
    assert "JSON" in found.report.errors[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_byte_characters_without_a_mark(encoding):
    (found,) = sources.read("x.json", json.dumps(ITEM, ensure_ascii=False).encode(encoding), "x")
    assert found.report.title == "船具登记"


def test_remedies_by_kind_and_with_labels_in_a_sentence():
    body = {"部门": "青禾县人民政府", "地址": "湖滨路1号", "电话": "0999-5550031"}
    _, file = one(ITEM | {"review": {"行政复议": body, "行政诉讼": {"部门": "青禾县人民法院"}}})
    assert [(row.kind, row.body.zh, row.telephone) for row in file.guide.remedies] == [
        ("review", "青禾县人民政府", "0999-5550031"), ("lawsuit", "青禾县人民法院", None)]
    report, file = one(ITEM | {"行政复议": "青禾县人民政府（地址：湖滨路1号，电话：0999-5550031）", "行政诉讼": "青禾县人民法院"})
    assert {"行政复议", "行政诉讼"} <= set(report.found) and file.guide.remedies[1].body.zh == "青禾县人民法院"
    assert (file.guide.remedies[0].address.zh, file.guide.remedies[0].telephone) == ("湖滨路1号", "0999-5550031")


def test_several_places_with_their_hours_are_several_windows():
    report, file = one(ITEM | {"办理地点与时间": ["县大厅 / 周一至周五: 9:00-12:00 / 湖滨路1号", "柳溪镇大厅 / 周一至周六: 9:00-11:00 / 柳溪街2号"]})
    assert [(row.name.zh, row.address.zh, len(row.hours[0].days)) for row in file.offerings[0].windows] == [
        ("县大厅", "湖滨路1号", 5), ("柳溪镇大厅", "柳溪街2号", 6)]
    assert "办理地点与时间" in report.found


def test_agencies_promises_and_depths_in_other_words():
    report, file = one(ITEM | {"网上办理深度": "全程网办（Ⅳ级）", "materials": [
        {"材料名称": "图纸（租船的项目提供）", "必要性": "必要", "是否告知承诺": "是", "材料模板": "空表.doc"}],
        "中介服务": [{"材料名称": "图纸", "中介服务事项名称": "制图", "中介服务事项编码": "99000001"}]})
    paper = file.guide.variants[0].documents[0]
    assert file.guide.access.online_depth == "IV" and paper.agency.name.zh == "制图" and paper.commitment and paper.blank_form.zh == "空表.doc"
    assert paper.when_note.zh == "租船的项目提供" and {"中介服务", "网上办理深度", "申请材料"} <= set(report.found)


def test_none_beside_some_is_told_with_its_element():
    report, _ = one(ITEM | {"特别程序": "无", "special": [{"类型": "听证", "总时限": "5个工作日"}]})
    assert "特别程序" in report.missing and "特别程序：无" in report.unplaced


def test_a_page_with_a_tag_or_two_keeps_its_lines():
    (found,) = read({"title": "渔具登记", "text": "一、办理条件\n有<b>渔船</b>\n二、申请材料\n1.登记表\n2.照片\n"})
    assert [row.name.zh for row in found.file.guide.variants[0].documents] == ["登记表", "照片"]
    assert [row.zh for row in found.file.guide.conditions] == ["有渔船"]


@pytest.mark.parametrize("value", [
    {"t": {"task_name": "事项名称(<=1000)", "task_type": "事项类型", "use_level": "行使层级(<=11)", "row_guid": "标识"}},
    {"codes": {"TASK_TYPE": {"01": "许可"}}, "rates": {"PROMISE_DAY": 0.9}},
])
def test_a_description_of_fields_is_no_guide(value):
    (found,) = read(value)
    assert found.file is None and "不是指南" in found.report.errors[0]
