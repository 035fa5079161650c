"""rules/lint: where the rules come from. Standards that were not read in full are named as models, not as law."""
from portal.rules.guide.text import Text


def article(number_zh: str, number: int | str) -> Text:
    return Text(zh=f"《行政许可法》第{number_zh}条", en=f"Administrative Licensing Law, article {number}")


def city(rule: int) -> Text:
    return Text(zh=f"某市政务服务指南核查规则第{rule}条（转述）", en=f"Checks that a city's officials used on guides, rule {rule} (restated)")


ART_29, ART_30 = article("二十九", 29), article("三十", 30)
ART_31, ART_32 = article("三十一", 31), article("三十二", 32)
ART_34, ART_38 = article("三十四", 34), article("三十八", 38)
ART_42, ART_44, ART_45 = article("四十二", 42), article("四十四", 44), article("四十五", 45)
ART_58 = article("五十八", 58)
MODEL = Text(zh="参照 GB/T 36114-2018（服务指南编写）", en="Designed after GB/T 36114-2018 (writing service guides)")
FIELDS = Text(zh="GB/T 39046-2020（事项要素与编码）", en="GB/T 39046-2020 (item fields and codes)")
CREDIT_CODE = Text(zh="GB 32100（统一社会信用代码）", en="GB 32100 (unified social credit code)")
CLOSED_LOOP = Text(zh="流程须能走通（本平台）", en="The procedure has to run (this platform)")
SENSE = Text(zh="指南前后一致（本平台）", en="A guide agrees with itself (this platform)")
WINDOW_STAYS = Text(zh="保留线下窗口服务（便利老年人要求）", en="The staffed window stays (accessibility for the old)")
PERSONAL = Text(zh="《个人信息保护法》第六条", en="Personal Information Protection Law, article 6")
COMMITMENT = Text(zh="告知承诺制", en="Notify-and-commit")
OWED = Text(zh="容缺受理", en="Conditional acceptance")
