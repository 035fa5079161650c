"""What was published stays readable: each revision at its own address, with its PDF, and saying whether it still holds."""
import pytest
from sqlalchemy import func, select

from portal.actions import revisions
from portal.models.guides import GuideRevision
from portal.rules.workflow import Stop
from tests.actions.cases import in_force, sample
from tests.actions.revisions import EDITOR, FOOD, PUBLISHER, drafted, moving, walked
from tests.house.test_budgets import STATEMENTS, counted
from tests.views.officers import at_desk


@pytest.fixture
def twice(app):
    """A guide published twice, with other words the second time, and a third revision on its way."""
    with app.extensions["banshi"].database.writing() as db:
        first = walked(db, drafted(db))
        revisions.publish(moving(db, PUBLISHER), first)
        second = revisions.revise(moving(db, EDITOR), first)
        second.document = {**second.document, "guide": {**second.document["guide"], "scope": "只对第二版说的话。"}}
        revisions.publish(moving(db, PUBLISHER), walked(db, second, Stop.RELEASE))
        revisions.revise(moving(db, EDITOR), second)
        db.commit()


def test_every_published_revision_has_its_page(client, twice):
    old, new = client.get(f"/revisions/{FOOD}/1"), client.get(f"/revisions/{FOOD}/2")
    assert "现已失效" in old.text and "只对第二版说的话" not in old.text
    assert "起生效" in new.text and "只对第二版说的话" in new.text and "noindex" in new.html
    assert new.links()["第 1 版"].endswith(f"/revisions/{FOOD}/1")
    assert "holds no more" in client.get(f"/revisions/{FOOD}/1?lang=en").text


def test_what_is_not_public_is_not_found(app, client, twice):
    for address in (f"/revisions/{FOOD}/3", f"/revisions/{FOOD}/3.pdf", f"/revisions/{FOOD}/9", "/revisions/nothing/1"):
        client.get(address, status=404)
    with app.extensions["banshi"].database.reading() as db:
        assert db.scalars(select(GuideRevision.state).order_by(GuideRevision.number)).all() == ["superseded", "published", "draft"]


def test_its_paper_is_made_once_and_kept(app, client, twice):
    folder = app.extensions["banshi"].config.data / "site" / "past"
    first = client.get(f"/revisions/{FOOD}/1.pdf").data
    [kept] = folder.iterdir()
    kept.write_bytes(b"%PDF kept")
    assert first.startswith(b"%PDF") and client.get(f"/revisions/{FOOD}/1.pdf").data == b"%PDF kept"


def test_the_page_keeps_the_statements(client, twice, statements):
    with statements() as sent:
        client.get(f"/revisions/{FOOD}/1")
    assert counted(sent) <= STATEMENTS, sent


def test_what_was_put_in_force_from_the_command_line_passed_nobodys_desk(app):
    with app.extensions["banshi"].database.writing() as db:
        in_force(db, sample("senior-allowance"), "senior-allowance")
        number = db.scalar(select(func.max(GuideRevision.id)))
        db.commit()
    page = at_desk(app, "bianji").get(f"/desk/guides/{number}")
    assert "● 现在" in page.text and "已过" not in page.text
