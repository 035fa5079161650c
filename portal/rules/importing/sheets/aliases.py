"""rules/importing/sheets: headings of exported tables that pages do not have: column names of systems, and what they mean.

Left the heading in small letters, right the national element (`elements`), the unit of a limit, or `OWN` for a mark by which
the rows of several tables find each other.
"""
import re

from portal.rules.importing import headings, national
from portal.rules.importing.characters import flat
from portal.rules.importing.headings import PAGE

OWN = "标记"
"""The identifier of a record in its system: joins tables, and says nothing to a reader."""
_MEANT = {
    OWN: """row_guid rowguid task_guid taskguid item_id itemid audit_item_id item_guid matter_id matter_guid 事项唯一标识 记录唯一标识 事项主键
         事项id 主键""",
    "事项名称": "yw_name task_name item_name matter_name name transactname",
    "事项编码": "dept_ql_reg_no ql_code item_code matter_code task_code_local",
    "事项类型": "pkitemtype ql_kind item_type matter_type",
    "设定依据": "pkbasis xk_yw_by_law law",
    "行使层级": "pkexelevel",
    "权力来源": "pkitemsource ql_depstate",
    "实施主体": "pkorgname org_name orgname deptname",
    "受理机构": "ql_dept_text",
    "实施主体性质": "pkmplementerkind pkimplementerkind",
    "办件类型": "pkdeclaretype yw_type",
    "承诺办结时限": "pkcommitmenttime xk_promise_day",
    "法定办结时限": "pklegaltime xk_anticipate_day",
    "承诺办结时限单位": "xk_promise_type promise_type 承诺办结期限单位 承诺时限单位 承诺期限单位",
    "法定办结时限单位": "xk_anticipate_type anticipate_type 法定办结期限单位 法定时限单位 法定期限单位",
    "到办事现场次数": "pkpresencenum dao_xc_num",
    "必须现场办理原因": "pkpresencereason",
    "适用范围": "pkserviceobjects",
    "通办范围": "pkoperationscope",
    "服务对象": "pkimplementationobject yw_ql_object ql_object",
    "受理条件": "pkrequirements condition",
    "禁止性要求": "prohibit_law",
    "数量限制": "limit_num",
    "申请材料": "pkmaterials audit_material",
    "办理形式": "pkprocessform handletype",
    "办理流程": "pkprocedures",
    "办理时间": "pkprocesstime",
    "办理地点": "pkprocessplace xhtsdz",
    "审批结果": "pkresultname",
    "审批结果样本": "pkresultsample",
    "审批结果类型": "pkresulttype resulttype subject_result_type",
    "结果送达方式": "pkresultcollectionmethod result_send_mode",
    "是否支持物流快递": "pklogisticsexpress",
    "是否支持网上支付": "pkonlinepayment online_pay",
    "是否网办": "pkonlineprocessing if_online_sb",
    "网办深度": "pkonlineprocessingdepth online_bl_sd",
    "网办地址": "transact_url",
    "是否支持预约办理": "pkappointment",
    "是否进驻政务大厅": "if_jz_hall",
    "是否涉及投资项目审批": "if_project_exam",
    "收费": "pkischarge pkchargestandard charge_flag chargeitem_stand",
    "收费项目": "chargeitem_name",
    "收费依据": "chargeitem_law",
    "中介服务": "pkintermediary service_dept",
    "特别程序": "pkspecialprocedure specialprocedure 特殊环节",
    "咨询方式": "pkconsultationways link_tel",
    "监督投诉方式": "pkmonitorways supervise_tel tstel",
    "查询方式": "query_method",
}
ALIASES = {word: element for element, words in _MEANT.items() for word in words.split()}
PARTS = {
    "document_name": "材料名称", "if_need": "必要性", "lawname": "法律法规名称", "accordingnumber": "依据文号", "termsnumber": "条款号",
    "termscontent": "条款内容", "bfjg": "颁布机关", "ssrq": "实施日期", "zzhdzb": "材料形式", "办理时限单位": "时限单位", "handle_type": "时限单位",
    "handle_day": "时限", "chargeitem_name": "收费项目名称", "chargeitem_stand": "收费标准", "chargeitem_law": "收费依据",
    "paper_num": "数量要求", "常见问题回答": "答",
}
"""Column names of the parts of a guide: of documents, laws, stages and fees."""
COLLECTED = ("资源库编号", "目录编号", "颁布文号", "发布者", "归属领域", "体裁", "摘要", "原文地址", "正文html内容", "创建人名称", "附件信息", "libnum",
             "catalogid", "issuednum", "publisher", "publishdate", "belongdomain", "genre", "classify", "abstracttext", "originaladdress",
             "htmlcontent", "creatorname", "fileinfos")
"""What a collector's table says about the page it took: no element of a guide, but a sign that the row is one of headings."""
ADDRESS = ("原文地址", "originaladdress", "来源网址")
_PREFIX = re.compile(r"^篇扩")


def spellings(heading: str) -> list[str]:
    """A heading, and its parts where it is written twice: 篇扩受理条件/pkrequirements; the Chinese one first."""
    parts = [part for line in heading.split("\n") for part in re.split(r"[/／|｜]", line)]
    found = dict.fromkeys(_PREFIX.sub("", part.strip()).strip("*＊ ") for part in (heading, *parts))
    return sorted((one for one in found if one), key=str.isascii)


def plain(heading: str) -> str:
    """A heading as it is compared: without spaces and brackets behind it, in small letters."""
    return re.sub(r"\([^()]*\)", "", flat(heading)).lower()


def element(heading: str) -> str | None:
    """The national element of a heading, `OWN`, or the unit of a limit; None where it names none."""
    for said in spellings(heading):
        word = plain(said)
        if word in ALIASES:
            return ALIASES[word]
        if said in national.TITLES:
            return said
        found = headings.exact(said)
        if found not in (None, PAGE):
            return found
    return None


def known(heading: str) -> bool:
    """Whether the words are those of a heading, be it of one that is no element."""
    said = [plain(one) for one in spellings(heading)]
    return element(heading) is not None or any(
        one in COLLECTED or one in PARTS or headings.exact(one) == PAGE for one in said)


def shown(heading: str) -> str:
    """What a column is called where its words are kept under its name: in Chinese, where it is written in both ways."""
    said = spellings(heading)
    parts = [one for one in said if "/" not in one and not one.isascii()]
    return parts[0] if parts and any(one.isascii() for one in said) else heading.strip().split("\n")[0]
