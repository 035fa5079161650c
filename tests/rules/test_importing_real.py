"""rules/importing: the real guides, as a reader of each found them: numbers, codes and counts, no sentence of theirs."""
import hashlib
import json
from pathlib import Path

import pytest

from portal.rules.guide import yaml
from portal.rules.guide.codes import StageKind, Unit
from portal.rules.importing import sources

NAMES = ["b01_beijing_110000_ldzc", "b02_beijing_110119_ldzc", "g01_gz_shawan_juzhuzheng", "g04_huazhou_bdc_scdj", "p01_taibai_ggcswsxk",
         "p02_zhongmu_stbc", "p03_huaxian_lmcf", "p06_jinzhai_guoziyuan_cjr", "p07_jinzhai_yanzihe_sbkzx", "p10_jinzhai_yanzihe_sbkqy",
         "p11_luochuan_gljt", "p14_dazu_jinshan_syfwz", "p18_wanyuan_qsxk", "p21_jiang_lsjz"]

# What each page's text has, of name, basis, conditions, documents, procedure or stages, limit, fee and contact.
HAS = {
    "p01": "事项名称 受理条件 申请材料 法定办结时限 承诺办结时限 基本编码 事项类型 办件类型 审批结果 审批结果样本 通办范围 服务对象 办理地点与时间",
    "p02": "事项名称 设定依据 申请材料 办理流程 承诺办结时限 收费 咨询方式 办理地点 结果送达方式",
    "p03": "事项名称 地方基本编码 设定依据 适用范围 受理条件 申请材料 承诺办结时限 收费 办理地点 咨询方式 监督投诉方式",
    "p06": "事项名称 设定依据 受理条件 承诺办结时限 办理地点 办理流程 结果送达方式 收费 申请材料 咨询方式 监督投诉方式",
    "p07": "事项名称 受理条件 承诺办结时限 申请材料",
    "p10": "事项名称 受理条件 承诺办结时限",
    "p11": "事项名称 实施主体 设定依据 受理条件 申请材料 办理流程 办理地点 办理时间 咨询方式 法定办结时限 收费",
    "p14": "事项名称 受理条件 受理机构 办理流程 咨询方式 监督投诉方式",
    "p18": "事项名称 适用范围 设定依据 受理条件 申请材料 办理流程 承诺办结时限 收费 审批结果 办理环节",
    "p21": "事项名称 办理流程 办理地点 咨询方式",
}
# What it has not, so that it must not be found.
HAS_NOT = {
    "p01": "设定依据 办理流程 收费 咨询方式 是否网办 中介服务", "p02": "受理条件 法定办结时限 办理时间", "p03": "办理流程 法定办结时限 基本编码",
    "p06": "法定办结时限 办理时间", "p07": "设定依据 收费 法定办结时限 办理流程", "p10": "申请材料 收费", "p11": "承诺办结时限 监督投诉方式",
    "p14": "申请材料 承诺办结时限 法定办结时限 收费 设定依据", "p18": "法定办结时限 咨询方式", "p21": "申请材料 承诺办结时限 法定办结时限 收费",
}


@pytest.fixture(scope="module")
def guides(material) -> dict[str, tuple]:
    """Report, draft and source of every real guide, by the first part of its name."""
    found = {}
    for name in NAMES:
        data = (Path(material) / "guides" / f"{name}.json").read_bytes()
        (one,) = sources.read(f"{name}.json", data, name)
        found[name.partition("_")[0]] = (one.report, one.file, json.loads(data))
    return found


def facts(file, variant: int = 0):
    guide = file.guide
    return guide, guide.variants[variant]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize("name", [name.partition("_")[0] for name in NAMES])
def test_all_become_drafts_that_survive_yaml(guides, name):
    report, file, _ = guides[name]
    assert report.errors == [] and yaml.load(yaml.dump(file)) == file


