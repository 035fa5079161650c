"""publishing: what the front page shows besides its hand-written words."""
from portal.publishing import addresses
from portal.publishing.edition import Edition
from portal.publishing.indexes import WAYS, Ways, links_to
from portal.publishing.said import Said, english


def home(edition: Edition, found: Ways, locale: str) -> dict:
    """The values of `site/home_body.html`, besides the frame."""
    in_english = english(locale)

    def t(zh: str, en: str) -> str:
        return en if in_english else zh

    number = len(edition.cards)
    return {
        "words": {
            "ask": t("要办什么事？", "What would you like to do?"),
            "hint": t("可以写名称、俗称或拼音首字母。", "Write its name, an everyday word, or pinyin initials."),
            "all": Said(t(f"看全部{number}项指南", f"See all {number} guides"), href=addresses.guides(locale)),
        },
        "doors": (
            (Said(t("在线申请", "Apply online"), href=addresses.page("how-to-apply", locale)),
             t("先看指南，再填表提交，不用注册。", "Read the guide, fill in the form. No account is needed.")),
            (Said(t("查办件进度", "Follow a case"), href=addresses.track(locale)),
             t("凭回执上的查询码，看办到哪一步、几号办完。", "With the code on your receipt: where it stands and when it will be done.")),
            (Said(t("到窗口办", "Go to a window"), href=addresses.page("tiers", locale)),
             t("县、乡镇、村都有办理点，就近去办。", "In the county hall, your township or your village.")),
        ),
        "ways": tuple(
            (Said(way.en if in_english else way.zh, href=addresses.page(way.name, locale)),
             links_to(found[way.name], way.name, locale))
            for way in sorted(WAYS, key=lambda one: ("themes", "departments", "audiences", "tiers").index(one.name))
        ),
    }
