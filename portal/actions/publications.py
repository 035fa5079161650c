"""actions: somebody at the desk asks for a whole publication, which the worker then makes."""
from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions import outbox
from portal.models.outbox import Topic
from portal.models.people import Staff
from portal.queries import history


def ask_again(db: Session, who: Staff, now: datetime) -> None:
    """Owes the publication of the whole site; pressed twice it is owed once. The caller commits."""
    if not history.whole_is_owed(db):
        outbox.owe(db, Topic.PUBLISH_GUIDE, {"whole": who.id}, now)
