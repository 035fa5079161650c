"""rules/importing: invented guides of each kind become drafts: structured ones, and pages in the shapes that counties publish."""
import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from portal.rules.guide import yaml
from portal.rules.guide.codes import Listed, StageKind, Unit
from portal.rules.guide.limits import Limit
from portal.rules.importing import headings, limits, numbering, papers, sources
from portal.rules.importing import rows as rows_of
from portal.rules.importing.characters import clean, letters

MATERIAL = Path(__file__).resolve().parents[1] / "material"
STRUCTURED = ["structured_capital.json", "structured_town.json"]
PAGES = sorted(path.name for path in MATERIAL.glob("page_*"))


def drafts(name: str) -> list[sources.Imported]:
    path = MATERIAL / name
    return sources.read(name, path.read_bytes(), path.stem)


def draft(name: str):
    (one,) = drafts(name)
    return one.report, one.file


def documents(file, variant: int = 0) -> list[tuple]:
    return [(row.name.zh, row.necessity, row.originals, row.photocopies) for row in file.guide.variants[variant].documents]


@pytest.mark.parametrize("name", [*STRUCTURED, *PAGES])
def test_every_draft_survives_yaml(name):
    for one in drafts(name):
        assert not one.report.errors and yaml.load(yaml.dump(one.file)) == one.file


@pytest.mark.parametrize("name", STRUCTURED)
def test_every_field_of_a_structured_guide_is_found(name):
    report, _ = draft(name)
    value = json.loads((MATERIAL / name).read_text("utf-8"))
    fields = set(value["fields"]) - {"事项版本"}
    assert fields <= set(report.found)
    assert not [element for element in report.missing if "/" in element]
    assert [text for text in report.unplaced if not text.startswith("事项版本")] == []


def test_a_field_without_a_place_is_an_extra_and_not_found():
    report, file = draft("structured_town.json")
    assert "事项版本" in report.missing and "事项版本" not in report.found and "事项版本：7" in report.unplaced
    assert (file.guide.extras[0].name, file.guide.extras[0].value) == ("事项版本", "7")


def test_values_of_a_structured_guide():
    report, file = draft("structured_town.json")
    guide, offering, variant = file.guide, file.offerings[0], file.guide.variants[0]
    assert (report.code, guide.item.code, guide.item.department_code) == ("999106041001", "999106041001", "TE9999010000000999")
    assert (len(offering.implementation_code), offering.business_code, offering.in_hall) == (31, None, True)
    assert (str(variant.promised.amount), str(variant.statutory.amount)) == ("2.5", "20")
    assert variant.statutory.explanation.zh.startswith("自受理") and variant.promised.explanation is None
    assert guide.none_stated == ["业务办理项编码", "委托部门"]
    assert [(stage.kind, stage.limit and (stage.limit.unit, stage.limit.amount and float(stage.limit.amount))) for stage in variant.stages] == [
        (StageKind.RECEIVE, (Unit.WORKDAY, 0.25)), (StageKind.ACCEPT, (Unit.WORKDAY, 0.25)),
        (StageKind.SITE_CHECK, (Unit.WORKDAY, 1)), (StageKind.DECIDE, (Unit.ON_THE_SPOT, None)), (StageKind.DELIVER, (Unit.WORKDAY, 1))]
    assert [stage.waits_for for stage in variant.stages] == [[], ["stage1"], ["stage2"], ["stage3"], ["stage4"]]
    assert documents(file) == [("停泊登记申请表", "required", 1, 0), ("泊位租用合同", "later", 0, 2), ("船舶检验证书", "optional", 1, 1)]
    lease, proof = variant.documents[1:]
    assert lease.when_note.zh == "租用泊位的提供" and proof.exempt and proof.e_certificate and proof.agency.name.zh == "船体检验"
    assert (variant.not_counted[0].reason, variant.not_counted[0].limit.amount) == ("inspection", 15)
    assert variant.free is False and variant.fees[0].fen == 1000
    assert [remedy.kind for remedy in guide.remedies] == ["review", "lawsuit"]
    assert guide.access.online_depth == "III" and guide.access.visits.times == 1


