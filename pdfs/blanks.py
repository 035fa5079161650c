"""pdfs: the paper form of a guide: blank, to write on, or filled in as a sample. Chinese with English beside it."""
from collections.abc import Mapping
from typing import Any

from pdfs import engine
from pdfs.pictures import qr


def render(form: Mapping[str, Any]) -> bytes:
    """The PDF of a form. `form` has title, department, code, revision, address, sample, filled, sections; a section has
    title, help and fields; a field has label, note, kind, options and value. Texts are pairs (Chinese, English or '')."""
    return engine.pdf(engine.page("form.html", {"form": form, "qr": qr(form["address"])}), ("paper", "form"))
