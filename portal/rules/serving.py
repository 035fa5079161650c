"""rules/serving: how a notice is told, what stands against a way of telling it, and from which day a party counts as told.

The ways are designed after those that are usual in Chinese procedure: handed over, mailed, electronically by consent, left at
the address of who refuses, announced where nothing else reaches. Limits that run from being told start on that day.
"""
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from portal.rules import deadlines
from portal.rules.calendar import Calendar
from portal.rules.guide.codes import DeliveryWay, RemedyKind, Unit
from portal.rules.guide.text import Text
from portal.rules.problems import Problem

ANNOUNCED_DAYS = 30
"""Days after which an announcement counts: an example, as civil procedure has them; a county may know another rule."""
ANSWER_DAYS = 15
"""Working days that the applicant is given to correct her papers unless the officer says otherwise: an example, as no law counts them."""
REMEDIES = {RemedyKind.REVIEW: (60, Unit.DAY), RemedyKind.LAWSUIT: (6, Unit.MONTH)}
"""How long after being told a decision can be challenged."""


class Way(StrEnum):
    WINDOW = "window"
    MAIL = "mail"
    ELECTRONIC = "electronic"
    LEFT = "left"
    ANNOUNCEMENT = "announcement"


WAYS = {
    Way.WINDOW: Text(zh="窗口当面交付", en="Handed over at the window"),
    Way.MAIL: Text(zh="邮寄送达", en="By mail"),
    Way.ELECTRONIC: Text(zh="电子送达", en="Electronically"),
    Way.LEFT: Text(zh="留置送达", en="Left at the address"),
    Way.ANNOUNCEMENT: Text(zh="公告送达", en="By announcement"),
}
ANSWERED = "answered"
EVIDENCE: dict[str, Text] = {
    Way.WINDOW: Text(zh="送达回证上的签收", en="the signature on the record of delivery"),
    Way.MAIL: Text(zh="邮政回执", en="the receipt of the post"),
    Way.ELECTRONIC: Text(zh="系统的送达记录", en="the record of the system"),
    Way.LEFT: Text(zh="见证人签名、照片或者录像", en="a witness’s signature, photographs or a film"),
    Way.ANNOUNCEMENT: Text(zh="公告文本和张贴、刊登的记录", en="the announcement and where it was put up or printed"),
    ANSWERED: Text(zh="申请人已经按告知补正", en="the applicant has answered it"),
}
"""What proves that it was told, by the way; who has answered a notice was told."""
EXPLAINED = frozenset({Way.MAIL, Way.LEFT, Way.ANNOUNCEMENT})
"""The ways of which the officer writes down the particulars: number of the receipt, who witnessed, where announced."""


class Failure(StrEnum):
    REFUSED = "refused"
    ABSENT = "absent"
    MOVED = "moved"
    RETURNED = "returned"
    UNDELIVERED = "undelivered"


FAILURES = {
    Failure.REFUSED: Text(zh="拒绝签收", en="Refused to sign"),
    Failure.ABSENT: Text(zh="没有人签收", en="Nobody was there"),
    Failure.MOVED: Text(zh="地址不对或者已经搬离", en="Wrong address, or moved away"),
    Failure.RETURNED: Text(zh="邮件被退回", en="The letter came back"),
    Failure.UNDELIVERED: Text(zh="电子送达没有到达", en="The message did not arrive"),
}
BY_DELIVERY = {
    DeliveryWay.PICK_UP: Way.WINDOW, DeliveryWay.ON_THE_SPOT: Way.WINDOW, DeliveryWay.VILLAGE: Way.WINDOW,
    DeliveryWay.MAIL: Way.MAIL, DeliveryWay.ELECTRONIC: Way.ELECTRONIC,
}
"""How a decision is told by the way in which its result is handed over."""
ON_THEIR_WAY = frozenset({DeliveryWay.MAIL, DeliveryWay.VILLAGE})
"""The ways in which somebody else hands it over later: it is told when that is put on record."""


AT_HER_DOOR = (Way.WINDOW, Way.MAIL, Way.LEFT)
"""The ways that try her hand or her address: what fails in these may open the next way. A message that did not arrive opens
none, as the papers can still be brought to her."""


class ServingProblem(Problem):
    """A way that is not open, or a day that cannot be."""


def why_not(way: Way, *, consented: bool, failed: Collection[str]) -> Text | None:
    """What stands against telling it in this way; `failed` are the failures so far in the ways of
    AT_HER_DOOR. None where nothing does."""
    if way is Way.ELECTRONIC and not consented:
        return Text(zh="要申请人先同意电子送达。", en="The applicant has to agree first.")
    if way is Way.LEFT and Failure.REFUSED not in failed:
        return Text(zh="先记下拒绝签收，才能留置送达。", en="First put on record that signing was refused.")
    if way is Way.ANNOUNCEMENT and not set(failed) - {Failure.UNDELIVERED}:
        return Text(zh="当面或者邮寄没有送到、并且记下来之后，才能公告送达。",
                    en="Only after handing it over or mailing it failed and that is on record.")
    return None


def counts_on(way: Way, day: date) -> date:
    """The day on which the party counts as told if it was done on `day`."""
    return day + timedelta(days=ANNOUNCED_DAYS) if way is Way.ANNOUNCEMENT else day


def check_day(day: date, made_on: date, today: date) -> None:
    """Raises ServingProblem for a day before the notice was made or after today."""
    if day > today:
        raise ServingProblem("serving.future", "这一天还没有到，请写实际送达的那一天。", "That day has not come yet; give the day on which it was done.")
    if day < made_on:
        raise ServingProblem("serving.early", "这一天文书还没有作出，请再看一遍日期。", "The paper was not made yet on that day; look at the date again.")


def answer_by(told: date, days: int, calendar: Calendar) -> date:
    """The last day to answer a notice that gives so many working days from being told."""
    return deadlines.due(told, days, Unit.WORKDAY, calendar).date


def remedies_until(told: date, calendar: Calendar) -> dict[RemedyKind, date]:
    """The last day of each remedy against a decision that was told on that day."""
    return {kind: deadlines.due(told, amount, unit, calendar).date for kind, (amount, unit) in REMEDIES.items()}
