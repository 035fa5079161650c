"""The search index made anew is the one that publishing and loading made, on both engines."""
from sqlalchemy import delete, select, update

from portal.actions import catalogue, guides, indexing
from portal.models.guides import Item
from portal.models.search import SearchTerm
from portal.rules.catalogue.entries import Entry
from tests.actions.cases import sample
from tests.conftest import NOW

GUIDED = ("senior-allowance", "temporary-identity")


def rows(db) -> set[tuple[str, int, int]]:
    return {tuple(row) for row in db.execute(select(SearchTerm.term, SearchTerm.item_id, SearchTerm.weight))}


def test_what_is_made_anew_is_what_publishing_and_loading_made(db):
    for slug in GUIDED:
        revision, _ = guides.draft(db, sample(slug), slug, NOW)
        guides.publish(db, revision, NOW)
    code = sample(GUIDED[0]).guide.item.code
    catalogue.load(db, [Entry("县民政局", "高龄老人生活津贴", "养老", basic_code=code), Entry("县林业局", "临时占用林地审批", "林地")])
    made = rows(db)
    known, gone = (db.scalar(select(Item.id).where(Item.slug == slug)) for slug in GUIDED)
    db.execute(delete(SearchTerm).where(SearchTerm.item_id == gone))
    db.execute(update(SearchTerm).where(SearchTerm.item_id == known).values(weight=1))
    db.add(SearchTerm(term="旧词", item_id=known, weight=3))
    db.flush()
    assert rows(db) != made
    for lot in indexing.lots(db):
        indexing.anew(db, lot)
    assert rows(db) == made and len({item_id for _, item_id, _ in made}) == 3


def test_an_item_that_nothing_is_left_of_is_found_by_nothing(db):
    item = Item(slug="bare", name="什么也没有", retention_class="-")
    db.add(item)
    db.flush()
    db.add(SearchTerm(term="什么", item_id=item.id, weight=3))
    db.flush()
    [[only]] = indexing.lots(db)
    indexing.anew(db, [only])
    assert only == item.id and not rows(db)
