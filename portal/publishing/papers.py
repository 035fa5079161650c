"""publishing: which papers a guide has, where they lie, and when they must be made anew.

A paper's address is stable. Its bytes are kept under a key, a hash of all that they depend on: the guide, the edition
around it, templates, style sheets, fonts, versions, this code and the rules, which have words too. A paper that is missing
for the present content is made in the next publication, or when somebody asks for it.
"""
import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Self

from pydantic_core import to_json

from pdfs import blanks, engine, guides, onepages
from pdfs import checklists as printing
from portal.publishing import (
    addresses,
    checklists,
    disk,
    guide_page,
    one_page,
    outline,
    paper_forms,
    processes,
    publications,
)
from portal.publishing.edition import Edition, PublishedGuide
from portal.publishing.publications import Stage

ZH, EN = "zh-Hans", "en"
FEW = 4
"""So many papers, those of two guides that changed together, are made sooner here than processes begin and load the press."""


@dataclass(frozen=True)
class Paper:
    """`name` is its file name below `/pdf/`, `kind` is guide, one, list, form or filled. Of many papers the guides are not
    held: `guide` is None, and is taken from the edition's stock when the paper is made."""

    name: str
    kind: str
    locale: str
    slug: str
    guide: PublishedGuide | None
    key: str

    def alone(self) -> Self:
        """The paper without its guide."""
        return replace(self, guide=None)

    @property
    def first(self) -> bool:
        """Whether most people ask for it: the guide in Chinese, and the blank form."""
        return self.kind == "form" or (self.kind == "guide" and self.locale == ZH)


def papers(edition: Edition, guide: PublishedGuide) -> list[Paper]:
    """The papers of a guide: the guide whole, on one page and as a list to tick off, each in both languages; its form blank
    and filled in, where it has one."""
    named = (("guide", addresses.guide_paper), ("one", addresses.one_page), ("list", addresses.checklist))
    wanted = [(kind, locale, address(guide.slug, locale)) for kind, address in named for locale in (ZH, EN)]
    if guide.file.guide.form or guide.file.guide.situations:
        wanted += [("form", ZH, addresses.blank_form(guide.slug)), ("filled", ZH, addresses.filled_sample(guide.slug))]
    content = hashlib.sha256(to_json((guide.file, guide.slug, guide.revision, guide.published, _around(edition, guide))))
    return [
        Paper(address.rpartition("/")[2], kind, locale, guide.slug, guide,
              hashlib.sha256(f"{kind} {locale} {content.hexdigest()} {_code()}".encode()).hexdigest())
        for kind, locale, address in wanted
    ]


def render(edition: Edition, paper: Paper) -> bytes:
    """The bytes of a paper. Raises `pdfs.engine.PressProblem`."""
    if paper.kind in ("guide", "one"):
        page = guide_page.facts(paper.guide, edition, paper.locale, whole=True)
        return guides.render(page) if paper.kind == "guide" else onepages.render(one_page.one_page(page))
    if paper.kind == "list":
        return printing.render(checklists.checklist(paper.guide, edition, paper.locale))
    return blanks.render(paper_forms.form(paper.guide, edition, filled=paper.kind == "filled"))


def lay_out(wanted: Iterable[Paper], kept: Path, stage: Stage) -> list[Paper]:
    """Puts the papers that are kept on the stage, and gives those that are not."""
    missing = []
    for paper in wanted:
        if (kept / f"{paper.key}.pdf").is_file():
            stage.link(f"pdf/{paper.name}", kept / f"{paper.key}.pdf")
        else:
            missing.append(paper)
    return missing