def leaves(value, path=()):
    """Every named cell of a structured guide: the fields, and each column of each table."""
    if isinstance(value, dict) and path and not isinstance(path[-1], int):
        yield from ((path, key) for key in value)
    if isinstance(value, list):
        yield from ((path, key) for row in value if isinstance(row, dict) for key in row)


@pytest.mark.parametrize("name", ["b01", "b02", "g01", "g04"])
def test_structured_guides_are_placed_to_nine_tenths(guides, name):
    report, _, value = guides[name]
    fields = list(value["fields"])
    assert sum(label in report.found for label in fields) >= 0.9 * len(fields)
    columns = {key for table in ("materials", "steps", "laws", "fees", "windows", "review", "agencies")
               for _, key in leaves(value.get(table, []), (table,))}
    found = {element.partition("/")[2] for element in report.found}
    assert len(columns & found) >= 0.9 * len(columns)
    assert not [text for text in report.unplaced if text in json.dumps(value["fields"], ensure_ascii=False)]


@pytest.mark.parametrize("name", HAS)
def test_pages_are_placed_where_they_say_it_and_nothing_is_made_up(guides, name):
    report = guides[name][0]
    assert set(HAS[name].split()) <= set(report.found)
    assert not set(HAS_NOT[name].split()) & set(report.found)


def test_limits_are_the_right_ones(guides):
    def told(name):
        variant = guides[name][1].guide.variants[0]
        return [limit and (limit.unit, limit.amount and float(limit.amount)) for limit in (variant.statutory, variant.promised)]

    day, spot, month = Unit.WORKDAY, (Unit.ON_THE_SPOT, None), (Unit.MONTH, 1.0)
    assert {name: told(name) for name in guides} == {
        "b01": [None, None], "b02": [None, None], "g01": [(day, 5), (day, 5)], "g04": [(day, 30), (day, 1)], "p01": [(day, 20), spot],
        "p02": [None, (day, 2)], "p03": [None, (day, 3)], "p06": [None, spot], "p07": [None, (day, 1)], "p10": [None, (day, 1)],
        "p11": [month, None], "p14": [None, None], "p18": [None, (day, 3)], "p21": [None, None]}


def test_documents_are_counted(guides):
    counts = {name: len(file.guide.variants[0].documents) for name, (_, file, _) in guides.items()}
    assert counts == {"b01": 3, "b02": 3, "g01": 4, "g04": 7, "p01": 6, "p02": 2, "p03": 5, "p06": 4, "p07": 2, "p10": 0, "p11": 4,
                      "p14": 0, "p18": 3, "p21": 0}


def test_two_results_with_a_limit_each_and_names_without_their_brackets(guides):
    for name in ("b01", "b02"):
        guide, variant = facts(guides[name][1])
        assert [(row.limit.amount, row.refusal) for row in variant.results] == [(5, False), (5, True)]
        assert [(row.originals, row.source, row.medium, len(row.name.zh)) for row in variant.documents] == [
            (3, "applicant", "paper", 5), (1, "applicant", "paper", 5), (1, "government", "paper", 4)]
        assert variant.documents[1].when_note and variant.documents[1].necessity == "required"
        assert len(guide.conditions) == 7 and [stage.kind for stage in variant.stages] == ["accept", "decide", "certify"]
    spans = guides["b02"][1].offerings[0].windows[0].hours[0].spans
    assert [(span.opens, span.closes) for span in spans] == [("09:00", "12:00"), ("12:00", "17:00")]
    assert digest(guides["b01"][1].guide.item.department) != digest(guides["b02"][1].guide.item.department)


def test_a_street_stations_guide(guides):
    guide, variant = facts(guides["g01"][1])
    assert [float(stage.limit.amount) for stage in variant.stages] == [0.5, 0.5, 2, 1, 1]
    assert sum(stage.limit.amount for stage in variant.stages) == variant.promised.amount
    assert (guide.item.code, guide.item.department_code, guide.item.tiers) == ("442106041001", "TE4401135000001190", ["township"])
    assert guides["g01"][1].offerings[0].implementation_code == "TE44011350000011905442106041001"
    assert len(guide.legal_basis) == 8 and {str(row.effective_on) for row in guide.legal_basis} == {"2019-11-29"}
    assert [row.telephone for row in guide.complaints] == ["020-123456"] and len(guide.none_stated) == 6
    assert variant.documents[1].when_note and variant.documents[1].necessity == "required" and guide.delivery == ["electronic"]


