"""actions: what keeps guides right: looking at those in force, "checked today, nothing changed", laws marked as changed."""
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.actions import outbox
from portal.actions.revisions import Moving
from portal.models.guides import GuideRevision, Item, RevisionState
from portal.models.outbox import Topic
from portal.models.staying import GuideCheck, GuideFinding, GuideLook, LawMark
from portal.queries import places
from portal.queries import staying as asking
from portal.rules import staying
from portal.rules.calendar import legal_day
from portal.rules.guide.document import GuideFile
from portal.rules.problems import Problem


class NotHers(Problem):
    """Only a checker of the owning department confirms that a guide holds."""


def look(db: Session, now: datetime, at_most: int = 200) -> int:
    """Looks at guides in force that nobody has looked at today, or whose revision is newer than the last look; how many. What a
    look finds replaces what the one before found."""
    today = legal_day(now)
    late = db.execute(
        select(Item.id, GuideRevision).join(GuideRevision, GuideRevision.item_id == Item.id).outerjoin(GuideLook, GuideLook.item_id == Item.id)
        .where(GuideRevision.state == RevisionState.PUBLISHED,
               GuideLook.item_id.is_(None) | (GuideLook.revision_id != GuideRevision.id) | (GuideLook.looked_on < today))
        .order_by(GuideLook.looked_on.is_not(None), GuideLook.looked_on, Item.id).limit(at_most)).all()
    gone = select(GuideLook.item_id).where(~select(GuideRevision.id).where(
        GuideRevision.item_id == GuideLook.item_id, GuideRevision.state == RevisionState.PUBLISHED).exists())
    db.execute(delete(GuideFinding).where(GuideFinding.item_id.in_(gone)))
    directory, checks = places.directory(db), asking.last_checks(db, [item_id for item_id, _ in late])
    for item_id, revision in late:
        file = GuideFile.model_validate(revision.document)
        came, last = file.guide.provenance, checks.get(item_id)
        checked = max((day for day in (came.checked_on, last and last.on) if day), default=None)
        db.merge(GuideLook(item_id=item_id, revision_id=revision.id, looked_on=today, checked_on=checked, review_due=came.review_due))
        db.execute(delete(GuideFinding).where(GuideFinding.item_id == item_id))
        db.add_all(GuideFinding(item_id=item_id, kind=str(one.kind), subject=one.subject, element=one.element,
                                words=one.words.zh if one.words else None, words_en=one.words.en if one.words else None)
                   for one in staying.found(file, today, directory))
    db.flush()
    return len(late)


def check(act: Moving, revision: GuideRevision, words: str = "") -> None:
    """The guide in force was looked at today, and holds: its page says so within seconds. Pressed twice it is one check.
    Raises NotHers."""
    if not may_check(act, revision):
        raise NotHers("staying.not_hers", "由事项所属部门的业务核对人员确认，而且要是现在公布的一版。没有改动任何内容。",
                      "A checker of the department that owns the item confirms this, and for the revision in force. Nothing was changed.")
    today = legal_day(act.now)
    known = select(GuideCheck.id).where(GuideCheck.revision_id == revision.id, GuideCheck.staff_id == act.staff.id, GuideCheck.checked_on == today)
    if act.db.scalar(known) is not None:
        return
    act.db.add(GuideCheck(item_id=revision.item_id, revision_id=revision.id, staff_id=act.staff.id, checked_on=today,
                          words=words.strip() or None, made_at=act.now))
    act.db.flush()
    outbox.owe(act.db, Topic.PUBLISH_GUIDE, {"item_id": revision.item_id}, act.now)


def may_check(act: Moving, revision: GuideRevision) -> bool:
    """Whether this person may confirm this revision."""
    owner = revision.item.department_id
    return revision.state == RevisionState.PUBLISHED and "checker" in act.who.roles and owner is not None and owner == act.who.department_id


def mark_law(act: Moving, law: str, changed_on, words: str = "") -> LawMark:
    """A law changed: every guide that stands on it is listed until it is checked or revised."""
    mark = LawMark(law=staying.law_name(law), changed_on=changed_on, words=words.strip() or None, staff_id=act.staff.id, made_at=act.now)
    act.db.add(mark)
    act.db.flush()
    return mark


def settle_law(act: Moving, mark: LawMark) -> None:
    """The mark is dealt with; again is no harm."""
    mark.settled_at = mark.settled_at or act.now
    act.db.flush()
