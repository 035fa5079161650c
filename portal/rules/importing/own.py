"""rules/importing: a file in our own format says itself which national elements it holds."""
from portal.rules.guide.document import GuideFile
from portal.rules.importing.draft import held
from portal.rules.importing.elements import CORE
from portal.rules.importing.report import Report, code_of

PATHS = {
    "事项名称": "item.name", "日常用语": "item.aliases", "事项类型": "item.kind", "基本编码": "item.code", "地方基本编码": "item.local_code",
    "实施编码": "offering.implementation_code", "业务办理项编码": "offering.business_code", "实施主体": "item.department",
    "实施主体编码": "item.department_code", "实施主体性质": "item.body_nature", "行使层级": "item.tiers", "权力来源": "item.power_source",
    "委托部门": "item.delegated_by", "联办机构": "item.joint_bodies", "服务对象": "item.audiences",
    "面向自然人事项主题分类": "item.person_themes", "面向法人事项主题分类": "item.organisation_themes", "办件类型": "item.handling",
    "审查类型": "item.review_mode", "数量限制": "item.quantity_limit", "是否告知承诺制": "guide.commitment_offered",
    "法定办结时限": "variant.statutory", "承诺办结时限": "variant.promised", "特别程序": "variant.not_counted", "办理形式": "access.ways",
    "网办深度": "access.online_depth", "是否网办": "access.online", "网办地址": "access.online_url", "到办事现场次数": "access.visits",
    "是否支持预约办理": "access.appointment", "是否支持物流快递": "access.express", "是否支持网上支付": "access.pay_online",
    "通办范围": "access.cross_region", "适用范围": "guide.scope", "受理条件": "guide.conditions", "禁止性要求": "guide.prohibitions",
    "申请材料": "variant.documents", "办理环节": "variant.stages", "办理流程": "guide.procedure_offline",
    "网上办理流程": "guide.procedure_online", "设定依据": "guide.legal_basis", "收费": "variant.free", "收费项目": "variant.fees",
    "审批结果": "variant.results", "结果送达方式": "guide.delivery", "中介服务": "guide.intermediary", "办理窗口": "offering.windows",
    "咨询方式": "guide.enquiries", "监督投诉方式": "guide.complaints", "查询方式": "guide.follow_up", "行政复议": "guide.remedies",
    "依法享有的权利": "guide.rights", "依法履行的义务": "guide.duties", "常见问题": "guide.questions", "常见错误": "guide.frequent_errors",
}


def report_of_own(name: str, file: GuideFile) -> Report:
    """The report of a guide that needs no conversion: what is filled, and what no guide can be without."""
    found = [label for label, path in PATHS.items() if held(file, path) not in (None, [], "")]
    missing = [core for core, serving in CORE.items() if not set(serving) & set(found)]
    return Report(name, file.guide.item.name.zh, code_of(file), found, missing, list(file.unplaced))
