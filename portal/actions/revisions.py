"""actions: a guide's revision on its way: sent on, sent back, remarked on, scheduled, published, withdrawn, revised.

Who may, and when, is `rules.workflow`; every move is a step of the revision's history, written in the same stroke. Of two
at once the second is told: the row's version stands between them.
"""
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.actions import guides, indexing, outbox
from portal.models.editing import GuideRemark, GuideStep
from portal.models.guides import GuideRevision, Offering, RevisionState
from portal.models.outbox import Topic
from portal.models.people import Staff
from portal.queries import places, revisions
from portal.rules import workflow
from portal.rules.guide.document import GuideFile
from portal.rules.guide.text import Text
from portal.rules.lint import lint
from portal.rules.permissions import Officer
from portal.rules.problems import Problem
from portal.rules.workflow import BY_MOVE, Move, Stop


class NotHere(Problem):
    """The move is not hers, or not now; nothing was changed."""


class NoWords(Problem):
    """The move needs reasons, and there are none."""


class PastTime(Problem):
    """The time to go live at has passed."""


@dataclass(frozen=True)
class Moving:
    """What a move is made with: the session, the moment, the person and what the rules know of her."""

    db: Session
    now: datetime
    staff: Staff
    who: Officer


def send_on(act: Moving, revision: GuideRevision, words: str = "") -> Stop:
    """Sends the revision to its next pair of hands; returns where it stands then. Raises NotHere."""
    row = _checked(act, revision, Move.SEND_ON)
    _step(act, revision, row.target, words)
    return row.target


def send_back(act: Moving, revision: GuideRevision, words: str) -> None:
    """Sends it back to its editor, with reasons. Raises NotHere, NoWords."""
    _checked(act, revision, Move.SEND_BACK)
    _reasons(words)
    revision.goes_live_at = None
    _step(act, revision, Stop.DRAFT, words)


def schedule(act: Moving, revision: GuideRevision, at: datetime) -> None:
    """It will go live by itself at that moment. Raises NotHere, PastTime."""
    _checked(act, revision, Move.SCHEDULE)
    if at <= act.now:
        raise PastTime("revision.past", "这个时间已经过了，请选以后的时间，或者立即公布。", "This time has passed; choose a later one, or publish now.")
    revision.goes_live_at = at
    _step(act, revision, Stop.SCHEDULED)


def publish(act: Moving, revision: GuideRevision) -> None:
    """Puts it in force now. Raises NotHere, and what `guides.publish` raises."""
    _checked(act, revision, Move.PUBLISH)
    guides.publish(act.db, revision, act.now)
    _step(act, revision, Stop.PUBLISHED)


def withdraw(act: Moving, revision: GuideRevision, words: str) -> None:
    """Takes it out of force, with reasons that its address will carry: nobody can apply any more, cases go on.
    Raises NotHere, NoWords."""
    _checked(act, revision, Move.WITHDRAW)
    _reasons(words)
    revision.ended_at = act.now
    _step(act, revision, Stop.WITHDRAWN, words)
    indexing.index(act.db, revision.item_id, None)
    act.db.execute(update(Offering).where(Offering.item_id == revision.item_id).values(withdrawn=True))
    outbox.owe(act.db, Topic.PUBLISH_GUIDE, {"item_id": revision.item_id}, act.now)


def revise(act: Moving, revision: GuideRevision) -> GuideRevision:
    """A new draft with the words of this revision, which itself stays as it is. Raises NotHere."""
    _checked(act, revision, Move.REVISE)
    last = act.db.scalar(select(func.max(GuideRevision.number)).where(GuideRevision.item_id == revision.item_id))
    fresh = GuideRevision(item_id=revision.item_id, number=last + 1, state=RevisionState.DRAFT, document=revision.document,
                          digest=revision.digest, source=revision.source, created_at=act.now)
    act.db.add(fresh)
    act.db.flush()
    act.db.add(GuideStep(revision_id=fresh.id, state=RevisionState.DRAFT, staff_id=act.staff.id, at=act.now))
    act.db.flush()
    return fresh


