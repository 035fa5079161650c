"""pdfs: vouchers, after the layout that offices use: title, number, addressee, body, basis, remedies, body, date, seal."""
from collections.abc import Mapping
from typing import Any

from pdfs import engine
from pdfs.pictures import qr


def render(facts: Mapping[str, Any]) -> bytes:
    """The PDF of one voucher, from nothing but its stored facts (`portal.rules.papers`). Raises PressProblem."""
    return engine.pdf(engine.page("voucher.html", {"facts": facts, "qr": qr(facts["qr"])}), ("paper", "voucher"), official=True)
