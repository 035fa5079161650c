"""rules/items: the life of an item: in force, suspended, cancelled, handed down a tier, taken over from above, merged.

Which change may follow which, what each needs, and who may. One person proposes, another decides (four eyes, as for a
guide's revisions); nothing is proposed without the paper it rests on, because the public log names it. Once decided, a
change takes effect on its day. What is said of it to people is `rules.item_words`.
"""
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from portal.rules.guide.codes import Tier
from portal.rules.guide.text import Text
from portal.rules.permissions import Officer, prefix


class Life(StrEnum):
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    HANDED_DOWN = "handed_down"
    TAKEN_OVER = "taken_over"
    MERGED = "merged"


class ProposalState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    IN_EFFECT = "in_effect"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    FAILED = "failed"
    """Approved for a later day, on which it no longer fitted: its words say why."""


class Step(StrEnum):
    """What is done with a proposal."""

    APPROVE = "approve"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"


OPEN = frozenset({Life.IN_FORCE, Life.TAKEN_OVER})
"""New applications are taken in. Of an item that was handed down, they are taken in at the places below the county alone."""
WAITING = frozenset({ProposalState.PROPOSED, ProposalState.APPROVED})
"""An item has one proposal at a time that waits for somebody, or for its day."""
PROPOSERS, DECIDERS = frozenset({"editor", "checker"}), frozenset({"approver", "publisher"})
YEARS = 30
"""A day further off than so many years is a slip of the keyboard: the day is published, and the log of changes counts by year."""
FAR = Text(zh=f"这一天离今天超过{YEARS}年，请核对年份。", en=f"This day is more than {YEARS} years from today; check the year.")
LIVES = {
    Life.IN_FORCE: Text(zh="正常办理", en="In force"),
    Life.SUSPENDED: Text(zh="暂停办理", en="Suspended"),
    Life.CANCELLED: Text(zh="已取消", en="Cancelled"),
    Life.HANDED_DOWN: Text(zh="已下放", en="Handed down"),
    Life.TAKEN_OVER: Text(zh="已承接", en="Taken over"),
    Life.MERGED: Text(zh="已并入其他事项", en="Merged into another"),
}
PROPOSALS = {
    ProposalState.PROPOSED: Text(zh="待审定", en="Waiting for approval"),
    ProposalState.APPROVED: Text(zh="已审定，到期生效", en="Approved, takes effect on its day"),
    ProposalState.IN_EFFECT: Text(zh="已生效", en="In effect"),
    ProposalState.REFUSED: Text(zh="未通过", en="Refused"),
    ProposalState.TAKEN_BACK: Text(zh="已收回", en="Taken back"),
    ProposalState.FAILED: Text(zh="到期没有生效", en="Did not take effect"),
}
STEPS = {
    Step.APPROVE: Text(zh="审定通过", en="Approve"),
    Step.REFUSE: Text(zh="不通过", en="Refuse"),
    Step.TAKE_BACK: Text(zh="收回", en="Take back"),
}
BELOW, ABOVE = (Tier.TOWNSHIP, Tier.VILLAGE), (Tier.STATE, Tier.PROVINCE, Tier.CITY)
BODY_MAY = frozenset({Life.SUSPENDED, Life.CANCELLED, Life.HANDED_DOWN, Life.TAKEN_OVER})
SUCCESSOR_MAY = frozenset({Life.CANCELLED, Life.HANDED_DOWN, Life.MERGED})
TIERS = {Life.HANDED_DOWN: BELOW, Life.TAKEN_OVER: ABOVE}


class Row(NamedTuple):
    """A change from one life to another; `name` is what its button says."""

    source: Life
    target: Life
    name: Text
    rule: Text


def _rows(sources: str, target: Life, zh: str, en: str, rule: str, rule_en: str) -> list[Row]:
    return [Row(Life(source), target, Text(zh=zh, en=en), Text(zh=rule, en=rule_en)) for source in sources.split()]


