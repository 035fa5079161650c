"""rules/importing: the national elements and the place of each in the document.

Labels are those of the national tables (GB/T 39046-2020, `up_task_*`); what else sources call them is in `names`.
"""
import re
from collections.abc import Callable
from typing import Any

from portal.rules.guide.codes import (
    Audience,
    BodyNature,
    HandlingKind,
    ItemKind,
    OnlineDepth,
    PowerSource,
    RemedyKind,
    ReviewMode,
    Tier,
    Way,
)
from portal.rules.guide.offering import Window
from portal.rules.guide.text import Text
from portal.rules.importing import beside, fees, hours, laws, paper_lists, papers, people, places, results, spans, steps
from portal.rules.importing.characters import flat, says_none
from portal.rules.importing.draft import Draft, held
from portal.rules.importing.numbering import split
from portal.rules.importing.places import Place
from portal.rules.importing.rows import as_words
from portal.rules.importing.vocabularies import BODIES, DEPTHS, HANDLINGS, KINDS, PEOPLE, POWERS, TIERS, WAYS

Put = Callable[[Draft, Any], None]


def simple(place: Place) -> Put:
    """A way to place what is said in words; a table in its stead has no place there."""
    def put(draft: Draft, value: Any) -> None:
        if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(row, (dict, list)) for row in value)):
            draft.refuse(f"{draft.element}：{as_words(value)}")
        else:
            place.put(draft, "，".join(map(as_words, value)) if isinstance(value, list) else as_words(value))

    return put


def _contacts(draft: Draft, value: Any) -> None:
    """A block of contacts: 咨询 and 监督 in one."""
    if not isinstance(value, dict):
        people.put("guide.enquiries")(draft, value)
        return
    for label, said in value.items():
        complaint = any(word in str(label) for word in ("监督", "投诉", "举报"))
        core = "监督投诉方式" if complaint else "咨询方式"
        draft.at(core, core)
        people.put("guide.complaints" if complaint else "guide.enquiries")(draft, said)


def _both(draft: Draft, value: Any) -> None:
    """A telephone for enquiries and complaints alike; a line that names one of them is its alone."""
    lines = [line for line in as_words(value).split("\n") if line.strip()]
    for core, path, other in (("咨询方式", "guide.enquiries", r"监督|投诉|举报"), ("监督投诉方式", "guide.complaints", "咨询")):
        own = [line for line in lines if not re.search(other, line)]
        if own:
            draft.at(core, core)
            people.put(path)(draft, "\n".join(own))


def _department(draft: Draft, value: Any) -> None:
    """实施主体; where it is known already, the second name is the section's that handles the item (承办机构)."""
    path = "item.department"
    if draft.get(path) and not says_none(as_words(value)) and draft.get(path) != as_words(value).strip():
        draft.at("责任科室", "责任科室")
        _text("item.unit")(draft, value)
    else:
        simple(places.words(path))(draft, value)


def _audiences(draft: Draft, value: Any) -> None:
    """服务对象: values of the list; a sentence says for whom the item is, which is its scope."""
    said = as_words(value)
    place = places.many("item.audiences", Audience, PEOPLE)
    if place.read(said) is None and not says_none(said) and len(flat(said)) > 6 and not draft.get("guide.scope"):
        draft.at("适用范围", "适用范围")
        _text("guide.scope")(draft, said)
    else:
        place.put(draft, said)


def _ways(draft: Draft, value: Any) -> None:
    """办理形式: ways of the list, or a list that begins each part with one: 线上办理：…"""
    said = as_words(value)
    place = places.many("access.ways", Way, WAYS)
    heads = [headings_of(part) for part in split(said)]
    ways = [place.read(head) for head, _ in heads]
    if place.read(said) is not None or says_none(said) or None in ways or not any(rest for _, rest in heads):
        place.put(draft, said)
        return
    draft.put("access.ways", list(dict.fromkeys(way for found in ways for way in found)))
    for (head, rest), found in zip(heads, ways, strict=True):
        draft.claim(head, lambda file, found=found: "、".join(way for way in file.guide.access.ways if way in found),
                    lambda shown, _, found=found: set(shown.split("、")) == set(found))
        path = "guide.procedure_online" if found == [Way.ONLINE] else ""
        if path and not draft.get(path):
            draft.put(path, Text(zh=rest))
            draft.claim(rest, lambda file, path=path: held(file, path).zh)
        elif rest:
            draft.leave(f"{head}：{rest}")


def headings_of(part: str) -> tuple[str, str]:
    """What stands before the first colon, and behind it."""
    head, _, rest = part.replace("：", ":", 1).partition(":")
    return head.strip(), rest.strip()


def _address(draft: Draft, value: Any) -> None:
    """办理地点; a second address is another window's."""
    said = as_words(value).strip()
    if draft.get("window.address") and not says_none(said):
        index = draft.add("offering.windows", Window(address=Text(zh=said)))
        draft.claim(said, lambda file: held(file, "offering.windows")[index].address.zh)
    else:
        simple(places.text("window.address"))(draft, said)


def _code(draft: Draft, value: Any) -> None:
    """A code without a name of its kind: its length tells it (12 basic, 31 and 33 of the offering), else it is local."""
    said = as_words(value)
    paths = {12: "item.code", 31: "offering.implementation_code", 33: "offering.business_code"}
    places.code(paths.get(len(flat(said)), "item.local_code")).put(draft, said)


