"""cli/bench: publishing a district: the whole site, one change, fifty, papers and search, each beside its yardstick.

The yardstick of the whole site is MkDocs with an empty theme through Markdown on a share of the very pages, for all of them
would take it hours; the figure's name says which share. The yardstick of a page is one of a site of about 1,000, of guides
chosen evenly from the same: `SITES` such sites with other guides each, so that no single guide with many offerings weighs
too much. They have a page for each place too, with fewer lines, which makes theirs cheaper and never ours. What is built on one
core is measured by the time that this process computes: it takes minutes, in which the machine may have other work. That
slows computing too, so half of the small sites are built before the large one, and half after.
"""
import multiprocessing
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from portal.cli.bench import changes, district, markdown, papers, search
from portal.cli.bench import site as whole
from portal.cli.bench.figures import Figure, at_most, at_most_times, computed, median, milliseconds, one_core, p95
from portal.cli.publish import publish_all
from portal.config import Config
from portal.jobs import Tools, sites
from portal.publishing import papers as press
from portal.publishing import publications, site
from portal.publishing.edition import Edition
from portal.publishing.publications import Whole
from portal.queries import editions
from portal.queries.stocks import Stored

SHARE, SMALL, SITES = 40, 1000, 4
"""Every so many pages the yardstick builds one; so many pages a small site has; so many small sites."""
ONE, WIDE, MANY, PRINTED = 12, 6, 50, 8
MB = 1024 * 1024
Say = Callable[[str], None]


def measure(settings: Config, say: Say) -> list[Figure]:
    tools = Tools.of(settings)
    try:
        with tempfile.TemporaryDirectory(prefix="banshi-bench-publish-") as name:
            folder = Path(name)
            figures = _all(tools, folder, say)
            figures += _changed(tools, folder, say)
            figures += _printed(tools, folder, say)
            say("搜索 search")
            with one_core():
                figures += search.large(tools.database, folder)
        return figures
    finally:
        tools.database.dispose()


