"""rules/progress: where a case stands, in plain sentences: what stands, who acts, by when, what the reader may do.

Every word comes from the guide and from closed lists, never from what an officer wrote: whoever has the code may read it.
"""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.rules import papers
from portal.rules.guide.codes import End, RemedyKind
from portal.rules.guide.text import Text

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")
PROBLEMS = {
    "missing": Text(zh="缺少", en="Missing"),
    "wrong": Text(zh="不符合要求", en="Not as required"),
    "outdated": Text(zh="已过有效期", en="Out of date"),
}
"""What may be the matter with a paper, or with a part of the form."""
PAPERS = {kind: Text(zh=papers.TITLES[kind], en=english) for kind, english in {
    "receipt": "Receipt of papers",
    "acceptance": "Notice of acceptance",
    "correction": "Notice of what to correct",
    "refusal_to_accept": "Decision not to accept",
    "decision_grant": "Decision: granted",
    "decision_refuse": "Decision: not granted",
    "delivery": "Record of delivery",
    "extension": "Notice of extension",
}.items()}
ENDS = {
    End.GRANTED: Text(zh="已办结：准予", en="Done: granted"),
    End.REFUSED: Text(zh="已办结：不予批准", en="Done: not granted"),
    End.NOT_ACCEPTED: Text(zh="已办结：不予受理", en="Done: not accepted"),
    End.NOT_NEEDED: Text(zh="已办结：这件事不需要办理", en="Done: this needs no permit"),
    End.WITHDRAWN: Text(zh="已撤回", en="Withdrawn"),
}
STATES = {
    "submitted": Text(zh="等待答复是否受理", en="Waiting to be accepted"),
    "correction": Text(zh="需要您补正", en="Your papers need correction"),
    "accepted": Text(zh="已受理，正在办理", en="Accepted and being handled"),
    "decided": Text(zh="已作出决定", en="Decided"),
}
MOVED = {
    "extension": Text(zh="办理期限经批准延长了一次（原定{before}），理由写在延长办理期限告知书里。",
                      en="The time was extended once, with approval (it was {before}); the notice of extension states the reason."),
    "calendar": Text(zh="放假安排有变，办结日期重新计算过（原定{before}）。",
                     en="The public holidays changed, so the day was computed anew (it was {before})."),
}
"""Why the day for the decision is another one than was told before."""
MOVED_SINCE = Text(zh="放假安排有变，办结日期重新计算过。", en="The public holidays changed, so the day was computed anew.")
"""The same of a calendar that changed while the clock stood, when the day that was shown moved on by itself."""


@dataclass(frozen=True)
class Doing:
    """A stage in hand: what it is called, whose it is, and whether the clock runs meanwhile."""

    name: Text
    department: Text
    counted: bool = True


@dataclass(frozen=True)
class Standing:
    """The facts of a case that anybody with its code may know."""

    state: str
    decision: str | None
    today: date
    arrived_on: date
    acceptance_due_on: date
    department: Text
    place: Text
    accepted_on: date | None = None
    deemed: bool = False
    """Accepted by law, because nothing was told in time."""
    due_on: date | None = None
    due_until: str | None = None
    """The time of day at which a limit of hours ends."""
    provisional: bool = False
    due_before: date | None = None
    """The day that was told before it moved last, and a key of MOVED."""
    due_moved: str | None = None
    delivery_due_on: date | None = None
    closed_on: date | None = None
    doing: Sequence[Doing] = ()
    wanted: Sequence[tuple[Text, str]] = ()
    """What is to be corrected: name of the document or section, key of PROBLEMS."""
    answer_by: date | None = None
    answer_days: int | None = None
    """By when to correct, and of how many working days from being told that is made."""
    told_on: date | None = None
    until: Mapping[RemedyKind, date] = field(default_factory=dict)
    """Since when the decision counts as told, and the last days of what can be done against it."""
    ways: Sequence[Text] = ()
    """How the result is handed over."""


@dataclass(frozen=True)
class Progress:
    """`title` is the state in few words, `sentence` what stands, `who` acts next, `by` when, `yours` what you may do."""

    title: Text
    sentence: Text
    who: Text | None
    by: Text | None
    yours: Text


def day(value: date) -> Text:
    """A day in words."""
    return Text(zh=f"{value.year}年{value.month}月{value.day}日", en=f"{value.day} {MONTHS[value.month - 1]} {value.year}")


