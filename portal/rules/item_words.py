"""rules/item_words: what is said of an item that changed: to readers of its address, to who wants to apply, and to who has
a case that runs.

Of running cases: what was accepted is handled to its end by the rules at acceptance, because laws do not reach back
(立法法 art. 104) and a permit that was granted is protected (行政许可法 art. 8). A suspension stops no clock: only what
art. 45 names does. What was handed in but not accepted is still answered (art. 32). Unless the change's own paper says
otherwise, which is then told in writing.
"""
from dataclasses import dataclass
from datetime import date

from portal.rules.guide.codes import Tier
from portal.rules.guide.text import Text
from portal.rules.items import OPEN, Life
from portal.rules.progress import day

UNACCEPTED, RUNNING = ("submitted", "correction"), ("submitted", "correction", "accepted", "decided")
"""States of a case: before acceptance, and all in which somebody is still to act."""
EXPIRED = Text(zh="暂停的期限已满。", en="The days of the suspension are over.")
"""The reason where the clock put an item in force again."""


@dataclass(frozen=True)
class Successor:
    """The item that people are led to; `slug` is its address."""

    slug: str
    name: Text


@dataclass(frozen=True)
class Change:
    """What happened to an item, as everybody may read it. `into` is what it was merged into where that changed in turn; then
    `successor` is where people are led in the end, if anywhere."""

    life: Life
    since: date
    reason: Text
    basis: Text | None = None
    until: date | None = None
    body: Text | None = None
    tier: Tier | None = None
    successor: Successor | None = None
    into: Text | None = None


@dataclass(frozen=True)
class Closed:
    """Nobody can apply now: `said` tells why and where to go, `drafts` what holds for who has begun."""

    change: Change
    heading: Text
    said: Text
    drafts: Text


def heading(life: Life) -> Text:
    """The state in few words, as a heading."""
    return {Life.IN_FORCE: Text(zh="本事项正常办理", en="This service is in force"),
            Life.SUSPENDED: Text(zh="本事项暂停办理", en="This service is suspended"),
            Life.CANCELLED: Text(zh="本事项已取消", en="This service was cancelled"),
            Life.HANDED_DOWN: Text(zh="本事项已下放", en="This service was handed down"),
            Life.TAKEN_OVER: Text(zh="本事项已由本县承接", en="This service was taken over"),
            Life.MERGED: Text(zh="本事项已并入其他事项", en="This service was merged into another")}[life]


def sentence(change: Change) -> Text:
    """What happened, since when, until when."""
    on, body = day(change.since), change.body
    if change.life is Life.SUSPENDED:
        if change.until:
            until = day(change.until)
            return Text(zh=f"自{on.zh}起暂停办理，到{until.zh}为止，之后恢复。", en=f"Suspended from {on.en} until {until.en}; in force again afterwards.")
        return Text(zh=f"自{on.zh}起暂停办理，恢复时间另行公告。", en=f"Suspended since {on.en}; when it is in force again will be announced here.")
    if change.life is Life.CANCELLED:
        return Text(zh=f"自{on.zh}起取消，不再收新的申请。", en=f"Cancelled on {on.en}; new applications are not taken in.")
    if change.life is Life.HANDED_DOWN:
        to, to_en = _office(change.tier, body)
        return Text(zh=f"自{on.zh}起下放，由{to}办理。", en=f"Handed down on {on.en}; it is handled by {to_en}.")
    if change.life is Life.TAKEN_OVER:
        by, by_en = _office(change.tier, body)
        return Text(zh=f"原由{by}办理，自{on.zh}起由本县承接。", en=f"Handled by {by_en} before; taken over by this county on {on.en}.")
    if change.life is Life.MERGED and change.into:
        return _merged_further(on, change.into, change.successor)
    if change.life is Life.MERGED:
        into = change.successor.name if change.successor else Text(zh="其他事项", en="another service")
        return Text(zh=f"自{on.zh}起并入“{into.zh}”，请按那份指南办理。", en=f"Merged on {on.en} into “{into.said('en')}”; follow that guide.")
    return Text(zh=f"自{on.zh}起恢复办理。", en=f"In force again since {on.en}.")


