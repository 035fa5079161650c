"""rules/importing: telephones glued to words, hours, laws taken apart, fees, and that nothing of them is lost or made up."""
import pytest

from portal.rules.importing import hours, laws, people
from portal.rules.importing.draft import Draft
from portal.rules.importing.elements import ELEMENTS


def placed(label: str, value):
    """The document that one element makes, and whether every claim about it holds."""
    draft = Draft()
    draft.at(label, label)
    ELEMENTS[label](draft, value)
    file = draft.finish("测试事项")
    return file, draft, all(claim.holds(file) for claim in draft.claims)


@pytest.mark.parametrize(("said", "rows"), [
    ("水利站0999-5550011", [("水利站", "0999-5550011", None)]),
    ("水利站０９９９－５５５００１１（仅咨询）", [("水利站", "0999-5550011", "仅咨询")]),
    ("咨询电话:0999-5550011", [(None, "0999-5550011", None)]),
    ("0999-5550011、0999-5550012", [(None, "0999-5550011、0999-5550012", None)]),
    ("县局：0999-5550011，镇站：0999-5550012", [("县局", "0999-5550011", None), ("镇站", "0999-5550012", None)]),
    ("12345", [(None, "12345", None)]),
    ("0999-123456", [(None, "0999-123456", None)]),
    ("请到窗口询问", [(None, None, "请到窗口询问")]),
])
def test_contacts(said, rows):
    file, _, holds = placed("咨询方式", said)
    assert [(row.name and row.name.zh, row.telephone, row.note and row.note.zh) for row in file.guide.enquiries] == rows
    assert holds and not file.unplaced


def test_dates_and_codes_are_no_telephones():
    assert people.telephones("2031-05-06 起，编码999123020000，地块3号") == []
    assert people.telephones("电话5550011，2031年5月") == ["5550011"]


def test_one_number_for_enquiries_and_complaints_stands_in_both():
    file, _, holds = placed("咨询投诉", "0999-5550011")
    assert holds and file.guide.enquiries[0].telephone == file.guide.complaints[0].telephone == "0999-5550011"


@pytest.mark.parametrize(("said", "days", "spans", "noted"), [
    ("周一至周五 上午9：00—12：00，下午2:30-5:30", 5, [("09:00", "12:00"), ("14:30", "17:30")], False),
    ("早上8:00-12:00,下午14:00-18:00(周一至周六)", 6, [("08:00", "12:00"), ("14:00", "18:00")], False),
    ("星期一至星期五：9:00-12:00（国家法定节假日除外）", 5, [("09:00", "12:00")], True),
    ("法定工作日: 上午: 09:00 - 12:00; 下午: 12:00 - 17:00;", 5, [("09:00", "12:00"), ("12:00", "17:00")], True),
])
def test_hours_are_read_and_keep_what_spans_cannot_say(said, days, spans, noted):
    file, _, holds = placed("办理时间", said)
    window = file.offerings[0].windows[0]
    assert [(span.opens, span.closes) for span in window.hours[0].spans] == spans and len(window.hours[0].days) == days
    assert (window.hours_note is not None) == noted and holds


def test_seasons_and_hours_without_days_stay_words():
    assert hours.read("上午9:00-12:00") is None
    assert hours.read("夏令时:周一至周五9:00-12:00 冬令时:周一至周五10:00-12:00") is None
    file, _, holds = placed("办理时间", "上午9:00-12:00")
    assert file.offerings[0].windows[0].hours_note.zh == "上午9:00-12:00" and holds


@pytest.mark.parametrize(("said", "law", "number", "articles"), [
    ("《虚构水法》第七条、第四十八条", "虚构水法", None, "第七条、第四十八条"),
    ("《虚构条例》（虚构令第9号）第二条第二款", "虚构条例", "虚构令第9号", "第二条第二款"),
    ("《虚构条例》第二十五条(虚构令第460号);", "虚构条例", "虚构令第460号", "第二十五条"),
    ("《虚构条例》(2016年修正)第七条", "虚构条例(2016年修正)", None, "第七条"),
    ("《虚构通知》虚发〔2021〕43号", "虚构通知", "虚发〔2021〕43号", None),
    ("虚构县管理办法(修订版)第三条 井须备案", "虚构县管理办法(修订版)", None, "第三条"),
    ("虚民发(2012)11号文件", "虚民发(2012)11号文件", None, None),
])
def test_a_law_is_taken_apart_without_loss(said, law, number, articles):
    row = laws.basis(said)
    assert (row.law.zh, row.number and row.number.zh, row.articles and row.articles.zh) == (law, number, articles)
    assert laws.same(laws.say(row), said)


