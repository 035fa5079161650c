"""rules/workflow: the way of a guide's revision from draft to public: who may send it where, when, and why not.

Five pairs of hands: an editor writes, a legal officer examines the basis, a checker of the owning department the facts,
an approver approves, a publisher lets it be seen. Four eyes, and more: whoever wrote on a revision examines it in no
role, and whoever examined it in one role does so in no other. Publishing decides nothing any more, so that one of them
may do it. Lint errors and open remarks stop every step towards the public.
"""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from portal.rules.guide.text import Text
from portal.rules.permissions import Officer


class Stop(StrEnum):
    """Where a revision stands: its state, and while its facts are checked whether they are confirmed already."""

    DRAFT = "draft"
    LEGALITY = "legal_review"
    FACTS = "fact_check"
    APPROVAL = "approval"
    RELEASE = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    SEND_ON = "send_on"
    SEND_BACK = "send_back"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    REVISE = "revise"


STOPS = {
    Stop.DRAFT: Text(zh="草稿", en="Draft"),
    Stop.LEGALITY: Text(zh="待法制审核", en="Waiting for legality review"),
    Stop.FACTS: Text(zh="待业务核对", en="Waiting for the fact check"),
    Stop.APPROVAL: Text(zh="待审定", en="Waiting for approval"),
    Stop.RELEASE: Text(zh="已审定，待发布", en="Approved, to be published"),
    Stop.SCHEDULED: Text(zh="定时发布", en="Scheduled"),
    Stop.PUBLISHED: Text(zh="已公布", en="Published"),
    Stop.SUPERSEDED: Text(zh="已被新版代替", en="Superseded"),
    Stop.WITHDRAWN: Text(zh="已撤下", en="Withdrawn"),
}
ROLES = {
    "editor": Text(zh="指南编辑", en="an editor"),
    "legal": Text(zh="法制人员", en="a legal officer"),
    "checker": Text(zh="业务核对人员", en="a checker"),
    "approver": Text(zh="审定人", en="an approver"),
    "publisher": Text(zh="发布人员", en="a publisher"),
}
WAY = (Stop.DRAFT, Stop.LEGALITY, Stop.FACTS, Stop.APPROVAL, Stop.RELEASE, Stop.SCHEDULED)
"""What is on its way to the public, in its order."""
ON_ITS_WAY = tuple(stop.value for stop in WAY if stop is not Stop.APPROVAL)
"""The same as states of revisions, of which an item has one at a time."""
EXAMINED = frozenset({Stop.LEGALITY, Stop.FACTS, Stop.APPROVAL})
STATES = frozenset(Stop) - {Stop.APPROVAL}
"""The stops that a revision's state can say; approval is a fact check that was confirmed."""


class Row(NamedTuple):
    """A move from a stop; `role` is who makes it, `name` what its button says."""

    move: Move
    source: Stop
    target: Stop
    role: str
    name: Text
    rule: Text


def _row(move, source, target, role, zh, en, rule, rule_en) -> Row:
    return Row(move, source, target, role, Text(zh=zh, en=en), Text(zh=rule, en=rule_en))


_BACK = ("退回编辑", "Send back to the editor", "写明理由；改好后从头再审", "With reasons; after the change all is examined again")
_ANEW = ("修订", "Revise", "公布过的版本不再改动，改动写成新版", "What was published never changes; a change is a new revision")
_NOW = ("立即公布", "Publish now", "政府信息公开条例；核查没有错误", "Open Government Information Regulations; no lint error")
_LATER = ("定时公布", "Schedule", "到时自动公布，停机后补发", "Published by itself when the time comes, or after a stop")
TABLE = [
    _row(Move.SEND_ON, Stop.DRAFT, Stop.LEGALITY, "editor", "送法制审核", "Send to legality review",
         "核查没有错误，意见都已处理", "No lint error, every remark settled"),
    _row(Move.SEND_ON, Stop.LEGALITY, Stop.FACTS, "legal", "法制审核通过", "Pass the legality review",
         "依据现行有效（行政许可法第十六条、第三十条）", "The basis is in force (Licensing Law, arts. 16 and 30)"),
    _row(Move.SEND_ON, Stop.FACTS, Stop.APPROVAL, "checker", "确认内容属实", "Confirm the facts",
         "由实施主体的人核对", "By the department that owns the item"),
    _row(Move.SEND_ON, Stop.APPROVAL, Stop.RELEASE, "approver", "审定通过", "Approve", "审定后才能公布", "Nothing is published without it"),
    *(_row(Move.SEND_BACK, source, Stop.DRAFT, role, *_BACK) for source, role in (
        (Stop.LEGALITY, "legal"), (Stop.FACTS, "checker"), (Stop.APPROVAL, "approver"), (Stop.RELEASE, "publisher"),
        (Stop.SCHEDULED, "publisher"))),
    *(_row(Move.PUBLISH, source, Stop.PUBLISHED, "publisher", *_NOW) for source in (Stop.RELEASE, Stop.SCHEDULED)),
    *(_row(Move.SCHEDULE, source, Stop.SCHEDULED, "publisher", *_LATER) for source in (Stop.RELEASE, Stop.SCHEDULED)),
    _row(Move.WITHDRAW, Stop.PUBLISHED, Stop.WITHDRAWN, "publisher", "撤下", "Withdraw",
         "写明理由，原地址公告", "With reasons, which stand at its address"),
    *(_row(Move.REVISE, source, Stop.DRAFT, "editor", *_ANEW) for source in (Stop.PUBLISHED, Stop.SUPERSEDED, Stop.WITHDRAWN)),
]
BY_MOVE = {(row.move, row.source): row for row in TABLE}
FORWARD = frozenset({Move.SEND_ON, Move.PUBLISH, Move.SCHEDULE})


