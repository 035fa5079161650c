"""Migrations make the tables that the models describe, on both engines, and a second run finds nothing to do."""
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from portal import migrations
from portal.db import Database
from portal.models.vouchers import VoucherKind

KEPT = text("INSERT INTO voucher (kind, storage_key, number, case_id, issued_at) VALUES (:kind, :key, 'n', 1, '2026-03-02')")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/empty.sqlite")
    else:
        database = request.getfixturevalue("postgres").fresh("empty")
    yield database
    database.dispose()


def test_migrations_make_what_the_models_describe(empty):
    assert migrations.migrate(empty)
    assert migrations.differences(empty.engine) == []
    assert migrations.revision(empty.engine) == migrations.newest()
    assert not migrations.migrate(empty)


def test_every_kind_of_voucher_can_be_stored_and_no_other(empty):
    migrations.migrate(empty)
    with empty.writing() as db:
        for kind in VoucherKind:
            with pytest.raises(IntegrityError, match="(?i)not.null|foreign key"):  # the kind is known: something else is missing
                with db.begin_nested():
                    db.execute(KEPT, {"kind": kind.value, "key": None})
        for kind, key in (("letter", None), ("receipt", "a key without digest")):
            with pytest.raises(IntegrityError, match="ck_voucher_"), db.begin_nested():
                db.execute(KEPT, {"kind": kind, "key": key})
