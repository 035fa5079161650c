"""pdfs: a guide on paper: title block, summary, every element, and the QR code of its page."""
from collections.abc import Iterable
from typing import Any

from pdfs import engine
from pdfs.pictures import qr, svg


def render(page: Any) -> bytes:
    """The PDF of a guide from its plain values, the same that its page is drawn from (`publishing.blocks.GuidePage`)."""
    return engine.pdf(html(page), sheets(page.lang))


def html(page: Any) -> str:
    """The paper before it is laid out. What one situation has in common with an earlier one stands there once."""
    return engine.page("guide.html", {"page": page, "qr": qr(page.address), "svg": chart, "same": told_before(page.sections)})


def sheets(lang: str) -> tuple[str, ...]:
    return ("paper", "guide", "english") if lang == "en" else ("paper", "guide")


def chart(text: str) -> str:
    """A chart as a picture; no bold in it either, see paper.css."""
    return svg(text.replace(' font-weight="600"', ""))


def told_before(sections: Iterable[Any]) -> dict[str, Any]:
    """The parts of situations that say what an earlier situation's say: the key of the part, the name of that situation."""
    first: dict[str, Any] = {}
    found = {}
    for whole in sections:
        for part in whole.sections if whole.folds else ():
            said = repr((part.title, [one.steps if one.kind == "flow" else one for one in part.blocks], part.sections))
            if first.setdefault(said, whole.title) is not whole.title:
                found[part.key] = first[said]
    return found
