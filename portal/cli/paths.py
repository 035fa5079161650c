"""cli: how a file's name is printed."""
import os
from pathlib import Path


def shown(path: Path) -> str:
    """The path in characters that can be printed: a name on a disk may be any bytes."""
    return os.fsencode(path).decode("utf-8", "replace")