class Past(NamedTuple):
    """A step that was taken: the state that the revision came to, and by whom (None: by the clock)."""

    state: str
    staff_id: int | None


@dataclass(frozen=True)
class Standing:
    """A revision as the rules see it. `department_id` is that of the department its document names, None where the
    directory does not have it; `other` says that another revision of the item is on its way."""

    at: Stop
    department_id: int | None
    writers: frozenset[int] = frozenset()
    examiners: frozenset[int] = frozenset()
    errors: int = 0
    remarks: int = 0
    other: bool = False


def stop(state: str, past: Sequence[Past]) -> Stop:
    """Where a revision of that state stands. It comes to the fact check by one step, and is confirmed by a second."""
    if state != Stop.FACTS:
        return Stop(state)
    run = 0
    for step in reversed(past):
        if step.state != Stop.FACTS:
            break
        run += 1
    return Stop.APPROVAL if run > 1 else Stop.FACTS


def writers(past: Iterable[Past], edits: Iterable[int]) -> frozenset[int]:
    """Who ever wrote on the revision: saved a section of it, or sent it on as its editor."""
    return frozenset(edits) | {step.staff_id for step in past if step.state == Stop.LEGALITY and step.staff_id is not None}


def examiners(past: Sequence[Past]) -> frozenset[int]:
    """Who examined the revision since it was a draft last: a text that was sent back is examined anew."""
    last = max((at for at, step in enumerate(past) if step.state == Stop.DRAFT), default=-1)
    return frozenset(step.staff_id for step in past[last + 1:]
                     if step.state in (Stop.FACTS, Stop.RELEASE) and step.staff_id is not None)


def moves(at: Stop) -> list[Row]:
    """What can be done with a revision that stands there, in the order of the table."""
    return [row for row in TABLE if row.source is at]


def why_not(move: Move, who: Officer, it: Standing) -> Text | None:
    """Why the person may not make the move now; None where she may."""
    row = BY_MOVE.get((move, it.at))
    if row is None:
        now, name = STOPS[it.at], next(one.name for one in TABLE if one.move is move)
        return Text(zh=f"这一版现在是“{now.zh}”，不能{name.zh}。", en=f"The revision is “{now.en}” now, so this cannot be done: {name.en}.")
    if row.role not in who.roles:
        role = ROLES[row.role]
        return Text(zh=f"“{row.name.zh}”由{role.zh}做。", en=f"“{row.name.en}” is for {role.en}.")
    return _not_hers(row, who, it) or (_not_ready(row, it) if move in FORWARD else None) or _not_free(row, it)


def may_remark(who: Officer, at: Stop) -> bool:
    """Whether she may remark on an element: whoever has a part in the way, while the revision is on it."""
    return at in WAY and bool(who.roles & {*ROLES, "admin"})


def may_settle(who: Officer, at: Stop, made_by: int) -> bool:
    """Whether she may settle a remark: who made it may, and the editor who changed the draft."""
    return at in WAY and (who.staff_id == made_by or (at is Stop.DRAFT and bool(who.roles & {"editor", "admin"})))


def _not_hers(row: Row, who: Officer, it: Standing) -> Text | None:
    if row.source not in EXAMINED:
        return None
    if row.source is Stop.FACTS and (it.department_id is None or who.department_id != it.department_id):
        return Text(zh="内容由实施主体核对，您不在这个部门。", en="The facts are checked by the department that owns the item, which is not yours.")
    if row.move is Move.SEND_BACK:
        return None
    if who.staff_id in it.writers:
        return Text(zh="这一版您自己写过，要由别人审核。", en="You wrote on this revision yourself; somebody else has to examine it.")
    if who.staff_id in it.examiners:
        return Text(zh="这一版您已经审过一道，这一道要由别人审。", en="You examined this revision at an earlier step; somebody else has to do this one.")
    return None


def _not_ready(row: Row, it: Standing) -> Text | None:
    if it.department_id is None:
        return Text(zh="实施主体不在部门名录里，没有人能核对。请改成名录里的名称。",
                    en="The owning department is not in the directory, so nobody can check the facts. Use a name of the directory.")
    if it.errors:
        return Text(zh=f"核查有{it.errors}处错误，改好才能{row.name.zh}。",
                    en=f"Not yet: {row.name.en}. Lint finds {it.errors} error{'s' * (it.errors > 1)}, to be corrected first.")
    if it.remarks:
        return Text(zh=f"还有{it.remarks}条意见没有处理，处理完才能{row.name.zh}。",
                    en=f"Not yet: {row.name.en}. {it.remarks} remark{'s are' if it.remarks > 1 else ' is'} to be settled first.")
    return None


def _not_free(row: Row, it: Standing) -> Text | None:
    if row.move is Move.REVISE and it.other:
        return Text(zh="这个事项已有一版正在修订，请接着改那一版。", en="Another revision of this item is on its way; go on with that one.")
    return None
