"""rules: the one extension of a case's time (Administrative Licensing Law, article 42).

Once, by at most ten working days, approved by the head of the body; where several bodies decide together, by at most
fifteen, approved by the head of the government. It is asked for and approved while the time of the law still runs, also where
the day that was promised has passed: a promise takes no lawful time away. Whoever asks does not approve. What is no licence has no article 42: whoever asks cites the rule that allows it. The reason and the new day
are told in writing.
"""
import re
from dataclasses import dataclass
from datetime import date

from portal.rules import permissions
from portal.rules.deadlines import JOINT_EXTENSION, LICENCE_EXTENSION
from portal.rules.guide.text import Text
from portal.rules.permissions import Officer, Subject
from portal.rules.transitions import Act, allowed, why_not

A_RULE = re.compile("《[^《》]+》.*第.+条")


@dataclass(frozen=True)
class Standing:
    """A case as its extension sees it: `asked_by` while one waits to be decided, `due` the promised day as it stands,
    `owed` the lawful one."""

    state: str
    today: date
    due: date | None
    owed: date | None
    joint: bool
    licence: bool
    extended: bool = False
    asked_by: int | None = None

    @property
    def late(self) -> bool:
        """Whether the promised day has passed, so that only the lawful one can be extended."""
        return self.due is not None and self.today > self.due

    @property
    def most(self) -> int:
        """The most working days that may be asked for."""
        return JOINT_EXTENSION if self.joint else LICENCE_EXTENSION


ONCE = Text(zh="期限只能延长一次，这个办件已经延长过了（行政许可法第四十二条）。",
            en="The time is extended once only, and this case was extended already (Licensing Law, art. 42).")
PAST = Text(zh="法定办结期限已过，不能再延长：延长须在期限内批准（行政许可法第四十二条）。请尽快作出决定。",
            en="The lawful day has passed: an extension is approved while the time still runs (Licensing Law, art. 42). Decide soon.")
WAITS = Text(zh="已经申请延长，等负责人批准。", en="An extension was asked for and waits for the head’s approval.")
NONE = Text(zh="没有等待批准的延长申请，可能已经有人办过了。", en="No extension waits for approval; somebody may have dealt with it.")
OWN = Text(zh="您申请的延长，由本机关另一位负责人批准。", en="You asked for it; another head of your body approves.")


def why_not_ask(who: Officer, case: Subject, it: Standing) -> Text | None:
    """Why the officer may not ask for an extension now; None where she may."""
    if not allowed(Act.ASK_EXTENSION, it.state):
        return why_not(Act.ASK_EXTENSION, it.state)
    if it.extended:
        return ONCE
    if it.asked_by is not None:
        return WAITS
    if it.owed is None or it.today > it.owed:
        return PAST
    if not permissions.may(who, Act.ASK_EXTENSION, case):
        return Text(zh="由主办部门的审查人员或者负责人申请。", en="A reviewer or the head of the lead department asks for it.")
    return None


def why_not_decide(who: Officer, case: Subject, it: Standing, act: Act) -> Text | None:
    """Why the officer may not approve (Act.EXTEND), or refuse, the extension that was asked for; None where she may."""
    if not allowed(act, it.state):
        return why_not(act, it.state)
    if it.asked_by is None:
        return NONE
    if not permissions.may(who, act, case):
        return Text(zh="由主办部门的负责人批准。", en="The head of the lead department decides on it.")
    if it.asked_by == who.staff_id:
        return OWN
    if act is Act.EXTEND and (it.owed is None or it.today > it.owed):
        return PAST
    return None


def cites(words: str) -> bool:
    """Whether a rule is cited by its name and article."""
    return bool(A_RULE.search(words))
