"""publishing: an earlier publication is put back: the site as it was shown after it, of the same bytes.

The shown site is given second names in a new folder while changes go on; what they drew is undone there with the rest,
and only then does everybody else wait, for a moment, until the link is turned.
"""
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from portal.publishing import disk, journals, publications, reports
from portal.publishing.journals import Kind, Publication
from portal.rules.problems import Problem

Count = Callable[[int, int], None]
"""Hears how many of how many files have their second name."""
TOLD = 100
"""After so many files it is told."""


def back(root: Path, number: int, by: str | None = None, *, seen: int | None = None, count: Count = lambda done, total: None) -> Publication:
    """Shows the site as it was after publication `number`; gives the publication that did so. The site is then held: no
    change is drawn into it until a whole publication.

    `seen` is the number of the newest publication when somebody asked for it. What was done for it already is not done
    again; where another site was shown since, by a whole publication or by putting another one back, Problem is raised,
    as where that publication is not kept, or is shown. Changes that came since are undone with the others.
    """
    home, new = journals.home(root), root / f"back{journals.PART}"
    with publications.building(root), reports.counting(home, number) as told:
        publications.recover(root)
        turned = _turned(root, seen)
        if turned and turned.kind == Kind.BACK and turned.back_to == number:
            return turned
        if turned:
            raise Problem("publications.turned", f"您要求放回第 {number} 次发布之后，网站又整个发布或放回过（第 {turned.number} 次），所以没有再放回。没有改动任何内容。",
                          f"After you asked for publication {number} the whole site was published or put back once more (publication {turned.number}), "
                          "so it was not put back again. Nothing was changed.")
        check(root, number)
        journals.sweep(root, building=True)
        try:
            _copy(journals.shown(root), new, lambda done, total: (told(done, total), count(done, total)))
            disk.flush(new)
            with publications.door(root):
                check(root, number)  # changes came meanwhile, and twenty are kept
                for later in [one.number for one in journals.latest(root) if one.number > number]:
                    journals.undo(root, later, new)
                publications.show_folder(root, new, Publication(
                    journals.next_number(root), Kind.BACK, datetime.now(UTC), by=by, back_to=number))
        finally:
            shutil.rmtree(new, ignore_errors=True)
        reports.forget(home, back=True)
        journals.sweep(root, building=True)
        return journals.newest(root)


def check(root: Path, number: int) -> None:
    """Raises Problem where that publication cannot be put back."""
    kept = [one.number for one in journals.latest(root)]
    if number not in kept:
        raise Problem("publications.none", f"没有编号为 {number} 的发布，只保留最近 {journals.KEPT} 次。没有改动任何内容。",
                      f"There is no publication {number}; the last {journals.KEPT} are kept. Nothing was changed.")
    if number == kept[0]:
        raise Problem("publications.shown", f"第 {number} 次发布就是现在展示的网站。没有改动任何内容。",
                      f"Publication {number} is the site as it is shown now. Nothing was changed.")


def _turned(root: Path, seen: int | None) -> Publication | None:
    """The newest publication since then that was not a change."""
    later = journals.since(root, seen) if seen is not None else ()
    return max((one for one in later if one.kind != Kind.CHANGE), key=lambda one: one.number, default=None)


def _copy(site: Path, new: Path, count: Count) -> None:
    """The site's folder once more, of second names of the same files. What a change takes away meanwhile is left out; it is
    among what is undone."""
    paths = list(disk.inventory(site))
    for done in disk.twin(site, new, paths):
        if done % TOLD == 0 or done == len(paths):
            count(done, len(paths))
