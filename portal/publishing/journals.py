"""publishing: what is written down of each publication, so that it is either done to its end or was never begun, and can
be undone.

    site/current -> 7           the folder that is shown
    site/7/                     the whole site, by the number of the publication that made it
    site/publications/9/        journal.json; paths.json: which files; before/: those that it replaced or took away, by
                                number; new/: those that are not in their places yet, by number; made: papers that were
                                made for it when somebody asked
    site/publications/9.part/   not committed: its rename to `9` is what commits it

Old bytes are kept as second names of the same files, which takes no room, and no file is ever written in its place.
"""
import json
import os
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from portal.publishing import disk, locks

SHOWN = "current"
KEPT = 20
"""So many publications can be put back."""
PART, GONE = ".part", ".gone"
JOURNAL, PATHS, BEFORE, NEW, MADE = "journal.json", "paths.json", "before", "new", "made"


class Kind(StrEnum):
    CHANGE = "change"
    WHOLE = "whole"
    BACK = "back"


@dataclass(frozen=True)
class Publication:
    """`guides` are the addresses of those that a change drew; empty for a whole one, and where lists changed by
    themselves. `files` and `size` (bytes) are what came new. `back_to` is the number of the one that was put back."""

    number: int
    kind: Kind
    at: datetime
    guides: tuple[str, ...] = ()
    by: str | None = None
    back_to: int | None = None
    files: int = 0
    size: int = 0


@dataclass(frozen=True)
class Paths:
    """Of a publication: the files that come into their places, by their numbers in `new`, in this order; those that are kept
    in `before`, by their order; the paths that were not there before, and those that are no more."""

    new: tuple[tuple[int, str], ...] = ()
    before: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
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


def paths(root: Path, number: int) -> Paths:
    """Which files the publication of this number brought, kept, added and removed."""
    told = json.loads((home(root) / str(number) / PATHS).read_text("utf-8"))
    return Paths(tuple((turn, path) for turn, path in told["new"]), *(tuple(told[name]) for name in ("before", "added", "removed")))


def commit(root: Path, publication: Publication, which: Paths) -> None:
    """Writes the publication down, whose files lie in its `.part`, and flushes it all: from here on it is done to its end."""
    part, folder = home(root) / f"{publication.number}{PART}", home(root) / str(publication.number)
    part.mkdir(parents=True, exist_ok=True)
    (part / PATHS).write_text(json.dumps(asdict(which), ensure_ascii=False), "utf-8")
    (part / JOURNAL).write_text(json.dumps(publication.__dict__ | {"at": publication.at.isoformat()}, ensure_ascii=False), "utf-8")
    disk.flush(part)
    os.rename(part, folder)
    disk.flush_names(home(root))
    forward(root)


def forward(root: Path) -> None:
    """Does the newest publication to its end, where that was interrupted. Again is no harm."""
    last = number(root)
    new = home(root) / str(last) / NEW
    if (root / str(last)).is_dir():
        _turn(root, last)
    if not last or not new.is_dir():
        return
    site, which, waiting = shown(root), paths(root, last), set(os.listdir(new))
    for turn, path in which.new:
        if str(turn) in waiting:
            disk.move(new / str(turn), site / path)
    for path in which.removed:  # nobody points there any longer
        disk.take_away(site, path)
    new.rmdir()


def undo(root: Path, number: int, site: Path) -> None:
    """Makes the site in this folder, which is as it was after the publication of this number, what it was before."""
    which = paths(root, number)
    for path in [*which.added, *made(root, number)]:
        disk.take_away(site, path)
    for turn, path in enumerate(which.before):
        disk.link(home(root) / str(number) / BEFORE / str(turn), site / path)


def in_order(came: dict[str, int], added: set[str]) -> tuple[tuple[int, str], ...]:
    """How files come into their places: those that nobody points to yet, then the pages of guides, then the lists that name
    them."""
    ordered = sorted(came, key=lambda path: (path not in added, not path.removeprefix("en/").startswith("guides/"), path))
    return tuple((came[path], path) for path in ordered)


def sweep(root: Path, *, building: bool) -> None:
    """Throws away what an interrupted publication left, and what is too old. With `building`, which asks for that lock, also
    whole sites that are not shown."""
    folder = home(root)
    with locks.locked(folder, locks.DOOR):  # what somebody is drawing just now was not interrupted
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
        commit(root, Publication(int(site.name), Kind.WHOLE, datetime.fromtimestamp(site.stat().st_mtime, UTC)), Paths())


def note_made(root: Path, path: str) -> None:
    """A file that nobody published, made because somebody asked, came into the shown site: it goes when what it shows goes."""
    last = number(root)
    if last:
        with (home(root) / str(last) / MADE).open("a", encoding="utf-8") as file:
            file.write(path + "\n")


def made(root: Path, number: int) -> list[str]:
    file = home(root) / str(number) / MADE
    return file.read_text("utf-8").split("\n")[:-1] if file.is_file() else []


def _turn(root: Path, number: int) -> None:
    """The link to the folder of this number, in one stroke; the folder that was shown before goes with the next sweep."""
    if shown(root).name == str(number):
        return
    aside = root / f"{SHOWN}.{os.getpid()}"
    aside.unlink(missing_ok=True)
    aside.symlink_to(str(number), target_is_directory=True)
    os.replace(aside, root / SHOWN)


def _numbers(folder: Path) -> list[int]:
    return [int(name) for name in os.listdir(folder) if name.isdigit()] if folder.is_dir() else []


def _read(folder: Path) -> Publication:
    told = json.loads((folder / JOURNAL).read_text("utf-8"))
    return replace(Publication(**told), guides=tuple(told["guides"]), kind=Kind(told["kind"]), at=datetime.fromisoformat(told["at"]))
