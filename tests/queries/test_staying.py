"""When a guide was last checked, as its page tells it; how guides that are due are found."""
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.actions import staying as acting
from portal.config import load
from portal.models.guides import GuideRevision, Item
from portal.models.people import Staff
from portal.models.places import Department
from portal.models.staying import GuideCheck, GuideFinding, LawMark, LinkState
from portal.publishing import guide_page, pages
from portal.queries import editions, staying
from portal.rules.calendar import legal_day
from portal.rules.permissions import Officer
from portal.rules.staying import BROKEN_AFTER, NAMED_LINK, Kind
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
    edition = editions.edition(db, config, [SLUG])
    assert edition.guides[0].checked is None
    staff = db.scalars(select(Staff).where(Staff.username == "minzheng.head")).one()
    later = NOW + timedelta(days=400)
    db.add(GuideCheck(item_id=item.id, revision_id=revision.id, staff_id=staff.id, checked_on=legal_day(later), made_at=later))
    db.flush()
    edition = editions.edition(db, config, [SLUG])
    checked = edition.guides[0].checked
    assert checked.on == legal_day(later) and checked.by.zh == db.get(Department, staff.department_id).name
    said = str(pages.guide_body(guide_page.facts(edition.guides[0], edition, "zh-Hans")))
    assert f"{checked.on.year}年{checked.on.month}月{checked.on.day}日核对，{checked.by.zh}" in said
    assert isinstance(checked.on, date)


def test_every_reason_is_listed_on_both_databases_and_goes_with_its_revision(db):
    file = sample(SLUG)
    plain = file.model_copy(update={"guide": file.guide.model_copy(update={
        "provenance": file.guide.provenance.model_copy(update={"checked_on": date(2024, 1, 5), "review_due": date(2025, 1, 5)}),
        "access": file.guide.access.model_copy(update={"online_url": "https://stale.example.cn/"})})})
    in_force(db, plain, SLUG, NOW)
    who, today = Officer(1, None, "990421000000", frozenset({"editor"})), legal_day(NOW)
    assert acting.look(db, NOW) == 1 and acting.look(db, NOW) == 0
    staff = db.scalars(select(Staff).where(Staff.username == "minzheng.head")).one()
    law = db.scalars(select(GuideFinding.subject).where(GuideFinding.kind == "named_law")).first()
    db.add(LawMark(law=law, changed_on=today, words=None, staff_id=staff.id, made_at=NOW + timedelta(days=1)))
    db.add(LinkState(url="https://stale.example.cn/", asked_at=NOW, answer="404", failures=BROKEN_AFTER))
    db.flush()
    found = staying.listed(db, who, today)
    kinds = {row.kind for row in found.rows}
    assert {Kind.REVIEW, Kind.LAW, Kind.LINK} <= kinds and found.total == len(found.rows) == staying.count(db, who, today) == sum(found.counts.values())
    assert [row.words.zh for row in found.rows if row.kind is Kind.REVIEW] == ["2025-01-05到期"]
    assert staying.marks(db)[0][1] == 1 and (law, 1) in staying.laws(db) and staying.departments(db)
    assert staying.listed(db, who, today, kind=Kind.LINK).total == 1
    in_force(db, file, SLUG, NOW + timedelta(days=2))
    assert staying.count(db, who, today) == 0, "what was found in the revision before says nothing of this one"
    acting.look(db, NOW + timedelta(days=2))
    assert "https://stale.example.cn/" not in set(db.scalars(select(GuideFinding.subject).where(GuideFinding.kind == NAMED_LINK)))
