"""The desk for tests: cases in the application's own database, and officers who sit at it."""
from portal.models.cases import Case
from tests.actions.cases import RESTAURANT, acting, sample, submitted
from tests.conftest import NOW, PASSWORD
from tests.inspector import Inspector


def file_case(app, ring, slug="open-restaurant", answers=None, **more) -> int:
    """A case of a sample guide in the application's database; its number."""
    with app.extensions["banshi"].database.writing() as db:
        case = submitted(db, ring, sample(slug), answers or RESTAURANT, slug=slug, **more)
        db.commit()
        return case.id


def look(app, case_id: int) -> Case:
    """The case as it is now, with its stages."""
    with app.extensions["banshi"].database.reading() as db:
        case = db.get_one(Case, case_id)
        assert case.stages is not None
        return case


def at_desk(app, username: str) -> Inspector:
    """A browser in which that officer has signed in."""
    browser = Inspector(app)
    browser.sign_in(username, PASSWORD)
    return browser


def do(app, ring, username, case_id, act, now=NOW) -> None:
    """Does an act as the officer, beside the browser: somebody was faster."""
    with app.extensions["banshi"].database.writing() as db:
        act(acting(db, ring, username, now), db.get_one(Case, case_id))
        db.commit()