TABLE = [
    *_rows("in_force taken_over", Life.SUSPENDED, "暂停办理", "Suspend",
           "写明依据和起始日；知道恢复日期的写明，过了最后一天自动恢复（停止实施许可，见行政许可法第二十一条）",
           "With its basis and first day; where the last day is known, it is in force again after it (ceasing to apply a permit: Licensing Law, art. 21)"),
    *_rows("suspended", Life.SUSPENDED, "改暂停期限", "Change the suspension",
           "延长、缩短或者改写原因，依据另写", "Longer, shorter, or for another reason, with a basis of its own"),
    *_rows("in_force taken_over suspended handed_down", Life.CANCELLED, "取消", "Cancel",
           "设定它的规定修改或者废止的（行政许可法第二十条）", "Where what set it up was changed or repealed (Licensing Law, art. 20)"),
    *_rows("in_force taken_over suspended", Life.HANDED_DOWN, "下放", "Hand down",
           "写明接手的层级和机关；委托下级实施的应当公告（行政许可法第二十四条）",
           "With the tier and the body that it goes to; entrusting it is announced (Licensing Law, art. 24)"),
    *_rows("in_force taken_over suspended", Life.MERGED, "并入其他事项", "Merge into another",
           "并入的事项要正在办理；原网址转到那里", "Into an item that is open; the old address leads there"),
    *_rows("in_force cancelled", Life.TAKEN_OVER, "承接上级下放", "Take over from above",
           "写明原来由哪一级哪个机关办；承接之日起在本县收件", "With the tier and the body it came from; taken in here from that day"),
    *_rows("suspended cancelled handed_down merged", Life.IN_FORCE, "恢复办理", "Put in force again",
           "停办的原因没有了，或者有新的规定", "Where the reason is gone, or there is a new rule"),
]
BY_CHANGE = {(row.source, row.target): row for row in TABLE}


class Other(NamedTuple):
    """The item that people are led to, as the rules see it."""

    item_id: int
    life: Life


@dataclass(frozen=True)
class Plan:
    """What somebody proposes. `body` is the office that handles it now (of an item taken over: that handled it before)."""

    target: Life
    since: date
    reason: str
    basis: str
    until: date | None = None
    """The last day of a suspension, where it is known."""
    body: str | None = None
    tier: Tier | None = None
    successor: Other | None = None


@dataclass(frozen=True)
class Standing:
    """An item as the rules see it: its life since when, whose it is, and whether a proposal waits."""

    item_id: int
    life: Life
    since: date | None = None
    department_id: int | None = None
    waiting: ProposalState | None = None
    proposed_by: int | None = None


def changes(life: Life) -> list[Row]:
    """What may become of an item, in the order of the table."""
    return [row for row in TABLE if row.source is life]


def wanted(target: Life) -> frozenset[str]:
    """What a proposal of that change may hold beside reason, basis and day."""
    found = {"until"} if target is Life.SUSPENDED else set()
    found |= {"body"} if target in BODY_MAY else set()
    found |= {"tier"} if target in TIERS else set()
    return frozenset(found | ({"successor"} if target in SUCCESSOR_MAY else set()))


def needed(target: Life) -> frozenset[str]:
    """What it has to hold."""
    return frozenset({"since", "reason", "basis"} | ({"body", "tier"} if target in TIERS else set())
                     | ({"successor"} if target is Life.MERGED else set()))


