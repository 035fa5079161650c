"""A name with a character that no font here has: it is kept, and its paper waits until it can be printed."""
from datetime import UTC, datetime

from sqlalchemy import select

from portal.jobs import Tools, outbox
from portal.models.outbox import OutboxRow, Topic
from portal.models.vouchers import Voucher
from tests.views import walks
from tests.views.walks import APPLICANT, FOOD, PREMISES, SAFETY, begin, codes, save

RARE = "青溪\U000323af馆"


def test_a_paper_that_cannot_be_printed_stays_owed_and_says_so(app, client, published):
    published(FOOD)
    page = begin(client)
    for answers in ({"a-matter": "new"}, APPLICANT | {"a-org_name": RARE}, PREMISES, SAFETY):
        page = save(client, page, **answers)
    page = walks.send(client, walks.give(client, page))
    code, _ = codes(page)
    told = client.get(page.links()["下载回执（PDF）"], status=503)
    assert "没有丢失" in told.text and code
    parts = app.extensions["banshi"]
    line = next(line for line in outbox.LINES if line.topic == Topic.PRINT_VOUCHER)
    assert outbox.drain(Tools(parts.config, parts.database, parts.keys, parts.storage), line, datetime.now(UTC)) == 0
    with parts.database.reading() as db:
        row, voucher = db.scalars(select(OutboxRow).where(OutboxRow.topic == line.topic)).one(), db.scalars(select(Voucher)).one()
    assert (row.done_at, row.failure, voucher.printed_at) == (None, "NoGlyph", None)


def test_a_character_of_an_old_system_is_told_beside_its_field(client, published):
    published(FOOD)
    page = save(client, begin(client), **{"a-matter": "new"})
    page = save(client, page, status=422, **APPLICANT | {"a-legal_name": "张\ue863"})
    assert "（U+E863）是旧系统里自造的字" in page.text
    assert page.form("保存并继续").data["a-legal_name"] == "张\ue863"
