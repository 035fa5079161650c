"""The case page calls a stage uncounted where the law lets its clock stand, and nowhere else."""
import pytest

from portal import web
from portal.actions import cases
from portal.models.cases import Case
from portal.rules import tracking
from tests.actions.cases import acting, submitted
from tests.conftest import NOW
from tests.inspector import Inspector
from tests.queries.test_clock import ANSWERS, HOURS, guide
from tests.views.officers import at_desk


@pytest.mark.parametrize(("stop", "told"), [({}, True), ({"stop_reason": "other"}, False)])
def test_only_a_lawful_stop_is_called_uncounted(app, ring, monkeypatch, stop, told):
    monkeypatch.setattr(web, "now", lambda: NOW)
    limit = {"amount": 2, "unit": "workday"}
    file = guide({"amount": 5, "unit": "workday"}, kind="licence", stop={"limit": limit} | stop)
    with app.extensions["banshi"].database.writing() as db:
        case = submitted(db, ring, file, ANSWERS)
        cases.accept(acting(db, ring, "renshe.window", NOW), db.get_one(Case, case.id))
        db.commit()
    text = at_desk(app, "renshe.head").get(f"/desk/cases/{case.id}").text
    assert "本环节最迟" in text and ("本环节的时间不计入办理期限。" in text) is told


def test_a_limit_of_hours_says_its_hour(app, ring, monkeypatch):
    monkeypatch.setattr(web, "now", lambda: NOW)
    with app.extensions["banshi"].database.writing() as db:
        case = submitted(db, ring, guide({"amount": 3, "unit": "hour"}), ANSWERS)
        case.place.hours = HOURS
        cases.accept(acting(db, ring, "renshe.window", NOW), db.get_one(Case, case.id))
        code = tracking.shown(case.tracking_code)
        db.commit()
    for page in (at_desk(app, "renshe.head").get(f"/desk/cases/{case.id}"), Inspector(app).get(f"/track/{code}")):
        assert "2026年3月2日 12:00" in page.text