def faults(plan: Plan, it: Standing, today: date) -> dict[str, Text]:
    """What is wrong with a proposal, by the field that it is beside; empty where it fits."""
    far = {name: FAR for name in ("since", "until") if (day := getattr(plan, name)) and abs(day.year - today.year) > YEARS}
    found = {name: Text(zh="请填写这一项。", en="Please fill this in.") for name in needed(plan.target) if not getattr(plan, name)}
    found |= {name: Text(zh="这种变动没有这一项。", en="This change has no such thing.")
              for name in ("until", "body", "tier", "successor") if getattr(plan, name) and name not in wanted(plan.target)}
    if it.since and plan.since < it.since:
        found["since"] = Text(zh=f"不能早于上一次变动（{it.since}）。", en=f"Not before the last change ({it.since}).")
    if plan.until and plan.until < max(plan.since, today):
        found["until"] = Text(zh="最后一天不能早于起始日，也不能早于今天。", en="The last day is not before the first, nor before today.")
    if plan.tier and plan.tier not in TIERS.get(plan.target, (plan.tier,)):
        found["tier"] = Text(zh="下放到乡镇、村，承接自市级以上。", en="Handed down to a township or village, taken over from a city or above.")
    if plan.successor and plan.successor.item_id == it.item_id:
        found["successor"] = Text(zh="不能并入自己。", en="It cannot lead to itself.")
    elif plan.successor and plan.successor.life not in OPEN:
        found["successor"] = Text(zh="那个事项现在也不办理，请选正在办理的。", en="That item is not open either; choose one that is.")
    return found | far


def why_not_propose(target: Life, who: Officer, it: Standing) -> Text | None:
    """Why she may not propose the change now; None where she may."""
    if (it.life, target) not in BY_CHANGE:
        now, then = LIVES[it.life], LIVES[target]
        return Text(zh=f"事项现在是“{now.zh}”，不能改为“{then.zh}”。", en=f"The item is “{now.en}” now and cannot become “{then.en}”.")
    if not _at_county(who) or not who.roles & PROPOSERS:
        return Text(zh="事项的变动由县里的指南编辑，或者实施主体的业务核对人员提出。",
                    en="A change is proposed by an editor of the county, or by a checker of the department that owns the item.")
    if "editor" not in who.roles and who.department_id != it.department_id:
        return Text(zh="这个事项不是您部门的。", en="The item is not your department’s.")
    if it.waiting:
        return Text(zh=f"已有一项变动{PROPOSALS[it.waiting].zh}，办完才能另提。",
                    en=f"A change was proposed already ({PROPOSALS[it.waiting].en.lower()}); another can follow it.")
    return None


def why_not(step: Step, who: Officer, it: Standing) -> Text | None:
    """Why she may not take the step with the proposal that waits; None where she may."""
    if it.waiting is None or (step in (Step.APPROVE, Step.TAKE_BACK) and it.waiting is not ProposalState.PROPOSED):
        return Text(zh="这项变动已经办过，或者已经收回。", en="This proposal was dealt with already, or taken back.")
    if step is Step.TAKE_BACK:
        own = who.staff_id == it.proposed_by
        return None if own else Text(zh="由提出的人收回。", en="Whoever proposed it takes it back.")
    if not _at_county(who) or not who.roles & DECIDERS:
        return Text(zh="变动由县里的审定人或者发布人员审定。", en="A change is decided by an approver or a publisher of the county.")
    if who.staff_id == it.proposed_by:
        return Text(zh="这是您自己提出的，要由别人审定。", en="You proposed it yourself; somebody else has to decide.")
    return None


def takes_effect(since: date, today: date) -> bool:
    """Whether an approved change holds by now."""
    return since <= today


def over(life: Life, until: date | None, today: date) -> bool:
    """Whether a suspension's last day has passed, so that the item is in force again by itself."""
    return life is Life.SUSPENDED and until is not None and until < today


def end(start: int, successors: dict[int, int | None], lives: dict[int, Life]) -> int | None:
    """The open item at the end of a row of successors; None where none of them is open."""
    seen: set[int] = set()
    at: int | None = start
    while at is not None and at not in seen:
        if at != start and lives.get(at) in OPEN:
            return at
        seen.add(at)
        at = successors.get(at)
    return None


def _at_county(who: Officer) -> bool:
    return len(prefix(who.division)) == 6
