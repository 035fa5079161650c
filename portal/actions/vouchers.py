"""actions: vouchers: an act stores number and facts, a job prints from those alone, and the first stored bytes are the issue."""
import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal import keys
from portal.actions import outbox, registers
from portal.models.cases import Case
from portal.models.outbox import Topic
from portal.models.vouchers import Voucher, VoucherKind
from portal.rules.calendar import legal_day
from portal.storage import Storage

WORDS = {
    VoucherKind.RECEIPT: "收",
    VoucherKind.ACCEPTANCE: "受",
    VoucherKind.CORRECTION: "补",
    VoucherKind.REFUSAL_TO_ACCEPT: "不受",
    VoucherKind.DECISION_GRANT: "准",
    VoucherKind.DECISION_REFUSE: "不准",
    VoucherKind.DELIVERY: "达",
    VoucherKind.EXTENSION: "延",
}


def issue(db: Session, case: Case, kind: VoucherKind, facts: dict[str, Any], key: keys.DataKey, now: datetime) -> Voucher:
    """Numbers the voucher in the register of the body that issues it and seals its facts; printing is left to the outbox.

    `facts` are plain values (strings, lists of strings), made by `rules.papers`: everything that the paper will say.
    """
    year = legal_day(now).year
    sequence = registers.take(db, f"{kind}:{facts['register']}", year)
    number = f"{facts['register']}{WORDS[kind]}字〔{year}〕第{sequence:04d}号"
    sealed = keys.seal(key, json.dumps(facts | {"voucher_number": number}, ensure_ascii=False), f"voucher.facts:{number}")
    voucher = Voucher(case=case, kind=kind, number=number, facts_sealed=sealed, issued_at=now)
    db.add(voucher)
    db.flush()
    outbox.owe(db, Topic.PRINT_VOUCHER, {"voucher_id": voucher.id}, now)
    return voucher


def facts_of(voucher: Voucher, key: keys.DataKey) -> dict[str, Any]:
    """What the voucher says. Raises KeyProblem where the key is not its own."""
    return json.loads(keys.open_text(key, voucher.facts_sealed, f"voucher.facts:{voucher.number}"))


def keep(voucher: Voucher, pdf: bytes, key: keys.DataKey, storage: Storage, now: datetime) -> None:
    """Stores the first print as the issue, sealed; one that is stored already stays as it is."""
    if voucher.storage_key is None:
        voucher.storage_key = storage.put(keys.seal(key, pdf, f"voucher.pdf:{voucher.id}"))
        voucher.digest, voucher.printed_at = hashlib.sha256(pdf).hexdigest(), now


def printed(voucher: Voucher, key: keys.DataKey, storage: Storage) -> bytes:
    """The bytes as issued. Raises StorageProblem or KeyProblem."""
    return keys.open_(key, storage.get(voucher.storage_key), f"voucher.pdf:{voucher.id}")
