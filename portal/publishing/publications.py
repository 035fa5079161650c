"""publishing: the door by which files come into the shown site. Nothing else writes there.

A publication is a change, drawn into the site that is shown, or whole, a new folder to which one link is turned. Who
draws gets a stage and puts files on it by their path in the site; they are shown when the stage is left without an
error, and never if there was one. What is written down of it, and how it is undone: `journals`.
"""
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from portal.publishing import disk, journals, locks, reports
from portal.publishing.journals import Kind, Paths, Publication, shown
from portal.rules.problems import Problem


class Held(Problem):
    """An earlier site was put back, and nothing is drawn into it."""


CatchUp = Callable[["Whole", set[str]], None]


@dataclass(frozen=True)
class Whole:
    """A new site, of which nobody sees anything yet. May be handed to other processes, which put files as well."""

    folder: Path
    """Where the new site grows. It is moved when it is shown."""
    before: Path | None = None
    """The site that is shown meanwhile; None where there is none."""
    root: Path | None = None
    """Below which the sites lie and what is kept beside them; None where a site is only drawn."""

    def put(self, path: str, drawn: bytes) -> None:
        """The file at this path in the site. Bytes that the shown site has there are not written again."""
        if self.before and disk.holds(f"{self.before}/{path}", drawn):
            disk.link(f"{self.before}/{path}", f"{self.folder}/{path}")
        else:
            disk.put(f"{self.folder}/{path}", drawn)

    def link(self, path: str, kept: Path) -> None:
        """A file that is kept elsewhere on the same disk, at this path in the site."""
        disk.link(kept, f"{self.folder}/{path}")

    def remove(self, path: str) -> None:
        """There is no file at this path, or no longer."""
        disk.take_away(self.folder, path)


@dataclass
class Change:
    """What a change of some guides puts into the shown site. Nothing is seen of it before it is committed."""

    folder: Path
    """The site as it is shown, until the stage is left: to read from, not to write to."""
    aside: Path
    root: Path | None = None
    came: dict[str, int] = field(default_factory=dict)
    """The paths of what was put, with the name of the file aside."""
    gone: set[str] = field(default_factory=set)
    turn: int = 0
    size: int = 0

    def put(self, path: str, drawn: bytes) -> None:
        """The file at this path in the site. Bytes that stand there already are not written again."""
        self._forget(path)
        if not disk.holds(f"{self.folder}/{path}", drawn):
            disk.put(self._aside(path), drawn)
            self.size += len(drawn)

    def link(self, path: str, kept: Path) -> None:
        """A file that is kept elsewhere on the same disk, at this path in the site."""
        self._forget(path)
        if not disk.same(f"{self.folder}/{path}", kept):
            disk.link(kept, self._aside(path))
            self.size += kept.stat().st_size

    def remove(self, path: str) -> None:
        """There is no file at this path any longer."""
        self._forget(path)
        if os.path.isfile(f"{self.folder}/{path}"):
            self.gone.add(path)

    def _aside(self, path: str) -> str:
        self.came[path], self.turn = self.turn, self.turn + 1
        return f"{self.aside}/{self.came[path]}"

    def _forget(self, path: str) -> None:
        self.gone.discard(path)
        turn = self.came.pop(path, None)
        if turn is not None:
            os.unlink(f"{self.aside}/{turn}")


Stage = Whole | Change


def door(root: Path):
    """Held around the asking for an edition and its drawing, so that nobody shows an older one meanwhile. Not to be held
    by who begins a whole publication."""
    return locks.locked(journals.home(root), locks.DOOR)


def building(root: Path):
    """Held around a whole publication, which takes it by itself: two at once would be one too many."""
    return locks.locked(journals.home(root), locks.BUILDING)


def recover(root: Path) -> None:
    """Does to its end what an earlier process began and committed, and throws away what it did not commit. Called by
    every publication."""
    with door(root):
        journals.adopt(root)
        journals.forward(root)
        journals.sweep(root, building=False)


def held(root: Path) -> Publication | None:
    """The publication that was put back, until the next whole one: no change may be drawn into an earlier site."""
    last = journals.newest(root)
    return last if last and last.kind == Kind.BACK else None


def tidy(root: Path) -> None:
    """As `recover`, and throws away whole sites that were not finished. For a server or a worker that starts; where
    somebody builds a site just now there is nothing to do, for who builds has done it."""
    if root.is_dir() and not locks.taken(journals.home(root), locks.BUILDING):
        with building(root):
            recover(root)
            journals.sweep(root, building=True)


def stop_if_held(root: Path) -> None:
    """Raises Held."""
    if held(root):
        raise Held("publications.held", "现在展示的是放回的较早网站，新的改动暂不上网；运行 ./banshi publish 或在工作台“发布记录”里重新发布后一并展示。",
                   "An earlier site was put back and is shown; changes wait until ./banshi publish, or *publish again* on the desk's page of publications.")


