"""Lint reads names: catch-all documents, hints of a condition, repealed laws, kinds of results."""
import pytest

from portal.rules.guide.codes import ResultKind
from portal.rules.guide.document import Variant
from portal.rules.lint import lint
from portal.rules.lint.documents import CONDITIONAL, names_nothing, says_none
from portal.rules.lint.repealed import TABLE, cited, repealed
from tests.rules.test_lint import changed


@pytest.mark.parametrize("name", [
    "其他材料", "其它材料", "相关材料", "有关材料", "其他相关材料", "相关证明材料", "其他证明材料", "必要的证明材料", "相关资料",
    "其他有关材料", "其他申请材料", "法律、法规规定的其他材料", "登记机关要求提交的其他文件", "审批部门认为需要的其他材料",
    "国务院卫生主管部门规定的其他材料", "其他需要提供的材料", "其他应当提交的资料", "相 关 材 料", "其他材料（如有）",
    "其他", "其它", "其他。", "其他（请注明）", "补充材料", "补正材料", "其他材料等", "其他相关材料等", "法律、行政法规规定的其他文件、材料",
    "相关文件、资料", "国家规定的其他文件、资料", "与申请有关的材料", "与本事项相关的证明材料", "有关部门要求的资料", "审批机关要求提供的材料",
    "法律、法规规定应当提交的文件、资料", "登记机关认为需要的证明文件", "相关证件、证明",
])  # fmt: skip
def test_names_that_say_nothing_are_catch_alls(name):
    assert names_nothing(name)


@pytest.mark.parametrize("name", [
    "居民身份证", "申请表", "营业执照", "其他共有人同意的书面证明", "其他股东的身份证件", "收养关系证明材料", "场地使用证明",
    "与用人单位的劳动合同", "有关部门出具的灾情证明", "相关职业资格证书", "住所证明材料", "资质证明文件",
    "有关部门出具的批准文件", "主管部门要求的安全评价报告", "与申请有关的产品检验报告", "补充协议", "规章制度文件", "国家标准规定的检验报告",
    "证明文件", "登记机关规定的年度报告书", "单位证明", "机构证明文件", "消防部门出具的证明", "《公司法》规定的公司章程",
])  # fmt: skip
def test_names_that_say_what_is_wanted_are_none(name):
    assert not names_nothing(name)


@pytest.mark.parametrize(("note", "fits"), [
    ("无需提交材料", True), ("本情形不用带任何材料。", True), ("凭本人身份信息核验，不需要申请人提交申请材料。", True), ("免提交材料", True),
    ("零材料办理", True), ("限本县户籍", False), ("无需提交其他材料", False), ("材料不需要复印件", False), ("不需要到场", False),
    ("不需要重复提交材料", False), (None, False),
])  # fmt: skip
def test_only_some_notes_say_that_nothing_is_asked_for(note, fits):
    assert says_none(Variant(note=note)) is fits


@pytest.mark.parametrize("name", ["授权委托书", "代理人身份证", "没有土地权属证书的提供宗地图", "食品经营者（仅限餐饮）承诺书"])
def test_some_names_say_that_a_document_concerns_some_only(name):
    assert CONDITIONAL.search(name)


@pytest.mark.parametrize("name", ["中华人民共和国合同法", "《合同法》", "《中华人民共和国物权法》（2007年）", "公司登记管理条例", "中华人民共和国 继承法",
                                  "《物权法》第十条", "物权法第十条", "《中华人民共和国合同法》第10、11条", "担保法 第三章第二条第一款"])
def test_repealed_laws_are_known_by_any_form_of_their_name(name):
    assert repealed(name)


@pytest.mark.parametrize("name", ["劳动合同法", "中华人民共和国民法典", "农村土地承包法", "食品经营许可和备案管理办法", "婚姻登记条例",
                                  "《民法典》第十条", "最高人民法院关于适用《担保法》若干问题的解释第一条"])
def test_laws_in_force_are_not_taken_for_them(name):
    assert repealed(name) is None


def test_a_repealed_law_is_never_its_own_successor():
    assert all(repealed(row.successor) is None for row in TABLE)


def test_a_citation_that_says_repealed_is_none():
    assert [row.law for row in cited("依《担保法》和《劳动合同法》办理，《收养法》（2021年废止）不再适用")] == ["担保法"]


@pytest.mark.parametrize(("name", "kind", "fits"), [
    ("营业执照", "certificate", True), ("营业执照", "document", False), ("不动产权证书", "other", False),
    ("关于同意设立的批复", "approval", True), ("关于同意设立的批复", "certificate", False),
    ("准予登记通知书", "document", True), ("准予登记通知书", "certificate", False),
    ("婚姻状况证明", "document", True), ("护照签证", "other", True), ("培训论文", "other", True),
    ("食品经营许可证（副本）", "document", False), ("登记表", "other", True),
])  # fmt: skip
def test_the_kind_of_a_result_fits_its_name(name, kind, fits):
    file = changed({"v1/results/0/name": name, "v1/results/0/kind": ResultKind(kind).value})
    assert ("L-RESULT-02" in {finding.rule for finding in lint(file)}) is not fits


@pytest.mark.parametrize(("number", "fits"), [
    ("0680-5550160", True), ("0680—5550160转8", True), ("12345", True), ("13800000000", True), ("010-65120000", True),
    ("5550160", False), ("020-123456", False), ("0680-555016", False), ("见窗口", False), ("0680-5550160、5550161", False),
])  # fmt: skip
def test_telephone_numbers_have_their_area_code(number, fits):
    file = changed({"enquiries/0/telephone": number})
    assert ("L-CONTACT-04" in {finding.rule for finding in lint(file)}) is not fits
