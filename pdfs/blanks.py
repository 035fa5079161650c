"""pdfs: the paper form of a guide: blank, to write on, or filled in as a sample. Chinese with English beside it."""
from collections.abc import Mapping
from typing import Any

from pdfs import engine, fields
from pdfs.pictures import qr


def render(form: Mapping[str, Any]) -> bytes:
    """The PDF of a form. `form` has title, department, code, revision, address, sample, filled, sections; a section has
    title, help and fields; a field has key, label, tip, notes, required, kind, options and value. Texts are pairs (Chinese,
    English or ''). A form that is not filled can be filled in on screen."""
    html = engine.page("form.html", {"form": form, "qr": qr(form["address"])})
    if form["filled"]:
        return engine.pdf(html, ("paper", "form"))
    asked = [field for section in form["sections"] for field in section["fields"]]
    return fields.finished(
        engine.pdf(html, ("paper", "form"), fields=fields.sheet()),
        required={field["key"] for field in asked if field["required"] and not field["notes"]},
        boxes={field["key"] for field in asked if field["kind"] == "boxes"})
