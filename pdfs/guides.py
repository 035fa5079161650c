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
    """What situations have in common with earlier ones: `parts` are the keys of what need not be said again, `again` gives for
    each situation the names of the earlier ones with the titles of such parts."""
    first: dict[str, Any] = {}
    parts: set[str] = set()
    again: dict[str, list[tuple[Any, list[Any]]]] = {}
    for whole in (one for one in sections if one.folds):
        found: dict[Any, list[Any]] = {}
        for part in whole.sections:
            said = repr((part.title, [one.steps if one.kind == "flow" else one for one in part.blocks], part.sections))
            if first.setdefault(said, whole.title) is not whole.title:
                parts.add(part.key)
                found.setdefault(first[said], []).append(part.title)
        again[whole.key] = list(found.items())
    return {"parts": parts, "again": again}
