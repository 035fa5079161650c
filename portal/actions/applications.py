"""actions: applications: a draft is opened, saved page by page, brought to the guide in force, and sent."""
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import keys
from portal.actions import answers as answering
from portal.actions import intake
from portal.actions.acting import Acting
from portal.models.applications import Application, ApplicationState, UploadedFile
from portal.models.cases import Case
from portal.models.guides import GuideRevision, OfferingRevision
from portal.queries import applications, guides, items
from portal.rules import filling, tracking
from portal.rules.guide.text import Text
from portal.rules.item_words import Closed
from portal.rules.problems import Problem

LASTS = timedelta(days=30)
"""A draft is kept so long after it was last saved."""
FULLEST = 400_000
"""Bytes of all answers of one application."""
HOW = {
    filling.UPLOAD: "网上上传{n}个文件", filling.WINDOW: "到窗口提交", filling.COMMIT: "书面承诺", filling.LATER: "以后补交",
    filling.FORM: "网上填写",
}


class ApplicationProblem(Problem):
    """Something about an application that cannot be done; nothing was changed."""


class AlreadySent(ApplicationProblem):
    """The application is no draft any more."""

    def __init__(self):
        super().__init__("application.sent", "这份申请已经提交，不能再改。", "This application was sent already and cannot be changed.")


class Overtaken(ApplicationProblem):
    """Another device saved the same page since it was shown."""

    def __init__(self):
        super().__init__("application.overtaken", "另一台设备刚保存过这一页。", "Another device has just saved this page.")


class NotComplete(ApplicationProblem):
    """Required answers or documents are missing; `missing` names them."""

    def __init__(self, missing: Sequence[filling.Missing]):
        super().__init__("application.incomplete", "还有必填内容没有填完。", "Some required parts are still missing.")
        self.missing = missing


class NewerGuide(ApplicationProblem):
    """The guide changed while the draft was filled in; the one in force counts."""

    def __init__(self):
        super().__init__("application.newer_guide", "办事指南有更新，请先核对变化。", "The guide was changed; check what is new first.")


class ItemClosed(ApplicationProblem):
    """The item takes no applications in any more; `closed` says why."""

    def __init__(self, closed: Closed):
        super().__init__("application.closed", f"{closed.said.zh}没有提交。{closed.drafts.zh}",
                         f"{closed.said.said('en')} Nothing was sent. {closed.drafts.said('en')}")
        self.closed = closed


class PlaceGone(ApplicationProblem):
    """The chosen place no longer takes the item in."""

    def __init__(self):
        super().__init__("application.place", "原来选的办理点不再受理这件事，没有提交。请换一个办理点再提交，填写的内容都还在。",
                         "The place you chose no longer takes this in, so nothing was sent. Choose another place; "
                         "what you filled in is still there.")


def start(act: Acting, revision: GuideRevision, offering: OfferingRevision | None, locale: str, random: bytes) -> Application:
    """A new draft, pinned to the guide and the place, with a data key of its own and a code to resume it by.

    The code is in the sealed content for its holder to read; beside it lies its keyed digest alone.
    """
    key = keys.new_data_key()
    code = tracking.resume_code(random)
    application = Application(
        item_id=revision.item_id, guide_revision=revision, offering_revision=offering, locale=locale,
        wrapped_key=act.ring.wrap(key), resume_digest=_digest(act.ring, code), created_at=act.now, changed_at=act.now,
        expires_at=act.now + LASTS)
    act.db.add(application)
    act.db.flush()
    answering.write(application, key, {"answers": {}, "typed": {}, "documents": {}, "pages": {}, "resume": code})
    return application


def find(db: Session, ring: keys.KeyRing, code: str, now: datetime) -> Application | None:
    """The draft that a resume code, in its stored form, belongs to; one whose day has passed is not found."""
    return db.scalar(select(Application).where(Application.resume_digest == _digest(ring, code), applications.draft_at(now)))


def content_of(application: Application, ring: keys.KeyRing) -> dict[str, Any]:
    """Answers, what was typed but cannot stand, documents, and who saved which page last."""
    found = answering.read(application, answering.data_key(application, ring))
    return {"typed": {}, "pages": {}, **found}


def save_page(act: Acting, application: Application, page: str, asked: Sequence[str], values: Mapping[str, Any],
              typed: Mapping[str, list[str]], *, seen: int, by: int) -> None:
    """Keeps one page: the values of the questions `asked`, and what was typed where it cannot stand.

    `seen` is how often the page had been saved when it was shown, `by` the session that saves. Raises Overtaken where
    another session saved it since; AlreadySent; ApplicationProblem where the answers have grown too large.
    """
    content = content_of(application, act.ring)
    times, last = content["pages"].get(page, (0, None))
    if times > seen and last != by:
        raise Overtaken
    content["answers"] = {key: value for key, value in content["answers"].items() if key not in asked} | dict(values)
    content["typed"] = {key: value for key, value in content["typed"].items() if key not in asked} | dict(typed)
    content["pages"][page] = [times + 1, by]
    _keep(act, application, content)


