"""publishing: an earlier publication is put back: the site as it was shown after it, of the same bytes."""
import shutil
from datetime import UTC, datetime
from pathlib import Path

from portal.publishing import disk, journals, publications, reports
from portal.publishing.journals import Kind, Publication
from portal.rules.problems import Problem


def back(root: Path, number: int, by: str | None = None) -> Publication:
    """Shows the site as it was after publication `number`; gives the publication that did so. The site is then held: no
    change is drawn into it until a whole publication. Raises Problem where that publication is not kept, or is shown."""
    folder = journals.home(root)
    with publications.building(root), publications.door(root), reports.told(folder):
        publications.recover(root)
        kept = journals.latest(root)
        if number not in [one.number for one in kept]:
            raise Problem("publications.none", f"没有编号为 {number} 的发布，只保留最近 {journals.KEPT} 次。没有改动任何内容。",
                          f"There is no publication {number}; the last {journals.KEPT} are kept. Nothing was changed.")
        if number == kept[0].number:
            raise Problem("publications.shown", f"第 {number} 次发布就是现在展示的网站。没有改动任何内容。",
                          f"Publication {number} is the site as it is shown now. Nothing was changed.")
        journals.sweep(root, building=True)
        new = root / f"back{journals.PART}"
        try:
            _copy(journals.shown(root), new)
            for one in kept[:[one.number for one in kept].index(number)]:
                journals.undo(root, one.number, new)
            publications.show_folder(root, new, Publication(
                journals.next_number(root), Kind.BACK, datetime.now(UTC), by=by, back_to=number))
        finally:
            shutil.rmtree(new, ignore_errors=True)
        reports.forget(folder)
        journals.sweep(root, building=True)
        return journals.newest(root)


def _copy(site: Path, new: Path) -> None:
    """The site's folder once more, of second names of the same files."""
    for path in disk.inventory(site):
        disk.link(f"{site}/{path}", f"{new}/{path}")
