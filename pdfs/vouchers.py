"""pdfs: vouchers, after the layout that offices use: title, number, addressee, body, basis, remedies, body, date, seal."""
from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import segno

from pdfs import engine


def render(facts: Mapping[str, Any]) -> bytes:
    """The PDF of one voucher, from nothing but its stored facts (`portal.rules.papers`)."""
    return engine.pdf(engine.page("voucher.html", {"facts": facts, "qr": qr(facts["qr"])}), ("paper", "voucher"))


def qr(address: str) -> str:
    """A QR code as a data address of an SVG picture, one unit a module."""
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, svgns=True, border=2)
    return "data:image/svg+xml;base64," + b64encode(out.getvalue()).decode()