def test_results_with_limits_of_their_own_and_brackets_behind_names():
    _, file = draft("structured_capital.json")
    results = file.guide.variants[0].results
    assert [(row.name.zh, int(row.limit.amount), row.refusal) for row in results] == [("调解协议书", 7, False), ("不予受理通知书", 3, True)]
    form, proxy = file.guide.variants[0].documents
    assert (form.name.zh, form.source, form.medium, form.originals) == ("申请书", "applicant", "paper", 2)
    assert proxy.when_note.zh.startswith("委托他人的") and (proxy.originals, proxy.photocopies) == (1, 1)
    spans = file.offerings[0].windows[0].hours[0].spans
    assert [(span.opens, span.closes) for span in spans] == [("08:30", "12:00"), ("12:00", "17:00")]


def test_a_numbered_page():
    report, file = draft("page_numbered.txt")
    guide, variant = file.guide, file.guide.variants[0]
    assert (guide.item.name.zh, guide.item.local_code, guide.item.code) == ("打井备案", "Q0012", None)
    assert (guide.legal_basis[0].law.zh, guide.legal_basis[0].articles.zh) == ("虚构地下水条例", "第八条、第十二条第二款")
    assert len(guide.conditions) == 2 and variant.free is True
    assert (int(variant.statutory.amount), int(variant.promised.amount), variant.promised.explanation.zh) == (20, 3, "现场核查时间除外")
    assert [(stage.name.zh, stage.limit and float(stage.limit.amount)) for stage in variant.stages] == [("受理", None), ("现场核查", 1.5), ("办结", None)]
    assert [row.name.zh for row in variant.documents] == ["备案表", "身份证原件及复印件各一份", "地块图"]
    assert variant.documents[0].blank_form.zh == "备案表.docx" and variant.documents[2].when_note.zh == "国有农场"
    assert (variant.documents[1].originals, variant.documents[1].photocopies) == (1, 1)
    assert [row.telephone for row in guide.enquiries] == ["0999-5550011", "0999-5550012"]
    assert [row.telephone for row in guide.complaints] == ["0999-5550013"] and guide.enquiries[0].note.zh == "仅咨询"
    assert guide.delivery == ["pick_up", "mail"] and "每口井50元" in " ".join(report.unplaced) and report.missing == []


def test_pairs_on_a_line_and_rows_that_lack_cells():
    report, file = draft("page_pairs.txt")
    assert (file.guide.item.code, file.guide.item.unit.zh, file.guide.item.audiences) == ("999123020000", "运输股", ["for_profit", "person"])
    assert documents(file) == [("渡口申请表", "required", 1, None), ("驾驶证", "required", None, 2), ("救生设备清单", "optional", 1, None)]
    licence = file.guide.variants[0].documents[1]
    assert (licence.requirements.zh, licence.how_to_fill.zh, licence.source) == ("清晰", "盖章", "government")
    assert file.guide.access.ways == ["window", "online"] and {"是否网办", "是否支持预约办理"} <= set(report.missing)
    assert file.guide.variants[0].promised.unit is Unit.MONTH and file.guide.variants[0].free is True


def test_several_services_on_one_page():
    first, second = drafts("page_several.html")
    assert [first.report.title, second.report.title] == ["渔具登记", "渔具注销"]
    assert [(row.name.zh, row.source) for row in first.file.guide.variants[0].documents] == [("居民身份证", "applicant"), ("渔具照片", "applicant")]
    assert first.file.guide.variants[0].promised.unit is Unit.ON_THE_SPOT and second.file.guide.variants[0].promised.amount == 2
    assert "申请材料" in second.report.missing and second.file.guide.complaints[0].telephone == "0999-5550022"
    assert "no" not in " ".join(first.report.unplaced)


def test_flows_by_situation_become_variants_and_tiers_get_roles():
    _, file = draft("page_flows.txt")
    variants = file.guide.variants
    assert [variant.name.zh for variant in variants] == ["一般困难家庭", "特别困难家庭", "突发雪灾等情况紧急的"]
    assert [stage.kind for stage in variants[2].stages] == [StageKind.HELP_FIRST, StageKind.DECIDE]
    assert file.guide.variant_for({"situation": "case2"}).key == "case2"
    assert [(row.place_name.zh, row.roles) for row in file.offerings] == [("县级", ["decides"]), ("柳溪镇", ["advises"])]


