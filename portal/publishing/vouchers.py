"""publishing: vouchers. Each is printed from its stored facts once; the first stored bytes are the issue."""
from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions import answers as answering
from portal.actions import vouchers
from portal.db import Database
from portal.keys import DataKey, KeyRing
from portal.models.applications import Application
from portal.models.cases import Case
from portal.models.vouchers import Voucher
from portal.storage import Storage


def copy_of(database: Database, ring: KeyRing, voucher_id: int) -> bytes:
    """A marked copy without the PIN, for who lost her receipt: what was issued stays the issue.

    Raises KeyProblem, PressProblem; ValueError where the application is erased.
    """
    from pdfs import vouchers as printing  # as below

    with database.reading() as db:
        row, key = _sealed(db, ring, voucher_id)
        facts = vouchers.facts_of(row, key)
    return printing.render({name: value for name, value in facts.items() if name != "pin"} | {"title": f"{facts['title']}（副本）"})


def issued(database: Database, ring: KeyRing, storage: Storage, voucher_id: int, now: datetime) -> bytes:
    """The bytes of the voucher as issued; one that nobody printed yet is printed now, in no transaction, because it is
    slow. Of two at once the first that stores counts, and both get its bytes.

    Raises KeyProblem, StorageProblem, PressProblem; ValueError where the application is erased.
    """
    from pdfs import vouchers as printing  # loads fonts and a layout engine, which no page needs

    with database.reading() as db:
        row, key = _sealed(db, ring, voucher_id)
    if row.storage_key is None:
        pdf = printing.render(vouchers.facts_of(row, key))
        with database.writing() as db:
            row = db.get_one(Voucher, voucher_id, with_for_update=True)
            vouchers.keep(row, pdf, key, storage, now)
            db.commit()
    return vouchers.printed(row, key, storage)


def _sealed(db: Session, ring: KeyRing, voucher_id: int) -> tuple[Voucher, DataKey]:
    """The voucher, and the key of its application."""
    row = db.get_one(Voucher, voucher_id)
    application = db.get_one(Application, db.get_one(Case, row.case_id).application_id)
    return row, answering.data_key(application, ring)