def test_a_county_citys_registration(guides):
    guide, variant = facts(guides["g04"][1])
    offering = guides["g04"][1].offerings[0]
    assert (len(offering.implementation_code), len(offering.business_code)) == (31, 33)
    assert [(row.limit.amount, row.limit.unit) for row in variant.not_counted] == [(60, Unit.WORKDAY)]
    assert guide.access.online_depth == "IV" and guide.access.visits.times == 0 and guide.access.visits.reason is None
    assert [(row.kind, len(row.regions)) for row in guide.access.cross_region] == [("provinces", 1), ("abroad", 3), ("city", 7)]
    assert variant.documents[2].exempt and variant.documents[3].when_note and variant.documents[6].agency.code.startswith("20230824")
    assert variant.free is False and variant.fees[0].fen is None and variant.fees[0].may_be_reduced


def test_pages_with_traps(guides):
    guide, variant = facts(guides["p01"][1])
    assert [(row.necessity, row.originals, row.photocopies) for row in variant.documents] == [
        ("optional", 1, None), ("optional", 1, None), ("required", None, 1), ("required", 1, None), ("required", 1, None), ("required", 1, None)]
    assert [row.how_to_fill is not None for row in variant.documents] == [False, False, True, True, True, False]
    assert guide.access.ways == ["window", "online"] and guide.access.online is None and variant.free is None
    guide, variant = facts(guides["p03"][1])
    assert guide.item.local_code == "X0903" and guide.item.code is None
    assert [row.when_note is not None for row in variant.documents] == [False, True, True, True, True]
    assert [row.telephone[-4:] for row in (*guide.enquiries, *guide.complaints)] == ["1579", "2226"]
    guide, variant = facts(guides["p11"][1])
    assert len(guide.procedure_offline.zh) > 150 and variant.fees == [] and variant.free is True
    guide, variant = facts(guides["p18"][1])
    assert [(stage.name.zh, float(stage.limit.amount)) for stage in variant.stages] == [("审批", 2), ("办结", 1)]
    assert variant.promised.explanation and len(guide.legal_basis) == 3
    guide, _ = facts(guides["p14"][1])
    assert [row.telephone for row in (*guide.enquiries, *guide.complaints)] == ["023-43402229", "12356"]


def test_three_tiers_of_one_item(guides):
    guide, variant = facts(guides["p06"][1])
    assert [row.roles for row in guides["p06"][1].offerings] == [["decides"], ["advises"], ["hands_out"]]
    assert [(row.telephone[-4:], row.note and row.note.zh) for row in guide.enquiries] == [("0206", None), ("3101", "仅咨询")]
    assert (variant.documents[0].originals, variant.documents[0].photocopies) == (1, 1) and variant.documents[3].blank_form
    assert len(guide.legal_basis) == 2 and len(guides["p06"][0].unplaced) == 2


def test_three_alternative_flows(guides):
    guide = guides["p21"][1].guide
    assert len(guide.variants) == 3 and [len(option.label.zh) for option in guide.situations[0].options] == [6, 6, 20]
    assert [stage.kind for stage in guide.variants[2].stages] == [StageKind.HELP_FIRST, StageKind.DECIDE]


def test_pages_say_the_same_as_text_and_as_markup(guides):
    for name, (report, _, value) in guides.items():
        if "text" in value:
            for ending, body in ((".txt", value["text"]), (".html", "".join(f"<p>{line}</p>" for line in value["text"].split("\n")))):
                (again,) = sources.read(f"x{ending}", body.encode(), "x")
                assert set(report.found) - {"事项名称"} == set(again.report.found) - {"事项名称"}, name
