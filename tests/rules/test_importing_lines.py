"""rules/importing: pages whose headings stand in brackets, tables, markdown or another script, and what is counted behind a name."""
import pytest

from portal.rules.importing import headings, hours, results, sources, steps


def read(text: str, name: str = "x.txt") -> list[sources.Imported]:
    return sources.read(name, text.encode(), "x")


def one(text: str, name: str = "x.txt"):
    (found,) = read(text, name)
    assert found.report.errors == []
    return found.report, found.file


def test_headings_in_square_brackets():
    report, file = one("【事项名称】渔具登记\n【办理依据】《虚构渔业法》第四条\n【受理条件】有渔船【申请材料】\n序号\t材料名称\t份数\t备注\n1\t登记表\t原件1份\t\n"
                       "2\t照片\t2张\t彩色\n【承诺时限】3个工作日\n【收费标准】不收费\n【咨询电话】0999-5550001")
    assert [(row.name.zh, row.remark and row.remark.zh) for row in file.guide.variants[0].documents] == [("登记表", None), ("照片", "彩色")]
    assert file.guide.enquiries[0].telephone == "0999-5550001" and report.missing == ["办理流程"] and report.unplaced == []


def test_a_table_of_headings_with_numbers_before_them():
    report, file = one("序号 | 项目 | 内容 |\n1 | 事项名称 | 渔具登记 |\n2 | 办理依据 | 《虚构渔业法》第四条 |\n3 | 年检 | 每年一次 |\n"
                       "4 | 申报材料 | 1.登记表；2.照片 |\n5 | 承诺时限 | 3个工作日 |\n6 | 联系电话 | 0999-5550001 |")
    assert report.title == "渔具登记" and [row.name.zh for row in file.guide.variants[0].documents] == ["登记表", "照片"]
    assert file.guide.variants[0].promised.amount == 3 and any("每年一次" in text for text in report.unplaced)


def test_rows_that_have_every_cell_keep_their_columns():
    report, file = one("渔具登记\n申请条件\n有渔船\n申请材料\n材料名称\t材料类型\t来源渠道\t纸质材料\t材料必要性\n登记表\t原件\t申请人自备\t2份\t必要\n"
                       "评估书\t原件和复印件\t评估公司\t1份\t非必要\n")
    form, report_paper = file.guide.variants[0].documents
    assert (form.originals, form.source, form.necessity) == (2, "applicant", "required")
    assert (report_paper.copies_note.zh, report_paper.source, report_paper.necessity) == ("1份", None, "optional")
    assert "来源渠道：评估公司" in report.unplaced and "申请材料/来源渠道" in report.missing


def test_marks_of_markdown_and_numbers_of_sheets():
    report, file = one("# 渔具登记办事指南\n\n## 一、受理条件\n- 有渔船\n- 有泊位\n第 1 页 共 2 页\n## 二、申请材料\n| 材料名称 | 数量 |\n|---|---|\n"
                       "| 登记表 | 原件2份 |\n## 三、办理流程\n1. **受理**：窗口\n2. **决定**：局长\n")
    assert report.title == "渔具登记" and [row.zh for row in file.guide.conditions] == ["有渔船", "有泊位"]
    assert file.guide.variants[0].documents[0].originals == 2 and [row.name.zh for row in file.guide.variants[0].stages] == ["受理", "决定"]
    assert report.unplaced == ["第 1 页 共 2 页"]


def test_traditional_characters():
    report, file = one("漁具登記辦事指南\n一、辦理依據\n《虛構漁業法》第四條\n二、申請條件\n有漁船\n三、申請材料\n1、登記表\n四、辦理流程\n受理→審查→決定\n"
                       "五、辦理時限\n3個工作日\n六、收費標準\n不收費\n七、聯繫電話\n0999-5550001\n")
    variant = file.guide.variants[0]
    assert report.missing == [] and report.title == "漁具登記" and variant.free is True and variant.promised.amount == 3
    assert file.guide.legal_basis[0].articles.zh == "第四條" and [row.kind for row in variant.stages] == ["accept", "examine", "decide"]


def test_several_services_take_their_titles_from_the_lines_above_them():
    text = "某街道办事指南\n一、渔具登记\n（一）办理条件\n有渔船\n（二）所需材料\n1.登记表\n二、渔具注销\n（一）办理条件\n无渔船\n（二）所需材料\n1.注销表\n"
    assert [row.report.title for row in read(text)] == ["渔具登记", "渔具注销"]


@pytest.mark.parametrize(("said", "name", "originals", "photocopies"), [
    ("登记表（原件1份）", "登记表", 1, None), ("身份证，原件1份，复印件2份", "身份证", 1, 2), ("户口簿（原件一份、复印件两份）", "户口簿", 1, 2),
    ("身份证复印件2份", "身份证复印件2份", None, 2), ("身份证、户口簿复印件各1份", "身份证、户口簿复印件各1份", None, None), ("照片2张", "照片2张", None, None),
    ("合同（租船的提供），原件1份", "合同", 1, None),
])
def test_sheets_counted_behind_a_name(said, name, originals, photocopies):
    report, file = one(f"渔具登记\n一、申请材料\n1、{said}；\n2、申请书\n二、收费标准\n不收费\n")
    row = file.guide.variants[0].documents[0]
    assert (row.name.zh, row.originals, row.photocopies) == (name, originals, photocopies)
    assert "申请材料" in report.found and report.unplaced == []


