"""publishing: files by the thousand: put, linked, moved and compared with as few calls as do, and flushed with one.

A folder is made when a file needs it, and not asked for before. No file is written in its place: it may have a second name
in the site that is shown, or in what is kept of an earlier one.
"""
import ctypes
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

Place = str | Path


def put(target: Place, data: bytes) -> None:
    """The file with these bytes, a new one also where there is one already."""

    def write() -> None:
        with open(target, "xb") as file:
            file.write(data)

    _made_room(target, write)


def keep(target: Path, data: bytes) -> None:
    """The file with these bytes, in one stroke, for who may read it at any moment; two at once do no harm."""
    aside = target.with_name(f"{target.name}.{os.getpid()}-{threading.get_ident()}.part")
    put(aside, data)
    os.replace(aside, target)


def link(file: Place, target: Place) -> None:
    """The same file under a second name, or a copy where the disk allows none. Raises FileNotFoundError without `file`."""

    def name() -> None:
        try:
            os.link(file, target)
        except (FileNotFoundError, FileExistsError):
            raise
        except OSError:
            shutil.copyfile(file, target)

    _made_room(target, name)


def twin(site: Place, new: Place, paths: Sequence[str]) -> Iterator[int]:
    """Second names of the files at these paths, in a folder that is not there yet, with one call for a file and one for a
    folder; gives after each how many there are. A file that is gone meanwhile is left out."""
    os.mkdir(new)
    made = {""}
    for done, path in enumerate(paths, 1):
        if (inside := os.path.dirname(path)) not in made:
            _make(new, inside, made)
        with suppress(FileNotFoundError):
            link(f"{site}/{path}", f"{new}/{path}")
        yield done


def move(file: Place, target: Place) -> None:
    """In one stroke, over what is there."""
    _made_room(target, lambda: os.replace(file, target))


def take_away(site: Place, path: str) -> None:
    """The file at this path, if there is one, and the folders that it leaves empty."""
    try:
        os.unlink(f"{site}/{path}")
        while path := os.path.dirname(path):
            os.rmdir(f"{site}/{path}")
    except OSError:
        return


def inventory(folder: Place, inside: str = "") -> dict[str, int]:
    """The paths of all files below it, with the number by which two names of one file are known."""
    found: dict[str, int] = {}
    with os.scandir(f"{folder}/{inside}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                with suppress(FileNotFoundError):  # it goes while its site is looked through
                    found |= inventory(folder, f"{inside}{entry.name}/")
            else:
                found[inside + entry.name] = entry.inode()
    return found


def holds(file: Place, data: bytes) -> bool:
    """Whether there is such a file, with these bytes."""
    try:
        if os.stat(file).st_size != len(data):
            return False
        with open(file, "rb") as there:
            return there.read() == data
    except FileNotFoundError:
        return False


def same(one: Place, other: Place) -> bool:
    """Whether both are there with the same bytes."""
    try:
        if os.path.samefile(one, other):
            return True
    except FileNotFoundError:
        return False
    return os.path.getsize(one) == os.path.getsize(other) and holds(one, Path(other).read_bytes())


def flush(folder: Place) -> None:
    """All that was written on the folder's disk is there to stay. One call for all files: a call for each of fifty takes
    ten times as long."""
    at = os.open(folder, os.O_RDONLY)
    try:
        if _syncfs is None:
            os.sync()
        elif _syncfs(at):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        os.close(at)


def flush_names(folder: Place) -> None:
    """The names in this folder are there to stay."""
    at = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def _make(new: Place, inside: str, made: set[str]) -> None:
    """The folder below the new one, and those above it that are not made yet."""
    above = os.path.dirname(inside)
    if above not in made:
        _make(new, above, made)
    os.mkdir(f"{new}/{inside}")
    made.add(inside)


def _made_room(target: Place, do: Callable[[], None]) -> None:
    """Does it; a folder that is missing is made, and a file in the way goes."""
    try:
        do()
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        do()
    except FileExistsError:
        os.unlink(target)
        do()


def _found_syncfs() -> Callable[[int], int] | None:
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)


_syncfs = _found_syncfs()
