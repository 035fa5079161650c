"""publishing: what is written down of each publication, so that it is either done to its end or was never begun, and can
be undone.

    site/current -> 7           the folder that is shown
    site/7/                     the whole site, by the number of the publication that made it
    site/publications/9/        journal.json; before/: the files that it replaced or took away; new/: what is not in
                                its place yet; made: papers that were made for it when somebody asked
    site/publications/9.part/   not committed: its rename to `9` is what commits it

Old bytes are kept as second names of the same files, which takes no room, and no file is ever written in its place.
"""
import ctypes
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

SHOWN = "current"
KEPT = 20
"""So many publications can be put back."""
PART, GONE = ".part", ".gone"
JOURNAL, BEFORE, NEW, MADE = "journal.json", "before", "new", "made"


class Kind(StrEnum):
    CHANGE = "change"
    WHOLE = "whole"
    BACK = "back"


@dataclass(frozen=True)
class Publication:
    """`guides` are the addresses of those that a change drew; empty for a whole one. `files` and `size` (bytes) are what
    came new. `back_to` is the number of the one that was put back."""

    number: int
    kind: Kind
    at: datetime
    guides: tuple[str, ...] = ()
    by: str | None = None
    back_to: int | None = None
    files: int = 0
    size: int = 0
    added: tuple[str, ...] = ()
    """Paths of files that were not there before."""
    removed: tuple[str, ...] = ()


def home(root: Path) -> Path:
    """Where the publications of the site are written down."""
    return root / "publications"


def shown(root: Path) -> Path:
    """The folder of the site that is shown, whether there is one or not."""
    return (root / SHOWN).resolve()


def latest(root: Path) -> list[Publication]:
    """The publications that are kept, newest first; at most `KEPT`."""
    return [_read(home(root) / str(number)) for number in sorted(_numbers(home(root)), reverse=True)[:KEPT]]


def since(root: Path, number: int) -> list[Publication]:
    """Those after the publication of this number."""
    return [_read(home(root) / str(later)) for later in _numbers(home(root)) if later > number]


def newest(root: Path) -> Publication | None:
    last = number(root)
    return _read(home(root) / str(last)) if last else None


def number(root: Path) -> int:
    """The number of the newest publication; 0 where there is none."""
    return max(_numbers(home(root)), default=0)


def next_number(root: Path) -> int:
    """A number that no publication had."""
    return max([*_numbers(home(root)), *_numbers(root)], default=0) + 1


def commit(root: Path, publication: Publication) -> None:
    """Writes the publication down, whose files lie flushed in its `.part`: from here on it is done to its end."""
    part, folder = home(root) / f"{publication.number}{PART}", home(root) / str(publication.number)
    (part / JOURNAL).write_text(json.dumps(_plain(publication), ensure_ascii=False), "utf-8")
    flush(part)
    os.rename(part, folder)
    _flush_names(home(root))
    forward(root)


def forward(root: Path) -> None:
    """Does the newest publication to its end, where that was interrupted. Again is no harm."""
    last = newest(root)
    if last is None:
        return
    if last.kind != Kind.CHANGE:
        _turn(root, last.number)
        return
    new, site = home(root) / str(last.number) / NEW, shown(root)
    if not new.is_dir():
        return
    for path in sorted(files(new), key=_order(set(last.added))):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(new / path, site / path)
    for path in last.removed:  # nobody points there any longer
        take_away(site, path)
    shutil.rmtree(new)


def sweep(root: Path, *, building: bool) -> None:
    """Throws away what an interrupted publication left, and what is too old. With `building`, which asks for that lock, also
    whole sites that are not shown."""
    folder = home(root)
    for number in sorted(_numbers(folder))[:-KEPT]:
        os.rename(folder / str(number), folder / f"{number}{GONE}")  # in one stroke, so that there is no half one
    for left in [*folder.glob(f"*{PART}"), *folder.glob(f"*{GONE}")]:
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
    if building:
        now = shown(root).name
        for left in root.iterdir():
            if left.is_dir() and not left.is_symlink() and left.name != now and (left.name.isdigit() or left.name.endswith(PART)):
                shutil.rmtree(left, ignore_errors=True)
        for left in root.glob(f"{SHOWN}.*"):
            left.unlink(missing_ok=True)