@contextmanager
def change(root: Path, guides: Iterable[str] = (), by: str | None = None) -> Iterator[Change]:
    """A stage for a change of the site that is shown below `root`. What the outer world must not have changed since it was
    asked, is asked with `door` held."""
    with door(root), reports.told(journals.home(root)):
        recover(root)
        number = journals.next_number(root)
        part = journals.home(root) / f"{number}{journals.PART}"
        try:
            stage = Change(shown(root), part / journals.NEW, root)
            yield stage
            _show_change(root, stage, part, Publication(number, Kind.CHANGE, datetime.now(UTC), tuple(sorted(guides)), by))
        finally:
            shutil.rmtree(part, ignore_errors=True)


@contextmanager
def whole(root: Path, by: str | None = None, catch_up: CatchUp | None = None) -> Iterator[Whole]:
    """A stage for a new site below `root`, and `root/current` turned to it in one stroke at the end. If anything fails the
    old site stays.

    The edition is asked for inside. Changes go on meanwhile, into the old site; `catch_up` draws those guides again into
    the new one, from an edition that it asks for anew, while no other change may come.
    """
    with building(root), reports.told(journals.home(root)):
        recover(root)
        journals.sweep(root, building=True)
        # Of a name that no other process has: one that drew for a killed process may write another page before it ends.
        begun, old, part = journals.number(root), shown(root), root / f"new.{os.getpid()}{journals.PART}"
        try:
            yield (stage := Whole(part, old if old.is_dir() else None, root))
            disk.flush(part)
            with door(root):
                later = journals.since(root, begun)
                if later and catch_up:  # also for lists that changed without a guide
                    catch_up(stage, {slug for one in later for slug in one.guides})
                show_folder(root, part, Publication(journals.next_number(root), Kind.WHOLE, datetime.now(UTC), by=by))
        finally:
            shutil.rmtree(part, ignore_errors=True)
        reports.forget(journals.home(root), back=True)
        journals.sweep(root, building=True)


def show_folder(root: Path, new: Path, publication: Publication) -> None:
    """Commits a publication that is a whole folder, and turns the link to it. With the door held."""
    number = publication.number
    part = journals.home(root) / f"{number}{journals.PART}"
    try:
        came, which = _compared(shown(root), new, part / journals.BEFORE)
        size = sum(os.path.getsize(f"{new}/{path}") for path in came)
        os.rename(new, root / str(number))
        journals.commit(root, replace(publication, files=len(came), size=size), which)
    except BaseException:
        if not (journals.home(root) / str(number)).exists():  # not committed
            shutil.rmtree(part, ignore_errors=True)
            shutil.rmtree(root / str(number), ignore_errors=True)
        raise


def _compared(old: Path, new: Path, before: Path) -> tuple[list[str], Paths]:
    """What came new in a folder, and which files that makes; the old bytes of what was replaced or removed go into `before`."""
    have, now = disk.inventory(old) if old.is_dir() else {}, disk.inventory(new)
    came = [path for path, one in now.items() if have.get(path) != one and not (path in have and disk.same(f"{old}/{path}", f"{new}/{path}"))]
    removed = sorted(have.keys() - now.keys())
    kept = [*(path for path in came if path in have), *removed]
    for turn, path in enumerate(kept):
        disk.link(f"{old}/{path}", f"{before}/{turn}")
    added = [path for path in came if path not in have] if have else ()
    return came, Paths((), tuple(kept), tuple(added), tuple(removed))


def show_made(root: Path, path: str, made: Path | bytes, seen: int, slug: str | None = None) -> bool:
    """Shows a file that was made because somebody asked for it, or after its page. `seen` is the number of the newest
    publication when its content was asked for; `slug` is the guide that it hangs on alone. False where a later publication
    may say something else, or nothing is shown at all: then this is not shown either."""
    with door(root):
        later, site = journals.since(root, seen), shown(root)
        if not site.is_dir() or any(one.kind != Kind.CHANGE or slug is None or slug in one.guides for one in later):
            return False
        aside = journals.home(root) / f"{os.getpid()}{journals.PART}"
        if isinstance(made, bytes):
            disk.put(aside, made)
        else:
            disk.link(made, aside)
        journals.note_made(root, path)
        disk.move(aside, site / path)
    return True


def _show_change(root: Path, stage: Change, part: Path, publication: Publication) -> None:
    if not stage.came and not stage.gone:
        return
    os.makedirs(stage.aside, exist_ok=True)
    before, added = sorted(stage.gone), set()
    for path in stage.came:
        if os.path.isfile(f"{stage.folder}/{path}"):
            before.append(path)
        else:
            added.add(path)
    for turn, path in enumerate(before):
        disk.link(f"{stage.folder}/{path}", f"{part}/{journals.BEFORE}/{turn}")
    which = Paths(journals.in_order(stage.came, added), tuple(before), tuple(sorted(added)), tuple(sorted(stage.gone)))
    journals.commit(root, replace(publication, files=len(stage.came), size=stage.size), which)
    reports.forget(journals.home(root))
