"""The catalogue follows its list: joined to guides by code, searched by every word of its names, twice without a change."""
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from portal.actions import catalogue, guides
from portal.models.catalogue import CatalogueEntry
from portal.models.editing import GuideStep
from portal.models.guides import GuideRevision, Item, RevisionState
from portal.models.people import Staff
from portal.models.search import SearchTerm
from portal.queries import catalogue as asking
from portal.rules.catalogue import reading
from portal.rules.catalogue.entries import Entry
from portal.rules.guide.document import GuideFile
from tests.actions.cases import sample
from tests.conftest import NOW, publish_file

LIST = [Entry("县民政局", "高龄津贴发放", "养老", basic_code="990101001000"), Entry("县民政局", "护理补贴发放", "养老", source_code="X-0001-0001"),
        Entry("县林业局", "采伐许可", link="http://example.cn/?itemCode=990A0001-9904&taskType=1"), Entry("县林业局", "采伐许可")]


def numbers(told: catalogue.Loaded) -> tuple[int, int, int, int, int]:
    return told.new, told.changed, told.same, told.joined, len(told.gone)


def test_the_same_list_twice_changes_nothing(db):
    assert numbers(catalogue.load(db, LIST)) == (4, 0, 0, 0, 0)
    rows = db.scalar(select(func.count()).select_from(SearchTerm))
    assert numbers(catalogue.load(db, LIST)) == (0, 0, 4, 0, 0)
    assert asking.entries(db) == LIST and db.scalar(select(func.count()).select_from(SearchTerm)) == rows > 100
    assert len({item.slug for item in db.scalars(select(Item))}) == 4


def test_what_changed_is_changed_and_what_disappeared_is_told_and_stays(db):
    catalogue.load(db, LIST)
    fresh = [LIST[2], replace(LIST[1], name="护理补贴申领"), replace(LIST[0], main_item="高龄")]
    told = catalogue.load(db, fresh)
    assert numbers(told) == (0, 2, 1, 0, 1) and told.gone == [LIST[3]]
    assert asking.entries(db) == [*fresh, LIST[3]]
    assert db.scalar(select(Item.name).join(CatalogueEntry).where(CatalogueEntry.source_code == "X-0001-0001")) == "护理补贴申领"
    assert catalogue.load(db, fresh, drop_gone=True).dropped == 1
    assert asking.entries(db) == fresh and len(db.scalars(select(Item)).all()) == 3


def test_a_row_that_gets_a_code_is_the_same_row(db):
    catalogue.load(db, [LIST[1]])
    assert numbers(catalogue.load(db, [replace(LIST[1], source_code="X-0001-0002")])) == (0, 1, 0, 0, 0)


def test_a_guide_of_the_same_code_is_joined_and_not_doubled(db):
    file = sample("senior-allowance")
    publish_file(db, file, "senior-allowance")
    code, local = file.guide.item.code, Entry("县民政局", "另一个名字", basic_code=file.guide.item.code)
    assert numbers(catalogue.load(db, [local, *LIST[1:]])) == (4, 0, 0, 1, 0)
    row = asking.listed(db)[0]
    assert db.scalar(select(Item.name).where(Item.code == code)) == file.guide.item.name.zh and row.slug and row.entry == local
    assert [one.entry for one in asking.missing(db).rows] == LIST[1:]
    weights = dict(db.execute(select(SearchTerm.term, SearchTerm.weight).join(Item).where(Item.code == code)).all())
    assert weights["名字"] == 2 and weights[file.guide.item.name.zh[:2]] == 3


@pytest.mark.parametrize("name", ["code", "local_code"])
def test_a_guide_that_comes_later_takes_the_item_of_the_row(db, name):
    plain = sample("senior-allowance").guide.item
    entry = Entry("县民政局", "高龄", basic_code=plain.code) if name == "code" else Entry("县民政局", "高龄", source_code="X-0001-0009")
    catalogue.load(db, [entry])
    item = db.scalars(select(Item)).one()
    file = sample("senior-allowance")
    shape = file.guide.item.model_copy(update={"local_code": "X-0001-0009"} if name == "local_code" else {})
    if name == "local_code":
        shape = shape.model_copy(update={"code": None})
    revision, _ = guides.draft(db, GuideFile(guide=file.guide.model_copy(update={"item": shape}), offerings=file.offerings), "other", NOW)
    assert revision.item_id == item.id
    assert numbers(catalogue.load(db, [entry])) == (0, 0, 1, 1, 0)
    guides.drop(db, revision)
    assert db.get(Item, item.id) is not None


def test_a_guide_is_begun_once_with_what_the_row_says(db):
    catalogue.load(db, LIST)
    staff = db.scalar(select(Staff).where(Staff.username == "bianji"))
    row = db.scalar(select(CatalogueEntry).where(CatalogueEntry.position == 2))
    revision, fresh = catalogue.begin(db, staff, row, NOW)
    item = GuideFile.model_validate(revision.document).guide.item
    assert fresh and revision.state == RevisionState.DRAFT and item.name.zh == "采伐许可" and item.kind == "licence"
    assert item.local_code == "990A0001-9904" and item.department == "县林业局"
    assert db.scalar(select(GuideStep.staff_id).where(GuideStep.revision_id == revision.id)) == staff.id
    assert catalogue.begin(db, staff, row, NOW) == (revision, False)
    assert LIST[2] not in [one.entry for one in asking.missing(db).rows]


def test_a_department_is_known_by_the_end_of_its_name(db):
    catalogue.load(db, [Entry("市场监督管理局", "登记")])
    assert asking.listed(db)[0].telephone


def test_a_withdrawn_guide_leaves_the_row_to_be_found(db):
    from portal.actions import indexing

    catalogue.load(db, LIST)
    row = db.scalar(select(CatalogueEntry).where(CatalogueEntry.position == 0))
    indexing.index(db, row.item_id, sample("senior-allowance").guide)
    indexing.index(db, row.item_id, None)
    assert dict(db.execute(select(SearchTerm.term, SearchTerm.weight).where(SearchTerm.item_id == row.item_id)).all())["高龄"] == 3


def test_a_real_list_comes_in_and_out_whole(db, material):
    file = next((material / "lists").glob("*_zhiling.json"))
    entries = reading.read(file.name, file.read_bytes()).entries
    assert catalogue.load(db, entries).new == len(entries)
    assert asking.entries(db) == entries
    assert numbers(catalogue.load(db, entries)) == (0, 0, len(entries), 0, 0)
    assert db.scalar(select(func.count()).select_from(GuideRevision)) == 0
