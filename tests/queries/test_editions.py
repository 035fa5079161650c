"""The edition: the tree of places, and what changed, from the revisions themselves."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.config import load
from portal.models.guides import GuideRevision, Item, Offering, OfferingRevision, RevisionState
from portal.models.places import Place
from portal.publishing.edition import ChangeKind
from portal.queries import editions, stocks
from tests.actions.cases import in_force, sample
from tests.conftest import NOW

SLUG = "temporary-identity"


@pytest.fixture
def config(tmp_path):
    return load({"BANSHI_DEMO": "1", "BANSHI_DATA": str(tmp_path)})


def test_changes_are_told_newest_first_from_the_revisions(db, config):
    file = sample(SLUG)
    other = file.model_copy(update={"guide": file.guide.model_copy(update={"summary": None})})
    in_force(db, file, SLUG, NOW)
    in_force(db, other, SLUG, NOW + timedelta(days=1))
    told = [(one.slug, one.revision, one.kind, one.at) for one in editions.edition(db, config).changes]
    assert told == [(SLUG, 2, ChangeKind.CHANGED, NOW + timedelta(days=1)), (SLUG, 1, ChangeKind.NEW, NOW)]
    revision = db.scalars(select(GuideRevision).where(GuideRevision.number == 2)).one()
    revision.state, revision.ended_at = RevisionState.WITHDRAWN, NOW + timedelta(days=2)
    db.flush()
    last, *before = editions.edition(db, config).changes
    assert (last.kind, last.at, last.name.zh) == (ChangeKind.WITHDRAWN, NOW + timedelta(days=2), file.guide.item.name.zh) and len(before) == 2


def test_the_card_of_a_guide_that_was_withdrawn_is_forgotten(db, config):
    in_force(db, sample(SLUG), SLUG, NOW)
    card = editions.edition(db, config, [SLUG]).guides[0].card
    mine, other = (stocks.Stored(url, {}) for url in ("sqlite:///one", "sqlite:///other"))
    for stock in (mine, other):
        stock.keep([card])
    assert mine.cards() == () and (mine.url, SLUG) not in stocks._cards and (other.url, SLUG) in stocks._cards
    assert other.cards() == ()


def test_a_place_knows_its_tier_and_the_place_above(db, config):
    places = editions.edition(db, config).places
    rows = {one.code: one for one in db.scalars(select(Place))}
    assert places and all(facts.tier == rows[code].tier for code, facts in places.items())
    assert {facts.parent for facts in places.values()} <= {None, *places}


def test_the_guides_of_a_place_are_those_it_offers(db, config):
    in_force(db, sample(SLUG), SLUG, NOW)
    for code in editions.edition(db, config).places:
        wanted = [guide.slug for guide in editions.edition(db, config, [SLUG]).guides if any(one.place == code for one in guide.file.offerings)]
        assert editions.slugs_at(db, code) == wanted


def test_offerings_that_were_changed_many_times_are_still_told_apart(db):
    """The square of a number above 46,340 is larger than a database's usual integer."""
    in_force(db, sample(SLUG), SLUG, NOW)
    before = stocks.keys(db)[SLUG]
    one = db.scalars(select(OfferingRevision).join(OfferingRevision.offering).join(Offering.item).where(Item.slug == SLUG)).first()
    assert one is not None
    one.id = 3_000_000
    db.flush()
    assert stocks.keys(db)[SLUG] != before
