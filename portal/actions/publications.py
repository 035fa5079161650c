"""actions: somebody at the desk asks for a whole publication, or for an earlier one to be put back, which the worker then does."""
from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions import outbox
from portal.models.outbox import Topic
from portal.models.people import Staff
from portal.queries import history


def ask_again(db: Session, who: Staff, now: datetime) -> None:
    """Owes the publication of the whole site; pressed twice it is owed once. The caller commits."""
    if not history.asked(db):
        outbox.owe(db, Topic.PUBLISH_GUIDE, {"whole": who.id}, now)


def ask_back(db: Session, who: Staff, number: int, newest: int, now: datetime) -> None:
    """Owes the site as it was after the publication of this number; `newest` is the newest one that the page showed. Where
    something is owed of the whole site already, nothing more is. The caller commits."""
    if not history.asked(db):
        outbox.owe(db, Topic.PUBLISH_GUIDE, {"back": number, "newest": newest, "by": who.id}, now)
