"""A guide for tests: small, realistic, without a fault, and with one of everything that tests like to change.

A licence with two situations, parallel stages that join, a conditional, an exempt, a committed and a later
document, a fee, and two places. `good_guide()` is a fresh plain value each time, as YAML would hold it.
"""
import json
from typing import Any

from portal.rules.guide.document import GuideFile

BODY = "119904210009900678"
CODE = "990106099000"
DEPARTMENT = "青禾县住房和城乡建设局"


def text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def workdays(amount: float) -> dict[str, Any]:
    return {"amount": amount, "unit": "workday"}


def good_guide() -> dict[str, Any]:
    """The file as plain values; change it freely."""
    return json.loads(json.dumps(FILE))


def good_file() -> GuideFile:
    return GuideFile.model_validate(good_guide())


def _document(key: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    row = {"key": key, "name": text(zh, en), "necessity": "required", "source": "applicant",
           "originals": 1, "photocopies": 0, "medium": "either"}
    return row | more


def _field(key: str, zh: str, en: str, type_: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "label": text(zh, en), "type": type_} | more


def _stage(key: str, zh: str, en: str, kind: str, limit: dict | None, *waits_for: str, **more: Any) -> dict[str, Any]:
    row = {"key": key, "name": text(zh, en), "kind": kind, "waits_for": list(waits_for)}
    return row | ({"limit": limit} if limit else {}) | more


ACCEPT = [
    {"key": "accepted", "name": text("受理", "Accepted"), "leads": "on"},
    {"key": "not_accepted", "name": text("不予受理", "Not accepted"), "leads": "end", "end": "not_accepted"},
]
DECIDE = [
    {"key": "grant", "name": text("准予许可", "Granted"), "leads": "on"},
    {"key": "refuse", "name": text("不予许可", "Refused"), "leads": "end", "end": "refused"},
]
PASS = [
    {"key": "pass", "name": text("符合要求", "In order"), "leads": "on"},
    {"key": "return", "name": text("退回重审", "Sent back"), "leads": "back", "to": "accept"},
]
FIRST_STAGES = [
    _stage("accept", "受理", "Accept", "accept", workdays(0.5), outcomes=ACCEPT, post="综合窗口"),
    _stage("site_check", "现场踏勘", "Check on site", "site_check", workdays(2), "accept", outcomes=PASS, officers=2),
    _stage("traffic", "交通影响审查", "Review of traffic", "examine", workdays(1), "accept",
           department="青禾县公安局", standard="占用期间的通行和视线"),
    _stage("decide", "审查决定", "Decide", "decide", workdays(1.5), "site_check", "traffic", outcomes=DECIDE),
    _stage("certify", "制证", "Make the permit", "certify", workdays(1), "decide", produces=["permit"]),
    _stage("deliver", "送达", "Deliver", "deliver", None, "certify"),
]
AGAIN_STAGES = [
    _stage("accept", "受理", "Accept", "accept", workdays(0.5), outcomes=ACCEPT),
    _stage("examine", "审查", "Examine", "examine", workdays(1), "accept"),
    _stage("decide", "决定", "Decide", "decide", workdays(0.5), "examine", outcomes=DECIDE, produces=["permit"]),
    _stage("deliver", "送达", "Deliver", "deliver", None, "decide"),
]
PERMIT = {
    "key": "permit", "name": text("临时占用绿地许可证", "Permit to occupy green space"), "kind": "certificate",
    "validity": text("以许可期限为准，最长一年", "As permitted, at most one year"), "sample": "许可证样式（示例）",
    "e_certificate": True,
}
REFUSAL = {"key": "refusal", "name": text("不予许可决定书", "Decision of refusal"), "kind": "document", "refusal": True}
FEE = {
    "key": "restoration", "name": text("绿地恢复费", "Fee for restoring the green"), "standard": "每平方米120元",
    "basis": "《城市绿化条例》第十九条", "charged_by": DEPARTMENT, "ways_to_pay": ["银行转账", "扫码支付"],
    "when": {"field": "area", "op": "more_than", "value": 20},
}
AGENT = {"field": "agent", "value": True}

GUIDE = {
    "item": {
        "code": CODE,
        "name": text("临时占用城市绿地审批", "Permit to occupy town green space for a time"),
        "aliases": ["占用绿地", text("绿化带开口", "Opening a green strip")],
        "kind": "licence",
        "tiers": ["county"],
        "handling": "committed",
        "review_mode": "review_first",
        "department": DEPARTMENT,
        "department_code": BODY,
        "body_nature": "statutory",
        "audiences": ["person", "company"],
        "person_themes": ["规划建设"],
        "organisation_themes": ["国土和规划建设"],
        "quantity_limit": text("无数量限制", "No limit on numbers"),
    },
    "summary": text("施工要占用绿地的，先办这项许可。", "Needed before works take up green space."),
    "scope": text("县城规划区内的公共绿地。", "Public green space of the county town."),
    "legal_basis": [
        {"law": text("城市绿化条例", "Regulations on Urban Greening"), "articles": "第十九条", "state": "checked",
         "checked_on": "2026-11-02", "source": "公开文本"},
    ],
    "conditions": [text("确有必要占用", "The works cannot do without"), "有恢复方案"],
    "prohibitions": ["古树名木保护范围内不得占用"],
    "situations": [
        _field("action", "办理哪一种", "What do you need", "choice", options=[
            {"value": "first", "label": text("首次申请", "A first permit")},
            {"value": "extend", "label": text("延期", "An extension")},
        ]),
    ],
    "variants": [
        {
            "key": "extend",
            "name": text("延期", "Extension"),
            "when": {"field": "action", "value": "extend"},
            "documents": [
                _document("form", "延期申请表", "Form for an extension", kind="form", main=True),
                _document("permit", "原许可证", "The present permit", source="government"),
            ],
            "stages": AGAIN_STAGES,
            "statutory": workdays(20),
            "promised": workdays(2),
            "free": True,
            "results": [PERMIT, REFUSAL],
        },
        {
            "key": "first",
            "name": text("首次申请", "First permit"),
            "documents": [
                _document("form", "临时占用绿地申请表", "Application form", kind="form", main=True,
                          filled_sample="见填写样本"),
                _document("plan", "占用范围平面图", "Plan of the area", photocopies=1, requirements="标明面积和起止点"),
                _document("restoration", "绿地恢复方案", "Plan for restoring the green", necessity="later"),
                _document("mandate", "授权委托书", "Mandate", when=AGENT),
                _document("title", "项目用地批准文件", "Approval of the land", source="government", exempt=True,
                          exempt_note="由本局向自然资源部门核验"),
                _document("safety", "安全文明施工说明", "Statement on safe works", commitment=True),
            ],
            "stages": FIRST_STAGES,
            "statutory": workdays(20),
            "promised": workdays(5),
            "not_counted": [{"reason": "expert_review", "name": "专家评审", "limit": workdays(10)}],
            "fees": [FEE],
            "results": [PERMIT, REFUSAL],
        },
    ],
    "form": [
        {"key": "applicant", "title": text("申请人", "Applicant"), "fields": [
            _field("name", "姓名或名称", "Name", "name", example="叶小禾"),
            _field("telephone", "联系电话", "Telephone", "telephone", example="0680-5550199"),
            _field("agent", "是否委托他人办理", "Does an agent file for you", "yes_no"),
            _field("agent_id", "代理人身份证号", "Agent's ID number", "resident_id", when=AGENT,
                   example="990421199001011232"),
        ]},
        {"key": "works", "title": text("占用情况", "The works"), "fields": [
            _field("area", "占用面积（平方米）", "Area in square metres", "number", minimum=1, maximum=5000, example="12"),
            _field("until", "占用至", "Until", "date", example="2026-12-31"),
        ]},
    ],
    "procedure_offline": "到窗口提交，受理后并联审查，领取许可证。",
    "access": {
        "ways": ["window", "online", "mail"], "online_depth": "III", "visits": {"times": 1, "reason": "核对占用范围"},
        "appointment": True, "express": True, "pay_online": True,
    },
    "commitment_offered": True,
    "commitment_text": "承诺按方案施工，虚假承诺的撤销许可。",
    "delivery": ["pick_up", "mail"],
    "enquiries": [{"name": text("住建窗口", "Construction window"), "telephone": "0680-5550160"}],
    "complaints": [{"name": text("政务督查室", "Supervision office"), "telephone": "0680-5550900"}],
    "follow_up": "凭查询码在进度查询页查看。",
    "remedies": [
        {"kind": "review", "body": "青禾县人民政府"},
        {"kind": "lawsuit", "body": "青禾县人民法院"},
    ],
    "rights": ["依法平等取得许可"],
    "duties": ["如实提交材料"],
    "questions": [{"question": "能延期吗？", "answer": "期满前可以延期一次。"}],
    "frequent_errors": ["平面图没有标面积"],
    "provenance": {"sample": True, "source": "示例指南", "checked_on": "2026-11-02", "review_due": "2027-11-02"},
}
FILE = {
    "guide": GUIDE,
    "offerings": [
        {
            "place": "990421000000", "roles": ["decides", "receives"],
            "implementation_code": BODY + "4" + CODE, "business_code": BODY + "4" + CODE + "01", "body_code": BODY,
            "windows": [{
                "name": "二楼6号窗口", "address": "青禾县云岭大道1号", "telephone": "0680-5550161",
                "hours": [{"days": [1, 2, 3, 4, 5], "spans": [
                    {"opens": "08:30", "closes": "12:00"}, {"opens": "14:00", "closes": "17:30"}]}],
            }],
        },
        {"place": "990421101000", "place_name": "云岭镇便民服务中心", "roles": ["advises"]},
    ],
}
