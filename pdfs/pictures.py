"""pdfs: pictures as data addresses, so that a paper is whole in itself."""
from base64 import b64encode
from functools import lru_cache
from io import BytesIO

import segno


@lru_cache(maxsize=256)
def qr(address: str) -> str:
    """A QR code as a data address of an SVG picture, one unit a module."""
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, svgns=True, border=2)
    return svg(out.getvalue().decode())


def svg(text: str) -> str:
    """An SVG picture as a data address."""
    return "data:image/svg+xml;base64," + b64encode(text.encode()).decode()
