"""rules/transitions: *when may* an act be done. One table, checked by the actions and printed into the manual.

*Who may* is `permissions`. The states of a case have one owner each: `submitted` belongs to the window, `correction` to
the applicant, `accepted` to the stages' departments, `decided` to whoever delivers, `closed` to nobody.
"""
from enum import StrEnum
from typing import NamedTuple

from portal.rules.guide.text import Text


class Act(StrEnum):
    SUBMIT = "submit"
    ACCEPT = "accept"
    DEEM = "deem"
    PUT_RIGHT = "put_right"
    CORRECT = "correct"
    RESUBMIT = "resubmit"
    REFUSE = "refuse"
    FINISH = "finish"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    REFUSE_EXTENSION = "refuse_extension"
    RECOUNT = "recount"
    DELIVER = "deliver"
    SERVE = "serve"
    WITHDRAW = "withdraw"
    RENEW_PIN = "renew_pin"


STATES = {
    "submitted": Text(zh="待受理", en="Waiting for acceptance"),
    "correction": Text(zh="待申请人补正", en="Waiting for the applicant’s correction"),
    "accepted": Text(zh="办理中", en="Being handled"),
    "decided": Text(zh="已决定，待送达", en="Decided, to be delivered"),
    "closed": Text(zh="已办结", en="Closed"),
}


class Transition(NamedTuple):
    act: Act
    sources: frozenset[str]
    targets: frozenset[str]
    name: Text
    rule: Text


def _row(act, sources, targets, name, name_en, rule, rule_en) -> Transition:
    return Transition(act, frozenset(sources.split()), frozenset(targets.split()), Text(zh=name, en=name_en),
                      Text(zh=rule, en=rule_en))


TABLE = [
    _row(Act.SUBMIT, "", "submitted", "提交", "Submit", "行政许可法第二十九条", "Licensing Law, art. 29"),
    _row(Act.ACCEPT, "submitted correction", "accepted decided", "受理", "Accept",
         "行政许可法第三十二条", "Licensing Law, art. 32"),
    _row(Act.DEEM, "submitted", "accepted", "视为受理", "Accepted by law",
         "行政许可法第三十二条第一款第四项：逾期不告知的，自收到申请材料之日起即为受理",
         "Licensing Law, art. 32 (1) no. 4: not told in time, accepted since the papers arrived"),
    _row(Act.PUT_RIGHT, "submitted", "submitted", "当场更正", "Put right on the spot",
         "行政许可法第三十二条第一款第三项：当场更正的，照常往下办", "Licensing Law, art. 32 (1) no. 3: put right at once, nothing stops"),
    _row(Act.CORRECT, "submitted", "correction", "一次性告知补正", "Ask for correction",
         "行政许可法第三十二条第一款第四项：五个工作日内一次告知", "Licensing Law, art. 32 (1) no. 4: once, within 5 working days"),
    _row(Act.RESUBMIT, "correction", "submitted", "补正", "Correct", "行政许可法第三十二条", "Licensing Law, art. 32"),
    _row(Act.REFUSE, "submitted correction", "closed", "不予受理", "Refuse to accept",
         "行政许可法第三十二条第二款：书面凭证", "Licensing Law, art. 32 (2): a written voucher"),
    _row(Act.FINISH, "accepted decided", "accepted decided closed", "办结环节", "Finish a stage",
         "办事指南所定流程", "The stages of the guide"),
    _row(Act.ASK_EXTENSION, "accepted", "accepted", "申请延长期限", "Ask for an extension",
         "行政许可法第四十二条：期限内提出，只能一次", "Licensing Law, art. 42: in time, and once"),
    _row(Act.EXTEND, "accepted", "accepted", "批准延长期限", "Approve the extension",
         "行政许可法第四十二条：负责人批准，最多十个工作日，联合办理的十五个；书面告知理由",
         "Licensing Law, art. 42: by a head, at most 10 working days, 15 for joint cases; the reason is told"),
    _row(Act.REFUSE_EXTENSION, "accepted", "accepted", "不批准延长", "Refuse the extension",
         "行政许可法第四十二条", "Licensing Law, art. 42"),
    _row(Act.RECOUNT, "submitted correction accepted decided", "submitted correction accepted decided", "重算日期", "Compute the days anew",
         "放假安排公布或者改动后，未办结的办件按新的日历重算", "When holidays are announced or change, open cases follow the new calendar"),
    _row(Act.DELIVER, "decided", "closed", "送达", "Deliver",
         "行政许可法第四十四条：十个工作日内送达", "Licensing Law, art. 44: within 10 working days"),
    _row(Act.SERVE, "submitted correction accepted decided closed", "submitted correction accepted decided closed",
         "记录送达", "Record the service", "按通常的送达方式设计：送给谁、怎样送、哪天送到、有什么证据，或者为什么没有送到",
         "Designed after the usual ways: to whom, how, when, with what evidence, or why it failed"),
    _row(Act.WITHDRAW, "submitted correction accepted", "closed", "撤回", "Withdraw",
         "申请人可以撤回申请", "An applicant may withdraw"),
    _row(Act.RENEW_PIN, "submitted correction accepted decided closed", "submitted correction accepted decided closed",
         "重发办理密码", "Renew the PIN", "窗口核验身份后重发", "A window checks the identity first"),
]
BY_ACT = {row.act: row for row in TABLE}
BY_CLOCK = frozenset({Act.DEEM, Act.RECOUNT})
"""What nobody does: it follows from days that passed."""


