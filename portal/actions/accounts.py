"""actions: passwords of staff, by Argon2, and the sessions that hold an application."""
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.models.people import Staff
from portal.models.sessions import WebSession


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def hash_password(password: str) -> str:
    """The Argon2id hash to store."""
    return _hasher().hash(password)


def matches(hashed: str | None, password: str) -> bool:
    """Whether the password, or PIN, is the one that the hash was made of. Slow by intent: no transaction should be open."""
    try:
        return _hasher().verify(hashed or _nobody(), password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def sign_in(db: Session, username: str, password: str) -> Staff | None:
    """The active staff member of that name and password, or None; both ways take the time of one hash.

    Gives up what the session has not committed: nobody waits at the gate while the hash is made.
    """
    staff = db.scalar(select(Staff).where(Staff.username == username))
    known = staff is not None and staff.active
    hashed = staff.password_hash if known else None
    db.rollback()
    if not matches(hashed, password):
        return None
    if known and _hasher().check_needs_rehash(hashed):
        staff.password_hash = hash_password(password)
    return staff if known else None


def change_password(db: Session, staff: Staff, hashed: str, keep: int) -> None:
    """Gives her a new password, of which `hashed` was made beforehand, and ends all her sessions but the one to keep."""
    staff.password_hash = hashed
    db.execute(delete(WebSession).where(WebSession.staff_id == staff.id, WebSession.id != keep))
    db.flush()


def let_go(db: Session, application_id: int) -> None:
    """No session holds the application any longer."""
    for row in db.scalars(select(WebSession)):
        held = row.facts.get("applications", [])
        if application_id in held:
            row.facts = {**row.facts, "applications": [one for one in held if one != application_id]}


@cache
def _nobody() -> str:
    return hash_password("nobody has this password")
