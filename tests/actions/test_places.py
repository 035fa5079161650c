"""The county's file decides who is on the staff: each new one has a password of her own, and who left is locked out."""
from datetime import timedelta

from sqlalchemy import select

from portal.actions import places
from portal.actions.accounts import matches
from portal.models.people import Staff
from portal.models.sessions import WebSession
from portal.sample.county import county
from tests.conftest import NOW, PASSWORD


def test_each_new_one_gets_her_own_password_and_the_others_keep_theirs(db):
    shape = county()
    newcomers = [shape.staff[0].model_copy(update={"username": name}) for name in ("xin.one", "xin.two")]
    passwords = iter(("first-password", "second-password"))
    hired = places.hire(db, shape.model_copy(update={"staff": [*shape.staff, *newcomers]}), lambda: next(passwords))
    assert hired.first == {"xin.one": "first-password", "xin.two": "second-password"} and hired.left == []
    by_name = {staff.username: staff for staff in hired.staff}
    assert matches(by_name["xin.two"].password_hash, "second-password") and not matches(by_name["xin.two"].password_hash, "first-password")
    assert matches(by_name["bianji"].password_hash, PASSWORD)


def test_who_is_not_in_the_file_any_more_is_locked_out_and_may_come_back(db):
    shape = county()
    gone = db.scalar(select(Staff).where(Staff.username == "bianji"))
    db.add(WebSession(token_digest="x" * 64, csrf="y", staff_id=gone.id, created_at=NOW, seen_at=NOW, ends_at=NOW + timedelta(hours=9)))
    db.flush()
    rest = shape.model_copy(update={"staff": [person for person in shape.staff if person.username != "bianji"]})
    assert [staff.username for staff in places.hire(db, rest, str).left] == ["bianji"]
    assert not gone.active and db.scalar(select(WebSession).where(WebSession.staff_id == gone.id)) is None
    assert places.hire(db, rest, str).left == []
    assert places.hire(db, shape, str).first == {} and gone.active