UNTOLD = {
    Act.ACCEPT: Text(
        zh="答复是否受理的期限已过，期限内没有告知补正，这个办件自收到材料之日起即为受理（行政许可法第三十二条）。请点“受理”：办理期限从收到材料之日的"
           "次日起算。",
        en="The days for deciding acceptance have passed and no correction was asked for in time, so the case counts as accepted "
           "since its papers arrived (Licensing Law, art. 32). Accept it: the clock runs from the day after they arrived."),
    Act.CORRECT: Text(
        zh="答复是否受理的期限已过，期限内没有告知补正，这个办件自收到材料之日起即为受理，不能再要求补正（行政许可法第三十二条）。"
           "请点“受理”照常办理；还缺的材料可以请申请人随后补交，办理期限不因此停止。",
        en="The days for deciding acceptance have passed and no correction was asked for in time, so the case counts as accepted since "
           "its papers arrived, and a correction can no longer be asked for (Licensing Law, art. 32). Accept the "
           "case and handle it as usual; the applicant may hand in later what is missing, while the clock runs."),
    Act.REFUSE: Text(
        zh="答复是否受理的期限已过，期限内没有告知补正，这个办件自收到材料之日起即为受理，不能再以不符合受理条件为由不予受理（行政许可法第三十二条）。"
           "请点“受理”，审查后依法作出决定；依法不需要办理、或者不属于本机关职权的，仍应书面告知。",
        en="The days for deciding acceptance have passed and no correction was asked for in time, so the case counts as accepted since "
           "its papers arrived, and acceptance can no longer be refused because its conditions are not met (Licensing Law, art. 32). "
           "Accept the case, examine it and decide; that no permit is needed, or that the power is another "
           "body's, must still be told in writing."),
}
"""What holds for an act once the last day for deciding acceptance has passed without a word to the applicant."""


def allowed(act: Act, state: str) -> bool:
    """Whether the act may be done in the state of a case."""
    return state in BY_ACT[act].sources


def why_not(act: Act, state: str) -> Text:
    """The sentence for an officer who comes too early or too late, by the state of the case."""
    name, now = BY_ACT[act].name, STATES[state]
    return Text(zh=f"办件现在是“{now.zh}”，不能{name.zh}。", en=f"The case is “{now.en}” now, so this cannot be done: {name.en}.")


def manual() -> str:
    """The table as Markdown, for the manual."""
    head = "| 操作 Act | 从 From | 到 To | 依据 Rule |\n|---|---|---|---|\n"
    return head + "".join(
        f"| {row.name.zh} {row.name.en} | {_said(row.sources)} | {_said(row.targets)} "
        f"| {row.rule.zh} {row.rule.en} |\n" for row in TABLE)


def _said(states: frozenset[str]) -> str:
    return "、".join(f"{text.zh} {text.en}" for state, text in STATES.items() if state in states) or "—"