def make(edition: Edition, wanted: list[Paper], root: Path, seen: int,
         progress: Callable[[int, int], None] = lambda done, number: None) -> None:
    """Makes the papers, many in one process a core, and shows them in the site below `root`, but for those of guides that were
    published again since the publication of the number `seen`; `progress` hears how many are done.

    Raises `pdfs.engine.PressProblem` for the first that fails; the others that were made stay.
    """
    kept = folder_of(root)
    kept.mkdir(parents=True, exist_ok=True)
    around = replace(edition.around(), stock=edition.stock)
    if len(wanted) <= FEW:
        for done, paper in enumerate(wanted, 1):
            if _keep(around, paper, kept):
                _show(paper, root, seen)
            progress(done, len(wanted))
        return
    with processes.pool(_enter, around, kept) as pool:
        waiting = {pool.submit(_keep_here, paper): paper for paper in wanted}
        try:
            for done, future in enumerate(as_completed(waiting), 1):
                if future.result():
                    _show(waiting[future], root, seen)
                progress(done, len(wanted))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def renew(edition: Edition, kept: Path, stage: Stage) -> list[Paper]:
    """Puts on the stage the papers of the edition's guides that are kept, as after a guide was changed, and takes stale
    ones away with the old page, so that nobody gets an old paper of a new page. Gives those to be made now: what most
    people ask for; the others are made when somebody asks."""
    missing = lay_out((paper for guide in edition.guides for paper in papers(edition, guide)), kept, stage)
    for paper in missing:
        stage.remove(f"pdf/{paper.name}")
    return [paper for paper in missing if paper.first]


def asked_for(edition: Edition, guide: PublishedGuide, name: str, root: Path, seen: int) -> tuple[Path, bool] | None:
    """The file of a paper for who asks for it now, made if need be, and whether it is shown now (see `make`); None where
    the guide has no such paper."""
    for paper in papers(edition, guide):
        if paper.name == name:
            kept = folder_of(root)
            if not (kept / f"{paper.key}.pdf").is_file():
                kept.mkdir(parents=True, exist_ok=True)
                _keep(edition, paper, kept)
            return kept / f"{paper.key}.pdf", _show(paper, root, seen)
    return None


def folder_of(root: Path) -> Path:
    """Where papers are kept under their keys, beside the sites that show them."""
    return root / "papers"


def slug_of(name: str) -> str:
    """The guide's address in the name of a paper: `990101001000.en.pdf` is of `990101001000`."""
    stem = name.removesuffix(".pdf")
    for tail in (".en", ".form", ".sample", ".one", ".list"):
        stem = stem.removesuffix(tail)
    return stem


def sweep(wanted: Iterable[Paper], kept: Path) -> None:
    """Throws away what no paper of the present edition is."""
    keys = {f"{paper.key}.pdf" for paper in wanted}
    for file in kept.glob("*.pdf"):
        if file.name not in keys:
            file.unlink(missing_ok=True)


_press: tuple[Edition, Path] | None = None
"""What a process of the pool prints for: the county with its stock, and where papers are kept."""


def _enter(edition: Edition, kept: Path) -> None:
    global _press
    _press = edition, kept


def _keep_here(paper: Paper) -> bool:
    edition, kept = _press
    return _keep(edition, paper, kept)


def _keep(edition: Edition, paper: Paper, kept: Path) -> bool:
    """Makes the paper; False where its guide is another by now, whose own publication owes its papers."""
    if paper.guide is None:
        same = (one for guide in edition.stock.take([paper.slug]) for one in papers(edition, guide) if one.key == paper.key)
        paper = next(same, None)
        if paper is None:
            return False
    disk.keep(kept / f"{paper.key}.pdf", render(edition, paper))
    return True


def _show(paper: Paper, root: Path, seen: int) -> bool:
    """The kept file under its name in the site: the same file where the disk allows it."""
    return publications.show_made(root, f"pdf/{paper.name}", folder_of(root) / f"{paper.key}.pdf", seen, paper.slug)


def _around(edition: Edition, guide: PublishedGuide) -> tuple:
    """What a paper of this guide says that does not stand in the guide."""
    document = guide.file.guide
    names = {document.item.department, *document.item.joint_bodies,
             *(stage.department for variant in document.variants for stage in variant.stages)}
    return (
        edition.authority, edition.public_url, edition.sample, edition.notice,
        None if document.enquiries else edition.telephone,  # whom to ask where the guide leads nowhere
        [(name, edition.departments.get(name)) for name in sorted(name for name in names if name)],
        [edition.places.get(offering.place or "") for offering in guide.file.offerings],
    )


@cache
def _code() -> str:
    digest = hashlib.sha256(engine.fingerprint().encode())
    for file in sorted([*Path(__file__).parent.glob("*.py"), *outline.RULES.rglob("*.py"), *Path(engine.__file__).parent.glob("*.py")]):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
