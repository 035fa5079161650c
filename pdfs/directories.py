"""pdfs: the directory of places and telephones."""
from collections.abc import Mapping
from typing import Any

from pdfs import engine
from pdfs.pictures import qr


def render(directory: Mapping[str, Any]) -> bytes:
    """The PDF of the directory, from the values of `templates/print/directory.html`."""
    sheets = ("paper", "directory", "english") if directory["lang"] == "en" else ("paper", "directory")
    return engine.pdf(engine.page("directory.html", {"directory": directory, "qr": qr(directory["address"])}), sheets)
