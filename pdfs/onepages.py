"""pdfs: a guide on one side of one sheet. What the sheet holds is tried from much to little, and in type from large to small:
whether it fits, the layout says."""
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from pdfs import engine
from pdfs.pictures import qr

SIZES = (11, 10, 9)
"""Points, and classes of `css/one.css`."""


def render(tries: Sequence[Any]) -> bytes:
    """The PDF of the first of `tries` (`publishing.one_page.OnePage`) that a sheet holds. Raises PressProblem where none does."""
    picture = qr(tries[0].page.address)
    for at, one in enumerate(tries):
        sheets = ("paper", "guide", "one")
        for size in SIZES if at == 0 else SIZES[-1:]:
            made = engine.pdf(engine.page("one.html", {"one": one, "page": one.page, "qr": picture, "size": size}), sheets)
            if len(PdfReader(BytesIO(made)).pages) == 1:
                return made
    raise engine.PressProblem(f"“{tries[0].page.title}”一张纸放不下。 {tries[0].page.title} does not fit on one sheet.")