def _merged_further(on: Text, into: Text, now: Successor | None) -> Text:
    zh, en = f"自{on.zh}起并入“{into.zh}”，", f"Merged on {on.en} into “{into.said('en')}”,"
    if now is None:
        return Text(zh=f"{zh}那个事项现在也不能办理。", en=f"{en} which cannot be applied for now either.")
    return Text(zh=f"{zh}那个事项后来也有变化，现在请按“{now.name.zh}”的指南办理。",
                en=f"{en} which changed later; follow the guide “{now.name.said('en')}” now.")


def came(name: Text, change: Change) -> Text:
    """What stands above the guide to which the address of another item leads on."""
    on = day(change.since)
    if change.life is Life.MERGED:
        return Text(zh=f"原来的“{name.zh}”自{on.zh}起并入本事项，请按这份指南办理。",
                    en=f"“{name.said('en')}” was merged into this service on {on.en}; follow this guide.")
    return Text(zh=f"原来的“{name.zh}”自{on.zh}起下放，请按这份指南办理。", en=f"“{name.said('en')}” was handed down on {on.en}; follow this guide.")


def beside(said: Text, change: Change) -> Text:
    """What is said of a guide, and what happened to its item."""
    more = sentence(change)
    return Text(zh=f"{said.zh}本事项{more.zh}", en=f"{said.said('en')} This service: {more.said('en')}")


def where(change: Change) -> Text | None:
    """Where to go now, beside the successor's link; None where nobody said."""
    if change.life in OPEN or change.body is None or change.life is Life.HANDED_DOWN:
        return None
    return Text(zh=f"需要办的，请找：{change.body.zh}。", en=f"Go to: {change.body.said('en')}.")


def closed(change: Change, *, below: bool = False) -> Closed | None:
    """That nobody can apply now, in words; None where applications are taken in. `below` says that places below the
    county take in an item that was handed down."""
    if change.life in OPEN or (below and change.life is Life.HANDED_DOWN):
        return None
    said, to = sentence(change), where(change)
    end = Text(zh="现在不能申请。", en="Nobody can apply now.") if change.life is Life.SUSPENDED else \
        Text(zh="这里不再收新的申请。", en="New applications are not taken in here.")
    parts = [one for one in (said, end if change.life in (Life.SUSPENDED, Life.HANDED_DOWN) else None, to) if one]
    words = Text(zh="".join(one.zh for one in parts), en=" ".join(one.said("en") for one in parts))
    return Closed(change, heading(change.life), words, drafts(change))


def drafts(change: Change) -> Text:
    """What holds for who has begun to fill in the form."""
    if change.life is Life.SUSPENDED:
        return Text(zh="您填的内容都还在；恢复办理后用原来的续填码接着填、再提交。",
                    en="What you filled in is kept. Once the service is in force again, go on with the same code and send it.")
    if change.successor is not None:
        return Text(zh="您填的内容都还在，可以对照着填新的申请；这一份不能再提交。",
                    en="What you filled in is kept, to copy from; this application itself can no longer be sent.")
    return Text(zh="您填的内容都还在，可以查看、抄录；这一份不能再提交。",
                en="What you filled in is kept, to read and copy; it can no longer be sent.")


def holds(change: Change, state: str, arrived_on: date) -> Text | None:
    """What holds for a running case in that state; None where the change does not touch it: it came afterwards, or it is over."""
    if state not in RUNNING or change.life is Life.IN_FORCE or (change.life is Life.TAKEN_OVER and arrived_on >= change.since):
        return None
    if state == "decided":
        return Text(zh="已经作出的决定有效，照常送达（行政许可法第八条、第四十四条）。",
                    en="The decision that was made stands and is handed over as usual (Licensing Law, arts. 8 and 44).")
    return (_NOT_YET if state in UNACCEPTED else _ACCEPTED)[change.life]


def told(change: Change, state: str, arrived_on: date) -> Text:
    """The message to the parties of a running case: what happened, and what holds for them."""
    own = holds(change, state, arrived_on) or Text(zh="您的申请照常办理。", en="Your application is handled as usual.")
    said = sentence(change)
    return Text(zh=f"您申请的事项{said.zh}{own.zh}", en=f"The service that you applied for: {said.en} {own.en}")


