"""jobs: a whole publication, by whoever asks for it: the command, the desk, or a change that no drawing over the shown site
will do for. Changes go on while it is built, and are drawn into it before it is shown."""
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from portal.publishing import journals, papers, publications, reports, site
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.papers import Paper
from portal.publishing.publications import Stage, Whole

Count = Callable[[int, int], None]
"""Hears how many of how many guides are drawn."""


@dataclass
class Shown:
    """What was shown: the edition, its papers that are not made yet, and the number of the publication."""

    edition: Edition
    every: list[Paper]
    """All papers, without their guides."""
    missing: list[Paper]
    number: int = 0


def publish(ask: Callable[[], Edition], root: Path, by: str | None = None, *, count: Count = lambda done, total: None,
            with_papers: bool = True, unless_held: bool = False) -> Shown:
    """Builds the site of the edition that `ask` gives, and shows it below `root`; `with_papers` lays out those that are kept.

    With `unless_held` an earlier site that was put back stays, and Held is raised. Whatever else fails is raised as it is,
    and the old site stays.
    """
    home = journals.home(root)
    shown: Shown | None = None

    def fill(stage: Whole) -> None:
        nonlocal shown
        edition = ask()
        built = site.build(edition, stage, note, each=partial(_lay_out, root) if with_papers else None)
        shown = Shown(edition, *_gathered(built.kept if with_papers else ()))
        if edition.stock is None:  # a folder's guides are at hand, and nowhere else
            held = {guide.slug: guide for guide in edition.guides}
            shown.missing = [replace(paper, guide=held[paper.slug]) for paper in shown.missing]

    def catch_up(stage: Whole, late: set[str]) -> None:
        nonlocal shown
        edition = ask()
        if not site.redraw(edition, late, stage):
            fill(stage)
            return
        every, missing = _gathered(_lay_out(root, edition, guide, stage) for guide in edition.some(late)) if with_papers else ([], [])
        shown = Shown(edition, [paper for paper in shown.every if paper.slug not in late] + every,
                      [paper for paper in shown.missing if paper.slug not in late] + missing)

    with publications.building(root), reports.counting(home) as told:
        if unless_held:
            publications.stop_if_held(root)

        def note(done: int, total: int) -> None:
            told(done, total)
            count(done, total)

        with publications.whole(root, by, catch_up) as stage:
            fill(stage)
        shown.number = journals.number(root)
    return shown


def _lay_out(root: Path, edition: Edition, guide: PublishedGuide, stage: Stage) -> tuple[list[Paper], list[Paper]]:
    """Puts the guide's papers that are kept on the stage; gives all, and those that are not kept, of which no stale one stays
    there."""
    every = papers.papers(edition, guide)
    missing = papers.lay_out(every, papers.folder_of(root), stage)
    for paper in missing:
        stage.remove(f"pdf/{paper.name}")
    return [paper.alone() for paper in every], [paper.alone() for paper in missing]


def _gathered(found: Iterable[tuple[list[Paper], list[Paper]]]) -> tuple[list[Paper], list[Paper]]:
    every, missing = [], []
    for some, left in found:
        every += some
        missing += left
    return every, missing
