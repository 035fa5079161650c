"""rules/importing: the national elements and the place of each in the document.

Labels are those of the national tables (GB/T 39046-2020, `up_task_*`); what else sources call them is in `names`.
"""
from typing import Any

from portal.rules.guide.codes import (
    BodyNature,
    HandlingKind,
    ItemKind,
    OnlineDepth,
    PowerSource,
    RemedyKind,
    ReviewMode,
    Tier,
)
from portal.rules.importing import (
    beside,
    fees,
    hours,
    laws,
    paper_lists,
    papers,
    people,
    places,
    results,
    spans,
    steps,
    wordings,
)
from portal.rules.importing.draft import Draft
from portal.rules.importing.rows import as_words
from portal.rules.importing.vocabularies import BODIES, DEPTHS, HANDLINGS, KINDS, POWERS, TIERS
from portal.rules.importing.wordings import Put, simple


def _yes_no(path: str) -> Put:
    return simple(places.yes_no(path))


def _text(path: str) -> Put:
    return simple(places.text(path))


def _code_at(path: str, shape: str = r"[0-9A-Za-z-]{1,64}") -> Put:
    return simple(places.code(path, shape))


ELEMENTS: dict[str, Put] = {
    "事项名称": _text("item.name"),
    "日常用语": simple(places.texts("item.aliases")),
    "事项类型": simple(places.one("item.kind", ItemKind, KINDS)),
    "基本编码": _code_at("item.code", r"[0-9A-Za-z]{12}"),
    "地方基本编码": _code_at("item.local_code"),
    "事项编码": wordings.code,
    "实施编码": _code_at("offering.implementation_code"),
    "业务办理项编码": _code_at("offering.business_code"),
    "地方实施编码": _code_at("offering.local_code"),
    "实施主体": wordings.department,
    "责任科室": _text("item.unit"),
    "实施主体编码": _code_at("item.department_code"),
    "实施主体性质": simple(places.one("item.body_nature", BodyNature, BODIES)),
    "受理机构": _text("item.accepting_body"),
    "决定机构": _text("item.deciding_body"),
    "行使层级": simple(places.many("item.tiers", Tier, TIERS)),
    "权力来源": simple(places.one("item.power_source", PowerSource, POWERS)),
    "委托部门": _text("item.delegated_by"),
    "联办机构": simple(places.strings("item.joint_bodies")),
    "服务对象": wordings.audiences,
    "面向自然人事项主题分类": simple(places.texts("item.person_themes")),
    "面向法人事项主题分类": simple(places.texts("item.organisation_themes")),
    "面向自然人地方特色主题分类": wordings.themes("item.person_themes"),
    "面向法人地方特色主题分类": wordings.themes("item.organisation_themes"),
    "办件类型": simple(places.one("item.handling", HandlingKind, HANDLINGS)),
    "审查类型": simple(places.one("item.review_mode", ReviewMode)),
    "数量限制": _text("item.quantity_limit"),
    "是否告知承诺制": _yes_no("guide.commitment_offered"),
    "是否涉及投资项目审批": _yes_no("item.investment_project"),
    "是否年审年检": _yes_no("item.annual_check"),
    "是否信用监督": _yes_no("item.credit_supervised"),
    "计划生效日期": simple(places.day("item.takes_effect")),
    "计划取消日期": simple(places.day("item.cancelled_on")),
    "法定办结时限": spans.put("法定办结时限"),
    "法定办结时限说明": wordings.explanation("variant.statutory"),
    "承诺办结时限": spans.put("承诺办结时限"),
    "承诺办结时限说明": wordings.explanation("variant.promised"),
    "办理时限": spans.put(""),
    "特别程序": beside.put_special,
    "办理形式": wordings.ways,
    "网办深度": simple(places.one("access.online_depth", OnlineDepth, DEPTHS)),
    "是否网办": _yes_no("access.online"),
    "网办地址": simple(places.address("access.online_url")),
    "移动端办理地址": simple(places.address("access.mobile_url")),
    "到办事现场次数": simple(places.number("visits.times")),
    "必须现场办理原因": _text("visits.reason"),
    "是否支持预约办理": _yes_no("access.appointment"),
    "在线预约地址": simple(places.address("access.appointment_url")),
    "预约规则说明": _text("access.appointment_note"),
    "是否支持物流快递": _yes_no("access.express"),
    "是否支持网上支付": _yes_no("access.pay_online"),
    "是否支持自助终端办理": _yes_no("access.terminal"),
    "是否进驻政务大厅": _yes_no("offering.in_hall"),
    "审批服务形式": _text("access.approval_form"),
    "业务系统": _text("access.business_system"),
    "通办范围": beside.put_regions,
    "适用范围": _text("guide.scope"),
    "受理条件": simple(places.sentences("guide.conditions")),
    "禁止性要求": simple(places.sentences("guide.prohibitions")),
    "申请材料": paper_lists.put,
    "办理流程": steps.put("guide.procedure_offline"),
    "办理环节": steps.put("guide.procedure_offline"),
    "网上办理流程": steps.put("guide.procedure_online"),
    "设定依据": laws.put,
    "收费": fees.put,
    "收费项目": fees.put_name,
    "收费依据": fees.put_basis,
    "审批结果": results.put,
    "审批结果类型": results.put_field("kind"),
    "审批结果样本": results.put_field("sample"),
    "审批结果有效期": results.put_field("validity"),
    "审批不通过结果": results.put_refusal,
    "结果送达方式": wordings.delivery,
    "中介服务": _text("guide.intermediary"),
    "中介服务清单": papers.put_agencies,
    "办理地点": wordings.address,
    "办理窗口": wordings.window,
    "办理时间": lambda draft, value: hours.put(draft, as_words(value)),
    "办理地点与时间": wordings.place_and_time,
    "交通指引": _text("window.directions"),
    "办公电话": simple(places.words("window.telephone")),
    "联系方式": wordings.contacts,
    "咨询投诉": wordings.both,
    "咨询方式": people.put("guide.enquiries"),
    "监督投诉方式": people.put("guide.complaints"),
    "查询方式": _text("guide.follow_up"),
    "行政复议": people.remedy(RemedyKind.REVIEW),
    "行政诉讼": people.remedy(RemedyKind.LAWSUIT),
    "行政复议与行政诉讼": people.put_remedies,
    "依法享有的权利": simple(places.sentences("guide.rights")),
    "依法履行的义务": simple(places.sentences("guide.duties")),
    "权利和义务": wordings.rights_and_duties,
    "常见问题": beside.put_questions,
    "常见错误": simple(places.sentences("guide.frequent_errors")),
}


def place(draft: Draft, label: str, value: Any) -> None:
    """Puts what the source says under a label where it belongs. Words that a typed place cannot hold at all stay unplaced:
    whatever a source holds, its other elements are read."""
    try:
        ELEMENTS[label](draft, value)
    except (ValueError, ArithmeticError):
        draft.refuse(as_words(value))


# Where the same element must come after another: a part needs its whole.
LATE = (
    "面向自然人地方特色主题分类", "面向法人地方特色主题分类", "法定办结时限说明", "承诺办结时限说明", "收费依据", "审批结果类型",
    "审批结果样本", "审批结果有效期", "审批不通过结果", "必须现场办理原因", "中介服务清单",
)

# What a guide cannot do without (Administrative Licensing Law, article 30), and what readers ask first. A row names what serves it.
CORE = {
    "事项名称": ("事项名称",),
    "设定依据": ("设定依据",),
    "受理条件": ("受理条件", "适用范围"),
    "申请材料": ("申请材料",),
    "办理流程": ("办理流程", "办理环节", "网上办理流程"),
    "承诺办结时限": ("承诺办结时限", "法定办结时限"),
    "收费": ("收费", "收费项目", "收费依据"),
    "咨询方式": ("咨询方式", "办公电话", "办理窗口"),
}

