"""A joint case as it was filed, and the window officer who acts on it."""
import pytest

from tests.actions.cases import RESTAURANT, acting, sample, submitted


@pytest.fixture
def case(db, ring):
    return submitted(db, ring, sample("open-restaurant"), RESTAURANT)


@pytest.fixture
def window(db, ring):
    return acting(db, ring, "shichang.window")
