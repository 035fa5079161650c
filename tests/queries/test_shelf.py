"""The shelf at the size of a district: as few statements as with one item, filters that say what they say, pages that join up."""
from datetime import date, timedelta

from sqlalchemy import event, insert, select

from portal.models.editing import GuideStep
from portal.models.guides import GuideRevision, Item
from portal.models.people import Staff
from portal.models.places import Department
from portal.queries import cases, shelf
from portal.rules.workflow import Stop
from tests.conftest import NOW

TODAY = date(2026, 3, 2)
MANY = 3000
STATES = ("draft", "legal_review", "fact_check", "fact_check", "approved", "scheduled", "published", "withdrawn")
"""The second fact check of each eight is confirmed."""


def filled(db, many: int = MANY) -> None:
    """So many items, their only revisions in all states in turn, half of them the market bureau's."""
    owners = [db.scalar(select(Department.id).where(Department.name == name)) for name in ("青禾县市场监督管理局", "青禾县民政局")]
    names = ["青禾县市场监督管理局", "青禾县民政局"]
    db.execute(insert(Item), [{"id": n, "slug": f"item-{n}", "code": f"99{n:010d}", "name": f"第{n:04d}项", "department_id": owners[n % 16 // 8],
                               "life": "in_force", "retention_class": "ordinary"} for n in range(1, many + 1)])
    rows = []
    for n in range(1, many + 1):
        state = STATES[n % 8]
        out = state in ("published", "withdrawn")
        due = (TODAY + timedelta(days=n % 3 - 1)).isoformat()
        document = {"guide": {"item": {"name": f"第{n:04d}项", "department": names[n % 16 // 8]}, "provenance": {"review_due": due}}}
        rows.append({"id": n, "item_id": n, "number": 1, "state": state, "document": document, "digest": f"{n}", "created_at": NOW,
                     "goes_live_at": NOW if state == "scheduled" else None, "published_at": NOW if out else None,
                     "ended_at": NOW if state == "withdrawn" else None, "version": 1})
    db.execute(insert(GuideRevision), rows)
    checks = [n for n in range(1, many + 1) if STATES[n % 8] == "fact_check"]
    db.execute(insert(GuideStep), [{"revision_id": n, "state": "fact_check", "at": NOW} for n in checks + [n for n in checks if n % 8 == 3]])
    db.flush()


def officer(db, username: str):
    return cases.officer(db.scalar(select(Staff).where(Staff.username == username)))


def test_thousands_take_as_few_statements_as_one(db):
    filled(db)
    who, sent = officer(db, "bianji"), []
    event.listen(db.get_bind(), "before_cursor_execute", lambda *args: sent.append(args[2]))
    found = shelf.shelf(db, who, TODAY)
    assert found.total == MANY and len(found.rows) == shelf.PAGE and len(sent) == 2
    assert all(row.way for row in found.rows), "what is on its way stands first"


def test_every_state_is_found_and_no_other(db):
    filled(db, 800)
    who = officer(db, "jiandu")
    for state in shelf.STATES:
        found = shelf.shelf(db, who, TODAY, state=state)
        assert found.total == 100, state
        assert {row.at for row in found.rows} == {state if state not in (Stop.PUBLISHED, Stop.WITHDRAWN) else None}


def test_each_hand_has_its_own_turn(db):
    filled(db, 800)
    found = {username: shelf.shelf(db, officer(db, username), TODAY, mine=True)
             for username in ("bianji", "fazhi", "shichang.check", "shending", "fabu", "jiandu")}
    assert {name: one.total for name, one in found.items()} == {
        "bianji": 100, "fazhi": 100, "shichang.check": 50, "shending": 100, "fabu": 100, "jiandu": 0}
    assert {row.at for row in found["shending"].rows} == {Stop.APPROVAL}


def test_pages_join_up_and_filters_hold(db):
    filled(db, 200)
    who = officer(db, "bianji")
    names = [row.name.zh for page in range(1, 8) for row in shelf.shelf(db, who, TODAY, page=page).rows]
    assert len(names) == len(set(names)) == 200
    assert [row.name.zh for row in shelf.shelf(db, who, TODAY, query="0042").rows] == ["第0042项"]
    assert [row.name.zh for row in shelf.shelf(db, who, TODAY, query="990000000042").rows] == ["第0042项"]
    assert shelf.shelf(db, who, TODAY, query="%").total == 0
    market = db.scalar(select(Department.id).where(Department.name == "青禾县市场监督管理局"))
    assert shelf.shelf(db, who, TODAY, department=market).total == sum(n % 16 < 8 for n in range(1, 201))
    due = shelf.shelf(db, who, TODAY, due=True)
    assert due.total == sum(n % 8 == 6 and n % 3 != 2 for n in range(1, 201))
