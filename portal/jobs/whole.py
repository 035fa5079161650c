"""jobs: a whole publication, by whoever asks for it: the command, the desk, or a change that no drawing over the shown site
will do for. Changes go on while it is built, and are drawn into it before it is shown."""
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from portal.publishing import journals, papers, publications, reports, site
from portal.publishing.edition import Edition
from portal.publishing.papers import Paper
from portal.publishing.publications import Stage, Whole

Count = Callable[[int, int], None]
"""Hears how many of how many pages are done."""


@dataclass
class Shown:
    """What was shown: the edition, its papers that are not made yet, and the number of the publication."""

    edition: Edition
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
        site.build(edition, stage, note)
        shown = Shown(edition, _lay_out(edition, root, stage) if with_papers else [])

    def catch_up(stage: Whole, late: set[str]) -> None:
        nonlocal shown
        edition = ask()
        if not site.redraw(edition, late, stage):
            fill(stage)
            return
        changed = replace(edition, guides=tuple(guide for guide in edition.guides if guide.slug in late))
        kept = [paper for paper in shown.missing if paper.guide.slug not in late]
        shown = Shown(edition, kept + (_lay_out(changed, root, stage) if with_papers else []))

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


def _lay_out(edition: Edition, root: Path, stage: Stage) -> list[Paper]:
    """Puts the edition's papers that are kept on the stage; gives the others, of which no stale one stays there."""
    every = [paper for guide in edition.guides for paper in papers.papers(edition, guide)]
    missing = papers.lay_out(every, papers.folder_of(root), stage)
    for paper in missing:
        stage.remove(f"pdf/{paper.name}")
    return missing
