"""What a look at a guide finds: laws, links, telephones; the rest is lint's."""
from datetime import date

from portal.rules import staying
from portal.rules.guide.document import GuideFile
from portal.rules.staying import Kind
from tests.rules.guides import good_guide

TODAY = date(2026, 3, 2)


def found(plain, **more):
    return staying.found(GuideFile.model_validate(plain), TODAY, more.get("directory", {plain["guide"]["item"]["department"]}))


def test_a_guide_that_is_right_names_its_laws_and_links_and_nothing_else():
    plain = good_guide()
    plain["guide"]["access"]["online_url"] = "https://example.cn/a"
    rows = found(plain)
    assert [row.subject for row in rows if row.kind == staying.NAMED_LAW] == [staying.law_name(one["law"] if isinstance(one["law"], str) else one["law"]["zh"])
                                                                              for one in plain["guide"]["legal_basis"]]
    assert [(row.element, row.subject) for row in rows if row.kind == staying.NAMED_LINK] == [("/guide/access/online_url", "https://example.cn/a")]


def test_a_law_that_is_not_in_force_yet_or_was_not_checked_is_found():
    plain = good_guide()
    plain["guide"]["legal_basis"][0] |= {"state": "not_checked", "issued_on": "2026-04-01", "effective_on": "2026-05-01"}
    said = [row.words.zh for row in found(plain) if row.kind is Kind.LAW]
    assert any("2026-05-01" in words for words in said) and any("没有对照原文" in words for words in said)


def test_a_telephone_that_is_none_is_found_at_its_place():
    plain = good_guide()
    plain["guide"]["enquiries"][0]["telephone"] = "12"
    assert "/guide/enquiries/0/telephone" in [row.element for row in found(plain) if row.kind is Kind.TELEPHONE]


def test_one_law_has_one_name_however_it_is_written():
    assert staying.law_name("《中华人民共和国行政许可法》（2019年修正）") == staying.law_name("行政许可法") == "行政许可法"


def test_an_answer_is_said_in_words():
    assert staying.said_of("404").zh == "回答 404" and staying.said_of("timeout").en == "gave no answer in time"
