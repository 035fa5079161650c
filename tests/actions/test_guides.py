"""Guides come in as drafts and go out as immutable revisions, on both engines."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.actions import guides
from portal.models.guides import GuideRevision, Item, Offering, OfferingRevision, RevisionState
from portal.models.outbox import OutboxRow
from portal.models.places import Place
from portal.queries import guides as asking
from portal.queries import search
from portal.rules.guide import yaml
from portal.rules.guide.document import GuideFile
from tests.conftest import NOW
from tests.samples import sample, samples


def changed(file: GuideFile, **item) -> GuideFile:
    guide = file.guide.model_copy(update={"item": file.guide.item.model_copy(update=item)})
    return file.model_copy(update={"guide": guide})


def test_the_same_file_twice_is_one_draft(db):
    file = sample("food-business-licence")
    first, added = guides.draft(db, file, "food-business-licence", NOW)
    second, again = guides.draft(db, file, "food-business-licence", NOW)
    assert added and not again and first is second
    assert db.scalar(select(func.count()).select_from(Item)) == 1


def test_publishing_supersedes_the_one_before(db):
    file = sample("food-business-licence")
    first, _ = guides.draft(db, file, "food-business-licence", NOW)
    guides.publish(db, first, NOW)
    second, added = guides.draft(db, changed(file, local_code="X1"), "food-business-licence", NOW)
    assert added and second.number == 2
    guides.publish(db, second, NOW + timedelta(days=1))
    assert first.state == RevisionState.SUPERSEDED and first.ended_at is not None
    assert [found.number for found in asking.published(db)] == [2]
    assert asking.guide_of(first).item.local_code is None
    assert db.scalar(select(func.count()).select_from(OutboxRow)) == 2


def test_offerings_have_revisions_of_their_own(db):
    file = sample("food-business-licence")
    revision, _ = guides.draft(db, file, "food", NOW)
    guides.publish(db, revision, NOW)
    count = db.scalar(select(func.count()).select_from(OfferingRevision))
    assert count == db.scalar(select(func.count()).select_from(Offering)) > 0
    window = file.offerings[0].model_copy(update={"local_code": "NEW"})
    again, _ = guides.draft(db, file.model_copy(update={"offerings": [window]}), "food", NOW)
    guides.publish(db, again, NOW)
    numbers = db.scalars(select(OfferingRevision.number).where(OfferingRevision.ended_at.is_(None))
                         .order_by(OfferingRevision.number)).all()
    assert numbers[-1] == 2
    assert [shape.local_code for shape in asking.published(db)[0].file.offerings] == ["NEW"]


def test_lint_errors_stop_publication(db):
    file = sample("food-business-licence")
    revision, _ = guides.draft(db, file.model_copy(update={"guide": file.guide.model_copy(update={"legal_basis": []})}), "food", NOW)
    with pytest.raises(guides.NotPublishable) as refused:
        guides.publish(db, revision, NOW)
    assert refused.value.findings
    assert revision.state == RevisionState.DRAFT


def strange(file: GuideFile, department: str) -> GuideFile:
    """The guide with its second stage handed to that department."""
    plain = yaml.plain(file)
    plain["guide"]["variants"][0]["stages"][1]["department"] = department
    return GuideFile.model_validate(plain)


def test_a_stage_of_nobody_in_the_directory_stays_a_draft(db):
    file = sample("food-business-licence")
    revision, _ = guides.draft(db, strange(file, "青禾县市场监管局"), "food", NOW)
    with pytest.raises(guides.NotPublishable) as refused:
        guides.publish(db, revision, NOW)
    (found,) = refused.value.findings
    assert (found.rule, found.at) == ("L-STAGE-16", "/guide/variants/0/stages/1/department")
    name = file.guide.variants[0].stages[1].name
    assert name.zh in found.message.zh and "青禾县市场监管局" in found.message.zh
    assert name.en in found.message.en and "青禾县市场监管局" in found.message.en
    assert revision.state == RevisionState.DRAFT


def test_a_stage_of_another_department_or_a_partner_office_is_known(db):
    file = sample("food-business-licence")
    root = db.scalar(select(Place).where(Place.parent_id.is_(None)))
    db.add(Place(code="990522000000", tier="county", partner=True, parent=root, name="邻县", centre="邻县政务服务中心", hours=[]))
    db.flush()
    for department in ("青禾县公安局", "邻县政务服务中心"):
        revision, _ = guides.draft(db, strange(file, department), "food", NOW)
        guides.publish(db, revision, NOW)
        assert revision.state == RevisionState.PUBLISHED


def test_every_two_character_word_of_every_name_finds_its_guide(db):
    for slug, file in samples().items():
        revision, _ = guides.draft(db, file, slug, NOW)
        guides.publish(db, revision, NOW)
    owed: dict[str, set[str]] = {}
    for published in asking.published(db):
        name = "".join(character for character in published.file.guide.item.name.zh if "一" <= character <= "鿿")
        for start in range(len(name) - 1):
            owed.setdefault(name[start:start + 2], set()).add(published.slug)
    for word, slugs in owed.items():
        assert slugs <= {hit.slug for hit in search.find(db, word, limit=100)}, word


def test_search_takes_aliases_initials_and_nonsense(db):
    file = sample("food-business-licence")
    revision, _ = guides.draft(db, file, "food", NOW)
    guides.publish(db, revision, NOW)
    assert [hit.slug for hit in search.find(db, "spjy")] == ["food"]
    assert [hit.slug for hit in search.find(db, file.guide.item.aliases[0].zh)] == ["food"]
    assert [hit.slug for hit in search.find(db, "ＳＰＪＹ")] == ["food"]
    for query in ("", "   ", "%", "'; DROP TABLE item", "量子纠缠", "\x00", "x" * 5000):
        search.find(db, query)


def test_a_revision_in_force_is_one_by_the_database_too(db):
    file = sample("food-business-licence")
    revision, _ = guides.draft(db, file, "food", NOW)
    guides.publish(db, revision, NOW)
    db.add(GuideRevision(item_id=revision.item_id, number=9, state="published", document={}, digest="x",
                         created_at=NOW, published_at=NOW))
    with pytest.raises(Exception, match=r"(?i)unique"):
        db.flush()
