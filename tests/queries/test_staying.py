"""When a guide was last checked, as its page tells it; how guides that are due are found."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.config import load
from portal.models.guides import GuideRevision, Item
from portal.models.people import Staff
from portal.models.places import Department
from portal.models.staying import GuideCheck
from portal.publishing import guide_page, pages
from portal.queries import editions
from portal.rules.calendar import legal_day
from tests.actions.cases import in_force, sample
from tests.conftest import NOW

SLUG = "senior-allowance"


@pytest.fixture
def config(tmp_path):
    return load({"BANSHI_DEMO": "1", "BANSHI_DATA": str(tmp_path)})


def test_the_page_says_when_its_department_last_found_that_the_guide_holds(db, config):
    in_force(db, sample(SLUG), SLUG, NOW)
    item = db.scalars(select(Item).where(Item.slug == SLUG)).one()
    revision = db.scalars(select(GuideRevision).where(GuideRevision.item_id == item.id)).one()
    edition = editions.edition(db, config)
    assert edition.guides[0].checked is None
    staff = db.scalars(select(Staff).where(Staff.username == "minzheng.head")).one()
    later = NOW + timedelta(days=400)
    db.add(GuideCheck(item_id=item.id, revision_id=revision.id, staff_id=staff.id, checked_on=legal_day(later), made_at=later))
    db.flush()
    edition = editions.edition(db, config)
    checked = edition.guides[0].checked
    assert checked.on == legal_day(later) and checked.by.zh == db.get(Department, staff.department_id).name
    said = str(pages.guide_body(guide_page.facts(edition.guides[0], edition, "zh-Hans")))
    assert f"{checked.on.year}年{checked.on.month}月{checked.on.day}日核对，{checked.by.zh}" in said
    assert isinstance(checked.on, date)
