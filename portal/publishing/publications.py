"""publishing: the door by which files come into the shown site. Nothing else writes there.

A publication is a change, drawn into the site that is shown, or whole, a new folder to which one link is turned. Who
draws gets a stage and puts files on it by their path in the site; they are shown together when the stage is left
without an error, and never if there was one.
"""
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SHOWN = "current"
KEPT = 2
"""So many earlier editions stay, to go back to."""


@dataclass(frozen=True)
class Whole:
    """A new site, of which nobody sees anything yet. May be handed to other processes, which put files as well."""

    folder: Path
    """The new site's own folder."""
    before: Path | None = None
    """The site that is shown meanwhile; None where there is none."""

    def put(self, path: str, drawn: bytes) -> None:
        """The file at this path in the site. Bytes that the shown site has there are not written again."""
        target, old = self.folder / path, self.before and self.before / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if old and _same(old, drawn):
            target.unlink(missing_ok=True)
            os.link(old, target)
        else:
            target.write_bytes(drawn)

    def link(self, path: str, kept: Path) -> None:
        """A file that is kept elsewhere on the same disk, at this path in the site."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        _linked(kept, target)

    def remove(self, path: str) -> None:
        """There is no file at this path, or no longer."""
        (self.folder / path).unlink(missing_ok=True)


@dataclass
class Change:
    """What a change of some guides puts into the shown site. Nothing is seen of it before it is committed."""

    folder: Path
    """The site as it is shown, until the commit: to read from, not to write to."""
    aside: Path
    gone: list[str] = field(default_factory=list)

    def put(self, path: str, drawn: bytes) -> None:
        """The file at this path in the site. Bytes that stand there already are not written again."""
        if not _same(self.folder / path, drawn):
            self._aside(path).write_bytes(drawn)

    def link(self, path: str, kept: Path) -> None:
        """A file that is kept elsewhere on the same disk, at this path in the site."""
        target = self._aside(path)
        target.unlink(missing_ok=True)
        _linked(kept, target)

    def remove(self, path: str) -> None:
        """There is no file at this path any longer, nor may one that was made when asked for come back with it."""
        (self.aside / path).unlink(missing_ok=True)
        self.gone.append(path)

    def _aside(self, path: str) -> Path:
        target = self.aside / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def commit(self) -> None:
        for file in sorted(self.aside.rglob("*")):
            if file.is_file():
                target = self.folder / file.relative_to(self.aside)
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(file, target)
        for path in self.gone:
            (self.folder / path).unlink(missing_ok=True)


Stage = Whole | Change


def shown(root: Path) -> Path:
    """The folder of the site that is shown, whether there is one or not."""
    return (root / SHOWN).resolve()


@contextmanager
def whole(root: Path) -> Iterator[Whole]:
    """A stage for a new site below `root`, and `root/current` turned to it in one stroke at the end. If anything fails
    the old site stays."""
    root.mkdir(parents=True, exist_ok=True)
    number = max((int(one.name) for one in root.iterdir() if one.name.isdigit()), default=0) + 1
    folder, before = root / str(number), shown(root)
    try:
        yield Whole(folder, before if before.is_dir() else None)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    aside = root / f"{SHOWN}.{os.getpid()}"
    aside.unlink(missing_ok=True)
    aside.symlink_to(folder.name, target_is_directory=True)
    os.replace(aside, root / SHOWN)
    for old in sorted((one for one in root.iterdir() if one.name.isdigit()), key=lambda one: int(one.name))[:-KEPT - 1]:
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def change(root: Path) -> Iterator[Change]:
    """A stage for a change of the site that is shown below `root`; it is in place when the stage is left without an
    error."""
    aside = root / f"change.{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    try:
        stage = Change(shown(root), aside)
        yield stage
        stage.commit()
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def cached(target: Path, kept: Path) -> Path:
    """Shows a file that was made because somebody asked for it: no publication, and it may be thrown away."""
    aside = target.with_name(f"{target.name}.{os.getpid()}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    aside.unlink(missing_ok=True)
    _linked(kept, aside)
    os.replace(aside, target)
    return target


def _same(file: Path, drawn: bytes) -> bool:
    try:
        return file.stat().st_size == len(drawn) and file.read_bytes() == drawn
    except FileNotFoundError:
        return False


def _linked(kept: Path, target: Path) -> None:
    """The same file under another name, or a copy where the disk allows no second name."""
    try:
        os.link(kept, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(kept, target)
