"""The desk for tests: cases in the application's own database, and officers who sit at it."""
from portal.models.cases import Case
from tests.actions.cases import RESTAURANT, acting, sample, submitted
from tests.conftest import NOW, PASSWORD
from tests.inspector import Form, Inspector


def file_case(app, ring, slug="open-restaurant", answers=None, **more) -> int:
    """A case of a sample guide in the application's database; its number."""
    database, counties = app.extensions["banshi"].database, app.config.get("COUNTIES")
    if counties:  # the guide is in force at once where nothing was done yet
        counties.lay(database, (slug,))
    with database.writing() as db:
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
    """A browser in which that officer has signed in. The pages on the way are read by the tests of accounts."""
    browser = Inspector(app)
    answer = browser.browser.post("/desk/sign-in", data={"username": username, "password": PASSWORD})
    assert answer.status_code == 302, username
    return browser


def do(app, ring, username, case_id, act, now=NOW) -> None:
    """Does an act as the officer, beside the browser: somebody was faster."""
    with app.extensions["banshi"].database.writing() as db:
        act(acting(db, ring, username, now), db.get_one(Case, case_id))
        db.commit()


def carry_through(app, case_id: int, *usernames: str, opinion: str = "符合要求") -> None:
    """Accepts the case and finishes every stage with its first outcome, each by the first officer who may; to delivery."""
    officers = [at_desk(app, username) for username in usernames]
    for _ in range(20):
        if look(app, case_id).state == "closed":
            return
        if not any(_one_step(officer, case_id, opinion) for officer in officers):
            break
    raise AssertionError(f"the case stands: {look(app, case_id).state}, {[(row.key, row.state) for row in look(app, case_id).stages]}")


def _one_step(officer: Inspector, case_id: int, opinion: str) -> bool:
    page = officer.get(f"/desk/cases/{case_id}")
    for element in page.all("form"):
        form, action = Form(element, page.url), element.get("action") or ""
        if action.endswith("/accept"):
            officer.submit(form)
            return True
        if "/stages/" in action or action.endswith("/deliver"):
            for control in element.iter():
                name, value = control.get("name") or "", control.get("value")
                if control.get("type") == "radio" and name not in form.data:
                    form.data[name] = value
                elif name.endswith("-opinion"):
                    form.data[name] = opinion
                elif name.endswith("-second"):
                    form.data[name] = next(one.get("value") for one in control.iter() if one.get("value"))
            officer.submit(form)
            return True
    return False
