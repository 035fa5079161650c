"""pdfs: a guide's checklist, a page for each situation."""
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from pdfs import engine
from pdfs.pictures import qr

SIZES = (11, 10, 9)
"""Points, and classes of `css/checklist.css`."""


def render(checklist: Any) -> bytes:
    """The PDF of a checklist (`publishing.checklists.Checklist`). Where a situation needs more than its page, all are set
    smaller; what is longer still goes on overleaf."""
    sheets = ("paper", "checklist", "english") if checklist.lang == "en" else ("paper", "checklist")
    for size in SIZES:
        made = engine.pdf(engine.page("checklist.html", {"checklist": checklist, "qr": qr, "size": size}), sheets)
        if len(PdfReader(BytesIO(made)).pages) == len(checklist.lists):
            break
    return made