def adopt(root: Path) -> None:
    """A site that is shown and was published before anything was written down becomes the first that is."""
    folder = home(root)
    folder.mkdir(parents=True, exist_ok=True)
    site = shown(root)
    if not _numbers(folder) and site.is_dir() and site.name.isdigit():
        (folder / f"{site.name}{PART}" / BEFORE).mkdir(parents=True, exist_ok=True)
        commit(root, Publication(int(site.name), Kind.WHOLE, datetime.fromtimestamp(site.stat().st_mtime, UTC)))


def note_made(root: Path, path: str) -> None:
    """A file that nobody published, made because somebody asked, came into the shown site: it goes when what it shows goes."""
    last = number(root)
    if last:
        with (home(root) / str(last) / MADE).open("a", encoding="utf-8") as file:
            file.write(path + "\n")


def made(root: Path, number: int) -> list[str]:
    file = home(root) / str(number) / MADE
    return file.read_text("utf-8").split("\n")[:-1] if file.is_file() else []


def compared(old: Path | None, new: Path, before: Path) -> tuple[tuple[str, ...], tuple[str, ...], list[str]]:
    """What differs in a new folder: paths that were added, that were removed, and all that came new. The old bytes of what
    was replaced or removed go into `before`."""
    have, now = set(files(old)) if old else set(), sorted(files(new))
    came, added = [], []
    for path in now:
        if path not in have:
            added.append(path)
        elif same_file(old / path, new / path):
            continue
        else:
            keep(old / path, before / path)
        came.append(path)
    removed = sorted(have.difference(now))
    for path in removed:
        keep(old / path, before / path)
    return tuple(added), tuple(removed), came


def keep(file: Path, target: Path) -> None:
    """The same file under a second name, or a copy where the disk allows none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(file, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(file, target)


def take_away(site: Path, path: str) -> None:
    """The file, and the folders that it leaves empty."""
    target = site / path
    target.unlink(missing_ok=True)
    for above in target.parents:
        if above == site:
            break
        try:
            above.rmdir()
        except OSError:
            break


def files(folder: Path) -> Iterator[str]:
    """The paths of all files below it."""
    for above, _, names in os.walk(folder):
        inside = os.path.relpath(above, folder)
        for name in names:
            yield name if inside == "." else f"{inside}/{name}"


def same_file(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes."""
    a, b = one.stat(), other.stat()
    return a.st_ino == b.st_ino or (a.st_size == b.st_size and one.read_bytes() == other.read_bytes())


def flush(folder: Path) -> None:
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


def _order(added: set[str]) -> Callable[[str], tuple]:
    """A file that nobody points to yet, then the pages of guides, then the lists that name them."""
    return lambda path: (path not in added, not path.removeprefix("en/").startswith("guides/"), path)


def _turn(root: Path, number: int) -> None:
    """The link to the folder of this number, in one stroke; the folder that was shown before goes with the next sweep."""
    if not (root / str(number)).is_dir() or shown(root).name == str(number):
        return
    aside = root / f"{SHOWN}.{os.getpid()}"
    aside.unlink(missing_ok=True)
    aside.symlink_to(str(number), target_is_directory=True)
    os.replace(aside, root / SHOWN)


def _flush_names(folder: Path) -> None:
    at = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def _numbers(folder: Path) -> list[int]:
    return [int(name) for name in os.listdir(folder) if name.isdigit()] if folder.is_dir() else []


def _plain(publication: Publication) -> dict:
    return {**publication.__dict__, "at": publication.at.isoformat()}


def _read(folder: Path) -> Publication:
    told = json.loads((folder / JOURNAL).read_text("utf-8"))
    lists = {name: tuple(told[name]) for name in ("guides", "added", "removed")}
    return Publication(**told | lists | {"at": datetime.fromisoformat(told["at"]), "kind": Kind(told["kind"])})


def _found_syncfs() -> Callable[[int], int] | None:
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)


_syncfs = _found_syncfs()
