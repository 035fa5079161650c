"""pdfs: a guide on paper: title block, summary, every element, and the QR code of its page."""
from typing import Any

from pdfs import engine
from pdfs.pictures import qr, svg


def render(page: Any) -> bytes:
    """The PDF of a guide from its plain values, the same that its page is drawn from (`publishing.blocks.GuidePage`)."""
    sheets = ("paper", "guide", "english") if page.lang == "en" else ("paper", "guide")
    return engine.pdf(engine.page("guide.html", {"page": page, "qr": qr(page.address), "svg": _chart}), sheets)


def _chart(text: str) -> str:
    # No bold in the picture either, see paper.css.
    return svg(text.replace(' font-weight="600"', ""))
