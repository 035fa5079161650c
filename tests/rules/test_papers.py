"""What vouchers say: the day acceptance is decided, the due date, every paper that is wanted, reasons and both remedies."""
from datetime import date

import pytest

from portal.rules import papers
from portal.rules.guide.document import Guide
from tests.samples import sample

GUIDE = sample("open-restaurant").guide
HEAD = papers.Heading("事1", "23456-789CD", "林小满", "青禾县市场监督管理局", "01", "https://banshi.example/track/1", date(2026, 3, 2), True)


def said(paper) -> str:
    rows = [part for row in paper["rows"] for part in row]
    return "\n".join([*paper["paragraphs"], *rows, *(paper["listed"] or {"lines": []})["lines"], *paper["remedies"]])


def test_a_receipt_is_no_acceptance():
    paper = papers.receipt(HEAD, GUIDE, GUIDE.variants[0], documents=["申请表"], decided_by=date(2026, 3, 9),
                           due_if_today=date(2026, 3, 12), provisional=True, ask=["0680-1"], filer="丁香", pin="482913")
    assert "不等于已经受理" in said(paper) and "2026年3月9日" in said(paper) and "2026年3月12日（暂定）" in said(paper)
    assert "申请表" in said(paper) and "丁香" in said(paper) and paper["sample"]
    assert paper["pin"] == "482913" and "482913" not in said(paper)


def test_an_acceptance_tells_what_does_not_count():
    paper = papers.acceptance(HEAD, GUIDE, GUIDE.variants[0], since=HEAD.day, due=date(2027, 1, 8), provisional=True, not_counted=["听证"])
    assert "2027年1月8日" in said(paper) and "暂定" in said(paper) and "听证" in said(paper)


def test_an_acceptance_calls_papers_complete_only_where_they_are():
    given = {"since": HEAD.day, "due": date(2026, 3, 12), "provisional": False, "not_counted": []}
    assert "申请材料齐全" in said(papers.acceptance(HEAD, GUIDE, GUIDE.variants[0], **given))
    owed = said(papers.acceptance(HEAD, GUIDE, GUIDE.variants[0], **given, later=["健康证明"], later_by=date(2026, 3, 12), committed=["场所证明"]))
    assert "没有按时告知" not in owed
    assert "容缺受理" in owed and "健康证明：容缺，最迟2026年3月12日补交" in owed and "不予批准" in owed
    assert "场所证明：以书面承诺代替" in owed and "，申请材料齐全" not in owed
    late = said(papers.acceptance(HEAD, GUIDE, GUIDE.variants[0], **given | {"since": date(2026, 2, 2), "due": date(2026, 2, 27)}, later=["健康证明"],
                                  later_by=date(2026, 3, 9)))
    assert "健康证明：容缺，最迟2026年3月9日补交" in late and "没有按时告知" in late and "在2026年3月2日前补交" not in late
    promised = said(papers.acceptance(HEAD, GUIDE, GUIDE.variants[0], **given, committed=["场所证明"]))
    assert "容缺" not in promised and "承诺不实" in promised


def test_an_acceptance_by_time_says_since_when_and_why():
    paper = papers.acceptance(HEAD, GUIDE, GUIDE.variants[0], since=date(2026, 2, 13), due=date(2026, 3, 4), provisional=False, not_counted=[])
    assert "材料已于2026年2月13日收到；五个工作日内没有告知" in said(paper) and "即为受理" in said(paper)
    assert "应当在2026年3月4日前作出决定" in said(paper) and ["受理日期", "2026年2月13日"] in paper["rows"] and "齐全" not in said(paper)


def test_a_correction_names_each_paper():
    paper = papers.correction(HEAD, GUIDE, papers=[("平面图", "缺少", "请补交"), ("健康证明", "已过有效期", "")])
    assert paper["listed"]["lines"] == ["平面图：缺少：请补交", "健康证明：已过有效期"]


def test_a_refusal_states_reasons_and_remedies():
    with pytest.raises(ValueError):
        papers.decision(HEAD, GUIDE, granted=False, reasons=" ", results=[])
    paper = papers.decision(HEAD, GUIDE, granted=False, reasons="油烟直排", results=[])
    assert "油烟直排" in said(paper) and "60日内申请行政复议" in said(paper) and "6个月内提起行政诉讼" in said(paper)


def test_no_refusal_goes_out_without_both_remedies():
    bare = Guide.model_validate({"item": {"name": "事项"}, "variants": [{}]})
    for paper in (papers.decision(HEAD, bare, granted=False, reasons="理由", results=[]),
                  papers.refusal_to_accept(HEAD, bare, reason="理由", right_body="")):
        assert len(paper["remedies"]) == 2 and "行政复议" in paper["remedies"][0] and "行政诉讼" in paper["remedies"][1]


def test_a_grant_lists_its_results_and_the_delivery_its_way():
    assert "食品经营许可证" in said(papers.decision(HEAD, GUIDE, granted=True, reasons="", results=["食品经营许可证"]))
    paper = papers.delivery(HEAD, GUIDE, way="邮寄送达", results=["食品经营许可证"], receiver="")
    assert "邮寄送达" in said(paper) and paper["title"] == "送达回证"


def test_a_paper_is_plain_values_and_has_its_basis():
    paper = papers.delivery(HEAD, GUIDE, way="", results=[], receiver="")
    assert paper["basis"][0] == "《中华人民共和国行政许可法》第二十六条、第四十二条"
    assert (paper["issuing_body"], paper["date_words"], paper["qr"]) == (HEAD.issuing_body, "2026年3月2日", HEAD.address)