def _all(tools: Tools, folder: Path, say: Say) -> list[Figure]:
    """The whole site: shown by all cores, in a process of its own with those that it starts; then on one core beside the yardstick."""
    say("全站，用全部核 the whole site on all cores")
    begun = time.perf_counter()
    peak = _peak(tools.config)
    cores = time.perf_counter() - begun
    step = max(1, _pages(publications.shown(tools.config.data / "site")) // SMALL)
    starts = range(0, step, -(-step // SITES))
    with tools.database.reading() as db:
        edition = editions.edition(db, tools.config)
    with one_core():
        say("全站，用一个核 the whole site on one core")
        _small(edition, folder, step, starts[:1])  # the first of a process compiles the templates
        small = _small(edition, folder, step, starts[::2])
        ours = computed(lambda: site.build(edition, Whole(folder / "ours"))) / 1000
        small += _small(edition, folder, step, starts[1::2])
        pages = sorted((folder / "ours").rglob("index.html"))
        say(f"{len(pages)}页；标尺 MkDocs，每{SHARE}页一页 {len(pages)} pages; the yardstick, MkDocs, one page of {SHARE}")
        some = _as_markdown(folder, pages[::SHARE])
        theirs = computed(lambda: whole.bare(folder)) / 1000 * len(pages) / some
    shutil.rmtree(folder / "ours")
    return [
        at_most_times(f"full publish, {len(pages)} pages, computed on one core; yardstick of {some} of them, scaled", ours, "s", 0.5, theirs),
        Figure(f"full publish, {len(pages)} pages, {os.cpu_count()} cores, shown", round(cores, 1), "s", None, "reported", True),
        at_most("full publish, peak memory summed over processes", peak / MB, "MB", 400),
        at_most_times("full publish, a page, computed, against one of about 1,000", ours * 1000 / len(pages), "ms", 1.1,
                      sum(took for took, _ in small) / sum(built for _, built in small)),
    ]


def _peak(settings: Config) -> int:
    """Publishes everything in a process of its own, as the command does; the most bytes that it and those it started held at
    one time, what they share counted once."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), os.dup2, (2, 1)) as pool:  # what is printed on 1 are the figures
        child, most, done = pool.submit(os.getpid).result(), 0, threading.Event()
        future = pool.submit(publish_all, settings, "none")
        future.add_done_callback(lambda _: done.set())
        while not done.wait(0.2):
            most = max(most, _held(child))
        future.result()
    return most


def _held(root: int) -> int:
    """What a process and all below it hold, in bytes."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(_proportional(pid) for pid in family)


def _proportional(pid: int) -> int:
    try:
        rows = (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:"))


def _as_markdown(folder: Path, pages: list[Path]) -> int:
    for page in pages:
        target = folder / "docs" / page.relative_to(folder / "ours").with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdown.of(page.read_text("utf-8")), "utf-8")
    return len(pages)


def _small(edition: Edition, folder: Path, step: int, starts: Iterable[int]) -> list[tuple[float, int]]:
    """Builds a site of every so many guides, from each of these on: milliseconds and pages."""
    stock, found = edition.stock, []
    for at in starts:
        few = replace(edition, stock=Stored(stock.url, dict(list(stock.keys.items())[at::step])))
        took = computed(lambda few=few: site.build(few, Whole(folder / "few")))
        found.append((took, _pages(folder / "few")))
    return found


def _pages(folder: Path) -> int:
    return sum(1 for _ in folder.rglob("index.html"))


def _changed(tools: Tools, folder: Path, say: Say) -> list[Figure]:
    """One guide with one offering, one with 168, and fifty at once, into the site that is shown."""
    with tools.database.reading() as db:
        slugs = list(editions.edition(db, tools.config).slugs)
    wide, single = district.everywhere(len(slugs)), district.alone(len(slugs))
    others = [slug for slug in slugs if slug not in wide]
    with changes.office(tools.config) as press:
        say("改一项 one change")
        sites.make_ready(tools)
        sites.draw(tools, press(single[:1], 0)[1])  # the first of a process compiles the templates
        os.sync()  # what the whole builds wrote and threw away is no part of a change, which waits for the disk
        ones, wides, bare, presses = [], [], [], []
        with one_core():
            for turn in range(1, ONE + 1):
                slug = single[turn * len(single) // (ONE + 1)]
                took, payloads = press([slug], turn)
                presses.append(took)
                ones.append(_drawn(tools, payloads))
                bare.append(changes.bare_page(tools, slug, folder / "page"))
            say(f"改一项有 {district.STATIONS} 个办理点的 one with {district.STATIONS} offerings")
            for turn in range(ONE + 1, ONE + WIDE + 1):
                wides.append(_drawn(tools, press([wide[turn % len(wide)]], turn)[1]))
        say(f"同时改 {MANY} 项，用全部核 {MANY} at once, on all cores")
        many = _drawn(tools, press(others[::max(1, len(others) // MANY)][:MANY], ONE + WIDE + 1)[1])
    return [
        at_most("one changed guide with one offering, from the press to page and lists, p95", p95(ones), "ms", 100, p95(bare)),
        Figure("the press itself, with lint, search and the record, p95", round(p95(presses), 1), "ms", None, "reported", True),
        Figure(f"one changed guide with {district.STATIONS} offerings, all its pages, p95", round(p95(wides), 1), "ms", round(p95(bare), 2), "reported", True),
        at_most(f"{MANY} changed guides at once, all pages, {os.cpu_count()} cores", many, "ms", 1000),
    ]


def _drawn(tools: Tools, payloads: changes.Payloads) -> float:
    """Milliseconds from what the outbox says until pages and lists show it."""
    return milliseconds(lambda: sites.draw(tools, payloads))


def _printed(tools: Tools, folder: Path, say: Say) -> list[Figure]:
    say("PDF")
    with tools.database.reading() as db:
        slugs = list(editions.edition(db, tools.config).slugs)
        some = editions.edition(db, tools.config, slugs[::max(1, len(slugs) // PRINTED)][:PRINTED])
    wanted = [paper for guide in some.guides for paper in press.papers(some, guide) if (paper.kind, paper.locale) == ("guide", press.ZH)]
    with one_core():
        press.render(some, wanted[0])  # the first of a process warms it
        ours, theirs = [], []
        for paper in wanted:
            ours.append(milliseconds(lambda paper=paper: press.render(some, paper)))
            html = changes.html_of(replace(some, guides=(paper.guide,)))
            theirs.append(milliseconds(lambda html=html: papers.bare(html)))
    every = [paper for guide in some.guides for paper in press.papers(some, guide)]
    root = tools.config.data / "site"
    number = publications.journals.number(root)
    spent = milliseconds(lambda: press.make(some, every, root, number))
    return [
        at_most("PDF of a changed guide, after its page, p95", p95(ours), "ms", 500, p95(theirs)),
        at_most_times("PDFs of guides, warm, median", median(ours), "ms", 1.2, median(theirs)),
        Figure("PDFs a second, one core", round(1000 * len(ours) / sum(ours), 2), "a second", round(1000 * len(theirs) / sum(theirs), 2), "reported", True),
        Figure(f"PDFs a second, {os.cpu_count()} cores, {len(every)} papers of all kinds", round(1000 * len(every) / spent, 2), "a second", None, "reported", True),
    ]