def moved(before: date | None, why: str | None) -> Text | None:
    """Why the day for the decision is another one than was told before; None where it is the same."""
    if why is None:
        return None
    if before is None:
        return MOVED_SINCE
    return Text(zh=MOVED[why].zh.format(before=day(before).zh), en=MOVED[why].en.format(before=day(before).en))


def progress(case: Standing) -> Progress:
    """The sentences for a case."""
    return {"submitted": _submitted, "correction": _correction, "accepted": _accepted, "decided": _decided}.get(
        case.state, _closed)(case)


def _submitted(case: Standing) -> Progress:
    by = day(case.acceptance_due_on)
    if case.today > case.acceptance_due_on:
        arrived = day(case.arrived_on)
        return Progress(
            STATES["submitted"],
            Text(zh=f"材料已收到，答复是否受理的期限（{by.zh}）已过。期限内没有告知补正的，自{arrived.zh}收到材料之日起就算受理。",
                 en=f"Your papers are here, and the day for deciding acceptance ({by.en}) has passed. Unless a correction was "
                    f"asked for in time, they count as accepted since {arrived.en}."),
            _both(case), by,
            Text(zh="可以打下面的咨询或投诉电话催办。", en="You may ring the enquiry or complaint number below."))
    return Progress(
        STATES["submitted"],
        Text(zh="材料已收到，正在看是否齐全。", en="Your papers have arrived and are being checked for completeness."),
        _both(case), by,
        Text(zh="您现在不用做什么。材料不齐的，会在这一天之前一次告知全部要补的内容。",
             en="There is nothing for you to do now. If something is missing, you are told all of it at once by that day."))


def _correction(case: Standing) -> Progress:
    zh = "；".join(f"{name.zh}（{PROBLEMS[problem].zh}）" for name, problem in case.wanted)
    en = "; ".join(f"{name.said('en')} ({PROBLEMS[problem].en.lower()})" for name, problem in case.wanted)
    zh_time, en_time = _time_to_correct(case)
    return Progress(
        STATES["correction"],
        Text(zh=f"材料需要补正：{zh}。", en=f"Please correct: {en}."),
        Text(zh="您", en="You"), day(case.answer_by) if case.answer_by else None,
        Text(zh=f"请凭办理密码在下面补正，或者带材料到窗口。{zh_time}补齐之日起重新计算答复受理的期限，已交的材料都还在。",
             en=f"Correct it below with your PIN, or bring the papers to the window. {en_time}The days for "
                "acceptance start anew when all is there; what you handed in is kept."))


def _time_to_correct(case: Standing) -> tuple[str, str]:
    if case.answer_by and case.today > case.answer_by:
        return "补正的期限已过，请尽快补正，或者和窗口联系。", "The day for correcting has passed: correct it soon, or speak with the window. "
    if case.answer_days and not case.answer_by:
        return (f"补正的期限是收到补正告知书之日起{case.answer_days}个工作日。",
                f"You have {case.answer_days} working days from receiving the notice. ")
    return "", ""


def _accepted(case: Standing) -> Progress:
    due = day(case.due_on)
    stopped = bool(case.doing) and not any(one.counted for one in case.doing)
    zh, en = _names(case.doing)
    sentence = Text(zh=f"已受理，正在办理“{zh}”。" if zh else "已受理，正在转入下一环节。",
                    en=f"Accepted; now at: {en}." if en else "Accepted; moving on to the next stage.")
    if stopped:
        sentence = Text(zh=f"{sentence.zh}这一环节依法不计入办理期限，日期会随之顺延。",
                        en=f"{sentence.en} By law this stage is not counted, so the date moves on while it lasts.")
    if case.deemed:
        since = day(case.accepted_on)
        sentence = Text(zh=f"期限内没有告知补正，您的申请自{since.zh}收到材料之日起依法即为受理，办理期限从次日起算。{sentence.zh}",
                        en=f"Nothing was asked for in time, so by law your application counts as accepted since your papers arrived on "
                           f"{since.en}; the clock runs from the day after. {sentence.en}")
    if told := moved(case.due_before, case.due_moved):
        sentence = Text(zh=sentence.zh + told.zh, en=f"{sentence.en} {told.en}")
    late = case.today > case.due_on
    clock = f" {case.due_until}" if case.due_until else ""
    by = Text(zh=f"{due.zh}{clock}{'（暂定）' if case.provisional else ''}", en=f"{due.en}{clock}{' (provisional)' if case.provisional else ''}")
    yours = Text(zh="您现在不用做什么。", en="There is nothing for you to do now.")
    if late:
        yours = Text(zh="已经超过承诺的日期。可以打下面的咨询或投诉电话催办。",
                     en="The promised day has passed. You may ring the enquiry or complaint number below.")
    return Progress(STATES["accepted"], sentence, _departments(case), by, yours)