def _place_and_time(draft: Draft, value: Any) -> None:
    """办理地点与时间: hall / hours / address, or an address with hours on lines of their own."""
    said = as_words(value)
    parts = [part.strip() for part in said.split(" / ")]
    if len(parts) == 3 and hours.timed(parts[1]):
        places.text("window.name").put(draft, parts[0])
        hours.put(draft, parts[1])
        places.text("window.address").put(draft, parts[2])
        return
    lines = [line.strip() for line in said.split("\n") if line.strip()]
    timed = [line for line in lines if hours.timed(line)]
    if timed:
        hours.put(draft, "\n".join(timed))
    if len(timed) < len(lines):
        places.text("window.address").put(draft, "\n".join(line for line in lines if line not in timed))


def _explanation(path: str) -> Put:
    """A way to place the words beside a limit (法定办结时限说明)."""
    def put(draft: Draft, value: Any) -> None:
        said, limit = as_words(value).strip(), draft.get(path)
        if says_none(said):
            draft.claim(said, lambda file: None if limit and held(file, path).explanation else "无")
        elif limit is None or limit.explanation is not None:
            draft.refuse(f"{draft.element}：{said}")
        else:
            root, _, name = path.partition(".")
            draft.values[root][name] = limit.model_copy(update={"explanation": Text(zh=said)})
            draft.claim(said, lambda file: held(file, path).explanation.zh)

    return put


def _window(draft: Draft, value: Any) -> None:
    if isinstance(value, (list, dict)):
        beside.put_windows(draft, value)
    else:
        simple(places.text("window.name"))(draft, value)


def _delivery(draft: Draft, value: Any) -> None:
    """The ways to get the result, where the words are nothing but ways; else the words, and the ways that they name."""
    said = as_words(value).strip()
    ways = steps.DELIVERY.read(said)
    if ways is not None and draft.put("guide.delivery", ways):
        draft.claim(said, lambda file: steps.DELIVERY.say(held(file, "guide.delivery")), steps.DELIVERY.same)
        return
    simple(places.text("guide.delivery_note"))(draft, said)
    named = (("窗口领取", "自取"), ("邮寄", "邮寄"), ("快递", "快递"), ("电子送达", "电子送达"), ("网上下载", "电子送达"))
    found = [way for word, known in named if word in said for way in steps.DELIVERY.read(known) or []]
    draft.put("guide.delivery", list(dict.fromkeys(found)))


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
    "事项编码": _code,
    "实施编码": _code_at("offering.implementation_code"),
    "业务办理项编码": _code_at("offering.business_code"),
    "地方实施编码": _code_at("offering.local_code"),
    "实施主体": _department,
    "责任科室": _text("item.unit"),
    "实施主体编码": _code_at("item.department_code"),
    "实施主体性质": simple(places.one("item.body_nature", BodyNature, BODIES)),
    "受理机构": _text("item.accepting_body"),
    "决定机构": _text("item.deciding_body"),
    "行使层级": simple(places.many("item.tiers", Tier, TIERS)),
    "权力来源": simple(places.one("item.power_source", PowerSource, POWERS)),
    "委托部门": _text("item.delegated_by"),
    "联办机构": simple(places.strings("item.joint_bodies")),
    "服务对象": _audiences,
    "面向自然人事项主题分类": simple(places.texts("item.person_themes")),
    "面向法人事项主题分类": simple(places.texts("item.organisation_themes")),
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
    "法定办结时限说明": _explanation("variant.statutory"),
    "承诺办结时限": spans.put("承诺办结时限"),
    "承诺办结时限说明": _explanation("variant.promised"),
    "办理时限": spans.put(""),
    "特别程序": beside.put_special,
    "办理形式": _ways,
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
    "结果送达方式": _delivery,
    "中介服务": _text("guide.intermediary"),
    "中介服务清单": papers.put_agencies,
    "办理地点": _address,
    "办理窗口": _window,
    "办理时间": lambda draft, value: hours.put(draft, as_words(value)),
    "办理地点与时间": _place_and_time,
    "交通指引": _text("window.directions"),
    "办公电话": simple(places.words("window.telephone")),
    "联系方式": _contacts,
    "咨询投诉": _both,
    "咨询方式": people.put("guide.enquiries"),
    "监督投诉方式": people.put("guide.complaints"),
    "查询方式": _text("guide.follow_up"),
    "行政复议": people.remedy(RemedyKind.REVIEW),
    "行政诉讼": people.remedy(RemedyKind.LAWSUIT),
    "行政复议与行政诉讼": people.put_remedies,
    "依法享有的权利": simple(places.sentences("guide.rights")),
    "依法履行的义务": simple(places.sentences("guide.duties")),
    "常见问题": beside.put_questions,
    "常见错误": simple(places.sentences("guide.frequent_errors")),
}

# Where the same element must come after another: a part needs its whole.
LATE = ("法定办结时限说明", "承诺办结时限说明", "收费依据", "审批结果类型", "审批结果样本", "审批结果有效期", "审批不通过结果", "必须现场办理原因",
        "中介服务清单")

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