def _office(tier: Tier | None, body: Text | None) -> tuple[str, str]:
    """The office with its tier in words."""
    if tier is None or body is None:
        return (body.zh, body.said("en")) if body else ("有关机关", "the body in charge")
    return f"{body.zh}（{tier.text.zh}）", f"{body.said('en')} ({tier.text.en.lower()})"


_OTHERWISE = Text(zh="法律或者变动的决定对在办件另有规定的，会书面告诉您。",
                  en="If a law or the decision itself says otherwise for running cases, you are told in writing.")


def _held(zh: str, en: str) -> Text:
    return Text(zh=zh + _OTHERWISE.zh, en=f"{en} {_OTHERWISE.en}")


_ACCEPTED = {
    Life.SUSPENDED: _held(
        "停的是新申请：您的申请已经受理，照受理时的办事指南办到底，办理期限不因此停止（行政许可法第四十五条、立法法第一百零四条）。",
        "New applications are stopped, not yours: it was accepted and is handled to its end by the guide at acceptance, and its clock does not "
        "stop (Licensing Law, art. 45; Legislation Law, art. 104)."),
    Life.CANCELLED: _held(
        "您的申请已经受理，照受理时的规定办到底，批准了就有效（行政许可法第八条、立法法第一百零四条）；不再需要的，您可以撤回。",
        "Your application was accepted and is handled to its end by the rules at acceptance; what is granted is valid (Licensing Law, art. 8; "
        "Legislation Law, art. 104). If you no longer need it, you may withdraw."),
    Life.HANDED_DOWN: _held(
        "您的申请已经受理，由受理的机关照受理时的办事指南办到底，期限不变，不用重新申请（立法法第一百零四条）。",
        "Your application was accepted; the body that accepted it handles it to its end by the guide at acceptance, within the same limit. You "
        "need not apply again (Legislation Law, art. 104)."),
    Life.TAKEN_OVER: _held(
        "您的申请已经受理，照受理时的办事指南办到底，期限不变，不用重新申请（立法法第一百零四条）。",
        "Your application was accepted and is handled to its end by the guide at acceptance, within the same limit. You need not apply again "
        "(Legislation Law, art. 104)."),
    Life.MERGED: _held(
        "您的申请已经受理，照受理时的办事指南办到底，不加材料，期限不变，不用重新申请（立法法第一百零四条）。",
        "Your application was accepted and is handled to its end by the guide at acceptance: no further documents, the same limit, no new "
        "application (Legislation Law, art. 104)."),
}
_NOT_YET = {
    Life.SUSPENDED: _held(
        "停的是新申请：您的申请已经交来，照常审查是否受理，答复的期限不变（行政许可法第三十二条）。",
        "New applications are stopped, not yours: it was handed in and is examined for acceptance as usual, within the same days (Licensing Law, art. 32)."),
    Life.CANCELLED: _held(
        "您的申请在答复是否受理的期限内答复；依法不再需要办的，会即时书面告诉您，材料退还（行政许可法第三十二条）。",
        "You are answered within the days for acceptance; if by law it is no longer needed, you are told so in writing at once and get your papers "
        "back (Licensing Law, art. 32)."),
    Life.HANDED_DOWN: _held(
        "您的申请已经交来，不用重新申请：由原机关照常答复；依法应当由接手机关办的，由机关之间移交，收到材料的日期不变（行政许可法第三十二条）。",
        "Your application was handed in, and you need not apply again: the body that has it answers as usual; where the law gives it to the other "
        "body, the offices pass it on and the day it arrived stays (Licensing Law, art. 32)."),
    Life.TAKEN_OVER: _held(
        "您的申请已经交来，照常审查是否受理，不用重新申请（行政许可法第三十二条）。",
        "Your application was handed in and is examined for acceptance as usual; you need not apply again (Licensing Law, art. 32)."),
    Life.MERGED: _held(
        "您的申请已经交来，照提交时的办事指南审查是否受理，不用重新申请（行政许可法第三十二条）。",
        "Your application was handed in and is examined by the guide at submission; you need not apply again (Licensing Law, art. 32)."),
}