def _decided(case: Standing) -> Progress:
    granted = case.decision == End.GRANTED
    zh, en = _names(case.doing)
    sentence = Text(zh="已作出决定：" + ("准予。" if granted else "不予批准，理由和救济途径写在决定书里。"),
                    en="The decision is made: " + ("granted." if granted else "not granted; the written decision states the reasons "
                                                   "and how to challenge it."))
    if zh:
        sentence = Text(zh=f"{sentence.zh}正在办理“{zh}”。", en=f"{sentence.en} Now at: {en}.")
    ways_zh, ways_en = "、".join(way.zh for way in case.ways), ", ".join(way.said("en").lower() for way in case.ways)
    yours = _last_days(case) or Text(zh=f"请等待领取通知，方式：{ways_zh}。" if ways_zh else "请等待领取通知。",
                 en=f"You will get it this way: {ways_en}." if ways_en else "Please wait to be told how to get it.")
    return Progress(STATES["decided"], sentence, _departments(case), day(case.delivery_due_on) if case.delivery_due_on else None, yours)


def _closed(case: Standing) -> Progress:
    end = End(case.decision)
    on = day(case.closed_on)
    sentence = {
        End.GRANTED: Text(zh=f"{on.zh}已办结并送达。", en=f"Finished and handed over on {on.en}."),
        End.REFUSED: Text(zh=f"{on.zh}已办结，决定书写明了理由。", en=f"Finished on {on.en}; the written decision states the reasons."),
        End.NOT_ACCEPTED: Text(zh=f"{on.zh}决定不予受理，决定书写明了理由。",
                               en=f"Not accepted on {on.en}; the written decision states the reasons."),
        End.NOT_NEEDED: Text(zh=f"{on.zh}告知：这件事依法不需要办理许可。", en=f"Told on {on.en}: by law this needs no permit."),
        End.WITHDRAWN: Text(zh=f"{on.zh}申请已撤回。", en=f"The application was withdrawn on {on.en}."),
    }[end]
    yours = {
        End.GRANTED: Text(zh="没有要您做的了。对结果有疑问，可以打下面的电话。", en="Nothing is left to do. Ring the number below if you have questions."),
        End.NOT_NEEDED: Text(zh="没有要您做的了。", en="Nothing is left to do."),
        End.WITHDRAWN: Text(zh="需要时可以重新申请。", en="You may apply again at any time."),
    }.get(end, Text(zh="不服的，可以在决定书写明的期限内申请行政复议或者提起行政诉讼；补齐条件后也可以重新申请。",
                    en="You may ask for a review or go to court within the times in the decision, or apply again once the conditions are met."))
    last = _last_days(case)
    return Progress(ENDS[end], sentence, None, None, Text(zh=yours.zh + last.zh, en=f"{yours.said('en')} {last.said('en')}") if last else yours)


def _last_days(case: Standing) -> Text | None:
    """By when a decision that was told can be challenged."""
    if not case.told_on or not case.until:
        return None
    told, review, lawsuit = day(case.told_on), day(case.until[RemedyKind.REVIEW]), day(case.until[RemedyKind.LAWSUIT])
    return Text(zh=f"决定书自{told.zh}起算作送达：申请行政复议不迟于{review.zh}，提起行政诉讼不迟于{lawsuit.zh}。",
                en=f"The decision counts as told since {told.en}: a review can be asked for until {review.en}, the court until {lawsuit.en}.")


def _names(doing: Sequence[Doing]) -> tuple[str, str]:
    return "、".join(one.name.zh for one in doing), ", ".join(one.name.said("en") for one in doing)


def _departments(case: Standing) -> Text:
    every: dict[str, Text] = {one.department.zh: one.department for one in case.doing} or {case.department.zh: case.department}
    return Text(zh="、".join(every), en=", ".join(one.said("en") for one in every.values()))


def _both(case: Standing) -> Text:
    return Text(zh=f"{case.department.zh}（{case.place.zh}）", en=f"{case.department.said('en')} ({case.place.said('en')})")