def test_a_heading_alone_with_a_colon_ends_the_list_before_it():
    _, file = one("许可事项名称：伐木\n许可条件：\n（1）有林地；\n（2）有设计。\n提交材料目录：\n（1）申请表，原件1份；\n证照名称：伐木证\n有效期：6个月\n年检要求：无\n")
    assert [row.zh for row in file.guide.conditions] == ["有林地；", "有设计。"] and len(file.guide.variants[0].documents) == 1
    assert file.guide.variants[0].results[0].validity.zh == "6个月" and "年检要求：无" in file.unplaced


def test_a_number_before_a_shared_heading_is_no_text():
    report, file = one("渔具登记\n1. 申请对象：渔民\n2. 办理程序：申请，登记\n3. 联系电话：0999-5550001\n4. 监督电话：0999-5550002\n")
    assert report.unplaced == [] and file.guide.complaints[0].telephone == "0999-5550002"


def test_contacts_under_their_plain_name():
    report, _ = one("渔具登记\n一、办理条件\n有船\n二、收费标准\n免费\n三、联系方式：0999-5550001\n")
    assert "咨询方式" in report.found and "咨询方式" not in report.missing


@pytest.mark.parametrize(("said", "label"), [
    ("收费项目、标准及依据", "收费"), ("办理单位、地址及联系电话", "咨询方式"), ("身份证、户口簿等证件", None), ("材料、手续", None),
])
def test_headings_of_several_words(said, label):
    assert (headings.exact(said) or headings.by_shape(said)) == label


@pytest.mark.parametrize(("said", "names"), [
    ("申请—受理—现场审查—决定", ["申请", "受理", "现场审查", "决定"]), ("申请-审核-发放", ["申请", "审核", "发放"]), ("0999-5550001", []), ("甲-乙", []),
    ("周一-周五-周六", ["周一", "周五", "周六"]),
])
def test_names_between_dashes(said, names):
    assert steps.chain(said) == names


@pytest.mark.parametrize(("said", "found"), [
    ("捕鱼证；不予许可决定书", [("捕鱼证", False), ("不予许可决定书", True)]), ("准予（不予）许可决定书", [("准予（不予）许可决定书", False)]),
    ("不予批准通知书", [("不予批准通知书", True)]), ("变更、延续捕鱼证", [("变更、延续捕鱼证", False)]), ("批复或捕鱼证", [("批复", False), ("捕鱼证", False)]),
])
def test_results_on_a_line(said, found):
    _, file = one(f"渔具登记\n一、办理条件\n有船\n二、审批结果\n{said}\n")
    assert [(row.name.zh, row.refusal) for row in file.guide.variants[0].results] == found
    assert results.kind_of("捕鱼证") == "certificate"


def test_a_day_with_hours_of_its_own_is_not_taken_for_the_weeks():
    assert hours.read("周一至周五: 9:00-12:00; 周六: 9:00-11:00") is None
    assert len(hours.read("周一至周六: 9:00-12:00").days) == 6


def test_a_law_over_several_lines_is_one():
    _, file = one("渔具登记\n一、办理依据：《虚构渔业法》第九条：凡在湖泊、水库以及其他水域从事捕捞的单位\n和个人应当登记渔具并悬挂标志，不得转借。\n二、办理条件\n有船\n")
    assert [row.law.zh for row in file.guide.legal_basis] == ["虚构渔业法"] and "单位和个人" in file.guide.legal_basis[0].content.zh


def test_a_name_spaced_out():
    assert one("渔 具 登 记\n办 理 条 件：有船\n收 费 标 准：免  费\n")[0].title == "渔具登记"


def test_tables_of_stages_and_laws_under_their_headings():
    report, file = one("<h1>渔具登记</h1><h3>受理条件</h3><p>有船</p><h3>办理流程</h3><table><tr><th>环节名称<th>办理时限<th>办理人员<tr><td>受理<td>1个工作日<td>甲"
                       "<tr><td>决定<td>当场<td></table><h3>设定依据</h3><table><tr><th>法律法规名称<th>依据文号<th>条款号<tr><td>虚构渔业法<td>虚令第2号<td>第四条</table>",
                       "x.html")
    stages = file.guide.variants[0].stages
    assert [(row.name.zh, row.post and row.post.zh, row.limit.unit) for row in stages] == [("受理", "甲", "workday"), ("决定", None, "on_the_spot")]
    assert [(row.law.zh, row.number.zh, row.articles.zh) for row in file.guide.legal_basis] == [("虚构渔业法", "虚令第2号", "第四条")]
    assert {"办理流程", "设定依据"} <= set(report.found) and report.unplaced == []


