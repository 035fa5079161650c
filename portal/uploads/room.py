"""uploads: the room in which strangers' files are looked at: so many places on this machine, whatever its processes.

A web thread that waits for a place serves nobody, so it waits a moment only, and few of a process wait at once.
"""
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

PLACES = 2
"""Sandboxes at once: together they stay below 1 GB."""
PATIENCE, LOOK_EVERY = 2.0, 0.05
"""Seconds that a thread waits for a place, and between two looks."""

_here = threading.BoundedSemaphore(PLACES)
# Of a process's four threads (`cli.serve`) the others stay free for pages.


class Full(Exception):
    """No place became free in time."""


@contextmanager
def place(folder: Path) -> Iterator[None]:
    """A place for one file. `folder` is the data folder, which all processes of the machine share. Raises Full."""
    if not _here.acquire(blocking=False):
        raise Full
    try:
        with ExitStack() as closing:
            files = [os.open(folder / f"uploads.{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) for number in range(PLACES)]
            for file in files:
                closing.callback(os.close, file)  # which gives the lock back too
            _wait(files)
            yield
    finally:
        _here.release()


def _wait(files: list[int]) -> None:
    until = time.monotonic() + PATIENCE
    while not any(map(_locked, files)):
        if time.monotonic() >= until:
            raise Full
        time.sleep(LOOK_EVERY)


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
