"""Where nothing is found, what is near is offered and said to be so; the offices' words are asked for; items without a guide are found."""
import pytest
from sqlalchemy import func, select

from portal.actions import catalogue, words
from portal.models.catalogue import CatalogueEntry
from portal.models.guides import Item, Offering, OfferingRevision
from portal.models.people import Staff
from portal.models.places import Place
from portal.models.search import SearchTerm, Synonym
from portal.queries import offices, ranking, search
from portal.rules.catalogue import reading
from portal.rules.catalogue.entries import Entry
from tests.conftest import NOW
from tests.engines import ENGINES

SLUGS = ("business-licence-change", "food-business-licence", "resident-id-card", "senior-allowance", "subsistence-allowance")


@pytest.fixture(params=ENGINES)
def county(request, kept):
    """A session of a county with these guides in force, and two items without one."""
    with kept(request.param, SLUGS).lent() as database, database.writing() as db:
        catalogue.load(db, [Entry("县民政局", "殡葬服务设施建设审批", "殡葬"), Entry("县林业局", "临时占用林地审批")])
        yield db


def near(answer: search.Answer) -> list[tuple[str, list[str]]]:
    return [(said, [one.slug for one in found] + [one.name for one in bare]) for said, found, bare in answer.near]


@pytest.mark.parametrize(("typed", "words", "slug"), [
    ("身分证", "身份证", "resident-id-card"), ("营业执造", "营业执照", "business-licence-change"), ("营执业照", "营业执照", "business-licence-change"),
    ("食品经营许刻", "食品经营许可", "food-business-licence"), ("低宝", "", "subsistence-allowance"), ("shenfenzhegn", "shenfenzheng", "resident-id-card"),
    ("临时占用林抵审批", "临时占用林地审批", "临时占用林地审批"), ("我要办身分证", "身份证", "resident-id-card"),
])
def test_what_is_near_is_offered_and_labelled(county, typed, words, slug):
    answer = search.answer(county, typed)
    assert not answer.total and not answer.listed_total and answer.missed
    assert answer.near[0][0] == words and slug in near(answer)[0][1]


@pytest.mark.parametrize(("typed", "led"), [("身分证", "身份证"), ("低宝", "最低生活保障"), ("食品火箭许可", "食品经营许可"), ("量子火箭", None), ("临时占用林抵审批", "临时占用林地审批")])
def test_what_was_missed_says_what_stood_there_instead(county, typed, led):
    answer = search.answer(county, typed)
    assert answer.missed and (answer.led_to == led if led is None else led in answer.led_to)


def test_what_is_found_exactly_is_not_mixed_with_what_is_near(county):
    answer = search.answer(county, "身份证")
    assert "resident-id-card" in [one.slug for one in answer.found]
    assert not {one.slug for one in answer.found} & {slug for _, slugs in near(answer) for slug in slugs}
    assert search.answer(county, "量子火箭") == search.Answer([], 0)


def test_items_without_a_guide_stand_apart_with_whom_to_ask(county):
    answer = search.answer(county, "审批")
    assert answer.listed_total == 2 and {one.name for one in answer.listed} == {"殡葬服务设施建设审批", "临时占用林地审批"}
    pages = [search.answer(county, "审批", limit=1, page=page, only_listed=True) for page in (1, 2, 3)]
    assert [len(page.listed) for page in pages] == [1, 1, 0] and not any(page.found for page in pages)
    assert pages[0].listed != pages[1].listed and pages[2].listed_total == 2
    assert search.answer(county, "殡葬").listed[0].department.zh == "县民政局"


def test_the_words_of_offices_are_asked_for_too(county):
    staff = county.scalar(select(Staff).where(Staff.username == "bianji"))
    assert not search.answer(county, "寿星钱").total
    assert words.keep(county, staff, "寿星钱", ["高龄", "老人津贴"], None, NOW)
    answer = search.answer(county, "办寿星钱")
    assert [one.slug for one in answer.found] == ["senior-allowance"] and answer.replaced == (("寿星钱", "高龄"),) and not answer.missed
    assert not words.keep(county, staff, "寿星钱", ["高龄", "老人津贴"], None, NOW)
    with pytest.raises(words.Overtaken):
        words.keep(county, staff, "寿星钱", ["高龄"], None, NOW)
    with pytest.raises(words.FindsNothing):
        words.keep(county, staff, "火箭票", ["量子火箭"], None, NOW)
    row = county.scalars(select(Synonym).where(Synonym.word == "寿星钱")).one()
    assert words.keep(county, staff, "寿星钱", ["高龄"], row.version, NOW) and row.means == ["高龄"]
    words.remove(county, row.id)
    words.remove(county, row.id)
    assert words.begin(county, {"寿星钱": ["高龄"], "吃饭": ["食品"]}, NOW) == 2 and words.begin(county, {"寿星钱": ["津贴"]}, NOW) == 0


