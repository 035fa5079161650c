"""publishing: who writes into the shown site waits until nobody else does, in this process or another.

Two locks lie in the folder of the publications. *Building* is held by who makes a whole new site, which takes a while;
*door* by who changes what is shown, which takes a moment. Who needs both takes building first.
"""
import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUILDING, DOOR = "building", "door"
_mine = threading.local()


@contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """Holds the lock of this name. A thread that has it may take it again. It ends with the process, however that ends."""
    held = _mine.__dict__.setdefault("held", set())
    key = folder.resolve(), name
    if key in held:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        held.add(key)
        try:
            yield
        finally:
            held.discard(key)


def taken(folder: Path, name: str) -> bool:
    """Whether somebody holds the lock just now."""
    try:
        with (folder / f"{name}.lock").open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
