"""uploads: workbooks that editors get from others, read in the sandbox: XLSX, XLS, ODS, and CSV, which needs none.

Nothing in them is run. What comes out are cells (`rules.importing.sheets.cells`), each where it stood.
"""
import json
from pathlib import Path

from portal import uploads
from portal.rules.importing import sources
from portal.rules.importing.sheets import delimited, reading
from portal.rules.importing.sheets.cells import MAX_ROWS, Sheet
from portal.uploads import room

_SAID = {
    "locked": "locked", "too_many_rows": "rows", "too_many_cells": "rows", "too_heavy": "heavy", "no_workbook": "workbook",
}


def read(name: str, data: bytes, folder: Path) -> list[Sheet]:
    """The sheets of a file. `name` tells CSV from a workbook, its bytes tell which kind of workbook; `folder` holds the locks
    of the room. Raises `sources.Refused`, with the code `import.busy` where the room is full."""
    if not data.strip():
        raise sources.problem("empty")
    if not _boxed(data) and not reading.is_workbook(name):
        return [delimited.read(Path(name).stem, data)]
    if not _boxed(data):
        # Many systems name a text with tabs .xls; a real one begins with its own mark.
        try:
            return [delimited.read(Path(name).stem, data)]
        except sources.Refused:
            raise sources.problem("workbook") from None
    try:
        with room.place(folder):
            _, out = uploads.sandboxed("workbook", data)
    except room.Full as full:
        raise sources.problem("busy") from full
    except uploads.UploadProblem as refused:
        raise sources.problem(_SAID.get(refused.word, "workbook"), most=MAX_ROWS) from refused
    return [Sheet.of(plain) for plain in json.loads(out)]


def _boxed(data: bytes) -> bool:
    """Whether the bytes begin as a zip box or a compound file does."""
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