def test_several_laws_in_one_line():
    file, _, holds = placed("设定依据", "《甲法》第一条、《乙条例》(乙令第2号)第三条、第四条。《丙办法》")
    assert [row.law.zh for row in file.guide.legal_basis] == ["甲法", "乙条例", "丙办法"] and holds


@pytest.mark.parametrize(("said", "free"), [
    ("不收费", True), ("免费。", True), ("无", True), ("否", True), ("不收取费用", True), ("是", False), ("每本收取工本费10元", False),
    ("按省定标准执行", None), ("免费，复印自理", True),
])
def test_whether_a_fee_is_charged(said, free):
    file, _, holds = placed("收费", said)
    assert file.guide.variants[0].free is free and holds and not file.unplaced


def test_an_amount_is_in_fen_where_it_is_the_only_one():
    file, _, _ = placed("收费", "80元/件")
    assert file.guide.variants[0].fees[0].fen == 8000
    file, _, _ = placed("收费", "住宅80元，其他550元")
    assert file.guide.variants[0].fees[0].fen is None and "550" in file.guide.variants[0].fees[0].standard.zh


def test_none_is_only_found_where_the_document_says_so():
    file, draft, holds = placed("委托部门", "无")
    assert holds and file.guide.none_stated == ["委托部门"] and file.guide.item.delegated_by is None
    bare = file.model_copy(update={"guide": file.guide.model_copy(update={"none_stated": []})})
    assert not draft.claims[0].holds(bare)


def test_a_second_word_for_the_same_place_is_told():
    draft = Draft()
    for said in ("承诺件", "即办件"):
        draft.at("办件类型", "办件类型")
        ELEMENTS["办件类型"](draft, said)
    file = draft.finish("测试事项")
    assert file.guide.item.handling == "committed" and file.unplaced == ["办件类型：即办件"] and draft.refused == ["办件类型"]


@pytest.mark.parametrize(("label", "said"), [
    ("办件类型", "特急件"), ("网办深度", "点击查看"), ("服务对象", "自然人，外星人"), ("基本编码", "见网页"), ("到办事现场次数", "若干"),
    ("网办地址", "点击访问"), ("承诺办结时限", "另行通知"), ("计划生效日期", "明年"), ("是否进驻政务大厅", "部分"),
])
def test_words_that_mean_nothing_known_are_kept_unplaced(label, said):
    file, draft, _ = placed(label, said)
    assert draft.refused and [said in text for text in file.unplaced] == [True] and not draft.claims


@pytest.mark.parametrize(("label", "said", "found"), [
    ("服务对象", "自然人^企业法人", lambda file: file.guide.item.audiences == ["person", "company"]),
    ("服务对象", "法人/自然人", lambda file: file.guide.item.audiences == ["organisation", "person"]),
    ("办理形式", "窗口办理/网上办理", lambda file: file.guide.access.ways == ["window", "online"]),
    ("办理形式", "1^2", lambda file: file.guide.access.ways == ["window", "online"]),
    ("办理形式", "线上、线下", lambda file: file.guide.access.ways == ["online", "window"]),
    ("到办事现场次数", "最多跑一次", lambda file: file.guide.access.visits.times == 1),
    ("事项类型", "依申请公共服务", lambda file: file.guide.item.kind == "public_service"),
    ("通办范围", "本县", lambda file: file.guide.access.cross_region[0].kind == "county"),
])
def test_other_words_for_values_of_the_lists(label, said, found):
    file, draft, holds = placed(label, said)
    assert found(file) and holds and not draft.refused
