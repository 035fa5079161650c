"""For each lint rule one change of the good guide that breaks it, and one that just does not.

A change maps paths to new values; DROP takes the element away. Paths begin in the guide, but for
`offerings` and `unplaced`; `v0` and `v1` are its two situations (extension and first permit).
"""
from typing import Any

from tests.rules.guides import AGENT, FEE

DROP = object()
PUBLIC = {"item/kind": "public_service"}
INSTANT = {"item/handling": "instant", "item/review_mode": "at_once"}
SPOT = {"unit": "on_the_spot"}
ALL_SPOT = {"v0/promised": SPOT, "v1/promised": SPOT}
DONE = {"key": "done", "name": "完成"}
END = {"key": "end", "name": "终止", "leads": "end", "end": "refused"}
BACK = {"key": "back", "name": "退回", "leads": "back", "to": "accept"}


def days(amount: float, unit: str = "workday") -> dict[str, Any]:
    return {"amount": amount, "unit": unit}


def stage(key: str, kind: str = "other", *waits_for: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": key, "kind": kind, "waits_for": list(waits_for), "limit": SPOT} | more


def nested(depth: int) -> dict[str, Any]:
    condition: dict[str, Any] = {"field": "agent", "value": True}
    for _ in range(depth):
        condition = {"all": [condition]}
    return condition


RULE_STOP = {"counted": False, "stop_reason": "rule"}
QUIET = {"access/pay_online": DROP, "v1/fees": DROP, "v1/free": True}
SEASON = "offerings/0/windows/0/hours/0"
HOURS = f"{SEASON}/spans"
LOCAL = {"key": "local", "name": "村民小组意见", "necessity": "required", "source": "applicant", "originals": 1, "medium": "paper"}

CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    # the item
    "L-ITEM-01": ({"item/kind": DROP}, {"item/kind": "other"}),
    "L-ITEM-02": (PUBLIC | {"item/department": DROP}, {"item/department": DROP}),
    "L-ITEM-03": ({"item/handling": DROP}, INSTANT),
    "L-ITEM-04": ({"item/tiers": DROP}, {"item/tiers": ["village"]}),
    "L-ITEM-05": ({"item/audiences": []}, {"item/audiences": ["other"]}),
    "L-ITEM-06": ({"item/audiences": ["person"]}, {"item/audiences": ["person"], "item/organisation_themes": []}),
    "L-ITEM-07": ({"summary": DROP}, {"conditions": []}),
    "L-ITEM-08": (PUBLIC | {"form": DROP, "v1/documents/3/when": DROP, "v1/fees/0/when": DROP},
                  {"form": DROP, "v1/documents/3/when": DROP, "v1/fees/0/when": DROP}),
    "L-ITEM-09": ({"form/0/fields/3/example": "110105199001011237"}, {"form/0/fields/3/example": "990105199001011237"}),
    "L-ITEM-10": ({"item/takes_effect": "2026-01-01", "item/cancelled_on": "2026-01-01"},
                  {"item/takes_effect": "2026-01-01", "item/cancelled_on": "2026-01-02"}),
    "L-CODE-01": (PUBLIC | {"item/code": DROP}, {"item/code": DROP}),
    "L-CODE-02": ({"item/code": "99010609900"}, {"item/code": "990106099001"}),
    "L-CODE-03": ({"item/department_code": "TE4401135000001190"}, {"item/department_code": DROP}),
    # the licence's eight, and its questions
    "L-LICENCE-01": ({"item/code": DROP}, PUBLIC | {"item/code": DROP}),
    "L-LICENCE-02": ({"legal_basis": []}, PUBLIC | {"legal_basis": []}),
    "L-LICENCE-03": ({"conditions": []}, {"conditions": ["年满十八周岁"]}),
    "L-LICENCE-04": ({"item/quantity_limit": DROP}, PUBLIC | {"item/quantity_limit": DROP}),
    "L-LICENCE-05": ({"v0/stages": []}, PUBLIC | {"v0/stages": []}),
    "L-LICENCE-06": ({"v0/statutory": DROP}, PUBLIC | {"v0/statutory": DROP}),
    "L-LICENCE-07": ({"v0/documents": [], "v0/note": "限本县户籍"}, {"v0/documents": [], "v0/note": "无需提交材料"}),
    "L-LICENCE-08": ({"form/0/fields/0/example": DROP, "form/0/fields/1/example": DROP, "form/0/fields/3/example": DROP,
                      "form/1/fields/0/example": DROP, "form/1/fields/1/example": DROP},
                     {"v1/documents/0/filled_sample": DROP}),
    "L-LICENCE-09": ({"questions": []}, PUBLIC | {"questions": []}),
    # the legal basis
    "L-BASIS-01": (PUBLIC | {"legal_basis": []}, {"legal_basis": []}),
    "L-BASIS-02": ({"legal_basis/0/articles": DROP}, {"legal_basis/0/articles": "全文"}),
    "L-BASIS-03": ({"legal_basis/0/law": "《中华人民共和国合同法》第十条"}, {"legal_basis/0/law": "中华人民共和国劳动合同法"}),
    "L-BASIS-04": ({"legal_basis/0/state": "repealed"}, {"legal_basis/1": {"law": "物权法", "state": "repealed"}}),
    "L-BASIS-05": ({"v1/documents/1/basis": "《物权法》第九条"}, {"v1/documents/1/basis": "《物权法》（已废止）第九条"}),
    "L-BASIS-06": ({"legal_basis/0/source": DROP}, {"legal_basis/0/source": DROP, "legal_basis/0/state": "not_checked"}),
    "L-BASIS-07": ({"legal_basis/0/issued_on": "1992-06-22", "legal_basis/0/effective_on": "1992-06-21"},
                   {"legal_basis/0/issued_on": "1992-06-22", "legal_basis/0/effective_on": "1992-06-22"}),
    "L-BASIS-08": ({"provenance/checked_on": DROP}, {"provenance/review_due": DROP}),
    "L-BASIS-09": ({"provenance/review_due": "2026-11-21"}, {"provenance/review_due": "2026-11-22"}),
    "L-BASIS-10": ({"provenance/review_due": "2026-11-02"}, {"provenance/review_due": "2026-11-03"}),
    "L-BASIS-11": ({"unplaced": ["备注"]}, {"unplaced": []}),
    # situations and conditions
    "L-VARIANT-01": ({"v0/when": DROP}, {"v0/when": {"field": "action", "op": "given"}, "v1": DROP}),
    "L-VARIANT-02": ({"v1": DROP}, {"v1/when": {"field": "action", "value": "first"}}),
    "L-VARIANT-03": ({"situations/1": {"key": "why", "label": "为什么", "type": "yes_no"}},
                     {"situations/1": {"key": "why", "label": "为什么", "type": "yes_no"},
                      "v1/documents/1/when": {"field": "why", "value": True}}),
    "L-VARIANT-04": ({"v0/when": {"field": "agent", "value": True}}, {"v0/when": {"field": "action", "op": "in", "value": ["extend"]}}),
    "L-COND-01": ({"form/0/fields/0/when": {"field": "agent", "value": True}},
                  {"form/1/fields/0/when": {"field": "agent", "value": True}}),
    "L-COND-02": ({"v0/when/value": "extension"}, {"v0/when/value": "first"}),
    "L-COND-03": ({"v1/fees/0/when/value": "二十"}, {"v1/fees/0/when/value": 19.5}),
    "L-COND-04": ({"v1/documents/3/when": {"field": "action", "value": "extend"}},
                  {"v1/documents/3/when": {"field": "action", "value": "first"}}),
    "L-COND-05": ({"v1/documents/3/when": nested(9)}, {"v1/documents/3/when": nested(8)}),
    # documents
    "L-DOC-01": ({"v1/documents/1/name": "法律、行政法规规定的其他文件、材料"}, {"v1/documents/1/name": "其他共有人同意的书面材料"}),
    "L-DOC-02": ({"v1/documents/1/name": "平面图、效果图等"}, {"v1/documents/1/name": "高等教育学历证书"}),
    "L-DOC-03": ({"v1/documents/1/source": DROP}, {"v1/documents/1/source": "other"}),
    "L-DOC-04": ({"v1/documents/1/necessity": DROP}, {"v1/documents/1/necessity": "later"}),
    "L-DOC-05": ({"v1/documents/1/originals": DROP, "v1/documents/1/photocopies": DROP},
                 {"v1/documents/1/originals": DROP, "v1/documents/1/photocopies": DROP, "v1/documents/1/medium": "electronic"}),
    "L-DOC-06": ({"v1/documents/1/medium": DROP}, {"v1/documents/4/medium": DROP}),
    "L-DOC-07": ({"v1/documents/3/when": DROP}, {"v1/documents/3/when": DROP, "v1/documents/3/when_note": "委托他人时"}),
    "L-DOC-08": ({"v1/documents/2/necessity": "optional"}, {"v1/documents/1/necessity": "optional"}),
    "L-DOC-09": ({"v1/documents/1/name": "绿地恢复方案"}, {"v1/documents/3/name": "绿地恢复方案"}),
    "L-DOC-10": ({"v1/documents/1/name": "临时占用绿地许可证"}, {"v0/documents/1/name": "临时占用绿地许可证"}),
    "L-DOC-11": (PUBLIC | {"v0/documents": [], "v0/note": "无需提交其他材料"}, PUBLIC | {"v0/documents": [], "v0/note": "无需提交材料"}),
    "L-DOC-12": ({"offerings/1/documents": [{"key": "local", "name": "村民意见"}]},
                 {"offerings/1/documents": [{"key": "local", "name": "村民意见", "basis": "县政府文件"}]}),
    "L-DOC-13": ({"commitment_offered": DROP}, {"commitment_offered": DROP, "v1/documents/5/commitment": False}),
    "L-DOC-14": ({"commitment_text": DROP}, {"commitment_text": DROP, "commitment_offered": False}),
    "L-DOC-15": (INSTANT, {"v1/documents/2/necessity": "required"} | INSTANT),
    # stages
    "L-STAGE-01": (PUBLIC | {"v0/stages": []}, {"v0/stages": []}),
    "L-STAGE-02": ({"v1/stages/1/waits_for": ["accept", "decide"]}, {"v1/stages/1/waits_for": ["accept", "traffic"]}),
    "L-STAGE-03": ({"v1/stages/1/waits_for": ["accept", "site_check"]}, {"v1/stages/1/waits_for": ["traffic"]}),
    "L-STAGE-04": ({"v1/stages/0/outcomes": [END]}, {"v1/stages/0/outcomes": [END, DONE]}),
    "L-STAGE-05": ({"v1/stages/1/outcomes": [END]}, {"v1/stages/4/outcomes": [END, DONE]}),
    "L-STAGE-06": ({"v1/stages/1/outcomes/1/to": "traffic"}, {"v1/stages/3/outcomes/1": BACK | {"to": "traffic"}}),
    "L-STAGE-07": ({"v0/stages": [stage("accept", "accept", outcomes=[END])]},
                   {"v0/stages": [stage("accept", "accept", outcomes=[END, DONE])]}),
    "L-STAGE-08": ({"item/department": DROP}, {"item/department": "青禾县水利局"}),
    "L-STAGE-09": ({"v1/stages/2/waits_for": []}, {"v1/stages/6": stage("help", "help_first")}),
    "L-STAGE-10": ({"v1/stages/4/name": "受理"}, {"v1/stages/2/name": "受理"}),
    "L-STAGE-11": ({"v1/stages/5/kind": "other"}, INSTANT | {"v0/stages/1/kind": "other"}),
    "L-STAGE-12": ({"v1/stages/0/outcomes": [DONE]}, PUBLIC | {"v1/stages/0/outcomes": [DONE]}),
    "L-STAGE-13": ({"v1/stages/3/outcomes": [DONE]}, PUBLIC | {"v1/stages/3/outcomes": [DONE]}),
    "L-STAGE-14": ({"v1/stages/1/officers": 1}, {"v1/stages/1/officers": 1, "item/kind": "confirmation"}),
    "L-STAGE-15": ({"v1/stages/1/kind": "special"},
                   {"v1/stages/1/kind": "special", "v1/stages/1/counted": False, "v1/stages/1/stop_reason": "inspection"}),
    "L-STAGE-16": ({"v1/stages/2/department": "青禾县公安"}, {"v1/stages/2/department": "邻县公安局"}),
    # limits
    "L-LIMIT-01": (INSTANT, INSTANT | ALL_SPOT),
    "L-LIMIT-02": (ALL_SPOT, {"v0/promised": SPOT}),
    "L-LIMIT-03": ({"item/handling": "instant"}, INSTANT),
    "L-LIMIT-04": ({"item/review_mode": "at_once"}, {"item/review_mode": "review_first"}),
    "L-LIMIT-05": ({"v0/promised": days(8, "hour")}, {"v0/promised": days(1.25)}),
    "L-LIMIT-06": ({"v0/promised": DROP}, {"v0/promised": DROP, "v0/results/0/limit": days(2)}),
    "L-LIMIT-07": (PUBLIC | {"v0/statutory": DROP}, {"v0/statutory": DROP}),
    "L-LIMIT-08": ({"v1/statutory": days(4.75)}, {"v1/statutory": days(5)}),
    "L-LIMIT-09": ({"v1/statutory": days(6, "day")}, {"v1/statutory": days(7, "day")}),
    "L-LIMIT-10": ({"v1/stages/1/limit": days(60, "day")},
                   {"v1/stages/1/limit": days(2.25), "v1/stages/1/when": AGENT, "v1/stages/3/when": {"not": AGENT}}),
    "L-LIMIT-11": ({"v1/stages/1/limit": days(1.75)}, {"v1/stages/2/limit": days(0.25)}),
    "L-LIMIT-12": ({"v1/stages/1/limit": days(2, "day")}, {"v1/stages/1/limit": days(16, "hour")}),
    "L-LIMIT-13": ({"v1/stages/4/limit": DROP}, {"v1/stages/4/limit": SPOT}),
    "L-LIMIT-14": ({"v1/statutory": days(21)}, {"v1/statutory": days(21) | {"explanation": "依《建筑法》第八条"}}),
    "L-LIMIT-15": ({"v1/not_counted/0/limit": DROP}, {"v1/not_counted/0/limit": DROP, "v1/not_counted/0/explanation": "另行告知"}),
    "L-LIMIT-16": ({"v1/stages/1": stage("site_check", "site_check", "accept", officers=2, stop_basis="《某某办法》第三条", **RULE_STOP)},
                   {"v1/stages/1": stage("site_check", "site_check", "accept", officers=2, counted=False, stop_reason="test")}),
    "L-LIMIT-17": (PUBLIC, PUBLIC | {"v1/not_counted/0/basis": "《城市绿化条例》第十九条"}),
    "L-LIMIT-18": ({"v1/stages/5/limit": days(0)}, {"v1/stages/5/limit": SPOT}),
    "L-LIMIT-19": ({"v1/stages/5/limit": days(10.25)}, {"v1/stages/5/limit": days(10)}),
    "L-LIMIT-20": ({"v1/not_counted/0/reason": "rule", "v1/not_counted/0/basis": "《取水许可和水资源费征收管理条例》第十九条"},
                   {"v1/not_counted/0/reason": "rule", "v1/not_counted/0/basis": "《中华人民共和国行政许可法》第三十二条"}),
    # fees
    "L-FEE-01": ({"v1/fees/0/basis": DROP}, {"v1/fees/0/charged_by": DROP}),
    "L-FEE-02": ({"v1/fees/0/standard": DROP}, {"v1/fees/0/standard": DROP, "v1/fees/0/fen": 0}),
    "L-FEE-03": ({"v1/fees/0/ways_to_pay": []}, {"v1/fees/0/ways_to_pay": ["现金"]}),
    "L-FEE-04": ({"access/pay_online": DROP}, {"access/pay_online": False}),
    "L-FEE-05": ({"v1/free": True}, {"v1/free": False}),
    "L-FEE-06": ({"v0/free": False}, {"v1/free": False}),
    "L-FEE-07": ({"v0/free": DROP}, {"v0/free": DROP, "v0/fees": [FEE]}),
    "L-FEE-08": (QUIET | {"access/pay_online": True}, QUIET),
    "L-FEE-09": ({"v1/fees/0/name": "申请表工本费"}, {"v1/fees/0/name": "证照工本费"}),
    "L-FEE-10": ({"v1/fees/0/standard": "按省物价部门规定执行"}, {"v1/fees/0/standard": "按省物价部门规定每平方米3元"}),
    "L-FEE-11": ({"v1/fees/0/may_be_reduced": True}, {"v1/fees/0/may_be_reduced": True, "v1/fees/0/reduction": "低保户免收"}),
    # results
    "L-RESULT-01": ({"v0/results": [], "v0/stages/2/produces": []}, {"v0/results/1": DROP}),
    "L-RESULT-02": ({"v1/results/0/kind": "document"}, {"v1/results/0/kind": "document", "v1/results/0/name": "签证"}),
    "L-RESULT-03": ({"v1/results/0/sample": DROP}, {"v1/results/0/sample": DROP, "v1/results/0/refusal": True}),
    "L-RESULT-04": ({"v1/stages/4/produces": []}, {"v1/stages/4/produces": [], "v1/stages/5/produces": ["permit"]}),
    "L-RESULT-05": ({"v1/results/2": {"key": "paper", "name": "登记表"}},
                    {"v1/results/2": {"key": "paper", "name": "登记表"}, "v1/stages/5/produces": ["paper"]}),
    "L-RESULT-06": ({"v1/results/0/validity": DROP}, {"v1/results/0/validity": DROP, "v1/results/0/refusal": True}),
    "L-RESULT-07": ({"v1/stages/2/produces": ["permit"]}, {"v1/stages/3/produces": ["permit"]}),
    # ways to apply
    "L-ACCESS-01": ({"access/ways": []}, {"access/ways": ["terminal"]}),
    "L-ACCESS-02": ({"access/visits": DROP}, {"access/visits": {"times": 0}}),
    "L-ACCESS-03": ({"access/visits/reason": "无"}, {"access/visits": {"times": 0}}),
    "L-ACCESS-04": ({"access/visits/times": 0}, {"access/visits": {"times": 0, "reason": "无"}}),
    "L-ACCESS-05": ({"access/visits": {"times": 0}, "access/ways": ["window"]}, {"access/visits": {"times": 0}, "access/ways": ["window", "mail"]}),
    "L-ACCESS-06": ({"access/online_depth": "IV"}, {"access/online_depth": "IV", "access/visits": {"times": 0}}),
    "L-ACCESS-07": ({"access/ways": ["window", "mail"]}, {"access/ways": ["window", "mail"], "access/online_depth": "II"}),
    "L-ACCESS-08": ({"access/online": False}, {"access/online": False, "access/ways": ["window", "mail"], "access/online_depth": "II"}),
    "L-ACCESS-09": ({"access/ways": ["online", "mail"]}, {"access/ways": ["online", "helper"]}),
    "L-ACCESS-10": ({"delivery": []}, {"delivery": ["village"]}),
    "L-ACCESS-11": ({"access/visits": {"times": 0}, "delivery": ["pick_up"]}, {"access/visits": {"times": 0}}),
    "L-ACCESS-12": ({"access/express": False}, {"access/express": False, "delivery": ["pick_up"]}),
    "L-ACCESS-13": ({"delivery": ["pick_up"], "access/ways": ["window", "online"]}, {"delivery": ["pick_up"]}),
    # contacts
    "L-CONTACT-01": ({"enquiries": [{"address": "二楼"}]}, {"enquiries/1": {"address": "二楼"}}),
    "L-CONTACT-02": ({"complaints": []}, {"complaints/0/name": DROP}),
    "L-CONTACT-03": ({"enquiries/0/telephone": "0680-5550160、(0680) 5550900"}, {"enquiries/0/telephone": "0680-5550901"}),
    "L-CONTACT-04": ({"enquiries/0/telephone": "020-123456"}, {"enquiries/0/telephone": "020-81234567，0680-12345"}),
    "L-CONTACT-05": ({"offerings/0/windows/0/telephone": DROP, "offerings/0/place": DROP}, {"offerings/0/windows/0/telephone": DROP}),
    "L-CONTACT-06": ({"offerings/0/windows/0/telephone": "0680 5550900"}, {"offerings/0/windows/0/telephone": "0680-5550160"}),
    "L-CONTACT-07": ({"remedies/1": DROP}, {"remedies/1/note": "六个月内"}),
    "L-CONTACT-08": ({"item/kind": "confirmation", "remedies": []}, PUBLIC | {"remedies": []}),
    # places
    "L-OFFER-01": ({"offerings": []}, {"offerings/1": DROP}),
    "L-OFFER-02": ({"offerings/0/roles": ["receives"]}, {"offerings/1": DROP}),
    "L-OFFER-03": ({"offerings/1/place": "990421"}, {"offerings/1/place": DROP}),
    "L-OFFER-04": ({"offerings/1/place": "990421000000"}, {"offerings/1/place": "990421000001"}),
    "L-OFFER-05": ({"offerings/0/windows/0/address": DROP, "offerings/0/place": DROP}, {"offerings/0/windows/0/address": DROP}),
    "L-OFFER-06": ({"offerings/0/windows/0/hours": [], "offerings/0/place": DROP},
                   {"offerings/0/windows/0/hours": [], "offerings/0/place": DROP, "offerings/0/windows/0/hours_note": "全天"}),
    "L-OFFER-07": ({f"{HOURS}/1/opens": "11:59"}, {f"{HOURS}/1/opens": "12:00"}),
    "L-OFFER-08": ({"offerings/1/documents": [LOCAL | {"basis": "青禾县示例办法第三条", "name": "临时占用绿地申请表"}]},
                   {"offerings/1/documents": [LOCAL | {"basis": "青禾县示例办法第三条"}]}),
    "L-OFFER-09": ({f"{SEASON}/since": "02-30"}, {f"{SEASON}/since": "02-29"}),
    "L-CODE-04": ({"offerings/0/implementation_code": "1199042100099006784"},
                  {"offerings/0/implementation_code": "TE44011350000011905990106099000", "offerings/0/body_code": DROP}),
    "L-CODE-05": ({"offerings/0/business_code": "1199042100099006784990106099000"}, {"offerings/0/business_code": DROP}),
    "L-CODE-06": ({"item/code": "990106099001"}, {"item/code": DROP}),
    "L-CODE-07": ({"offerings/0/implementation_code": "TE44011350000011905990106099000"},
                  {"offerings/0/implementation_code": "1199042100099006785990106099000"}),
}
