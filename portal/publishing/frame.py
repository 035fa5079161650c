"""publishing: what stands around every page of the site: the head band with search and language, and the foot."""
from dataclasses import dataclass

from portal.publishing import addresses
from portal.publishing.edition import Edition
from portal.publishing.guide_page import sample_notice
from portal.publishing.said import Said, english, page_lang, say
from portal.rules.guide.text import EN, ZH


@dataclass(frozen=True)
class Frame:
    """Plain values for `_header.html` and `_footer.html`."""

    locale: str
    lang: str
    authority: Said
    service: str
    home: str
    skip: str
    sample: str | None
    search: str
    search_label: str
    search_button: str
    search_lang: str | None
    nav_label: str
    nav: tuple[Said, ...]
    here: str
    is_home: bool
    """The front page has a search field of its own."""
    language: Said
    foot: tuple[str, ...]
    foot_links: tuple[Said, ...]


def frame(edition: Edition, locale: str, here: str) -> Frame:
    """The frame of the page at path `here`, which exists in both languages."""
    in_english = english(locale)

    def t(zh: str, en: str) -> str:
        return en if in_english else zh

    other = here.removeprefix("/en") if in_english else f"/en{here}"
    telephone = edition.telephone
    return Frame(
        locale=locale,
        lang=page_lang(locale),
        authority=say(edition.authority, locale),
        service=t("办事", "Services"),
        home=addresses.home(locale),
        skip=t("跳到正文", "Skip to the content"),
        sample=sample_notice(edition, locale) if edition.sample else None,
        search=addresses.search(locale).partition("?")[0],
        search_label=t("查找办事指南", "Search the service guides"),
        search_button=t("查找", "Search"),
        search_lang="en" if in_english else None,
        nav_label=t("主要", "Main"),
        nav=(
            Said(t("首页", "Home"), href=addresses.home(locale)),
            Said(t("办事指南", "Guides"), href=addresses.guides(locale)),
            Said(t("查办件进度", "Follow a case"), href=addresses.track(locale)),
            Said(t("怎么申请", "How to apply"), href=addresses.page("how-to-apply", locale)),
        ),
        here=here,
        is_home=here == addresses.home(locale),
        language=Said("中文", ZH, other) if in_english else Said("English", EN, other),
        foot=(
            t("不会上网、没有手机也能办：到窗口办理，或请村（社区）帮办员代办。",
              "No phone, no internet? Come to a window, or ask a helper in your village."),
            *((t(f"咨询电话：{telephone}", f"Telephone: {telephone}"),) if telephone else ()),
        ),
        foot_links=(
            Said(t("您的权利", "Your rights"), href=addresses.page("rights", locale)),
            Said(t("无障碍", "Accessibility"), href=addresses.page("accessibility", locale)),
            Said(t("关于本站", "About"), href=addresses.page("about", locale)),
            Said(t("全部指南", "All guides"), href=addresses.guides(locale)),
            Said(t("办理点和电话", "Places and telephones"), href=addresses.page("places", locale)),
            Said(t("清单和名录", "Lists"), href=addresses.page("lists", locale)),
            Said(t("开放数据", "Open data"), href=addresses.page("data", locale)),
        ),
    )
