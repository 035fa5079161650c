"""publishing: the files of all guides, drawn one guide at a time and dropped, in one process a core where that is quicker.

What stays of a guide is its card, the addresses of its pages, and what the caller's `each` makes of it.
"""
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from typing import Any, NamedTuple

from portal.publishing import guide_files, pieces, processes
from portal.publishing.cards import Card
from portal.publishing.edition import TAKEN, Edition, PublishedGuide, Stock
from portal.publishing.frame_cut import Frames
from portal.publishing.publications import Stage

FEW = 40
"""So few guides are drawn before another process has started."""
Each = Callable[[Edition, PublishedGuide, Stage], Any]
"""What is done with a guide besides its files while it is at hand. It can be handed to another process."""


class Drawn(NamedTuple):
    """What stays of a guide."""

    card: Card
    pages: list[str]
    kept: Any


class _Room(NamedTuple):
    """What it takes to draw guides."""

    county: Edition
    frames: Frames
    stage: Stage
    stock: Stock | None
    each: Each | None

    def draw(self, guides: Sequence[PublishedGuide]) -> list[Drawn]:
        return [self._one(guide) for guide in guides]

    def _one(self, guide: PublishedGuide) -> Drawn:
        pages = []
        for file in guide_files.of_guide(guide, self.county, self.frames, pieces.beside(self.stage, self.frames)):
            self.stage.put(file.path, file.made)
            if file.here:
                pages.append(file.here)
        return Drawn(guide.card, pages, self.each(self.county, guide, self.stage) if self.each else None)


_room: _Room | None = None
"""The room of a process that draws for another."""


def draw(edition: Edition, frames: Frames, stage: Stage, each: Each | None = None,
         progress: Callable[[int, int], None] = lambda done, number: None) -> Iterator[Drawn]:
    """Draws every guide of the edition onto the stage, in any order; `progress` hears how many are done."""
    room = _Room(edition.around(), frames, stage, edition.stock, each)
    number, done = len(edition.slugs), 0
    for some in _here(edition, room) if number <= FEW or processes.cores() == 1 else _beside(edition, room):
        done += len(some)
        progress(done, number)
        yield from some


def _here(edition: Edition, room: _Room) -> Iterator[list[Drawn]]:
    return (room.draw([guide]) for guide in edition.every())


def _beside(edition: Edition, room: _Room) -> Iterator[list[Drawn]]:
    with processes.pool(_enter, room) as pool:
        parts = edition.slugs if edition.stock else edition.guides
        waiting = [pool.submit(_draw, parts[at:at + TAKEN]) for at in range(0, len(parts), TAKEN)]
        try:
            for future in as_completed(waiting):
                yield future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _enter(room: _Room) -> None:
    global _room
    _room = room


def _draw(part: Sequence[str] | Sequence[PublishedGuide]) -> list[Drawn]:
    return _room.draw(_room.stock.take(part) if _room.stock else part)