def remark(act: Moving, revision: GuideRevision, at_path: str, words: str) -> GuideRemark:
    """Ties words to an element of the revision, named by its JSON Pointer. Raises NotHere, NoWords."""
    if not workflow.may_remark(act.who, _stop(act.db, revision)):
        raise NotHere("revision.no_remark", "这一版不在路上，或者您的岗位不参与审核，不能写意见。",
                      "The revision is not on its way, or you have no part in it, so no remark can be made.")
    _reasons(words)
    row = GuideRemark(revision_id=revision.id, at_path=at_path, words=words.strip(), made_by_id=act.staff.id, made_at=act.now)
    act.db.add(row)
    act.db.flush()
    return row


def settle(act: Moving, revision: GuideRevision, row: GuideRemark) -> None:
    """The remark is dealt with; again is no harm. Raises NotHere."""
    if row.settled_at is not None:
        return
    if not workflow.may_settle(act.who, _stop(act.db, revision), row.made_by_id):
        raise NotHere("revision.not_settled", "这条意见由提意见的人，或者改好草稿的编辑处理。",
                      "A remark is settled by whoever made it, or by the editor of the draft.")
    row.settled_at, row.settled_by_id = act.now, act.staff.id
    act.db.flush()


def go_live(db: Session, revision: GuideRevision, now: datetime) -> bool:
    """Publishes a scheduled revision whose time has come. Where lint meanwhile finds an error, or another fault stops it, it
    falls back to *approved* with the reason in its history, and the answer is False."""
    try:
        guides.publish(db, revision, now)
    except (guides.NotPublishable, Problem) as problem:
        first = problem.text if isinstance(problem, Problem) else problem.findings[0].message
        said = Text(zh=f"到点没有公布：{first.zh}", en=first.said("en"))
        revision.state, revision.goes_live_at = RevisionState.APPROVED, None
        db.add(GuideStep(revision_id=revision.id, state=RevisionState.APPROVED, words=f"{said.zh} {said.en}", at=now))
        db.flush()
        return False
    db.add(GuideStep(revision_id=revision.id, state=RevisionState.PUBLISHED, at=now))
    db.flush()
    return True


def due(db: Session, now: datetime) -> list[int]:
    """The scheduled revisions whose time has come, first things first: also those of a time when nothing ran."""
    return list(db.scalars(select(GuideRevision.id).where(
        GuideRevision.state == RevisionState.SCHEDULED, GuideRevision.goes_live_at <= now)
        .order_by(GuideRevision.goes_live_at, GuideRevision.id)))


def _checked(act: Moving, revision: GuideRevision, move: Move) -> workflow.Row:
    it = revisions.standing(act.db, revision, lint(GuideFile.model_validate(revision.document), directory=places.directory(act.db)))
    said = workflow.why_not(move, act.who, it)
    if said is not None:
        raise NotHere("revision.not_here", said.zh, said.said("en"))
    return BY_MOVE[move, it.at]


def _step(act: Moving, revision: GuideRevision, target: Stop, words: str = "") -> None:
    """Writes the step and brings the row to its state. A confirmed fact check keeps its state: the row counts a version
    all the same, so that of two at once the second is told."""
    state = RevisionState.FACT_CHECK if target is Stop.APPROVAL else RevisionState(target.value)
    revision.state = state
    flag_modified(revision, "state")
    act.db.add(GuideStep(revision_id=revision.id, state=state, words=words.strip() or None, staff_id=act.staff.id, at=act.now))
    act.db.flush()


def _stop(db: Session, revision: GuideRevision) -> Stop:
    return workflow.stop(revision.state, revisions.steps(db, revision.id))


def _reasons(words: str) -> None:
    if not words.strip():
        raise NoWords("revision.no_words", "请写明理由。", "Say why.")