def test_stages_with_their_time_between_arrows():
    report, file = one("渔具登记\n一、办理条件\n有船\n二、办理流程\n受理（1个工作日）→审查（含现场核查）→决定（2个工作日）\n")
    assert [(row.name.zh, row.limit and int(row.limit.amount)) for row in file.guide.variants[0].stages] == [
        ("受理", 1), ("审查（含现场核查）", None), ("决定", 2)]
    assert "办理环节" in report.found and report.unplaced == []


def test_sections_of_the_national_licence_guide():
    report, file = one(
        "一、项目名称：渔具登记\n二、申请条件\n有船\n三、审批结果\n《渔具证》，有效期5年\n四、行政相对人权利和义务\n（一）依法享有以下权利：知情权、申辩权。\n"
        "（二）依法履行以下义务：如实提供材料。\n五、办公地址和时间\n地址：县大厅（湖滨路1号）\n时间：周一至周五上午8:30-12:00\n")
    assert [row.zh for row in (*file.guide.rights, *file.guide.duties)] == ["知情权、申辩权。", "如实提供材料。"]
    result, window = file.guide.variants[0].results[0], file.offerings[0].windows[0]
    assert (result.name.zh, result.validity.zh) == ("渔具证", "有效期5年") and window.address.zh == "县大厅（湖滨路1号）" and window.hours[0].spans
    assert not {"办理地点与时间", "审批结果"} & set(report.missing)


def test_headings_that_ask():
    report, file = one("捕鱼证\n一、需带什么材料\n1、身份证\n2、照片\n二、到哪里办\n县大厅\n三、多长时间能办好\n7个工作日\n四、要交多少钱\n60元/证\n")
    assert {"申请材料", "办理地点", "承诺办结时限", "收费"} <= set(report.found) and file.guide.variants[0].fees[0].fen == 6000


def test_the_end_of_a_page_is_no_contact():
    report, file = one("渔具登记\n一、办理条件\n有船\n二、政策咨询\n县渔业局  联系电话：0999-5550001\n青禾县渔业局\n2031年3月1日\n")
    assert len([row for row in file.guide.enquiries if row.telephone]) == 1 and "青禾县渔业局：2031年3月1日" in report.unplaced
    report, file = one("渔具登记\n一、办理条件\n有船\n二、监督电话\n0999-5550002\n【打印本页】 【关闭窗口】\n")
    assert len(file.guide.complaints) == 1 and "打印本页" in report.unplaced


def test_the_name_of_a_sub_item_begins_no_other_service():
    report, file = one("事项名称：捕鱼许可\n子项名称：湖区捕鱼许可\n事项类型：行政许可\n子项名称：无\n办理条件：有船\n")
    assert report.title == "捕鱼许可" and "子项名称：湖区捕鱼许可" in report.unplaced and file.guide.item.kind == "licence"


def test_sheets_in_the_column_of_forms_and_rows_that_end_in_an_empty_cell():
    report, file = one("<h1>渔具登记</h1><p>一、申请条件</p><p>有船</p><p>二、办理材料</p><table><tr><td>序号<td>材料名称<td>材料形式<td>详细要求<td>必要性及描述<td>备注</tr>"
                       "<tr><td>1<td>登记表<td>原件<td>填写完整<td>必要<td></td></tr><tr><td>2<td>照片<td>原件、复印件<td>清晰<td>非必要<td>彩色</tr></table>", "x.html")
    assert [(row.name.zh, row.copies_note.zh, row.requirements.zh, row.necessity, row.remark and row.remark.zh)
            for row in file.guide.variants[0].documents] == [
        ("登记表", "原件", "填写完整", "required", None), ("照片", "原件、复印件", "清晰", "optional", "彩色")]
    assert "申请材料" in report.found and report.unplaced == []


@pytest.mark.parametrize(("said", "rows"), [
    ("咨询电话：0999-5550001(县局) 0999-5550002(镇站)", [(None, "0999-5550001", "县局"), (None, "0999-5550002", "镇站")]),
    ("联系人：赵某  联系电话：5550003", [("赵某", "5550003", None)]),
])
def test_people_and_numbers_on_a_line(said, rows):
    _, file = one(f"渔具登记\n一、办理条件\n有船\n二、收费标准\n免费\n三、{said}\n")
    assert [(row.name and row.name.zh, row.telephone, row.note and row.note.zh) for row in file.guide.enquiries] == rows


def test_the_foot_of_a_site_is_no_contact():
    report, file = one("渔具登记\n一、办理条件\n有船\n二、监督电话\n0999-5550002\n主办：青禾县人民政府办公室 ICP备案号：青ICP备05000001号\n")
    assert [row.telephone for row in file.guide.complaints] == ["0999-5550002"] and "青ICP备05000001号" in " ".join(report.unplaced)


def test_laws_with_a_comma_between_them():
    _, file = one("渔具登记\n一、办理依据：《虚构渔业法》第四条,《虚构船舶条例》第七条\n二、办理条件\n有船\n")
    assert [(row.law.zh, row.articles.zh) for row in file.guide.legal_basis] == [("虚构渔业法", "第四条"), ("虚构船舶条例", "第七条")]