def test_a_table_that_was_written_a_cell_a_line():
    report, file = draft("page_cells.txt")
    variant = file.guide.variants[0]
    assert (report.title, file.guide.item.department, variant.promised.amount) == ("采砂许可", "青禾县水利局", 10)
    assert [row.name.zh for row in variant.results] == ["采砂许可证", "采砂决定书"] and variant.results[0].validity.zh == "有效期2年"
    assert [stage.name.zh for stage in variant.stages] == ["受理", "审核", "批准"] and "事项编码" in report.missing


def test_labels_side_by_side_and_one_above_the_other():
    report, file = draft("page_grid.txt")
    assert (file.guide.item.tiers, file.guide.access.online_depth, file.guide.variants[0].results[0].sample.zh) == (["county"], "IV", "样本.png")
    assert "网办地址" in report.missing and "事项版本：3" in report.unplaced and file.guide.variants[0].documents == []
    assert "事项名称" in report.missing and report.title == "page_grid"


def test_headings_glued_to_their_values():
    report, file = draft("page_glued.txt")
    assert (report.title, file.guide.variants[0].promised.amount, file.guide.variants[0].free) == ("社区用房核查", 3, True)
    assert [row.name.zh for row in file.guide.variants[0].documents] == ["总平面图", "单体平面图"]
    assert file.guide.enquiries[0].telephone == "0999-5550051" and file.guide.legal_basis[0].articles.zh == "第6条"


def said(value) -> list[str]:
    """Every word that a document holds, with the words of its closed lists and limits."""
    found = [limits.said(value)] if isinstance(value, Limit) else []
    if isinstance(value, Listed):
        return [value.text.zh]
    if isinstance(value, BaseModel):
        return found + [word for name in type(value).model_fields for word in said(getattr(value, name))]
    if isinstance(value, list):
        return [word for row in value for word in said(row)]
    return [] if value is None or isinstance(value, bool) else [str(value)]


UNDERSTOOD = {"不收费", "不收取费用", "复印件", "申请人提供", "窗口领取或邮寄", "空白样表", "窗口办理", "原件1份", "复印件2份"}
"""Words that became a value: free, a photocopy, the applicant's own, two ways of delivery, a blank form, a way to apply."""


def lost(source: str, files: list) -> list[str]:
    """Runs of three letters and more that stand in no text of the documents. Headings, limits and UNDERSTOOD became values."""
    have = "\n".join(letters(word) for file in files for word in said(file))
    rows = []
    for line in clean(re.sub(r"<(style|script|title).*?</\1>|<[^>]+>", "\n", source, flags=re.DOTALL)).split("\n"):
        for piece in re.split(r"[\s,，。；;:：、()（）|《》→“”]+", line):
            if glued := headings.glued(piece):
                piece = glued[1]
            plain = letters(numbering.without_number(piece))
            heading = headings.exact(piece) or headings.by_shape(piece) or headings.similar(piece) or rows_of.known(papers.COLUMNS, piece)
            if heading or plain in UNDERSTOOD or limits.read(piece) is not None:
                continue
            open_ = [True] * len(plain)
            for at in range(len(plain) - 2):
                if plain[at: at + 3] in have:
                    open_[at: at + 3] = [False] * 3
            rows += [run for run in "".join(mark if free else " " for mark, free in zip(plain, open_, strict=True)).split() if len(run) > 2]
    return rows


# The frame of a table, the verb before a document, and days that became weekdays.
FRAME = {"审批事", "项名称", "书名称", "还应当提交", "事项受理材料清单", "周一至周五", "受理材料清单"}


@pytest.mark.parametrize("name", PAGES)
def test_no_line_of_a_page_is_lost(name):
    text = (MATERIAL / name).read_text("utf-8")
    assert set(lost(text, [one.file for one in drafts(name)])) <= FRAME


def test_losing_a_line_would_be_noticed():
    text = (MATERIAL / "page_numbered.txt").read_text("utf-8")
    file = drafts("page_numbered.txt")[0].file
    assert "每口井50元" in lost(text, [file.model_copy(update={"unplaced": []})])
