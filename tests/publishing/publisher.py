"""A process that publishes, to be killed by `test_killed`: it has all loaded and drawn what can be drawn before, forks a child
for each word that it reads, and says the child's number when it stands still, then how it ended.

    python -m tests.publishing.publisher SITE FEW
"""
import ctypes
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from portal.jobs import whole as jobs
from portal.publishing import journals, papers, publications, putting_back, site
from tests.publishing.editions import edition, published
from tests.publishing.test_site import with_documents

OLD, NEW = edition(published(), published(slug="beside")), edition(published(with_documents()), published(slug="beside"))
SET_PTRACER, ANYBODY = 0x59616D61, ctypes.c_ulong(-1)
LISTS = ("index.html", "guides/index.html", "data/guides.csv", "sitemap.xml", "csp.txt")


def prepare(real: Path, few: Path) -> None:
    """A real site whose guide has all its papers; and one of a few of its files, with a page that will go."""
    site.publish(OLD, real)
    for paper in papers.papers(OLD, OLD.guides[0]):
        papers.make(OLD, [paper], real, journals.number(real))
    new = next(paper for paper in papers.papers(NEW, NEW.guides[0]) if paper.kind == "form")
    (papers.folder_of(real) / f"{new.key}.pdf").write_bytes(b"%PDF a paper that is kept already")
    _few(few, real, "old")
    comes_and_goes(few)
    _few(few, real, "later")
    warm = few.with_name("site")  # where the acts will be: settings and templates are kept by the site's folder
    shutil.copytree(real, warm, symlinks=True)
    change(warm)


def change(root: Path) -> None:
    """A guide is drawn into the real site; its kept paper changes with it, stale ones go."""
    changed = edition(NEW.guides[0])
    assert site.refresh(NEW, {"green"}, root, lambda stage: papers.renew(changed, papers.folder_of(root), stage))


def comes_and_goes(root: Path) -> None:
    """A change with which one page comes, one goes, and the list says so."""
    with publications.change(root, ["a"]) as stage:
        stage.put("guides/new/index.html", b'<a href="/guides/">new</a>')
        stage.put("guides/a/index.html", b'<a href="/guides/new/">a, again</a>')
        stage.put("guides/index.html", b'<a href="/guides/a/">a</a> <a href="/guides/new/">new</a>')
        stage.remove("guides/b/index.html")
        stage.remove("data/sheets/guides.xlsx")


def whole(root: Path) -> None:
    """A whole site of a few files, of which one changes, one comes and one goes."""
    _few(root, REAL, "new")


def built(root: Path) -> None:
    """A whole publication as the command makes it."""
    jobs.publish(lambda: NEW, root)


def back(root: Path) -> None:
    """The site of the first publication is put back."""
    putting_back.back(root, min(one.number for one in journals.latest(root)))


ACTS: dict[str, Callable[[Path], None]] = {act.__name__: act for act in (change, comes_and_goes, whole, built, back)}


def _few(root: Path, real: Path, words: str) -> None:
    with publications.whole(root) as stage:
        for path in LISTS[2:]:
            stage.put(path, (real / "current" / path).read_bytes())
        stage.put("index.html", b'<a href="/guides/">guides</a>')
        other = {"old": "b", "later": "c", "new": "d"}[words]
        for name in ("a", other):
            stage.put(f"guides/{name}/index.html", f'<a href="/guides/">{words}</a>'.encode())
        stage.put("guides/index.html", f'<a href="/guides/a/">a</a> <a href="/guides/{other}/">{words}</a>'.encode())
        if words == "old":
            stage.put("data/sheets/guides.xlsx", b"made when asked for")


def _child(act: str, root: Path) -> None:
    ctypes.CDLL(None).prctl(SET_PTRACER, ANYBODY, 0, 0, 0)
    os.kill(os.getpid(), signal.SIGSTOP)
    ACTS[act](root)


if __name__ == "__main__":
    REAL = Path(sys.argv[1])
    papers.render = lambda edition, paper: f"%PDF {paper.key}".encode()
    for line in sys.stdin:
        act, _, place = line.strip().partition(" ")
        if act == "prepare":
            prepare(REAL, Path(place))
            print("ready", flush=True)
            continue
        child = os.fork()
        if not child:
            try:
                _child(act, Path(place))
            except BaseException as error:
                print(f"failed {error!r}", flush=True)
                os._exit(1)
            os._exit(0)
        os.waitpid(child, os.WUNTRACED)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
