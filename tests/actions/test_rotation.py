"""A new master key takes over every data key; what is sealed opens as before, and nobody's draft is disturbed."""
from dataclasses import replace

import pytest

from portal import keys
from portal.actions.rotation import rewrap
from portal.models.people import Party
from tests.conftest import NOW


@pytest.fixture
def old(ring):
    return keys.load(ring, demo=True)


def party(db, ring) -> Party:
    key = keys.new_data_key()
    one = Party(kind="person", wrapped_key=ring.wrap(key), created_at=NOW)
    db.add(one)
    db.flush()
    one.name_sealed = keys.seal(key, "张禾苗", "party.name")
    db.flush()
    return one


def test_everything_comes_under_the_new_key_and_opens(db, old):
    people = [party(db, old) for _ in range(3)]
    erased = Party(kind="person", wrapped_key=None, erased_at=NOW, created_at=NOW)
    db.add(erased)
    db.flush()
    new = old.with_new_master()
    assert rewrap(db, new) == 3
    assert rewrap(db, new) == 0
    db.expire_all()
    without_old = replace(new, masters={new.current: new.masters[new.current]})
    for one in people:
        key = without_old.unwrap(one.wrapped_key)
        assert keys.open_text(key, one.name_sealed, "party.name") == "张禾苗"
    assert erased.wrapped_key is None


def test_a_key_of_an_unknown_ring_stops_it(db, old):
    party(db, old.with_new_master())
    with pytest.raises(keys.KeyProblem):
        rewrap(db, old)