def test_a_line_says_fee_and_where_it_is_done(county):
    senior = search.find(county, "高龄")[0]
    assert senior.free is True and senior.tiers["county"] == 1 and senior.tiers["township"] == 12 and senior.here is None
    where = offices.chosen(county, "990421105201")
    assert where.codes == ("990421105201", "990421105000", "990421000000") and len(where.townships) == 12 and where.telephone
    assert search.answer(county, "高龄", at=where.codes).found[0].here.code in where.codes
    assert offices.chosen(county, "nowhere").place is None


def test_a_village_that_only_advises_is_named_beside_where_it_is_done_and_has_its_page(county):
    where = offices.chosen(county, "990421105201")
    item = county.scalar(select(Item).where(Item.slug == "senior-allowance"))
    row = county.scalars(select(OfferingRevision).join(OfferingRevision.offering).join(Offering.place).where(
        Offering.item_id == item.id, Place.code == "990421105201", OfferingRevision.ended_at.is_(None))).one()
    row.roles = ["advises"]
    county.flush()
    hit = search.answer(county, "高龄", at=where.codes).found[0]
    assert hit.here.code == "990421105000" and hit.own.code == hit.place == "990421105201"
    hit = search.answer(county, "高龄", at=where.codes[1:]).found[0]
    assert hit.own is None and hit.place == "990421105000"


def test_villages_are_those_of_the_township(county):
    of = offices.chosen(county, "990421105000")
    assert of.township == of.place[0] == "990421105000" and "990421105201" in dict(of.villages)
    inside = offices.chosen(county, "990421105201")
    assert inside.villages == of.villages and inside.township == "990421105000" and inside.place[0] == "990421105201"
    assert offices.chosen(county, "990421105000", "990421105201") == inside
    assert offices.chosen(county, "990421101000", "990421105201").place[0] == "990421101000"
    assert not offices.chosen(county, "990421000000").villages and not offices.chosen(county, None).villages


def test_places_departments_and_telephones_are_found(county):
    assert [(one.kind, one.code) for one in offices.named(county, "竹山")] == [("place", "990421105201")]
    assert offices.named(county, "竹山村高龄津贴")[0].name.zh == "竹山村"
    assert offices.named(county, "zhushan")[0].code == "990421105201"
    number = offices.named(county, "竹山村")[0].telephone
    assert [one.telephone for one in offices.named(county, number)] == [number]
    department = next(one for one in offices.named(county, "民政局") if one.kind == "department")
    assert department.telephone and department.has_page
    assert len(offices.named(county, "村")) == 0 and len(offices.named(county, "社区")) <= offices.MOST
    for typed in ("%", "100%", "_", "\\", "a'b", "\x00村村"):
        offices.named(county, typed)


def test_every_two_character_word_of_every_name_of_a_real_list_finds_its_item(db, material):
    """Names first: what has the word in its name stands before what has it elsewhere."""
    file = next((material / "lists").glob("*_zhiling.json"))
    entries = reading.read(file.name, file.read_bytes()).entries
    catalogue.load(db, entries)
    number = db.scalar(select(func.count(func.distinct(CatalogueEntry.item_id))))
    assert number == len(entries)
    plain = {entry.name: search.search.joined_run(search.search.fold(entry.name)) for entry in entries}
    words = sorted({run[at:at + 2] for entry in entries for run in search.search._HAN.findall(search.search.fold(entry.name))
                    for at in range(len(run) - 1)})
    rows: dict[str, set[str]] = {}
    for term, name in db.execute(select(SearchTerm.term, Item.name).join(Item).where(func.length(SearchTerm.term) == 2, SearchTerm.weight == 3)):
        rows.setdefault(term, set()).add(name)
    assert [(word, name) for word in words for name in plain if word in name and name not in rows.get(word, ())] == []
    for word in words[::15]:
        names = [row.name for row in ranking.best(db, [search.search.asked(word)], ranking.Span(0, 0, len(entries)))]
        have = {name for name, run in plain.items() if word in name or word in run}
        assert have <= set(names)
        # What has the word in its name goes before what has it elsewhere.
        assert set(names[:sum(name in have for name in names)]) == have
