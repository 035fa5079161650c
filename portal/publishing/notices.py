"""publishing: what stands at the address of a guide that was withdrawn: that it was, when and why, and where to go on."""
from dataclasses import dataclass

from portal.publishing import addresses
from portal.publishing.edition import Edition, Notice
from portal.publishing.said import Said, day, english, say


@dataclass(frozen=True)
class NoticePage:
    """Plain values for `site/withdrawn_body.html`."""

    title: Said
    heading: str
    sentence: str
    reason_label: str
    reason: Said
    cases: str
    ask: str | None
    links: tuple[Said, ...]


def view(notice: Notice, edition: Edition, locale: str) -> NoticePage:
    """The notice for a reader of `locale`."""
    def t(zh: str, en: str) -> str:
        return en if english(locale) else zh

    on = day(notice.on, locale)
    return NoticePage(
        title=say(notice.name, locale),
        heading=t("本指南已撤下", "This guide was withdrawn"),
        sentence=t(f"这份办事指南（第{notice.revision}版）已于{on}撤下，不再作为办事依据。",
                   f"This guide (No. {notice.revision}) was withdrawn on {on} and is no longer what people can go by."),
        reason_label=t("撤下理由", "Why"),
        reason=say(notice.words, locale),
        cases=t("撤下之前已经提交的申请继续办理，不受影响，可以凭查询码查看进度。",
                "Applications sent before are handled as before; follow yours with its tracking code."),
        ask=t(f"咨询电话：{edition.telephone}", f"Telephone: {edition.telephone}") if edition.telephone else None,
        links=(Said(t("看全部办事指南", "See all guides"), href=addresses.guides(locale)),
               Said(t("查办件进度", "Follow a case"), href=addresses.track(locale))),
    )
