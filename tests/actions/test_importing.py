"""actions/importing: an imported guide is a draft, once; another file's draft is never overwritten."""
import pytest
from sqlalchemy import func, select

from portal.actions import importing
from portal.actions.importing import Kept
from portal.models.guides import GuideRevision, Item, RevisionState
from portal.rules.importing import sources
from tests.conftest import NOW

PAGE = "{name}\n一、实施主体\n{body}\n二、申请材料\n1、备案表\n三、办理时限\n{limit}个工作日\n"


def guide(name: str = "打井备案", body: str = "县水利局", limit: int = 3, code: str = ""):
    text = PAGE.format(name=name, body=body, limit=limit) + (f"四、基本编码\n{code}\n" if code else "")
    return sources.read("x.txt", text.encode(), "x")[0].file


def counts(session) -> tuple[int, int]:
    return session.scalar(select(func.count(Item.id))), session.scalar(select(func.count(GuideRevision.id)))


@pytest.mark.parametrize("code", ["", "999106041001"])
def test_the_same_file_twice_makes_no_second_item(database, code):
    with database.writing() as session:
        assert importing.keep(session, guide(code=code), "a.txt", NOW) is Kept.NEW
        assert importing.keep(session, guide(code=code), "a.txt", NOW) is Kept.SAME
        assert importing.keep(session, guide(code=code, limit=5), "a.txt", NOW) is Kept.CHANGED
        assert counts(session) == (1, 1)
        revision = session.scalar(select(GuideRevision))
        assert revision.state == RevisionState.DRAFT and revision.source == "a.txt"
        assert revision.document["guide"]["variants"][0]["promised"]["amount"] == 5


def test_another_files_draft_of_the_same_item_stays(database):
    with database.writing() as session:
        importing.keep(session, guide(code="999106041001"), "a.txt", NOW)
        assert importing.keep(session, guide(body="镇水利站", code="999106041001"), "b.txt", NOW) is Kept.TAKEN
        assert session.scalar(select(GuideRevision)).source == "a.txt" and counts(session) == (1, 1)


def test_the_same_name_of_two_bodies_is_two_items(database):
    with database.writing() as session:
        assert importing.keep(session, guide(body="甲县水利局"), "a.txt", NOW) is Kept.NEW
        assert importing.keep(session, guide(body="乙县水利局"), "b.txt", NOW) is Kept.NEW
        assert counts(session) == (2, 2)


def test_addresses_are_readable_and_stable():
    assert importing.slug_of(guide()) == importing.slug_of(guide(limit=9))
    assert importing.slug_of(guide()).startswith("da-jing-bei-an-") and importing.slug_of(guide()).isascii()
    assert importing.slug_of(guide(code="999106041001")) == "999106041001"
    assert importing.slug_of(guide(name="Ёлка")).startswith("guide-")
    assert len(importing.slug_of(guide(name="长" * 40))) < 80
