"""actions: imported guides are kept as drafts. The same file twice makes no second item, and no other file's draft is lost."""
import hashlib
from datetime import datetime
from enum import StrEnum

from pypinyin import lazy_pinyin
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.actions import guides
from portal.actions.guides import OnItsWay
from portal.models.guides import GuideRevision, RevisionState
from portal.models.importing import Would
from portal.queries import catalogue
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile

LONGEST_SLUG = 60


class Kept(StrEnum):
    """What became of an imported guide in the database."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    TAKEN = "taken"
    """Another file's draft of the same item stands there, and stays."""


def keep(db: Session, file: GuideFile, source: str, now: datetime) -> Kept:
    """Keeps the guide as a draft of its item, by its basic code, else by name and body. `source` is the file's name."""
    slug = slug_of(file)
    known = _draft(db, file, slug)
    if known is not None and known.source != source and known.digest != guides.digest_of(yaml.plain(file)):
        return Kept.TAKEN
    had = catalogue.item_of(db, file, slug) is not None
    _, added = guides.draft(db, file, slug, now, source)
    return Kept.SAME if not added else Kept.CHANGED if had else Kept.NEW


def would(db: Session, file: GuideFile, slug: str, digest: str, source: str) -> tuple[Would, OnItsWay | None]:
    """What keeping the guide would come to now, and who is in its way. Changes nothing."""
    item = catalogue.item_of(db, file, slug)
    latest = item and db.scalar(select(GuideRevision).where(GuideRevision.item_id == item.id).order_by(GuideRevision.number.desc()).limit(1))
    if latest is None:
        return (Would.NEW if item is None else Would.CHANGED), None
    if latest.digest == digest and latest.state != RevisionState.WITHDRAWN:
        return Would.SAME, None
    if (busy := guides.at_work(db, item, latest)) is not None:
        return Would.ON_ITS_WAY, busy
    if latest.state == RevisionState.DRAFT and latest.source != source:
        return Would.TAKEN, None
    return Would.CHANGED, None


def newest(db: Session, file: GuideFile, slug: str) -> int | None:
    """The number of the newest revision of the guide's item."""
    item = catalogue.item_of(db, file, slug)
    return item and db.scalar(select(GuideRevision.id).where(GuideRevision.item_id == item.id).order_by(GuideRevision.number.desc()).limit(1))


def slug_of(file: GuideFile) -> str:
    """The address of the item: its basic code, else its name in pinyin and a mark of the body or place whose item it is."""
    item = file.guide.item
    if item.code:
        return item.code
    place = file.offerings[0].place_name if file.offerings else None
    whose = item.department or (place.zh if place else "")
    mark = hashlib.sha256(f"{item.name.zh}\n{whose}\n{item.local_code or ''}".encode()).hexdigest()[:6]
    words = "-".join("".join(mark for mark in word.lower() if mark.isascii() and mark.isalnum()) for word in lazy_pinyin(item.name.zh))
    return f"{'-'.join(word for word in words.split('-') if word)[:LONGEST_SLUG].strip('-') or 'guide'}-{mark}"


def _draft(db: Session, file: GuideFile, slug: str) -> GuideRevision | None:
    item = catalogue.item_of(db, file, slug)
    return item and db.scalar(
        select(GuideRevision).where(GuideRevision.item_id == item.id, GuideRevision.state == RevisionState.DRAFT))

