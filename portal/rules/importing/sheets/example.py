"""rules/importing/sheets: the guide that stands in the template as an example. It is invented; the import passes it over."""
from portal.rules.guide.document import GuideFile

_STAGES = [
    {"key": "receive", "name": {"zh": "收件", "en": "Receive"}, "kind": "receive", "limit": {"amount": 0.5}},
    {"key": "examine", "name": {"zh": "审查", "en": "Examine"}, "kind": "examine", "limit": {"amount": 3}, "waits_for": ["receive"],
     "standard": {"zh": "摊位不占盲道和消防通道", "en": "The stall keeps off tactile paving and fire lanes"},
     "outcomes": [{"key": "agreed", "name": {"zh": "同意", "en": "Agreed"}},
                  {"key": "refused", "name": {"zh": "不同意", "en": "Refused"}, "leads": "end", "end": "refused"}]},
    {"key": "certify", "name": {"zh": "制证", "en": "Make the card"}, "kind": "certify", "limit": {"amount": 1}, "waits_for": ["examine"],
     "produces": ["card"]},
]
_DOCUMENTS = [
    {"key": "application", "name": {"zh": "便民早点摊登记表", "en": "Breakfast stall form"}, "kind": "form", "necessity": "required",
     "source": "applicant", "originals": 1, "medium": "either", "main": True},
    {"key": "health", "name": {"zh": "从业人员健康证明", "en": "Health certificate of those who work there"}, "kind": "certificate",
     "necessity": "later", "source": "government", "photocopies": 1, "medium": "paper",
     "when": {"field": "cooks", "op": "equals", "value": True}},
]


def example() -> GuideFile:
    """A stall for breakfast, with a row in each table that a county usually fills."""
    return GuideFile.model_validate({
        "guide": {
            "item": {
                "name": {"zh": "便民早点摊登记（示例）", "en": "Registering a breakfast stall (example)"}, "aliases": ["早餐车", "早点摊"],
                "kind": "public_service", "tiers": ["township"], "handling": "committed", "department": "示例镇人民政府",
                "audiences": ["person"],
            },
            "summary": {"zh": "想在集镇摆早点摊的，先登记领卡。", "en": "Who wants to sell breakfast in the street registers first."},
            "legal_basis": [{"law": "示例镇摊点管理办法", "articles": "第三条", "state": "not_checked"}],
            "conditions": ["有固定的摊位", "从业人员身体健康"],
            "situations": [{"key": "cooks", "label": {"zh": "现场加热食物吗", "en": "Is food heated there?"}, "type": "yes_no"}],
            "variants": [{
                "statutory": {"amount": 20}, "promised": {"amount": 5}, "free": False, "documents": _DOCUMENTS, "stages": _STAGES,
                "not_counted": [{"reason": "inspection", "name": "现场查看", "limit": {"amount": 2}}],
                "fees": [{"key": "card", "name": {"zh": "卡片工本费", "en": "Price of the card"}, "standard": "每张10.50元", "fen": 1050,
                          "basis": "示例镇收费目录", "ways_to_pay": ["微信", "现金"]}],
                "results": [{"key": "card", "name": {"zh": "早点摊登记卡", "en": "Stall card"}, "kind": "certificate", "validity": "一年"}],
            }],
            "form": [{"key": "stall", "title": {"zh": "摊位", "en": "Stall"}, "fields": [
                {"key": "street", "label": {"zh": "在哪条街", "en": "Which street"}, "type": "text", "example": "示例街"},
                {"key": "sells", "label": {"zh": "卖什么", "en": "What is sold"}, "type": "choice",
                 "options": [{"value": "buns", "label": {"zh": "包点", "en": "Buns"}}, {"value": "noodles", "label": {"zh": "面食", "en": "Noodles"}}]},
            ]}],
            "access": {"ways": ["window", "online"], "online": True, "visits": {"times": 1, "reason": "查看摊位"},
                       "cross_region": [{"kind": "county", "form": "任一乡镇窗口收件"}]},
            "delivery": ["pick_up", "mail"],
            "enquiries": [{"name": "便民服务中心", "telephone": "0680-5550111"}],
            "complaints": [{"name": "镇纪检办", "telephone": "0680-5550112"}],
            "remedies": [{"kind": "review", "body": "示例县人民政府"}],
            "questions": [{"question": "卡丢了怎么办？", "answer": "带身份证到窗口补一张。"}],
        },
        "offerings": [{
            "place": "990101001000", "place_name": "示例镇", "roles": ["decides", "receives"], "in_hall": True,
            "windows": [{"name": "综合窗口", "address": "示例街1号", "telephone": "0680-5550113", "hours": [
                {"spans": [{"opens": "08:30", "closes": "12:00"}, {"opens": "14:00", "closes": "17:30"}]}]}],
        }],
    })
