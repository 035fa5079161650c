"""The worker makes the booklets that are ordered, and shows them; an order outlives the worker, a booklet a change does not."""
from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.cli.publish import publish_all
from portal.jobs import booklets
from portal.publishing import booklet_orders, requested
from portal.publishing import booklets as binding
from portal.publishing.booklet_orders import Order
from tests.actions.cases import in_force, sample
from tests.conftest import NOW

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SLUG = "temporary-identity"
ORDER = Order("department", "gong-an-ju", "zh-Hans")


@pytest.fixture(autouse=True)
def published(tools):
    with tools.database.writing() as db:
        in_force(db, sample(SLUG), SLUG, NOW)
        db.commit()
    publish_all(tools.config, papers="none")


@pytest.fixture
def papers(tools):
    return tools.config.data / "site" / "papers"


def test_an_order_becomes_a_file_of_the_site(tools, papers):
    booklet_orders.place(ORDER, papers)
    assert booklets.make_ordered(tools) == 1 and not list(booklet_orders.open_orders(papers))
    shown = tools.config.data / "site/current"
    pdf = (shown / ORDER.path).read_bytes()
    assert "公安局办事指南" in PdfReader(BytesIO(pdf)).metadata.title
    assert ORDER.path in requested.made_of({"another"}, shown), "any change may have made it old"
    assert booklets.make_ordered(tools) == 0


def test_what_cannot_be_made_says_why(tools, papers, monkeypatch):
    monkeypatch.setattr(booklets, "LARGEST", 0)
    booklet_orders.place(ORDER, papers)
    assert booklets.make_ordered(tools) == 1
    told = booklet_orders.place(ORDER, papers)
    assert "请按部门下载" in told.failed[0] and "departments" in told.failed[1]
    booklet_orders.place(Order("theme", "mei-you", "en"), papers)
    booklets.make_ordered(tools)
    assert "nothing to bind" in booklet_orders.place(Order("theme", "mei-you", "en"), papers).failed[1]


def test_one_that_fails_holds_up_no_other_and_a_worker_that_dies_loses_none(tools, papers, monkeypatch):
    booklet_orders.place(Order("theme", "mei-you", "zh-Hans"), papers)
    booklet_orders.place(ORDER, papers)
    made: list[str] = []

    def make(edition, wanted, *_):
        made.append(wanted.name)
        raise KeyboardInterrupt if len(made) == 1 else RuntimeError("no ink")

    monkeypatch.setattr(binding, "make", make)
    with pytest.raises(KeyboardInterrupt):
        booklets.make_ordered(tools)
    assert [one.name for one in booklet_orders.open_orders(papers)] == ["gong-an-ju"]
    booklets.make_ordered(tools)
    assert made == ["gong-an-ju"] * 2 and "没有装订成" in booklet_orders.place(ORDER, papers).failed[0]