def choose(act: Acting, application: Application, document_key: str, way: str) -> None:
    """How a document will be given. Raises AlreadySent."""
    content = content_of(application, act.ring)
    content["documents"][document_key] = way
    _keep(act, application, content)


def move_to(act: Acting, application: Application, offering: OfferingRevision | None) -> None:
    """Another place takes the application in. Raises AlreadySent."""
    application.offering_revision = offering
    _keep(act, application, content_of(application, act.ring))


def carry_over(act: Acting, application: Application, revision: GuideRevision) -> None:
    """Pins the draft to the guide in force; answers that it still knows stay. Raises AlreadySent."""
    content = content_of(application, act.ring)
    before, after = guides.guide_of(application.guide_revision), guides.guide_of(revision)
    content["answers"] = filling.carried(before, after, content["answers"])
    content["typed"] = {}
    application.guide_revision = revision
    _keep(act, application, content)


def submit(act: Acting, application: Application, random: bytes, pin: str, pin_hash: str) -> Case:
    """Sends the draft: what counts is kept, the rest forgotten, and the case is opened with number and receipt.

    `random` are bytes for the tracking code; `pin_hash` is the PIN's, made beforehand because it is slow by intent.
    Raises AlreadySent, ItemClosed, NewerGuide, PlaceGone, NotComplete; NoVariant or NoDepartment where nobody could handle it.
    `StaleDataError` means that another press was faster.
    """
    if application.state != ApplicationState.DRAFT:
        raise AlreadySent
    act.db.refresh(application.item, ["life"])
    if (closed := items.closed(act.db, application.item)) is not None:
        raise ItemClosed(closed)
    in_force = guides.in_force(act.db, application.item_id)
    if in_force is None or in_force.id != application.guide_revision_id:
        raise NewerGuide
    if application.offering_revision is not None:
        application.offering_revision = applications.offering_now(act.db, application.offering_revision)
        if application.offering_revision is None:
            raise PlaceGone
    key = answering.data_key(application, act.ring)
    now = applications.filled(application, content_of(application, act.ring), applications.files(act.db, application.id))
    if now.missing:
        raise NotComplete(now.missing)
    given = {row.key: way for row in now.documents if (way := now.given[row.key]) is not None}
    answering.write(application, key, {"answers": now.facts, "documents": given})
    application.state, application.submitted_at, application.changed_at = ApplicationState.SUBMITTED, act.now, act.now
    application.expires_at = application.resume_digest = None
    application.pin_hash = pin_hash
    listed = [f"{row.name.zh}（{HOW[given[row.key]].format(n=len(now.files.get(row.key, ())))}）"
              for row in now.documents if given.get(row.key) in HOW]
    return intake.open_case(act, application, random, listed, pin=pin)


def erase(db: Session, application_id: int, now: datetime) -> list[str] | None:
    """Erases a draft whose day has passed: its key is destroyed, and with it what old backups hold of it; answers, codes
    and the rows of its files go. The bare row stays, so that its number never becomes another's.

    Returns the names of its files in the store, to be deleted after the commit; None where it is no such draft any more.
    """
    application = db.scalar(select(Application).where(
        Application.id == application_id, Application.state == ApplicationState.DRAFT, Application.expires_at <= now)
        .with_for_update(skip_locked=True))
    if application is None:
        return None
    application.state, application.changed_at = ApplicationState.ERASED, now
    application.wrapped_key = application.answers_sealed = application.resume_digest = application.pin_hash = None
    return list(db.scalars(delete(UploadedFile).where(UploadedFile.application_id == application_id)
                           .returning(UploadedFile.storage_key)))


def _keep(act: Acting, application: Application, content: dict[str, Any]) -> None:
    if application.state != ApplicationState.DRAFT:
        raise AlreadySent
    if len(json.dumps(content, ensure_ascii=False).encode()) > FULLEST:
        text = Text(zh="填写的内容太多，超过了一份申请能保存的数量。前面保存过的都还在，请把长的内容缩短，或作为材料上传。",
                    en="This is more text than one application can keep. What was saved before is still there; "
                       "shorten the long parts, or upload them as a document.")
        raise ApplicationProblem("application.full", text.zh, text.en)
    answering.write(application, answering.data_key(application, act.ring), content)
    application.changed_at, application.expires_at = act.now, act.now + LASTS


def _digest(ring: keys.KeyRing, code: str) -> str:
    return ring.blind(code, "application.resume")
