"""Who says "checked today, nothing changed" reads it on the page when the outbox is drained; no revision and no paper is made."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.actions import staying
from portal.actions.revisions import Moving
from portal.cli.publish import publish_all
from portal.jobs import outbox
from portal.models.guides import GuideRevision
from portal.models.outbox import Topic
from portal.models.people import Staff
from portal.queries import cases
from portal.rules.calendar import legal_day
from tests.actions.cases import in_force, sample
from tests.conftest import NOW

PUBLISHING = next(line for line in outbox.LINES if line.topic == Topic.PUBLISH_GUIDE)
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SLUG = "temporary-identity"


def test_the_page_says_who_checked_the_guide_as_soon_as_the_outbox_is_drained(tools):
    with tools.database.writing() as db:
        in_force(db, sample(SLUG), SLUG, NOW)
        db.commit()
    publish_all(tools.config, papers="none")
    later = NOW + timedelta(days=400)
    with tools.database.writing() as db:
        staff = db.scalars(select(Staff).where(Staff.username == "gongan.head")).one()
        revision = db.scalars(select(GuideRevision)).one()
        staying.check(Moving(db, later, staff, cases.officer(staff)), revision)
        db.commit()
    assert outbox.drain(tools, PUBLISHING, later) == 1
    page = (tools.config.data / "site" / "current" / "guides" / SLUG / "index.html").read_text("utf-8")
    day = legal_day(later)
    assert f"{day.year}年{day.month}月{day.day}日核对，青禾县公安局" in page
    with tools.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(GuideRevision)) == 1
